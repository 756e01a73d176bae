"""Which way the letters of a line stand: upright, or turned as on the backs of books, along margins and on sheets that were scanned askew.

Where the words stand says it best; a file's own word counts where there are no two of them, and lines that say nothing are taken to lie
as those beside them do.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from media.textlayers.page import Box, Line, Word
from media.textlayers.signs import SIGN

_SLENDER = 1.5  # so many times as high as wide, a box holds no upright line of letters
_LEFTWARDS = frozenset({"R", "AL"})  # Hebrew, Arabic and their kin


def quarter(clockwise: float | None) -> int | None:
    """An angle of a file as the nearest of 0, 90, 180 and 270 degrees clockwise; None stays None."""
    return None if clockwise is None else round(clockwise / 90) % 4 * 90


def turn_of(text: str, words: Sequence[Word], box: Box | None, stated: int | None) -> int | None:
    """How far the letters of a line are turned clockwise, by the places of its words, else as the file says; None when neither tells."""
    placed = [word.box for word in words if word.box]
    shown = _by_places(placed, text) if len(placed) > 1 else None
    if shown is not None:
        # the same row of words may stand on its head: only the file knows that of letters that run to the left
        return stated if stated == 180 and shown == 0 and _runs_left(text) else shown
    if stated in {90, 270} and SIGN.search(text):
        return None  # said of columns as of what lies on its side
    return stated if stated is not None and _fits(stated, box) else None


def _by_places(boxes: Sequence[Box], text: str) -> int | None:
    middles = [(box.x + box.width / 2, box.y + box.height / 2) for box in boxes]
    across, down = middles[-1][0] - middles[0][0], middles[-1][1] - middles[0][1]
    if abs(down) > _SLENDER * abs(across):
        if SIGN.search(text):
            return 0 if down > 0 else 180  # columns of signs run downwards, and are not turned for it
        return (90 if down > 0 else 270) if not _runs_left(text) else (270 if down > 0 else 90)
    if abs(across) > _SLENDER * abs(down):
        return 180 if _on_its_head([x for x, _y in middles]) and not SIGN.search(text) and not _runs_left(text) else 0
    return None


def _on_its_head(places: Sequence[float]) -> bool:
    """Three words or more, each to the left of the one before; of two nobody knows whether they only stand in the wrong order."""
    return len(places) > 2 and all(one > other for one, other in pairwise(places))


def _runs_left(text: str) -> bool:
    return any(unicodedata.bidirectional(char) in _LEFTWARDS for char in text)


def _fits(turn: int, box: Box | None) -> bool:
    """Whether a line in this box can be turned so: letters that run up or down do not fill a box that is much wider than high."""
    if box is None:
        return True
    return not (box.width > _SLENDER * box.height) if turn in {90, 270} else not (box.height > 2 * _SLENDER * box.width)


def settled(lines: Sequence[tuple[Line, int | None]]) -> tuple[Line, ...]:
    """The lines with their turns; one that says nothing is turned as most of its block are, else as most of its page."""
    everywhere = Counter(turn for _line, turn in lines if turn is not None)
    if not any(everywhere):
        return tuple(line for line, _turn in lines)
    blocks: dict[int, Counter[int]] = {}
    for line, turn in lines:
        if turn is not None:
            blocks.setdefault(line.block, Counter())[turn] += 1
    return tuple(
        replace(line, turn=turn if turn is not None else _as_beside(line, blocks.get(line.block, Counter()), everywhere))
        for line, turn in lines
    )


def _as_beside(line: Line, block: Counter[int], everywhere: Counter[int]) -> int:
    if line.box is None or SIGN.search(line.text):
        return 0
    return next((turn for turn in (*_most(block), *_most(everywhere)) if _fits(turn, line.box)), 0)


def _most(found: Counter[int]) -> Iterable[int]:
    return (turn for turn, _times in found.most_common())
