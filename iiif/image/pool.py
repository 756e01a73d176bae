"""Bounds the work of making pictures: so many at a time, so many waiting, and one making for equal requests."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotInTime

from iiif.image.errors import Busy
from iiif.image.limits import PATIENCE, WAITING, WORKERS


class Pool:
    """Runs work in the caller's own thread, behind a semaphore. Raises Busy when too many wait already, or one waited too long."""

    def __init__(self, workers: int = WORKERS, waiting: int = WAITING, patience: float = PATIENCE) -> None:
        self.turns = threading.BoundedSemaphore(workers)
        self.most = workers + waiting
        self.patience = patience
        self.inside = 0
        self.lock = threading.Lock()
        self.flights: dict[str, Future[bytes]] = {}

    def run(self, key: str, work: Callable[[], bytes]) -> bytes:
        """The result of ``work``; callers with the same key at the same time share one."""
        with self.lock:
            flight = self.flights.get(key)
            if flight is None:
                if self.inside >= self.most:
                    raise Busy
                mine: Future[bytes] = Future()
                self.flights[key] = mine
                self.inside += 1
        if flight is not None:
            try:
                return flight.result(self.patience)
            except NotInTime:
                raise Busy from None
        return self._make(key, mine, work)

    def _make(self, key: str, mine: Future[bytes], work: Callable[[], bytes]) -> bytes:
        try:
            if not self.turns.acquire(timeout=self.patience):
                raise Busy
            try:
                made = work()
            finally:
                self.turns.release()
        except BaseException as error:
            mine.set_exception(error)
            raise
        else:
            mine.set_result(made)
            return made
        finally:
            with self.lock:
                self.flights.pop(key, None)
                self.inside -= 1


POOL = Pool()
