"""Long lists of ids asked of the database in portions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from django.db.models import QuerySet

Key = TypeVar("Key", int, str)
CHUNK = 400  # databases take so many parameters of one query; longer lists cost more than a second query


def portions(ids: Iterable[Key] | QuerySet[Any, Any]) -> Iterator[list[Key] | QuerySet[Any, Any]]:
    """The ids, 400 at a time, for an ``__in`` lookup. A query for ids is one portion: the database looks them up itself."""
    if isinstance(ids, QuerySet):
        yield ids
        return
    todo = list(ids)
    for start in range(0, len(todo), CHUNK):
        yield todo[start : start + CHUNK]
