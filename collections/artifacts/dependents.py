"""Which objects show a vocabulary record: the only fan-out when a name changes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.db import models
from modelcluster.models import get_all_child_relations

from artifacts.models import Artifact
from records import journal
from records.models import JournalEntry
from vocabularies.resolving import KINDS

MODELS = {kind: model for model, kind in KINDS.items()}
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
    return tuple(found)


def dependents(record: Any) -> Iterator[int]:
    """Keys of the objects that show ``record``: an agent, place, term, period, department, museum, set, reference or another object.

    Terms, places and periods are shown by objects that name anything below them, too (as ancestors).
    """
    model = type(record)
    keys = _with_narrower(model, record.pk)
    seen: set[int] = set()
    for table, column, owner in _columns(model):
        for start in range(0, len(keys), CHUNK):
            rows = table._default_manager.filter(**{f"{column}__in": keys[start : start + CHUNK]})
            for pk in rows.values_list(owner, flat=True).order_by().distinct().iterator(chunk_size=BATCH):
                if pk not in seen:
                    seen.add(pk)
                    yield pk


def count(record: Any) -> int:
    """“Used by n records.”"""
    return sum(1 for _ in dependents(record))


def fan_out(record: Any) -> int:
    """Note every object that shows ``record`` as changed; returns how many. Run by the worker in batches."""
    total = 0
    batch: list[int] = []
    for pk in dependents(record):
        batch.append(pk)
        if len(batch) == BATCH:
            journal.changed("object", batch)
            total += len(batch)
            batch = []
    if batch:
        journal.changed("object", batch)
    return total + len(batch)


def process(limit: int = 50) -> int:
    """The journal's consumer ``dependents``: carry changes of vocabulary records to the objects that show them."""
    entries = journal.take("dependents", limit)
    for entry in entries:
        if entry.op == JournalEntry.Op.CHANGED:
            record = MODELS[entry.kind]._default_manager.filter(pk=entry.record_pk).first()
            if record is not None:
                fan_out(record)
        journal.done([entry])
    return len(entries)


def _with_narrower(model: type[models.Model], pk: int) -> list[int]:
    keys = {pk}
    if not any(field.name == "broader" for field in model._meta.fields):
        return list(keys)
    level = [pk]
    while level:
        below = set(model._default_manager.filter(broader__in=level[:CHUNK]).values_list("pk", flat=True)) - keys
        level = [*level[CHUNK:], *below]
        keys |= below
    return sorted(keys)
