"""The plate: tones, focus, grain, scratches; hills and skies."""

from __future__ import annotations

import math

import numpy as np

from museum.demo.drawing.light import finish, strips
from museum.demo.drawing.paper import mount
from museum.demo.drawing.texture import blur, clouds, grain
from museum.demo.drawing.vector import Drawing, seeded, smooth

Layer = tuple[str, float]


class Plate:
    """Layers of grey drawing, each softened by its distance, printed in one silver."""

    def __init__(self, seed: str, width: int, ratio: float) -> None:
        self.rng = seeded(seed)
        self.w, self.h = 2000, int(2000 * ratio)
        self.width, self.height = width, int(width * ratio)
        self.image: np.ndarray | None = None

    def layer(self, draw, softness: float, background: str = "#000") -> None:
        """Paint a layer: ``draw`` gets (drawing of greys, drawing of the mask)."""
        grey, mask = Drawing(self.w, self.h, background), Drawing(self.w, self.h)
        draw(grey, mask)
        tone = grey.mask(self.width, self.height)
        if self.image is None:
            self.image = blur(tone, softness)
            return
        cover = blur(mask.mask(self.width, self.height), softness) if softness > 0.6 else mask.mask(self.width, self.height)
        tone = blur(tone, softness) if softness > 0.6 else tone
        for y0, y1 in strips(self.height):
            if cover[y0:y1].any():
                c = cover[y0:y1].astype(np.float32) / 255
                self.image[y0:y1] = self.image[y0:y1] * (1 - c) + tone[y0:y1] * c

    def mirror(self, line: float, bottom: float, calm: float = 0.75) -> None:
        """The water below ``line`` (share of the height) mirrors what is above, broken by ripples."""
        top, end = int(line * self.height), int(bottom * self.height)
        y = np.arange(end - top, dtype=np.float32)[:, None]
        x = np.arange(self.width)[None, :]
        ripple = clouds(end - top, self.width, self.rng, 1.6, 3.0, stretch=0.14)[0 : end - top]
        depth = y / (end - top)
        source = np.clip(top - y * 0.9 - ripple * (6 + 44 * depth), 0, top - 1).astype(np.int32)
        shift = np.clip(x + ripple * (4 + 20 * depth), 0, self.width - 1).astype(np.int32)
        water = self.image[source, shift].astype(np.float32)
        self.image[top:end] = np.clip(water * (calm - 0.12 * depth) + 34 + ripple * (5 + 16 * depth) + 20 * depth, 0, 255)

    def finished(self, tone: str = "warm", plate: bool = True) -> np.ndarray:
        """Grain, halation, fogged edges, scratches and fingerprints; mounted."""
        rng, image = self.rng, self.image
        height, width = image.shape
        glow = blur(image, width / 160)
        fog = clouds(height, width, rng, 2.4, 9.0)
        dust = clouds(height, width, rng, 0.5, 2.0)
        fine = clouds(height, width, rng, 0.9, 1.6)
        noise = grain(height, width, rng)
        damage = Drawing(self.w, self.h)
        for _ in range(26):
            x, y, a = rng.uniform(0, self.w), rng.uniform(0, self.h), rng.uniform(0, 3.1)
            length = rng.uniform(20, 340)
            damage.path(
                f"M{x:.0f} {y:.0f}q{length * 0.5 * math.cos(a):.0f} {length * 0.5 * math.sin(a) + rng.normal() * 12:.0f} {length * math.cos(a):.0f} {length * math.sin(a):.0f}",
                stroke="#fff",
                width=rng.uniform(0.3, 0.9),
            )
        for _ in range(2):
            x, y = (rng.choice([0.04, 0.96]) * self.w, rng.uniform(0.2, 0.9) * self.h)
            for k in range(13):
                damage.ellipse(x, y, 6 + k * 4.2, 8 + k * 6.4, "none", "#8a8a8a", 1.5, 0.5)
        if plate:
            crack = [(self.w * 0.80, 0)]
            while crack[-1][1] < self.h * 0.32:
                crack.append((crack[-1][0] + rng.normal() * 9 + 7, crack[-1][1] + rng.uniform(8, 30)))
            crack.append((self.w, crack[-1][1] - 40))
            damage.path("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in crack), stroke="#fff", width=1.6)
        marks = damage.mask(width, height)
        y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
        x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
        tint = np.array([1.03, 0.97, 0.84] if tone == "warm" else [0.97, 0.98, 1.0], np.float32)
        dark = np.array([34, 26, 20] if tone == "warm" else [24, 26, 30], np.float32)
        out = np.empty((height, width, 3), np.uint8)
        for y0, y1 in strips(height):
            v = image[y0:y1] * 0.82 + glow[y0:y1] * 0.16 + fog[y0:y1] * 3.4 + fine[y0:y1] * 5.0 + noise[y0:y1].astype(np.float32) * 0.16
            v = v - np.clip(dust[y0:y1] - 3.0, 0, 1) * 120
            v = v + marks[y0:y1].astype(np.float32) * 0.5
            edge = np.clip(np.maximum(np.abs(x) - 0.90, np.abs(y[y0:y1]) - 0.87) * 9 + fog[y0:y1] * 0.12, 0, 1) ** 2
            v = v * (1 - 0.14 * (x**2 + y[y0:y1] ** 2) * 0.6) * (1 - edge * 0.35) + edge * 64
            v = np.clip(v, 0, 255)[..., None]
            out[y0:y1] = np.clip(dark + v * (tint * (1 - dark / 255)), 0, 255)
        m = Drawing(self.w, self.h)
        m.rect(2, 2, self.w - 4, self.h - 4, "#fff", radius=4)
        return finish(mount(out, m.mask(width, height), rng, 0.022, (66, 62, 58) if plate else (206, 200, 188)), rng, vignette=0.05)


def grey(value: float) -> str:
    v = int(np.clip(value, 0, 255))
    return f"#{v:02x}{v:02x}{v:02x}"


def hills(rng: np.random.Generator, w: float, base: float, rise: float, rough: float, tone: float):
    xs = np.linspace(-20, w + 20, 160)
    steps = np.cumsum(rng.normal(size=160)) * rough
    steps -= np.linspace(steps[0], steps[-1], 160)
    ridge = base - rise * (0.5 + 0.5 * np.sin(xs / w * rng.uniform(4, 9) + rng.uniform(0, 6))) - np.abs(steps)

    def draw(g: Drawing, m: Drawing) -> None:
        shape = smooth(np.stack([xs, ridge], 1)) + f"L{w + 20} {base + 400}L-20 {base + 400}Z"
        g.path(shape, g.gradient(f"hill{len(g.definitions)}", [(0, grey(tone - 14)), (0.5, grey(tone + 26))]))
        m.path(shape, "#fff")

    return draw


def sky(top: float, low: float):
    def draw(g: Drawing, m: Drawing) -> None:
        g.rect(0, 0, g.width, g.height, g.gradient("sky", [(0, grey(top)), (0.55, grey(low)), (1, grey(low - 20))]))

    return draw
