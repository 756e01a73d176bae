"""Royal patents and a commission."""

from __future__ import annotations

import numpy as np

from museum.demo.drawing.glyphs import BRUSH, han
from museum.demo.drawing.light import finish, strips
from museum.demo.drawing.motifs import cloud as curl
from museum.demo.drawing.motifs import dragon, frame, lotus, pearl, phoenix
from museum.demo.drawing.paper import seal, sheet
from museum.demo.drawing.texture import clouds
from museum.demo.drawing.vector import Drawing, seeded
from museum.demo.drawing.writing.ink import multiplied, written

EDICT_TEXT = [
    "奉天承運",
    "皇帝制曰朕惟河神之德潤物無聲",
    "鏡河之水清且漣漪澤被萬民功在社稷",
    "歷年以來風雨調和舟楫安行禾稼豐登",
    "皆神之力也茲特加封為",
    "清和敷澤翊保中興尊神",
    "準許鏡河坊民奉事如故",
    "用酬神貺以保我黎民欽哉",
]
EDICT_DATE = "嗣德三十三年十一月二十四日"


def edict(
    width: int = 4700, seed: str = "edict", silver: bool = False, text: list[str] | None = None, date: str = EDICT_DATE
) -> np.ndarray:
    """A royal patent to a river god, on yellow paper strewn with dragon and clouds in metal."""
    rng = seeded(seed)
    w, h = 4700, 2000
    height = int(width * h / w)
    d = Drawing(w, h, "#fff")
    metal, line = ("#c9c7bd", "#8e8a7c") if silver else ("#e2b64c", "#a8741c")
    for _ in range(70):
        curl(d, rng.uniform(150, w - 150), rng.uniform(150, h - 150), rng.uniform(50, 120), "none", metal, bool(rng.random() < 0.5))
    body_line = np.array(
        [
            (1500, 760),
            (1900, 480),
            (2360, 700),
            (2500, 1180),
            (2100, 1420),
            (2500, 1640),
            (3000, 1300),
            (3300, 800),
            (3700, 620),
            (3950, 900),
        ]
    )
    dragon(d, body_line, 330, "#f8e8b8" if not silver else "#eae5d6", line, "#f8ecc4", metal)
    pearl(d, 1130, 820, 90, "#f8ecc4", line, metal)
    frame(d, 60, 60, w - 120, h - 120, 120, line, 7)
    dusted = d.raster(width, height)
    ink, red = Drawing(w, h), Drawing(w, h)
    columns = text or EDICT_TEXT
    for k, column in enumerate(columns):
        top = 330 if column[:2] in ("奉天", "皇帝", "清和") else 450
        han(ink, column, w - 420 - k * 330, top, min(150, 1290 / len(column)), "#fff", BRUSH, rng, gap=1.02 if len(column) > 8 else 1.14)
    x = w - 420 - len(columns) * 330 - 160
    han(ink, date, x, 330, 96, "#fff", BRUSH, rng, gap=1.08)
    seal(red, "敕命之寶", x - 215, 1180, 430, "#fff", rng)
    writing = written(ink, width, height, rng, red, 1.8)
    speck = clouds(height, width, rng, 0.4, 2.0)
    for y0, y1 in strips(height):
        dusted[y0:y1][speck[y0:y1] > 2.3] = (214, 160, 60) if not silver else (190, 186, 170)
    art = multiplied(dusted, writing)
    return finish(sheet(art, rng, tone=(238, 200, 104), age=0.9, holes=24, folds=(7, 0), laid=0.4, ragged=2.5, margin=0.02, ink=0.16), rng)


def commission(width: int = 4200) -> np.ndarray:
    """A commission for a scholar, with phoenixes instead of the dragon."""
    rng = seeded("commission")
    w, h = 4200, 2300
    height = int(width * h / w)
    d = Drawing(w, h, "#fff")
    for _ in range(40):
        curl(d, rng.uniform(250, w - 250), rng.uniform(250, h - 250), rng.uniform(50, 110), "none", "#d9b06a", bool(rng.random() < 0.5))
    phoenix(d, 2400, 950, 250, "#f0cf9a", "#b07a38", "#e8b878", "#d88a50")
    for k in range(9):
        lotus(d, 380 + k * 430, 2160, 110, "#f3d9b0", "#b07a38", "#d9a55c")
    frame(d, 70, 70, w - 140, h - 140, 130, "#b07a38", 7)
    gold = d.raster(width, height)
    ink, red = Drawing(w, h), Drawing(w, h)
    lines = [
        "吏部為給憑事茲奉",
        "上諭鏡河府學正阮廷香",
        "性行端方學問該博在任有年",
        "訓迪諸生多所成就應陞授",
        "翰林院侍讀仍領學政",
        "爾其益勤厥職毋負朝廷作人之意",
        "須至憑者右給憑阮廷香準此",
    ]
    for k, column in enumerate(lines):
        han(
            ink,
            column,
            w - 460 - k * 400,
            340 if column.startswith("上諭") else 470,
            min(160, 1500 / len(column)),
            "#fff",
            BRUSH,
            rng,
            gap=1.06,
        )
    han(ink, "明命十七年五月初八日", 760, 420, 120, "#fff", BRUSH, rng, gap=1.1)
    seal(red, "吏部之印", 540, 1240, 440, "#fff", rng)
    writing = written(ink, width, height, rng, red, 1.8)
    art = multiplied(gold, writing)
    return finish(sheet(art, rng, tone=(226, 196, 150), age=1.2, holes=60, folds=(5, 1), ragged=3.5, margin=0.02, ink=0.2), rng)
