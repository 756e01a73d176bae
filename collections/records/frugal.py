"""Long work on many records in little memory."""

from __future__ import annotations

from django.db import connection

_CACHE_KIB = 8_000


def read_without_keeping() -> None:
    """For the rest of this process: SQLite maps a quarter of a gigabyte of its file into memory and keeps 64 MB of pages, which visitors' pages
    gain from; work that goes once through all records holds them for nothing."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA mmap_size=0")
            cursor.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
