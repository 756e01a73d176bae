"""Ink and cinnabar on paper."""

from __future__ import annotations

import numpy as np

from museum.demo.drawing.light import strips
from museum.demo.drawing.paper import softened
from museum.demo.drawing.vector import Drawing

RED, INK = "#b8321f", "#17130f"
PAPER = (226, 207, 168)


def written(d: Drawing, width: int, height: int, rng: np.random.Generator, red: Drawing | None = None, spread: float = 1.4) -> np.ndarray:
    """Ink (white on black in ``d``) and, in ``red``, cinnabar, as a picture on white."""
    dark = softened(d.mask(width, height), rng, spread)
    wet = softened(red.mask(width, height), rng, spread * 0.8, 0.5) if red is not None else None
    art = np.empty((height, width, 3), np.uint8)
    for y0, y1 in strips(height):
        part = 255 - (dark[y0:y1].astype(np.float32) / 255)[..., None] * (255 - np.array([26, 21, 18], np.float32))
        if wet is not None:
            part *= 1 - (wet[y0:y1].astype(np.float32) / 255)[..., None] * (1 - np.array([196, 46, 30], np.float32) / 255)
        art[y0:y1] = part
    return art


def multiplied(*pictures: np.ndarray) -> np.ndarray:
    """Transparent colours one over the other."""
    out = pictures[0].copy()
    for y0, y1 in strips(len(out)):
        part = out[y0:y1].astype(np.float32)
        for other in pictures[1:]:
            part *= other[y0:y1] * np.float32(1 / 255)
        out[y0:y1] = part
    return out


def ruled(d: Drawing, left: float, right: float, top: float, bottom: float, columns: int) -> None:
    d.rect(left, top, right - left, bottom - top, "none", "#e8e8e8", 12)
    d.rect(left + 20, top + 20, right - left - 40, bottom - top - 40, "none", "#a0a0a0", 3)
    for k in range(1, columns):
        x = left + (right - left) * k / columns
        d.path(f"M{x:.0f} {top + 20}L{x:.0f} {bottom - 20}", stroke="#909090", width=2.6)
