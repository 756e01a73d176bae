"""Long lists of ids asked of the database in portions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

Key = TypeVar("Key", int, str)
CHUNK = 400  # databases take so many parameters of one query; longer lists cost more than a second query


@dataclass(frozen=True, slots=True)
class UsesOf:
    """All uses of media of an object (by key), where they are the many of one book: the database looks them up itself."""

    artifact: int


def portions(ids: Iterable[Key]) -> Iterator[list[Key]]:
    """The ids, 400 at a time, for an ``__in`` lookup."""
    todo = list(ids)
    for start in range(0, len(todo), CHUNK):
        yield todo[start : start + CHUNK]
