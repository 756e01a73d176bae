"""The registry of document builders: each kind of record that is searched, and how its documents are made from its views.

An upper room registers its kinds in ``ready()``: ``search.building.register(Builder("exhibition", …))``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from search.documents import Audience, Document

CONSUMER = "search"  # its name in the journal
FALLBACK_CONSUMER = "search-fallback"
logger = logging.getLogger("museum.search")


@dataclass(frozen=True)
class Builder:
    """How one kind of record gets into the index.

    ``every_key``: all primary keys, in order. ``identify``: keys → public ids of those that exist. ``build``: keys → (key, document) of
    those that the audience may find, versions still 0. ``public_ids``: which of these public ids may the public see now.
    ``both``: keys → (key, documents by audience), where that is cheaper than building twice.
    """

    kind: str
    every_key: Callable[[], Iterable[int]]
    identify: Callable[[Sequence[int]], Mapping[int, str]]
    build: Callable[[Sequence[int], Audience], Iterator[tuple[int, Document]]]
    public_ids: Callable[[Iterable[str]], set[str]]
    both: Callable[[Sequence[int]], Iterator[tuple[int, dict[Audience, Document]]]] | None = None


builders: dict[str, Builder] = {}


def register(builder: Builder) -> None:
    """Make a kind searchable."""
    builders[builder.kind] = builder


Built = tuple[dict[int, Document], dict[int, str]]


def documents_for(
    kind: str, pks: Sequence[int], audiences: Sequence[Audience], version: int
) -> Iterator[tuple[int, dict[Audience, Document]]]:
    """(key, its documents by audience) as they are made, with one look at the database for all audiences where the builder can.

    Whatever a builder raises comes out: ``built`` tells the records apart.
    """
    both = builders[kind].both
    if both is not None and len(audiences) > 1:
        for pk, documents in both(pks):
            yield pk, {audience: _versioned(documents[audience], version) for audience in audiences if audience in documents}
        return
    for audience in audiences:
        for pk, document in builders[kind].build(pks, audience):
            yield pk, {audience: _versioned(document, version)}


def built(kind: str, pks: Sequence[int], audience: Audience, version: int) -> Built:
    """Documents by key with their version, and the reason for each record whose document cannot be made (the others still are)."""
    builder = builders[kind]
    try:
        return {pk: _versioned(document, version) for pk, document in builder.build(pks, audience)}, {}
    except Exception:
        if len(pks) == 1:
            logger.exception("The %s document of %s %s cannot be made.", audience, kind, pks[0])
            return {}, {pks[0]: f"The {audience} document cannot be made; the log has the cause."}
    documents: dict[int, Document] = {}
    failed: dict[int, str] = {}
    for pk in pks:
        one, reason = built(kind, [pk], audience, version)
        documents |= one
        failed |= reason
    return documents, failed


def _versioned(document: Document, version: int) -> Document:
    document.version = version
    return document
