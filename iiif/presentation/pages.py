"""Books of many pages: only what changed is read and written anew, canvas by canvas; all other bytes stay where they are.

Beside the body of such a manifest lie, for each canvas, its use's id, a print of everything that it was made from, and where it
stands in the body. A print that is still the same says that the canvas is, too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.db.models import TextField
from django.db.models.functions import Cast

from artifacts.loading import load_with_uses
from artifacts.models import ArtifactMedia
from artifacts.portions import UsesOf
from iiif.image import rules
from iiif.presentation.build import frame
from iiif.presentation.canvases import canvas
from iiif.presentation.contributions import NO_NOTES, Institution, Notes, NotesOfUse, contexts_of, notes_of
from iiif.presentation.objects import describe
from media.models import Asset
from records import projection
from records.prepared import Prepared
from records.publication import PUBLIC

# below it a whole build is as quick
MANY = 40
# when more than a fourth of the pages changed, so is a whole build
_MOST_CHANGED = 4
_ITEMS = b'"items":[]'
Json = dict[str, Any]

_TEXTS = ("label", "caption", "chapter", "asset__alt_text")
_PLAIN = (
    "public_id",
    "pk",
    "region",
    "leaf",
    "chapter_level",
    "publication_class",
    "primary",
    "accompanies",
    "asset__kind",
    "asset__public_id",
    "asset__width",
    "asset__height",
    "asset__version",
)
_KIND, _ACCOMPANIES, _PRIMARY = _PLAIN.index("asset__kind"), _PLAIN.index("accompanies"), _PLAIN.index("primary")
_CLASS = _PLAIN.index("publication_class")


_shown = Prepared(
    lambda keys: (
        ArtifactMedia.objects.filter(artifact__in=keys, published=True, asset__state=Asset.State.READY)
        .exclude(publication_class=ArtifactMedia.PublicationClass.STAFF)
        .order_by("sort_order", "pk")
        .values(*_PLAIN, **{f"{name}_text": Cast(name, TextField()) for name in _TEXTS})
    )
)


@dataclass(frozen=True)
class Page:
    """A public use of a picture: its keys, the print of all that its canvas is made from, what the manifest itself needs of it."""

    id: str
    pk: int
    print: str
    primary: bool
    begins_chapter: bool


@dataclass(frozen=True)
class Written:
    """A manifest as bytes, and where its canvases stand in them (first byte, byte behind the last)."""

    body: bytes
    places: Sequence[tuple[int, int]]


def pages_of(artifact: int, notes: Notes | None = None) -> list[Page] | None:
    """The pages of a book in their order; None when it is more than pictures one after the other, or has few of them.

    None, too, where a museum limits how large pictures of closed rights are shown: their sizes follow from rules and rights, which no row
    of a page holds.
    """
    if rules.limited():
        return None
    found = _shown.tuples([artifact])
    if len(found) < MANY or any(row[_KIND] != Asset.Kind.IMAGE or row[_ACCOMPANIES] for row in found):
        return None
    noted = notes if notes is not None else _notes(artifact)
    return [_page(row, number, noted.get(row[0], NO_NOTES)) for number, row in enumerate(found, start=1)]


def _notes(artifact: int) -> Notes:
    return notes_of(UsesOf(artifact))


def _page(row: tuple[Any, ...], number: int, notes: NotesOfUse) -> Page:
    label, _caption, chapter, _alt = row[len(_PLAIN) :]
    # a page without a label is called by its place; what is seen of a restricted one is a matter of rules
    seen = sorted(rule.small for rule in rules.every().values()) if row[_CLASS] == ArtifactMedia.PublicationClass.RESTRICTED else ()
    said = orjson.dumps((row, notes, number if label in (None, "", "{}") else 0, seen))
    return Page(row[0], row[1], hashlib.blake2b(said, digest_size=8).hexdigest(), row[_PRIMARY], chapter not in (None, "", "{}"))


def written(around: Json, canvases: Sequence[bytes]) -> Written:
    """A manifest whose ``items`` are these canvases."""
    before, mark, after = orjson.dumps({**around, "items": []}).partition(_ITEMS)
    places, at = [], len(before) + len(mark) - 1
    for one in canvases:
        places.append((at, at + len(one)))
        at += len(one) + 1
    return Written(b"".join((before, mark[:-1], b",".join(canvases), mark[-1:], after)), places)


def index(pages: Sequence[Page], places: Sequence[tuple[int, int]]) -> bytes:
    """What is stored beside the body."""
    return orjson.dumps([[page.id, page.print, *place] for page, place in zip(pages, places, strict=True)])


@dataclass(frozen=True)
class Rewritten:
    """A book of which only some canvases were built: ``part`` is the manifest with those alone, for checking; ``ids`` are all canvases'."""

    manifest: Written
    part: Json
    pages: Sequence[Page]
    ids: frozenset[str]


def rewritten(artifact: int, body: bytes, stored: bytes, institution: Institution | None) -> Rewritten | None:
    """The book as it is now, from its stored form; None when a whole build is needed."""
    notes = _notes(artifact)
    pages = pages_of(artifact, notes)
    if pages is None:
        return None
    old = {row[0]: row for row in orjson.loads(stored)}
    changed = {page.id for page in pages if page.id not in old or old[page.id][1] != page.print}
    if len(changed) > len(pages) // _MOST_CHANGED:
        return None
    view = _view(artifact, pages, changed)
    source = describe(view, [page.id for page in pages]) if view else None
    if source is None:
        return None
    fresh = {sheet.id: canvas("object", source.id, sheet, notes.get(sheet.id, NO_NOTES)) for sheet in source.sheets if sheet.id in changed}
    if fresh.keys() != changed:
        return None
    around = frame(source, [], institution, contexts_of(notes.values()))
    kept = memoryview(body)
    pieces = [orjson.dumps(fresh[page.id]) if page.id in fresh else bytes(kept[old[page.id][2] : old[page.id][3]]) for page in pages]
    sample = list(fresh.values()) or [orjson.loads(pieces[0])]
    base = around["id"].removesuffix("manifest.json") + "canvas/"
    return Rewritten(written(around, pieces), {**around, "items": sample}, pages, frozenset(base + page.id for page in pages))


def _view(artifact: int, pages: Sequence[Page], changed: set[str]) -> Mapping[str, Any] | None:
    """The public view of the object with the changed pages, and those that the manifest itself speaks of."""
    wanted = [page.pk for place, page in enumerate(pages) if page.id in changed or page.primary or page.begins_chapter or place == 0]
    data = load_with_uses(artifact, wanted)
    if data is None or not data.is_public:
        return None
    view = next(projection.with_contributions([data], PUBLIC))
    return view if len(view["media"]) == len(wanted) else None
