"""The plan of the citadel."""

from __future__ import annotations

import math

import numpy as np

from museum.demo.drawing.glyphs import PRINT, SERIF, han, latin
from museum.demo.drawing.light import finish
from museum.demo.drawing.maps.landscape import INK, fields, houses, sampan, tree
from museum.demo.drawing.motifs import dense, frame
from museum.demo.drawing.paper import seal, sheet
from museum.demo.drawing.vector import Drawing, points, ribbon, seeded, smooth


def citadel_plan(width: int = 4600) -> np.ndarray:
    """The citadel with its bastions, moats and wards, engraved: Vietnamese names, scale, compass."""
    rng = seeded("citadel")
    w, h = 4600, 3900
    d = Drawing(w, h, "#fff")
    cx, cy, side = 2250, 1830, 2400
    half = side / 2
    wall = []
    per = 6
    for s in range(4):
        a = math.radians(90 * s)
        for k in range(per):
            t0 = -half + side * k / per
            step = side / per
            for u, v in (
                (t0 + step * 0.30, 0),
                (t0 + step * 0.34, 80),
                (t0 + step * 0.5, 150),
                (t0 + step * 0.66, 80),
                (t0 + step * 0.70, 0),
            ):
                x, y = u, -half - v
                wall.append((cx + x * math.cos(a) - y * math.sin(a), cy + x * math.sin(a) + y * math.cos(a)))
    outer = np.array(wall)
    centre = np.array([cx, cy])
    river = np.array([(-50, 3380), (700, 3280), (1500, 3400), (2300, 3300), (3100, 3390), (3900, 3240), (4650, 3320)])
    line = dense(river, 60)
    d.path(ribbon(line, np.full(60, 330)), "#d5e3e4", INK, 5)
    for k in range(1, 16):
        for sgn in (-1, 1):
            offset = sgn * (165 - k * 9.5 * (1 + 0.01 * k))
            d.path(smooth(line + [0, offset]), stroke="#54798a", width=2.6 if k < 3 else 1.6)
    for k, grow in enumerate((1.20, 1.165, 1.13, 1.10)):
        d.path(points(centre + (outer - centre) * grow, True), "#cfe0e2" if k % 2 == 0 else "#f4ead2", INK, 3)
    for grow in np.linspace(1.107, 1.128, 4):
        d.path(points(centre + (outer - centre) * grow, True), stroke="#54798a", width=1.4)
    d.path(points(outer, True), "#f2e2c0", INK, 12)
    d.path(points(centre + (outer - centre) * 0.975, True), "none", INK, 3)
    for k in range(len(outer)):
        a, b = outer[k], outer[(k + 1) % len(outer)]
        n = max(2, int(np.hypot(*(b - a)) / 10))
        hatch = []
        for t in np.linspace(0, 1, n):
            p = a + (b - a) * t
            q = p + (centre - p) / np.hypot(*(centre - p)) * 26
            hatch.append(f"M{p[0]:.0f} {p[1]:.0f}L{q[0]:.0f} {q[1]:.0f}")
        d.path("".join(hatch), stroke=INK, width=1.6)
    streets(d, cx, cy, half, rng)
    palace(d, cx, cy + 120, 760, rng)
    canal = dense(
        np.array(
            [(cx - half * 1.08, cy - 560), (cx - 600, cy - 480), (cx - 200, cy - 760), (cx + 500, cy - 690), (cx + half * 1.08, cy - 760)]
        ),
        50,
    )
    d.path(ribbon(canal, np.full(50, 46)), "#c4dade", INK, 3)
    d.path(smooth(canal + [0, 8]) + smooth(canal - [0, 8]), stroke="#54798a", width=1.4)
    for _ in range(330):
        x, y = rng.uniform(60, w - 60), rng.uniform(220, h - 120)
        if max(abs(x - cx), abs(y - cy)) > half * 1.26 and abs(y - np.interp(x, line[:, 0], line[:, 1])) > 220:
            tree(d, x, y, rng.uniform(10, 17), rng)
    for _ in range(26):
        x, y = rng.uniform(100, w - 100), rng.uniform(300, h - 150)
        if max(abs(x - cx), abs(y - cy)) > half * 1.34 and abs(y - np.interp(x, line[:, 0], line[:, 1])) > 260:
            fields(d, x, y, rng) if rng.random() < 0.6 else houses(d, x, y, 8, 16, rng)
    for _ in range(30):
        x = rng.uniform(60, w - 60)
        sampan(d, x, np.interp(x, line[:, 0], line[:, 1]) + rng.normal() * 60, rng.uniform(0.5, 0.9), rng)
    for text, x, y, size, anchor in (
        ("KINH THÀNH KÍNH HÀ", cx, 170, 118, "middle"),
        ("Sông Kính", 560, 3300, 84, "middle"),
        ("Sông Kính", 3560, 3330, 84, "middle"),
        ("Hoàng thành", cx, cy + 560, 60, "middle"),
        ("Cửa Đông", cx + half + 330, cy + 20, 54, "middle"),
        ("Cửa Tây", cx - half - 330, cy + 20, 54, "middle"),
        ("Cửa Nam", cx, cy + half + 290, 54, "middle"),
        ("Cửa Bắc", cx, cy - half - 240, 54, "middle"),
        ("Ngự Hà", cx - 820, cy - 540, 44, "middle"),
    ):
        latin(d, text, x, y, size, INK, SERIF, 600 if size > 80 else 400, anchor, spacing=size * 0.06)
    latin(d, "đo vẽ năm Canh Tý · 1840 · tỷ lệ 1 : 4 000", cx, 250, 50, INK, SERIF, 400, "middle", 2)
    compass(d, 4130, 640, 230)
    scale_bar(d, 3600, 3700)
    legend(d, 230, 2860, rng)
    frame(d, 70, 70, w - 140, h - 140, 64, INK, 4)
    d.rect(160, 300, 30, 30, "none")
    seal(d, "工部之印", 4060, 3020, 250, "#b8321f", rng)
    height = int(width * h / w)
    return finish(
        sheet(d.raster(width, height), rng, tone=(230, 216, 182), age=1.1, holes=18, folds=(3, 1), ragged=2, margin=0.022, ink=0.10), rng
    )


def streets(d: Drawing, cx: float, cy: float, half: float, rng: np.random.Generator) -> None:
    """Wards: blocks of houses with gardens between straight streets."""
    step = half * 2 / 12
    blocks, gardens = [], []
    for r in range(12):
        for c in range(12):
            x0, y0 = cx - half + c * step + 22, cy - half + r * step + 22
            size = step - 44
            if abs(x0 + size / 2 - cx) < 520 and abs(y0 + size / 2 - cy - 120) < 560:
                continue
            d.rect(x0, y0, size, size, "#efe0ba", INK, 1.6)
            n = int(rng.integers(3, 6))
            for i in range(n):
                for j in range(n):
                    px, py = x0 + size * (i + 0.12) / n, y0 + size * (j + 0.12) / n
                    q = size / n * 0.76
                    if rng.random() < 0.62:
                        blocks.append(f"M{px:.0f} {py:.0f}h{q:.0f}v{q * rng.uniform(0.4, 0.95):.0f}h{-q:.0f}Z")
                        blocks.append(f"M{px:.0f} {py + q * 0.2:.0f}h{q:.0f}")
                    else:
                        gardens.extend(
                            f"M{px + rng.uniform(0, q):.0f} {py + rng.uniform(0, q):.0f}m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0"
                            for _ in range(6)
                        )
    d.path("".join(blocks), "#d3a27c", INK, 1.7)
    d.path("".join(gardens), "#9fb183", "#5d7445", 1)


def palace(d: Drawing, cx: float, cy: float, s: float, rng: np.random.Generator) -> None:
    d.rect(cx - s * 0.62, cy - s * 0.66, s * 1.24, s * 1.32, "#cfe0e2", INK, 4)
    d.rect(cx - s * 0.56, cy - s * 0.6, s * 1.12, s * 1.2, "#f6ecd2", INK, 7)
    for k in range(5):
        y = cy + s * 0.5 - k * s * 0.22
        wide = s * (0.30 - 0.02 * abs(k - 2))
        d.rect(cx - wide / 2, y - s * 0.05, wide, s * 0.1, "#c96a4a", INK, 3)
        d.path(
            "".join(f"M{cx - wide / 2 + wide * j / 22:.0f} {y - s * 0.05:.0f}v{s * 0.1:.0f}" for j in range(1, 22))
            + f"M{cx - wide / 2:.0f} {y:.0f}h{wide:.0f}",
            stroke=INK,
            width=1.4,
        )
        for sx in (-1, 1):
            d.rect(cx + sx * s * 0.38 - s * 0.09, y - s * 0.04, s * 0.18, s * 0.075, "#d9a866", INK, 2.4)
            d.path(
                "".join(
                    f"M{cx + sx * s * 0.38 - s * 0.09 + s * 0.18 * j / 12:.0f} {y - s * 0.04:.0f}v{s * 0.075:.0f}" for j in range(1, 12)
                ),
                stroke=INK,
                width=1.2,
            )
    d.path(f"M{cx:.0f} {cy + s * 0.6:.0f}V{cy - s * 0.6:.0f}", stroke=INK, width=1.6, opacity=0.6)
    for sx in (-1, 1):
        d.ellipse(cx + sx * s * 0.22, cy + s * 0.28, s * 0.07, s * 0.10, "#c4dade", INK, 2.4)


def compass(d: Drawing, x: float, y: float, r: float) -> None:
    for k in range(72):
        a = math.radians(k * 5)
        q = 0.86 if k % 2 == 0 else 0.93
        d.path(
            f"M{x + r * q * math.sin(a):.1f} {y - r * q * math.cos(a):.1f}L{x + r * math.sin(a):.1f} {y - r * math.cos(a):.1f}",
            stroke=INK,
            width=2,
        )
    d.circle(x, y, r, "none", INK, 4)
    d.circle(x, y, r * 0.84, "none", INK, 2)
    for k in range(16):
        a = k * math.pi / 8
        q = 0.8 if k % 4 == 0 else 0.55 if k % 2 == 0 else 0.36
        tip = (x + r * q * math.sin(a), y - r * q * math.cos(a))
        for s, fill in ((-1, INK), (1, "#f3e7c9")):
            base = (x + r * 0.13 * math.sin(a + s * 0.39), y - r * 0.13 * math.cos(a + s * 0.39))
            d.path(points([(x, y), tip, base], True), fill, INK, 1.6)
    for text, dx, dy in (("北", 0, -1.18), ("南", 0, 1.18), ("東", 1.18, 0), ("西", -1.18, 0)):
        han(d, text, x + r * dx, y + r * dy - r * 0.14, r * 0.28, INK, PRINT)


def scale_bar(d: Drawing, x: float, y: float) -> None:
    for k in range(8):
        d.rect(x + k * 80, y, 80, 16, INK if k % 2 else "#f3e7c9", INK, 2)
    for k in range(0, 9, 4):
        latin(d, str(k * 50), x + k * 80, y - 14, 34, INK, SERIF, 400, "middle")
    latin(d, "trượng", x + 690, y + 18, 34, INK)


def legend(d: Drawing, x: float, y: float, rng: np.random.Generator) -> None:
    d.rect(x, y, 420, 330, "#f6ecd2", INK, 4)
    d.rect(x + 10, y + 10, 400, 310, "none", INK, 1.6)
    for k, (text, color) in enumerate((("Cung điện", "#c96a4a"), ("Nhà dân", "#d3a27c"), ("Vườn", "#9fb183"), ("Hào, hồ", "#cfe0e2"))):
        d.rect(x + 36, y + 40 + k * 70, 64, 42, color, INK, 2)
        latin(d, text, x + 124, y + 74 + k * 70, 40, INK)
