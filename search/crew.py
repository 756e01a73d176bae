"""Processes that make documents beside this one. They stay for a moment when their work is done: thousands of records seldom come alone.

Each takes seconds to load the museum, as long as making a thousand documents. While they rest they hold no connection to the database.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from search import processes as beside

REST_SECONDS = 10.0  # without work, after which they end


@dataclass(slots=True)
class _Crew:
    pool: ProcessPoolExecutor
    made_for: tuple[int, str, int]  # how many, the database, the process beside which they are
    ending: threading.Timer | None = None

    def end(self) -> None:
        self.pool.shutdown(wait=False, cancel_futures=True)


_resting: _Crew | None = None
_lock = threading.Lock()


@contextmanager
def at_work(processes: int) -> Iterator[ProcessPoolExecutor]:
    """A pool of so many processes, those of the last time if they still rest. After an error they are not kept."""
    crew = _woken((processes, _database(), os.getpid()))
    try:
        yield crew.pool
    except BaseException:
        crew.end()
        raise
    _rest(crew)


def dismiss() -> None:
    """End the processes that rest."""
    global _resting
    with _lock:
        crew, _resting = _resting, None
    if crew is not None:
        _end(crew)


def _woken(wanted: tuple[int, str, int]) -> _Crew:
    global _resting
    with _lock:
        crew, _resting = _resting, None
    if crew is not None and crew.made_for == wanted:
        if crew.ending is not None:
            crew.ending.cancel()
        return crew
    if crew is not None:
        _end(crew)
    processes, database, _ = wanted
    context = multiprocessing.get_context("spawn")
    return _Crew(ProcessPoolExecutor(processes, mp_context=context, initializer=beside.begin, initargs=(database,)), wanted)


def _rest(crew: _Crew) -> None:
    global _resting
    with _lock:
        before, _resting = _resting, crew
        crew.ending = threading.Timer(REST_SECONDS, _end_if_resting, [crew])
        crew.ending.daemon = True
        crew.ending.start()
    if before is not None:
        _end(before)


def _end_if_resting(crew: _Crew) -> None:
    global _resting
    with _lock:
        if _resting is not crew:
            return
        _resting = None
    crew.end()


def _end(crew: _Crew) -> None:
    if crew.ending is not None:
        crew.ending.cancel()
    if crew.made_for[2] == os.getpid():  # a fork has only the memory of them
        crew.end()


def _database() -> str:
    from django.db import connection

    return str(connection.settings_dict["NAME"])
