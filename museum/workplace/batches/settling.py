"""What a changed text of a row brings with it, as when somebody types it in the form: its checks, and the years that are read out of a date."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models

from museum.workplace.objects import dates, small

# Texts that the form reads before it keeps them.
TYPED: dict[str, Callable[[str], str]] = {"language": small.language, "region": small.region}


def settle(row: models.Model, name: str, before: Any) -> None:
    """Check the row's field and let what is derived from it follow. Raises ValidationError with the form's own sentences."""
    if name in TYPED:
        setattr(row, name, TYPED[name](getattr(row, name)))
    if name == "date_text":
        _redate(row, before)
    row.clean_fields(exclude=[field.name for field in row._meta.fields if field.name != name])


def _redate(row: models.Model, before: str) -> None:
    """The years of the new words; those that the museum has given by hand stay, as in the form."""
    told = {column: getattr(row, column) for column in ("date_text", *dates.COLUMNS)}
    dates.fill(told, before or "")
    for column in dates.COLUMNS:
        setattr(row, column, told[column])
    row.clean()
