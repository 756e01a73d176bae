"""The seam: what a search engine does for the museum. Two rooms fill it (tantivy, elasticsearch), one conformance suite holds them to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from search.documents import Audience, Document
from search.engines.compiled import Compiled
from search.requests import BulkResult, Hit, IndexState, SearchRequest, SearchResult, Stats, Suggestion


class EngineError(Exception):
    """Something that the engine could not do; the message is a sentence for the log and for staff."""


class EngineUnavailableError(EngineError):
    """The engine does not answer, or has no index yet: ask the fallback, and try again later."""


class Rebuild(Protocol):
    """A new index beside the one that serves. What is written to the engine meanwhile reaches both."""

    name: str

    def index(self, documents: Iterable[Document]) -> BulkResult:
        """Adds documents; one that the worker has written meanwhile in a newer version stays."""

    def take(self, compiled: list[Compiled]) -> BulkResult:
        """``index`` for documents that are compiled already (by another process)."""

    def commit_and_swap(self) -> Stats:
        """Makes the new index the one that serves, in one step; the old one is kept for a way back."""

    def abort(self) -> None:
        """Throws the new index away; nothing has changed for anybody."""


class SearchEngine(Protocol):
    """``audience`` is decided by the server from the user. ``groups`` (in requests) likewise.

    Every method may raise EngineUnavailableError.
    """

    name: str
    patience: float  # seconds that one question may take

    def exists(self, audience: Audience) -> bool:
        """Whether there is an index that serves. Makes none."""

    def ensure(self, audience: Audience) -> IndexState:
        """Creates an empty index where there is none; says whether the one there is built for today's fields."""

    def begin_rebuild(self, audience: Audience) -> Rebuild:
        """Starts a new index. What a rebuild that ended before its time left is thrown away. Raises EngineError while another one runs."""

    def index_documents(self, audience: Audience, documents: Iterable[Document]) -> BulkResult:
        """Writes documents; one whose version is lower than what is there (or was deleted) is ignored. Reports each failure by id.
        Creates the index where there is none.
        """

    def write(self, audience: Audience, compiled: list[Compiled]) -> BulkResult:
        """``index_documents`` for documents that are compiled already (by another process), into an index that is there.

        Raises EngineUnavailableError where there is none: it was deleted a moment ago, and one of these documents alone would look whole.
        """

    def delete(self, audience: Audience, versions: Iterable[tuple[str, int]]) -> BulkResult:
        """Deletes ``(id, version)``; a document of a higher version stays. A later write of a lower version is ignored."""

    def search(self, audience: Audience, request: SearchRequest) -> SearchResult:
        """Hits, facets, histogram."""

    def suggest(
        self,
        audience: Audience,
        text: str,
        *,
        groups: tuple[str, ...],
        kinds: tuple[str, ...] = (),
        languages: tuple[str, ...] = (),
        limit: int = 8,
    ) -> list[Suggestion]:
        """Records with a label in which every typed word begins a word; with ``kinds``, up to ``limit`` of each kind in that order."""

    def did_you_mean(self, audience: Audience, text: str, *, groups: tuple[str, ...]) -> str | None:
        """The same query with mended words, only if that finds something for this audience and these groups."""

    def similar(self, audience: Audience, ident: str, *, groups: tuple[str, ...], limit: int = 8) -> list[Hit]:
        """Records of the same kind that share most (rare values count more), without the record itself."""

    def neighbours(self, audience: Audience, ident: str, *, similar: int = 8, alike: int = 8) -> tuple[list[Hit], list[Hit]]:
        """(``similar``; records of the same kind whose pictures look most like this one's, ``score`` 1 for the same picture), at most so many."""

    def get(self, audience: Audience, idents: Iterable[str]) -> dict[str, Hit]:
        """Documents by id; those that are not there are left out."""

    def iterate(
        self, audience: Audience, request: SearchRequest | None = None, *, display: bool = True, in_order: bool = False
    ) -> Iterator[Hit]:
        """Every hit of a request (of everything) once, over one state of the index: in the order of ids, with ``in_order`` in the request's own."""

    def generation(self, audience: Audience) -> str | None:
        """A name that changes whenever the index does, so that answers can be kept; None when that cannot be known without asking."""

    def stats(self, audience: Audience) -> Stats:
        """Figures for the staff's health page."""

    def refresh(self, audience: Audience) -> None:
        """Makes what was written visible to searches from now on."""

    def drop(self) -> None:
        """Removes every index of this museum (tests, benchmarks, a changed prefix)."""
