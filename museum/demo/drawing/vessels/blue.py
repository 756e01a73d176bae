"""Blue-and-white porcelain."""

from __future__ import annotations

import math

import numpy as np

from museum.demo.drawing.motifs import cloud as curl
from museum.demo.drawing.motifs import dragon, fish, fret, lotus, pearl, phoenix, rosette, waves
from museum.demo.drawing.porcelain import glazed, lappets, painted, scales, scroll
from museum.demo.drawing.solid.bodies import Lathe
from museum.demo.drawing.solid.clothing import Part, Surface, sample
from museum.demo.drawing.vector import Drawing, seeded
from museum.demo.drawing.vessels.kiln import BOTTLE, BOWL, DISH, JAR, lines, studio, wrapped


def dragon_jar(width: int = 4200, height: int = 4200) -> np.ndarray:
    """A broad jar: a five-clawed dragon chasing the pearl over waves."""
    rng = seeded("dragon jar")
    body = Lathe(JAR)
    d = _dragon_over_waves(rng)
    return studio(body, width, height, rng, wrapped(body, d, rng, *DRAGON_BAND), span=2.15, centre=0.84, extra=body.arc)


DRAGON_BAND = (0.03, 1.74)  # heights between which the painting lies


def dragon_jar_texture() -> tuple[np.ndarray, float, float]:
    """The jar's painting by itself, and the arc coordinates of its lower and upper edge."""
    rng = seeded("dragon jar")
    body = Lathe(JAR)
    d = _dragon_over_waves(rng)
    return painted(d, int(d.width), int(d.height), rng), body.arc_at(DRAGON_BAND[0]), body.arc_at(DRAGON_BAND[1])


def _dragon_over_waves(rng: np.random.Generator) -> Drawing:
    d = Drawing(3600, 2900)
    for _ in range(26):
        curl(d, rng.uniform(0, 3600), rng.uniform(700, 1900), rng.uniform(60, 110), "#3c3c3c", "#c8c8c8", bool(rng.random() < 0.5))
    line = np.array([(1250, 900), (1700, 760), (2050, 1080), (2500, 1180), (2900, 860), (3250, 1100), (3500, 1500), (3000, 1700)])
    dragon(d, line, 300, "#7a7a7a", "#f4f4f4", "#3a3a3a", "#a8a8a8")
    pearl(d, 760, 1000, 90, "#6a6a6a", "#f0f0f0", "#b0b0b0")
    phoenix_tail = np.array([(60, 1500), (340, 1300), (640, 1560), (880, 1780)])
    dragon(d, phoenix_tail, 120, "#7a7a7a", "#f4f4f4", "#3a3a3a", "#a8a8a8", detail=0.5)
    waves(d, 0, 2020, 3600, 260, 260, ["#787878", "#2a2a2a", "#8a8a8a", "#303030"], "#e8e8e8")
    d.rect(0, 2440, 3600, 500, "#000")
    lappets(d, 0, 2860, 3600, 380, 15)
    d.rect(0, 0, 3600, 560, "#000")
    lappets(d, 0, 110, 3600, 300, 18, up=False)
    fret(d, 0, 480, 3600, 90, "#c8c8c8", 12)
    lines(d, [0.02, 0.155, 0.205, 0.84, 0.853])
    return d


def peony_bottle(width: int = 4000, height: int = 4700) -> np.ndarray:
    """A pear-shaped bottle with peony scrolls."""
    rng = seeded("bottle")
    body = Lathe(BOTTLE)
    d = Drawing(3200, 3800)
    lappets(d, 0, 3760, 3200, 360, 13)
    scroll(d, 0, 2930, 3200, 900, 4, rng)
    d.rect(0, 2080, 3200, 240, "#2c2c2c")
    scales(d, 0, 2090, 3200, 220, 64)
    scroll(d, 0, 1720, 3200, 420, 6, rng)
    lappets(d, 0, 160, 3200, 900, 9, up=False)
    lines(d, [0.02, 0.035, 0.30, 0.39, 0.54, 0.55, 0.61, 0.62, 0.90])
    return studio(body, width, height, rng, wrapped(body, d, rng, 0.04, 2.17), span=2.05, centre=1.04, extra=body.arc)


def fish_bowl(width: int = 4200, height: int = 3000, seed: str = "bowl one", flip: bool = False) -> np.ndarray:
    """A bowl with carp among water-weeds, one of a pair."""
    rng = seeded(seed)
    body = Lathe(BOWL)
    d = Drawing(3600, 2600)
    # the texture runs from the foot over the lip to the middle of the inside; the outer wall is its lower 52 %
    for k, x in enumerate((700, 1800, 2900)):
        fish(d, x, 1760 + 30 * (k % 2), 230, -8 + 10 * (k % 2), "#6c6c6c", "#f0f0f0", "#a8a8a8", flip ^ (k % 2 == 1))
    for _ in range(60):
        x = rng.uniform(0, 3600)
        d.path(
            f"M{x:.0f} 2110q{rng.normal() * 60:.0f} -220 {rng.normal() * 90:.0f} {-rng.uniform(160, 520):.0f}",
            stroke="#8c8c8c",
            width=rng.uniform(6, 16),
        )
    for x in (260, 1260, 2340, 3360):
        lotus(d, x, 1560, 110, "#6a6a6a", "#f0f0f0", "#a0a0a0")
        d.path(f"M{x} 1570C{x + 30} 1800 {x - 40} 1950 {x} 2110", stroke="#b0b0b0", width=11)
    fret(d, 0, 1320, 3600, 80, "#c0c0c0", 11)
    for y in (1300, 1410, 2120, 2150, 1060, 420):
        d.path(f"M0 {y}H3600", stroke="#d0d0d0", width=9)
    for k in range(12):
        curl(d, k * 320, 740, 110, "#4c4c4c", "#d8d8d8", k % 2 == 0)
    material = glazed(painted(d, 3600, 2600, rng), 0.0, 1.0, inside=True)
    return studio(body, width, height, rng, material, span=2.6, centre=0.44, tilt=0.42, extra=body.arc, horizon=0.5)


def dish(width: int = 4200, seed: str = "carp dish", kind: str = "carp") -> np.ndarray:
    """A large dish seen from above."""
    rng = seeded(seed)
    body = Lathe(DISH)
    size = 3300
    d = Drawing(2000, 2000)
    c = 1000
    if kind == "carp":
        for k in range(9):
            d.ellipse(c, c, 440 - k * 46, 300 - k * 30, "none", "#5a5a5a", 3)
        fish(d, c - 10, c - 70, 210, -24, "#707070", "#f4f4f4", "#a8a8a8")
        fish(d, c + 60, c + 190, 150, 158, "#707070", "#f4f4f4", "#a8a8a8", True)
        for k in range(30):
            a = 2 * math.pi * k / 30
            d.path(
                f"M{c + 455 * math.cos(a):.0f} {c + 455 * math.sin(a):.0f}q{-60 * math.cos(a + 0.7):.0f} {-60 * math.sin(a + 0.7):.0f} {-110 * math.cos(a):.0f} {-110 * math.sin(a):.0f}",
                stroke="#909090",
                width=9,
            )
    else:
        phoenix(d, c + 300, c - 60, 128, "#8a8a8a", "#f4f4f4", "#585858", "#b0b0b0")
        for k in range(7):
            curl(d, c + 400 * math.cos(k * 0.9), c + 400 * math.sin(k * 0.9), 46, "#3c3c3c", "#c0c0c0", k % 2 == 0)
    for r, width_ in ((480, 9), (498, 5), (690, 6), (706, 6), (985, 14), (962, 5)):
        d.circle(c, c, r, "none", "#d8d8d8", width_)
    for k in range(8):
        with d.group(f"rotate({45 * k} {c} {c})"):
            rosette(d, c, c - 592, 74, 9, "#707070", "#f0f0f0", "#d0d0d0")
            d.path(f"M{c + 90} {c - 590}q60 -50 110 -10t60 60", stroke="#c0c0c0", width=9)
            d.path(
                f"M{c + 130} {c - 640}q40 -40 70 10q-40 20 -70 -10M{c + 160} {c - 560}q50 -20 70 30q-50 10 -70 -30", "#787878", "#e0e0e0", 4
            )
    for k in range(48):
        with d.group(f"rotate({7.5 * k} {c} {c})"):
            d.path(
                f"M{c - 54} {c - 720}C{c - 54} {c - 830} {c - 20} {c - 900} {c} {c - 945}C{c + 20} {c - 900} {c + 54} {c - 830} {c + 54} {c - 720}Z",
                "#4c4c4c" if k % 2 else "none",
                "#d0d0d0",
                6,
            )
            d.circle(c, c - 800, 18, "#b0b0b0")
    texture = painted(d, size, size, rng)

    def material(part: Part) -> Surface:
        u, v = part.point[..., 0] / 2.24 + 0.5, part.point[..., 2] / 2.24 + 0.5
        return Surface(sample(texture, u, v), 0.10, 7, 0.9)

    return studio(body, width, int(width * 0.92), rng, material, span=2.62, centre=0.1, tilt=1.36, extra=body.arc, horizon=None, bound=1.3)
