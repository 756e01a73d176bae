"""Three sides of a record: what the last import left (its imprint), what stands here now, and what the source says now."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models

from exchange.plans import Row, content_fields


def fingerprint(value: Any) -> str:
    """A short fingerprint of a value; forms that change nothing but line ends or trailing zeros do not change it."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=_plain)
    return hashlib.blake2b(text.replace("\\r\\n", "\\n").encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)


def row_fingerprint(model: type[models.Model], row: Row) -> str:
    """The fingerprint of a child row by column; what has its default value does not count."""
    said = {}
    for column, default in _columns(model):
        value = row.get(column, default)
        if value != default and value not in (None, "", {}):
            said[column] = value
    return fingerprint(said)


_cached: dict[type[models.Model], tuple[tuple[str, Any], ...]] = {}


def _columns(model: type[models.Model]) -> tuple[tuple[str, Any], ...]:
    if model not in _cached:
        _cached[model] = tuple((column.attname, column.get_default()) for column in content_fields(model))
    return _cached[model]


@dataclass
class RelationChange:
    """What has to happen to the rows of one relation."""

    remove: list[int] = field(default_factory=list)
    add: list[Row] = field(default_factory=list)
    # every row that stays (its key) or comes (its columns), in the order in which they shall stand
    arrangement: list[int | Row] = field(default_factory=list)
    conflict: bool = False


def merge_column(base: str | None, here: Any, there: Any) -> str:
    """``same``, ``take`` or ``conflict`` for one column. ``base`` is the imprint's fingerprint, None when there was none."""
    now, new = fingerprint(here), fingerprint(there)
    if now == new:
        return "same"
    if base is not None and new == base:
        return "same"  # the source says what it said: our own change stands
    if base is None and not _empty(here):
        return "conflict"  # the source has something new to say where a curator was first
    if base is not None and now != base:
        return "conflict"
    return "take"


def _empty(value: Any) -> bool:
    return value in (None, "", {}, [])


def merge_rows(base: Sequence[str], here: Iterable[tuple[int, str]], there: Sequence[tuple[Row, str]]) -> RelationChange:
    """Rows of one relation: rows that curators added stay; a row that both sides changed is a conflict and changes nothing."""
    change = RelationChange()
    present = list(here)
    new, old, now = Counter(print_ for _, print_ in there), Counter(base), Counter(print_ for _, print_ in present)
    leaving, coming = old - new, new - old
    if leaving - now and coming:
        change.conflict = True
        return change
    staying: dict[str, list[int]] = {}
    for pk, print_ in present:
        if leaving[print_]:
            leaving[print_] -= 1
            change.remove.append(pk)
        else:
            staying.setdefault(print_, []).append(pk)
    for row, print_ in there:
        if staying.get(print_):  # it stands here, whether from the last import or because somebody entered the very same
            change.arrangement.append(staying[print_].pop(0))
        elif coming[print_]:
            coming[print_] -= 1
            change.add.append(row)
            change.arrangement.append(row)
    placed = set(filter(lambda item: isinstance(item, int), change.arrangement))
    change.arrangement += [pk for pk, _ in present if pk not in placed and pk not in change.remove]
    return change
