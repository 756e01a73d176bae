"""A page of text: lines in reading order, words with boxes. Plain Python; lengths are pixels of the page that the file describes."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import orjson

from media.reshaping import Reshaped

LONGEST_PACKED = 64 << 20  # bytes of JSON that are ever unpacked


class Box(NamedTuple):
    """A rectangle: left, top, width, height."""

    x: int
    y: int
    width: int
    height: int

    @property
    def xywh(self) -> str:
        """As a media fragment says it (Media Fragments 1.0, 4.2.2)."""
        return f"{self.x},{self.y},{self.width},{self.height}"


class Word(NamedTuple):
    """A word as it stands on the page. ``start``: its place in the line's text; ``whole``: the word that a hyphen at the line's end parted."""

    text: str
    box: Box | None
    start: int
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its text, its box (None in plain text), its words, the number of the block that it belongs to, and how many degrees clockwise
    its letters are turned (by quarters).
    """

    text: str
    box: Box | None = None
    words: tuple[Word, ...] = ()
    block: int = 0
    turn: int = 0


@dataclass(frozen=True, slots=True)
class TextPage:
    """The text of one page. ``width`` and ``height`` are those that the boxes are measured on; 0 when there are no boxes."""

    width: int
    height: int
    lines: tuple[Line, ...] = field(default_factory=tuple)
    language: str = ""

    @property
    def words(self) -> int:
        """How many words there are."""
        return sum(len(line.words) or len(line.text.split()) for line in self.lines)

    @property
    def has_boxes(self) -> bool:
        """True when at least one line knows where it stands."""
        return any(line.box for line in self.lines)

    def text(self) -> str:
        """The lines, with an empty line between blocks."""
        found: list[str] = []
        for at, line in enumerate(self.lines):
            if at and line.block != self.lines[at - 1].block:
                found.append("")
            found.append(line.text)
        return "\n".join(found)


def around(boxes: Iterable[Box]) -> Box | None:
    """The smallest box around all of them; None when there are none."""
    found = list(boxes)
    if not found:
        return None
    left, top = min(box.x for box in found), min(box.y for box in found)
    return Box(left, top, max(box.x + box.width for box in found) - left, max(box.y + box.height for box in found) - top)


def scaled(page: TextPage, width: int, height: int) -> TextPage:
    """The page measured in the pixels of a picture of that size; boxes are cut to it. What lies outside loses its box."""
    if not (page.width and page.height):
        return TextPage(width, height, page.lines, page.language)
    across, down = width / page.width, height / page.height

    def moved(box: Box | None) -> Box | None:
        if box is None:
            return None
        left, top = max(0, round(box.x * across)), max(0, round(box.y * down))
        right = min(width, round((box.x + box.width) * across))
        bottom = min(height, round((box.y + box.height) * down))
        return Box(left, top, right - left, bottom - top) if right > left and bottom > top else None

    return TextPage(width, height, tuple(_laid(line, moved, 0) for line in page.lines), page.language)


def _laid(line: Line, moved: Callable[[Box | None], Box | None], degrees: int) -> Line:
    """The line elsewhere."""
    words = tuple(word._replace(box=moved(word.box)) for word in line.words)
    return Line(line.text, moved(line.box), words, line.block, (line.turn + degrees) % 360)


def turned(page: TextPage, degrees: int) -> TextPage:
    """The page turned clockwise by quarters, with its boxes: the text of a picture that was turned after it was read."""
    if not (degrees and page.width and page.height):
        return page
    width, height = (page.height, page.width) if degrees in {90, 270} else (page.width, page.height)
    reshaped = Reshaped(page.width, page.height, width, height, degrees)

    def moved(box: Box | None) -> Box | None:
        return Box(*reshaped.box(*box)) if box else None

    return TextPage(width, height, tuple(_laid(line, moved, degrees) for line in page.lines), page.language)


def encoded(page: TextPage) -> bytes:
    """The compact form that is stored: compressed JSON of plain lists."""
    lines = [
        [line.text, _plain(line.box), [_packed(word) for word in line.words], line.block, *([line.turn] if line.turn else [])]
        for line in page.lines
    ]
    return zlib.compress(orjson.dumps({"w": page.width, "h": page.height, "l": page.language, "lines": lines}), 6)


def decoded(packed: bytes) -> TextPage:
    """The page of a compact form. Raises ValueError for bytes that are none."""
    try:
        opened = zlib.decompressobj()
        facts: dict[str, Any] = orjson.loads(opened.decompress(bytes(packed), LONGEST_PACKED))
        lines = tuple(
            Line(text, Box(*box) if box else None, tuple(_word(word) for word in words), block, *turn)
            for text, box, words, block, *turn in facts["lines"]
        )
        return TextPage(facts["w"], facts["h"], lines, facts["l"])
    except (zlib.error, KeyError, TypeError) as error:
        raise ValueError("These bytes hold no page of text.") from error


def _plain(box: Box | None) -> list[int] | None:
    return list(box) if box else None


def _packed(word: Word) -> list[Any]:
    return [word.text, _plain(word.box), word.start, *([word.whole] if word.whole else [])]


def _word(stored: list[Any]) -> Word:
    return Word(stored[0], Box(*stored[1]) if stored[1] else None, stored[2], stored[3] if len(stored) > 3 else "")
