"""An object's record as columns: every field that the reader may read, by itself, for the curators' language.

A column is ``field`` or ``relation.field``; where rows of one relation are of several kinds, ``relation:kind.field``.
Superseded statements have no columns: they are history.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from django.apps import apps
from django.db import models

from records import languages
from records.fields import LanguageMapField
from records.measurements import UNITS
from records.projection import RecordData, Row
from records.publication import CURATORIAL, Audience, FieldClass, readable_fields, tables
from search import columns, spans
from search.builders.column_values import Codes, Put, put_of
from search.builders.texts import Names
from search.columns import Columns
from search.documents import ROLE_GROUPS
from search.language.fields import Kind

MODEL = "artifacts.Artifact"
# relation → the field that says of which kind a row is
SPLIT = {"materials": "role", "object_names": "role", "events": "kind", "measurements": "kind", "descriptions": "kind"}
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
class Steps:
    """What becomes of the fields of one kind of row. ``others``: field → (column, how its values are put there)."""

    codes: Codes
    others: dict[str, tuple[str, Put]]


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


def told(data: RecordData) -> Iterator[tuple[str, Column, Any]]:
    """(column, its facts, value) of everything that a filtered record says."""
    for relation, model, row in _rows(data):
        table = columns_of_model(model)
        before = f"{_prefix(relation, _kind_of_row(relation, row))}." if relation else ""
        if relation and row.get("superseded"):
            yield f"{before}superseded", table["superseded"], True
            continue
        for name, value in row.items():
            if name in table and says(value) and name != SPLIT.get(relation):
                yield before + name, table[name], value


def _rows(data: RecordData) -> Iterator[tuple[str, str, Row]]:
    """(relation, model, row) of everything that belongs to a record, itself first (without a relation)."""
    yield "", data.model, data.row
    for relation, rows in data.children.items():
        model = data.child_models[relation]
        for row in rows:
            yield relation, model, row


def says(value: Any) -> bool:
    """Nothing is None, an empty text, map or list; 0 and False say something."""
    return bool(value) or value == 0


def columns_of(data: RecordData, names: Names, role: str = "") -> Columns:
    """The columns of a record for all staff; with ``role``, those that this role may read and not all staff may."""
    made = Columns()
    for relation, model, row in _rows(data):
        kind = _kind_of_row(relation, row)
        if relation and row.get("superseded"):
            if not role:
                made.values[f"{_prefix(relation, kind)}.superseded"].add("yes")
            continue
        steps = _steps(relation, model, kind, role)
        steps.codes.put(made, row)
        for name, (column, put) in steps.others.items():
            value = row.get(name)
            if value or value == 0:  # see ``says``
                put(made, column, value, names)
    if not role:
        _put_measures(made, data)
        _put_years(made, data)
        _put_languages(made, data)
    return made


@lru_cache(maxsize=2_000)
def _steps(relation: str, model: str, kind: str, role: str) -> Steps:
    """What becomes of a row's fields, of those alone that the reader may read: the projection's own rule."""
    readable = readable_fields(model, _reader(role) if role else CURATORIAL)
    before = f"{_prefix(relation, kind)}." if relation else ""
    codes: dict[str, tuple[str, bool]] = {}
    others: dict[str, tuple[str, Put]] = {}
    for name, facts in columns_of_model(model).items():
        if name not in readable or name == SPLIT.get(relation) or bool(facts.restricted_to) is not bool(role):
            continue
        if facts.kind in (Kind.FLAG, Kind.CODE):
            codes[name] = before + name, facts.kind is Kind.FLAG
        else:
            others[name] = before + name, put_of(facts.kind, facts.source)
    return Steps(Codes(codes), others)


def _prefix(relation: str, kind: str) -> str:
    """The first half of the names of a row's columns."""
    return f"{relation}:{kind}" if relation in SPLIT else relation


def _kind_of_row(relation: str, row: Row) -> str:
    """What parts the rows of a relation into columns, or nothing."""
    return row.get(SPLIT[relation]) or "" if relation in SPLIT else ""


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
            column = f"{_prefix(relation, _kind_of_row(relation, row))}.years"
            made.tokens |= spans.told(column, min(first, last), max(first, last))
            made.also.add(column)


def _put_languages(made: Columns, data: RecordData) -> None:
    """The languages of titles and descriptions, and those in which a translation is out of date."""
    found = {row.get("language") for row in data.children.get("titles", ()) if row.get("text") and not row.get("superseded")}
    for row in data.children.get("descriptions", ()):
        found |= set(languages.plain(row.get("text") or {}))
    made.texts["languages"] += sorted(tag for tag in found if tag)
    made.texts["stale"] += stale_translations(data)


def stale_translations(data: RecordData, *, restricted: bool = False) -> list[str]:
    """The language of each translation that is out of date; with ``restricted`` also of those that not all staff may read."""
    maps = [data.row.get(name) for name in _language_maps(data.model, restricted)]
    for relation, rows in data.children.items():
        if rows:
            maps += [row.get(name) for name in _language_maps(data.child_models[relation], restricted) for row in rows]
    return [tag for map_ in filter(None, maps) for tag, entry in map_.items() if isinstance(entry, dict) and entry.get("state") == "stale"]


@cache
def _language_maps(model: str, restricted: bool) -> tuple[str, ...]:
    return tuple(
        name
        for name, facts in columns_of_model(model).items()
        if isinstance(facts.source, LanguageMapField) and (restricted or not facts.restricted_to)
    )
