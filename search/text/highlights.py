"""Highlights on the text as stored: the accents stay, everything is escaped, only ``<mark>`` is ours."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape

from search.text.folding import exact_form, fold_in_place, fold_word
from search.text.stems import stem_token
from search.text.tokens import analyse, clusters, is_one_cluster

ELLIPSIS = "…"
_BREAK = re.compile(r"\s+")
_REST = re.compile("[a-z0-9]*")
STEM_LETTERS = 3  # of a stem that every form of its word begins with


@dataclass(frozen=True)
class Marker:
    """What is to be marked: folded words, beginnings of words, and stems (``en:paint``)."""

    words: frozenset[str] = frozenset()
    beginnings: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.words or self.beginnings or self.stems)

    def marks(self, folded: str, exact: str, language: str = "") -> bool:
        """True when a word (its two forms) answers the query."""
        if folded in self.words:
            return True
        if self.beginnings and folded.startswith(tuple(self.beginnings)):
            return True
        return bool(self.stems and language) and stem_token(exact, language) in self.stems

    @cached_property
    def _needles(self) -> tuple[list[str], list[str]]:
        """(whole words, beginnings) of English letters by which a candidate is found."""
        stems = {stem.partition(":")[2][:STEM_LETTERS] for stem in self.stems}
        begun = {word for word in self.beginnings | stems if word.isascii()}
        return [word for word in self.words if word.isascii()], [word for word in begun if word]

    def candidates(self, folded: str) -> list[tuple[int, int]]:
        """(start, end) of the words of a folded text of English letters that may answer, in order: most texts have none and are quickly passed over."""
        whole, begun = self._needles
        found: dict[int, int] = {}
        for needles, entire in ((whole, True), (begun, False)):
            for needle in needles:
                at = folded.find(needle)
                while at >= 0:
                    end = _REST.match(folded, at + len(needle)).end()  # type: ignore[union-attr]
                    if (end == at + len(needle) or not entire) and (not at or not folded[at - 1].isalnum()):
                        found[at] = end
                    at = folded.find(needle, end)
        return sorted(found.items()) if len(found) > 1 else list(found.items())


def _in_place(text: str, language: str) -> bool:
    """False for texts whose every word is looked at: elisions are taken apart, and Indonesian stems lose the beginning of the word."""
    return "'" not in text and not language.startswith("id")


def answers(text: str, marker: Marker, language: str) -> list[tuple[int, int, str]]:
    """(start, end, folded word) of what is to be marked, in order."""
    folded = fold_in_place(text) if _in_place(text, language) else None
    if folded is not None:
        return [
            (start, end, folded[start:end])
            for start, end in marker.candidates(folded)
            if marker.marks(folded[start:end], exact_form(text[start:end]), language)
        ]
    found = [(token.start, token.end, token.folded) for token in analyse(text) if marker.marks(token.folded, token.exact, language)]
    single = {word for word in marker.words if is_one_cluster(word)}
    if single:  # a lone character of an unspaced script is indexed in pairs
        found += [(at, at + 1, char) for at, char in enumerate(text) if fold_word(char) in single]
        found += [(start, end, folded) for start, end, folded in clusters(text) if end - start > 1 and folded in single]
        found.sort()
    return found


def may_answer(texts: list[tuple[str, str]], marker: Marker) -> set[str]:
    """Of texts with their languages those in which ``mark`` may find something: a dozen short ones are looked through in one go."""
    plain, accented, answering = [], [], set()
    for text, language in texts:
        if not _in_place(text, language):
            answering.add(text)  # is looked at word by word
        elif text.isascii():
            plain.append(text)
        else:
            accented.append(text)
    folded = fold_in_place("\n".join(accented))
    if folded is None:  # another script among them
        answering.update(accented)
    else:
        answering.update(_with_candidates(accented, folded, marker))
    answering.update(_with_candidates(plain, "\n".join(plain).lower(), marker))
    return answering


def _with_candidates(texts: list[str], folded: str, marker: Marker) -> Iterator[str]:
    """Of texts, which ``folded`` has line by line, those in which a candidate begins."""
    places = [start for start, _ in marker.candidates(folded)]
    if not places:
        return
    end, at = -1, 0
    for text in texts:
        start, end = end + 1, end + 1 + len(text)
        while at < len(places) and places[at] < start:
            at += 1
        if at < len(places) and places[at] < end:
            yield text


def mark(text: str, marker: Marker, *, language: str = "", length: int | None = None) -> str | None:
    """``text`` as safe HTML with the answers in ``<mark>``; None when it has none.

    ``length`` (characters) cuts a long text to the stretch with most different answers, on word borders, with ellipses.
    """
    spans = answers(text, marker, language)
    if not spans:
        return None
    low, high = (0, len(text)) if length is None or len(text) <= length else _window(text, spans, length)
    inside = _merged([(start, end) for start, end, _ in spans if start >= low and end <= high])
    out, at = [], low
    for start, end in inside:
        out += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    out.append(escape(text[at:high]))
    return (ELLIPSIS if low else "") + "".join(out).strip() + (ELLIPSIS if high < len(text) else "")


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Overlapping spans (pairs of characters) as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _window(text: str, spans: list[tuple[int, int, str]], length: int) -> tuple[int, int]:
    """The stretch of about ``length`` characters that holds most different answers, the first such one, on word borders."""
    before = length // 4  # what is shown before the first answer
    best, chosen = 0, spans[0]
    inside: Counter[str] = Counter()  # the answers between the one that begins the stretch and ``after``
    after = 0
    for at, (start, _, word) in enumerate(spans):
        while after < len(spans) and spans[after][1] <= start + length - before:
            inside[spans[after][2]] += 1
            after += 1
        if len(inside) > best:
            best, chosen = len(inside), spans[at]
        if at < after:
            inside[word] -= 1
            if not inside[word]:
                del inside[word]
        after = max(after, at + 1)
    low = max(0, chosen[0] - before)
    high = min(len(text), max(low + length, chosen[1]))
    if low:
        low = min((match.end() for match in _BREAK.finditer(text, low, chosen[0])), default=chosen[0])
    if high < len(text):
        high = max((match.start() for match in _BREAK.finditer(text, chosen[1], high)), default=high)
    return low, high
