"""Counting facets: tokens are counted by number, since looking up words for each bucket of each segment takes ten times as long.

A token's number is a part of its hash, so that it means the same in every index, process and generation; the words behind the numbers
are read from the index's own dictionary of terms when a number is met that is not known yet.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import tantivy
from tantivy import Query

from search.documents import NONE_GIVEN
from search.engines.years import DECADE

if TYPE_CHECKING:
    from search.engines.answering import Answer, Question

# Each segment gives its best values only; with fewer than there are, counts of common values come out too low.
COUNTED_VALUES = 65_000
NUMBER_BYTES = 6  # two of a hundred thousand values are taken for one in one of fifty thousand museums
MOST_KNOWN = 500_000


def number_field(facet_field: str) -> str:
    """The field of the numbers that stand for the tokens of ``facet.maker``: ``count.maker``."""
    return f"count.{facet_field.partition('.')[2]}"


@lru_cache(maxsize=8_000)
def number_of(token: str) -> int:
    """The number of 48 bits that stands for a token."""
    return int.from_bytes(blake2b(token.encode(), digest_size=NUMBER_BYTES).digest(), "big")


_ALWAYS = {number_of(NONE_GIVEN): NONE_GIVEN}  # the index has no word for "no value"


class Tokens:
    """The tokens behind numbers that were met, for all indices of a process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known = _ALWAYS

    def of(self, searcher: tantivy.Searcher, field: str, numbers: Iterable[int]) -> dict[int, str]:
        """Number → token for these numbers of ``field`` (``facet.maker``)."""
        wanted, known = list(numbers), self._known
        if any(number not in known for number in wanted):
            known = self._learn(searcher, field)
        return {number: known[number] for number in wanted}

    def _learn(self, searcher: tantivy.Searcher, field: str) -> dict[int, str]:
        found = {number_of(token): token for token, _ in searcher.terms_with_prefix(field, "")}
        with self._lock:
            # a new table, never one that changes while another thread reads it
            self._known = (_ALWAYS if len(self._known) > MOST_KNOWN else self._known) | found
            return self._known


def count(searcher: tantivy.Searcher, query: Query, question: Question, fields: frozenset[str], tokens: Tokens, answer: Answer) -> None:
    """Put the facets and years that ``question`` asks for into ``answer``. An index of an older museum is counted by tokens."""
    asked: dict[str, dict[str, Any]] = {}
    for name, size in question.facets.items():
        if f"facet.{name}" in fields:
            field = number_field(f"facet.{name}")
            counted_by = field if field in fields else f"facet.{name}"
            asked[f"facet.{name}"] = {"terms": {"field": counted_by, "size": size, "segment_size": max(size, COUNTED_VALUES)}}
    if question.years:
        for name in ("start", "end"):
            asked[name] = {"histogram": {"field": name, "interval": DECADE, "min_doc_count": 1}}
    counted = searcher.aggregate(query, asked) if asked else {}
    for name in question.facets:
        buckets = counted.get(f"facet.{name}", {}).get("buckets", [])
        answer.facets[name] = _named(searcher, f"facet.{name}", buckets, fields, tokens)
    if question.years:
        answer.starts = {int(bucket["key"]): bucket["doc_count"] for bucket in counted["start"]["buckets"]}
        answer.ends = {int(bucket["key"]): bucket["doc_count"] for bucket in counted["end"]["buckets"]}


def _named(
    searcher: tantivy.Searcher, field: str, buckets: list[dict[str, Any]], fields: frozenset[str], tokens: Tokens
) -> list[tuple[str, int]]:
    """(token, count) of what was counted."""
    if number_field(field) not in fields:
        return [(bucket["key"], bucket["doc_count"]) for bucket in buckets]
    named = tokens.of(searcher, field, (int(bucket["key"]) for bucket in buckets))
    return [(named[int(bucket["key"])], bucket["doc_count"]) for bucket in buckets]
