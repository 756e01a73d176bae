"""Words that a misspelled word may have meant, out of the index's own vocabulary; kept in memory, since reading it takes a tenth of a second."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass

import tantivy
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from search.engines.answering import MENDED_BY, SHORTEST_MENDED

_DIGIT = re.compile(r"\d")
FURTHEST = 2  # letters wrong
KEPT_SECONDS = 30.0  # what was kept serves so long after the index has changed: whatever is proposed is searched for first
MOST_PROPOSED = 100


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    generation: str
    made: float
    by_length: dict[int, dict[str, int]]


class Spelling:
    """The vocabulary of one audience's index, by publication classes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[tuple[str, ...], _Vocabulary] = {}

    def near(
        self, searcher: tantivy.Searcher, generation: str, fields: Iterable[str], groups: tuple[str, ...], word: str
    ) -> dict[str, int]:
        """Words at most two letters away, with the number of documents that have each."""
        known = self._vocabulary(searcher, generation, frozenset(fields), groups)
        found: dict[str, int] = {}
        for length in range(max(SHORTEST_MENDED, len(word) - FURTHEST), len(word) + FURTHEST + 1):
            words = known.by_length.get(length)
            if words:
                near = process.extract(word, words.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=FURTHEST, limit=MOST_PROPOSED)
                found.update((term, words[term]) for term, _, _ in near)
        return found

    def _vocabulary(self, searcher: tantivy.Searcher, generation: str, fields: frozenset[str], groups: tuple[str, ...]) -> _Vocabulary:
        with self._lock:
            known = self._kept.get(groups)
            now = time.monotonic()
            if known is None or (known.generation != generation and now - known.made > KEPT_SECONDS):
                known = self._kept[groups] = _Vocabulary(generation, now, _read(searcher, fields, groups))
            return known


def _read(searcher: tantivy.Searcher, fields: frozenset[str], groups: tuple[str, ...]) -> dict[int, dict[str, int]]:
    by_length: dict[int, dict[str, int]] = {}
    for name in (f"{group}.{field}" for group in groups for field in MENDED_BY):
        if name not in fields:
            continue
        for term, count in searcher.terms_with_prefix(name, ""):
            if len(term) >= SHORTEST_MENDED and not _DIGIT.search(term):
                words = by_length.setdefault(len(term), {})
                words[term] = max(count, words.get(term, 0))
    return by_length
