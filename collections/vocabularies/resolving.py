"""References to vocabulary records, as views carry them: label in all languages, ancestors, external ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db import models

from records import languages, references
from records.prepared import Prepared
from records.references import Ref
from vocabularies.models import (
    Agent,
    AgentLink,
    CollectionSet,
    Department,
    Museum,
    Period,
    PeriodLink,
    Place,
    PlaceLink,
    Reference,
    Term,
    TermLink,
)

# deeper trees than this are not thesauri but mistakes; the loop must end
MAX_DEPTH = 24

_LINKS: dict[type[models.Model], tuple[type[models.Model], str]] = {
    Agent: (AgentLink, "agent_id"),
    Place: (PlaceLink, "place_id"),
    Term: (TermLink, "term_id"),
    Period: (PeriodLink, "period_id"),
}
_EXTRA: dict[type[models.Model], list[str]] = {
    Agent: ["kind", "life_dates", "birth_year", "death_year"],
    Place: ["latitude", "longitude", "public_precision"],
    Term: ["vocabulary__code", "status"],
    Period: ["earliest", "latest", "kind"],
    Reference: ["citation", "uri"],
    Department: ["code"],
    Museum: ["code", "homepage"],
    CollectionSet: [],
}
KINDS: dict[type[models.Model], str] = {
    Agent: "agent",
    Place: "place",
    Term: "term",
    Period: "period",
    Reference: "reference",
    Department: "department",
    Museum: "museum",
    CollectionSet: "set",
}
# "kind" is the kind of record in every reference
_RENAMED = {"vocabulary__code": "vocabulary", "kind": "type"}
_DEGREES = {"exact": 6, "km": 2, "district": 1}


def register() -> None:
    """Make references to every vocabulary resolvable."""
    for model in KINDS:
        references.register(model._meta.label, _resolver(model))


def _resolver(model: type[models.Model]) -> references.Resolver:
    def resolver(pks: set[int]) -> dict[int, Any]:
        rows = _rows(model, pks)
        if any(field.name == "broader" for field in model._meta.fields):
            _add_ancestors(model, rows)
        links = _links(model, pks)
        return {pk: _ref(model, rows, pk, links.get(pk, [])) for pk in pks if pk in rows}

    return resolver


def _rows(model: type[models.Model], pks: Iterable[int]) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    todo = list(pks)
    for start in range(0, len(todo), 400):
        for row in _asked_rows(model)(todo[start : start + 400]):
            found[row["id"]] = row
    return found


@cache
def _asked_rows(model: type[models.Model]) -> Prepared:
    columns = ["id", "public_id", "label", "is_public", *_EXTRA[model]]
    if any(field.name == "broader" for field in model._meta.fields):
        columns.append("broader_id")
    return Prepared(lambda keys: model._default_manager.filter(pk__in=keys).order_by().values(*columns))


def _add_ancestors(model: type[models.Model], rows: dict[int, dict[str, Any]]) -> None:
    """Fetch broader records level by level until all roots are there."""
    for _ in range(MAX_DEPTH):
        missing = {row["broader_id"] for row in rows.values() if row["broader_id"]} - rows.keys()
        if not missing:
            return
        rows.update(_rows(model, missing))


def _links(model: type[models.Model], pks: Iterable[int]) -> dict[int, list[dict[str, str]]]:
    if model not in _LINKS:
        return {}
    owner = _LINKS[model][1]
    found: dict[int, list[dict[str, str]]] = defaultdict(list)
    todo = list(pks)
    for start in range(0, len(todo), 400):
        for row in _asked_links(model)(todo[start : start + 400]):
            found[row.pop(owner)].append(row)
    return found


@cache
def _asked_links(model: type[models.Model]) -> Prepared:
    link_model, owner = _LINKS[model]
    return Prepared(lambda keys: link_model._default_manager.filter(**{f"{owner}__in": keys}).values(owner, "uri", "scheme", "match"))


def _ref(model: type[models.Model], rows: dict[int, dict[str, Any]], pk: int, links: list[dict[str, str]]) -> Ref:
    row = rows[pk]
    ref: dict[str, Any] = {
        "kind": KINDS[model],
        "id": row["public_id"],
        "label": languages.plain(row["label"] or {}),
        "public": row["is_public"],
    }
    if "broader_id" in row:
        ref["path"] = _path(model, rows, pk)
    if links:
        ref["links"] = links
    if model is Place:
        ref.update(_shown_position(row))
    else:
        ref.update({_RENAMED.get(name, name): row[name] for name in _EXTRA[model]})
    return ref  # type: ignore[return-value]


def _path(model: type[models.Model], rows: dict[int, dict[str, Any]], pk: int) -> list[Ref]:
    """Ancestors, root first; those that are not public are left out for everybody, as the path is only a way to find things."""
    path: list[Ref] = []
    seen = {pk}
    above = rows[pk]["broader_id"]
    while above and above in rows and above not in seen:
        seen.add(above)
        row = rows[above]
        if row["is_public"]:
            path.insert(0, {"kind": KINDS[model], "id": row["public_id"], "label": languages.plain(row["label"] or {}), "public": True})
        above = row["broader_id"]
    return path


def _shown_position(row: dict[str, Any]) -> dict[str, Any]:
    """A place's position, as exactly as the public may know it."""
    degrees = _DEGREES.get(row["public_precision"])
    if degrees is None or row["latitude"] is None:
        return {}
    return {"latitude": round(row["latitude"], degrees), "longitude": round(row["longitude"], degrees)}
