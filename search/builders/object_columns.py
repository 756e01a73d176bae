"""An object's record as columns: every field that the reader may read, by itself, for the curators' language.

A column is ``field`` or ``relation.field``; where rows of one relation are of several kinds, ``relation:kind.field``.
Superseded statements have no columns: they are history.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from records import languages
from records.fields import LanguageMapField
from records.measurements import UNITS
from records.projection import RecordData, Row
from records.publication import Audience, FieldClass, readable_fields, tables
from search import columns
from search.builders.texts import Names, strings_in
from search.columns import Columns
from search.documents import ROLE_GROUPS
from search.language.fields import Kind

MODEL = "artifacts.Artifact"
# relation → the field that says of which kind a row is
SPLIT = {"materials": "role", "object_names": "role", "events": "kind", "measurements": "kind", "descriptions": "kind"}
MOST_YEARS = 200  # years of a span that are noted one by one; of longer spans every tenth
LONGEST_SPAN = 20_000
# Told in columns of their own, or the index's own affair.
APART = {"public_id", "accession_sort", "created_at", "updated_at", "date_edtf", "parts"}
# What a measurement's number is measured in, by the kind of measurement.
EXTENTS = {
    **dict.fromkeys(("height", "width", "depth", "length", "diameter", "thickness", "circumference"), "cm"),
    "weight": "g",
    "volume": "mL",
    "duration": "s",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One field of one model: its name in the record, its kind, the model's field, and the roles that may read it (empty: all staff)."""

    name: str
    kind: Kind
    source: Any
    restricted_to: frozenset[str]


@cache
def columns_of_model(label: str) -> dict[str, Column]:
    """The fields of a model that staff may read, by name."""
    model = apps.get_model(label)
    found: dict[str, Column] = {}
    for name, field_class in tables().get(model._meta.label, {}).items():
        if field_class is FieldClass.INTERNAL or name in APART or name not in {f.name for f in model._meta.concrete_fields}:
            continue
        source = model._meta.get_field(name)
        roles: frozenset[str] = frozenset()
        if field_class is FieldClass.RESTRICTED:
            roles = frozenset(role for role in map(_role, ROLE_GROUPS) if name in readable_fields(model._meta.label, _reader(role)))
        found[name] = Column(name, kind_of(source), source, roles)
    return found


def _role(group: str) -> str:
    return group.removeprefix("r_")


def _reader(role: str) -> Audience:
    return Audience(role, staff=True, roles=frozenset({role}))


def kind_of(field: Any) -> Kind:
    """What the values of a model's field are."""
    if field.is_relation:
        return Kind.REFERENCE
    if isinstance(field, models.BooleanField):
        return Kind.FLAG
    if field.choices:
        return Kind.CODE
    if isinstance(field, models.DecimalField | models.IntegerField):
        return Kind.NUMBER
    if isinstance(field, models.DateField):
        return Kind.DAY
    return Kind.TEXT


def columns_of(data: RecordData, names: Names, *, restricted: bool = False) -> Columns:
    """The columns of a filtered record. ``restricted``: only those that not all staff may read."""
    made = Columns()
    for column, facts, value in told(data):
        if bool(facts.restricted_to) is restricted:
            _put(made, column, facts, value, names)
    if not restricted:
        _put_measures(made, data)
        _put_years(made, data)
        _put_languages(made, data)
    return made


def told(data: RecordData) -> Iterator[tuple[str, Column, Any]]:
    """(column, its facts, value) of everything that a record says."""
    for name, facts in columns_of_model(data.model).items():
        if _says(value := data.row.get(name)):
            yield name, facts, value
    for relation, rows in data.children.items():
        table = columns_of_model(data.child_models[relation])
        for row in rows:
            before = prefix(relation, row)
            if row.get("superseded"):
                yield f"{before}.superseded", table["superseded"], True
                continue
            for name, value in row.items():
                if name in table and _says(value) and name != SPLIT.get(relation):
                    yield f"{before}.{name}", table[name], value


def prefix(relation: str, row: Row) -> str:
    """The first half of the names of a row's columns."""
    return f"{relation}:{row.get(SPLIT[relation]) or ''}" if relation in SPLIT else relation


def _says(value: Any) -> bool:
    return value not in (None, "", {}, [])


def _put(made: Columns, column: str, facts: Column, value: Any, names: Names) -> None:
    match facts.kind:
        case Kind.REFERENCE:
            _put_reference(made, column, value, names)
        case Kind.FLAG:
            made.values[column].add("yes" if value else "no")
        case Kind.CODE:
            made.values[column].add(str(value))
        case Kind.NUMBER:
            made.numbers[column].add(columns.scaled(value))
        case Kind.DAY:
            if day := _day(value):
                made.numbers[column].add(day.toordinal())
        case _:
            made.texts[column] += _strings(facts.source, value)
            if isinstance(facts.source, models.JSONField) and not isinstance(facts.source, LanguageMapField) and isinstance(value, Mapping):
                for key, part in value.items():
                    made.texts[f"{column}.{key}"] += _parts(part)


def _strings(source: Any, value: Any) -> list[str]:
    if isinstance(source, LanguageMapField):
        return list(languages.plain(value).values())
    if isinstance(value, str):
        return [value]
    return _parts(value)


def _parts(value: Any) -> list[str]:
    return [str(value)] if isinstance(value, int | float | Decimal) and not isinstance(value, bool) else list(strings_in(value))


def _put_reference(made: Columns, column: str, ref: Any, names: Names) -> None:
    if not isinstance(ref, Mapping):
        return
    if ref.get("kind") == "asset":
        made.values[column].add(ref["id"])
        made.texts[column] += ref["alt"].values()
        return
    made.texts[column] += names.of(ref)  # type: ignore[arg-type]
    made.texts[column] += [ref[name] for name in ("number", "code", "citation") if isinstance(ref.get(name), str) and ref[name]]
    made.values[column] |= {one["id"] for one in (*ref.get("path", ()), ref)}


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return timezone.localdate(value) if timezone.is_aware(value) else value.date()
    return value if isinstance(value, date) else None


def _put_measures(made: Columns, data: RecordData) -> None:
    """Measured extents in centimetres, grams, millilitres, seconds, whatever they were written in."""
    for row in data.children.get("measurements", ()):
        base = EXTENTS.get(row.get("kind", ""))
        unit = UNITS.get(row.get("unit", ""))
        if row.get("superseded") or not base or not unit or unit[0] != UNITS[base][0]:
            continue
        for name in ("value", "upper_value"):
            if row.get(name) is not None:
                made.numbers[f"extent.{row['kind']}"].add(columns.scaled(Decimal(row[name]) * unit[1]))


def _put_years(made: Columns, data: RecordData) -> None:
    """The years that an event or a step of the provenance may have been in."""
    for relation in ("events", "provenance"):
        for row in data.children.get(relation, ()):
            first, last = row.get("date_earliest"), row.get("date_latest")
            first, last = (last if first is None else first), (first if last is None else last)
            if row.get("superseded") or first is None or last is None:
                continue
            made.numbers[f"{prefix(relation, row)}.years"] |= set(_noted(min(first, last), max(first, last)))


def _noted(first: int, last: int) -> Iterator[int]:
    if last - first > LONGEST_SPAN:
        yield from (first, last)
        return
    yield from range(first, last + 1, 1 if last - first < MOST_YEARS else 10)
    yield last


def _put_languages(made: Columns, data: RecordData) -> None:
    """The languages of titles and descriptions, and those in which a translation is out of date."""
    found = {row.get("language") for row in data.children.get("titles", ()) if row.get("text") and not row.get("superseded")}
    for row in data.children.get("descriptions", ()):
        found |= set(languages.plain(row.get("text") or {}))
    made.texts["languages"] += sorted(tag for tag in found if tag)
    rows = [(data.model, data.row), *((data.child_models[name], row) for name, rows in data.children.items() for row in rows)]
    for model, row in rows:
        for name, facts in columns_of_model(model).items():
            if isinstance(facts.source, LanguageMapField) and not facts.restricted_to:
                for tag, entry in (row.get(name) or {}).items():
                    if isinstance(entry, Mapping) and entry.get("state") == "stale":
                        made.texts["stale"].append(tag)
