"""Going through many rows while others write.

SQLite refuses every write of a connection on which a query is still being read, once somebody else has written since it began ("database is
locked", at once, whatever the timeout). So keys are read to their end first, and rows fetched in portions.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import Any

from django.db import models

from records import ticking


def keys(rows: models.QuerySet[Any], column: str = "pk") -> array[int]:
    """The keys of the rows in their order, eight bytes for each."""
    return array("q", rows.values_list(column, flat=True).iterator(chunk_size=5_000))


def in_portions(rows: models.QuerySet[Any], size: int = 400) -> Iterator[Any]:
    """The rows in their order; one that is gone when its turn comes is left out. Raises ``ticking.ToldToEnd`` in a worker that has to end."""
    every = keys(rows)
    for start in ticking.heeding(range(0, len(every), size)):
        portion = every[start : start + size].tolist()
        found = {row.pk: row for row in rows.filter(pk__in=portion)}
        yield from (found[key] for key in portion if key in found)
