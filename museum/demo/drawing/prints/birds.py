"""The rooster and the carp."""

from __future__ import annotations

import math

import numpy as np

from museum.demo.drawing.glyphs import BRUSH, PRINT, han
from museum.demo.drawing.motifs import bamboo, fish, lotus, rosette, surf
from museum.demo.drawing.motifs import cloud as curl
from museum.demo.drawing.paper import seal
from museum.demo.drawing.prints.blocks import GREEN, KEY, ORANGE, RED, VIOLET, YELLOW, Blocks
from museum.demo.drawing.vector import Drawing, ribbon, smooth


def feather_rows(line: Drawing, x: float, y: float, w: float, rows: int, size: float, lean: float) -> None:
    for r in range(rows):
        for c in range(int(w / size)):
            px, py = x + c * size + (r % 2) * size / 2 + r * lean, y + r * size * 0.62
            line.path(f"M{px:.0f} {py:.0f}q{size / 2:.0f} {size * 0.9:.0f} {size:.0f} 0", stroke=KEY, width=4)


def rooster(width: int = 4000) -> np.ndarray:
    """A rooster among chrysanthemums: the fourfold wish for dignity."""
    b = Blocks(2000, 2600, "rooster")
    line = b.line
    yellow, orange, green, red, violet = b.color(YELLOW), b.color(ORANGE), b.color(GREEN), b.color(RED), b.color(VIOLET)
    body = "M620 1180C560 900 700 640 940 560C1010 430 1130 380 1220 440C1320 500 1300 640 1240 740C1330 900 1300 1180 1160 1330C1020 1480 760 1460 620 1180Z"
    yellow.path(body, KEY)
    line.path(body, stroke=KEY, width=13)
    for k in range(9):
        a = -2.85 + k * 0.19
        p = np.array(
            [
                (700 + k * 14, 1120 - k * 34),
                (520 + 60 * math.cos(a), 900 + 220 * math.sin(a)),
                (480 + 380 * math.cos(a) - 40, 860 + 520 * math.sin(a)),
                (420 + 430 * math.cos(a + 0.3), 1010 + 560 * math.sin(a + 0.25)),
            ]
        )
        from museum.demo.drawing.motifs import dense

        q = dense(p, 24)
        shape = ribbon(q, np.concatenate([np.linspace(24, 86, 12), np.linspace(84, 8, 12)]))
        (green if k % 3 == 0 else violet if k % 3 == 1 else red).path(shape, KEY)
        line.path(shape, stroke=KEY, width=8)
        line.path(smooth(q), stroke=KEY, width=4)
        for j in range(3, 22):
            line.path(f"M{q[j][0]:.0f} {q[j][1]:.0f}l{-14 + j % 3} 22M{q[j][0]:.0f} {q[j][1]:.0f}l20 -14", stroke=KEY, width=2.6)
    for k in range(13):
        a = 0.2 + k * 0.19
        x, y = 1130 - k * 34, 640 + k * 34
        shape = f"M{x} {y - 60}C{x + 90} {y + 60} {x + 60} {y + 190} {x + 10 - 10 * a:.0f} {y + 260}C{x - 50} {y + 180} {x - 40} {y + 40} {x} {y - 60}Z"
        orange.path(shape, KEY)
        line.path(shape, stroke=KEY, width=6)
        line.path(f"M{x} {y - 20}L{x + 8} {y + 210}", stroke=KEY, width=3)
    wing = "M760 1010C860 900 1060 900 1150 1010C1130 1180 1010 1280 860 1260C790 1220 750 1120 760 1010Z"
    green.path(wing, KEY)
    line.path(wing, stroke=KEY, width=11)
    feather_rows(line, 800, 990, 300, 7, 48, 8)
    for k in range(7):
        line.path(f"M{800 + k * 46} 1120C{790 + k * 44} 1190 {800 + k * 34} 1230 {830 + k * 28} 1262", stroke=KEY, width=5)
    comb = "M1070 430C1040 350 1080 300 1110 350C1120 270 1180 260 1180 340C1210 280 1270 300 1245 370C1300 350 1330 400 1270 450L1100 470Z"
    red.path(comb, KEY)
    line.path(comb, stroke=KEY, width=9)
    red.path("M1250 600C1290 690 1260 760 1210 750C1180 700 1200 640 1230 590Z", KEY)
    line.path("M1250 600C1290 690 1260 760 1210 750C1180 700 1200 640 1230 590Z", stroke=KEY, width=8)
    yellow.path("M1270 480L1400 540L1262 590Z", KEY)
    line.path("M1270 480L1400 540L1262 590ZM1280 535L1390 540", stroke=KEY, width=8)
    line.circle(1190, 500, 34, "none", KEY, 10)
    line.circle(1196, 502, 14, KEY)
    feather_rows(line, 690, 1290, 380, 3, 46, 20)
    for x, bend in ((860, -30), (1040, 40)):
        leg = f"M{x} 1400C{x + bend} 1540 {x} 1640 {x + bend} 1790"
        yellow.path(leg, stroke=KEY, width=46)
        line.path(
            f"M{x - 26} 1400C{x + bend - 24} 1540 {x - 24} 1640 {x + bend - 24} 1780M{x + 26} 1400C{x + bend + 24} 1540 {x + 24} 1640 {x + bend + 24} 1780",
            stroke=KEY,
            width=8,
        )
        for k in range(9):
            line.path(f"M{x - 22 + bend * k / 9:.0f} {1440 + k * 38}q22 16 44 0", stroke=KEY, width=4)
        for dx, dy in ((-190, 60), (-60, 110), (120, 90), (90, -40)):
            yellow.path(f"M{x + bend} 1790L{x + bend + dx} {1790 + dy}", stroke=KEY, width=34)
            line.path(
                f"M{x + bend - 10} 1776L{x + bend + dx} {1776 + dy}M{x + bend + 6} 1812L{x + bend + dx} {1806 + dy}M{x + bend + dx} {1776 + dy}l{dx * 0.16:.0f} {26}l{-dx * 0.16:.0f} 4",
                stroke=KEY,
                width=7,
            )
        line.path(f"M{x + bend} 1700l70 -36l-52 60Z", KEY)
    ground = "M120 1990C500 1900 900 1960 1300 1930C1600 1910 1800 1960 1900 1990L1900 2100C1400 2050 600 2080 120 2100Z"
    green.path(ground, KEY)
    line.path(ground, stroke=KEY, width=9)
    for x, y, r in ((1560, 1210, 200), (1690, 1620, 160), (1480, 1760, 120), (330, 1700, 150)):
        line.path(f"M{x} {y}C{x - 30} {y + 200} {x - 60} {y + 300} {x - 90} 1960", stroke=KEY, width=11)
        red.circle(x, y, r * 0.95, KEY)
        rosette(line, x, y, r, 13, "none", KEY, KEY)
        for k in range(5):
            lx, ly, turn = x - 40 - k * 10, y + r + 60 + k * 60, (40 if k % 2 else 150)
            shape = "M0 0C30 -60 100 -70 150 -20C120 -6 140 20 110 40C80 30 40 40 0 0Z"
            for target, fill, stroke in ((green, KEY, "none"), (line, "none", KEY)):
                with target.group(f"translate({lx:.0f} {ly:.0f}) rotate({turn})"):
                    target.path(shape, fill, stroke, 7)
                    if target is line:
                        target.path("M0 0L110 0M40 -4l30 -26M50 4l26 22M76 0l30 -20", stroke=KEY, width=4)
    for x, y in ((420, 2010), (620, 2030), (1350, 2000), (1600, 2016)):
        line.path(f"M{x} {y}q-20 -70 -50 -90M{x} {y}q0 -90 10 -120M{x} {y}q20 -70 60 -80", stroke=KEY, width=6)
    han(line, "大吉", 1700, 330, 230, KEY, BRUSH, b.rng)
    han(line, "鏡河紙坊", 1530, 200, 84, KEY, PRINT, gap=1.15)
    red.rect(1478, 620, 104, 104, KEY)
    line.rect(60, 60, 1880, 2480, "none", KEY, 16)
    line.rect(90, 90, 1820, 2420, "none", KEY, 6)
    for k in range(22):
        line.path(f"M{130 + k * 82} 2440q30 -44 60 0q-30 34 -60 0", stroke=KEY, width=6)
        line.circle(160 + k * 82, 2440, 8, KEY)
    return b.pull(width, age=0.9, holes=8)


def carp(width: int = 4000) -> np.ndarray:
    """A carp looking at the moon in the river."""
    b = Blocks(2600, 2000, "carp")
    line = b.line
    yellow, orange, blue, green, red = b.color(YELLOW), b.color(ORANGE), b.color((120, 150, 176)), b.color(GREEN), b.color(RED)
    blue.rect(100, 980, 2400, 900, KEY, opacity=0.55)
    yellow.circle(2080, 520, 210, KEY)
    line.circle(2080, 520, 212, "none", KEY, 10)
    line.path("M1960 560C2000 520 2060 560 2040 600M2100 420C2140 400 2180 440 2160 480", stroke=KEY, width=7)
    yellow.ellipse(2090, 1500, 200, 120, KEY)
    for k in range(5):
        line.path(f"M{1880 - k * 6} {1420 + k * 44}q100 -22 210 0t210 0", stroke=KEY, width=7)
    for r in range(9):
        for c in range(13):
            x, y = 110 + c * 200 + (r % 2) * 100, 1010 + r * 98
            if (x - 1100) ** 2 / 800**2 + (y - 1130) ** 2 / 420**2 > 1 and x < 2330:
                for q in (1, 0.66, 0.33):
                    line.path(f"M{x - 90 * q:.0f} {y}q{90 * q:.0f} {-88 * q:.0f} {180 * q:.0f} 0", stroke=KEY, width=5)
    for target, fill, stroke in ((orange, KEY, KEY), (line, "none", KEY)):
        with target.group("translate(1120 1060) rotate(-14)"):
            if target is orange:
                fish(target, 0, 0, 640, 0, fill, stroke, fill)
    with red.group("translate(1120 1060) rotate(-14) scale(6.4)"):
        red.path("M-78 0C-104 -10 -124 -40 -150 -46C-136 -22 -134 -6 -124 2C-136 12 -140 32 -148 52C-124 44 -102 14 -78 8Z", KEY)
        red.path("M-30 -38C-20 -66 20 -70 44 -56C36 -50 30 -44 26 -38Z", KEY)
        red.path("M-40 34C-44 54 -60 62 -70 62C-64 50 -60 40 -56 30ZM30 36C34 56 22 70 8 74C10 60 8 46 10 38Z", KEY)
    with line.group("translate(1120 1060) rotate(-14)"):
        fish(line, 0, 0, 640, 0, "none", KEY, "none")
    for x, y, r in ((420, 700, 150), (300, 1050, 110), (700, 480, 120)):
        line.path(f"M{x} {y}C{x + 10} {y + 300} {x - 30} {y + 600} {x} 1900", stroke=KEY, width=10)
        red.ellipse(x, y - r * 0.5, r * 0.8, r * 0.6, KEY, opacity=0.5)
        lotus(line, x, y, r, "none", KEY, "none")
    for x, y, r in ((560, 980, 170), (250, 1330, 150), (820, 760, 120)):
        green.ellipse(x, y, r, r * 0.4, KEY)
        line.ellipse(x, y, r, r * 0.4, "none", KEY, 8)
        for k in range(14):
            a = 2 * math.pi * k / 14
            line.path(f"M{x} {y}L{x + r * 0.94 * math.cos(a):.0f} {y + r * 0.37 * math.sin(a):.0f}", stroke=KEY, width=4)
    for x in (1560, 1700):
        bamboo(line, x, 990, 700, KEY, b.rng, 18)
    curl(line, 1300, 260, 130, "none", KEY)
    curl(line, 700, 250, 100, "none", KEY, True)
    han(line, "鯉魚望月", 2360, 200, 140, KEY, BRUSH, b.rng)
    seal(red, "鏡河紙坊", 2300, 860, 130, KEY, b.rng)
    surf(line, 120, 1800, 2300, 120, "none", KEY, b.rng)
    line.rect(60, 60, 2480, 1880, "none", KEY, 16)
    line.rect(90, 90, 2420, 1820, "none", KEY, 6)
    return b.pull(width, age=0.7, holes=5)
