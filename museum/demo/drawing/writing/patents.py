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
    line = "#76736c" if silver else "#a8741c"
    leaf = Drawing(w, h)
    for drawing, outline, fill in ((d, line, "none"), (leaf, "#b0b0b0", "#707070")):
        for x, y, size, flip in _clouds(seeded(seed, "clouds"), w, h):
            curl(drawing, x, y, size, fill, outline, flip)
    dragon(d, DRAGON_LINE, 330, "#fff", line, "#fff", line)
    dragon(leaf, DRAGON_LINE, 330, "#fff", "#000", "#fff", "#d0d0d0")
    pearl(d, 1130, 820, 90, "#fff", line, "#fff")
    pearl(leaf, 1130, 820, 90, "#fff", "#000", "#e0e0e0")
    for drawing, outline in ((d, line), (leaf, "#909090")):
        frame(drawing, 60, 60, w - 120, h - 120, 120, outline, 7)
    lines = d.raster(width, height)
    ink, red = Drawing(w, h), Drawing(w, h)
    columns = text or EDICT_TEXT
    for k, column in enumerate(columns):
        top = 330 if column[:2] in ("奉天", "皇帝", "清和") else 450
        han(ink, column, w - 420 - k * 330, top, min(150, 1290 / len(column)), "#fff", BRUSH, rng, gap=1.02 if len(column) > 8 else 1.14)
    x = w - 420 - len(columns) * 330 - 160
    han(ink, date, x, 330, 96, "#fff", BRUSH, rng, gap=1.08)
    seal(red, "敕命之寶", x - 215, 1180, 430, "#fff", rng)
    writing = written(ink, width, height, rng, red, 1.8)
    tone = (222, 186, 112) if silver else (238, 200, 104)
    paper = sheet(multiplied(lines, writing), rng, tone=tone, age=0.9, holes=24, folds=(7, 0), laid=0.4, ragged=2.5, margin=0.02, ink=0.16)
    covered = leaf.mask(width, height)
    covered[writing.min(2) < 150] = 0  # the brush came last
    _lay_leaf(paper, covered, (212, 214, 216) if silver else (255, 222, 126), rng)
    return finish(paper, rng)


DRAGON_LINE = np.array(
    [
        (1500, 760), (1900, 480), (2360, 700), (2500, 1180), (2100, 1420),
        (2500, 1640), (3000, 1300), (3300, 800), (3700, 620), (3950, 900),
    ]
)  # fmt: skip


def _clouds(rng: np.random.Generator, w: float, h: float) -> list[tuple[float, float, float, bool]]:
    """Seventy clouds: x, y, size, whether mirrored."""
    return [(rng.uniform(150, w - 150), rng.uniform(150, h - 150), rng.uniform(50, 120), bool(rng.random() < 0.5)) for _ in range(70)]


def _lay_leaf(paper: np.ndarray, covered: np.ndarray, color: tuple[int, int, int], rng: np.random.Generator) -> None:
    """Metal leaf on a mounted sheet, where ``covered`` (of the sheet's art, uint8) says; rubbed thin in places, and strewn as flecks."""
    height, width = covered.shape
    top, left = (paper.shape[0] - height) // 2, (paper.shape[1] - width) // 2
    slow, fine, fleck = clouds(height, width, rng, 2.0, 5.0), clouds(height, width, rng, 1.0, 2.0), clouds(height, width, rng, 0.4, 2.0)
    metal = np.array(color, np.float32)
    for y0, y1 in strips(height):
        s, f = slow[y0:y1], fine[y0:y1]
        share = covered[y0:y1].astype(np.float32) / 255 * np.clip(0.86 - 0.16 * s - 0.12 * f, 0.1, 0.96)
        share = np.maximum(share, (fleck[y0:y1] > 2.3) * np.float32(0.85))[..., None]
        part = paper[top + y0 : top + y1, left : left + width]
        glint = (1 + 0.07 * s + 0.05 * f)[..., None]
        part[:] = np.clip(part * (1 - share) + metal * glint * share, 0, 255)


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
