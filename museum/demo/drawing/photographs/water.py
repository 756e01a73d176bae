"""The floating market and the flood."""

from __future__ import annotations

import numpy as np

from museum.demo.drawing.photographs.plate import Plate, grey, hills, sky
from museum.demo.drawing.photographs.staffage import boat, palm, person
from museum.demo.drawing.vector import Drawing


def floating_market(width: int = 4800) -> np.ndarray:
    """Boats crowding at the landing."""
    p = Plate("market", width, 0.64)
    w, h, rng = p.w, p.h, p.rng
    p.layer(sky(206, 224), 12)
    p.layer(hills(rng, w, h * 0.36, 60, 4, 178), 6)

    def bank(g: Drawing, m: Drawing) -> None:
        for k in range(15):
            x = k * 142 + rng.normal() * 20
            q = rng.uniform(60, 96)
            for target in (g, m):
                body, roof = (grey(150 + rng.normal() * 20), grey(100 + rng.normal() * 16)) if target is g else ("#fff", "#fff")
                target.rect(x - q, h * 0.40 - q * 0.6, 2 * q, q * 0.75, body)
                target.path(
                    f"M{x - q * 1.2:.0f} {h * 0.40 - q * 0.55:.0f}L{x - q * 0.7:.0f} {h * 0.40 - q * 1.25:.0f}H{x + q * 0.7:.0f}L{x + q * 1.2:.0f} {h * 0.40 - q * 0.55:.0f}Z",
                    roof,
                )
            g.path(
                "".join(f"M{x + j * q * 0.16:.0f} {h * 0.40 - q * 1.2:.0f}l{j * 3} {q * 0.6:.0f}" for j in range(-5, 6)),
                stroke=grey(78),
                width=1.4,
            )
            g.rect(x - q * 0.5, h * 0.40 - q * 0.36, q * 0.36, q * 0.5, grey(56))
            g.rect(x + q * 0.1, h * 0.40 - q * 0.36, q * 0.5, q * 0.3, grey(70))
        for _ in range(14):
            palm(g, m, rng.uniform(0, w), h * 0.42, rng.uniform(130, 230), rng, 74)
        for _ in range(70):
            person(g, m, rng.uniform(0, w), h * 0.435 + rng.normal() * 4, rng.uniform(34, 44), rng, rng.choice([52, 90, 190]))

    p.layer(bank, 1.3)
    p.mirror(0.44, 1.0, 0.82)

    def crowd(g: Drawing, m: Drawing) -> None:
        for k in range(54):
            t = (k / 53) ** 1.4
            boat(g, m, rng.uniform(-40, w + 40), h * (0.465 + 0.5 * t), 0.34 + 1.9 * t, rng, 48 + 40 * rng.random())
            if k % 3 == 0:
                x, y, s = rng.uniform(0, w), h * (0.47 + 0.5 * t), 0.3 + 1.6 * t
                for _ in range(8):
                    for target, fill in ((g, grey(rng.uniform(110, 210))), (m, "#fff")):
                        target.circle(x + rng.normal() * 14 * s, y - 4 * s + rng.normal() * 4 * s, 5 * s, fill)

    p.layer(crowd, 0.8)
    return p.finished("warm", plate=False)


def flood(width: int = 4600) -> np.ndarray:
    """The street of the eastern ward under water."""
    p = Plate("flood", width, 0.68)
    w, h, rng = p.w, p.h, p.rng
    p.layer(sky(150, 192), 14)

    def row(side: int, depth: float, tone: float):
        def draw(g: Drawing, m: Drawing) -> None:
            for k in range(7):
                t = k / 7
                x0 = (w * (0.02 + 0.40 * t) if side < 0 else w * (0.98 - 0.40 * t)) - side * 4
                x1 = w * (0.02 + 0.40 * (t + 0.13)) if side < 0 else w * (0.98 - 0.40 * (t + 0.13))
                top0, top1 = h * (0.14 + 0.30 * t), h * (0.14 + 0.30 * (t + 0.13))
                base = h * 0.60
                for target in (g, m):
                    target.path(
                        f"M{x0:.0f} {top0:.0f}L{x1:.0f} {top1:.0f}V{base:.0f}H{x0:.0f}Z",
                        grey(tone + 14 * (k % 3) + 30 * t) if target is g else "#fff",
                    )
                    target.path(
                        f"M{x0 + side * 16:.0f} {top0 + 14:.0f}L{(x0 + x1) / 2:.0f} {(top0 + top1) / 2 - h * 0.06 * (1 - t):.0f}L{x1 - side * 10:.0f} {top1 + 12:.0f}Z",
                        grey(tone - 40 + 30 * t) if target is g else "#fff",
                    )
                for j in range(3):
                    a = (j + 0.5) / 3
                    px, top = x0 + (x1 - x0) * a, top0 + (top1 - top0) * a
                    g.rect(px - 16 * (1 - t), top + (base - top) * 0.28, 32 * (1 - t), (base - top) * 0.2, grey(52 + 40 * t))
                    g.rect(px - 18 * (1 - t), top + (base - top) * 0.62, 36 * (1 - t), (base - top) * 0.4, grey(40 + 40 * t))
                g.path(
                    "".join(f"M{x0 + (x1 - x0) * q:.0f} {top0 + (top1 - top0) * q + 16:.0f}V{base:.0f}" for q in np.linspace(0, 1, 9)),
                    stroke=grey(tone - 30 + 30 * t),
                    width=1.4,
                    opacity=0.6,
                )

        return draw

    p.layer(hills(rng, w, h * 0.52, 40, 3, 168), 5)
    p.layer(row(-1, 0, 132), 1.0)
    p.layer(row(1, 0, 112), 1.0)
    p.mirror(0.60, 1.0, 0.88)

    def people(g: Drawing, m: Drawing) -> None:
        for x, y, s in ((960, h * 0.66, 0.7), (700, h * 0.76, 1.2), (1320, h * 0.83, 1.7), (1010, h * 0.62, 0.4)):
            boat(g, m, x, y, s, rng)
        for x, y, q in ((420, 0.72, 90), (480, 0.725, 96), (1620, 0.78, 128), (1560, 0.70, 84), (880, 0.64, 50)):
            person(g, m, x, h * y, q, rng, 70 + 60 * rng.random())

    p.layer(people, 0.9)
    return p.finished("cold")
