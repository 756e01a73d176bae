"""Many rows at once: an instance and a compiled statement for each of a hundred thousand take longer than the rows themselves."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, models


def insertion(model: type[models.Model], names: Sequence[str]) -> str:
    """The statement that inserts one row of these fields of a model, for ``executemany`` with values from ``get_db_prep_save``."""
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(model._meta.get_field(name).column) for name in names)  # type: ignore[union-attr, arg-type]
    return f"INSERT INTO {quoted(model._meta.db_table)} ({columns}) VALUES ({', '.join(['%s'] * len(names))})"  # noqa: S608 - names of our own
