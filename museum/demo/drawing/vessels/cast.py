"""Cast bronze vessels and a bell."""

from __future__ import annotations

import math

import numpy as np

from museum.demo.drawing.bronze import HIGH, PATINA, heron, warrior
from museum.demo.drawing.bronze import boat as dong_son_boat
from museum.demo.drawing.metal import BRASS
from museum.demo.drawing.motifs import cloud as curl
from museum.demo.drawing.motifs import dragon, fret, lotus, rosette
from museum.demo.drawing.solid.bodies import Lathe, ball, limb, mirrored, tube, union
from museum.demo.drawing.solid.clothing import Part, Surface, bump_from, sample
from museum.demo.drawing.texture import blur, clouds
from museum.demo.drawing.vector import Drawing, seeded
from museum.demo.drawing.vessels.kiln import BELL, CENSER, SITULA, studio


def cast(
    body: Lathe,
    d: Drawing,
    lo: float,
    hi: float,
    rng: np.random.Generator,
    table: np.ndarray,
    width: int,
    height: int,
    rise: float = 7.0,
    green: float = 1.0,
):
    """A bronze wall with ornament in relief."""
    drawn = blur(d.mask(int(d.width), int(d.height)), 1.6)
    slow, fine = clouds(height, width, rng, 2.3, 7.0), clouds(height, width, rng, 1.1, 2.0)
    a, b = body.arc_at(lo), body.arc_at(hi)

    def material(part: Part) -> Surface:
        w = part.normal.shape[1]
        x0 = (width - w) // 2
        s, f = slow[part.y0 : part.y1][:, x0 : x0 + w], fine[part.y0 : part.y1][:, x0 : x0 + w]
        h = sample(drawn[..., None], part.turn() / 0.54 + 0.5, 1 - (part.extra - a) / (b - a))[..., 0] / 255
        tone = 0.40 + h * 0.34 + s * 0.09 * green + f * 0.04 - np.clip(s - 1, 0, 1) * 0.14
        color = table[np.clip(tone * 255, 0, 255).astype(np.uint8)]
        return Surface(color, 0.55 * np.clip(tone, 0, 1), 4, 0.10, bump=bump_from(h * rise + f * 0.30 + s * 0.6, 0.30), metal=0.6)

    return material


def situla(width: int = 4000, height: int = 4300) -> np.ndarray:
    """A bronze situla with boats, warriors and herons between bands of circles."""
    rng = seeded("situla")
    body = Lathe(SITULA)
    d = Drawing(2800, 3400, "#303030")
    d.symbol("heron", heron())
    d.symbol("boat", dong_son_boat())
    for k in range(3):
        d.symbol(f"w{k}", warrior(k))
    for k in range(7):
        d.use("boat", 200 + k * 400, 2050, 1.5)
        d.use("heron", 200 + k * 400 + 180, 1760, 0.9)
    for k in range(20):
        d.use(f"w{k % 3}", 70 + k * 140, 2780, 2.0)
    for k in range(12):
        d.use("heron", 120 + k * 230, 1020, 1.4)
    for y in (260, 900, 1180, 1500, 2250, 2420, 2860, 3010):
        for x in range(0, 2800, 70):
            d.circle(x + 35, y + 50, 26, "none", HIGH, 7)
            d.circle(x + 35, y + 50, 9, HIGH)
            d.path(f"M{x + 35} {y + 76}L{x + 105} {y + 24}", stroke=HIGH, width=5)
        for q in (8, 92):
            d.path(f"M0 {y + q}H2800", stroke=HIGH, width=9)
        d.path("".join(f"M{x} {y + 110}v60" for x in range(0, 2800, 22)), stroke="#a0a0a0", width=9)
    ears = mirrored(tube([(0.60, 1.32, 0), (0.80, 1.36, 0), (0.80, 1.16, 0), (0.62, 1.10, 0)], [0.045, 0.04, 0.04, 0.045]))
    return studio(
        union([body, ears], 0.03),
        width,
        height,
        rng,
        cast(body, d, 0.03, 1.8, rng, PATINA, width, height),
        span=2.1,
        centre=0.88,
        extra=body.arc,
    )


def bell(width: int = 4000, height: int = 4400) -> np.ndarray:
    """A temple bell with a dragon loop, panels, bosses and an inscription."""
    from museum.demo.drawing.glyphs import PRINT, sign

    rng = seeded("bell")
    body = Lathe(BELL)
    d = Drawing(2600, 3000, "#404040")
    for x in (0, 650, 1300, 1950, 2600):
        for q in (-26, 0, 26):
            d.path(f"M{x + q} 700V2450", stroke=HIGH, width=10)
    for y in (700, 760, 1500, 1560, 1620, 2450, 2500):
        d.path(f"M0 {y}H2600", stroke=HIGH, width=12)
    text = "鏡河香山寺洪鐘銘鐘聲一響萬籟皆空河水東流佛日長明永鎮山門國泰民安"
    for panel in range(4):
        for k in range(12):
            c, r = k // 4, k % 4
            sign(d, text[(panel * 12 + k) % len(text)], panel * 650 + 500 - c * 175, 860 + r * 165, 130, HIGH, PRINT)
    for k in range(13):
        x = 100 + k * 200
        d.circle(x, 2330, 70, "#ffffff")
        rosette(d, x, 2330, 90, 10, "none", HIGH, HIGH)
    for k in range(8):
        lotus(d, 160 + k * 325, 2860, 120, "#909090", "#303030", "#d0d0d0")
    dragon(
        d,
        np.array([(500, 1980), (800, 1800), (1080, 2080), (1380, 1860), (1700, 2060), (2000, 1880)]),
        150,
        "#b0b0b0",
        "#303030",
        "#d8d8d8",
        "#a0a0a0",
    )
    loop = tube(
        [(-0.26, 1.52, 0), (-0.30, 1.76, 0), (-0.12, 1.94, 0), (0.12, 1.94, 0), (0.30, 1.76, 0), (0.26, 1.52, 0)],
        [0.085, 0.08, 0.075, 0.075, 0.08, 0.085],
    )
    heads = mirrored(
        union(
            [
                ball(0.36, 1.60, 0.06, 0.11, 0.09, 0.10),
                ball(0.46, 1.56, 0.08, 0.07, 0.05, 0.06),
                limb((0.33, 1.68, 0), (0.24, 1.82, -0.05), 0.03, 0.012),
            ],
            0.05,
        )
    )
    return studio(
        union([body, loop, heads], 0.05),
        width,
        height,
        rng,
        cast(body, d, 0.02, 1.55, rng, BRASS, width, height, 11, 0.8),
        span=2.15,
        centre=1.0,
        extra=body.arc,
    )


def censer(width: int = 4200, height: int = 4000) -> np.ndarray:
    """A tripod censer with handles."""
    rng = seeded("censer")
    body = Lathe(CENSER)
    d = Drawing(2600, 2000, "#383838")
    fret(d, 0, 420, 2600, 120, HIGH, 18)
    for k in range(6):
        x = 220 + k * 430
        rosette(d, x, 980, 150, 9, "#a0a0a0", "#303030", "#e0e0e0")
        curl(d, x + 210, 980, 70, "#888", HIGH)
    for y in (380, 570, 1250, 1300):
        d.path(f"M0 {y}H2600", stroke=HIGH, width=12)
    legs = [
        limb((r * math.cos(a), 0.62, r * math.sin(a)), (r * 1.22 * math.cos(a), 0.02, r * 1.22 * math.sin(a)), 0.17, 0.075)
        for r, a in ((0.42, 0.5), (0.42, 2.64), (0.40, -1.57))
    ]
    knees = [ball(0.44 * math.cos(a), 0.56, 0.44 * math.sin(a), 0.18, 0.16, 0.17) for a in (0.5, 2.64)]
    ears = mirrored(
        tube([(0.52, 1.30, 0), (0.66, 1.56, 0), (0.60, 1.78, 0), (0.48, 1.78, 0), (0.50, 1.56, 0)], [0.055, 0.055, 0.05, 0.05, 0.045])
    )
    return studio(
        union([body, *legs, *knees, ears], 0.07),
        width,
        height,
        rng,
        cast(body, d, 0.5, 1.36, rng, BRASS, width, height, 10, 0.6),
        span=2.15,
        centre=0.90,
        tilt=0.2,
        extra=body.arc,
    )
