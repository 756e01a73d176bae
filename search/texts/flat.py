"""A page as one string that is indexed and searched, and the way back from a stretch of it to lines, words and boxes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import escape

from media.textlayers import Box, TextPage
from media.textlayers.page import around
from search.queries import Clause, TextQuery, together
from search.text import analyse
from search.text.highlights import answers
from search.text.tokens import is_unspaced


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stretch of the string stands on the page: its line, and its word (-1: the line has no words with boxes)."""

    start: int
    end: int
    line: int
    word: int


@dataclass(frozen=True, slots=True)
class Flat:
    """Words that a hyphen parts stand undivided, at the place of their first part."""

    text: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A found stretch: its place in the string, the boxes of its words by line, and what stands around it.

    ``parts``: (line, start, end) of what answers in each line's own text, a parted word with both of its halves.
    """

    start: int
    end: int
    boxes: tuple[tuple[int, Box | None], ...]
    parts: tuple[tuple[int, int, int], ...]
    text: str
    before: str
    after: str

    @property
    def line(self) -> int:
        """The line in which it begins."""
        return self.boxes[0][0]


AROUND = 60  # characters of context on each side


def marked(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[str, bool]]:
    """A line in parts, of which the marked ones lie in ``spans``."""
    found: list[tuple[str, bool]] = []
    at = 0
    for start, end in sorted(set(spans)):
        start = max(start, at)
        if start < end:
            found += [(text[at:start], False), (text[start:end], True)]
            at = end
    return [part for part in (*found, (text[at:], False)) if part[0]]


def as_html(parts: Iterable[tuple[str, bool]]) -> str:
    """The parts as safe HTML; neighbours that are marked are one."""
    return "".join(f"<mark>{escape(text)}</mark>" if is_marked else escape(text) for text, is_marked in parts).replace("</mark><mark>", "")


class _Writer:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.places: list[Place] = []

    def write(self, text: str) -> tuple[int, int]:
        if self.parts and self.parts[-1].endswith("\n"):
            text = text.lstrip(" ")  # what follows the second half of a parted word
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return start, self.length


def flattened(page: TextPage) -> Flat:
    """The page as one string. Lines of scripts without spaces follow one another directly, so that words across them are found."""
    to = _Writer()
    undivided: tuple[str, int, int] = ("", 0, 0)
    for number, line in enumerate(page.lines):
        if number:
            to.write("" if is_unspaced(page.lines[number - 1].text[-1]) and is_unspaced(line.text[0]) else "\n")
        if not line.words:
            to.places.append(Place(*to.write(line.text), number, -1))
            continue
        at = 0
        for place, word in enumerate(line.words):
            if word.whole and word.whole == undivided[0]:
                to.places.append(Place(undivided[1], undivided[2], number, place))
            else:
                to.write(line.text[at : word.start])
                start, end = to.write(word.whole or word.text)
                undivided = (word.whole, start, end)
                to.places.append(Place(start, end, number, place))
            at = word.start + len(word.text)
        to.write(line.text[at:])
    return Flat("".join(to.parts), tuple(to.places))


def matches(page: TextPage, query: TextQuery, *, flat: Flat | None = None) -> list[Match]:
    """Every place on the page that answers one of the query's wanted parts, in reading order."""
    flat = flat or flattened(page)
    found = sorted(set(_spans(flat.text, query, page.language)))
    return [match for start, end in found if (match := _match(page, flat, start, end)) is not None]


def stretch(page: TextPage, start: int, end: int) -> Match | None:
    """The words of the page from here to there, as ``matches`` would have found them; None where nothing stands."""
    flat = flattened(page)
    return _match(page, flat, start, end) if 0 <= start < end <= len(flat.text) else None


def _spans(text: str, query: TextQuery, language: str) -> Iterable[tuple[int, int]]:
    sequences = [clause for clause in query.wanted if len(clause.folded) > 1]
    single = TextQuery(query.text, tuple(clause for clause in query.wanted if len(clause.folded) == 1)).marker()
    marker = replace(single, words=single.words.union(filter(None, map(together, sequences))))
    if marker:
        yield from ((start, end) for start, end, _word in answers(text, marker, language))
    if sequences:
        tokens = analyse(text)
        folded = [token.folded for token in tokens]
        for clause in sequences:
            for at in _runs(folded, clause):
                yield tokens[at].start, tokens[at + len(clause.folded) - 1].end


def _runs(folded: list[str], clause: Clause) -> Iterable[int]:
    first, length = clause.folded[0], len(clause.folded)
    wanted = list(clause.folded)
    return (at for at, word in enumerate(folded) if word == first and folded[at : at + length] == wanted)


def _match(page: TextPage, flat: Flat, start: int, end: int) -> Match | None:
    by_line: dict[int, list[Box]] = {}
    parts: list[tuple[int, int, int]] = []
    for place in flat.places:
        if place.start >= end or place.end <= start:
            continue
        line = page.lines[place.line]
        low, high = max(start, place.start) - place.start, min(end, place.end) - place.start
        if place.word < 0:
            box, at = line.box, 0
        else:
            word = line.words[place.word]
            box, at = word.box, word.start
            if word.whole:
                low, high = 0, len(word.text)
            elif box and is_unspaced(word.text):
                box = _share(box, low, high, len(word.text))
        by_line.setdefault(place.line, []).extend([box] if box else [])
        parts.append((place.line, at + low, at + high))
    if not by_line:
        return None
    boxes = tuple((line, around(found) or page.lines[line].box) for line, found in sorted(by_line.items()))
    low, high = max(0, start - AROUND), min(len(flat.text), end + AROUND)
    before, after = flat.text[low:start], flat.text[end:high]
    if low:
        before = before.partition(" ")[2] if " " in before else before
    if high < len(flat.text):
        after = after.rpartition(" ")[0] if " " in after else after
    return Match(start, end, boxes, tuple(parts), flat.text[start:end], before.replace("\n", " "), after.replace("\n", " "))


def _share(box: Box, low: int, high: int, length: int) -> Box:
    """Signs of one size stand one after another, downwards in a box that is higher than wide: the box of some of them."""
    if box.height > box.width:
        top, bottom = box.y + box.height * low // length, box.y + box.height * high // length
        return Box(box.x, top, box.width, bottom - top)
    left, right = box.x + box.width * low // length, box.x + box.width * high // length
    return Box(left, box.y, right - left, box.height)
