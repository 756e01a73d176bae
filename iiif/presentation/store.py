"""Building, checking and storing manifests: by the journal, by command, and on a miss without storing."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.db import transaction

from iiif.models import StoredManifest
from iiif.presentation import sources
from iiif.presentation.build import build
from iiif.presentation.check import Problem, problems
from iiif.presentation.contributions import notes_of, offers
from records import journal, projection
from records.models import JournalEntry

CONSUMER = "manifests"
BATCH = 200


def register(kind: sources.Kind) -> None:
    """Have records of a kind described, and their manifests built anew when the journal says that they changed (in ``ready()``)."""
    sources.register(kind)
    journal.register(CONSUMER, sources.kinds(), process)


@dataclass(frozen=True)
class Built:
    """A fresh build: its bytes with the placeholder origin, or what is wrong with it."""

    body: bytes
    label: dict[str, list[str]]
    thumbnail: Any
    problems: list[Problem]


def build_views(kind: str, views: Iterable[dict[str, Any]]) -> Iterator[tuple[str, Built | None]]:
    """(public id, manifest) of public views of one kind; None for a record that has none."""
    described = [(view["id"], sources.describe(kind, view)) for view in views]
    notes = notes_of([sheet.id for _id, source in described if source for sheet in source.sheets]) if kind == "object" else {}
    institution = offers.institution() if offers.institution else None
    for public_id, source in described:
        yield public_id, _built(build(source, notes, institution)) if source else None


def _built(manifest: dict[str, Any]) -> Built:
    return Built(orjson.dumps(manifest), manifest["label"], (manifest.get("thumbnail") or [None])[0], problems(manifest))


def refresh(kind: str, pks: Sequence[int]) -> dict[str, int]:
    """Build and store the manifests of these records; returns counts ``{"built", "unchanged", "removed", "refused"}``.

    What is hidden, gone or without pictures loses its row. A build that is not valid leaves the last good bytes in place.
    """
    counts: dict[str, int] = defaultdict(int)
    version = journal.next_version()
    found = dict(build_views(kind, projection.views(kind, pks)))
    with transaction.atomic():
        stored = {row.public_id: row for row in StoredManifest.objects.select_for_update().filter(kind=kind, record_pk__in=pks)}
        keys = _keys(kind, found)
        for public_id, built in found.items():
            if built is not None:
                counts[_store(stored.get(public_id), kind, keys[public_id], public_id, built, version)] += 1
        stale = [row.pk for public_id, row in stored.items() if found.get(public_id) is None and row.version <= version]
        StoredManifest.objects.filter(pk__in=stale).delete()
        counts["removed"] += len(stale)
    return dict(counts)


def _keys(kind: str, public_ids: Iterable[str]) -> dict[str, int]:
    from django.apps import apps

    model = apps.get_model(projection.kind(kind).model)
    return dict(model._default_manager.filter(public_id__in=list(public_ids)).values_list("public_id", "pk"))


def _store(row: StoredManifest | None, kind: str, pk: int, public_id: str, built: Built, version: int) -> str:
    """One build into its row. Returns what happened: built, unchanged or refused."""
    row = row or StoredManifest(kind=kind, record_pk=pk, public_id=public_id)
    if row.version > version:
        return "unchanged"
    faults = [[problem.where, problem.sentence] for problem in built.problems]
    digest = hashlib.sha256(built.body).hexdigest()
    if row.pk and not faults and not row.problems and row.sha256 == digest:
        return "unchanged"
    row.version = version
    row.problems = faults
    if not faults:
        row.body, row.sha256, row.label, row.thumbnail = built.body, digest, built.label, built.thumbnail
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
            refresh(kind, sorted({entry.record_pk for entry in waiting}))
        except Exception as error:
            _one_by_one(kind, waiting, error)
        else:
            journal.done(waiting)
    return len(entries)


def _one_by_one(kind: str, waiting: Sequence[JournalEntry], error: Exception) -> None:
    if len(waiting) == 1:
        journal.failed(waiting, f"{type(error).__name__}: {error}")
        return
    for entry in waiting:
        try:
            refresh(kind, [entry.record_pk])
        except Exception as fault:
            journal.failed([entry], f"{type(fault).__name__}: {fault}")
        else:
            journal.done([entry])


def problems_of(kind: str, pk: int) -> list[str]:
    """Why the newest manifest of a record is not published, as sentences for its curator; empty when it is."""
    found = StoredManifest.objects.filter(kind=kind, record_pk=pk).values_list("problems", flat=True).first()
    return [str(Problem(where, sentence)) for where, sentence in found or []]
