"""Printing from several blocks on paper."""

from __future__ import annotations

import numpy as np

from museum.demo.drawing.light import finish, strips
from museum.demo.drawing.paper import sheet, softened
from museum.demo.drawing.texture import clouds, enlarge
from museum.demo.drawing.vector import Drawing, seeded

KEY = "#fff"


class Blocks:
    """A print pulled from several blocks: one drawing per colour, each laid a little out of register, and the line block last."""

    def __init__(self, w: float, h: float, seed: str) -> None:
        self.w, self.h, self.rng = w, h, seeded(seed)
        self.colors: list[tuple[tuple[int, int, int], Drawing]] = []
        self.line = Drawing(w, h)

    def color(self, rgb: tuple[int, int, int]) -> Drawing:
        self.colors.append((rgb, Drawing(self.w, self.h)))
        return self.colors[-1][1]

    def pull(self, width: int, **paper) -> np.ndarray:
        height = int(width * self.h / self.w)
        grain = clouds(height, width, self.rng, 1.5, 2.0, stretch=9.0)
        blotch = clouds(height, width, self.rng, 1.1, 3.0)
        # the colours have no fine edge: half the size is enough for them
        inked = [(np.array(rgb, np.float32), self.tint(block, width, height)) for rgb, block in self.colors]
        line = softened(self.line.mask(width, height), self.rng, 1.5, 0.35)
        art = np.empty((height, width, 3), np.uint8)
        for y0, y1 in strips(height):
            g, b = grain[y0:y1], blotch[y0:y1]
            thin = np.clip(0.86 + 0.10 * g + 0.07 * b, 0, 1) / 255
            part = np.full((y1 - y0, width, 3), 255, np.float32)
            for rgb, mask in inked:
                part *= 1 - (mask[y0:y1] * thin)[..., None] * (1 - rgb / 255)
            part *= 1 - (line[y0:y1] * np.clip(0.96 + 0.05 * b + 0.04 * g, 0, 1) / 255)[..., None] * np.float32(0.9)
            art[y0:y1] = part
        return finish(sheet(art, self.rng, **{"tone": (236, 222, 192), "laid": 0.5, "ragged": 2.0, "margin": 0.03, **paper}), self.rng)

    def tint(self, block: Drawing, width: int, height: int) -> np.ndarray:
        mask = softened(block.mask(width // 2, height // 2), self.rng, 0.9, 0.35)
        return np.roll(enlarge(mask, height, width), self.rng.integers(-9, 10, 2), (0, 1))


ORANGE, RED, GREEN, YELLOW, BLUE, VIOLET = (226, 120, 52), (198, 58, 44), (66, 122, 78), (236, 186, 74), (58, 92, 140), (126, 74, 110)
