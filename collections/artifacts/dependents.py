"""Which objects show a record: the only fan-out when a name changes."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from django.db import models
from django.db.models.functions import Cast
from modelcluster.models import get_all_child_relations
from wagtail.models import Revision

from artifacts.models import Artifact, ObjectType
from records import clusters, journal, walking
from records.models import JournalEntry
from vocabularies.resolving import KINDS

MODELS: dict[str, type[models.Model]] = {kind: model for model, kind in KINDS.items()} | {"object": Artifact, "object_type": ObjectType}
CONSUMER = "dependents"
BATCH = 2000
CHUNK = 400


@cache
def _columns(model: type[models.Model]) -> tuple[tuple[type[models.Model], str, str], ...]:
    """(table, column that refers to ``model``, column that holds the object) for every such reference."""
    found: list[tuple[type[models.Model], str, str]] = []
    tables: list[tuple[type[models.Model], str]] = [(Artifact, "pk")]
    tables += [(relation.related_model, f"{relation.field.name}_id") for relation in get_all_child_relations(Artifact)]
    for table, owner in tables:
        for field in table._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is model and field.name not in {"artifact", "merged_into"}:
                found.append((table, field.attname, owner))
    if model is Artifact:  # a whole shows its parts
        found.append((Artifact, "pk", "part_of_id"))
    return tuple(found)


def dependents(record: Any) -> Iterator[int]:
    """Keys of the objects that show ``record``: an agent, place, term, period, department, museum, set, reference or another object.

    Terms, places, periods and sets are shown by objects that name anything below them, too (as ancestors).
    """
    return dependents_of(type(record), [record.pk])


def drafts_showing(record: models.Model) -> list[int]:
    """Keys of the objects whose newest version, not yet published, shows ``record``: no table tells, so each of them is read."""
    drafts = Artifact.objects.filter(has_unpublished_changes=True).exclude(latest_revision=None).values("latest_revision")
    versions = Revision.objects.filter(pk__in=drafts).values_list("object_id", "content")
    return [int(pk) for pk, content in versions.iterator(CHUNK) if clusters.points_to(Artifact, content, record)]


def dependents_of(model: type[models.Model], pks: Sequence[int]) -> Iterator[int]:
    """The same for many records of one kind at once."""
    keys = _with_narrower(model, pks)
    seen: set[int] = set()
    for table, column, owner in _columns(model):
        for start in range(0, len(keys), CHUNK):
            rows = table._default_manager.filter(**{f"{column}__in": keys[start : start + CHUNK]}).exclude(**{owner: None})
            for pk in walking.keys(rows.order_by().distinct(), owner):
                if pk not in seen:
                    seen.add(pk)
                    yield pk


def count(record: Any) -> int:
    """“Used by n records.”"""
    return sum(1 for _ in dependents(record))


def mentions(model: type[models.Model], pks: Sequence[int]) -> dict[int, int]:
    """How often objects name each of these records of one kind, for lists: a few grouped queries, whatever their number."""
    found: dict[int, int] = defaultdict(int)
    for table, column, _owner in _columns(model):
        for start in range(0, len(pks), CHUNK):
            rows = table._default_manager.filter(**{f"{column}__in": pks[start : start + CHUNK]}).order_by().values(column)
            for row in rows.annotate(times=models.Count("pk")):
                found[row[column]] += row["times"]
    return dict(found)


def fan_out(model: type[models.Model], pks: Sequence[int]) -> int:
    """Note every object that shows one of these records as changed, in batches; returns how many."""
    total = 0
    for batch in _batches(itertools.chain(dependents_of(model, pks), _changed_drafts(model, pks))):
        # not to this consumer again: what shows an object does not change what shows that one
        journal.changed("object", batch, skip=CONSUMER)
        total += len(batch)
    return total


def _changed_drafts(model: type[models.Model], pks: Sequence[int]) -> Iterator[int]:
    """Live objects whose unpublished version shows one of these records: curators find them by it. (The rows of other drafts are stored.)"""
    keys = set(_with_narrower(model, pks))
    drafts = Artifact.objects.filter(live=True, has_unpublished_changes=True).exclude(latest_revision=None).values("latest_revision")
    versions = Revision.objects.filter(pk__in=drafts)
    if model is Artifact:
        # Objects are saved all day: the database looks for drafts that name one at all, so that not each of them is read.
        names = "|".join(sorted({column.removesuffix("_id") for _, column, _ in _columns(model) if column != "pk"}))
        versions = versions.annotate(said=Cast("content", models.TextField())).filter(said__regex=rf'"({names})": ?[0-9]')
    for pk, content in versions.values_list("object_id", "content").iterator(CHUNK):
        if clusters.points_to_any(Artifact, content, model, keys):
            yield int(pk)


def process(limit: int = 500) -> int:
    """The journal's consumer ``dependents``: carry changes of records to the objects that show them."""
    entries = journal.take(CONSUMER, limit)
    by_kind: dict[str, list[int]] = defaultdict(list)
    for entry in entries:
        if entry.op == JournalEntry.Op.CHANGED:
            by_kind[entry.kind].append(entry.record_pk)
    for kind, pks in by_kind.items():
        fan_out(MODELS[kind], sorted(set(pks)))
    journal.done(entries)
    return len(entries)


def _batches(pks: Iterable[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    for pk in pks:
        batch.append(pk)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _with_narrower(model: type[models.Model], pks: Sequence[int]) -> list[int]:
    keys = set(pks)
    if any(field.name == "broader" for field in model._meta.fields):
        level = list(keys)
        while level:
            below = set(model._default_manager.filter(broader__in=level[:CHUNK]).values_list("pk", flat=True)) - keys
            level = [*level[CHUNK:], *below]
            keys |= below
    return sorted(keys)
