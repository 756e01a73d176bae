"""The two loaders behind every projection: many stored records at once, or one instance as it stands in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection, models
from modelcluster.fields import ParentalKey

from records import references
from records.prepared import Prepared
from records.projection import RecordData, Row
from records.references import Ref

# SQLite's expression tree ends at 1,000 terms.
CHUNK = 800
DENSE = 1.25  # keys per wanted key up to which a range is read


@dataclass(frozen=True)
class RowSource:
    """Where the rows of one kind of record lie.

    ``children`` maps a name in ``RecordData.children`` to (model, name of its foreign key to the record).
    """

    kind: str
    model: type[models.Model]
    children: Mapping[str, tuple[type[models.Model], str]]
    public_field: str = "is_public"

    @cached_property
    def child_models(self) -> dict[str, str]:
        """Model labels of the children, by their names."""
        return {name: model._meta.label for name, (model, _) in self.children.items()}

    def bulk(self, pks: Sequence[int], only: Mapping[str, Sequence[int]] | None = None) -> list[RecordData]:
        """Plain rows of many stored records, ordered by key; one query per table and 800 records.

        ``only`` narrows children to some keys, by their name: a book has a thousand pages of which one changed.
        """
        found: dict[int, RecordData] = {}
        for chunk in _chunks(pks):
            for row in self._records(chunk):
                found[row["id"]] = self._data(row)
            for name in self._with_rows(chunk[0]) if len(chunk) == 1 else self.children:
                parent = self.children[name][1]
                for row in self._children(name, chunk, (only or {}).get(name)):
                    owner = found.get(row[f"{parent}_id"])
                    if owner is not None:
                        owner.children[name].append(row)
        loaded = list(found.values())
        self._resolve(loaded)
        return loaded

    def _records(self, chunk: Sequence[int]) -> Iterable[Row]:
        if len(chunk) == 1:
            return self._one(chunk)
        if not _is_dense(chunk):
            return _rows_of(self.model._default_manager.filter(pk__in=chunk).order_by("pk"))
        wanted = set(chunk)
        return (row for row in self._range((min(chunk), max(chunk))) if row["id"] in wanted)

    def _children(self, name: str, chunk: Sequence[int], only: Sequence[int] | None) -> Iterable[Row]:
        if len(chunk) == 1 and only is None:
            return self._children_of_one[name](chunk)
        if only is None and _is_dense(chunk):
            return self._range_of_children[name]((min(chunk), max(chunk)))
        model, parent = self.children[name]
        rows = model._default_manager.filter(**{f"{parent}__in": chunk})
        return _rows_of(_in_order(model, rows if only is None else rows.filter(pk__in=only)))

    @cached_property
    def _one(self) -> Prepared:
        return Prepared(lambda keys: self.model._default_manager.filter(pk__in=keys).values())

    @cached_property
    def _children_of_one(self) -> dict[str, Prepared]:
        def of(model: type[models.Model], parent: str) -> Prepared:
            return Prepared(lambda keys: _in_order(model, model._default_manager.filter(**{f"{parent}__in": keys})).values())

        return {name: of(model, parent) for name, (model, parent) in self.children.items()}

    @cached_property
    def _range(self) -> Prepared:
        return Prepared(lambda ends: self.model._default_manager.filter(pk__gte=ends[0], pk__lte=ends[1]).order_by("pk").values())

    @cached_property
    def _range_of_children(self) -> dict[str, Prepared]:
        def of(model: type[models.Model], parent: str) -> Prepared:
            def within(ends: Sequence[int]) -> models.QuerySet:
                rows = model._default_manager.filter(**{f"{parent}__gte": ends[0], f"{parent}__lte": ends[1]})
                return _in_order(model, rows).values()

            return Prepared(within)

        return {name: of(model, parent) for name, (model, parent) in self.children.items()}

    def _with_rows(self, pk: int) -> list[str]:
        """Names of the children that this record has: one question instead of one for each table, most of which hold nothing of it."""
        if not self.children:
            return []
        with connection.cursor() as cursor:
            cursor.execute(self._which_have_rows, [pk] * len(self.children))
            return [name for name, there in zip(self.children, cursor.fetchone(), strict=True) if there]

    @cached_property
    def _which_have_rows(self) -> str:
        # names of our own tables, all lower case
        asked = (f"EXISTS(SELECT 1 FROM {model._meta.db_table} WHERE {parent}_id = %s)" for model, parent in self.children.values())  # noqa: S608
        return f"SELECT {', '.join(asked)}"

    def from_instance(self, instance: Any) -> RecordData:
        """Plain rows of one instance with its children in memory: an unsaved form, a draft, a revision."""
        data = self._data(_row_of(instance))
        for name, (model, parent) in self.children.items():
            in_cluster = isinstance(model._meta.get_field(parent), ParentalKey)
            if in_cluster or instance.pk is not None:
                data.children[name] = [_row_of(child) for child in getattr(instance, name).all()]
        self._resolve([data])
        return data

    def _data(self, row: Row) -> RecordData:
        return RecordData(
            kind=self.kind,
            pk=row["id"],
            public_id=row["public_id"],
            model=self.model._meta.label,
            row=row,
            is_public=bool(row.get(self.public_field)),
            children={name: [] for name in self.children},
            child_models=self.child_models,
        )

    @cached_property
    def _foreign_keys(self) -> dict[str, list[tuple[str, str, str]]]:
        """For each model here its foreign keys: (column, field name, target label).

        A row's key to the record that it belongs to is none of them: a draft's own rows must not look like mentions of a hidden record.
        """
        found = {self.model._meta.label: _foreign_keys_of(self.model)}
        for model, parent in self.children.values():
            found[model._meta.label] = [key for key in _foreign_keys_of(model) if key[1] != parent]
        return found

    def references(self, loaded: Iterable[RecordData]) -> Iterator[Ref]:
        """Every record that the rows name, each once."""
        found: dict[int, Ref] = {}
        for label, rows in _rows_by_model(loaded).items():
            for _, name, _ in self._foreign_keys[label]:
                found |= {id(ref): ref for row in rows if (ref := row.get(name))}
        return iter(found.values())

    def _resolve(self, loaded: Sequence[RecordData]) -> None:
        """Put references in the place of keys, with one look-up per target model."""
        wanted: dict[str, set[int]] = defaultdict(set)
        by_model = _rows_by_model(loaded)
        for label, rows in by_model.items():
            for column, _, target in self._foreign_keys[label]:
                wanted[target] |= {key for row in rows if (key := row.get(column)) is not None}
        found = {target: references.resolve(target, pks) for target, pks in wanted.items() if pks}
        for label, rows in by_model.items():
            for column, name, target in self._foreign_keys[label]:
                refs = found.get(target, {})
                for row in rows:
                    row[name] = refs.get(row.pop(column, None))


def _rows_by_model(loaded: Iterable[RecordData]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for data in loaded:
        found[data.model].append(data.row)
        for name, rows in data.children.items():
            if rows:
                found[data.child_models[name]] += rows
    return found


def _foreign_keys_of(model: type[models.Model]) -> list[tuple[str, str, str]]:
    keys = []
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.related_model is not None:
            target = field.related_model._meta.label  # type: ignore[union-attr]
            if references.is_resolvable(target):
                keys.append((field.attname, field.name, target))
    return keys


def _rows_of(query: models.QuerySet) -> Iterable[Row]:
    """What ``values()`` gives, with half of its work for each row."""
    names = [field.attname for field in query.model._meta.concrete_fields]
    return (dict(zip(names, row, strict=True)) for row in query.values_list(*names))


def _row_of(instance: models.Model) -> Row:
    return {field.attname: getattr(instance, field.attname) for field in instance._meta.concrete_fields}


def _in_order(model: type[models.Model], query: models.QuerySet) -> models.QuerySet:
    has_order = any(field.name == "sort_order" for field in model._meta.concrete_fields)
    return query.order_by("sort_order", "pk") if has_order else query.order_by("pk")


def _is_dense(keys: Sequence[int]) -> bool:
    """Whether a range is read, with what lies between the keys: it costs a tenth of four hundred parameters."""
    return len(keys) > 1 and max(keys) - min(keys) < DENSE * len(keys)


def _chunks(pks: Sequence[int]) -> Iterable[Sequence[int]]:
    todo = list(pks)
    return (todo[start : start + CHUNK] for start in range(0, len(todo), CHUNK))
