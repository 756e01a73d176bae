"""The columns of the curators' index: every field of a record by itself, as tokens and numbers that both engines store alike.

A token is the column's name, ``=``, and a folded word or value. A number is the column's place in the high bits of a 64-bit
integer, its value in the low 48: one numeric field serves every column of a publication class, and a range stays inside one column.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from search.text import joined_label, whole, words
from search.text.tokens import SHORT

FORM = 3  # raised when tokens or numbers are written otherwise: an index of another form is rebuilt
LONGEST_VALUE = 100
DECIMALS = 10_000  # numbers keep four decimals
_HALF = 1 << 47
LOWEST, HIGHEST = -_HALF, _HALF - 1

WORDS, VALUES, PRESENT, NUMBERS = "fields", "values", "has", "ordered"  # what follows the group's name in the index


@dataclass(slots=True)
class Columns:
    """What one publication class of a record says, by column: texts, values (codes, ids), numbers (already whole).

    ``words``: texts that are words of their columns already (see ``of_texts``); ``tokens``: values that are tokens of their columns already;
    ``also``: the columns of these, and what says something besides.
    """

    texts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    values: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    numbers: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    words: list[str] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    also: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.texts or self.values or self.numbers or self.also)

    def present(self) -> set[str]:
        """Columns that say something."""
        filled = self.also.copy()
        for part in (self.texts, self.values, self.numbers):
            filled.update([name for name, found in part.items() if found])  # type: ignore[attr-defined]
        return filled


def word(column: str, token: str) -> str:
    """A word of a column."""
    return f"{column}={token}"


@lru_cache(maxsize=20_000)
def of_short(column: str, text: str) -> tuple[str, str]:
    """See ``of_text``; for what stands in record after record."""
    return of_text(column, text)


def of_text(column: str, text: str) -> tuple[str, str]:
    """(its words as words of the column, parted by spaces; its whole value) of a text."""
    folded = words(text).folded
    before = f"{column}="
    return before + f" {before}".join(folded) if folded else "", f"{before}={joined_label(folded)}"


def of_texts(column: str, texts: Iterable[str]) -> tuple[list[str], set[str]]:
    """(the words of each text, its whole value) of a column's texts, in their order."""
    stream: list[str] = []
    wholes: set[str] = set()
    for text in texts:
        of_column, one = (of_short if len(text) <= SHORT else of_text)(column, text)
        if of_column:
            stream.append(of_column)
        wholes.add(one)
    return stream, wholes


def value(column: str, text: str) -> str:
    """A whole value of a column: a code, an id."""
    return f"{column}={text}"[: LONGEST_VALUE + len(column) + 1]


def whole_value(column: str, text: str) -> str:
    """A whole text of a column, folded and without punctuation; no code or id looks so."""
    return f"{column}=={whole(text)}"


@lru_cache(maxsize=4_096)
def place(column: str) -> int:
    """The column's place among 32,768. It depends on the name alone, so that a new column moves no other."""
    return int.from_bytes(hashlib.blake2b(column.encode(), digest_size=2).digest()) & 0x7FFF


def number(column: str, amount: int) -> int:
    """A whole number of a column as it is indexed; amounts out of bounds are cut."""
    return middle(column) + min(max(amount, LOWEST), HIGHEST)


def middle(column: str) -> int:
    """Where the column's nought lies; its numbers lie around it."""
    return (place(column) << 48) + _HALF


def numbers(column: str, amounts: Iterable[int]) -> list[int]:
    """``number`` of each amount."""
    nought = middle(column)
    return [nought + (one if LOWEST <= one <= HIGHEST else min(max(one, LOWEST), HIGHEST)) for one in amounts]


def scaled(amount: Decimal | int | float) -> int:
    """A number with its four decimals as a whole one."""
    return amount * DECIMALS if isinstance(amount, int) else round(Decimal(amount) * DECIMALS)
