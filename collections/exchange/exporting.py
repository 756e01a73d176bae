"""Object records as a table in our own layout, streamed; what it writes, the profile ``csv`` reads back without loss."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from typing import IO, Any

from django.db import models

from artifacts.models import Artifact, ObjectType
from exchange.layout import ESSENTIAL, OWN, field_of, guarded, written
from exchange.plans import Row, content_fields, relations
from exchange.writing import CHUNK
from records import languages
from records.fields import LanguageMapField
from vocabularies.models import Agent, CollectionSet, Department, Museum, Period, Place, Reference, Term

CODED = (Museum, Department, ObjectType)
LABELLED = (Agent, Place, Period, Reference, CollectionSet, Term)


class Labels:
    """What references are called in a table: cached, loaded for a batch at a time."""

    def __init__(self) -> None:
        self._known: dict[type[models.Model], dict[int, dict[str, str]]] = {}

    def load(self, model: Any, pks: set[int]) -> None:
        """Make the cells of these references (to records of ``model``) known."""
        known = self._known.setdefault(model, {})
        missing = list(pks - known.keys())
        for start in range(0, len(missing), CHUNK):
            for record in model._default_manager.filter(pk__in=missing[start : start + CHUNK]).select_related(
                *(["vocabulary"] if model is Term else [])
            ):
                known[record.pk] = self._cells(record)

    def cells(self, model: Any, pk: int) -> dict[str, str]:
        """``{"": name, "id": public id, "vocabulary": code}`` of a reference."""
        return self._known[model][pk]

    def _cells(self, record: Any) -> dict[str, str]:
        if isinstance(record, CODED):
            return {"": record.code}
        if isinstance(record, Artifact):
            return {"": guarded(record.accession_number), "id": record.public_id}
        label = languages.pick(languages.plain(record.label or {}), ["vi", "en"])[1]
        cells = {"": guarded(label), "id": record.public_id}
        return cells | {"vocabulary": record.vocabulary.code} if isinstance(record, Term) else cells


def export(artifacts: models.QuerySet[Artifact], out: IO[str], on_progress: Callable[[str, int], None] | None = None) -> int:
    """Write a table of these objects; returns how many. They are read twice: first for the columns, then for the cells."""
    pks = _wholes_first(list(artifacts.order_by("accession_sort", "pk").values_list("pk", flat=True)))
    labels = Labels()
    header: set[str] = set(ESSENTIAL)
    for count, cells in enumerate(_cells(pks, labels), 1):
        header |= cells.keys()
        if on_progress and count % CHUNK == 0:
            on_progress("columns", count)
    table = csv.DictWriter(out, sorted(header, key=_place), restval="")
    table.writeheader()
    count = 0
    for cells in _cells(pks, labels):
        table.writerow(cells)
        count += 1
        if on_progress and count % CHUNK == 0:
            on_progress("records", count)
    return count


def _wholes_first(pks: Sequence[int]) -> list[int]:
    """A part comes after what it is part of, so that the table can be read back in one go."""
    above = dict(Artifact.objects.exclude(part_of=None).values_list("pk", "part_of_id"))

    def depth(pk: int) -> int:
        steps = 0
        while (pk := above.get(pk, 0)) and steps < 50:
            steps += 1
        return steps

    return sorted(pks, key=depth)


def _place(name: str) -> tuple[Any, ...]:
    """Where a column stands: the object's own first, then relations, rows, fields."""
    head, _, rest = name.partition(".")
    bare, _, language = head.partition("@")
    if bare in OWN:
        return (0, OWN.index(bare), language, rest)
    number, _, field = rest.partition(".")
    plain, _, tail = field.partition("@")
    plain, _, part = plain.partition(".")
    order = [column.name for column in content_fields(relations()[head])]
    return (1, list(relations()).index(head), int(number), order.index(plain), tail, part)


def _cells(pks: Sequence[int], labels: Labels) -> Iterator[dict[str, str]]:
    """The filled cells of each object."""
    for start in range(0, len(pks), CHUNK):
        chunk = pks[start : start + CHUNK]
        found = Artifact.objects.in_bulk(chunk)
        rows: dict[str, dict[int, list[Row]]] = {}
        for relation, model in relations().items():
            by_owner: dict[int, list[Row]] = {}
            columns = [column.attname for column in content_fields(model)]
            for row in model._default_manager.filter(artifact__in=chunk).order_by("sort_order", "pk").values("artifact_id", *columns):
                by_owner.setdefault(row["artifact_id"], []).append(row)
            rows[relation] = by_owner
        _load_labels(list(found.values()), rows, labels)
        for pk in chunk:
            yield _object_cells(found[pk], {relation: by_owner.get(pk, []) for relation, by_owner in rows.items()}, labels)


def _load_labels(artifacts: Sequence[Artifact], rows: dict[str, dict[int, list[Row]]], labels: Labels) -> None:
    for name in OWN:
        if name in ("published",) or not (field := field_of("", name)).is_relation:
            continue
        labels.load(field.related_model, {pk for artifact in artifacts if (pk := getattr(artifact, field.attname))})
    for relation, by_owner in rows.items():
        for field in content_fields(relations()[relation]):
            if field.is_relation:
                pks = {row[field.attname] for owned in by_owner.values() for row in owned if row[field.attname]}
                labels.load(field.related_model, pks)


def _object_cells(artifact: Artifact, rows: dict[str, list[Row]], labels: Labels) -> dict[str, str]:
    cells = {"published": "yes" if artifact.live else "no"}
    for name in OWN:
        if name != "published":
            field = field_of("", name)
            cells |= _field_cells(name, field, getattr(artifact, field.attname), labels)
    for relation, owned in rows.items():
        for number, row in enumerate(owned, 1):
            for field in content_fields(relations()[relation]):
                cells |= _field_cells(f"{relation}.{number}.{field.name}", field, row[field.attname], labels)
    return cells


def _field_cells(name: str, field: models.Field, value: Any, labels: Labels) -> dict[str, str]:
    """The cells of one field; none where it has its default value, unless the column is essential."""
    if isinstance(field, LanguageMapField):
        return _language_cells(name, value or {})
    if field.is_relation:
        if not value:
            return {}
        return {f"{name}.{part}" if part else name: cell for part, cell in labels.cells(field.related_model, value).items()}
    if value == field.get_default() and name not in ESSENTIAL:
        return {}
    cell = written(field, value)
    return {name: cell} if cell else {}


def _language_cells(name: str, value: dict[str, Any]) -> dict[str, str]:
    cells = {}
    for language, entry in value.items():
        cells[f"{name}@{language}"] = guarded(entry["text"])
        if entry.get("state", "source") != "source":
            cells[f"{name}@{language}.state"] = entry["state"]
        if entry.get("of"):
            cells[f"{name}@{language}.of"] = entry["of"]
    return cells
