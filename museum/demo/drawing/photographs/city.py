"""The bridge at dawn and the south gate."""

from __future__ import annotations

import math

import numpy as np

from museum.demo.drawing.photographs.plate import Plate, grey, hills, sky
from museum.demo.drawing.photographs.staffage import boat, foliage, palm, person
from museum.demo.drawing.vector import Drawing


def bridge_at_dawn(width: int = 4800) -> np.ndarray:
    """The iron bridge over the river at dawn, sampans below."""
    p = Plate("bridge", width, 0.66)
    w, h, rng = p.w, p.h, p.rng
    p.layer(sky(196, 226), 10)
    for base, rise, tone, soft in ((h * 0.50, 120, 176, 7), (h * 0.53, 90, 150, 4.5), (h * 0.56, 44, 122, 2.4)):
        p.layer(hills(rng, w, base, rise, 5, tone), soft)

    def shore(g: Drawing, m: Drawing) -> None:
        for _ in range(46):
            foliage(g, m, rng.uniform(0, w), h * 0.588 + rng.normal() * 5, rng.uniform(14, 34), rng, 92)
        for _ in range(16):
            palm(g, m, rng.uniform(0, w), h * 0.59, rng.uniform(50, 110), rng, 84)

    p.layer(shore, 1.6)

    def iron(g: Drawing, m: Drawing) -> None:
        deck = h * 0.555
        for target, dark, mid in ((g, grey(58), grey(84)), (m, "#fff", "#fff")):
            for k in range(6):
                x0, span = -80 + k * 365, 365
                target.path(
                    f"M{x0} {deck}C{x0 + span * 0.25:.0f} {deck - 128:.0f} {x0 + span * 0.75:.0f} {deck - 128:.0f} {x0 + span} {deck}",
                    stroke=dark,
                    width=8,
                )
                target.path(
                    f"M{x0} {deck}C{x0 + span * 0.25:.0f} {deck - 104:.0f} {x0 + span * 0.75:.0f} {deck - 104:.0f} {x0 + span} {deck}",
                    stroke=dark,
                    width=3.6,
                )
                for j in range(1, 12):
                    t = j / 12
                    top = deck - 3 * 128 * t * (1 - t) * 1.0
                    target.path(f"M{x0 + span * t:.0f} {deck}V{top:.0f}", stroke=mid, width=3)
                    if j < 11:
                        t2 = (j + 1) / 12
                        target.path(
                            f"M{x0 + span * t:.0f} {deck}L{x0 + span * t2:.0f} {deck - 384 * t2 * (1 - t2):.0f}M{x0 + span * t:.0f} {top:.0f}L{x0 + span * t2:.0f} {deck}",
                            stroke=mid,
                            width=1.5,
                        )
                target.path(f"M{x0 - 18} {deck + 10}h36l6 {h * 0.075:.0f}h-48Z", mid)
                target.path(f"M{x0 - 26} {deck + 4}h52v10h-52Z", dark)
            target.rect(-20, deck - 2, w + 40, 12, dark)
            target.path("".join(f"M{x} {deck - 2}v-22" for x in range(0, w, 15)) + f"M0 {deck - 24}H{w}", stroke=mid, width=1.6)
            for k in range(30):
                x = (k * 137) % w
                target.path(f"M{x} {deck - 2}l3 -24l7 0l3 24ZM{x + 6} {deck - 31}m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0", dark)
                if k % 4 == 0:
                    target.path(f"M{x - 14} {deck - 26}q20 -8 44 0M{x - 12} {deck - 26}v12M{x + 28} {deck - 26}v12", stroke=dark, width=1.5)

    p.layer(iron, 0)
    p.mirror(0.632, 1.0, 0.86)

    def near(g: Drawing, m: Drawing) -> None:
        for x, y, s in (
            (420, h * 0.76, 1.3),
            (1330, h * 0.70, 0.8),
            (1620, h * 0.84, 1.7),
            (880, h * 0.675, 0.5),
            (640, h * 0.69, 0.6),
            (1080, h * 0.93, 2.1),
        ):
            boat(g, m, x, y, s, rng)
        for _k in range(46):
            x = rng.uniform(0, w)
            y = h * rng.uniform(0.66, 1)
            g.path(f"M{x:.0f} {y:.0f}q{10 + 30 * (y / h - 0.6):.0f} -3 {20 + 80 * (y / h - 0.6):.0f} 0", stroke=grey(226), width=1.2)
            m.path(f"M{x:.0f} {y:.0f}q{10 + 30 * (y / h - 0.6):.0f} -3 {20 + 80 * (y / h - 0.6):.0f} 0", stroke="#888", width=1.2)

    p.layer(near, 0.9)
    return p.finished("warm")


def south_gate(width: int = 4600) -> np.ndarray:
    """The citadel's gate across the lotus moat."""
    p = Plate("gate photograph", width, 0.74)
    w, h, rng = p.w, p.h, p.rng
    p.layer(sky(186, 222), 12)
    p.layer(hills(rng, w, h * 0.42, 60, 3, 170), 5)

    def trees(g: Drawing, m: Drawing) -> None:
        for _ in range(34):
            foliage(g, m, rng.uniform(0, w), h * 0.55 + rng.normal() * 6, rng.uniform(40, 84), rng, 104)

    p.layer(trees, 2.6)

    def wall(g: Drawing, m: Drawing) -> None:
        base, top = h * 0.62, h * 0.50
        for target in (g, m):
            fill = g.gradient("wall", [(0, grey(178)), (1, grey(126))]) if target is g else "#fff"
            target.rect(0, top, w, base - top, fill)
            target.path(
                f"M600 {base}L640 {h * 0.40:.0f}H1360L1400 {base}Z",
                g.gradient("gate", [(0, grey(196)), (1, grey(132))]) if target is g else "#fff",
            )
        lines = []
        for r in range(30):
            y = h * 0.40 + r * (base - h * 0.40) / 30
            x0, x1 = (0, w) if y > top else (640, 1360)
            lines.append(f"M{x0} {y:.1f}H{x1}")
            lines.extend(f"M{x + (r % 2) * 9} {y:.1f}v{(base - h * 0.4) / 30:.1f}" for x in range(int(x0), int(x1), 18))
        g.path("".join(lines), stroke=grey(112), width=0.8, opacity=0.5)
        for x, r in ((1000, 74), (820, 50), (1180, 50)):
            g.path(f"M{x - r} {base}V{base - r * 1.5:.0f}A{r} {r} 0 0 1 {x + r} {base - r * 1.5:.0f}V{base}Z", grey(34))
        for _ in range(30):
            x, y = rng.uniform(0, w), rng.uniform(top, base)
            g.path(f"M{x:.0f} {y:.0f}v{rng.uniform(20, 80):.0f}", stroke=grey(96), width=rng.uniform(3, 12), opacity=0.25)
        for half, y0 in ((330, h * 0.40), (220, h * 0.315)):
            for target in (g, m):
                body, tiles = (grey(92), grey(64)) if target is g else ("#fff", "#fff")
                target.rect(1000 - half * 0.8, y0 - 60, half * 1.6, 60, body)
                target.path(
                    f"M{1000 - half} {y0 - 60}C{1000 - half * 0.8} {y0 - 70} {1000 - half * 0.66} {y0 - 96} {1000 - half * 0.58} {y0 - 116}H{1000 + half * 0.58}C{1000 + half * 0.66} {y0 - 96} {1000 + half * 0.8} {y0 - 70} {1000 + half} {y0 - 60}Q1000 {y0 - 34} {1000 - half} {y0 - 60}Z",
                    tiles,
                )
            for k in range(13):
                g.rect(1000 - half * 0.8 + k * half * 1.6 / 12.5, y0 - 58, 7, 58, grey(132 if k % 2 else 54))
            g.path(
                "".join(f"M{1000 + k * half * 0.058:.0f} {y0 - 114}L{1000 + k * half * 0.096:.0f} {y0 - 56}" for k in range(-10, 11)),
                stroke=grey(104),
                width=1.8,
            )
        for k in range(9):
            person(g, m, 560 + k * 110 + rng.normal() * 30, base, 46, rng, 60 + 120 * (k % 2))

    p.layer(wall, 0.7)
    p.mirror(0.625, 1.0, 0.74)

    def lotus_leaves(g: Drawing, m: Drawing) -> None:
        for _ in range(240):
            t = rng.random() ** 0.6
            x, y = rng.uniform(-40, w + 40), h * (0.70 + 0.30 * t)
            r = 10 + 62 * t**2
            tone = 110 + rng.normal() * 26
            for target, fill in ((g, grey(tone)), (m, "#fff")):
                target.ellipse(x, y, r, r * 0.36, fill)
            g.path(
                "".join(f"M{x:.0f} {y:.0f}l{r * 0.9 * math.cos(a):.1f} {r * 0.32 * math.sin(a):.1f}" for a in np.linspace(0, 6.28, 13)),
                stroke=grey(tone + 40),
                width=0.8 + t,
            )
            if rng.random() < 0.13:
                for angle in (-40, -18, 0, 18, 40):
                    for target, fill in ((g, grey(226)), (m, "#fff")):
                        with target.group(f"translate({x:.0f} {y - r * 0.9:.0f}) rotate({angle}) scale({r / 90:.2f})"):
                            target.path("M0 10C-20 -10 -16 -44 0 -60C16 -44 20 -10 0 10Z", fill)
                g.path(f"M{x:.0f} {y - r * 0.8:.0f}L{x + 3:.0f} {y:.0f}", stroke=grey(120), width=1.6)

    p.layer(lotus_leaves, 0.9)
    return p.finished("warm")
