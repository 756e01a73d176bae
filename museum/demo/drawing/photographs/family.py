"""The family portrait."""

from __future__ import annotations

import numpy as np

from museum.demo.drawing.photographs.plate import Plate, grey, sky
from museum.demo.drawing.photographs.staffage import foliage, person
from museum.demo.drawing.vector import Drawing


def portrait(width: int = 4000) -> np.ndarray:
    """A family before a painted backdrop: studio portrait."""
    p = Plate("family", width, 1.18)
    w, h, rng = p.w, p.h, p.rng
    p.layer(sky(120, 168), 14)

    def backcloth(g: Drawing, m: Drawing) -> None:
        for _ in range(24):
            foliage(g, m, rng.uniform(0, w), h * rng.uniform(0.40, 0.55), rng.uniform(90, 190), rng, 126)
        for x in (210, 1790):
            for target, fill in ((g, grey(172)), (m, "#fff")):
                target.rect(x - 70, 200, 140, h, fill)
            g.path("".join(f"M{x - 60 + k * 20} 220V{h}" for k in range(7)), stroke=grey(138), width=7)

    p.layer(backcloth, 6)

    def carpet(g: Drawing, m: Drawing) -> None:
        for target in (g, m):
            target.rect(0, h * 0.84, w, h * 0.16, g.gradient("floor", [(0, grey(96)), (1, grey(62))]) if target is g else "#fff")
        for r in range(7):
            for c in range(20 - r):
                x, y = (c + 0.5) * w / (20 - r), h * (0.855 + r * 0.021)
                g.path(f"M{x - 34:.0f} {y:.0f}l34 -12l34 12l-34 12Z", "none", grey(150 if (r + c) % 2 else 116), 3)

    p.layer(carpet, 2.2)

    def family(g: Drawing, m: Drawing) -> None:
        for x, y, size, robe in ((620, h * 0.80, 1120, 64), (1400, h * 0.80, 1080, 92)):
            person(g, m, x, y, size, rng, robe)
        for x in (760, 1250):
            for target, fill in ((g, grey(40)), (m, "#fff")):
                target.path(
                    f"M{x - 250} {h * 0.89:.0f}V{h * 0.50:.0f}h22v{h * 0.2:.0f}h456v-{h * 0.2:.0f}h22v{h * 0.39:.0f}h-24v-{h * 0.14:.0f}h-452v{h * 0.14:.0f}Z",
                    fill,
                )
        person(g, m, 760, h * 0.90, 1180, rng, 46, seated=True)
        person(g, m, 1250, h * 0.90, 1150, rng, 132, seated=True)
        for x, size, robe in ((1010, 560, 176), (1660, 640, 190), (360, 600, 158)):
            person(g, m, x, h * 0.92, size, rng, robe)

    p.layer(family, 1.1)
    return p.finished("warm", plate=False)
