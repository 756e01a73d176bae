"""References in plain rows: a foreign key becomes ``{"kind", "id", "label": {lang: text}, "public": bool, …}``.

Each room registers resolvers for its models; the loaders call each once per batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NotRequired, TypedDict


class Ref(TypedDict):
    """A reference as views carry it. ``path`` holds the ancestors of a term or place, root first."""

    kind: str
    id: str
    label: dict[str, str]
    public: bool
    path: NotRequired[list[Ref]]
    links: NotRequired[list[dict[str, str]]]


Resolver = Callable[[set[int]], dict[int, Any]]
_resolvers: dict[str, Resolver] = {}


def register(model_label: str, resolver: Resolver) -> None:
    """Make references to ``model_label`` ("vocabularies.Agent") resolvable."""
    _resolvers[model_label] = resolver


def is_resolvable(model_label: str) -> bool:
    """True when a resolver is registered for that model."""
    return model_label in _resolvers


def resolve(model_label: str, pks: Iterable[int]) -> dict[int, Any]:
    """References for the given keys; keys of nothing are left out."""
    wanted = {pk for pk in pks if pk is not None}
    return _resolvers[model_label](wanted) if wanted else {}
