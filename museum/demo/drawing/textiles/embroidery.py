"""Embroidered cloth: rank badges, a court robe, an altar cloth."""

from __future__ import annotations

import math

import numpy as np

from museum.demo.drawing.light import finish, strips
from museum.demo.drawing.motifs import cloud as curl
from museum.demo.drawing.motifs import dragon, fish, frame, lotus, pearl, rocks, rosette, waves
from museum.demo.drawing.paper import mount
from museum.demo.drawing.textiles.weave import cloth, woven
from museum.demo.drawing.texture import blur, clouds, grain
from museum.demo.drawing.vector import Drawing, seeded


def stitches(height: int, width: int, rng: np.random.Generator, art: np.ndarray, pitch: int = 6) -> np.ndarray:
    """Satin stitch: fine parallel lines whose direction follows the colour of the area."""
    y, x = np.mgrid[0:height, 0:1].astype(np.float32)[0], np.arange(width, dtype=np.float32)[None, :]
    out = np.empty((height, width, 3), np.uint8)
    fuzz = grain(height, width, rng)
    slow = clouds(height, width, rng, 2.2, 7.0)
    for y0, y1 in strips(height):
        y = np.arange(y0, y1, dtype=np.float32)[:, None]
        color = art[y0:y1].astype(np.float32)
        angle = (color[..., 0] * 0.021 + color[..., 2] * 0.047) % 3.14
        # eight directions, so that neighbouring stitches run parallel
        angle = np.round(angle * 2.55) / 2.55
        phase = (x * np.cos(angle) + y * np.sin(angle)) * (2 * math.pi / pitch)
        along = (y * np.cos(angle) - x * np.sin(angle)) * (2 * math.pi / 61) + np.floor(phase / (2 * math.pi)) * 1.9
        shade = 0.80 + 0.26 * np.sin(phase) + 0.07 * np.sin(along)
        shade += 0.16 * np.cos(2 * (angle + 0.7)) + 0.03 * slow[y0:y1] + fuzz[y0:y1].astype(np.float32) * 0.0014
        gloss = np.clip(np.sin(phase) - 0.55, 0, 1) * np.clip(np.cos(2 * (angle + 0.7)), 0, 1)
        out[y0:y1] = np.clip(color * shade[..., None] + (gloss * 70)[..., None], 0, 255)
    return out


def embroidered(
    d: Drawing, w: float, h: float, width: int, rng: np.random.Generator, ground: tuple[int, int, int], sheen: float = 0.9
) -> np.ndarray:
    """Embroidery in satin stitch on a plain silk ground."""
    height = int(width * h / w)
    art = d.raster(width, height)
    plain = woven(np.full((height // 4 + 1, width // 4 + 1, 3), ground, np.uint8), rng, width, height, 4, sheen)
    sewn = stitches(height, width, rng, art)
    bare = np.abs(art.astype(np.int16) - np.array(ground, np.int16)).sum(-1) < 14
    raised = blur(np.where(bare, 0, 255).astype(np.uint8), 5)
    shadow = np.roll(raised, (7, 6), (0, 1))
    for y0, y1 in strips(height):
        base = plain[y0:y1].astype(np.float32) * (1 - 0.4 * (shadow[y0:y1].astype(np.float32) / 255))[..., None]
        rim = 1 - 0.28 * np.clip(1 - np.abs(raised[y0:y1].astype(np.float32) - 140) / 100, 0, 1)
        out = np.where(bare[y0:y1, :, None], base, sewn[y0:y1] * rim[..., None])
        plain[y0:y1] = np.clip(out, 0, 255)
    return plain


def rank_badge(width: int = 4000, kind: str = "crane") -> np.ndarray:
    """A square badge for the breast of a court robe."""
    rng = seeded("badge", kind)
    w, h = 2000, 1960
    ground = "#20294a"
    d = Drawing(w, h, ground)
    waves(d, 60, 1560, w - 120, 340, 190, ["#2f6f9f", "#8fc0d8", "#eef0dc", "#c9503a"], "#16203c")
    rocks(d, 1000, 1600, 330, ["#4f9a86", "#2f6aa0", "#8a4a7a"], "#f0dfa8")
    for _ in range(24):
        x, y = rng.uniform(120, w - 120), rng.uniform(120, 1350)
        curl(
            d,
            x,
            y,
            rng.uniform(70, 110),
            ["#d98a7a", "#7fb0a8", "#e6c880", "#9aa8d0"][int(rng.integers(0, 4))],
            "#f6ecd0",
            bool(rng.random() < 0.5),
        )
    d.circle(1560, 360, 130, "#d8402c", "#f6d888", 12)
    for k in range(5):
        curl(d, 1450 + k * 50, 470 + (k % 2) * 14, 50, "#f0e0b0", "#b8862f")
    if kind == "crane":
        crane(d, 960, 880, 6.4)
    else:
        lion(d, 960, 1060, 5.2)
    for x, y in ((300, 1420), (1700, 1430), (240, 1180), (1760, 1200)):
        lotus(d, x, y, 90, "#e9a0a8", "#7a2a3a", "#e6c860")
    frame(d, 34, 34, w - 68, h - 68, 78, "#e6bd58", 10)
    return cloth(embroidered(d, w, h, width, rng, (0x20, 0x29, 0x4A)), rng)


def crane(d: Drawing, x: float, y: float, s: float) -> None:
    with d.group(f"translate({x} {y}) scale({s})"):
        for side in (-1, 1):
            for k in range(12):
                a = math.radians(-14 - k * 11)
                length = 96 - abs(k - 4) * 3
                ex, ey = side * length * math.cos(a), length * math.sin(a) + 12
                d.path(
                    f"M{side * 14} 0Q{ex * 0.6 - ey * 0.12:.0f} {ey * 0.7:.0f} {ex:.0f} {ey:.0f}Q{ex * 0.5 + side * 12:.0f} {ey * 0.4 + 14:.0f} {side * 10} 8Z",
                    "#f4f2e6" if k % 2 else "#dfe6ea",
                    "#3a4a5a",
                    1.2,
                )
                if k < 5:
                    d.path(f"M{ex * 0.8:.0f} {ey * 0.82:.0f}L{ex:.0f} {ey:.0f}", stroke="#2a2c34", width=4)
        d.path("M-16 -6C-24 20 -20 50 0 66C20 50 24 20 16 -6C8 -16 -8 -16 -16 -6Z", "#fbf8ee", "#3a4a5a", 1.4)
        for r in range(6):
            for c in range(4):
                d.path(f"M{-12 + c * 7 + (r % 2) * 3} {4 + r * 9}q3 6 7 0", stroke="#9aa6b0", width=0.9)
        d.path("M-5 -8C-12 -34 12 -40 4 -66C2 -76 12 -82 20 -76L44 -68L20 -68C14 -52 20 -30 8 -8Z", "#fbf8ee", "#3a4a5a", 1.4)
        d.path("M4 -74C6 -86 20 -86 22 -77Z", "#d8402c", "#7a1d14", 0.8)
        d.circle(17, -73, 1.7, "#1a1a20")
        d.path("M-8 60L-16 92M8 60L18 92", stroke="#5a5e60", width=2.4)
        d.path("M-14 54Q0 92 14 54L10 84L0 74L-10 84Z", "#2a2c34", "#f0f0f0", 0.8)


def lion(d: Drawing, x: float, y: float, s: float) -> None:
    with d.group(f"translate({x} {y}) scale({s})"):
        d.path(
            "M-80 60C-90 0 -50 -40 10 -30C40 -60 80 -50 84 -20C96 10 80 30 60 32C70 60 60 84 64 96L36 96L30 60L-30 64L-36 96L-64 96Z",
            "#7fb6a4",
            "#1c3a4a",
            2,
        )
        for k in range(16):
            a = math.radians(120 + k * 16)
            px, py = 50 + 44 * math.cos(a), -14 + 40 * math.sin(a)
            d.circle(px, py, 11, "#d8603c" if k % 2 else "#e6b850", "#5a2414", 1.4)
            d.circle(px, py, 5, "none", "#5a2414", 1.2)
        d.ellipse(52, -12, 34, 30, "#8fc4b0", "#1c3a4a", 2)
        for ex in (40, 66):
            d.circle(ex, -20, 8, "#fbf6e0", "#1c3a4a", 1.6)
            d.circle(ex + 1, -19, 3.6, "#1a1a20")
        d.path("M46 -4h16l-8 8ZM36 8q18 12 34 0l-4 8h-26Z", "#d8603c", "#1c3a4a", 1.6)
        for k in range(5):
            d.path(
                f"M-78 {40 - k * 6}C-120 {20 - k * 20} -110 {-30 - k * 14} -{92 - k * 6} {-50 - k * 10}C-96 -20 -86 10 -70 {40 - k * 5}Z",
                "#e6b850" if k % 2 else "#d8603c",
                "#5a2414",
                1.4,
            )
        for k in range(20):
            d.path(f"M{-60 + (k % 7) * 15} {-8 + (k // 7) * 18}q6 10 12 0q-6 -6 -12 0", stroke="#1c3a4a", width=1.2)


def court_robe(width: int = 4600) -> np.ndarray:
    """A dragon robe spread out: sleeves, front and waves at the hem."""
    rng = seeded("robe")
    w, h = 2300, 1750
    body = "M980 130C1040 190 1260 190 1320 130L1480 170L2240 430L2170 780L1590 640C1600 1000 1680 1330 1760 1640L540 1640C620 1330 700 1000 710 640L130 780L60 430L820 170Z"
    d = Drawing(w, h, "#000")
    d.path(body, "#b8842a")
    d.define(f'<clipPath id="robe"><path d="{body}"/></clipPath>')
    with d.group("", 'clip-path="url(#robe)"'):
        for r in range(14):
            for c in range(15):
                curl(
                    d,
                    80 + c * 165 + (r % 2) * 80,
                    170 + r * 96,
                    40,
                    ["#d9a94a", "#8f5f2a", "#4f8478"][(r + c) % 3],
                    "#f0d690",
                    (r + c) % 2 == 0,
                )
        waves(d, 400, 1440, 1500, 260, 120, ["#2f6f9f", "#8fc0d8", "#eef0dc", "#c9503a"], "#16203c")
        for k in range(16):
            d.path(f"M{500 + k * 86} 1650L{470 + k * 92} 1560", stroke="#e6bd58", width=20)
        rocks(d, 1150, 1470, 190, ["#4f9a86", "#2f6aa0", "#8a4a7a"], "#f0dfa8")
        dragon(
            d,
            np.array([(1150, 430), (1290, 520), (1250, 720), (1060, 780), (1010, 960), (1200, 1060), (1340, 1200), (1160, 1320)]),
            118,
            "#f0d27c",
            "#5a2a10",
            "#fff2cc",
            "#b8402c",
        )
        pearl(d, 1060, 330, 34, "#fff2cc", "#5a2a10", "#d8603c")
        for side in (-1, 1):
            cx = 1150 + side * 700
            dragon(
                d,
                np.array(
                    [(cx - side * 160, 420), (cx, 360), (cx + side * 110, 470), (cx, 560), (cx + side * 60, 660), (cx + side * 190, 560)]
                ),
                66,
                "#f0d27c",
                "#5a2a10",
                "#fff2cc",
                "#b8402c",
                detail=0.6,
            )
            for k in range(9):
                y = 470 + k * 34
                d.path(f"M{1150 + side * 1085} {y}l{-side * 90} 16", stroke=["#2f6f9f", "#eef0dc", "#c9503a"][k % 3], width=24)
    d.path("M980 130C1040 190 1260 190 1320 130L1300 110C1250 160 1050 160 1000 110Z", "#1d2b4f", "#e6bd58", 6)
    d.path("M1150 180C1150 420 1480 300 1560 560L1590 640", stroke="#1d2b4f", width=34)
    d.path("M1150 180C1150 420 1480 300 1560 560L1590 640", stroke="#e6bd58", width=4)
    d.path(body, stroke="#1d2b4f", width=26)
    for x, y in ((1200, 330), (1420, 430), (1560, 590), (1640, 900), (1700, 1200)):
        d.circle(x, y, 13, "#e6bd58", "#5a2a10", 3)
    height = int(width * h / w)
    cloth_ = woven(d.raster(width // 4 + 1, height // 4 + 1), rng, width, height, 4, 1.3)
    light = clouds(height, width, rng, 2.8, 11.0)
    shape = Drawing(w, h)
    shape.path(body, "#fff", "#fff", 24)
    shape.path("M1000 110C1050 160 1250 160 1300 110L1320 130L1150 200L980 130Z", "#fff")
    mask = shape.mask(width, height)
    folds = np.sin(np.arange(width, dtype=np.float32) / width * 62)[None, :] * 0.05
    for y0, y1 in strips(height):
        t = np.arange(y0, y1, dtype=np.float32)[:, None] / height
        cloth_[y0:y1] = np.clip(cloth_[y0:y1] * (1 + folds * np.clip(t * 2 - 0.6, 0, 1) + light[y0:y1] * 0.05)[..., None], 0, 255)
    return finish(mount(cloth_, mask, rng, 0.03, (186, 184, 180), drop=36), rng)


def altar_cloth(width: int = 4400) -> np.ndarray:
    """A red frontal with carp leaping the dragon gate."""
    rng = seeded("altar")
    w, h = 2200, 1500
    ground = "#9a1f24"
    d = Drawing(w, h, ground)
    d.rect(0, 0, w, 330, "#24504a")
    for k in range(8):
        rosette(d, 140 + k * 275, 165, 96, 10, ["#e9b0a8", "#f0d080", "#a8c8d8"][k % 3], "#3a1414", "#e6bd58")
    for k in range(22):
        d.path(f"M{k * 100} 330q50 90 100 0", "#e6bd58", "#5a1414", 5)
    waves(d, 0, 1190, w, 330, 150, ["#2f6f9f", "#8fc0d8", "#eef0dc", "#d9a94a"], "#16203c")
    for x, y, turn, flip in ((520, 980, -38, False), (1680, 980, -38, True), (820, 1180, -16, False), (1390, 1180, -16, True)):
        fish(d, x, y, 150, turn if not flip else -turn, "#f0c860", "#5a2010", "#e8793c", flip)
    dragon(
        d,
        np.array([(1000, 640), (1190, 520), (1330, 640), (1200, 800), (1020, 860), (1060, 1040), (1260, 1090)]),
        92,
        "#f0d27c",
        "#4a1410",
        "#fff2cc",
        "#4f9a86",
    )
    pearl(d, 830, 600, 40, "#fff2cc", "#4a1410", "#e8793c")
    for _ in range(18):
        x, y = rng.uniform(100, w - 100), rng.uniform(420, 800)
        if abs(x - 1100) > 420:
            curl(
                d,
                x,
                y,
                rng.uniform(60, 90),
                ["#d9a94a", "#7fb0a8", "#e9b0a8"][int(rng.integers(0, 3))],
                "#f6ecd0",
                bool(rng.random() < 0.5),
            )
    d.rect(10, 10, w - 20, h - 20, "none", "#e6bd58", 20)
    return cloth(embroidered(d, w, h, width, rng, (0x9A, 0x1F, 0x24)), rng, fringe=60)
