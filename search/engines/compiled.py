"""A document as both engines store it: streams of ready tokens, sets of ready tokens, keys. No engine analyses a text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import orjson

from search import columns
from search.columns import Columns
from search.documents import (
    COLUMN_GROUPS,
    FACETS,
    FILTERS,
    GROUPS,
    NONE_GIVEN,
    NUMBER_FIELD,
    SORTS,
    TEXT_FIELDS,
    Audience,
    ByIdentity,
    Document,
    FacetValue,
    Text,
    degrees,
)
from search.engines.years import as_written
from search.text import number_forms, prefixes, streams, whole
from search.text.tokens import BETWEEN

# Sets of tokens per group, without order and length: they only say yes or no, more or less rare.
SET_FIELDS = ("extra", "exact", "label", NUMBER_FIELD, "suggest")
SHAREABLE = ("maker", "subject", "culture", "period", "type", "material", "technique", "place", "exhibition", "collection")


@dataclass(slots=True)
class Compiled:
    """Field → what is stored there. ``words``, ``sets``: tokens parted by spaces, in order and in none; ``facets``: tokens; ``sort``: keys; ``numbers``: 64 bits.

    ``dates``: written years. One text holds the hundreds of tokens of a field: handing them over one by one takes longer than making them.
    """

    id: str
    kind: str
    version: int
    words: dict[str, str]
    sets: dict[str, str]
    facets: dict[str, list[str]]
    sort: dict[str, str]
    dates: tuple[int, int] | None
    source: str
    numbers: dict[str, list[int]] = field(default_factory=dict)
    position: tuple[int, int] | None = None


_token = ByIdentity(FacetValue.token)
_WHITE = re.compile(r"\s")
FOR_WHITE = "␣"


def spaceless(token: str) -> str:
    """A token as it is indexed and asked for: white space, which parts tokens, is another sign in it."""
    return _WHITE.sub(FOR_WHITE, token)


def _joined(tokens: Collection[str]) -> str:
    """Tokens parted by spaces. White space is in few of them (a team's name, an address written by hand)."""
    text = " ".join(tokens)
    plain = text.count(" ") == len(tokens) - 1 and text.isprintable()  # no white space but our own
    return text if plain else " ".join([spaceless(token) for token in tokens])


def _counted_of(values: list[FacetValue]) -> tuple[list[str], str]:
    """The terms that are counted, and the ids that are looked for."""
    return [_token(value) for value in values], _joined([value.id for value in values])


# Thousands of records of one kind share the list of its values.
_counted = ByIdentity(_counted_of)


_FACET_FIELDS = tuple((name, f"facet.{name}", f"filter.{name}") for name in FACETS)
_NO_VALUE = ([NONE_GIVEN], NONE_GIVEN)


@cache
def _of_kind(kind: str) -> list[FacetValue]:
    return [FacetValue(kind, {})]


def word_fields(audience: Audience) -> list[str]:
    """Names of the fields with ordered words."""
    by_group = [f"{group}.{name}" for group in GROUPS[audience] for name in TEXT_FIELDS]
    return by_group + [f"{group}.{columns.WORDS}" for group in COLUMN_GROUPS[audience]]


def set_fields(audience: Audience) -> list[str]:
    """Names of the fields that are sets of tokens."""
    by_group = [f"{group}.{name}" for group in GROUPS[audience] for name in SET_FIELDS]
    by_group += [f"{group}.{name}" for group in COLUMN_GROUPS[audience] for name in (columns.VALUES, columns.PRESENT)]
    return by_group + [f"filter.{name}" for name in (*FACETS, *FILTERS)]


def number_fields(audience: Audience) -> list[str]:
    """Names of the fields that hold whole numbers of any column, for ranges."""
    return [f"{group}.{columns.NUMBERS}" for group in COLUMN_GROUPS[audience]]


def facet_fields() -> list[str]:
    """Names of the fields that are counted."""
    return [f"facet.{name}" for name in FACETS]


def sort_fields() -> list[str]:
    """Names of the fields by which results are put in order."""
    return [f"sort.{name}" for name in SORTS]


def compile_document(document: Document, audience: Audience) -> Compiled:
    """Raises ValueError for a document that does not fit the audience (see Document.checked)."""
    document.checked(audience)
    words: dict[str, str] = {}
    sets: dict[str, str] = {}
    for group, fields in document.query.items():
        group_words, group_sets = _group(fields)
        words |= {f"{group}.{name}": value for name, value in group_words.items()}
        sets |= {f"{group}.{name}": tokens for name, tokens in group_sets.items()}
    numbers: dict[str, list[int]] = {}
    for group, told in document.columns.items():
        _columns(group, told, words, sets, numbers)
    given = document.facets | {"kind": _of_kind(document.kind)}
    facets: dict[str, list[str]] = {}
    for name, counted, looked_for in _FACET_FIELDS:
        values = given.get(name)
        facets[counted], sets[looked_for] = _counted(values) if values else _NO_VALUE
    for name, idents in document.filters.items():
        if idents:
            sets[f"filter.{name}"] = _joined(sorted(idents))
    source: dict[str, Any] = document.source()
    source["shared"] = {name: [value.id for value in document.facets.get(name, ())] for name in SHAREABLE if document.facets.get(name)}
    # The id makes every key unique, so that pages never repeat or lose a record.
    sort = {f"sort.{name}": f"{key}\x1f{document.id}" for name, key in document.sort.items()}
    source["digest"] = _digest(words, sets, facets, sort, [source, numbers, document.dates, document.position])
    return Compiled(
        id=document.id,
        kind=document.kind,
        version=document.version,
        words=words,
        sets=sets,
        facets=facets,
        sort=sort,
        dates=(as_written(document.dates[0]), as_written(document.dates[1])) if document.dates else None,
        source=orjson.dumps(source).decode(),
        numbers=numbers,
        position=(degrees(document.position[0]), degrees(document.position[1])) if document.position else None,
    )


def _digest(words: dict[str, str], sets: dict[str, str], facets: dict[str, list[str]], sort: dict[str, str], others: list[Any]) -> str:
    """A digest of all that is indexed. The tokens, most of it, are made in an order that is always the same, and go in as they are."""
    said = [*words, *words.values(), *sets, *sets.values(), *sort.values()]
    for tokens in facets.values():
        said += tokens
    whole = hashlib.blake2b("\n".join(said).encode(), digest_size=8)
    whole.update(orjson.dumps(others, option=orjson.OPT_SORT_KEYS))
    return whole.hexdigest()


def compile_all(documents: Iterable[Document], audience: Audience) -> tuple[list[Compiled], dict[str, str]]:
    """Compiled documents (of one id the highest version) and the reasons of those that cannot be compiled."""
    made: dict[str, Compiled] = {}
    failed: dict[str, str] = {}
    for document in documents:
        try:
            compiled = compile_document(document, audience)
        except ValueError as error:
            failed[document.id] = str(error)
            continue
        known = made.get(document.id)
        if known is None or known.version <= compiled.version:
            made[document.id] = compiled
    return list(made.values()), failed


def digest_of(document: Document, audience: Audience) -> str:
    """What ``Hit.digest`` is for a document that is indexed as it is now."""
    return orjson.loads(compile_document(document, audience).source)["digest"]


def _group_of(fields: dict[str, list[Text]]) -> tuple[dict[str, str], dict[str, str]]:
    """The words and sets of one publication class, by field."""
    made = {name: streams(fields[name]) for name in TEXT_FIELDS if fields.get(name)}
    extra: set[str] = set().union(*[one.extra for one in made.values()])
    titles = fields.get("title", ())
    numbers: set[str] = set()
    for value in fields.get(NUMBER_FIELD, ()):
        forms = number_forms(value.text)
        numbers |= forms.tokens()
        extra.update(forms.parts)
        extra.add(forms.tight)
    found: dict[str, set[str]] = {
        "extra": extra,
        "exact": set().union(*[one.exact for one in made.values()]),
        "label": {whole(value.text) for value in titles},
        NUMBER_FIELD: numbers,
        "suggest": set().union(*[prefixes(value.text) for value in titles]),
    }
    for tokens in found.values():
        tokens.discard("")
    words = {name: one.words for name, one in made.items()}
    return words, {name: _joined(sorted(tokens)) for name, tokens in found.items() if tokens}


# The public's words stand in the documents of both audiences.
_group = ByIdentity(_group_of, most=100)


def _columns(group: str, told: Columns, words: dict[str, str], sets: dict[str, str], numbers: dict[str, list[int]]) -> None:
    stream = told.words.copy()
    values = {columns.value(name, one) for name, found in told.values.items() for one in found} | told.tokens
    for name, texts in told.texts.items():
        of_column, wholes = columns.of_texts(name, texts)
        stream += of_column
        values |= wholes
    if stream:
        words[f"{group}.{columns.WORDS}"] = BETWEEN.join(dict.fromkeys(stream))
    for what, found in ((columns.VALUES, values), (columns.PRESENT, told.present())):
        if found:
            sets[f"{group}.{what}"] = _joined(sorted(found))
    if told.numbers:
        numbers[f"{group}.{columns.NUMBERS}"] = sorted(
            [one for name, found in told.numbers.items() for one in columns.numbers(name, found)]
        )
