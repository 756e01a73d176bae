"""The mice's wedding."""

from __future__ import annotations

import numpy as np

from museum.demo.drawing.glyphs import BRUSH, han
from museum.demo.drawing.motifs import cloud as curl
from museum.demo.drawing.prints.blocks import BLUE, GREEN, KEY, RED, YELLOW, Blocks
from museum.demo.drawing.vector import Drawing


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
