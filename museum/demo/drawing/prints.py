"""Woodblock prints in the manner of the village presses, and the block one of them was printed from."""

from __future__ import annotations

import math

import numpy as np

from museum.demo.drawing.glyphs import BRUSH, PRINT, han, sign
from museum.demo.drawing.light import backdrop, finish, occlusion, place, relief, strips
from museum.demo.drawing.motifs import bamboo, fish, flame, lotus, rosette, surf
from museum.demo.drawing.motifs import cloud as curl
from museum.demo.drawing.paper import seal, sheet, softened
from museum.demo.drawing.texture import blur, cloud, clouds, enlarge, ramp
from museum.demo.drawing.vector import Drawing, ribbon, seeded, smooth

KEY = "#fff"


class Blocks:
    """A print pulled from several blocks: one drawing per colour, each laid a little out of register, and the line block last."""

    def __init__(self, w: float, h: float, seed: str) -> None:
        self.w, self.h, self.rng = w, h, seeded(seed)
        self.colors: list[tuple[tuple[int, int, int], Drawing]] = []
        self.line = Drawing(w, h)

    def color(self, rgb: tuple[int, int, int]) -> Drawing:
        self.colors.append((rgb, Drawing(self.w, self.h)))
        return self.colors[-1][1]

    def pull(self, width: int, **paper) -> np.ndarray:
        height = int(width * self.h / self.w)
        grain = clouds(height, width, self.rng, 1.5, 2.0, stretch=9.0)
        blotch = clouds(height, width, self.rng, 1.1, 3.0)
        # the colours have no fine edge: half the size is enough for them
        inked = [(np.array(rgb, np.float32), self.tint(block, width, height)) for rgb, block in self.colors]
        line = softened(self.line.mask(width, height), self.rng, 1.5, 0.35)
        art = np.empty((height, width, 3), np.uint8)
        for y0, y1 in strips(height):
            g, b = grain[y0:y1], blotch[y0:y1]
            thin = np.clip(0.86 + 0.10 * g + 0.07 * b, 0, 1) / 255
            part = np.full((y1 - y0, width, 3), 255, np.float32)
            for rgb, mask in inked:
                part *= 1 - (mask[y0:y1] * thin)[..., None] * (1 - rgb / 255)
            part *= 1 - (line[y0:y1] * np.clip(0.96 + 0.05 * b + 0.04 * g, 0, 1) / 255)[..., None] * np.float32(0.9)
            art[y0:y1] = part
        return finish(sheet(art, self.rng, **{"tone": (236, 222, 192), "laid": 0.5, "ragged": 2.0, "margin": 0.03, **paper}), self.rng)

    def tint(self, block: Drawing, width: int, height: int) -> np.ndarray:
        mask = softened(block.mask(width // 2, height // 2), self.rng, 0.9, 0.35)
        return np.roll(enlarge(mask, height, width), self.rng.integers(-9, 10, 2), (0, 1))


ORANGE, RED, GREEN, YELLOW, BLUE, VIOLET = (226, 120, 52), (198, 58, 44), (66, 122, 78), (236, 186, 74), (58, 92, 140), (126, 74, 110)


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


def mouse(line: Drawing, robe: Drawing, skin: Drawing, x: float, y: float, s: float, hold: str, flip: bool = False) -> None:
    """A mouse in a gown, walking; 300 units tall, feet at y."""
    sx = -s if flip else s
    for target in (robe, skin, line):
        with target.group(f"translate({x:.0f} {y:.0f}) scale({sx:.3f} {s:.3f})"):
            fill, stroke = (KEY, "none") if target is not line else ("none", KEY)
            if target is not skin:
                target.path("M-60 -190C-90 -100 -100 -50 -96 -24L80 -24C86 -60 70 -120 50 -190Z", fill, stroke, 8)
            if target is not robe:
                target.path("M-50 -190C-70 -260 -20 -310 40 -290L120 -246C90 -224 60 -190 30 -184Z", fill, stroke, 8)
                target.path("M-40 -278C-70 -330 -20 -360 6 -320C10 -300 0 -290 -14 -280Z", fill, stroke, 8)
            if target is line:
                target.circle(46, -262, 9, KEY)
                target.circle(120, -246, 8, KEY)
                target.path("M104 -246l60 -26M104 -240l66 0M104 -236l58 22", stroke=KEY, width=3)
                target.path("M-90 -60C-150 -40 -190 -80 -210 -130", stroke=KEY, width=9)
                target.path("M-60 -24l-10 24h46l-4 -24M40 -24l-4 24h46l-6 -24", stroke=KEY, width=8)
                target.path("M-40 -186L40 -188M-20 -180C-40 -110 -50 -60 -46 -26M20 -180C30 -120 40 -60 38 -26", stroke=KEY, width=5)
                target.path("M-10 -150C40 -130 80 -150 96 -190M-30 -140C10 -110 60 -120 100 -180", stroke=KEY, width=7)
                if hold == "flag":
                    target.path("M98 -10L98 -480M98 -480L200 -440L98 -400", stroke=KEY, width=8)
                elif hold == "horn":
                    target.path("M90 -196L210 -330M210 -330l70 -60l-20 96Z", stroke=KEY, width=8)
                elif hold == "lantern":
                    target.path("M98 -60L98 -460L150 -460M150 -460v40M120 -420h60l14 50l-14 50h-60l-14 -50Z", stroke=KEY, width=7)
                elif hold == "fish":
                    target.path("M90 -190l40 -20C180 -250 240 -220 260 -180C220 -160 170 -160 130 -200", stroke=KEY, width=7)
                elif hold == "fan":
                    target.path("M98 -60L98 -440M40 -520h116v80h-116ZM40 -520l58 -50l58 50", stroke=KEY, width=7)


def wedding(width: int = 4600) -> np.ndarray:
    """The mice's wedding: a procession past the cat, in two registers."""
    b = Blocks(3000, 2000, "wedding")
    line = b.line
    yellow, red, green, skin, blue = b.color(YELLOW), b.color(RED), b.color(GREEN), b.color((206, 190, 160)), b.color(BLUE)
    robes = [red, green, blue, yellow]
    for k, (x, hold) in enumerate(((420, "fish"), (740, "horn"), (1060, "flag"), (1380, "lantern"))):
        mouse(line, robes[k % 4], skin, x, 900, 1.35, hold)
    cat_at(line, skin, yellow, 2280, 900)
    for k, (x, hold) in enumerate(((330, "flag"), (640, "lantern"), (960, "fan"))):
        mouse(line, robes[(k + 1) % 4], skin, x, 1790, 1.3, hold)
    palanquin(line, red, yellow, 1560, 1790)
    mouse(line, green, skin, 1210, 1790, 1.1, "")
    mouse(line, blue, skin, 1910, 1790, 1.1, "")
    horse(line, skin, red, 2330, 1790)
    mouse(line, red, skin, 2330, 1560, 0.9, "fan")
    mouse(line, yellow, skin, 2760, 1790, 1.2, "horn", True)
    line.path("M120 930L2880 930M120 1830L2880 1830", stroke=KEY, width=10)
    for x in np.arange(150, 2860, 90):
        for y in (930, 1830):
            line.path(f"M{x:.0f} {y}q-10 -30 -24 -40M{x:.0f} {y}q8 -34 22 -44", stroke=KEY, width=5)
    han(line, "老鼠娶親", 2860, 130, 130, KEY, BRUSH, b.rng)
    han(line, "送禮", 1780, 180, 120, KEY, BRUSH, b.rng)
    han(line, "迎婚", 2060, 1010, 110, KEY, BRUSH, b.rng)
    line.rect(60, 60, 2880, 1880, "none", KEY, 16)
    line.rect(92, 92, 2816, 1816, "none", KEY, 6)
    for k in range(4):
        curl(line, 360 + k * 420, 210, 80, "none", KEY, k % 2 == 0)
    return b.pull(width, age=1.0, holes=12, folds=(1, 0))


def cat_at(line: Drawing, skin: Drawing, yellow: Drawing, x: float, y: float) -> None:
    shape = "M-260 0C-330 -220 -240 -420 -60 -440C-90 -520 -80 -600 -50 -640L20 -560C60 -574 110 -574 150 -560L220 -640C250 -580 250 -500 220 -450C330 -380 360 -150 300 0Z"
    for target, fill, stroke in ((yellow, KEY, "none"), (line, "none", KEY)):
        with target.group(f"translate({x} {y})"):
            target.path(shape, fill, stroke, 12)
    with line.group(f"translate({x} {y})"):
        for ex in (20, 150):
            line.ellipse(ex, -486, 34, 26, "none", KEY, 9)
            line.ellipse(ex, -486, 8, 22, KEY)
        line.path("M70 -430h36l-18 26ZM88 -404C80 -370 40 -370 24 -390M88 -404C96 -370 140 -370 156 -390", stroke=KEY, width=8)
        for k in range(3):
            line.path(f"M10 {-420 + k * 16}L-120 {-440 + k * 34}M166 {-420 + k * 16}L300 {-440 + k * 34}", stroke=KEY, width=4)
        for k in range(7):
            line.path(f"M{-250 + k * 10} {-80 - k * 44}q40 -16 90 10M{300 - k * 6} {-80 - k * 40}q-40 -16 -80 10", stroke=KEY, width=9)
        line.path(
            "M-30 0C-40 -90 0 -180 60 -190M210 0C220 -90 190 -180 120 -190M-60 0q20 -40 60 -30M170 0q20 -40 60 -30M290 -40C420 -60 440 -220 380 -300",
            stroke=KEY,
            width=10,
        )
        for k in range(16):
            line.path(f"M{20 + (k % 4) * 40} {-330 + (k // 4) * 36}q8 20 16 0", stroke=KEY, width=5)


def palanquin(line: Drawing, red: Drawing, yellow: Drawing, x: float, y: float) -> None:
    for target, fill, stroke in ((red, KEY, "none"), (line, "none", KEY)):
        with target.group(f"translate({x} {y})"):
            target.path("M-150 -140L-150 -420L150 -420L150 -140Z", fill, stroke, 10)
    for target, fill, stroke in ((yellow, KEY, "none"), (line, "none", KEY)):
        with target.group(f"translate({x} {y})"):
            target.path("M-210 -420C-120 -440 -60 -520 0 -580C60 -520 120 -440 210 -420Z", fill, stroke, 10)
    with line.group(f"translate({x} {y})"):
        line.path("M-420 -170L420 -170M-420 -150L420 -150", stroke=KEY, width=9)
        line.rect(-90, -380, 180, 180, "none", KEY, 8)
        line.path("M-30 -240C-60 -300 -20 -350 30 -330L70 -306C50 -290 30 -260 20 -240", stroke=KEY, width=7)
        line.circle(26, -310, 6, KEY)
        for k in range(-5, 6):
            line.path(f"M{k * 4} -570L{k * 38} -424", stroke=KEY, width=4)
            line.path(f"M{k * 28} -420v34", stroke=KEY, width=5)
        line.circle(0, -596, 16, "none", KEY, 7)


def horse(line: Drawing, skin: Drawing, red: Drawing, x: float, y: float) -> None:
    shape = "M-230 -300C-260 -200 -240 -120 -236 0h44C-190 -80 -180 -140 -150 -180C-60 -150 60 -150 130 -180C150 -120 150 -60 152 0h44C196 -90 200 -160 196 -230C230 -290 250 -340 270 -380L340 -350C360 -370 356 -390 340 -400L270 -470C230 -480 200 -420 160 -330C60 -300 -140 -320 -230 -300Z"
    for target, fill, stroke in ((skin, KEY, "none"), (line, "none", KEY)):
        with target.group(f"translate({x} {y})"):
            target.path(shape, fill, stroke, 10)
    with line.group(f"translate({x} {y})"):
        line.circle(290, -420, 9, KEY)
        for k in range(8):
            line.path(f"M{262 - k * 13} {-466 + k * 17}q-44 -4 -56 30", stroke=KEY, width=6)
        line.path("M-230 -296C-290 -280 -310 -180 -290 -110M-226 -290C-270 -260 -280 -190 -270 -130", stroke=KEY, width=7)
        line.path("M-80 -316C-60 -240 60 -230 90 -316M250 -400L180 -280L-40 -250", stroke=KEY, width=7)
    with red.group(f"translate({x} {y})"):
        red.path("M-80 -316C-60 -240 60 -230 90 -316Z", KEY)


WOOD = ramp([(0, (26, 16, 12)), (0.3, (58, 36, 24)), (0.55, (104, 66, 40)), (0.8, (146, 100, 62)), (1, (190, 146, 100))])


def woodblock(width: int = 4200) -> np.ndarray:
    """The pear-wood block of a book page, cut in reverse, black with old ink."""
    rng = seeded("woodblock")
    w, h = 2600, 1700
    height = int(width * h / w)
    d = Drawing(w, h)
    with d.group(f"translate({w} 0) scale(-1 1)"):
        d.rect(90, 90, w - 180, h - 180, "none", "#fff", 20)
        d.rect(128, 128, w - 256, h - 256, "none", "#fff", 6)
        columns = 9
        step = 105
        text = "子曰學而時習之不亦說乎有朋自遠方來不亦樂乎人不知而不慍不亦君子乎有子曰其為人也孝弟而好犯上者鮮矣不好犯上而好作亂者未之有也君子務本本立而道生孝弟也者其為仁之本與子曰巧言令色鮮矣仁曾子曰吾日三省吾身為人謀而不忠乎與朋友交而不信乎傳不習乎"
        at = 0
        for half in range(2):
            x0 = 150 if half == 1 else w / 2 + 70
            for k in range(columns):
                x = x0 + (columns - 1 - k + 0.5) * step + 70
                d.path(f"M{x - step / 2:.0f} 130L{x - step / 2:.0f} {h - 130}", stroke="#fff", width=4)
                for r in range(15):
                    sign(d, text[at % len(text)], x, 205 + r * 93, 84, "#fff", PRINT)
                    at += 1
        d.path(f"M{w / 2 - 60} 130L{w / 2 - 60} {h - 130}M{w / 2 + 60} 130L{w / 2 + 60} {h - 130}", stroke="#fff", width=5)
        d.path(f"M{w / 2 - 56} 420h112l-56 60ZM{w / 2 - 56} 1260h112l-56 -60Z", "#fff")
        han(d, "論語卷一", w / 2, 560, 92, "#fff", PRINT, gap=1.15)
    drawn = d.mask(width, height)
    soft = blur(drawn, 1.8).astype(np.float32) / 255
    wide = blur(drawn, 7).astype(np.float32) / 255
    grain = cloud(height, width, rng, 1.7, 3.0, stretch=12.0)
    chisel = cloud(height, width, rng, 1.2, 2.0, stretch=3.0)
    wear = cloud(height, width, rng, 2.2, 8.0)
    top = np.clip(soft * 1.3 - np.clip(wear - 1.5, 0, 1) * 0.7, 0, 1)
    relief_height = top * 22 + wide * 7 + grain * 1.1 + chisel * 1.5 * (1 - soft)
    sky = occlusion(relief_height, 16, 0.05)
    tone = 0.74 + grain * 0.10 + wear * 0.06 - wide * 0.12 - soft * (0.46 + 0.08 * wear) - chisel * (1 - soft) * 0.03
    lit = relief(relief_height, tone, WOOD, sky=sky, ambient=0.42, diffuse=0.9, shine=0.22, doublings=3)
    big_w, big_h = width, int(height * 1.12)
    board = np.zeros((big_h, big_w, 3), np.uint8)
    m = (big_h - height) // 2
    inset = int(width * 0.035)
    small = lit[:, inset : width - inset]
    board[m : m + height, inset : width - inset] = small
    mask = np.zeros((big_h, big_w), np.uint8)
    shape = Drawing(small.shape[1], height)
    shape.rect(6, 6, small.shape[1] - 12, height - 12, "#fff", radius=18)
    mask[m : m + height, inset : width - inset] = shape.mask(small.shape[1], height)
    return finish(place(board, mask, backdrop(big_h, big_w, rng), rng, drop=46, depth=0.8), rng)


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
