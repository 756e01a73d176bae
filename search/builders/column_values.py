"""Values of a record's fields on their way into columns: chosen once for a field, then called for each of its values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from django.db import models
from django.utils import timezone

from records import languages
from records.fields import LanguageMapField
from records.references import Ref
from search import columns
from search.builders.texts import Names, strings_in
from search.columns import Columns
from search.language.fields import Kind

MOST_KNOWN = 500  # of one kind of row
Put = Callable[[Columns, str, Any, Names], None]


def put_of(kind: Kind, field: Any) -> Put:
    """How the values of a model's field, flags and codes apart, are put into its column."""
    if kind is Kind.TEXT:
        if isinstance(field, LanguageMapField):
            return _put_language_map
        return _put_nested if isinstance(field, models.JSONField) else _put_text
    return {Kind.REFERENCE: _put_reference, Kind.NUMBER: _put_number, Kind.DAY: _put_day}[kind]


@dataclass(slots=True)
class Codes:
    """The flags and codes of one kind of row: there are few of them, and most rows say the same, so what becomes of them is kept.

    ``columns``: field → (column, whether it is a flag).
    """

    columns: dict[str, tuple[str, bool]]
    _known: dict[tuple[Any, ...], tuple[frozenset[str], frozenset[str]]] = field(default_factory=dict)

    def put(self, made: Columns, row: Mapping[str, Any]) -> None:
        """What the row's flags and codes say, into its columns."""
        values = tuple(map(row.get, self.columns))
        known = self._known.get(values)
        if known is None:
            known = self._told(values)
            if len(self._known) < MOST_KNOWN:
                self._known[values] = known
        made.tokens |= known[0]
        made.also |= known[1]

    def _told(self, values: Iterable[Any]) -> tuple[frozenset[str], frozenset[str]]:
        said = [
            (column, ("yes" if value else "no") if flag else str(value))
            for (column, flag), value in zip(self.columns.values(), values, strict=True)
            if value or value == 0
        ]
        return frozenset(columns.value(column, code) for column, code in said), frozenset(column for column, _ in said)


def _put_number(made: Columns, column: str, value: Any, names: Names) -> None:
    made.numbers[column].add(columns.scaled(value))


def _put_day(made: Columns, column: str, value: Any, names: Names) -> None:
    if day := day_of(value):
        made.numbers[column].add(day.toordinal())


def _put_language_map(made: Columns, column: str, value: Any, names: Names) -> None:
    made.texts[column] += languages.plain(value).values()


def _put_text(made: Columns, column: str, value: Any, names: Names) -> None:
    made.texts[column] += [value] if isinstance(value, str) else _parts(value)


def _put_nested(made: Columns, column: str, value: Any, names: Names) -> None:
    """Additional fields: together, and each first one by itself."""
    _put_text(made, column, value, names)
    if isinstance(value, Mapping):
        for key, part in value.items():
            made.texts[f"{column}.{key}"] += _parts(part)


def _parts(value: Any) -> list[str]:
    return [str(value)] if isinstance(value, int | float | Decimal) and not isinstance(value, bool) else list(strings_in(value))


def _put_reference(made: Columns, column: str, ref: Any, names: Names) -> None:
    if not isinstance(ref, dict):
        return
    words, tokens = names.of_column(column, cast("Ref", ref))
    made.words += words
    made.tokens |= tokens
    made.also.add(column)


def day_of(value: Any) -> date | None:
    """The museum's day of a date or a moment."""
    if isinstance(value, datetime):
        return value.astimezone(timezone.get_default_timezone()).date() if timezone.is_aware(value) else value.date()
    return value if isinstance(value, date) else None
