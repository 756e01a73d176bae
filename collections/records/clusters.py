"""A record with its rows, read from a version and saved, in fewer questions than django-modelcluster asks for the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from modelcluster.models import ClusterableModel, get_all_child_relations

from records.prepared import Prepared

Target = tuple[type[models.Model], str]  # a model, and the name of the field that identifies its records
Missing = dict[Target, set[Any]]


def missing(model: type[ClusterableModel], data: Mapping[str, Any]) -> Missing:
    """What this version and its rows point to and is no longer there: one question for each kind, not for each key.

    Raises what ``to_python`` of a key raises that is none.
    """
    wanted: Missing = defaultdict(set)
    _collect(model, data, wanted)
    gone = {target: values - _found(target, values) for target, values in wanted.items()}
    return {target: values for target, values in gone.items() if values}


def points_to(model: type[ClusterableModel], data: Mapping[str, Any], record: models.Model) -> bool:
    """Whether this version, or one of its rows, points to a record."""
    wanted: Missing = defaultdict(set)
    _collect(model, data, wanted)
    return any(isinstance(record, kind) and getattr(record, name) in keys for (kind, name), keys in wanted.items())


def points_to_any(model: type[ClusterableModel], data: Mapping[str, Any], kind: type[models.Model], keys: Set[int]) -> bool:
    """Whether this version, or one of its rows, points to one of these records of one kind, by their keys."""
    wanted: Missing = defaultdict(set)
    _collect(model, data, wanted)
    return any(issubclass(kind, target) and name == target._meta.pk.name and found & keys for (target, name), found in wanted.items())


def without(model: type[models.Model], data: Mapping[str, Any], gone: Missing) -> dict[str, Any] | None:
    """The version without pointers to protected records that are gone, since django-modelcluster fails on them.

    A draft holds nothing back: what only drafts show can be deleted. A column that may be empty becomes empty; a row that is nothing
    without it is left out (None).
    """
    kept = dict(data)
    for name, value in data.items():
        target = _target(model, name)
        if target is None or value is None or _key(target, value) not in gone.get(target, ()):
            continue
        field: Any = model._meta.get_field(name)
        if field.remote_field.on_delete not in (models.PROTECT, models.RESTRICT):
            continue
        if not field.null and not issubclass(model, ClusterableModel):
            return None
        kept[name] = None
    if issubclass(model, ClusterableModel):
        for name, relation in _relations(model).items():
            if name in data:
                rows = (without(relation.related_model, row, gone) for row in data[name])
                kept[name] = [row for row in rows if row is not None]
    return kept


def _collect(model: type[models.Model], data: Mapping[str, Any], wanted: Missing) -> None:
    for name, value in data.items():
        target = _target(model, name)
        if target and value is not None:
            wanted[target].add(_key(target, value))
    if issubclass(model, ClusterableModel):
        for name, relation in _relations(model).items():
            for row in data.get(name, ()):
                _collect(relation.related_model, row, wanted)


@cache
def _target(model: type[models.Model], name: str) -> Target | None:
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    if isinstance(field, models.ForeignKey):
        return field.remote_field.model, field.target_field.name
    return None


def _key(target: Target, value: Any) -> Any:
    model, name = target
    field: Any = model._meta.get_field(name)
    return field.to_python(value)


def _found(target: Target, values: set[Any]) -> set[Any]:
    model, name = target
    return set(model._default_manager.filter(**{f"{name}__in": values}).order_by().values_list(name, flat=True))


def kinds_with_rows(record: ClusterableModel) -> set[str]:
    """Under which names the stored record has rows: one question, where a form or a version knows of a dozen kinds and most are empty."""
    model: type[models.Model] = type(record)
    found = _asked(model)([record.pk])
    return {name for name in _relations(model) if found and found[0][f"has_{name}"]}


@cache
def _relations(model: type[models.Model]) -> dict[str, Any]:
    return {relation.get_accessor_name(): relation for relation in get_all_child_relations(model)}


@cache
def _asked(model: type[models.Model]) -> Prepared:
    has = {
        f"has_{name}": models.Exists(relation.related_model._default_manager.filter(**{relation.field.name: models.OuterRef("pk")}))
        for name, relation in _relations(model).items()
    }
    return Prepared(lambda keys: model._default_manager.filter(pk__in=keys).values(**has))


def hold(record: ClusterableModel) -> None:
    """Read the rows of the stored record that are not in memory yet: what is asked of it afterwards, often, is answered from there."""
    model: type[models.Model] = type(record)
    held: dict[str, list[models.Model]] = getattr(record, "_cluster_related_objects", {})
    lacking = {name: relation for name, relation in _relations(model).items() if name not in held}
    filled = kinds_with_rows(record) if lacking else set()
    for name, relation in lacking.items():
        held[name] = _stored(record, relation) if name in filled else []
    record._cluster_related_objects = held  # type: ignore[attr-defined]


def _stored(record: models.Model, relation: Any) -> list[models.Model]:
    """The rows of one kind, in their order, as the database has them."""
    kind, names, ask = _rows_of(relation)
    rows = [kind.from_db(None, names, values) for values in ask.tuples([record.pk])]
    for row in rows:
        setattr(row, relation.field.name, record)
    return rows


@cache
def _rows_of(relation: Any) -> tuple[type[models.Model], list[str], Prepared]:
    kind: type[models.Model] = relation.related_model
    names = [field.attname for field in kind._meta.concrete_fields]
    return kind, names, Prepared(lambda keys: kind._default_manager.filter(**{f"{relation.field.name}__in": keys}).values(*names))


def forget_unchanged(record: ClusterableModel, names: Iterable[str] | None = None) -> None:
    """Let go of rows that stand in the database as they are here, so that saving the record does not write each of them again.

    ``names``: of these relations alone.
    """
    held: dict[str, list[models.Model]] = getattr(record, "_cluster_related_objects", {})
    model: type[models.Model] = type(record)
    relations = _relations(model)
    looked_at = [name for name in held if name in relations and (names is None or name in names)]
    if not looked_at:
        return
    filled = kinds_with_rows(record)
    for name in looked_at:
        stored = _stored(record, relations[name]) if name in filled else ()
        if _same(held[name], stored):
            del held[name]


def _same(rows: list[models.Model], stored: Iterable[models.Model]) -> bool:
    if any(row.pk is None for row in rows):
        return False
    return {row.pk: _values(row) for row in rows} == {row.pk: _values(row) for row in stored}


def _values(row: models.Model) -> list[Any]:
    return [field.value_from_object(row) for field in row._meta.concrete_fields]
