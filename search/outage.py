"""An engine that is away is not asked for a few seconds, so that nobody waits for its silence twice."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from search import fallback, visibility
from search.engines import engine, patience
from search.engines.base import EngineUnavailableError

FIRST_SECONDS = 1.0  # after one silence: a machine that is busy for a moment is not away
AWAY_SECONDS = 5.0  # after several in a row
Got = TypeVar("Got")

_away_until = 0.0
_silences = 0  # in a row


def resting() -> bool:
    """True while the engine is left in peace."""
    return time.monotonic() < _away_until


def rest() -> None:
    """The engine did not answer: for a second nobody asks it, then for two, four, at most five."""
    global _away_until, _silences
    if resting():  # others, who asked it at the same time, have said so: that is one silence
        return
    seconds = min(AWAY_SECONDS, FIRST_SECONDS * 2**_silences)
    _silences += 1
    _away_until = time.monotonic() + seconds
    fallback.logger.warning("The search engine does not answer; the fallback answers for %d seconds.", seconds)
    visibility.outage()


def answered() -> None:
    """The engine is well."""
    global _silences
    _silences = 0


def over() -> None:
    """Ask it again at once; for tests."""
    global _away_until
    _away_until = 0.0
    answered()


@contextmanager
def bounded(times: float = 1.0) -> Iterator[None]:
    """All that is asked inside, be it ten questions, takes little longer than one may; ``times``: pages of the workplace that ask for long lists."""
    with patience.at_most(engine().patience * patience.OF_AN_ACT * times):
        yield


def asked(ask: Callable[[], Got]) -> Got:
    """What ``ask`` gets from the engine. Raises EngineUnavailableError, at once for some seconds after a silence."""
    if resting():
        raise EngineUnavailableError("The search engine did not answer a moment ago.")
    try:
        with bounded():
            got = ask()
    except EngineUnavailableError:
        rest()
        raise
    answered()
    return got
