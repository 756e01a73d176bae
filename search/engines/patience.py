"""How long one act may wait for the engine, however many questions it asks: a visitor's page, a suggestion, a list of the workplace.

Each question has a limit of its own. An engine that is slow, not dead, would use it up with every one of them.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from search.engines.base import EngineUnavailableError

OF_AN_ACT = 1.2  # of the patience with one question; with the fallback's own time, a visitor waits at most a second and a half

_until: ContextVar[float | None] = ContextVar("engine_patience_until", default=None)


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """All questions inside together wait no longer; of two such acts, one in the other, the outer one's end holds."""
    before, until = _until.get(), time.monotonic() + seconds
    token = _until.set(until if before is None else min(before, until))
    try:
        yield
    finally:
        _until.reset(token)


def left(most: float) -> float:
    """Seconds for the next question. Raises EngineUnavailableError when the act has used up its own."""
    until = _until.get()
    if until is None:
        return most
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise EngineUnavailableError("The search engine is too slow.")
    return min(most, seconds)
