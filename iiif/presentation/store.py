"""Building, checking and storing manifests: by the journal, by command, and on a miss without storing."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson
from django.apps import apps
from django.db import transaction
from django.db.models import Count

from artifacts.models import ArtifactMedia
from iiif.changes import noting
from iiif.image import rules
from iiif.models import StoredManifest
from iiif.presentation import pages, sources
from iiif.presentation.build import build
from iiif.presentation.check import problems
from iiif.presentation.contributions import Institution, notes_of, offers
from iiif.presentation.problems import Problem
from records import journal, projection
from records.models import JournalEntry

CONSUMER = "manifests"
BATCH = 200
MOST_PAGES = 3000


def register(kind: sources.Kind) -> None:
    """Have records of a kind described, and their manifests built anew when the journal says that they changed (in ``ready()``)."""
    sources.register(kind)
    journal.register(CONSUMER, sources.kinds(), process)


@dataclass(frozen=True)
class Built:
    """A fresh build: its bytes with the placeholder origin, or what is wrong with it. ``pages``: of a book (``pages.index``)."""

    body: bytes
    label: dict[str, list[str]]
    thumbnail: Any
    problems: list[Problem]
    pages: bytes | None = None


def build_views(kind: str, views: Iterable[dict[str, Any]]) -> Iterator[tuple[str, Built | None]]:
    """(public id, manifest) of public views of one kind; None for a record that has none."""
    rules.forget()  # what is built is stored: it must not hold rules that were changed a moment ago
    described = [(view["id"], sources.describe(kind, view)) for view in views]
    notes = notes_of([sheet.id for _id, source in described if source for sheet in source.sheets]) if kind == "object" else {}
    institution = _institution()
    for public_id, source in described:
        yield public_id, _built(build(source, notes, institution)) if source else None


def _institution() -> Institution | None:
    return offers.institution() if offers.institution else None


def _built(manifest: dict[str, Any]) -> Built:
    return Built(orjson.dumps(manifest), manifest["label"], (manifest.get("thumbnail") or [None])[0], problems(manifest))


def refresh(kind: str, pks: Sequence[int]) -> dict[str, int]:
    """Build and store the manifests of these records; returns counts ``{"built", "unchanged", "removed", "refused"}``.

    What is hidden, gone or without pictures loses its row. A build that is not valid leaves the last good bytes in place.
    """
    counts: Counter[str] = Counter()
    for batch in _batches(kind, pks):
        counts.update(_refresh_batch(kind, batch))
    return dict(counts)


def _batches(kind: str, pks: Sequence[int]) -> Iterator[list[int]]:
    """Not too many records at once, and not too many pages: a shelf of books must fit into memory."""
    if len(pks) == 1:
        yield list(pks)
        return
    uses = _uses(pks) if kind == "object" else {}
    batch: list[int] = []
    pages = 0
    for pk in pks:
        if batch and (len(batch) >= BATCH or pages + uses.get(pk, 0) > MOST_PAGES):
            yield batch
            batch, pages = [], 0
        batch.append(pk)
        pages += uses.get(pk, 0)
    if batch:
        yield batch


def _uses(pks: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for start in range(0, len(pks), 400):
        rows = ArtifactMedia.objects.filter(artifact__in=pks[start : start + 400]).order_by().values_list("artifact")
        found.update(rows.annotate(number=Count("pk")))
    return found


def _refresh_batch(kind: str, pks: Sequence[int]) -> Counter[str]:
    counts: Counter[str] = Counter()
    rules.forget()
    version = journal.next_version()
    books = dict(_rewritten(kind, pks))
    rest = [pk for pk in pks if pk not in books]
    # read before the views: a page that changes in between has another print next time
    shelves = {pk: pages.pages_of(pk) for pk, uses in (_uses(rest) if kind == "object" else {}).items() if uses >= pages.MANY}
    found = dict(build_views(kind, projection.views(kind, rest))) if rest else {}
    keys = _keys(kind, found)
    found = {public_id: _as_book(shelves.get(keys[public_id]), built) for public_id, built in found.items()}
    for pk, (public_id, book) in books.items():
        found[public_id], keys[public_id] = book, pk
    with transaction.atomic():
        rows = StoredManifest.objects.select_for_update().filter(kind=kind, record_pk__in=pks)
        stored = {row.public_id: row for row in rows.defer("body")}  # it is replaced as a whole, and of a book that is a megabyte
        for public_id, built in found.items():
            if built is not None:
                counts[_store(stored.get(public_id), kind, keys[public_id], public_id, built, version)] += 1
        stale = [row.pk for public_id, row in stored.items() if found.get(public_id) is None and row.version <= version]
        StoredManifest.objects.filter(pk__in=stale).delete()
        counts["removed"] += len(stale)
        noting.note(kind, pks, {public_id for public_id, row in stored.items() if row.pk in set(stale)})
    return counts


def _rewritten(kind: str, pks: Sequence[int]) -> Iterator[tuple[int, tuple[str, Built]]]:
    """Books of which only some pages changed: (key, (public id, manifest))."""
    if kind != "object":
        return
    institution = _institution()
    for row in StoredManifest.objects.filter(kind=kind, record_pk__in=pks, pages__isnull=False, problems=[]):
        made = pages.rewritten(row.record_pk, bytes(row.body or b""), bytes(row.pages or b"[]"), institution)
        if made is not None:
            thumbnail = (made.part.get("thumbnail") or [None])[0]
            found = problems(made.part, canvases=made.ids)
            index = pages.index(made.pages, made.manifest.places)
            yield row.record_pk, (row.public_id, Built(made.manifest.body, made.part["label"], thumbnail, found, index))


def _as_book(shelf: Sequence[pages.Page] | None, built: Built | None) -> Built | None:
    """A whole build with the places of its pages, if it is a book of these."""
    if shelf is None or built is None or built.problems:
        return built
    manifest = orjson.loads(built.body)
    if [page.id for page in shelf] != [canvas["id"].rpartition("/")[2] for canvas in manifest["items"]]:
        return built
    made = pages.written(manifest, [orjson.dumps(canvas) for canvas in manifest["items"]])
    return replace(built, body=made.body, pages=pages.index(shelf, made.places))


def _keys(kind: str, public_ids: Iterable[str]) -> dict[str, int]:
    model = apps.get_model(projection.kind(kind).model)
    return dict(model._default_manager.filter(public_id__in=list(public_ids)).values_list("public_id", "pk"))


def _store(row: StoredManifest | None, kind: str, pk: int, public_id: str, built: Built, version: int) -> str:
    """One build into its row. Returns what happened: built, unchanged or refused."""
    row = row or StoredManifest(kind=kind, record_pk=pk, public_id=public_id)
    if row.version > version:
        return "unchanged"
    faults = [[problem.where, problem.sentence] for problem in built.problems]
    digest = hashlib.sha256(built.body).hexdigest()
    if row.pk and not faults and not row.problems and row.sha256 == digest and bytes(row.pages or b"") == (built.pages or b""):
        return "unchanged"
    row.version = version
    row.problems, row.refused = faults, bool(faults)
    if not faults:
        row.body, row.sha256, row.label, row.thumbnail, row.pages = built.body, digest, built.label, built.thumbnail, built.pages
    row.save()
    return "refused" if faults else "built"


def process() -> int:
    """The journal's consumer: one batch of changed records."""
    entries = [entry for entry in journal.take(CONSUMER, BATCH) if entry.kind in sources.kinds()]
    by_kind: dict[str, list[JournalEntry]] = defaultdict(list)
    for entry in entries:
        by_kind[entry.kind].append(entry)
    for kind, waiting in by_kind.items():
        try:
            _refresh_with_showing(kind, sorted({entry.record_pk for entry in waiting}))
        except Exception as error:
            _one_by_one(kind, waiting, error)
        else:
            journal.done(waiting)
    return len(entries)


def _refresh_with_showing(kind: str, pks: Sequence[int]) -> None:
    """These records, and for objects the records of other kinds that show them."""
    refresh(kind, pks)
    for name in sources.kinds() if kind == "object" else ():
        showing = sources.kind(name).showing
        if showing is not None:
            refresh(name, sorted(set(showing(pks))))


def _one_by_one(kind: str, waiting: Sequence[JournalEntry], error: Exception) -> None:
    if len(waiting) == 1:
        journal.failed(waiting, f"{type(error).__name__}: {error}")
        return
    for entry in waiting:
        try:
            _refresh_with_showing(kind, [entry.record_pk])
        except Exception as fault:
            journal.failed([entry], f"{type(fault).__name__}: {fault}")
        else:
            journal.done([entry])


def problems_of(kind: str, *pks: int) -> list[str]:
    """Why the newest manifests of these records are not published, as sentences for their curator; empty when they are."""
    refused = StoredManifest.objects.filter(kind=kind, record_pk__in=pks, refused=True).values_list("problems", flat=True)
    return [str(Problem(where, sentence)) for found in refused for where, sentence in found]
