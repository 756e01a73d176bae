"""One connection for all threads of a web process, for the small questions that pictures and manifests are answered from.

A connection to SQLite reads the tables of the whole museum first: two milliseconds, and 0.6 MB for each of the threads. Other databases are
asked by each thread over its own: they answer several at a time, and may be a network away.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import Error, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

MAX_AGE = 600  # seconds, after which it is opened anew, as Django does with those that it keeps

_shared: BaseDatabaseWrapper | None = None
_opened = 0.0
_lock = threading.Lock()


def begin() -> None:
    """From now on this process has one. To be called after a fork: SQLite's connections do not outlive one."""
    global _shared
    if connection.vendor == "sqlite":
        _shared = connections.create_connection(connection.alias)
        _shared.inc_thread_sharing()


def end() -> None:
    """Every thread asks over its own again."""
    global _shared
    with _lock:
        if _shared is not None:
            _shared.close()
        _shared = None


@contextmanager
def cursor(alias: str) -> Iterator[Any]:
    """A cursor for one question whose answer is read to its end inside. In a transaction it is the thread's own, which sees what was written."""
    own = connections[alias]
    if _shared is None or _shared.alias != alias or own.in_atomic_block:
        with own.cursor() as found:
            yield found
        return
    with _lock:
        _renew_when_old(_shared)
        try:
            with _shared.cursor() as found:
                yield found
        except Error:
            _shared.close()  # the next question opens it anew
            raise


def _renew_when_old(shared: BaseDatabaseWrapper) -> None:
    global _opened
    now = time.monotonic()
    if shared.connection is not None and now - _opened > MAX_AGE:
        shared.close()
    if shared.connection is None:
        _opened = now
