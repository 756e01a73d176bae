"""All words of time in one table, whatever their language: (first word) → the phrases that begin with it, longest first."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from records.fuzzydates import earlier_eras, eras, numerals, periods, sexagenary
from records.fuzzydates.words import cjk, de, en, fr, more, vi
from records.identifiers import fold

Meaning = tuple[str, Any]
Phrase = tuple[tuple[str, ...], str, Any]

# Later tables win where two languages share a word.
TABLES = (*more.WORDS, de.WORDS, fr.WORDS, vi.WORDS, en.WORDS)


def is_ideographic(c: str) -> bool:
    """Chinese characters and kana, which are written without spaces."""
    return "\u2e80" <= c <= "\u9fff" or "\uf900" <= c <= "\ufaff" or c >= "\U00020000"


def simple(text: str) -> str:
    """Folded, with the variants of Chinese characters made one."""
    folded = fold(text)
    return folded if folded.isascii() else folded.translate(cjk.SIMPLE)


def words_of(text: str) -> tuple[str, ...]:
    """A phrase as the reader of texts sees it: folded words without apostrophes, hyphens and stops."""
    return tuple(fold(text).replace("'", "").replace("\u2019", "").replace("-", " ").replace("\u2013", " ").split())


@cache
def phrases() -> tuple[dict[str, list[Phrase]], dict[str, Meaning], int]:
    """(phrases by first word, Chinese and Japanese words, length of the longest of these)."""
    spaced: dict[tuple[str, ...], Meaning] = {}
    dense: dict[str, Meaning] = {}
    for text, kind, value in _everything():
        key = simple(text)
        if key and is_ideographic(key[0]):
            dense[key] = (kind, value)
        else:
            words = words_of(text)
            if not kind.startswith("bare") or words not in spaced:
                spaced[words] = (kind, value)
    by_first: dict[str, list[Phrase]] = {}
    for words, (kind, value) in spaced.items():
        by_first.setdefault(words[0], []).append((words[1:], kind, value))
    for candidates in by_first.values():
        candidates.sort(key=lambda phrase: -len(phrase[0]))
    return by_first, dense, max(map(len, dense))


def _everything() -> Iterator[tuple[str, str, Any]]:
    yield from _names()
    yield from ((text, "gz", position) for text, position in sexagenary.spellings().items())
    yield from _numbers()
    for table in (*TABLES, cjk.WORDS):
        for (kind, value), written in table.items():
            yield from ((text.strip(), kind, value) for text in written.split(",") if text.strip())


def _numbers() -> Iterator[tuple[str, str, Any]]:
    for words in (numerals.FRENCH_ORDINALS, numerals.GERMAN_ORDINALS, numerals.ENGLISH_ORDINALS):
        yield from ((word, "ord", n) for n, word in enumerate(words, 1))
    yield "twenty first", "ord", 21
    for n in range(2, 5):  # German adjectives have endings
        yield from ((numerals.GERMAN_ORDINALS[n - 1] + ending, "ord", n) for ending in ("n", "s", "r"))
    for n in range(1, 22):
        for noun in ("the ky", "the ki", "tk"):
            for thu in ("", "thu "):
                yield f"{noun} {thu}{numerals.vietnamese(n)}", "nth century", n
    for n in range(1, 62):
        yield f"{numerals.sino_vietnamese(n)} nien", "nth year", n
        yield f"thu {numerals.vietnamese(n)}", "nth year", n
    yield from ((f"{noun} {first}", "nth century", 1) for noun in ("the ky", "the ki", "tk") for first in ("nhat", "thu nhat"))
    yield from (
        (f"thien nien {noun} thu {first}", "nth millennium", n)
        for noun in ("ky", "ki")
        for n, first in enumerate(("nhat", "hai", "ba", "tu"), 1)
    )
    yield "thu nhat", "nth year", 1
    yield "nguyen nien", "nth year", 1
    yield "元年", "nth year", 1


def _names() -> Iterator[tuple[str, str, Any]]:
    """Eras and periods; several of one spelling go together."""
    found: dict[str, list[eras.Era]] = {}
    for period, needs_noun in periods.PERIODS:
        texts = [text for spelling in period.spellings for text in (_with_nouns(spelling) if needs_noun else _with_noun_behind(spelling))]
        for key in {" ".join(words_of(text)) for text in texts}:
            found.setdefault(key, []).append(period)
        for key in {simple(text) for text in period.han}:
            found.setdefault(key, []).append(period)
    for number, (start, end) in enumerate(periods.EGYPT, 1):
        dynasty = eras.Era(f"Dynasty {number}", start, end, None, "", (), ())
        for text in (f"{_ordinal(number)} dynasty", f"dynasty {number}", f"dynasty {_roman(number)}"):
            found.setdefault(text, []).append(dynasty)
    yield from _bare_names()
    reigns: dict[str, list[eras.Era]] = {}
    for era in eras.ERAS:
        for text in (*(" ".join(words_of(spelling)) for spelling in era.spellings), *(simple(han) for han in era.han)):
            if era not in reigns.setdefault(text, []):
                reigns[text].append(era)
    yield from _earlier(found | reigns)


def _earlier(names: dict[str, list[eras.Era]]) -> Iterator[tuple[str, str, Any]]:
    """All names together with those of earlier eras, which are bare where no other bears them."""
    bare: dict[str, list[eras.Era]] = {}
    for era in earlier_eras.ERAS:
        for text in map(simple, era.han):
            (names if text in names else bare).setdefault(text, []).append(era)
        for word in (" ".join(words_of(spelling)) for spelling in era.spellings):
            if word not in names:
                bare.setdefault(word, []).append(era)
    nouns = {text: ("{}年间",) if is_ideographic(text[0]) else ("{} era", "{} period") for text in bare}
    yield from ((noun.format(text), "name", tuple(bare[text])) for text in bare for noun in nouns[text] if noun.format(text) not in names)
    yield from ((text, "name", tuple(named)) for text, named in names.items())
    yield from ((text, "bare era" if is_ideographic(text[0]) else "bare reign", tuple(named)) for text, named in bare.items())


def _bare_names() -> Iterator[tuple[str, str, Any]]:
    """The Nguyễn of "thời Lê - Nguyễn": a name that counts only beside another one."""
    for period, needs_noun in periods.PERIODS:
        if needs_noun:
            yield from ((text, "bare name", (period,)) for text in period.spellings)


def _with_nouns(spelling: str) -> list[str]:
    return [f"{noun} {spelling}" for noun in periods.BEFORE] + [f"{spelling} {noun}" for noun in periods.AFTER]


def _with_noun_behind(spelling: str) -> list[str]:
    """Northern Song dynasty, lest "Song dynasty" be seen in it."""
    return [spelling, *(f"{spelling} {noun}" for noun in periods.AFTER if len(spelling.split()) > 1)]


def _ordinal(number: int) -> str:
    ending = "th" if 10 < number % 100 < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    return "x" * tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[ones]
