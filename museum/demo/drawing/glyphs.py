"""Writing as outlines: glyphs taken from the museum's fonts, since a bare machine has none installed."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path

from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[3] / "static" / "vendor" / "fonts"
BRUSH, PRINT, SERIF, SANS = "yuji-boku", "cactus-classical-serif", "source-serif-4", "be-vietnam-pro"
# forms that the brush font draws in the shape usual in manuscripts
VARIANTS = str.maketrans("歲凊啟內戶說稅顙", "歳清啓内戸説税顔")


class MissingFont(Exception):
    """The fonts are not set up; the message says what to do."""


@lru_cache(maxsize=8)
def _ranges(family: str) -> list[tuple[int, int, str]]:
    listing = FONTS / family / "unicode.json"
    if not listing.is_file():
        raise MissingFont(f"The font {family} is missing in {FONTS}: run bin/vendor (make run does it) and try again.")
    found = []
    for subset, ranges in json.loads(listing.read_text()).items():
        for first, last in re.findall(r"U\+([0-9a-fA-F]+)(?:-([0-9a-fA-F]+))?", ranges):
            found.append((int(first, 16), int(last or first, 16), subset.strip("[]")))
    return found


@lru_cache(maxsize=160)
def _file(family: str, subset: str, weight: int) -> tuple[TTFont, dict, object]:
    # woff2 has to be rebuilt as a whole before one glyph can be read, woff has not: thirty times faster for the large fonts
    suffix = "woff2" if family in (SERIF, SANS) else "woff"
    path = FONTS / family / f"{family}-{subset}-{weight}-normal.{suffix}"
    if not path.is_file():
        raise MissingFont(f"The font file {path} is missing: run bin/vendor (make run does it) and try again.")
    font = TTFont(path, lazy=True)
    return font, font.getBestCmap(), font.getGlyphSet()


def _subsets(family: str, code: int) -> list[str]:
    if family in (SERIF, SANS):
        return ["latin", "vietnamese", "latin-ext"]
    return [subset for first, last, subset in _ranges(family) if first <= code <= last]


@lru_cache(maxsize=6000)
def outline(family: str, character: str, weight: int = 400) -> tuple[str, float, tuple[float, float, float, float]] | None:
    """Path data (y up, 1000 units to the em), advance and bounds of a character; None when the family lacks it."""
    for subset in _subsets(family, ord(character)):
        font, cmap, glyphs = _file(family, subset, weight)
        name = cmap.get(ord(character))
        if name:
            scale = 1000 / font["head"].unitsPerEm
            pen, bounds = SVGPathPen(glyphs, ntos=lambda v, scale=scale: f"{v * scale:.0f}"), BoundsPen(glyphs)
            glyphs[name].draw(pen)
            glyphs[name].draw(bounds)
            box = tuple(v * scale for v in bounds.bounds) if bounds.bounds else (0.0, 0.0, 0.0, 0.0)
            return pen.getCommands(), glyphs[name].width * scale, box
    return None


def han(
    drawing, text: str, x: float, y: float, size: float, fill: str, family: str = BRUSH, rng=None, gap: float = 1.0, extra: str = ""
) -> float:
    """Write a column downwards, centred on ``x`` from ``y``; answers the y below it. With ``rng`` each sign moves a little, as by hand."""
    for character in text.translate(VARIANTS) if family == BRUSH else text:
        if character not in " 　":
            sign(drawing, character, x, y + size / 2, size, fill, family, rng, extra)
        y += size * gap
    return y


def sign(
    drawing,
    character: str,
    x: float,
    y: float,
    size: float,
    fill: str,
    family: str = BRUSH,
    rng=None,
    extra: str = "",
    fitted: bool = False,
) -> None:
    """One character centred on (x, y). ``fitted`` stretches its ink to a square of ``size``, as on a seal."""
    found = outline(family, character) or outline(PRINT, character) or outline(BRUSH, character)
    if not found:
        raise ValueError(f"No font of the museum has the character {character!r}.")
    d, advance, (x0, y0, x1, y1) = found
    sx = sy = size / 1000
    if fitted:
        sx, sy = size / max(x1 - x0, 150), size / max(y1 - y0, 150)
        cx, cy = (x0 + x1) / 2, (y0 + y1) / 2
    else:
        cx, cy = advance / 2, 380
    turn = 0.0
    if rng is not None:
        turn = rng.normal(0, 1.1)
        x, y = x + rng.normal(0, size * 0.018), y + rng.normal(0, size * 0.02)
        sx, sy = sx * rng.normal(1, 0.03), sy * rng.normal(1, 0.03)
    drawing.parts.append(
        f'<path d="{d}" fill="{fill}" {extra} transform="translate({x:.1f} {y:.1f}) rotate({turn:.1f}) scale({sx:.4f} {-sy:.4f}) translate({-cx:.0f} {-cy:.0f})"/>'
    )


def width_of(text: str, size: float, family: str = SERIF, weight: int = 400, spacing: float = 0) -> float:
    return sum((outline(family, c, weight) or ("", 250, ()))[1] * size / 1000 + spacing for c in text)


def latin(
    drawing,
    text: str,
    x: float,
    y: float,
    size: float,
    fill: str,
    family: str = SERIF,
    weight: int = 400,
    anchor: str = "start",
    spacing: float = 0,
) -> None:
    """A line of Latin or Vietnamese text with its baseline at ``y``."""
    width = width_of(text, size, family, weight, spacing)
    x -= {"start": 0, "middle": width / 2, "end": width}[anchor]
    for character in text:
        found = outline(family, character, weight)
        if not found:
            raise ValueError(f"The font {family} lacks {character!r}.")
        d, advance, _ = found
        if d:
            drawing.parts.append(
                f'<path d="{d}" fill="{fill}" transform="translate({x:.1f} {y:.1f}) scale({size / 1000:.4f} {-size / 1000:.4f})"/>'
            )
        x += advance * size / 1000 + spacing
