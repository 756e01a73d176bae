"""Long work on many records in little memory."""

from __future__ import annotations

from django.db import connection


def read_without_keeping() -> None:
    """For the rest of this process: SQLite maps its file into memory, which visitors' pages gain from; work that goes once through all
    records holds it for nothing."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA mmap_size=0")
