"""Parallel sentences and a page of a land register."""

from __future__ import annotations

import numpy as np

from museum.demo.drawing.glyphs import BRUSH, han
from museum.demo.drawing.light import finish, strips
from museum.demo.drawing.motifs import cloud as curl
from museum.demo.drawing.motifs import frame
from museum.demo.drawing.paper import seal, sheet, softened
from museum.demo.drawing.texture import clouds
from museum.demo.drawing.vector import Drawing, seeded
from museum.demo.drawing.writing.ink import ruled, written
from museum.demo.drawing.writing.thousand import THOUSAND


def parallel_sentences(width: int = 4000) -> np.ndarray:
    """A pair of sentences on red paper flecked with gold."""
    rng = seeded("sentences")
    w, h = 2000, 2700
    height = int(width * h / w)
    gold, ink = Drawing(w, h), Drawing(w, h)
    for x0 in (90, 1070):
        frame(gold, x0, 70, 840, h - 140, 90, "#fff", 6)
        for k in range(7):
            y = 330 + k * 340
            curl(gold, x0 + 160, y, 60, "none", "#909090")
            curl(gold, x0 + 680, y + 160, 60, "none", "#909090", True)
    for x, text in ((1490, "鏡水長流今古月"), (510, "香山不改聖賢心")):
        han(ink, text, x, 240, 300, "#fff", BRUSH, rng, gap=1.08)
    small = Drawing(w, h)
    han(small, "嗣德丁丑孟春", 1745, 1890, 66, "#fff", BRUSH, rng)
    han(small, "河上漁者書", 255, 1960, 66, "#fff", BRUSH, rng)
    seal(small, "河上漁者", 205, 2330, 100, "#fff", rng)
    metal = np.array([232, 190, 92], np.float32)
    fleck = clouds(height, width, rng, 1.0, 2.0)
    leaf, names = gold.mask(width, height), small.mask(width, height)
    dark = softened(ink.mask(width, height), rng, 2.2)
    base = np.empty((height, width, 3), np.uint8)
    for y0, y1 in strips(height):
        part = np.empty((y1 - y0, width, 3), np.float32)
        part[:] = (203, 52, 36)
        shine = np.clip(leaf[y0:y1] * np.float32(0.75 / 255) + 0.8 * (fleck[y0:y1] > 2.25), 0, 1)
        part += (metal - part) * shine[..., None]
        part *= 1 - dark[y0:y1, :, None] * np.float32(0.9 / 255)
        part += (metal - part) * (names[y0:y1, :, None] * np.float32(1 / 255))
        base[y0:y1] = np.clip(part, 0, 255)
    split = int(width * 0.5)
    base[:, split - 50 : split + 50] = 255
    left = sheet(base[:, : split - 50], rng, tone=(250, 246, 240), age=0.8, laid=0.2, ragged=1.5, margin=0.05, ink=0.12, spots=False)
    right = sheet(base[:, split + 50 :], rng, tone=(250, 246, 240), age=0.8, laid=0.2, ragged=1.5, margin=0.05, ink=0.12, spots=False)
    return finish(np.concatenate([left, right], 1), rng)


def register(width: int = 4200) -> np.ndarray:
    """An opening of a land register, printed frame, filled in by several hands, with survey sketch and seals."""
    rng = seeded("register")
    w, h = 4200, 2800
    height = int(width * h / w)
    d, red = Drawing(w, h), Drawing(w, h)
    for x0 in (150, 2160):
        ruled(d, x0, x0 + 1890, 260, 2600, 9)
    heads = "東近河西近路南近寺北近渠"
    for page in range(2):
        for column in range(9):
            x = (150 + 1890 if page == 0 else 2160 + 1890) - 210 * (column + 0.5)
            if page == 0 and column > 5:
                continue
            han(d, "鏡河坊"[: 3 if column % 3 == 0 else 0] or "一所", x, 330, 100, "#fff", BRUSH, rng)
            start = int(rng.integers(0, 900))
            han(d, THOUSAND[start : start + 7], x + 40, 760, 74, "#fff", BRUSH, rng)
            han(d, heads[(column * 3) % 12 :][:6], x - 42, 760, 66, "#e0e0e0", BRUSH, rng)
            han(d, f"{'一二三四五六七八九'[column]}畝{'三五七'[column % 3]}高", x, 1560, 104, "#fff", BRUSH, rng)
            han(d, "私田" if column % 2 else "公土", x, 2120, 104, "#fff", BRUSH, rng)
            if column % 2:
                red.circle(x, 2420, 44, "none", "#fff", 8)
    x0, y0 = 200, 700
    for k in range(7):
        for j in range(3):
            x, y = x0 + j * 190 + rng.normal() * 8, y0 + k * 240 + rng.normal() * 8
            d.path(
                f"M{x:.0f} {y:.0f}l{180 + rng.normal() * 10:.0f} {rng.normal() * 12:.0f}l{rng.normal() * 10:.0f} {220 + rng.normal() * 9:.0f}l{-180 + rng.normal() * 9:.0f} {rng.normal() * 9:.0f}Z",
                stroke="#fff",
                width=6,
            )
            han(d, f"{'甲乙丙'[j]}{'一二三四五六七'[k]}", x + 90, y + 60, 50, "#d8d8d8", BRUSH, rng)
    for k in range(4):
        d.path(f"M{150} {2380 + k * 44}q140 -40 280 0t280 0", stroke="#b0b0b0", width=5)
    seal(red, "鏡河府印", 1820, 1150, 560, "#fff", rng)
    seal(red, "里長之記", 3640, 2160, 300, "#fff", rng)
    art = written(d, width, height, rng, red)
    return finish(sheet(art, rng, tone=(221, 203, 165), age=1.3, holes=70, folds=(1, 0), ragged=3, margin=0.022, ink=0.28), rng)
