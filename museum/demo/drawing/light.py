"""Light on flat reliefs: a height map becomes metal, stone or wood; and the studio in which objects stand."""

from __future__ import annotations

import numpy as np

from museum.demo.drawing.texture import Rows, blur, byte, cloud, grain, grown

STRIP = 192


def unit(*vector: float) -> np.ndarray:
    array = np.array(vector, np.float32)
    return array / np.linalg.norm(array)


KEY = unit(-0.55, -0.62, 0.62)


def strips(height: int):
    """Row ranges small enough to stay in the processor's cache."""
    for y in range(0, height, STRIP):
        yield y, min(height, y + STRIP)


def power(base: np.ndarray, doublings: int) -> np.ndarray:
    """base ** 2**doublings, by squaring."""
    for _ in range(doublings):
        base = base * base
    return base


def occlusion(height: np.ndarray, sigma: float, strength: float) -> np.ndarray:
    """How much of the sky each point sees (0..1): low places between high ones are dark."""
    return np.clip(1 - (blur(height, sigma) - height) * strength, 0.15, 1.15)


def relief(
    height: np.ndarray,
    tone: np.ndarray,
    table: np.ndarray,
    *,
    light: np.ndarray = KEY,
    ambient: float = 0.35,
    diffuse: float = 0.85,
    shine: float = 0.35,
    doublings: int = 4,
    shine_color: tuple[float, float, float] = (255, 244, 225),
    sky: np.ndarray | None = None,
    glow: np.ndarray | None = None,
) -> np.ndarray:
    """A lit relief, (h, w, 3) uint8.

    ``height`` in pixels, float32; ``tone`` 0..1, a place in ``table`` (256 colours) or, as (h, w, 3) uint8, the colours
    themselves; ``sky`` the share of ambient light; ``glow`` scales the shine.
    """
    rows, columns = height.shape
    half = light + np.array([0, 0, 1], np.float32)
    half = half / np.linalg.norm(half)
    out = np.empty((rows, columns, 3), np.uint8)
    shine_rgb = np.array(shine_color, np.float32) * shine
    for y0, y1 in strips(rows):
        block = height[max(0, y0 - 1) : min(rows, y1 + 1)]
        top, bottom = y0 - max(0, y0 - 1), min(rows, y1 + 1) - y1
        block = np.pad(block, [(1 - top, 1 - bottom), (1, 1)], mode="edge")
        gx = (block[1:-1, 2:] - block[1:-1, :-2]) * 0.5
        gy = (block[2:, 1:-1] - block[:-2, 1:-1]) * 0.5
        inverse = 1 / np.sqrt(gx * gx + gy * gy + 1)
        lambert = np.clip((light[2] - gx * light[0] - gy * light[1]) * inverse, 0, 1)
        gloss = power(np.clip((half[2] - gx * half[0] - gy * half[1]) * inverse, 0, 1), doublings)
        part = tone[y0:y1]
        color = part.astype(np.float32) if part.ndim == 3 else table[byte(part)]
        shade = lambert * diffuse
        shade += ambient if sky is None else sky[y0:y1] * ambient
        if sky is not None:
            gloss *= np.clip(sky[y0:y1], 0, 1)
        if glow is not None:
            gloss *= glow[y0:y1]
        color *= shade[..., None]
        color += gloss[..., None] * shine_rgb
        np.clip(color, 0, 255, out=color)
        out[y0:y1] = color
    return out


def backdrop(
    height: int, width: int, rng: np.random.Generator, tone: tuple[int, int, int] = (206, 203, 197), horizon: float | None = None
) -> Rows:
    """Museum grey: a seamless studio ground, lighter where the lamp falls, (h, w, 3)."""
    h, w = max(2, height // 16), max(2, width // 16)
    y, x = np.mgrid[0 : 1 : complex(h), 0 : 1 : complex(w)].astype(np.float32)
    lamp = np.exp(-(((x - 0.42) * 1.15) ** 2 + ((y - 0.4) * 1.25) ** 2) * 1.9)
    field = 0.62 + 0.44 * lamp
    if horizon is not None:
        field *= 1 - 0.16 / (1 + np.exp(-(y - horizon) * 26)) + 0.10 * np.clip(y - horizon, 0, 1)
    small = field[..., None] * np.array(tone, np.float32)
    return grown(small.astype(np.float32), height, width)


def place(
    picture: np.ndarray, mask: np.ndarray, ground: Rows, rng: np.random.Generator, drop: float = 30, depth: float = 0.5
) -> np.ndarray:
    """An object lying on the ground: soft shadow to the lower right, then the object. ``mask`` uint8. ``drop`` in pixels."""
    rows, columns = mask.shape
    wide = np.roll(blur(mask, drop), (int(drop * 0.9), int(drop * 0.7)), (0, 1))
    close = np.roll(blur(mask, drop / 4), (int(drop * 0.2), int(drop * 0.15)), (0, 1))
    noise = grain(rows, columns, rng)
    out = picture
    for y0, y1 in strips(rows):
        bare = mask[y0:y1].min(0) < 255
        solid = np.flatnonzero(~bare)
        middle = (solid[0], solid[-1] + 1) if len(solid) and not bare[solid[0] : solid[-1] + 1].any() else (0, 0)
        base = ground[y0:y1]
        for x0, x1 in ((0, middle[0]), (middle[1], columns)):
            if x0 == x1:
                continue
            shadow = 1 - depth * (0.6 * wide[y0:y1, x0:x1].astype(np.float32) + 0.4 * close[y0:y1, x0:x1]) / 255
            below = base[:, x0:x1] * shadow[..., None] + (noise[y0:y1, x0:x1].astype(np.float32) * 0.035)[..., None]
            cover = (mask[y0:y1, x0:x1].astype(np.float32) / 255)[..., None]
            out[y0:y1, x0:x1] = np.clip(below + (picture[y0:y1, x0:x1] - below) * cover, 0, 255)
    return out


def finish(picture: np.ndarray, rng: np.random.Generator, vignette: float = 0.12, noise: float = 0.05) -> np.ndarray:
    """The camera's own traces: fall-off to the corners and a fine grain."""
    rows, columns = picture.shape[:2]
    y = np.linspace(-1, 1, rows, dtype=np.float32)[:, None] ** 2
    x = np.linspace(-1, 1, columns, dtype=np.float32)[None, :] ** 2
    specks = grain(rows, columns, rng)
    for y0, y1 in strips(rows):
        fall = 1 - vignette * (x + y[y0:y1]) * 0.5
        part = picture[y0:y1] * fall[..., None] + (specks[y0:y1].astype(np.float32) * noise)[..., None]
        picture[y0:y1] = np.clip(part, 0, 255)
    return picture


def unevenness(height: int, width: int, rng: np.random.Generator, scale: float = 6.0) -> np.ndarray:
    """Slow cloudiness, 0..1 around 0.5."""
    return np.clip(cloud(height, width, rng, 2.2, scale) * 0.18 + 0.5, 0, 1)
