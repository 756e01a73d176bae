"""Questions to the database outside Django's request cycle, where nobody has closed a connection that died."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection

Answered = TypeVar("Answered")


def twice(ask: Callable[[], Answered]) -> Answered:
    """What ``ask`` answers; when the connection is broken, a second try opens a new one.

    A connection to SQLite that this thread did not have is closed again: kept by each of the threads they cost ten megabytes.
    """
    had_one = connection.connection is not None
    try:
        return ask()
    except (OperationalError, InterfaceError):
        if connection.in_atomic_block:
            raise
        connection.close()
        return ask()
    finally:
        if not had_one and connection.vendor == "sqlite" and not connection.in_atomic_block:
            connection.close()


def or_django(answer: Callable[[], Answered | None]) -> Answered | None:
    """What a gate in front of Django answers; None while the database is away, so that Django says so as it does everywhere."""
    try:
        return answer()
    except (OperationalError, InterfaceError):
        if not connection.in_atomic_block:
            connection.close()
        return None
