"""A painted drum."""

from __future__ import annotations

import numpy as np

from museum.demo.drawing.motifs import cloud as curl
from museum.demo.drawing.motifs import dragon, pearl
from museum.demo.drawing.solid.bodies import Lathe
from museum.demo.drawing.solid.clothing import Part, Surface, bump_from, sample
from museum.demo.drawing.texture import clouds
from museum.demo.drawing.vector import Drawing, seeded
from museum.demo.drawing.vessels.kiln import studio


def barrel_drum(width: int = 4200, height: int = 3700) -> np.ndarray:
    """A red lacquer drum with a painted dragon and rows of nails."""
    rng = seeded("barrel drum")
    body = Lathe(
        [
            (0, 0.0),
            (0.4, 0.0),
            (0.60, 0.0),
            (0.60, 0.0),
            (0.63, 0.02),
            (0.74, 0.35),
            (0.79, 0.70),
            (0.74, 1.05),
            (0.63, 1.38),
            (0.60, 1.40),
            (0.60, 1.40),
            (0.4, 1.41),
            (0, 1.415),
        ]
    )
    w, h = 3200, 2200
    d = Drawing(w, h, "#8f1e1a")
    for _k in range(22):
        curl(d, rng.uniform(0, w), rng.uniform(400, 1800), rng.uniform(60, 100), "#a83a20", "#e0b050", bool(rng.random() < 0.5))
    dragon(
        d,
        np.array([(900, 900), (1300, 760), (1600, 1150), (2000, 1300), (2350, 950), (2700, 1100), (2850, 1450), (2450, 1560)]),
        230,
        "#e6b850",
        "#4a0f0c",
        "#f8e0a0",
        "#5f9a80",
    )
    pearl(d, 560, 980, 80, "#f8e0a0", "#4a0f0c", "#e8793c")
    for y0 in (0, h - 300):
        d.rect(0, y0, w, 300, "#d8c09a")
        for x in range(0, w, 84):
            for q in (0.36, 0.66):
                d.circle(x + (42 if q > 0.5 else 0), y0 + 300 * (q if y0 else 1 - q), 26, "#c9963a", "#5a3a14", 5)
                d.circle(x + (34 if q > 0.5 else -8), y0 + 300 * (q if y0 else 1 - q) - 8, 8, "#fff0c0")
    texture = d.raster(w, h)
    lo, hi = body.arc_at(0.02), body.arc_at(1.38)
    slow, fine = clouds(height, width, rng, 2.3, 7.0), clouds(height, width, rng, 1.1, 2.0)

    def material(part: Part) -> Surface:
        n = part.normal.shape[1]
        x0 = (width - n) // 2
        s, f = slow[part.y0 : part.y1][:, x0 : x0 + n], fine[part.y0 : part.y1][:, x0 : x0 + n]
        color = sample(texture, part.turn() / 0.54 + 0.5, 1 - (part.extra - lo) / (hi - lo))
        top = np.clip((part.extra - hi) * 60, 0, 1)[..., None]
        r = np.hypot(part.point[..., 0], part.point[..., 2])
        skin = np.array([206, 178, 132], np.float32) * (1 + 0.06 * s - 0.10 * np.exp(-((r / 0.2) ** 2)) + 0.02 * f)[..., None]
        color = color * (1 - top) + skin * top
        color = color * (1 + 0.06 * s + 0.03 * f)[..., None]
        return Surface(color, 0.12 * (1 - top[..., 0]), 6, 0.35 * (1 - top[..., 0]), bump=bump_from(f, 0.02))

    return studio(body, width, height, rng, material, span=2.25, centre=0.72, tilt=0.3, extra=body.arc, horizon=0.6)
