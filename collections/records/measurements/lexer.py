"""From a text of dimensions to tokens: numbers, units, kinds, "×", brackets, words."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

from records.identifiers import fold
from records.measurements import words

LONGEST = 2000
PLACES = Decimal("0.0001")
LARGEST = 10**9  # larger figures are inventory numbers


class Token(NamedTuple):
    """A piece of the text; ``value`` depends on ``kind``: Decimal, UCUM unit, kind of measurement, letter, qualifier."""

    kind: str
    value: Any
    start: int
    end: int


_VULGAR = "".join(chr(c) for c in (*range(0xBC, 0xBF), *range(0x2150, 0x215F), 0x2189))
_NUMBER = (
    rf"\d+[ \u00a0\u202f-]+\d+\s?[/\u2044]\s?\d+(?![\d/])|\d+\s?[/\u2044]\s?\d+(?![\d/])|\d+\s?[{_VULGAR}]|[{_VULGAR}]"
    r"|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])|\d{1,3}(?:\.\d{3})+,\d+|\d+[.,]\d+|(?<![^\W_])\.\d+|\d+"
)
_TOKEN = re.compile(
    r"(?P<clock>(?<!\d)\d{1,2}:\d{2}:\d{2}(?!\d))"
    rf"|(?P<number>{_NUMBER})"
    r"|(?P<letters>(?<![^\W_])[HWDLBTPCR](?:\s?[x\u00d7/]\s?[HWDLBTPCR])+(?![^\W_]))"
    r"|(?P<sign>[\"'\u2032\u2033\u201c\u201d\u2019]{1,2})"
    r"|(?P<times>[x\u00d7\u2715\u2716*\u0445](?![^\W\d_]))"
    r"|(?P<cjk>[\u3400-\u9fff\u3040-\u30ff]+)"
    r"|(?P<word>[^\W\d_\u3400-\u9fff\u3040-\u30ff]+(?:\d+(?=\s*:))?|[\u2300\u00f8\u2205])"
    r"|(?P<dash>[-\u2010-\u2015\u2212~])"
    r"|(?P<mark>[():;,/+\n|\[\]])",
    re.IGNORECASE,
)
_SIGNS = str.maketrans(
    {"\u2032": "'", "\u2019": "'", "\u2033": '"', "\u201c": '"', "\u201d": '"', "\u2044": "/", "\u00a0": " ", "\u202f": " "}
)


_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # １２．５ｃｍ


@cache
def _vocabulary() -> tuple[dict[tuple[str, ...], tuple[str, Any]], int]:
    table: dict[tuple[str, ...], tuple[str, Any]] = {}
    for kind, listed in words.KIND_WORDS.items():
        table.update({tuple(fold(w.strip()).split()): ("kind", kind) for w in listed.split(",")})
    for qualifier, listed in words.QUALIFIERS.items():
        table.update({tuple(fold(w.strip().rstrip(".")).split()): ("qualifier", qualifier) for w in listed.split(",")})
    table.update({(word,): ("word", word) for word in words.CHINESE_WORDS})
    table.update({(word,): ("ignored", None) for word in words.CHINESE_IGNORED})
    return table, max(map(len, table))


@cache
def _units() -> dict[str, str]:
    return {fold(word.strip()): unit for unit, listed in words.UNIT_WORDS.items() for word in listed.split(",")}


def tokens(text: str) -> list[Token]:
    """The tokens of a text (its first 2000 characters)."""
    text = text[:LONGEST].translate(_HALF_WIDTH)
    raw = [(match.lastgroup or "", match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]
    found: list[Token] = []
    i = 0
    while i < len(raw):
        kind, surface, start, end = raw[i]
        if kind == "number":
            if (value := number(surface)) < LARGEST:
                found.append(Token("number", value, start, end))
        elif kind == "clock":
            hours, minutes, seconds = map(int, surface.split(":"))
            found += [Token("number", Decimal(hours * 3600 + minutes * 60 + seconds), start, end), Token("unit", "s", end, end)]
        elif kind == "letters":
            found += _letters(surface, start)
        elif kind == "times":
            found.append(Token("times", None, start, end))
        elif kind == "mark" or kind == "dash":
            found.append(Token("-" if kind == "dash" else surface, None, start, end))
        elif (unit := _unit(surface, found)) is not None and not (unit == "h" and raw[i + 1 : i + 2] and raw[i + 1][0] == "times"):
            found.append(Token("unit", unit, start, end))
        elif kind == "cjk":
            found.extend(_ideographs(surface, start))
        elif kind == "word":
            i += _word(raw, i, text, found)
            continue
        i += 1
    return found


def _unit(surface: str, found: list[Token]) -> str | None:
    """A unit, which only stands behind a number."""
    if not found or found[-1].kind != "number":
        return None
    return unit_of(surface)


def unit_of(surface: str) -> str | None:
    """The UCUM code of a word or sign for a unit."""
    return _units().get(fold(surface.translate(_SIGNS)))


def _letters(surface: str, start: int) -> list[Token]:
    """H x W x D, DxRxC."""
    places = [(c, start + i) for i, c in enumerate(surface) if c in words.LETTERS]
    found: list[Token] = []
    for letter, place in places:
        if found:
            found.append(Token("times", None, place, place))
        found.append(Token("letter", letter, place, place + 1))
    return found


def _ideographs(run: str, start: int) -> list[Token]:
    table, _ = _vocabulary()
    found = []
    i = 0
    while i < len(run):
        for size in range(min(3, len(run) - i), 0, -1):
            meaning = table.get((run[i : i + size],))
            if meaning:
                found.append(Token(*meaning, start + i, start + i + size))
                if part := words.NAMED_PARTS.get(run[i : i + size]):
                    found.append(Token("word", part, start + i, start + i + size))
                i += size
                break
        else:
            found.append(Token("word", run[i], start + i, start + i + 1))
            i += 1
    return found


def _word(raw: list[tuple[str, str, int, int]], i: int, text: str, found: list[Token]) -> int:
    """Add the phrase, letter or word at ``i``; returns how many raw pieces it took."""
    table, longest = _vocabulary()
    _, surface, start, end = raw[i]
    run = []
    for piece in raw[i : i + longest]:
        if piece[0] != "word":
            break
        run.append(fold(piece[1]))
    for size in range(len(run), 0, -1):
        meaning = table.get(tuple(run[:size]))
        if meaning and not (size == 1 and (surface in words.LETTERS or surface.lower() in words.NOT_KINDS)):
            found.append(Token(*meaning, start, raw[i + size - 1][3]))
            if size == 1 and (part := words.NAMED_PARTS.get(run[0])):
                found.append(Token("word", part, start, end))
            return size
    folded = run[0]
    if folded in words.TIMES:
        found.append(Token("times", None, start, end))
    elif surface in words.LETTERS and _stands_alone(text, start, end):
        found.append(Token("letter", surface, start, end))
    elif folded in words.TO and found and found[-1].kind in ("number", "unit"):
        found.append(Token("to", None, start, end))
    elif folded in words.FROM or folded in words.IGNORED or (folded == "in" and tuple(run[1:2]) in table):
        found.append(Token("ignored", None, start, end))
    else:
        found.append(Token("word", surface, start, end))
    return 1


def _stands_alone(text: str, start: int, end: int) -> bool:
    """A letter as an abbreviation: H. 30, H: 30, H 30, H30, 30 cm H x, (H)."""
    before = text[start - 1 : start]
    after = text[end : end + 1]
    return not before.isalpha() and (after == "" or after in ".:=,;)x×/ \n" or after.isdigit())


def number(written: str) -> Decimal:
    """29 5/8, 3/4, 1½, 78,5, 1,234.5, 61.5 as a Decimal."""
    plain = written.translate(_SIGNS)
    if re.fullmatch(r"\d{1,3}(\.\d{3})+,\d+", plain):
        plain = plain.replace(".", "")
    if "/" in plain or any(c in _VULGAR for c in plain):
        return _fraction(plain)
    if re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+(\.\d+)?", plain):
        plain = plain.replace(",", "")
    return Decimal(plain.replace(",", "."))


def _fraction(plain: str) -> Decimal:
    spaced = "".join(f" {Fraction(unicodedata.numeric(c)).limit_denominator(10)}" if c in _VULGAR else c for c in plain)
    spaced = re.sub(r"\s*/\s*", "/", spaced).replace("-", " ")
    total = Fraction(0)
    for part in spaced.split():
        upper, _, lower = part.partition("/")
        if lower and int(lower) == 0:
            return Decimal(int(upper))
        total += Fraction(int(upper), int(lower or 1))
    return (Decimal(total.numerator) / Decimal(total.denominator)).quantize(PLACES).normalize() + 0
