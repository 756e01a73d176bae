"""Hundreds of queries made by chance, over records made by chance: both engines find what a plain evaluation in Python finds."""

from __future__ import annotations

import fnmatch
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest

from search.columns import Columns, scaled
from search.documents import Text
from search.language import Reader, compile_tree, read
from search.language.comparing import Asked
from search.language.compiling import scope_of
from search.requests import SearchRequest
from tests.search.conformance.corpus import make

TODAY = date(2026, 11, 28)
REGISTRAR = Reader(groups=("p", "s", "r_registrar"))
# Words that no rule of any language shortens, some with marks, with what they are without.
WORDS = {
    "Kalo": "kalo", "mipu": "mipu", "TRỐNG": "trong", "đồng": "dong", "Sứ": "su", "gốm": "gom", "hoà": "hoa", "kalomi": "kalomi", "ponk": "ponk", "x9": "x9", "Łódź": "lodz", "straße": "strasse",
}  # fmt: skip
STATES = ("draft", "live", "public", "changed", "no_picture")

Test = Callable[["Record"], bool]


@dataclass
class Record:
    """A record as plain values."""

    ident: str
    title: list[str] = field(default_factory=list)
    materials: list[str] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    years: tuple[int, int] | None = None
    changed: date = TODAY
    states: set[str] = field(default_factory=set)
    price: int | None = None


def records(chance: random.Random) -> list[Record]:
    made = []
    for number in range(160):
        first = chance.choice([chance.randint(-500, 2000), chance.randint(-3, 3)])
        made.append(
            Record(
                f"chance{number}",
                chance.choices(list(WORDS), k=chance.randint(1, 4)),
                [" ".join(chance.choices(list(WORDS), k=chance.randint(1, 2))) for _ in range(chance.randint(0, 3))],
                [chance.choice([0.5, 1, 7.5, 10, 53.25, 250]) for _ in range(chance.randint(0, 2))],
                (first, first + chance.choice([0, 0, 5, 150])) if chance.random() < 0.8 else None,
                TODAY - timedelta(days=chance.choice([0, 1, 6, 7, 8, 31, 400])),
                {state for state in STATES if chance.random() < 0.3},
                chance.choice([None, None, 90, 1200]),
            )
        )
    return made


def document(record: Record) -> Any:
    told, secret = Columns(), Columns()
    told.texts["titles.text"].append(" ".join(record.title))
    told.texts["materials:material.term"] += record.materials
    told.values["state"] |= record.states
    told.numbers["changed"].add(record.changed.toordinal())
    told.numbers["extent.height"] |= {scaled(height) for height in record.heights}
    if record.years:
        told.also.add("date")
    if record.price is not None:
        secret.numbers["provenance.price_amount"].add(scaled(record.price))
    made = make(record.ident, title=[Text(" ".join(record.title))], years=record.years)
    made.columns = {"s": told, "r_registrar": secret} if secret else {"s": told}
    return made


# -- conditions: what is typed, and what it means


def plain(words: list[str]) -> list[str]:
    return [WORDS[word] for word in words]


def side_by_side(wanted: list[str], words: list[str]) -> bool:
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1))


def any_word(chance: random.Random) -> tuple[str, Test]:
    word = chance.choice(list(WORDS))
    return chance.choice([word, word.upper(), WORDS[word]]), lambda record: WORDS[word] in plain(record.title)


def phrase(chance: random.Random) -> tuple[str, Test]:
    words = chance.choices(list(WORDS), k=2)
    return f'title:"{" ".join(words)}"', lambda record: side_by_side(plain(words), plain(record.title))


def whole_title(chance: random.Random) -> tuple[str, Test]:
    words = chance.choices(list(WORDS), k=chance.randint(1, 2))
    return f'title:="{" ".join(words)}"', lambda record: plain(record.title) == plain(words)


def pattern(chance: random.Random) -> tuple[str, Test]:
    typed = chance.choice(["k*", "*o", "?alo", "k?lo*", "*ong", "*o*m*", "s*", "????", "tr?ng", "*9"])
    return f"title:{typed}", lambda record: any(fnmatch.fnmatchcase(word, typed) for word in plain(record.title))


def material(chance: random.Random) -> tuple[str, Test]:
    words = chance.choices(list(WORDS), k=chance.randint(1, 2))
    return (
        f'material:"{" ".join(words)}"',
        lambda record: any(side_by_side(plain(words), plain(text.split())) for text in record.materials),
    )


def height(chance: random.Random) -> tuple[str, Test]:
    amount = chance.choice([0.5, 1, 7.5, 10, 53.25, 100, 250])
    upper = amount + chance.choice([0, 10, 200])
    typed, holds = chance.choice(
        [
            (f"height:{amount}", lambda one: one == amount),
            (f"height:>{amount}", lambda one: one > amount),
            (f"height:>={amount}", lambda one: one >= amount),
            (f"height:<{amount}", lambda one: one < amount),
            (f"height:<={amount * 10}mm", lambda one: one <= amount),
            (f"height:[{amount} TO {upper}]", lambda one: amount <= one <= upper),
            (f"height:[* TO {amount}]", lambda one: one <= amount),
        ]
    )
    return typed, lambda record: any(holds(one) for one in record.heights)


def years(chance: random.Random) -> tuple[str, Test]:
    low = chance.choice([-301, -300, -1, 0, 1, 2, 1500, 1836])
    high = low + chance.choice([0, 1, 99, 500])
    typed, holds = chance.choice(
        [
            (f"date:{low}", lambda first, last: first <= low <= last),
            (f"date:>{low}", lambda first, last: last > low),
            (f"date:<={low}", lambda first, last: first <= low),
            (f"date:<{low}", lambda first, last: first < low),
            (f"date:>={low}", lambda first, last: last >= low),
            (f"date:[{low} TO {high}]", lambda first, last: first <= high and last >= low),
        ]
    )
    return typed, lambda record: record.years is not None and holds(*record.years)


def changed(chance: random.Random) -> tuple[str, Test]:
    typed, low, high = chance.choice(
        [
            ("changed:today", 0, 0),
            ("changed:yesterday", 1, 1),
            ("changed:7d", 0, 7),
            ("changed:-7d", 7, 7),
            ("changed:<-7d", 8, 10_000),
            ("changed:2025", 332, 696),
            ("changed:[-8d TO -6d]", 6, 8),
        ]
    )
    return typed, lambda record: low <= (TODAY - record.changed).days <= high


def state(chance: random.Random) -> tuple[str, Test]:
    wanted = chance.sample(STATES, 2)
    return f"state:({wanted[0]} OR {wanted[1]})", lambda record: bool(record.states & set(wanted))


def present(chance: random.Random) -> tuple[str, Test]:
    return chance.choice(
        [
            ("date:*", lambda record: record.years is not None),
            ("height:*", lambda record: bool(record.heights)),
            ("material:*", lambda record: bool(record.materials)),
            ("price:*", lambda record: record.price is not None),
            ("price:>100", lambda record: (record.price or 0) > 100),
        ]
    )


CONDITIONS = (any_word, phrase, whole_title, pattern, material, height, years, changed, state, present)


def query(chance: random.Random, depth: int = 3) -> tuple[str, Test]:
    """A query and its meaning."""
    shape = chance.random()
    if depth == 0 or shape < 0.35:
        return chance.choice(CONDITIONS)(chance)
    if shape < 0.5:
        text, test = query(chance, depth - 1)
        return f"{chance.choice(['-', 'NOT '])}({text})", lambda record: not test(record)
    parts = [query(chance, depth - 1) for _ in range(chance.randint(2, 3))]
    tests = [test for _, test in parts]
    if shape < 0.75:
        joined = chance.choice([" ", " AND "]).join(f"({text})" for text, _ in parts)
        return joined, lambda record: all(test(record) for test in tests)
    return " OR ".join(f"({text})" for text, _ in parts), lambda record: any(test(record) for test in tests)


@pytest.fixture(scope="module")
def catalogue() -> list[Record]:
    return records(random.Random(20261128))  # the same records in every run


@pytest.fixture(scope="module")
def filled(shared: Any, catalogue: list[Record]) -> Any:
    result = shared.index_documents("curatorial", [document(record) for record in catalogue])
    assert not result.failed
    shared.refresh("curatorial")
    return shared


@pytest.mark.parametrize("seed", range(8))
def test_what_is_found_is_what_the_query_says(filled: Any, catalogue: list[Record], seed: int) -> None:
    chance = random.Random(seed)
    found_some = 0
    for _ in range(50):
        text, test = query(chance)
        node = compile_tree(read(text), Asked(REGISTRAR, TODAY))
        asked = SearchRequest(groups=REGISTRAR.groups, node=node, scope=scope_of(REGISTRAR), limit=200, highlight=False)
        result = filled.search("curatorial", asked)
        found = {hit.id.partition(":")[2] for hit in result.hits}
        expected = {record.ident for record in catalogue if test(record)}
        assert found == expected, text
        assert result.total == len(expected), text
        found_some += 0 < len(expected) < len(catalogue)
    assert found_some > 30  # queries that find nothing or everything prove little
