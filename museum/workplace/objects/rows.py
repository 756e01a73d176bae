"""Which kinds of rows an object has: most have few of the sixteen kinds, and a form asks for each of them."""

from __future__ import annotations

from typing import Any

from modelcluster.models import get_all_child_relations

from artifacts.models import Artifact
from records.clusters import kinds_with_rows

NAMES = [relation.get_accessor_name() for relation in get_all_child_relations(Artifact)]


def know_empty(artifact: Artifact) -> None:
    """Let an object that is only shown know which kinds of rows it has none of. Rows that a draft brought along are left as they are."""
    known: dict[str, Any] = artifact.__dict__.setdefault("_cluster_related_objects", {})
    filled = kinds_with_rows(artifact)
    for name in NAMES:
        if name not in filled:
            known.setdefault(name, [])


def know_all(artifact: Artifact) -> None:
    """Let an object that is about to be changed hold its rows.

    Each kind would be asked for by its part of the form, and again when that is carried over.
    """
    know_empty(artifact)
    for name in NAMES:
        getattr(artifact, name).get_object_list()
