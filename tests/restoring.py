"""The database as it was before the first test: put back after each test that commits.

Django's own way empties every table and sends ``post_migrate`` again, which takes longer than most tests and leaves out what migrations
wrote. Here only the tables that hold something else are touched.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult

Rows = list[tuple[Any, ...]]


class Snapshot:
    """The rows of every table at one moment, but for tasks: what migrations left to be done is not done here."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            # the full-text table of Wagtail's own index follows its triggers
            tables = [name for name in connection.introspection.table_names(cursor) if "_fts" not in name and name != "django_migrations"]
            self._tables = sorted(tables)
            kept = [name for name in _filled(cursor, self._tables) if name != DBTaskResult._meta.db_table]
            self._rows: dict[str, Rows] = {name: _rows(cursor, name) for name in kept}
        self.restore()

    def restore(self) -> None:
        """Make every table hold these rows again; what refers to what is looked at when all are in place."""
        connection.close_if_unusable_or_obsolete()
        with connection.cursor() as cursor:
            filled = _filled(cursor, self._tables)
            other = [name for name in {*filled, *self._rows} if name not in self._rows or _rows(cursor, name) != self._rows[name]]
            if not other:
                return
            with connection.constraint_checks_disabled(), transaction.atomic():
                for name in other:
                    cursor.execute(f"DELETE FROM {_quoted(name)}")
                for name in other:
                    _insert(cursor, name, self._rows.get(name, []))


def _filled(cursor: Any, tables: Sequence[str]) -> list[str]:
    """Names of the tables that hold any row: one question."""
    asked = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {_quoted(name)})" for name in tables)
    cursor.execute(asked)
    return [row[0] for row in cursor.fetchall()]


def _rows(cursor: Any, table: str) -> Rows:
    cursor.execute(f"SELECT * FROM {_quoted(table)} ORDER BY 1")
    return cursor.fetchall()


def _insert(cursor: Any, table: str, rows: Rows) -> None:
    if rows:
        places = ", ".join(["%s"] * len(rows[0]))
        cursor.executemany(f"INSERT INTO {_quoted(table)} VALUES ({places})", rows)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
