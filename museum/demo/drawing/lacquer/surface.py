"""Lacquered, inlaid and wooden surfaces."""

from __future__ import annotations

import numpy as np

from museum.demo.drawing.light import strips
from museum.demo.drawing.texture import SIZE, cells, clouds, cover, cracks, ramp


def inlay(height: int, width: int, rng: np.random.Generator, count: int = 44) -> np.ndarray:
    """Mother-of-pearl cut in small pieces, (h, w, 3) uint8: each piece shimmers in its own direction."""
    edge, number = cells(count, 1)
    tilt = np.random.default_rng(3).uniform(0, 6.283, count * count).astype(np.float32)
    y, x = np.mgrid[0:SIZE, 0:SIZE].astype(np.float32)
    angle = tilt[number]
    phase = (x * np.cos(angle) + y * np.sin(angle)) * 0.05 + angle * 3
    base = np.stack([206 + 40 * np.sin(phase), 214 + 30 * np.sin(phase + 2.1), 208 + 44 * np.sin(phase + 4.2)], -1)
    base *= (0.84 + 0.14 * np.sin(phase * 5.3))[..., None]
    base *= np.clip(edge / 1.6, 0.25, 1)[..., None]
    return cover(np.clip(base, 0, 255).astype(np.uint8), height, width, rng)


def polished(color: np.ndarray, rng: np.random.Generator, gloss: float = 1.0) -> np.ndarray:
    """Wear and the lamp's soft reflection on a flat lacquer surface; in place."""
    height, width = color.shape[:2]
    slow, fine = clouds(height, width, rng, 2.4, 9.0), clouds(height, width, rng, 0.9, 1.8)
    net = cracks(height, width, rng, 30, 3.0, 0.55)
    scratch = clouds(height, width, rng, 0.7, 1.6, stretch=12.0)
    x = np.linspace(0, 1, width, dtype=np.float32)[None, :]
    for y0, y1 in strips(height):
        y = np.linspace(y0 / height, y1 / height, y1 - y0, dtype=np.float32)[:, None]
        lamp = np.exp(-(((x + y * 0.5 - 0.62) / 0.20) ** 2)) * 15 * gloss + np.exp(-(((x + y * 0.5 - 0.98) / 0.06) ** 2)) * 7 * gloss
        part = color[y0:y1].astype(np.float32) * (1 + 0.035 * slow[y0:y1] + 0.02 * fine[y0:y1])[..., None]
        part += (lamp * (1 + 0.12 * slow[y0:y1]) + np.clip(scratch[y0:y1] - 2.2, 0, 1) * 16 - net[y0:y1] * 10)[..., None]
        color[y0:y1] = np.clip(part, 0, 255)
    return color


def layered(
    ground: tuple[int, int, int], layers: list[tuple[np.ndarray, object]], height: int, width: int, rng: np.random.Generator
) -> np.ndarray:
    """Masks (uint8) with colours (a triple or an array of the picture's size) laid over a ground."""
    out = np.empty((height, width, 3), np.uint8)
    out[:] = ground
    dust = clouds(height, width, rng, 0.6, 1.6)
    for mask, paint in layers:
        for y0, y1 in strips(height):
            m = mask[y0:y1]
            if not m.any():
                continue
            cover_ = (m.astype(np.float32) / 255)[..., None]
            tone = (
                paint[y0:y1].astype(np.float32)
                if isinstance(paint, np.ndarray)
                else np.array(paint, np.float32) * (1 + 0.13 * dust[y0:y1])[..., None]
            )
            out[y0:y1] = np.clip(out[y0:y1] * (1 - cover_) + tone * cover_, 0, 255)
    return out


GOLD, DIM, RED = (214, 168, 84), (150, 110, 50), (150, 34, 26)
GOLD_TABLE = ramp([(0, (50, 26, 8)), (0.5, (180, 128, 50)), (1, (250, 222, 150))])


def grained(
    height: int,
    width: int,
    rng: np.random.Generator,
    tone: tuple[float, float, float],
    stretch: float = 14.0,
    along: str = "x",
    contrast: float = 0.13,
) -> np.ndarray:
    """Planed wood, (h, w, 3) uint8."""
    out = np.empty((height, width, 3), np.uint8)
    if along == "x":
        rings, pores = clouds(height, width, rng, 1.9, 5.0, stretch=stretch), clouds(height, width, rng, 0.9, 1.6, stretch=stretch)
        for y0, y1 in strips(height):
            t = 1 + contrast * rings[y0:y1] + contrast * 0.35 * np.sin(rings[y0:y1] * 9) - np.clip(pores[y0:y1] - 1.4, 0, 1) * 0.3
            out[y0:y1] = np.clip(np.array(tone, np.float32) * t[..., None], 0, 255)
        return out
    return np.ascontiguousarray(np.swapaxes(grained(width, height, rng, tone, stretch, "x", contrast), 0, 1))
