"""The web server, with the museum loaded once: ``python -m museum.serving --port 8000 --workers 2`` and whatever else granian knows.

granian forks its workers, each of which would load all of the museum for itself: 130 MB and half a minute of a slow core. Loaded
before the fork, what they never write to stays one copy. Where processes are not forked (macOS) each loads it, as before.
"""

from __future__ import annotations

import ctypes
import logging
import sys
import threading
from collections.abc import Callable
from typing import Any

from iiif.image import limits

# For pages, and for tiles that lie ready, whatever is asked of the image service. Each thread costs a megabyte.
SPARE_THREADS = 4
THREADS = limits.WORKERS + limits.WAITING + SPARE_THREADS
# A web process that dies (no memory left, a file cut under it) is followed by another; left to itself granian ends all of them.
DEFAULTS = ("--interface", "wsgi", "--blocking-threads", str(THREADS), "--no-ws", "--factory", "--respawn-failed-workers")
APPLICATION = "museum.serving:application"
# mallopt(3) of glibc. Left to itself it learns to keep the large blocks of one picture for the next, tens of megabytes in each process.
# Blocks of a small picture (1.5 MB) are used again, though: to clear fresh ones takes a sixth of the time it is made in.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
MEMORY = ((M_ARENA_MAX, 1), (M_MMAP_THRESHOLD, 3 << 19), (M_TRIM_THRESHOLD, 2 << 20))
SQLITE = "django.db.backends.sqlite3"
logger = logging.getLogger("museum.serving")


def load() -> None:
    """The application, and nothing that must not be shared: no connection, and no thread, which a fork would leave behind."""
    _leave_out_drivers()
    import museum.wsgi  # noqa: F401

    _prepare()
    others = [thread.name for thread in threading.enumerate() if thread is not threading.main_thread()]
    if others:
        raise SystemExit(f"The museum has started threads before its web processes: {', '.join(others)}.")


def _leave_out_drivers() -> None:
    """Django REST framework, which the CMS brings, loads the driver of PostgreSQL wherever it is installed: 9 MB that a museum on SQLite never uses.

    It does without where there is none, which is what ``None`` says here.
    """
    from django.core.exceptions import ImproperlyConfigured

    try:
        from museum.settings import ENV
    except ImproperlyConfigured:
        return  # museum.wsgi says what is wrong
    if ENV.database["ENGINE"] == SQLITE:
        sys.modules.setdefault("psycopg", None)  # type: ignore[arg-type]


def _prepare() -> None:
    """What the first picture of each process would wait for."""
    from django.db import DatabaseError, connections

    from iiif.image import pictures
    from media import storage

    storage.prepare()
    try:
        pictures.prepare()
    except DatabaseError as error:  # the pages say so until it is back
        logger.warning("The database does not answer: %s", error)
    finally:
        connections.close_all()


def application() -> Callable[..., Any]:
    """The WSGI application of one web process, which has gone the way of a picture once: what is written on that way was shared until now."""
    import museum.wsgi
    from iiif.image import pictures
    from media import storage
    from records import sharing

    sharing.begin()
    storage.go_first()
    pictures.go_first()
    return museum.wsgi.application


def keep_small() -> None:
    """Threads share one heap (most of them wait for Python's lock anyway), and large blocks go back to the system when they are freed.
    Without glibc nothing is changed.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):
        return
    for option, value in MEMORY:
        mallopt(option, value)


def main() -> None:
    """Load, and hand over to granian. Options given later on the command line win."""
    from granian.cli import entrypoint

    keep_small()
    load()
    sys.argv = ["granian", *DEFAULTS, *sys.argv[1:], APPLICATION]
    entrypoint()


if __name__ == "__main__":
    main()
