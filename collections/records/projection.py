"""The one projection: plain rows in, what an audience may see out. Pages, manifests, indices, APIs and feeds read nothing else.

A room registers for each kind of record a bulk loader (public keys → ``RecordData``), a cluster loader (an unsaved or
revised instance → ``RecordData``) and a shape (filtered rows → the view that templates and builders read). Upper rooms
add to views through ``contributions``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from records.publication import PUBLIC, Audience, readable_fields

Row = dict[str, Any]
View = dict[str, Any]


@dataclass(slots=True)
class RecordData:
    """One record as plain rows. References are ``Ref`` dicts: ``{"kind", "id", "label": {lang: text}, "public": bool, …}``."""

    kind: str
    pk: int | None
    public_id: str
    model: str
    row: Row
    is_public: bool
    children: dict[str, list[Row]] = field(default_factory=dict)
    child_models: Mapping[str, str] = field(default_factory=dict)
    policy_open: bool = True


@dataclass(frozen=True)
class Kind:
    """How records of one kind are loaded and shaped."""

    name: str
    load: Callable[[Sequence[int]], Iterator[RecordData]]
    from_instance: Callable[[Any], RecordData]
    shape: Callable[[RecordData], View]
    model: str


_kinds: dict[str, Kind] = {}
contributions: dict[str, list[Callable[[Sequence[RecordData], Audience], Mapping[str, View]]]] = {}


def register(kind: Kind) -> None:
    """Make a kind known."""
    _kinds[kind.name] = kind


def kind(name: str) -> Kind:
    """The kind of that name. Raises KeyError when no room has registered it."""
    return _kinds[name]


def kinds() -> list[str]:
    """Names of all registered kinds."""
    return list(_kinds)


def contribute(kind_name: str, function: Callable[[Sequence[RecordData], Audience], Mapping[str, View]]) -> None:
    """Let an upper room add keys to views: ``function(records, audience) -> {public_id: {key: value}}``, called once per batch."""
    contributions.setdefault(kind_name, []).append(function)


def project(data: RecordData, audience: Audience) -> View:
    """What ``audience`` may see of ``data``: a pure function. Row visibility and field class: the stricter wins."""
    return _kinds[data.kind].shape(filtered(data, audience))


def filtered(data: RecordData, audience: Audience) -> RecordData:
    """``data`` with only the rows and fields that the audience may read."""
    allowed = readable_fields(data.model, audience, policy_open=data.policy_open)
    children: dict[str, list[Row]] = {}
    for name, rows in data.children.items():
        if not rows:
            children[name] = []
            continue
        fields = readable_fields(data.child_models[name], audience, policy_open=data.policy_open)
        children[name] = [_readable(row, fields) for row in rows if audience.staff or _visible(row)]
    row = _readable(data.row, allowed)
    if not audience.staff:
        _drop_hidden(row)
    return RecordData(
        kind=data.kind,
        pk=data.pk,
        public_id=data.public_id,
        model=data.model,
        row=row,
        is_public=data.is_public,
        children=children,
        child_models=data.child_models,
        policy_open=data.policy_open,
    )


def views(kind_name: str, pks: Iterable[int], audience: Audience = PUBLIC, *, batch: int = 400) -> Iterator[View]:
    """Views of the records ``pks`` that exist, in batches; for the public only of public records. Order within a batch is by key."""
    todo = list(pks)
    for start in range(0, len(todo), batch):
        loaded = [data for data in _kinds[kind_name].load(todo[start : start + batch]) if audience.staff or data.is_public]
        yield from with_contributions(loaded, audience)


def with_contributions(loaded: Sequence[RecordData], audience: Audience) -> Iterator[View]:
    """Views of loaded records, with what upper rooms know about them: each is made when it is asked for."""
    extras = [function(loaded, audience) for function in contributions.get(loaded[0].kind, ())] if loaded else []
    for data in loaded:
        view = project(data, audience)
        for extra in extras:
            view.update(extra.get(view["id"], {}))
        yield view


def view_of(kind_name: str, pk: int, audience: Audience = PUBLIC) -> View | None:
    """The view of one stored record, or None when it does not exist or is hidden from the audience."""
    return next(views(kind_name, [pk], audience), None)


def preview_of(kind_name: str, instance: Any, audience: Audience = PUBLIC) -> View:
    """The view of an unsaved form, a draft or a revision, as the audience would see it once published."""
    return next(with_contributions([_kinds[kind_name].from_instance(instance)], audience))


def _visible(row: Row) -> bool:
    """For the public. Asked for every row of every record: a plain loop over its values."""
    if row.get("visibility", "public") != "public" or row.get("published") is False:
        return False
    for value in row.values():  # noqa: SIM110
        if value and isinstance(value, dict) and value.get("public") is False and "kind" in value:
            return False
    return True


def _is_hidden(value: Any) -> bool:
    """True for a reference to a record that the public may not see."""
    return isinstance(value, dict) and value.get("public") is False and "kind" in value


def _drop_hidden(row: Row) -> None:
    """Take out references to records that the public may not see."""
    for name, value in [(name, value) for name, value in row.items() if isinstance(value, dict | list)]:
        if isinstance(value, list):
            row[name] = [item for item in value if not _is_hidden(item)]
        elif _is_hidden(value):
            del row[name]


# Readable fields → names that were met in rows and are not among them.
_unreadable: dict[frozenset[str], tuple[str, ...]] = {}


def _readable(row: Row, fields: frozenset[str]) -> Row:
    """A copy with these fields alone. Copied whole, then bereft of what was met before: a fifth of the time of choosing field by field."""
    known = _unreadable.get(fields, ())
    readable = row.copy()
    for name in known:
        readable.pop(name, None)
    if readable.keys() <= fields:
        return readable
    _unreadable[fields] = (*known, *(readable.keys() - fields))
    return {name: value for name, value in row.items() if name in fields}
