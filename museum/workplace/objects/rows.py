"""Which kinds of rows an object has: most have few of the sixteen kinds, and a form asks for each of them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db.models import Exists, OuterRef
from modelcluster.models import get_all_child_relations

from artifacts.models import Artifact
from records.prepared import Prepared


def know_empty(artifact: Artifact) -> None:
    """Let an object that is only shown know which kinds of rows it has none of. Rows that a draft brought along are left as they are."""
    known: dict[str, Any] = artifact.__dict__.setdefault("_cluster_related_objects", {})
    for found in _kinds()([artifact.pk]):
        for name in _names():
            if not found[f"has_{name}"]:
                known.setdefault(name, [])


@lru_cache(maxsize=1)
def _names() -> dict[str, Any]:
    """Kinds of rows, by the name that an object has them under."""
    return {relation.get_accessor_name(): relation for relation in get_all_child_relations(Artifact)}


@lru_cache(maxsize=1)
def _kinds() -> Prepared:
    """Whether an object has any of each kind."""
    has = {
        f"has_{name}": Exists(relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")}))
        for name, relation in _names().items()
    }
    return Prepared(lambda keys: Artifact.objects.filter(pk__in=keys).values(**has))
