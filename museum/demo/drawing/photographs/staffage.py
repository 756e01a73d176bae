"""Palms, foliage, boats and people in grey tones."""

from __future__ import annotations

import math

import numpy as np

from museum.demo.drawing.photographs.plate import grey
from museum.demo.drawing.vector import Drawing, ribbon


def palm(g: Drawing, m: Drawing, x: float, y: float, h: float, rng: np.random.Generator, tone: float) -> None:
    lean = rng.normal() * h * 0.14
    trunk = np.array([(x, y), (x + lean * 0.3, y - h * 0.4), (x + lean, y - h)])
    d = ribbon(trunk, np.array([h * 0.035, h * 0.026, h * 0.018]))
    for target, fill in ((g, grey(tone)), (m, "#fff")):
        target.path(d, fill)
    top = (x + lean, y - h)
    for k in range(11):
        a = -2.9 + k * 0.53 + rng.normal() * 0.15
        length = h * rng.uniform(0.24, 0.36)
        end = (top[0] + length * math.cos(a), top[1] + length * 0.75 * math.sin(a) + length * 0.35)
        mid = (top[0] + length * 0.55 * math.cos(a), top[1] + length * 0.7 * math.sin(a) - length * 0.06)
        for target, fill in ((g, grey(tone + rng.normal() * 8)), (m, "#fff")):
            target.path(f"M{top[0]:.0f} {top[1]:.0f}Q{mid[0]:.0f} {mid[1]:.0f} {end[0]:.0f} {end[1]:.0f}", stroke=fill, width=h * 0.012)
        for t in np.linspace(0.2, 1, 16):
            px = (1 - t) ** 2 * top[0] + 2 * t * (1 - t) * mid[0] + t * t * end[0]
            py = (1 - t) ** 2 * top[1] + 2 * t * (1 - t) * mid[1] + t * t * end[1]
            for target, fill in ((g, grey(tone - 6)), (m, "#fff")):
                target.path(
                    f"M{px:.1f} {py:.1f}l{-4 + rng.normal() * 2:.1f} {h * 0.05:.1f}M{px:.1f} {py:.1f}l{6 + rng.normal() * 2:.1f} {h * 0.045:.1f}",
                    stroke=fill,
                    width=h * 0.005,
                )


def foliage(g: Drawing, m: Drawing, x: float, y: float, r: float, rng: np.random.Generator, tone: float) -> None:
    for _ in range(46):
        a, q = rng.uniform(0, 6.28), math.sqrt(rng.random())
        px, py, s = x + r * q * math.cos(a), y - r * 0.7 * (1 + q * math.sin(a)), r * rng.uniform(0.10, 0.24)
        lit = tone + 26 * (-(py - y) / r - 0.6) + rng.normal() * 9
        for target, fill in ((g, grey(lit)), (m, "#fff")):
            target.ellipse(px, py, s, s * 0.8, fill)
    leaves = []
    for _ in range(190):
        a, q = rng.uniform(0, 6.28), math.sqrt(rng.random()) * 1.12
        px, py = x + r * q * math.cos(a), y - r * 0.7 * (1 + q * math.sin(a))
        leaves.append(f"M{px:.1f} {py:.1f}q{rng.normal() * 3:.1f} -3 {rng.normal() * 6:.1f} {rng.normal() * 4:.1f}")
    g.path("".join(leaves), stroke=grey(tone + 34), width=1.3)
    g.path("".join(leaves[::2]), stroke=grey(tone - 24), width=1.3)
    m.path("".join(leaves), stroke="#fff", width=1.3)


def boat(g: Drawing, m: Drawing, x: float, y: float, s: float, rng: np.random.Generator, tone: float = 52) -> None:
    flip = -1 if rng.random() < 0.5 else 1
    for target, fill, light in ((g, grey(tone), grey(tone + 42)), (m, "#fff", "#fff")):
        with target.group(f"translate({x:.0f} {y:.0f}) scale({flip * s:.2f} {s:.2f})"):
            target.path("M-100 -14C-50 6 50 6 108 -24C80 16 -70 18 -100 -14Z", fill)
            target.path("M-50 -2C-46 -40 34 -40 40 -4Z", light)
            if target is g:
                target.path("".join(f"M{-46 + k * 9} -8q4 -24 9 -26" for k in range(9)), stroke=grey(tone + 8), width=2)
            target.path("M66 -8C62 -30 66 -46 72 -50C80 -46 82 -26 80 -12ZM74 -58m-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0", fill)
            target.path("M60 -58L74 -72L90 -56Z", light)
            target.path("M78 -40L116 26", stroke=fill, width=3)


def person(g: Drawing, m: Drawing, x: float, y: float, h: float, rng: np.random.Generator, robe: float, seated: bool = False) -> None:
    """Somebody before the camera, features lost in the emulsion."""
    for target in (g, m):
        fill = grey(robe) if target is g else "#fff"
        skin = grey(168) if target is g else "#fff"
        with target.group(f"translate({x:.0f} {y:.0f}) scale({h / 300:.3f})"):
            if seated:
                target.path("M-78 0C-84 -60 -80 -120 -66 -176C-40 -206 40 -206 66 -176C80 -120 84 -60 78 0Z", fill)
                target.path("M-66 -170C-96 -110 -90 -70 -40 -66L40 -66C90 -70 96 -110 66 -170C50 -120 -50 -120 -66 -170Z", fill)
            else:
                target.path("M-60 0C-60 -90 -56 -160 -46 -208C-30 -226 30 -226 46 -208C56 -160 60 -90 60 0Z", fill)
                target.path("M-46 -206C-76 -150 -80 -110 -66 -86L-40 -96L-34 -180ZM46 -206C76 -150 80 -110 66 -86L40 -96L34 -180Z", fill)
            neck = -196 if seated else -222
            target.path(f"M-12 {neck + 10}v-18h24v18Z", skin)
            target.ellipse(0, neck - 34, 25, 32, skin)
            target.path(
                f"M-31 {neck - 40}C-36 {neck - 84} 36 {neck - 84} 31 {neck - 40}C16 {neck - 58} -16 {neck - 58} -31 {neck - 40}Z",
                grey(36) if target is g else "#fff",
            )
            target.ellipse(-16, -78 if seated else -96, 13, 10, skin)
            target.ellipse(16, -78 if seated else -96, 13, 10, skin)
            if target is g:
                for k in range(7):
                    target.path(
                        f"M{-50 + k * 17} 0C{-46 + k * 15} -70 {-34 + k * 12} -130 {-30 + k * 10} -176",
                        stroke=grey(robe - 22 + (k % 2) * 44),
                        width=5,
                        opacity=0.7,
                    )
                target.path(f"M0 {neck + 10}C22 {neck + 50} 30 -90 34 -30", stroke=grey(robe + 50), width=4)
                target.ellipse(-9, neck - 36, 3.4, 2, grey(60))
                target.ellipse(9, neck - 36, 3.4, 2, grey(60))
                target.path(f"M-7 {neck - 18}q7 4 14 0M-2 {neck - 34}q-2 8 3 9", stroke=grey(110), width=2)
                target.ellipse(9, neck - 30, 14, 26, grey(120), opacity=0.35)
