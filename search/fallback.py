"""Search without an engine: every typed word must begin a word of a title, a maker or a number. No facets; it only has to be there."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import orjson
from django.db import connection, models, transaction
from django.db.models import Case, Value, When

from records.inserting import insertion
from search.documents import NUMBER_FIELD, PUBLIC, Document
from search.models import FallbackEntry
from search.queries import parse
from search.requests import Hit, SearchRequest, Suggestion
from search.text import Marker, analyse, mark, number_forms
from search.text import words as words_of
from search.text.tokens import single_characters

logger = logging.getLogger("museum.search")

FIELDS = ("title", "maker", NUMBER_FIELD)
CHUNK = 400


def search(request: SearchRequest) -> tuple[int, list[Hit]]:
    """(total, hits of the page). Public records only: the table holds no others."""
    entries = _matching(request)
    parsed = parse(request.text)
    first = " ".join(clause.folded[0] for clause in parsed.wanted[:3])
    ranked = entries.annotate(
        rank=Case(When(words__startswith=f" {first}", then=Value(0)), default=Value(1), output_field=models.IntegerField())
    ).order_by("rank", "order")
    page = ranked[request.offset : request.offset + request.limit]
    hits = [Hit(entry.document, entry.kind, entry.version, 0.0, entry.display) for entry in page]
    return entries.count(), hits


def suggest(text: str, *, kinds: Sequence[str] = (), limit: int = 8) -> list[Suggestion]:
    """Suggestions from the same table."""
    tokens = analyse(text)
    if not tokens:
        return []
    entries = _with_words(FallbackEntry.objects.all(), [token.folded for token in tokens])
    if kinds:
        entries = entries.filter(kind__in=kinds)
    marker = Marker(beginnings=frozenset(token.folded for token in tokens))
    found = []
    for entry in entries.order_by("order")[:limit]:
        label = next(iter(entry.display.get("title", {}).values()), entry.display.get("number", ""))
        found.append(Suggestion(entry.document, entry.kind, label, mark(label, marker) or "", entry.display))
    return found


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the table before it is stored."""

    document: str
    kind: str
    record_pk: int
    version: int
    words: str
    order: str
    display: str  # JSON, which both databases take as a text; a fifth of the time of the fields' own way


_COLUMNS = [one.name for one in dataclasses.fields(Entry)]
_values = attrgetter(*_COLUMNS)


def entries(documents: Iterable[tuple[int, Document]]) -> list[Entry]:
    """The rows of (key, document) pairs."""
    return [_entry(pk, document) for pk, document in documents]


def store(documents: Iterable[tuple[int, Document]]) -> int:
    """Write (key, document) pairs; an entry of a newer version stays."""
    return keep(entries(documents))


def keep(rows: Iterable[Entry]) -> int:
    """Write rows; one of a newer version stays."""
    # in one order everywhere: two processes that write the same rows wait for each other, never in a circle
    by_name = {row.document: row for row in sorted(rows, key=attrgetter("document", "version"))}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(_upsert(), [_values(row) for row in by_name.values()])
    return len(by_name)


def _upsert() -> str:
    quoted = connection.ops.quote_name
    changed = ", ".join(f"{quoted(name)} = excluded.{quoted(name)}" for name in _COLUMNS if name != "document")
    newer = f"WHERE excluded.version >= {quoted(FallbackEntry._meta.db_table)}.version"
    return f"{insertion(FallbackEntry, _COLUMNS)} ON CONFLICT (document) DO UPDATE SET {changed} {newer}"


def forget(kind: str, pks: Iterable[int]) -> None:
    """Take out records that are not public any more."""
    todo = list(pks)
    for start in range(0, len(todo), CHUNK):
        FallbackEntry.objects.filter(kind=kind, record_pk__in=todo[start : start + CHUNK]).delete()


def _entry(pk: int, document: Document) -> Entry:
    fields = document.query.get(PUBLIC, {})
    words: list[str] = []
    for name in FIELDS:
        for value in fields.get(name, ()):
            words += words_of(value.text).folded
            words += sorted(single_characters(value.text))
            if name == NUMBER_FIELD:
                words.append(number_forms(value.text).tight)
    return Entry(
        document=document.id,
        kind=document.kind,
        record_pk=pk,
        version=document.version,
        words="".join(f" {word}" for word in dict.fromkeys(words)) + " ",
        order=document.sort.get("title", "")[:200],
        display=orjson.dumps(document.display).decode(),
    )


def _matching(request: SearchRequest) -> Any:
    entries = FallbackEntry.objects.all()
    kinds = request.filters.get("kind")
    if kinds:
        entries = entries.filter(kind__in=kinds)
    if request.numbers:
        either = models.Q()
        for number in request.numbers[:50]:
            either |= models.Q(words__contains=f" {number_forms(number).tight}")
        return entries.filter(either)
    parsed = parse(request.text)
    for clause in parsed.wanted:
        tight = number_forms(clause.text).tight
        way = models.Q(words__contains=f" {tight}") if tight else models.Q()
        every = models.Q()
        for word in clause.folded:
            every &= models.Q(words__contains=f" {word}")
        entries = entries.filter(way | every) if tight else entries.filter(every)
    for clause in parsed.unwanted:
        for word in clause.folded:
            entries = entries.exclude(words__contains=f" {word} ")
    return entries


def _with_words(entries: Any, words: Iterable[str]) -> Any:
    for word in words:
        entries = entries.filter(words__contains=f" {word}")
    return entries
