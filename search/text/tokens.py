"""Tokens with their places in the stored text, and the streams that the engines index."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from search.text.folding import exact_form, fold_word, is_latin
from search.text.stems import has_stems, stem_token

GAP = "¶"  # stands between two values of one field, so that no phrase reaches across; no word is ever spelled so
LONGEST = 100  # characters of a token; longer ones are cut (both engines bound the length of a term)
LONGEST_PREFIX = 15


class Token(NamedTuple):
    """One indexed word: its folded and exact forms and where it stands in the text as stored (code points, end excluded)."""

    folded: str
    exact: str
    start: int
    end: int


TextValue = tuple[str, str]  # a text with its language (BCP 47, or empty)


def _marks() -> str:
    """A character class of every combining mark (they belong to the letter before them) the invisible joiners and the Hebrew signs of abbreviation."""
    codes = [code for code in range(0x300, 0x20000) if unicodedata.category(chr(code))[0] == "M"]
    runs: list[list[int]] = []
    for code in codes:
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return "".join(f"{chr(low)}-{chr(high)}" for low, high in runs) + "\U000e0100-\U000e01ef\u00ad\u200c\u200d\u05f3\u05f4"


_MARKS = _marks()
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
_ASCII_WORD = re.compile("[a-z0-9]+")
_UNMARKED_WORD = re.compile(r"[^\W_]+")  # three times as quick, for a text without combining marks
# Scripts that put no space between words: Han, kana, Hangul (its particles stick to the word), Thai, Lao, Myanmar, Khmer.
_UNSPACED = (
    "\u3005\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\uac00-\ud7ff\u1100-\u11ff"
    # without their figures, which make numbers as everywhere
    "\u0e00-\u0e4f\u0e5a-\u0ecf\u0eda-\u0eff\u1000-\u103f\u104a-\u108f\u109a-\u109f\u1780-\u17df\u17ea-\u17ff\U00020000-\U0003fffd"
)
_HAS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_RUNS = re.compile(rf"(?:[{_UNSPACED}][{_MARKS}]*)+|[^{_UNSPACED}]+")
_CLUSTER = re.compile(rf"[\u1100-\u115f][\u1160-\u11a7]?[\u11a8-\u11ff]?|.[{_MARKS}\uff9e\uff9f]*")
_APOSTROPHES = frozenset("'’ʼ＇")
_HYPHENS = frozenset("-‐‑－")
# Words with hyphens between them; a number or a year is never put together with its neighbour.
_HYPHENATED = re.compile(rf"(?<!\w)(?:[^\W\d_](?:[^\W\d_]|[{_MARKS}])*[-‐‑－])+[^\W\d_](?:[^\W\d_]|[{_MARKS}])*(?![\w{_MARKS}])")
# Persian parts the halves of a word by an invisible sign, and many type a space there: it is a hyphen. In other scripts it only shapes letters.
_HALF_SPACE = "\u200c"
_ARABIC = "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc"
_HALF_SPACED = re.compile(f"(?<=[{_ARABIC}]){_HALF_SPACE}(?=[{_ARABIC}])")
_POSSESSIVE = re.compile("['’ʼ＇](s)(?=[-‐‑－])", re.IGNORECASE)
_ELIDED = frozenset({"qu", "jusqu", "lorsqu", "dell", "nell", "all", "sull"})


def _pieces(text: str) -> Iterator[tuple[int, int, bool]]:
    """(start, end, elided) of every word; elided are the short ends beside an apostrophe (l’, d’, ’s), which are not indexed alone."""
    spans = [match.span() for match in _WORD.finditer(text)]
    last = len(spans) - 1
    for index, (start, end) in enumerate(spans):
        elided = False
        if index < last and spans[index + 1][0] == end + 1 and text[end] in _APOSTROPHES:
            elided = end - start == 1 or text[start:end].lower() in _ELIDED
        if index and spans[index - 1][1] == start - 1 and text[start - 1] in _APOSTROPHES:
            elided = elided or end - start == 1
        yield start, end, elided


def _unspaced(text: str, start: int, end: int) -> Iterator[Token]:
    """The pairs of neighbouring characters of a run (a run of one gives itself)."""
    spans = [(start + m.start(), start + m.end()) for m in _CLUSTER.finditer(text[start:end])]
    if len(spans) == 1:
        spans = [spans[0], spans[0]]
        pairs = [(spans[0][0], spans[0][1])]
    else:
        pairs = [(first[0], second[1]) for first, second in itertools.pairwise(spans)]
    for low, high in pairs:
        yield Token(fold_word(text[low:high]), exact_form(text[low:high]), low, high)


@lru_cache(maxsize=200_000)
def _forms(word: str) -> tuple[str, str]:
    """Folded and exact form of a word, cut to the longest token."""
    return fold_word(word)[:LONGEST], exact_form(word)[:LONGEST]


def _is_plain(text: str) -> bool:
    """True for a text of spaced words without apostrophes: most texts, and quickly done."""
    return _APOSTROPHES.isdisjoint(text) and (text.isascii() or not _HAS_UNSPACED.search(text))


def _with_hyphens(text: str) -> str:
    """The text with hyphens in the place of half-spaces, no character longer or shorter."""
    return _HALF_SPACED.sub("-", text) if _HALF_SPACE in text else text


def analyse(text: str) -> list[Token]:
    """The tokens of a text in order. Words by Unicode letters, digits and their marks; unspaced scripts by pairs of characters."""
    text = _with_hyphens(text)
    if _is_plain(text):
        return [Token(*_forms(match[0]), match.start(), match.end()) for match in _WORD.finditer(text) if _forms(match[0])[0]]
    found: list[Token] = []
    for start, end, elided in _pieces(text):
        if elided:
            continue
        word = text[start:end]
        if not _HAS_UNSPACED.search(word):
            found.append(Token(*_forms(word), start, end))
            continue
        for run in _RUNS.finditer(word):
            low, high = start + run.start(), start + run.end()
            if _HAS_UNSPACED.match(run[0]):
                found.extend(_unspaced(text, low, high))
            else:
                found.append(Token(*_forms(run[0]), low, high))
    return [token for token in found if token.folded]


def single_characters(text: str) -> set[str]:
    """Every character of the unspaced scripts by itself, and with its vowels and tones, folded: what a query of one looks for."""
    found = set(_HAS_UNSPACED.findall(text))
    if not found:
        return set()
    for run in _RUNS.findall(text):
        if _HAS_UNSPACED.match(run):
            found.update(_CLUSTER.findall(run))
    return {folded for one in found if (folded := fold_word(one))}


def clusters(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, folded) of every character of the unspaced scripts with its vowels and tones."""
    return ((m.start(), m.end(), fold_word(m[0])) for m in _CLUSTER.finditer(text) if _HAS_UNSPACED.match(m[0]))


def is_one_cluster(word: str) -> bool:
    """True for one character of an unspaced script with the vowels and tones that sit on it."""
    return bool(_HAS_UNSPACED.match(word)) and _CLUSTER.fullmatch(word) is not None


def joined(text: str) -> set[str]:
    """Words written with an apostrophe as one word: ``O’Keeffe`` gives ``okeeffe``."""
    spans = [match.span() for match in _WORD.finditer(text)]
    return {
        fold_word(text[a:b] + text[c:d])[:LONGEST] for (a, b), (c, d) in itertools.pairwise(spans) if c == b + 1 and text[b] in _APOSTROPHES
    }


def hyphenated(text: str) -> set[str]:
    """Words written with hyphens as one word, and each two neighbours: ``mother-of-pearl`` gives ``motherofpearl``, ``motherof``, ``ofpearl``."""
    found: set[str] = set()
    bare = text if _APOSTROPHES.isdisjoint(text) else _POSSESSIVE.sub(r"\1", text)  # bull's-eye is bullseye
    for match in _HYPHENATED.finditer(bare):
        if is_unspaced(match[0]):
            continue
        parts = [fold_word(part) for part in re.split("[-‐‑－]", match[0])]
        found.update("".join(pair)[:LONGEST] for pair in itertools.pairwise(parts))
        found.add("".join(parts)[:LONGEST])
    return found


def is_unspaced(text: str) -> bool:
    """True when the text has a character of a script without spaces."""
    return _HAS_UNSPACED.search(text) is not None


class Words(NamedTuple):
    """The words of a text without their places: folded, and as written. The lists are shared and never changed."""

    folded: list[str]
    exact: list[str]


# Names of makers, places, materials and kinds stand in record after record; a longer text is asked for by each reader of one record.
SHORT = 80
LONG = 4_000


def words(text: str) -> Words:
    """The words of a text in order; each text is taken apart once, whoever asks."""
    return _short_words(text) if len(text) <= SHORT else _long_words(text) if len(text) <= LONG else _words_of(text)


def _words_of(text: str) -> Words:
    if _APOSTROPHES.isdisjoint(text):
        if text.isascii():
            folded = [word if len(word) <= LONGEST else word[:LONGEST] for word in _ASCII_WORD.findall(text.lower())]
            return Words(folded, folded)  # one and the same list: they cannot differ
        if is_latin(text):
            forms = [_forms(word) for word in _UNMARKED_WORD.findall(text)]
            return Words([folded for folded, _ in forms], [exact for _, exact in forms])
    tokens = analyse(text)
    return Words([token.folded for token in tokens], [token.exact for token in tokens])


_short_words = lru_cache(maxsize=20_000)(_words_of)
_long_words = lru_cache(maxsize=400)(_words_of)


class Streams(NamedTuple):
    """What one field of a document becomes: folded words in order, parted by spaces, GAP between values, and two sets without order."""

    words: str
    exact: frozenset[str]  # exact forms that differ from the folded ones
    extra: frozenset[str]  # stems, single characters, joined and hyphenated words


def _stream(text: str, language: str) -> Streams:
    """The streams of one value."""
    folded, exact = words(text)
    differing = _NOTHING if exact is folded else frozenset(exact).difference(folded)
    extra: set[str] = set()
    if folded:
        if language and has_stems(language):
            extra.update(stem for word in set(exact) if (stem := stem_token(word, language)))
        if not text.isascii():
            extra |= single_characters(text)
        if not _APOSTROPHES.isdisjoint(text):
            extra |= joined(text)
        hyphens = _with_hyphens(text)
        if not _HYPHENS.isdisjoint(hyphens):
            extra |= hyphenated(hyphens)
    return Streams(" ".join(folded), differing, frozenset(extra))


_NOTHING: frozenset[str] = frozenset()
_short_stream = lru_cache(maxsize=20_000)(_stream)
BETWEEN = f" {GAP} "


def streams(values: Iterable[TextValue]) -> Streams:
    """The streams of a field with any number of values."""
    made = [one for text, language in values if (one := (_short_stream if len(text) <= SHORT else _stream)(text, language)).words]
    if len(made) == 1:
        return made[0]
    return Streams(
        BETWEEN.join([one.words for one in made]),
        _NOTHING.union(*[one.exact for one in made]),
        _NOTHING.union(*[one.extra for one in made]),
    )


def joined_label(folded: Iterable[str]) -> str:
    """Folded words as one token, at most LONGEST characters."""
    return "_".join(folded)[:LONGEST]


def whole(text: str) -> str:
    """A whole label as one token, for "exactly this title"."""
    return joined_label(words(text).folded)


@lru_cache(maxsize=50_000)
def _beginnings(word: str) -> tuple[str, ...]:
    return tuple(word[:length] for length in range(1, min(len(word), LONGEST_PREFIX) + 1))


def prefixes(text: str) -> set[str]:
    """Every beginning of every word of a label, folded; those of the whole label carry a leading ``^``."""
    folded = words(text).folded
    found = single_characters(text)
    for word in folded:
        found.update(_beginnings(word))
    if folded:
        found.update([f"^{beginning}" for beginning in _beginnings(folded[0])])
    return found
