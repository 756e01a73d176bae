"""The chart of the coast."""

from __future__ import annotations

import math

import numpy as np

from museum.demo.drawing.glyphs import BRUSH, SERIF, han, latin
from museum.demo.drawing.light import finish
from museum.demo.drawing.maps.citadel import compass, scale_bar
from museum.demo.drawing.maps.landscape import INK, houses, mountain
from museum.demo.drawing.motifs import dense
from museum.demo.drawing.paper import sheet
from museum.demo.drawing.vector import Drawing, seeded, smooth


def coast_chart(width: int = 4400) -> np.ndarray:
    """A sea chart of the river's mouth with soundings and rhumb lines."""
    rng = seeded("chart")
    w, h = 4400, 3100
    d = Drawing(w, h, "#fff")
    for k in range(32):
        a = 2 * math.pi * k / 32
        d.path(
            f"M3050 1750L{3050 + 5000 * math.cos(a):.0f} {1750 + 5000 * math.sin(a):.0f}",
            stroke="#9a6a4a" if k % 2 else "#5d7a68",
            width=1.8,
            opacity=0.7,
        )
    coast = shoreline([(-60, 1330), (500, 1260), (950, 1300), (1500, 1130), (1900, 1010), (2050, 640), (2380, 380), (2420, -60)], rng)
    south = shoreline([(-60, 1560), (480, 1530), (900, 1650), (1400, 1600), (1820, 1820), (1880, 2250), (2200, 2560), (2150, 3160)], rng)
    d.path(smooth(np.array(coast)) + "L-60 -60Z", "#efe2bd")
    d.path(smooth(np.array(south)) + f"L-60 {h + 60}Z", "#efe2bd")
    for shore, sign in ((coast, 1), (south, -1)):
        out = np.gradient(shore, axis=0)
        out = sign * np.stack([-out[:, 1], out[:, 0]], 1) / (np.hypot(*out.T)[:, None] + 1e-6)
        for k in range(13):
            d.path(smooth(shore + out * k * 7.5), stroke="#47707f", width=3.4 - k * 0.2, opacity=1 - k * 0.065)
        d.path(smooth(shore), stroke=INK, width=6)
    hills = [
        (x, y)
        for x in range(160, 2300, 150)
        for y in range(260, 1200, 130)
        if y < np.interp(x, coast[:, 0], coast[:, 1]) - 110 and x < 2250 - 0.9 * y * 0.5
    ]
    hills += [(x, y) for x in range(160, 1800, 170) for y in range(1900, 2900, 160) if y > np.interp(x, south[:, 0], south[:, 1]) + 170]
    for x, y in hills:
        if rng.random() < 0.75:
            mountain(d, x + rng.normal() * 30, y + rng.normal() * 20, rng.uniform(50, 110), rng.uniform(40, 100), rng, "#c3bd92")
        else:
            houses(d, x, y, 5, 13, rng)
    soundings(d, coast, south, rng)
    for x, y, s in ((3560, 700, 2.2), (2900, 2500, 1.7), (3950, 2300, 1.4)):
        junk(d, x, y, s)
    monster(d, 3650, 1230, 1.3)
    compass(d, 3050, 1750, 260)
    for text, x, y, size in (("CỬA SÔNG KÍNH", 2900, 330, 110), ("Bãi Bạc", 2420, 1500, 56), ("Hòn Én", 3420, 1960, 52)):
        latin(d, text, x, y, size, INK, SERIF, 600, "middle", spacing=size * 0.08)
    for k in range(5):
        d.ellipse(3420 + k * 26, 1880 + (k % 2) * 18, 36, 22, "#efe2bd", INK, 3)
    han(d, "鏡海門圖", 4180, 330, 120, INK, BRUSH, rng)
    scale_bar(d, 3300, 2860)
    for x0, y0, x1, y1 in ((60, 60, w - 60, 60), (60, h - 60, w - 60, h - 60), (60, 60, 60, h - 60), (w - 60, 60, w - 60, h - 60)):
        n = int(max(abs(x1 - x0), abs(y1 - y0)) / 70)
        for k in range(n):
            t0, t1 = k / n, (k + 1) / n
            d.path(
                f"M{x0 + (x1 - x0) * t0:.0f} {y0 + (y1 - y0) * t0:.0f}L{x0 + (x1 - x0) * t1:.0f} {y0 + (y1 - y0) * t1:.0f}",
                stroke=INK if k % 2 else "#c9a86a",
                width=22,
            )
    d.rect(86, 86, w - 172, h - 172, "none", INK, 4)
    height = int(width * h / w)
    return finish(
        sheet(d.raster(width, height), rng, tone=(228, 210, 172), age=1.5, holes=30, folds=(2, 1), ragged=3, margin=0.022, ink=0.14), rng
    )


def shoreline(way: list[tuple[float, float]], rng: np.random.Generator) -> np.ndarray:
    line = dense(np.array(way, float), 110)
    return line + rng.normal(size=line.shape) * 17


def soundings(d: Drawing, coast: np.ndarray, south: np.ndarray, rng: np.random.Generator) -> None:
    for r in range(24):
        for c in range(34):
            x, y = 150 + c * 124 + rng.normal() * 20, 220 + r * 118 + rng.normal() * 20
            free = min(np.hypot(*(line - [x, y]).T).min() for line in (coast, south)) > 110
            edge = np.interp(y, [-60, 640, 1010, 1330, 1560, 1820, 2560, 3160], [2420, 2050, 1900, -60, -60, 1820, 2200, 2150])
            if free and x > edge + 60 and math.hypot(x - 3050, y - 1750) > 420:
                latin(d, str(int(2 + max(0, (x - 1500) / 130) + rng.integers(0, 4))), x, y, 34, "#3a3530", SERIF, 400, "middle")


def junk(d: Drawing, x: float, y: float, s: float) -> None:
    with d.group(f"translate({x} {y}) scale({s})"):
        d.path("M-120 0C-110 40 80 50 130 -30L110 -20C40 6 -60 6 -120 0Z", "#9a6a44", INK, 3)
        d.path("".join(f"M{-110 + k * 8} {6 + k * 1.4}q110 26 {210 - k * 10} -16" for k in range(4)), stroke=INK, width=1.4)
        for mx, top, wide in ((-60, -120, 50), (0, -170, 70), (66, -120, 44)):
            d.path(f"M{mx} 0V{top}", stroke=INK, width=4)
            d.path(
                f"M{mx - 8} {top + 8}C{mx + wide} {top + 10} {mx + wide * 1.1:.0f} {top * 0.4:.0f} {mx + wide * 0.8:.0f} -16L{mx - 12} -20Z",
                "#e3c98f",
                INK,
                2.6,
            )
            for k in range(1, 7):
                yy = top + 8 + (abs(top) - 26) * k / 7
                d.path(f"M{mx - 10} {yy:.0f}h{wide * 0.95:.0f}", stroke=INK, width=1.8)
            d.path(f"M{mx} {top}l30 -8l-30 -8Z", "#b8321f", INK, 1.4)


def monster(d: Drawing, x: float, y: float, s: float) -> None:
    from museum.demo.drawing.motifs import dragon

    line = np.array([(x - 230 * s, y), (x - 120 * s, y - 90 * s), (x, y + 30 * s), (x + 130 * s, y - 70 * s), (x + 260 * s, y + 20 * s)])
    dragon(d, line, 62 * s, "#a9c0a2", INK, "#e9dfba", "#c98a5a", claws=4, detail=0.5)
