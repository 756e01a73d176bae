"""A school book of 24 pages: the Thousand Character Classic, copied by a pupil."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from museum.demo.drawing import alto
from museum.demo.drawing.glyphs import BRUSH, PRINT, han, sign
from museum.demo.drawing.light import finish
from museum.demo.drawing.paper import seal, sheet
from museum.demo.drawing.vector import Drawing, seeded
from museum.demo.drawing.writing.ink import PAPER, ruled, written
from museum.demo.drawing.writing.thousand import THOUSAND

PAGES = 24
TEXT_PAGES = range(3, 24)  # after a cover and a title page; page 24 is the colophon
COLOPHON = ["嗣德二十一年歲在戊辰", "春三月望日", "鏡河坊學堂恭抄", "門生阮文書拜"]
WIDTH, HEIGHT, MARGIN = 2000, 2840, 0.035
LEFT, RIGHT, TOP, BOTTOM = 150, 1850, 330, 2660
SIGN = 222  # size of the large characters
STEP, ROW = (RIGHT - LEFT) / 6, (BOTTOM - TOP - 60) / 8


@dataclass(frozen=True)
class Column:
    """Characters written downwards, centred on ``x`` from ``y``."""

    text: str
    x: float
    y: float
    size: float
    gap: float
    family: str = BRUSH
    shade: str = "#fff"


COVER = [Column("千字文全", 1640, 330, 270, 1.24), Column("阮文書", 420, 2160, 100, 1.0, shade="#a0a0a0")]
TITLE_PAGE = [
    Column("嗣德戊辰年新抄", 1420, 420, 170, 1.16, PRINT),
    Column("千字文", 1000, 470, 400, 1.6),
    Column("鏡河學堂藏板", 580, 520, 170, 1.25, PRINT),
]
LAST_PAGE = [Column(text, RIGHT - 110 - k * 200, TOP + 80 + (k > 0) * 340, 150, 1.12) for k, text in enumerate(COLOPHON)]
COLUMNS = {1: COVER, 2: TITLE_PAGE, PAGES: LAST_PAGE}


def manuscript_page(page: int, width: int = 4000) -> np.ndarray:
    """One page (1 to 24) of the primer."""
    rng = seeded("primer", page)
    height = int(width * HEIGHT / WIDTH)
    d, red = Drawing(WIDTH, HEIGHT), Drawing(WIDTH, HEIGHT)
    if page == 1:
        cover_page(d, red, rng)
        tone, age, holes = (150, 112, 70), 1.6, 26
    elif page == 2:
        d.rect(330, 300, 1340, 2240, "none", "#fff", 14)
        d.rect(370, 340, 1260, 2160, "none", "#fff", 4)
        for x in (790, 1210):
            d.path(f"M{x} 340L{x} 2500", stroke="#fff", width=4)
        seal(red, "鏡河學堂", 520, 2120, 240, "#fff", rng)
        tone, age, holes = PAPER, 1.1, 14
    elif page == PAGES:
        ruled(d, LEFT, RIGHT, TOP, BOTTOM, 9)
        seal(red, "阮文書印", 590, 2050, 230, "#fff", rng)
        seal(red, "鏡河學堂", 880, 2260, 200, "#fff", rng, white=True)
        tone, age, holes = PAPER, 1.2, 20
    else:
        ruled(d, LEFT, RIGHT, TOP, BOTTOM, 6)
        body(d, red, page, rng)
        tone, age, holes = PAPER, 0.7 + 0.5 * rng.random(), int(rng.integers(4, 16))
    for column in COLUMNS.get(page, []):
        han(d, column.text, column.x, column.y, column.size, column.shade, column.family, rng, gap=column.gap)
    if page > 2:
        fold_mark(d, page)
    art = written(d, width, height, rng, red, width / 1500)
    shift = tuple(c + rng.normal() * 2 for c in tone)
    return finish(sheet(art, rng, tone=shift, age=age, holes=holes, folds=(0, 0), ragged=2.0, margin=MARGIN, ink=0.3), rng)


def page_text(page: int) -> alto.Page:
    """What the page says: columns from right to left; in the text itself each line of verse, four characters, is a word."""
    if page in TEXT_PAGES:
        lines = [
            [alto.Word(verse, (x - SIGN / 2, y - SIGN / 2, SIGN, ROW * (len(verse) - 1) + SIGN)) for verse, (x, y) in _verses(page, column)]
            for column in range(6)
        ]
    else:
        lines = [alto.column(column.text, column.x, column.y, column.size, column.gap) for column in COLUMNS[page]]
    return alto.Page(WIDTH, HEIGHT, [alto.Block([line for line in lines if line], "lzh")], MARGIN)


def _verses(page: int, column: int) -> Iterator[tuple[str, tuple[float, float]]]:
    """The two verses of a column, with the middle of each one's first character."""
    for half in (0, 4):
        start = (page - TEXT_PAGES.start) * 48 + column * 8 + half
        if verse := THOUSAND[start : start + 4]:
            yield verse, place(column, half)


def place(column: int, line: int) -> tuple[float, float]:
    """The middle of a large character."""
    return RIGHT - STEP * (column + 0.58), TOP + 40 + ROW * (line + 0.5)


def body(d: Drawing, red: Drawing, page: int, rng: np.random.Generator) -> None:
    """48 characters in six columns of eight, each with a small reading beside it, a red point after each fourth."""
    start = (page - TEXT_PAGES.start) * 48
    for k, character in enumerate(THOUSAND[start : start + 48]):
        x, y = place(k // 8, k % 8)
        sign(d, character, x, y, SIGN, "#fff", BRUSH, rng)
        for shift, jump, offset in ((56, 37, 11), (-10, 53, 401)):
            sign(d, THOUSAND[(start + k * jump + offset) % 1000], x + STEP * 0.44, y + shift, 60, "#c8c8c8", BRUSH, rng)
        if k % 4 == 3:
            red.circle(x - STEP * 0.36 + rng.normal() * 4, y + ROW * 0.36, 17 + rng.normal() * 2, "none", "#fff", 7)
        elif rng.random() < 0.10:
            red.path(f"M{x - 92 + rng.normal() * 4:.0f} {y - 96:.0f}L{x - 88:.0f} {y + 84:.0f}", stroke="#fff", width=6)
    for _ in range(int(rng.integers(0, 4))):
        note = int(rng.integers(0, 990))
        text = THOUSAND[note : note + int(rng.integers(3, 8))]
        han(d, text, rng.uniform(LEFT + 100, RIGHT - 100), 96 + rng.normal() * 14, 54, "#b8b8b8", BRUSH, rng)


def fold_mark(d: Drawing, page: int) -> None:
    """The short title and page number at the folded edge."""
    x = 60 if page % 2 else 1940
    han(d, "千字文", x, 420, 62, "#d0d0d0", PRINT)
    d.path(f"M{x - 42} 760h84l-42 46ZM{x - 42} 2300h84l-42 -46Z", "#fff")
    numerals = "一二三四五六七八九十"
    n = page - 2
    text = (numerals[n // 10 - 1] if n >= 20 else "") + ("十" if n >= 10 else "") + (numerals[n % 10 - 1] if n % 10 else "")
    han(d, text, x, 860, 62, "#d0d0d0", PRINT)


def cover_page(d: Drawing, red: Drawing, rng: np.random.Generator) -> None:
    red.rect(1450, 240, 380, 1500, "#5a5a5a")
    d.rect(1462, 252, 356, 1476, "none", "#fff", 5)
    for k in range(5):
        y = 280 + k * 570
        d.path(f"M0 {y}L170 {y}M170 {y}L178 {y + 570}", stroke="#d8d8d8", width=11)
    seal(red, "鏡河", 340, 2520, 160, "#fff", rng)
