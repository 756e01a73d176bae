"""The elevation of the south gate, and what builders' drawings are made of."""

from __future__ import annotations

import math

import numpy as np

from museum.demo.drawing.glyphs import BRUSH, SERIF, han, latin
from museum.demo.drawing.light import finish
from museum.demo.drawing.maps.landscape import INK, tree
from museum.demo.drawing.paper import seal, sheet
from museum.demo.drawing.vector import Drawing, seeded

PAPER_BLUE = (226, 220, 200)


def gate_elevation(width: int = 4600) -> np.ndarray:
    """Measured drawing of the citadel's south gate: elevation, plan and details, with washes."""
    rng = seeded("gate")
    w, h = 4600, 3300
    d = Drawing(w, h, "#fff")
    base = 2150
    d.path(f"M300 {base}H4300", stroke=INK, width=7)
    d.path(f"M700 {base}L800 1250H3800L3900 {base}Z", "#d9c3a0", INK, 5)
    masonry(d, 700, 3900, 1250, base, rng)
    for x, r in ((2300, 260), (1400, 190), (3200, 190)):
        d.path(f"M{x - r} {base}V{base - r * 1.3:.0f}A{r} {r} 0 0 1 {x + r} {base - r * 1.3:.0f}V{base}Z", "#7b6a58", INK, 6)
        for k in range(19):
            a = math.pi * k / 18
            d.path(
                f"M{x - r * math.cos(a):.0f} {base - r * 1.3 - r * math.sin(a):.0f}L{x - (r + 46) * math.cos(a):.0f} {base - r * 1.3 - (r + 46) * math.sin(a):.0f}",
                stroke=INK,
                width=2.4,
            )
        d.path(f"M{x - r - 46} {base - r * 1.3:.0f}A{r + 46} {r + 46} 0 0 1 {x + r + 46} {base - r * 1.3:.0f}", stroke=INK, width=4)
        for k in range(-5, 6):
            d.path(f"M{x + k * r / 6:.0f} {base}V{base - r * (1.3 + 0.9 * math.sqrt(1 - (k / 6) ** 2)):.0f}", stroke="#4a3d30", width=2)
    for k in range(60):
        d.rect(800 + k * 50.3, 1206, 30, 44, "#cdb48c", INK, 2)
    roof(d, 2300, 1206, 1180, 250, 8)
    roof(d, 2300, 830, 820, 220, 6)
    for side in (-1, 1):
        roof(d, 2300 + side * 1280, 1206, 300, 190, 3)
    for x in (700, 3900, 2300):
        d.path(f"M{x} {base + 40}V{base + 200}", stroke="#8a3a2a", width=2)
    dimension(d, 700, 3900, base + 150, "31 trượng 6 thước")
    dimension(d, 800, 3800, base + 240, "29 trượng 4 thước")
    plan(d, 2300, 2780, 3200, 300)
    for k in range(10):
        tree(d, 380 + (k % 5) * 50, base, 60 + 12 * (k % 3), rng)
        tree(d, 4040 + (k % 5) * 50, base, 60 + 12 * ((k + 1) % 3), rng)
    for _ in range(26):
        figure(d, rng.uniform(420, 4200), base, rng.uniform(62, 72), rng)
    latin(d, "CỬA NAM KINH THÀNH KÍNH HÀ", 2300, 190, 96, INK, SERIF, 600, "middle", 8)
    latin(d, "mặt đứng, mặt bằng và chi tiết đấu củng", 2300, 275, 56, INK, SERIF, 400, "middle", 3)
    bracket(d, 480, 620, 1.5)
    bracket(d, 4060, 620, 1.5)
    latin(d, "chi tiết A", 480, 900, 44, INK, SERIF, 400, "middle")
    latin(d, "chi tiết B", 4060, 900, 44, INK, SERIF, 400, "middle")
    han(d, "正南門", 4380, 2700, 90, INK, BRUSH, rng)
    seal(d, "工部之印", 4270, 3010, 150, "#b8321f", rng)
    d.rect(90, 90, w - 180, h - 180, "none", INK, 5)
    d.rect(110, 110, w - 220, h - 220, "none", INK, 2)
    height = int(width * h / w)
    return finish(
        sheet(
            d.raster(width, height), rng, tone=(232, 221, 196), age=0.8, holes=4, folds=(1, 1), ragged=1.6, margin=0.022, ink=0.10, laid=0.6
        ),
        rng,
    )


def masonry(d: Drawing, x0: float, x1: float, y0: float, y1: float, rng: np.random.Generator) -> None:
    parts = []
    y = y0
    row = 0
    while y < y1:
        t = (y - y0) / (y1 - y0)
        left, right = 800 - 100 * t, 3800 + 100 * t
        parts.append(f"M{left:.0f} {y:.0f}H{right:.0f}")
        x = left + (row % 2) * 40
        while x < right:
            parts.append(f"M{x:.0f} {y:.0f}v30")
            if rng.random() < 0.12:
                d.rect(x, y, 80, 30, ["#c9ae84", "#e2d0ae", "#cfa98a"][int(rng.integers(0, 3))], "none", 0, 0, 0.7)
            x += 80
        y += 30
        row += 1
    d.path("".join(parts), stroke="#6a5a48", width=1.6)


def roof(d: Drawing, cx: float, base: float, half: float, rise: float, bays: int) -> None:
    """A pavilion: columns, screens, brackets and a tiled roof with turned-up eaves."""
    body = half * 0.78
    d.rect(cx - body, base - rise, body * 2, rise, "#c9694e", INK, 4)
    for k in range(bays + 1):
        x = cx - body + 2 * body * k / bays
        d.rect(x - 11, base - rise, 22, rise, "#a1432f", INK, 3)
        if k < bays:
            bay = 2 * body / bays
            for j in range(1, 8):
                d.path(f"M{x + bay * j / 8:.0f} {base - rise * 0.86:.0f}V{base - 20}", stroke="#5d2c20", width=2.2)
            d.path(
                f"M{x + 11:.0f} {base - rise * 0.6:.0f}h{bay - 22:.0f}M{x + 11:.0f} {base - rise * 0.3:.0f}h{bay - 22:.0f}",
                stroke="#5d2c20",
                width=3,
            )
    for k in range(bays * 3 + 1):
        x = cx - body + 2 * body * k / (bays * 3)
        d.path(f"M{x - 16:.0f} {base - rise + 6:.0f}q16 -22 32 0M{x - 22:.0f} {base - rise - 8:.0f}h44", stroke=INK, width=2.6)
    top = base - rise
    h = rise * 0.62
    d.path(
        f"M{cx - half:.0f} {top - 30:.0f}C{cx - half * 0.86:.0f} {top - 4:.0f} {cx - half * 0.7:.0f} {top - h * 0.5:.0f} {cx - half * 0.58:.0f} {top - h:.0f}H{cx + half * 0.58:.0f}C{cx + half * 0.7:.0f} {top - h * 0.5:.0f} {cx + half * 0.86:.0f} {top - 4:.0f} {cx + half:.0f} {top - 30:.0f}C{cx + half * 0.8:.0f} {top + 14:.0f} {cx - half * 0.8:.0f} {top + 14:.0f} {cx - half:.0f} {top - 30:.0f}Z",
        "#c9a23e",
        INK,
        5,
    )
    tiles = []
    n = int(half / 11)
    for k in range(-n, n + 1):
        t = k / n
        x0, x1 = cx + t * half * 0.58, cx + t * half * 0.93
        tiles.append(
            f"M{x0:.0f} {top - h:.0f}C{x0 + (x1 - x0) * 0.35:.0f} {top - h * 0.5:.0f} {x0 + (x1 - x0) * 0.8:.0f} {top - 10:.0f} {x1:.0f} {top + 4 - 26 * t * t:.0f}"
        )
        d.circle(x1, top + 6 - 26 * t * t, 4.6, "#8f6f22", INK, 1.4)
    d.path("".join(tiles), stroke="#6d5316", width=2.4)
    d.rect(cx - half * 0.6, top - h - 26, half * 1.2, 30, "#b98f34", INK, 3)
    for side in (-1, 1):
        d.path(
            f"M{cx + side * half * 0.6:.0f} {top - h - 4:.0f}C{cx + side * half * 0.66:.0f} {top - h - 60:.0f} {cx + side * half * 0.56:.0f} {top - h - 80:.0f} {cx + side * half * 0.52:.0f} {top - h - 40:.0f}Z",
            "#5d8a72",
            INK,
            3,
        )
    d.circle(cx, top - h - 50, 24, "#c9694e", INK, 3)


def dimension(d: Drawing, x0: float, x1: float, y: float, text: str) -> None:
    d.path(f"M{x0} {y}H{x1}M{x0} {y - 20}v40M{x1} {y - 20}v40M{x0} {y}l24 -8v16ZM{x1} {y}l-24 -8v16Z", "#8a3a2a", "#8a3a2a", 2)
    latin(d, text, (x0 + x1) / 2, y - 12, 40, "#8a3a2a", SERIF, 400, "middle", 2)


def plan(d: Drawing, cx: float, cy: float, wide: float, deep: float) -> None:
    d.rect(cx - wide / 2, cy - deep / 2, wide, deep, "#d9c3a0", INK, 5)
    d.path(
        "".join(f"M{cx - wide / 2 + k * 14:.0f} {cy - deep / 2:.0f}l{min(deep, 60):.0f} {deep:.0f}" for k in range(int(wide / 14) - 4)),
        stroke="#8a6a48",
        width=1.6,
    )
    for x, r in ((0, 260), (-900, 190), (900, 190)):
        d.rect(cx + x - r, cy - deep / 2 - 6, 2 * r, deep + 12, "#f2e8d2", INK, 4)
        d.path(f"M{cx + x} {cy - deep / 2 - 60:.0f}v{deep + 120:.0f}", stroke="#8a3a2a", width=2, extra='stroke-dasharray="26 10 6 10"')
    for k in range(9):
        for j in range(3):
            d.circle(cx - 1060 + k * 265, cy - 100 + j * 100, 15, INK)


def figure(d: Drawing, x: float, y: float, s: float, rng: np.random.Generator) -> None:
    with d.group(f"translate({x:.0f} {y:.0f}) scale({s / 100:.3f})"):
        d.path("M-16 0L-20 -60C-16 -78 16 -78 20 -60L16 0Z", ["#3d5a6b", "#7b4a3a", "#5d6b48", "#8a7a5a"][int(rng.integers(0, 4))], INK, 3)
        d.circle(0, -84, 10, "#e8cfa8", INK, 2.6)
        d.path("M-24 -88L0 -108L24 -88Z", "#d9c08a", INK, 2.6)
        if rng.random() < 0.3:
            d.path("M-60 -70Q0 -84 60 -70M-54 -70v36M54 -70v36M-68 -34h28l-6 18h-16ZM40 -34h28l-6 18h-16Z", "#b99b62", INK, 2.4)


def bracket(d: Drawing, x: float, y: float, s: float) -> None:
    with d.group(f"translate({x} {y}) scale({s})"):
        d.rect(-16, 0, 32, 120, "#c9694e", INK, 3)
        for k, wide in enumerate((60, 100, 140)):
            yy = -k * 44
            d.path(f"M{-wide} {yy - 20}h{2 * wide}l-14 24H{-wide + 14}Z", "#d9b078", INK, 3)
            for j in (-1, 0, 1):
                d.path(f"M{j * wide * 0.86 - 15:.0f} {yy - 40}h30l-6 20h-18Z", "#e6c893", INK, 2.4)
        d.path("M-170 -132h340v22h-340Z", "#c9a23e", INK, 3)
        d.path(
            "M140 -100C190 -104 210 -80 200 -50C186 -70 166 -76 140 -78M-140 -100C-190 -104 -210 -80 -200 -50C-186 -70 -166 -76 -140 -78",
            "#8fae9a",
            INK,
            2.4,
        )


def dimension_v(d: Drawing, x: float, y0: float, y1: float, text: str) -> None:
    d.path(f"M{x} {y0}V{y1}M{x - 16} {y0}h32M{x - 16} {y1}h32", stroke="#8a3a2a", width=3)
    latin(d, text, x + 18, (y0 + y1) / 2 + 12, 34, "#8a3a2a")
