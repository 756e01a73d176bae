"""The river goddess."""

from __future__ import annotations

import math

import numpy as np

from museum.demo.drawing.glyphs import BRUSH, han
from museum.demo.drawing.motifs import cloud as curl
from museum.demo.drawing.motifs import flame, lotus, rosette, surf
from museum.demo.drawing.paper import seal
from museum.demo.drawing.prints.blocks import GREEN, KEY, RED, YELLOW, Blocks
from museum.demo.drawing.vector import Drawing


def river_goddess(width: int = 4000) -> np.ndarray:
    """A votive print of the lady of the river, with boats and attendants; kept for its believers."""
    b = Blocks(2000, 2800, "goddess")
    line = b.line
    yellow, red, green, blue, skin = b.color(YELLOW), b.color(RED), b.color(GREEN), b.color((110, 140, 170)), b.color((240, 210, 180))
    for k in range(24):
        x, y = 1000 + 345 * math.cos(math.radians(k * 15)), 760 + 345 * math.sin(math.radians(k * 15))
        flame(yellow, x, y, 240, k * 15, KEY, KEY)
        flame(line, x, y, 240, k * 15, "none", KEY)
    yellow.circle(1000, 760, 330, KEY)
    line.circle(1000, 760, 334, "none", KEY, 9)
    robe = "M1000 900C820 900 700 1060 640 1320C590 1560 520 1760 430 1860L1570 1860C1480 1760 1410 1560 1360 1320C1300 1060 1180 900 1000 900Z"
    red.path(robe, KEY)
    line.path(robe, stroke=KEY, width=13)
    skin.ellipse(1000, 740, 150, 190, KEY)
    line.ellipse(1000, 740, 152, 192, "none", KEY, 9)
    line.path(
        "M920 700q34 -24 64 0M1016 700q34 -24 64 0M930 724q24 14 44 0M1026 724q24 14 44 0M1000 720v60q-14 14 -22 8M960 830q40 26 80 0",
        stroke=KEY,
        width=7,
    )
    crown = "M820 640C830 560 900 500 1000 480C1100 500 1170 560 1180 640C1120 590 1060 580 1000 580C940 580 880 590 820 640Z"
    yellow.path(crown, KEY)
    line.path(crown, stroke=KEY, width=9)
    for k in range(9):
        x = 840 + k * 40
        line.circle(x, 560 - 70 * math.sin(k / 8 * math.pi), 20, "none", KEY, 6)
        line.path(f"M{x} {620 - 60 * math.sin(k / 8 * math.pi):.0f}v40", stroke=KEY, width=5)
    for side in (-1, 1):
        line.path(
            f"M{1000 + side * 190} 960C{1000 + side * 330} 1060 {1000 + side * 340} 1260 {1000 + side * 120} 1300", stroke=KEY, width=11
        )
        for k in range(7):
            line.path(
                f"M{1000 + side * (110 + k * 30)} {1340 + k * 20}C{1000 + side * (140 + k * 40)} 1520 {1000 + side * (160 + k * 50)} 1700 {1000 + side * (150 + k * 64)} 1850",
                stroke=KEY,
                width=6,
            )
        mouse_free_attendant(line, green, skin, 1000 + side * 720, 1860, side)
    for r in range(5):
        for k in range(7 + r):
            rosette(line, 1000 + (k - (6 + r) / 2) * 96, 1420 + r * 94, 34, 7, "none", KEY, KEY)
    line.rect(930, 1180, 140, 200, "none", KEY, 8)
    han(line, "水", 1000, 1200, 130, KEY, BRUSH)
    lotus(line, 1000, 2020, 200, "none", KEY, "none")
    lotus(red, 1000, 2020, 200, KEY, "none", "none")
    blue.rect(90, 2100, 1820, 560, KEY, opacity=0.6)
    surf(line, 110, 2140, 1760, 150, "none", KEY, b.rng)
    for r in range(4):
        for c in range(10):
            x, y = 120 + c * 190 + (r % 2) * 95, 2380 + r * 84
            if x < 1790:
                for q in (1, 0.62, 0.3):
                    line.path(f"M{x - 86 * q:.0f} {y}q{86 * q:.0f} {-78 * q:.0f} {172 * q:.0f} 0", stroke=KEY, width=5)
    han(line, "河伯聖母", 1780, 240, 150, KEY, BRUSH, b.rng)
    han(line, "普濟眾生", 220, 240, 150, KEY, BRUSH, b.rng)
    seal(red, "鏡河祠", 150, 980, 150, KEY, b.rng)
    for k in range(3):
        curl(line, 500 + k * 480, 250, 90, "none", KEY, k == 1)
    line.rect(60, 60, 1880, 2680, "none", KEY, 16)
    line.rect(90, 90, 1820, 2620, "none", KEY, 6)
    return b.pull(width, age=1.2, holes=14)


def mouse_free_attendant(line: Drawing, robe: Drawing, skin: Drawing, x: float, y: float, side: int) -> None:
    with robe.group(f"translate({x} {y})"):
        robe.path("M-70 -420C-110 -200 -130 -100 -150 0L150 0C130 -100 110 -200 70 -420Z", KEY)
    with skin.group(f"translate({x} {y})"):
        skin.circle(0, -500, 74, KEY)
    with line.group(f"translate({x} {y})"):
        line.path("M-70 -420C-110 -200 -130 -100 -150 0L150 0C130 -100 110 -200 70 -420Z", stroke=KEY, width=10)
        line.circle(0, -500, 76, "none", KEY, 9)
        line.path("M-76 -520C-60 -610 60 -610 76 -520C40 -560 -40 -560 -76 -520Z", KEY)
        line.circle(0, -606, 28, KEY)
        line.path("M-34 -510h24M12 -510h24M-16 -466q16 12 32 0M-40 -400L0 -330L40 -400M0 -330V-10M-60 -180H60", stroke=KEY, width=6)
        line.path(f"M{-side * 80} -300L{-side * 200} -330M{-side * 200} -200L{-side * 200} -760", stroke=KEY, width=10)
        line.path(f"M{-side * 200} -760m-90 0a90 60 0 1 0 180 0a90 60 0 1 0 -180 0M{-side * 200} -700v-120", stroke=KEY, width=8)
