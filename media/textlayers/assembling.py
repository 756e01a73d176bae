"""What all formats share: words become lines, hyphens at the ends of lines are understood, numbers are read strictly."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from django.utils.translation import gettext as _

from media.errors import RefusedFile
from media.textlayers.page import Box, Line, TextPage, Word, around
from media.textlayers.signs import SIGN, closed_signs
from media.textlayers.turning import quarter, settled, turn_of

MOST_WORDS = 50_000
LONGEST_SIDE = 1_000_000
HYPHENS = "-\u00ad\u2010\u2011¬⸗⹀゠"
_DIVIDING = "\u00ad¬⸗"  # signs that stand nowhere but where a word is divided
_VIETNAMESE = re.compile("[ơư\u1ea0-\u1ef9]", re.IGNORECASE)
_CONTROL = dict.fromkeys((*range(32), 127, *range(128, 160)), " ")


class Piece(NamedTuple):
    """A word on its way into a line. ``glued``: no space before it; ``whole``: the undivided word, where the file says it."""

    text: str
    box: Box | None = None
    glued: bool = False
    whole: str = ""


def clean(text: str | None) -> str:
    """A text in NFC with single spaces and without control characters."""
    return unicodedata.normalize("NFC", " ".join((text or "").translate(_CONTROL).split()))


class Written(NamedTuple):
    """A line on its way into a page. ``turn``: how far its letters are turned, where that is known."""

    line: Line
    turn: int | None


def line_of(
    pieces: Sequence[Piece], *, text: str = "", box: Box | None = None, block: int = 0, clockwise: float | None = None
) -> Written | None:
    """A line of these words; ``text`` when the file gives the line's own, ``clockwise`` when it says how its letters are turned. None when
    nothing is written in it.
    """
    pieces = [piece._replace(text=words) for piece in pieces if (words := clean(piece.text))]
    text = clean(closed_signs(text))
    found: list[Word] = []
    if text:
        at = 0
        for piece in pieces:
            place = text.find(piece.text, at)
            if place < 0:  # the line was corrected and its words were not: the words say where things stand
                found, text = [], ""
                break
            found.append(Word(piece.text, piece.box, place, clean(piece.whole)))
            at = place + len(piece.text)
    if not text:
        for piece in pieces:
            glued = piece.glued or not text or _one_run(found[-1], piece)
            text += piece.text if glued else f" {piece.text}"
            found.append(Word(piece.text, piece.box, len(text) - len(piece.text), clean(piece.whole)))
    if not text:
        return None
    box = box or around(word.box for word in found if word.box)
    return Written(Line(text, box, tuple(found), block), turn_of(text, found, box, quarter(clockwise)))


def page_of(width: float, height: float, lines: Iterable[Written | None], language: str = "") -> TextPage:
    """A page of these lines. Raises RefusedFile for one with more words than any page has."""
    kept = settled([line for line in lines if line is not None])
    page = TextPage(round(width), round(height), _unhyphenated(kept, syllables=_in_syllables(kept, language)), language)
    if page.words > MOST_WORDS:
        raise RefusedFile(
            _("The text has %(n)s words, more than the %(most)s that one page may have.")
            % {"n": f"{page.words:,}", "most": f"{MOST_WORDS:,}"},
            "too-many-words",
        )
    return page


def closed_up(pieces: Sequence[Piece]) -> list[Piece]:
    """For files that write no spaces: punctuation that touches the word beside it belongs to that word."""
    found = list(pieces)
    for at in range(1, len(found)):
        before, piece = found[at - 1], found[at]
        if before.box is None or piece.box is None or (_has_letters(before.text) and _has_letters(piece.text)):
            continue
        gap = piece.box.x - before.box.x - before.box.width
        if abs(gap) <= 0.1 * max(before.box.height, piece.box.height):
            found[at] = piece._replace(glued=True)
    return found


def _one_run(before: Word, piece: Piece) -> bool:
    """True for two signs of Chinese script that follow each other; what stands as far apart as a sign is wide is parted on purpose."""
    if not (SIGN.match(before.text[-1]) and SIGN.match(piece.text[0])):
        return False
    one, other = before.box, piece.box
    if one is None or other is None:
        return True
    across = max(other.x - one.x - one.width, one.x - other.x - other.width)
    down = max(other.y - one.y - one.height, one.y - other.y - other.height)
    return max(across, down) < max(min(one.width, one.height), min(other.width, other.height))


def side_by_side(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Words of a file that knows no lines, as lines: what follows at the same height stands in the same one."""
    found: list[list[Piece]] = []
    for piece in pieces:
        before = found[-1][-1].box if found else None
        if found and (before is None or piece.box is None or _at_one_height(before, piece.box)):
            found[-1].append(piece)
        else:
            found.append([piece])
    return found


def _at_one_height(one: Box, other: Box) -> bool:
    shared = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return 2 * shared > min(one.height, other.height)


def _has_letters(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _in_syllables(lines: tuple[Line, ...], language: str) -> bool:
    """True for Vietnamese: its syllables are never divided, so that a hyphen at a line's end is one of the word (“Hoàng-thành”)."""
    return language.partition("-")[0] == "vi" or any(_VIETNAMESE.search(line.text) for line in lines)


def _unhyphenated(lines: tuple[Line, ...], *, syllables: bool) -> tuple[Line, ...]:
    """A word that a hyphen parts at the end of a line is known as a whole by both of its parts; hyphens of its own stay (“end-to-end”)."""
    found = list(lines)
    for at in range(len(found) - 1):
        first, second = found[at], found[at + 1]
        if not first.words or not second.words or first.block != second.block or first.words[-1].whole or second.words[0].whole:
            continue
        parts = _parted(first)
        stem = "".join(word.text for word in parts).rstrip(HYPHENS)
        tail = second.words[0].text
        if not parts or not stem or not stem[-1].isalpha() or not tail[0].islower():
            continue
        dividing = parts[-1].text[-1] in _DIVIDING
        if syllables and not dividing:
            continue
        own = "-" if not dividing and any(sign in stem for sign in HYPHENS) else ""
        whole = stem + own + tail
        for place, word in enumerate(parts, len(first.words) - len(parts)):
            found[at] = _with_word(found[at], place, word._replace(whole=whole))
        found[at + 1] = _with_word(second, 0, second.words[0]._replace(whole=whole))
    return tuple(found)


def _parted(line: Line) -> tuple[Word, ...]:
    """The last words of a line that a hyphen ends: one (“Men-”), or two when the hyphen is marked by itself (“Men”, “-”)."""
    last = line.words[-1]
    if last.text.rstrip(HYPHENS):
        return (last,) if last.text[-1] in HYPHENS else ()
    before = line.words[-2:-1]
    return (*before, last) if before and before[0].start + len(before[0].text) == last.start else ()


def _with_word(line: Line, at: int, word: Word) -> Line:
    words = list(line.words)
    words[at] = word
    return replace(line, words=tuple(words))


def number(text: str | None) -> float | None:
    """A finite number of a file, or None. What is no number at all is None, too: one bad box does not cost the page."""
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) <= LONGEST_SIDE else None


def box_of(left: float | None, top: float | None, width: float | None, height: float | None) -> Box | None:
    """A box of four numbers, all of which must be there; None for one without an area."""
    if left is None or top is None or width is None or height is None or width <= 0 or height <= 0:
        return None
    return Box(round(left), round(top), max(1, round(width)), max(1, round(height)))
