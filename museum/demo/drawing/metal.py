"""Small metal: coins, medals, seals, mirrors, a gong and axes, lit as reliefs."""

from __future__ import annotations

import math

import numpy as np

from museum.demo.drawing.bronze import PATINA, band_of_circles, band_of_combs, heron, lit_drum, ring
from museum.demo.drawing.glyphs import PRINT, sign
from museum.demo.drawing.light import backdrop, finish, occlusion, place, relief, strips
from museum.demo.drawing.motifs import cloud as curl
from museum.demo.drawing.motifs import dragon, frame, lotus, pearl, phoenix, waves
from museum.demo.drawing.paper import seal, sheet
from museum.demo.drawing.texture import blur, cloud, clouds, ramp
from museum.demo.drawing.vector import Drawing, points, seeded, smooth

SILVER = ramp([(0, (30, 30, 34)), (0.3, (84, 84, 88)), (0.55, (142, 142, 144)), (0.8, (196, 194, 190)), (1, (238, 236, 230))])
GOLD = ramp([(0, (58, 30, 8)), (0.3, (128, 78, 22)), (0.55, (190, 132, 46)), (0.8, (230, 186, 92)), (1, (255, 232, 160))])
BRASS = ramp([(0, (34, 24, 12)), (0.3, (84, 60, 28)), (0.5, (122, 92, 46)), (0.75, (164, 130, 72)), (1, (214, 186, 122))])


def struck(
    drawn: np.ndarray,
    mask: np.ndarray,
    table: np.ndarray,
    rng: np.random.Generator,
    rise: float,
    wear: float = 1.0,
    shine: float = 0.55,
    unit: float = 1.0,
) -> np.ndarray:
    """A struck or cast relief: ``drawn`` heights in grey, scratches, darker recesses. ``unit`` scales the fine detail."""
    rows, columns = drawn.shape
    fine = blur(drawn, 1.6 * unit).astype(np.float32) / 255
    broad = blur(drawn, 7 * unit).astype(np.float32) / 255
    edge = blur(mask, 9 * unit).astype(np.float32) / 255
    pits = cloud(rows, columns, rng, 1.0, 2.0)
    swell = cloud(rows, columns, rng, 2.4, 7.0)
    scratch = cloud(rows, columns, rng, 0.8, 1.6, stretch=9.0)
    height = fine * rise + broad * rise * 0.7 + edge * rise * 0.8 + swell * 1.6 * wear + pits * 0.35 * wear + scratch * 0.16
    height -= np.clip(pits - 2.0, 0, 1) * 4 * wear
    sky = occlusion(height, 14 * unit, 0.07 / max(1, rise / 14))
    tone = 0.5 + (fine - broad) * 0.7 + (fine - 0.4) * 0.14 + swell * 0.05 * wear + pits * 0.035 * wear
    return relief(height, tone, table, sky=sky, ambient=0.4, diffuse=0.95, shine=shine, doublings=4)


def disc_mask(
    width: int, height: int, discs: list[tuple[float, float, float]], hole: float = 0, rng: np.random.Generator | None = None
) -> np.ndarray:
    d = Drawing(width, height)
    for x, y, r in discs:
        wobble = 0.004 if rng is not None else 0
        edge = [
            (
                x + r * (1 + wobble * (rng.normal() if rng is not None else 0)) * math.cos(t),
                y + r * (1 + wobble * (rng.normal() if rng is not None else 0)) * math.sin(t),
            )
            for t in np.linspace(0, 2 * math.pi, 90)[:-1]
        ]
        d.path(smooth(edge, True), "#fff")
        if hole:
            d.rect(x - r * hole, y - r * hole, 2 * r * hole, 2 * r * hole, "#000")
    return d.mask(width, height)


LEGENDS = [
    "嘉隆通寶",
    "明命通寶",
    "紹治通寶",
    "嗣德通寶",
    "景興通寶",
    "泰德通寶",
    "光中通寶",
    "成泰通寶",
    "洪德通寶",
    "元豐通寶",
    "啟定通寶",
    "維新通寶",
]


def cash(width: int = 4400) -> np.ndarray:
    """A hoard of cash coins laid out in rows."""
    rng = seeded("cash")
    height = int(width * 0.74)
    d = Drawing(4400, 3256)
    discs = []
    for k in range(24):
        x, y = 460 + (k % 6) * 696, 470 + (k // 6) * 772
        r = 300 + rng.normal() * 8
        discs.append((x, y, r))
        turn = rng.normal() * 7
        with d.group(f"translate({x:.0f} {y:.0f}) rotate({turn:.1f})"):
            d.circle(0, 0, r, "#505050")
            d.circle(0, 0, r * 0.94, "none", "#e6e6e6", r * 0.11)
            d.rect(-r * 0.27, -r * 0.27, r * 0.54, r * 0.54, "none", "#dcdcdc", r * 0.06)
            if k % 8 == 7:
                sign(d, "六", 0, -r * 0.57, r * 0.42, "#e0e0e0", PRINT, fitted=True)
                sign(d, "文", 0, r * 0.57, r * 0.42, "#e0e0e0", PRINT, fitted=True)
            else:
                legend = LEGENDS[(k * 5) % len(LEGENDS)]
                for character, (px, py) in zip(legend, ((0, -0.58), (0, 0.58), (0.58, 0), (-0.58, 0)), strict=True):
                    sign(d, character, px * r, py * r, r * 0.46, "#e6e6e6", PRINT, fitted=True, extra='stroke="#e6e6e6" stroke-width="26"')
    drawn = d.mask(width, height)
    mask = disc_mask(width, height, [(x * width / 4400, y * width / 4400, r * width / 4400) for x, y, r in discs], 0.235, rng)
    hue = clouds(height, width, rng, 2.8, 14.0)
    lit = struck(drawn, mask, BRASS, rng, 13, 1.5, 0.4)
    for y0, y1 in strips(height):
        green = np.clip(hue[y0:y1] - 0.2, 0, 1)[..., None] * 0.7
        part = lit[y0:y1].astype(np.float32)
        part += (part.mean(-1, keepdims=True) * np.array([0.66, 0.98, 0.86], np.float32) - part) * green
        lit[y0:y1] = np.clip(part, 0, 255)
    return finish(place(lit, mask, backdrop(height, width, rng), rng, drop=26, depth=0.8), rng)


def medal(width: int = 4200, metal: str = "silver") -> np.ndarray:
    """Obverse and reverse of a presentation coin: a dragon, and the sun over waves."""
    rng = seeded("medal", metal)
    height = int(width * 0.56)
    d = Drawing(4200, 2352)
    for k, x in enumerate((1080, 3120)):
        y, r = 1176, 930
        d.circle(x, y, r, "#4c4c4c")
        d.circle(x, y, r * 0.965, "none", "#f0f0f0", 46)
        for j in range(120):
            a = 2 * math.pi * j / 120
            d.circle(x + r * 0.915 * math.cos(a), y + r * 0.915 * math.sin(a), 13, "#d8d8d8")
        d.circle(x, y, r * 0.88, "none", "#c0c0c0", 7)
        if k == 0:
            line = np.array(
                [
                    (x - 170, y - 330),
                    (x + 190, y - 470),
                    (x + 450, y - 160),
                    (x + 300, y + 260),
                    (x - 120, y + 420),
                    (x - 480, y + 200),
                    (x - 400, y - 160),
                ]
            )
            dragon(d, line, 190, "#b8b8b8", "#3a3a3a", "#e0e0e0", "#989898")
            pearl(d, x - 30, y + 40, 74, "#e8e8e8", "#4a4a4a", "#a0a0a0")
            for j in range(10):
                a = 2 * math.pi * j / 10 + 0.3
                curl(d, x + 690 * math.cos(a), y + 690 * math.sin(a), 66, "#7a7a7a", "#c8c8c8", j % 2 == 0)
        else:
            for j in range(32):
                a = 2 * math.pi * j / 32
                d.path(
                    points(
                        [
                            (x + 300 * math.cos(a - 0.06), y - 60 + 300 * math.sin(a - 0.06)),
                            (x + (520 if j % 2 else 440) * math.cos(a), y - 60 + (520 if j % 2 else 440) * math.sin(a)),
                            (x + 300 * math.cos(a + 0.06), y - 60 + 300 * math.sin(a + 0.06)),
                        ],
                        True,
                    ),
                    "#a8a8a8",
                )
            d.circle(x, y - 60, 290, "#8c8c8c", "#d0d0d0", 12)
            for character, (px, py) in zip("明命通寶", ((0, -0.30), (0, 0.18), (0.24, -0.06), (-0.24, -0.06)), strict=True):
                sign(
                    d, character, x + px * 620, y + py * 620, 150, "#f0f0f0", PRINT, fitted=True, extra='stroke="#f0f0f0" stroke-width="22"'
                )
            d.define(f'<clipPath id="low"><circle cx="{x}" cy="{y}" r="{r * 0.87:.0f}"/></clipPath>')
            with d.group("", 'clip-path="url(#low)"'):
                waves(d, x - 860, y + 420, 1720, 520, 190, ["#a0a0a0", "#707070", "#b8b8b8", "#808080"], "#3c3c3c")
    s = width / 4200
    drawn = d.mask(width, height)
    mask = disc_mask(width, height, [(1080 * s, 1176 * s, 930 * s), (3120 * s, 1176 * s, 930 * s)])
    lit = struck(drawn, mask, SILVER if metal == "silver" else GOLD, rng, 15, 0.5, 0.7)
    return finish(place(lit, mask, backdrop(height, width, rng, (120, 116, 112)), rng, drop=34, depth=0.8), rng)


def seal_face(width: int = 4000) -> np.ndarray:
    """The face of a bronze seal, in reverse as it prints, with its engraved side text above."""
    rng = seeded("seal face")
    height = 3600 * width // 4000
    d = Drawing(4000, 3600)
    x, y, s = 650, 450, 2700
    d.rect(x, y, s, s, "#3c3c3c", radius=36)
    d.rect(x + 60, y + 60, s - 120, s - 120, "none", "#f0f0f0", 110, radius=20)
    with d.group(f"translate({2 * x + s} 0) scale(-1 1)"):
        for k, character in enumerate("鏡河府印"):
            cx = x + s * (0.70 if k < 2 else 0.30)
            cy = y + s * (0.30 if k % 2 == 0 else 0.70)
            sign(
                d,
                character,
                cx,
                cy,
                s * 0.34,
                "#f0f0f0",
                PRINT,
                fitted=True,
                extra='stroke="#f0f0f0" stroke-width="40" stroke-linejoin="miter"',
            )
    drawn = d.mask(width, height)
    shape = Drawing(4000, 3600)
    shape.rect(x, y, s, s, "#fff", radius=36)
    mask = shape.mask(width, height)
    lit = struck(drawn, mask, BRASS, rng, 30, 1.6, 0.5, 1.5)
    red = np.clip(cloud(height, width, rng, 1.6, 4.0) * 0.5 + 0.35, 0, 1) * (1 - blur(drawn, 3).astype(np.float32) / 255)
    lit = np.clip(lit * (1 - red[..., None] * 0.75) + red[..., None] * 0.75 * np.array([120, 22, 14], np.float32), 0, 255).astype(np.uint8)
    return finish(place(lit, mask, backdrop(height, width, rng), rng, drop=70, depth=0.85), rng)


def impressions(width: int = 4200) -> np.ndarray:
    """A collector's sheet of seal impressions."""
    rng = seeded("impressions")
    w, h = 2100, 1500
    d = Drawing(w, h, "#fff")
    texts = [
        "鏡河府印",
        "敕命之寶",
        "文書",
        "河上漁者",
        "香山居士",
        "學堂藏書",
        "工部之印",
        "清風明月",
        "水竹居",
        "阮廷香印",
        "福",
        "吏部之印",
    ]
    for k, text in enumerate(texts):
        x, y = 130 + (k % 4) * 480, 130 + (k // 4) * 440
        size = 250 + (k * 37) % 90
        seal(d, text, x + 40, y, size, ["#b52f1e", "#c24430", "#a82818"][k % 3], rng, white=k % 3 == 2)
        sign(d, "一二三四五六七八九十"[k % 10], x + 10, y + 40, 40, "#3a342e")
    height = int(width * h / w)
    art = d.raster(width, height)
    patchy = cloud(height, width, rng, 1.4, 3.0)
    art = (255 - (255 - art.astype(np.float32)) * np.clip(0.9 + 0.12 * patchy, 0.3, 1)[..., None]).astype(np.uint8)
    return finish(sheet(art, rng, tone=(238, 228, 206), age=0.6, holes=3, ragged=1.4, margin=0.03, ink=0.45), rng)


def mirror(width: int = 4000) -> np.ndarray:
    """The back of a bronze mirror with phoenixes, a lotus and a knob."""
    rng = seeded("mirror")
    height = int(width * 0.94)
    size = int(height * 0.9)
    d = Drawing(2000, 2000)
    c = 1000
    d.circle(c, c, 985, "#484848")
    d.circle(c, c, 955, "none", "#f0f0f0", 52)
    d.circle(c, c, 640, "none", "#d8d8d8", 16)
    band_of_circles(d, c, 860, 22, 96)
    band_of_combs(d, c, 790, 826, 220)
    ring(d, c, 780, 6)
    for k in range(12):
        a = math.radians(30 * k)
        sign(d, "子丑寅卯辰巳午未申酉戌亥"[k], c + 710 * math.sin(a), c - 710 * math.cos(a), 84, "#e0e0e0", PRINT)
    for k in range(2):
        with d.group(f"rotate({180 * k} {c} {c})"):
            phoenix(d, c + 180, c - 400, 78, "#c0c0c0", "#3a3a3a", "#989898", "#d8d8d8")
    for k in range(8):
        a = 45 * k
        with d.group(f"translate({c} {c}) rotate({a})"):
            d.path("M0 -120C-70 -170 -60 -250 0 -290C60 -250 70 -170 0 -120Z", "#a0a0a0", "#e0e0e0", 8)
    d.circle(c, c, 120, "#ffffff")
    d.circle(c, c, 124, "none", "#303030", 10)
    metal = lit_drum(d.mask(size, size), rng, 13, 1.3)
    picture = np.zeros((height, width, 3), np.uint8)
    y, x = (height - size) // 2, (width - size) // 2
    picture[y : y + size, x : x + size] = metal
    mask = disc_mask(width, height, [(width / 2, height / 2, size * 0.49)], 0, rng)
    return finish(place(picture, mask, backdrop(height, width, rng), rng, drop=56, depth=0.8), rng)


def gong(width: int = 4000) -> np.ndarray:
    """A knobbed gong, every hammer blow visible."""
    rng = seeded("gong")
    height = int(width * 0.94)
    size = int(height * 0.92)
    y, x = np.mgrid[-1 : 1 : complex(size), -1 : 1 : complex(size)].astype(np.float32)
    r = np.hypot(x, y)
    profile = (
        130 * np.exp(-((r / 0.16) ** 4))
        + 26 * np.exp(-(((r - 0.30) / 0.02) ** 2))
        + 36 / (1 + np.exp((r - 0.80) * 60))
        - 60 * np.clip(r - 0.93, 0, 1) * 10
    )
    d = Drawing(2000, 2000)
    for _ in range(2600):
        a, q = rng.uniform(0, 6.283), math.sqrt(rng.uniform(0.03, 0.92))
        d.circle(1000 + 980 * q * math.cos(a), 1000 + 980 * q * math.sin(a), rng.uniform(12, 30), "#ffffff", opacity=0.10)
    for q in (0.34, 0.36, 0.55, 0.57, 0.84):
        d.circle(1000, 1000, 985 * q, "none", "#ffffff", 5, 0.35)
    dents = blur(d.mask(size, size), 7).astype(np.float32) / 255
    pits = cloud(size, size, rng, 1.0, 2.0)
    swell = cloud(size, size, rng, 2.4, 8.0)
    height_map = profile * 1.0 - dents * 26 + pits * 0.35 + swell * 1.4
    tone = 0.48 + swell * 0.09 + np.exp(-((r / 0.17) ** 6)) * 0.22 - dents * 0.10 + pits * 0.03 - 0.12 * np.exp(-(((r - 0.86) / 0.06) ** 2))
    lit = relief(height_map, tone, BRASS, ambient=0.36, diffuse=0.9, shine=0.7, doublings=4, sky=np.clip(1 - dents * 0.3, 0, 1))
    picture = np.zeros((height, width, 3), np.uint8)
    oy, ox = (height - size) // 2, (width - size) // 2
    picture[oy : oy + size, ox : ox + size] = lit
    mask = disc_mask(width, height, [(width / 2, height / 2, size * 0.495)])
    return finish(place(picture, mask, backdrop(height, width, rng), rng, drop=80, depth=0.8), rng)


def axes(width: int = 4400) -> np.ndarray:
    """Six pediform and fan axes with engraved faces."""
    rng = seeded("axes")
    height = int(width * 0.62)
    d, m = Drawing(4400, 2728), Drawing(4400, 2728)
    d.symbol("bird", heron())
    foot = (
        "M-90 -560L90 -560L100 -120C140 60 330 160 520 240C460 420 160 470 -140 400C-260 360 -330 280 -340 200C-200 120 -110 40 -100 -120Z"
    )
    fan = "M-100 -560L100 -560L120 -80C150 120 300 260 420 330C250 470 -250 470 -420 330C-300 260 -150 120 -120 -80Z"
    for k in range(6):
        x, y = 780 + (k % 3) * 1420, 760 + (k // 3) * 1290
        outline = foot if k % 2 == 0 else fan
        flip = -1 if k in (2, 5) else 1
        with d.group(f"translate({x} {y}) scale({flip * 1.05} 1.05) rotate({rng.normal() * 3:.1f})"):
            d.path(outline, "#6a6a6a", "#b0b0b0", 16)
            d.path("M-84 -540H84V-470H-84ZM-84 -440H84V-424H-84Z", "#b8b8b8")
            for j in range(7):
                d.path(f"M{-80 + j * 24} -530l12 50l12 -50", stroke="#505050", width=5)
            for j in range(4):
                d.path(
                    f"M{-80 + j * 10} {-380 + j * 40}C{-60} {-60 + j * 30} {-200 + j * 30} {150 + j * 10} {-260 + j * 60} {230 + j * 16}",
                    stroke="#c8c8c8",
                    width=7,
                )
            d.use("bird", 40, 150, 2.2, 20)
            d.use("bird", -60, 300, 1.3, 10)
            d.circle(0, -300, 50, "none", "#c8c8c8", 9)
            d.circle(0, -300, 26, "none", "#c8c8c8", 7)
            d.circle(0, -300, 8, "#d8d8d8")
    # the outline of what was drawn, turn for turn
    m.parts = [part for part in d.parts if part.startswith(("<g", "</g")) or 'fill="#6a6a6a"' in part]
    m.parts = [part.replace('fill="#6a6a6a"', 'fill="#fff"').replace('stroke="#b0b0b0"', 'stroke="#fff"') for part in m.parts]
    mask = m.mask(width, height)
    drawn = d.mask(width, height)
    lit = struck(drawn, mask, PATINA, rng, 16, 2.2, 0.4, 1.3)
    return finish(place(lit, mask, backdrop(height, width, rng), rng, drop=46, depth=0.8), rng)


def plaque(width: int = 4000) -> np.ndarray:
    """A gilt silver book cover with a dragon among clouds, chased in relief."""
    rng = seeded("plaque")
    w, h = 2000, 2700
    height = int(width * h / w * 0.98)
    d = Drawing(w, h, "#000")
    d.rect(150, 120, 1700, 2460, "#4a4a4a", radius=30)
    frame(d, 210, 180, 1580, 2340, 120, "#e0e0e0", 9)
    for r in range(15):
        for c in range(9):
            curl(d, 430 + c * 150 + (r % 2) * 70, 420 + r * 130, 46, "#6a6a6a", "#8e8e8e", (r + c) % 2 == 0)
    dragon(
        d,
        np.array([(880, 620), (1250, 520), (1500, 900), (1180, 1240), (640, 1360), (560, 1800), (1000, 2020), (1420, 1960), (1380, 2230)]),
        250,
        "#c0c0c0",
        "#404040",
        "#e8e8e8",
        "#a4a4a4",
    )
    pearl(d, 560, 560, 84, "#f0f0f0", "#4a4a4a", "#b0b0b0")
    lotus(d, 1000, 2480, 70, "#c8c8c8", "#4a4a4a", "#e0e0e0")
    drawn = d.mask(width, height)
    shape = Drawing(w, h)
    shape.rect(150, 120, 1700, 2460, "#fff", radius=30)
    mask = shape.mask(width, height)
    lit = struck(drawn, mask, GOLD, rng, 20, 0.7, 0.7, 1.3)
    return finish(place(lit, mask, backdrop(height, width, rng, (120, 60, 50)), rng, drop=60, depth=0.85), rng)
