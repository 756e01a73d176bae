"""What a process beside the rebuild runs. It is loaded before Django is set up, so it imports nothing of the museum at the top."""

from __future__ import annotations

from typing import Any


def begin(database: str) -> None:
    """Sets the process up with the parent's database."""
    import django

    django.setup()
    from django.db import connection

    connection.settings_dict["NAME"] = database


def make(kind: str, pks: tuple[int, ...], version: int, audiences: tuple[Any, ...]) -> Any:
    """One batch, see ``search.making.make``."""
    from search import making

    return making.make(making.Batch(kind, pks, version), audiences)
