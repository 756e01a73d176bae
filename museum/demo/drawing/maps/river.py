"""The map scroll of the river, from the springs to the sea."""

from __future__ import annotations

import numpy as np

from museum.demo.drawing.glyphs import BRUSH, han
from museum.demo.drawing.light import finish
from museum.demo.drawing.maps.landscape import INK, bridge, citadel_small, fields, houses, mountain, sampan, sea, temple, tree
from museum.demo.drawing.motifs import cloud as curl
from museum.demo.drawing.paper import seal, sheet
from museum.demo.drawing.vector import Drawing, ribbon, seeded

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
