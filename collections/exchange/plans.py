"""A plan: what one record of a source is to become, before anything is looked up or written."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import models
from modelcluster.models import get_all_child_relations

from artifacts.models import Artifact
from exchange.problems import Findings
from exchange.wanted import Wanted, WantedAgent

Row = dict[str, Any]
Reference = Wanted | WantedAgent


@dataclass(slots=True)
class Plan:
    """One object: ``columns`` of its own and ``rows`` by relation. References are ``Wanted`` until the vocabulary resolves them."""

    key: str
    row: int
    record: dict[str, Any]
    digest: str
    findings: Findings
    columns: Row = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    public_id: str = ""
    published: bool = True

    def add(self, relation: str, **values: Any) -> Row:
        """Append a row to a relation and return it."""
        row = {name: value for name, value in values.items() if value is not None}
        self.rows.setdefault(relation, []).append(row)
        return row

    def wanted(self) -> list[Reference]:
        """Every reference that has to be resolved."""
        found = [value for value in self.columns.values() if isinstance(value, Wanted | WantedAgent)]
        for rows in self.rows.values():
            found += [value for row in rows for value in row.values() if isinstance(value, Wanted | WantedAgent)]
        return found


@cache
def relations() -> dict[str, type[models.Model]]:
    """Child relations of an object: accessor → model."""
    return {relation.get_accessor_name(): relation.related_model for relation in get_all_child_relations(Artifact)}


@cache
def content_fields(model: type[models.Model]) -> tuple[models.Field, ...]:
    """The columns of a child row that say something: neither key, owner, order nor derived."""
    from records.fields import DerivedField

    return tuple(
        column
        for column in model._meta.concrete_fields
        if not column.primary_key and column.name not in ("artifact", "sort_order") and not isinstance(column, DerivedField)
    )


def fit(plan: Plan) -> None:
    """Cut what is longer than its column, noting it; the whole value stays in the plan's record."""
    _fit_row(Artifact, plan.columns, plan)
    for relation, rows in plan.rows.items():
        for row in rows:
            _fit_row(relations()[relation], row, plan)


def _fit_row(model: type[models.Model], row: Row, plan: Plan) -> None:
    for name, value in row.items():
        limit = _limit(model, name)
        if limit and isinstance(value, str) and len(value) > limit:
            plan.findings.add("too_long", name, value, length=len(value), limit=limit)
            row[name] = value[: limit - 1] + "…"


@cache
def _limit(model: type[models.Model], name: str) -> int | None:
    column = model._meta.get_field(name)
    return None if column.is_relation else getattr(column, "max_length", None)
