"""How vocabulary records are loaded and what their views look like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from modelcluster.models import get_all_child_relations

from records import languages, projection
from records.loading import RowSource
from records.projection import RecordData, View
from vocabularies.models import Agent, CollectionSet, Department, Museum, Period, Place, Reference, Term
from vocabularies.resolving import KINDS


def register() -> None:
    """Make every vocabulary a kind of the projection."""
    for model in (Agent, Place, Term, Period, Reference, Museum, Department, CollectionSet):
        source = RowSource(KINDS[model], model, _children(model))

        def load(pks: Sequence[int], source: RowSource = source) -> Any:
            return iter(source.bulk(pks))

        projection.register(projection.Kind(KINDS[model], load, source.from_instance, shape, model._meta.label))


def _children(model: Any) -> dict[str, Any]:
    return {relation.get_accessor_name(): (relation.related_model, relation.field.name) for relation in get_all_child_relations(model)}


def shape(data: RecordData) -> View:
    """The view of an agent, place, term, period, reference, museum, department or set.

    ``{"kind", "id", "uri", "label": {lang: text}, "description": {lang: text}, "names": [...], "links": [...], "broader": Ref|None, …}``
    """
    row = data.row
    view: View = {
        "kind": data.kind,
        "id": data.public_id,
        "label": languages.plain(row.get("label") or {}),
        "description": languages.plain(row.get("description") or {}),
        "names": data.children.get("names", []),
        "links": data.children.get("links", []),
        "updated_at": row.get("updated_at"),
    }
    for name in _PLAIN[data.kind]:
        if name in row:
            view[name] = row[name]
    view["record_kind"] = row.get("kind", "")
    for name in ("dates", "relations"):
        if name in data.children:
            view[name] = data.children[name]
    if "status" in row:  # staff alone
        view["staff"] = {name: row[name] for name in ("status", "staff_note", "source", "source_id") if name in row}
    return view


_PLAIN: dict[str, tuple[str, ...]] = {
    "agent": ("nationality", "life_dates", "birth_year", "death_year"),
    "place": ("broader", "latitude", "longitude"),
    "term": ("broader", "notation", "scope_note", "replaced_by"),
    "period": ("broader", "earliest", "latest", "ruler", "calendar", "year_one"),
    "reference": ("citation", "csl", "uri"),
    "museum": ("code", "isil", "place", "homepage"),
    "department": ("code", "museum"),
    "set": ("broader", "museum"),
}
