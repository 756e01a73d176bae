"""What a process beside the rebuild runs. It is loaded before Django is set up, so it imports nothing of the museum at the top."""

from __future__ import annotations

import gc
import os
import threading
import time
from typing import Any

LOOKS_EVERY = 2.0  # seconds


def begin(database: str) -> None:
    """Sets the process up with the parent's database; it ends when the parent is gone, however that came about."""
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    import django

    django.setup()
    from django.db import connection

    from records import collecting

    collecting.settle()
    gc.disable()  # see make
    connection.settings_dict["NAME"] = database


def make(kind: str, pks: tuple[int, ...], version: int, audiences: tuple[Any, ...]) -> Any:
    """One batch, see ``search.making.make``. No connection is held afterwards.

    Python's collector goes through what the last batch left, once that was handed over: of itself it would go through all that is being made.
    """
    gc.collect(1)
    from django.db import connections

    from search import making

    try:
        return making.make(making.Batch(kind, pks, version), audiences)
    finally:
        connections.close_all()


def _end_with(parent: int) -> None:
    """A parent that was killed says nothing: its children are then somebody else's."""
    while os.getppid() == parent:
        time.sleep(LOOKS_EVERY)
    os._exit(1)
