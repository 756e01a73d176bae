"""What of a hit answers the query, marked. What is the same for all hits of a search is made once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from search.documents import NUMBER_FIELD
from search.queries import TextQuery
from search.requests import Highlight, SearchRequest
from search.text import Marker, looks_like_number, mark, may_answer, number_forms

HIGHLIGHTED = ("title", "maker", NUMBER_FIELD, "subject", "place", "text")
SNIPPET = 220  # characters


def texts_of(source: dict[str, Any], groups: tuple[str, ...]) -> Iterator[tuple[str, str, str, str]]:
    """(group, field, text, language) of the groups that the reader may see, in the order in which highlights are shown."""
    for name in HIGHLIGHTED:
        for group in groups:
            for text, language in source["texts"].get(group, {}).get(name, ()):
                yield group, name, text, language


@dataclass(frozen=True, slots=True)
class Marks:
    """Words to be marked, and numbers that are marked as a whole, in what readers of ``groups`` may see."""

    groups: tuple[str, ...]
    marker: Marker
    numbers: frozenset[str]

    @classmethod
    def of(cls, request: SearchRequest, query: TextQuery) -> Marks | None:
        """None when nothing is to be marked."""
        if not request.highlight or not (query or request.numbers):
            return None
        typed = (query.text, *(clause.text for clause in query.wanted), *request.numbers)
        return cls(request.groups, query.marker(), frozenset(number_forms(text).tight for text in typed if looks_like_number(text)))

    def highlights(self, source: dict[str, Any]) -> Iterator[Highlight]:
        """The first of each field and language."""
        seen: set[tuple[str, str]] = set()
        texts = list(texts_of(source, self.groups))
        # A record's titles, names and words are looked at all at once, its long texts one by one when they are read.
        short = [(text, language) for _, name, text, language in texts if name != "text"]
        answering = may_answer(short, self.marker)
        for _, name, text, language in texts:
            if (name, language) in seen:
                continue
            html: str | None = None
            if name == NUMBER_FIELD and self.numbers and not self.numbers.isdisjoint(number_forms(text).wholes()):
                html = f"<mark>{escape(text)}</mark>"
            elif name == "text" or text in answering:
                html = mark(text, self.marker, language=language, length=SNIPPET if name == "text" else None)
            if html:
                seen.add((name, language))
                yield Highlight(name, language, html)
