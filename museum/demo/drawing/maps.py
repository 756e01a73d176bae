"""Maps of the river and its citadel, and drawings for buildings."""

from __future__ import annotations

import math

import numpy as np

from museum.demo.drawing.glyphs import BRUSH, PRINT, SERIF, han, latin
from museum.demo.drawing.light import finish
from museum.demo.drawing.motifs import cloud as curl
from museum.demo.drawing.motifs import dense, frame
from museum.demo.drawing.paper import seal, sheet
from museum.demo.drawing.vector import Drawing, points, ribbon, seeded, smooth

INK, WASH = "#2a2622", "#6f8f86"


def mountain(d: Drawing, x: float, y: float, w: float, h: float, rng: np.random.Generator, tint: str, line: str = INK) -> None:
    """A hill in the manner of old route maps: washed flanks, strokes down the ridges, trees on top."""
    peaks = rng.integers(2, 4)
    xs = np.linspace(-1, 1, 9)
    ridge = -h * np.exp(-(xs**2) * 2.2) * (1 + 0.1 * rng.normal(size=9))
    ridge[[0, -1]] = 0
    top = np.stack([x + xs * w, y + ridge], 1)
    name = f"wash{tint[1:]}"
    if not any(name in known for known in d.definitions):
        d.define(
            f'<linearGradient id="{name}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="{tint}" stop-opacity=".95"/><stop offset=".55" stop-color="{tint}" stop-opacity=".6"/><stop offset="1" stop-color="{tint}" stop-opacity="0"/></linearGradient>'
        )
    d.path(smooth(top) + "Z", f"url(#{name})")
    d.path(smooth(top), stroke=line, width=4.5)
    parts = []
    for k in range(1, 8):
        for j in range(int(peaks) + 1):
            sx, sy = top[k][0] + j * w * 0.07, top[k][1] + (j + 0.4) * h * 0.13
            parts.append(f"M{sx:.0f} {sy:.0f}q{-w * 0.05:.0f} {h * 0.10:.0f} {rng.normal() * w * 0.05:.0f} {h * 0.24:.0f}")
    d.path("".join(parts), stroke=line, width=2.2, opacity=0.8)
    for _ in range(int(w / 9)):
        k = rng.integers(1, 8)
        tree(d, top[k][0] + rng.normal() * w * 0.1, top[k][1] + rng.uniform(0.05, 0.6) * h, rng.uniform(9, 17), rng, line)


def tree(d: Drawing, x: float, y: float, s: float, rng: np.random.Generator, line: str = INK) -> None:
    kind = rng.integers(0, 3)
    if kind == 0:
        d.path(
            f"M{x:.0f} {y:.0f}v{-s * 1.5:.0f}m{-s * 0.7:.0f} {s * 0.5:.0f}l{s * 0.7:.0f} {-s * 0.6:.0f}l{s * 0.7:.0f} {s * 0.6:.0f}m{-s * 1.2:.0f} {-s * 0.5:.0f}l{s * 0.5:.0f} {-s * 0.5:.0f}l{s * 0.5:.0f} {s * 0.5:.0f}",
            stroke=line,
            width=2,
        )
    elif kind == 1:
        d.path(f"M{x:.0f} {y:.0f}v{-s:.0f}", stroke=line, width=2)
        d.circle(x, y - s * 1.5, s * 0.7, "#7d9468", line, 1.6, 0.85)
        d.path(f"M{x - s * 0.4:.0f} {y - s * 1.5:.0f}q{s * 0.2:.0f} {-s * 0.3:.0f} {s * 0.4:.0f} 0t{s * 0.4:.0f} 0", stroke=line, width=1.3)
    else:
        d.path(f"M{x:.0f} {y:.0f}q{-s * 0.3:.0f} {-s:.0f} {s * 0.2:.0f} {-s * 1.9:.0f}", stroke=line, width=2.2)
        for a in (-2.7, -2.0, -1.2, -0.5, 0.1):
            d.path(
                f"M{x + s * 0.2:.0f} {y - s * 1.9:.0f}q{s * 0.5 * math.cos(a):.0f} {s * 0.6 * math.sin(a):.0f} {s * math.cos(a):.0f} {s * 0.5 * math.sin(a) + s * 0.2:.0f}",
                stroke=line,
                width=1.6,
            )


def houses(d: Drawing, x: float, y: float, count: int, s: float, rng: np.random.Generator, roof: str = "#a5523a") -> None:
    places = sorted(((x + rng.normal() * s * count * 0.28, y + rng.normal() * s * 1.1) for _ in range(count)), key=lambda p: p[1])
    for px, py in places:
        q = s * rng.uniform(0.8, 1.2)
        d.path(f"M{px - q:.0f} {py:.0f}v{-q * 0.7:.0f}h{2 * q:.0f}v{q * 0.7:.0f}Z", "#f3e6c8", INK, 1.8)
        d.path(
            f"M{px - q * 1.3:.0f} {py - q * 0.65:.0f}L{px - q * 0.7:.0f} {py - q * 1.4:.0f}H{px + q * 0.7:.0f}L{px + q * 1.3:.0f} {py - q * 0.65:.0f}Z",
            roof if rng.random() < 0.4 else "#b99b62",
            INK,
            1.8,
        )
        d.path(
            f"M{px - q * 0.2:.0f} {py:.0f}v{-q * 0.5:.0f}h{q * 0.45:.0f}v{q * 0.5:.0f}"
            + "".join(f"M{px - q * 0.9 + k * q * 0.35:.0f} {py - q * 0.7:.0f}l{q * 0.1:.0f} {-q * 0.6:.0f}" for k in range(5)),
            stroke=INK,
            width=1.2,
        )
        if rng.random() < 0.5:
            tree(d, px + q * 1.7, py, q * 0.8, rng)


def sampan(d: Drawing, x: float, y: float, s: float, rng: np.random.Generator) -> None:
    f = -1 if rng.random() < 0.5 else 1
    with d.group(f"translate({x:.0f} {y:.0f}) scale({f * s:.2f} {s:.2f})"):
        d.path("M-40 -6C-20 6 20 6 44 -10C28 10 -28 12 -40 -6Z", "#8a6a44", INK, 2)
        if rng.random() < 0.4:
            d.path("M2 -2L2 -62M2 -60C40 -50 40 -20 6 -12Z", "#ead9ae", INK, 2)
            for k in range(5):
                d.path(f"M3 {-54 + k * 9}h{16 + (k % 3) * 7}", stroke=INK, width=1)
        else:
            d.path("M-16 0C-14 -16 12 -16 16 -2", "#c9ae78", INK, 2)
        d.path("M28 -4V-22M28 -25a3.4 3.4 0 1 0 .1 0M24 -18L34 -8L42 18", "none", INK, 1.6)


def temple(d: Drawing, x: float, y: float, s: float, floors: int, wall: str = "#c25b42") -> None:
    at = y
    for k in range(floors):
        q = s * (1 - k * 0.13)
        d.rect(x - q * 0.7, at - s * 0.6, q * 1.4, s * 0.6, wall, INK, 2)
        d.path("".join(f"M{x - q * 0.7 + (j + 1) * q * 0.28:.0f} {at:.0f}v{-s * 0.6:.0f}" for j in range(4)), stroke=INK, width=1.6)
        d.path(
            f"M{x - q * 1.15:.0f} {at - s * 0.62:.0f}C{x - q * 0.8:.0f} {at - s * 0.7:.0f} {x - q * 0.5:.0f} {at - s * 0.95:.0f} {x - q * 0.35:.0f} {at - s:.0f}H{x + q * 0.35:.0f}C{x + q * 0.5:.0f} {at - s * 0.95:.0f} {x + q * 0.8:.0f} {at - s * 0.7:.0f} {x + q * 1.15:.0f} {at - s * 0.62:.0f}Z",
            "#5d6b58",
            INK,
            2.2,
        )
        d.path(
            "".join(f"M{x + j * q * 0.1:.0f} {at - s:.0f}L{x + j * q * 0.24:.0f} {at - s * 0.66:.0f}" for j in range(-4, 5)),
            stroke=INK,
            width=1.2,
        )
        at -= s
    d.path(f"M{x:.0f} {at:.0f}v{-s * 0.3:.0f}m-5 -6a5 5 0 1 0 10 0a5 5 0 1 0 -10 0", stroke=INK, width=2.4)


def citadel_small(d: Drawing, x: float, y: float, s: float, rng: np.random.Generator) -> None:
    with d.group(f"translate({x:.0f} {y:.0f})"):
        d.path(f"M{-s * 1.3:.0f} 0L{-s:.0f} {-s * 0.7:.0f}H{s:.0f}L{s * 1.3:.0f} 0Z", "#e6cf9c", INK, 3)
        d.path(f"M{-s * 1.35:.0f} 8H{s * 1.35:.0f}M{-s * 1.02:.0f} {-s * 0.74:.0f}H{s * 1.02:.0f}", stroke="#5c87a0", width=10)
        for k in range(27):
            d.rect(-s * 1.28 + k * s * 0.097, -s * 0.14, s * 0.06, s * 0.14, "#d8bd85", INK, 1.6)
        for gx in (-0.7, 0, 0.7):
            temple(d, gx * s, -s * 0.12, s * 0.15, 2)
        for row in range(3):
            for k in range(5):
                temple(d, (k - 2) * s * (0.30 - row * 0.02), -s * (0.30 + row * 0.13), s * 0.085, 1)
        d.path(f"M0 {-s * 0.75:.0f}V{-s * 1.2:.0f}", stroke=INK, width=4)
        d.path(
            f"M0 {-s * 1.2:.0f}q{s * 0.1:.0f} -14 {s * 0.2:.0f} 0t{s * 0.16:.0f} 0v{s * 0.13:.0f}q{-s * 0.1:.0f} 10 {-s * 0.18:.0f} 0t{-s * 0.18:.0f} 0Z",
            "#e0b23c",
            INK,
            2.4,
        )


PLACES = [
    "源頭",
    "石灘",
    "香山寺",
    "玉盞山",
    "龍壽嶺",
    "鏡河府",
    "文廟",
    "東渡",
    "錦市",
    "鹽倉",
    "長橋",
    "水軍營",
    "河神祠",
    "三岐",
    "白沙洲",
    "漁村",
    "海門",
    "燈臺",
]


def river_scroll(width: int = 12000) -> np.ndarray:
    """The whole river from the springs to the sea, on one long scroll."""
    rng = seeded("river")
    w, h = 12000, 1250
    d = Drawing(w, h, "#fff")
    xs = np.linspace(-100, w + 100, 90)
    middle = h * 0.56 + 110 * np.sin(xs / 820) + 70 * np.sin(xs / 310 + 1)
    wide = 44 + 250 * np.clip(xs / w, 0, 1) ** 1.6 + 30 * np.sin(xs / 500)
    for k in range(70):
        x = rng.uniform(0, w * 0.84)
        far = rng.uniform(0.16, 0.34)
        mountain(
            d, x, h * far + 40, rng.uniform(70, 190), rng.uniform(60, 200) * (1.2 - x / w), rng, ["#b9c6bd", "#c9c4a6", "#a9bcb8"][k % 3]
        )
    d.path(ribbon(np.stack([xs, middle], 1), wide), "#b9d0d2", INK, 4)
    ys = np.interp
    ripples = []
    for _ in range(2600):
        x = rng.uniform(0, w)
        span = ys(x, xs, wide) * 0.44
        y = ys(x, xs, middle) + rng.uniform(-1, 1) * span
        ripples.append(f"M{x:.0f} {y:.0f}q8 -6 16 0t16 0")
    d.path("".join(ripples), stroke="#4f7f92", width=1.8)
    for k in range(46):
        x = rng.uniform(0.0, 0.9) * w
        side = 1 if rng.random() < 0.62 else -1
        y = ys(x, xs, middle) + side * (ys(x, xs, wide) * 0.5 + rng.uniform(60, 300))
        if 200 < y < h - 60:
            if side > 0 and rng.random() < 0.4:
                mountain(d, x, y, rng.uniform(80, 200), rng.uniform(50, 140), rng, ["#a8b796", "#c9bd8e"][k % 2])
            elif rng.random() < 0.55:
                fields(d, x, y, rng)
            else:
                houses(d, x, y, int(rng.integers(5, 15)), 17, rng)
    for _ in range(900):
        x = rng.uniform(0, w)
        side = 1 if rng.random() < 0.6 else -1
        y = ys(x, xs, middle) + side * (ys(x, xs, wide) * 0.5 + abs(rng.normal()) * 150 + 14)
        if 260 < y < h - 30:
            tree(d, x, y, rng.uniform(9, 16), rng)
    for _ in range(74):
        x = rng.uniform(0.03, 1) * w
        sampan(d, x, ys(x, xs, middle) + rng.uniform(-0.33, 0.33) * ys(x, xs, wide), rng.uniform(0.5, 1.0) * (0.55 + 0.6 * x / w), rng)
    citadel_small(d, 4950, 900 - 330, 330, rng)
    for x, floors, s in ((1450, 7, 34), (2300, 3, 30), (6300, 2, 44), (7400, 5, 30), (8700, 2, 36), (3500, 2, 34)):
        y = ys(x, xs, middle) - ys(x, xs, wide) * 0.5 - 50
        temple(d, x, y, s, floors)
        houses(d, x + 150, y + 20, 8, 15, rng)
    bridge(d, 7000, ys(7000, xs, middle), ys(7000, xs, wide))
    for k, name in enumerate(PLACES):
        x = 260 + k * (w - 620) / (len(PLACES) - 1)
        y = ys(x, xs, middle) - ys(x, xs, wide) * 0.5 - 260 - 36 * (k % 3)
        d.rect(x - 26, max(40, y), 52, 52 * len(name) * 1.02 + 14, "#c64a32" if len(name) == 3 else "#f6ead0", INK, 2.4)
        han(d, name, x, max(40, y) + 6, 48, "#fbf2dd" if len(name) == 3 else INK, BRUSH, rng)
    sea(d, w, h, rng)
    for _ in range(26):
        curl(d, rng.uniform(0, w), rng.uniform(30, 150), rng.uniform(40, 90), "#f7f0df", "#8b8778", bool(rng.random() < 0.5), 0.8)
    han(d, "鏡河全圖", w - 130, 110, 120, INK, BRUSH, rng)
    han(d, "明命二十年繪", w - 250, 130, 56, INK, BRUSH, rng)
    red = Drawing(w, h, "#fff")
    seal(d, "鏡河府印", w - 200, 660, 150, "#bd3a28", rng)
    del red
    height = int(width * h / w)
    return finish(
        sheet(
            d.raster(width, height),
            rng,
            tone=(231, 214, 176),
            age=0.9,
            holes=40,
            folds=(11, 0),
            ragged=1.6,
            margin=0.006,
            ink=0.12,
            laid=0.3,
            weave=True,
        ),
        rng,
        vignette=0.05,
    )


def fields(d: Drawing, x: float, y: float, rng: np.random.Generator) -> None:
    for r in range(4):
        for c in range(5):
            px, py = x + c * 44 + r * 12, y + r * 24
            d.path(f"M{px:.0f} {py:.0f}h42l10 22h-42Z", ["#c9cf9a", "#b5c48a", "#dcd29a"][int(rng.integers(0, 3))], "#6d6a4a", 1.8)
            d.path("".join(f"M{px + 6 + k * 8:.0f} {py + 5:.0f}l3 6m2 5l3 5" for k in range(5)), stroke="#5d7445", width=1.3)


def bridge(d: Drawing, x: float, y: float, span: float) -> None:
    half = span * 0.62
    for k in range(9):
        py = y - half + k * span * 1.24 / 9
        d.rect(x - 20 - k * 4, py, 14, 40, "#a58d68", INK, 2)
    d.path(
        f"M{x - 40:.0f} {y - half:.0f}Q{x + 90:.0f} {y:.0f} {x - 70:.0f} {y + half:.0f}L{x - 30:.0f} {y + half:.0f}Q{x + 130:.0f} {y:.0f} {x:.0f} {y - half:.0f}Z",
        "#d9c294",
        INK,
        3,
    )
    for k in range(24):
        t = k / 23
        px = x - 20 + 4 * t * (1 - t) * 62
        d.path(f"M{px - 24:.0f} {y - half + t * 2 * half:.0f}h44", stroke=INK, width=1.8)


def sea(d: Drawing, w: float, h: float, rng: np.random.Generator) -> None:
    parts = []
    for r in range(34):
        for c in range(26):
            x, y = w - 1000 + c * 44 + (r % 2) * 22, 250 + r * 30
            if x > w - 900 + 380 * abs(y / h - 0.6) * 2 + rng.normal() * 30:
                parts.append(f"M{x - 20:.0f} {y:.0f}a20 18 0 0 1 40 0M{x - 12:.0f} {y:.0f}a12 11 0 0 1 24 0")
    d.path("".join(parts), stroke="#3f7186", width=2.2)
    for _ in range(7):
        sampan(d, rng.uniform(w - 620, w - 330), rng.uniform(400, 1150), 1.5, rng)


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


def pagoda_section(width: int = 4000) -> np.ndarray:
    """Section and elevation of a seven-storeyed tower."""
    rng = seeded("pagoda")
    w, h = 3200, 4000
    d = Drawing(w, h, "#fff")
    base = 3500
    d.path(f"M200 {base}H3000", stroke=INK, width=8)
    for k in range(3):
        d.path(f"M{900 - k * 60} {base - (2 - k) * 36}H{2300 + k * 60}v36H{900 - k * 60}Z", "#e3d3b0", INK, 4)
    y = base - 108
    for k in range(7):
        half = 560 - k * 56
        rise = 350 - k * 20
        d.rect(1600 - half, y - rise, half, rise, "#d99a7a", INK, 4)
        d.rect(1600, y - rise, half, rise, "#f5ecd8", INK, 4)
        d.path("".join(f"M{1600 + half - 90 + j * 9} {y}l-60 {-rise}" for j in range(10)), stroke="#9a6a4a", width=1.6)
        d.rect(1600 + half - 90, y - rise, 90, rise, "none", INK, 3)
        d.path("".join(f"M{1600 - half} {y - j * 22}h{half}" for j in range(1, int(rise / 22))), stroke="#7b4a38", width=1.4)
        d.path(
            f"M{1600 - half * 0.62:.0f} {y}v{-rise * 0.44:.0f}a{half * 0.16:.0f} {half * 0.16:.0f} 0 0 1 {half * 0.32:.0f} 0v{rise * 0.44:.0f}Z",
            "#6d4a38",
            INK,
            4,
        )
        d.path(
            f"M1600 {y}h{half - 90}M1640 {y}l{(half - 170) * 0.9:.0f} {-rise}M1640 {y}"
            + "".join(f"m{(half - 170) * 0.09:.0f} {-rise / 10:.0f}h18" for _ in range(9)),
            stroke=INK,
            width=3,
        )
        d.ellipse(1690, y - 46, 22, 30, "#c9a23e", INK, 2.4)
        d.circle(1690, y - 86, 15, "#c9a23e", INK, 2.4)
        eave = half + 120
        d.path(
            f"M{1600 - eave} {y - rise - 26}C{1600 - half} {y - rise + 10} {1600 + half} {y - rise + 10} {1600 + eave} {y - rise - 26}L{1600 + half - 30} {y - rise - 70}H{1600 - half + 30}Z",
            "#7b8a6a",
            INK,
            4,
        )
        d.path(
            "".join(
                f"M{1600 + j * (half - 30) / 14:.0f} {y - rise - 68}L{1600 + j * eave / 14.6:.0f} {y - rise - 8 - abs(j) * 0.9:.0f}"
                for j in range(-14, 15)
            ),
            stroke=INK,
            width=2,
        )
        dimension_v(d, 2480 + (k % 2) * 110, y - rise, y, f"{11 - k * 0.6:.1f} thước".replace(".", ","))
        y -= rise + 70
    d.path(f"M1600 {y + 4}V{y - 210}", stroke=INK, width=8)
    for k in range(7):
        d.ellipse(1600, y - 20 - k * 26, 50 - k * 5, 10, "#c9a23e", INK, 3)
    for side in (-1, 1):
        for k in range(9):
            tree(d, 1600 + side * (900 + k * 62), base, 50 + 30 * ((k * 7) % 4), rng)
    for _ in range(14):
        figure(d, rng.uniform(300, 2900), base, 76, rng)
    for k in range(8):
        curl(d, rng.uniform(200, 3000), rng.uniform(300, 1300), 90, "none", "#9aa89a", k % 2 == 0)
    latin(d, "THÁP HƯƠNG SƠN", 1600, 230, 120, INK, SERIF, 600, "middle", 12)
    latin(d, "nửa mặt đứng, nửa mặt cắt", 1600, 320, 58, INK, SERIF, 400, "middle", 3)
    scale_bar(d, 1200, 3720)
    han(d, "香山七級塔", 330, 420, 120, INK, BRUSH, rng)
    seal(d, "工部之印", 250, 1120, 170, "#b8321f", rng)
    d.rect(90, 90, w - 180, h - 180, "none", INK, 5)
    d.rect(112, 112, w - 224, h - 224, "none", INK, 2)
    height = int(width * h / w)
    return finish(
        sheet(d.raster(width, height), rng, tone=(233, 224, 203), age=0.9, holes=6, folds=(1, 2), ragged=1.6, margin=0.03, ink=0.10), rng
    )


def dimension_v(d: Drawing, x: float, y0: float, y1: float, text: str) -> None:
    d.path(f"M{x} {y0}V{y1}M{x - 16} {y0}h32M{x - 16} {y1}h32", stroke="#8a3a2a", width=3)
    latin(d, text, x + 18, (y0 + y1) / 2 + 12, 34, "#8a3a2a")
