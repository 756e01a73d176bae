"""An engine that is away is not asked for a few seconds, so that nobody waits for its silence twice."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from search import fallback, visibility
from search.engines.base import EngineUnavailableError

AWAY_SECONDS = 5.0
Got = TypeVar("Got")

_away_until = 0.0


def resting() -> bool:
    """True while the engine is left in peace."""
    return time.monotonic() < _away_until


def rest() -> None:
    """The engine did not answer."""
    global _away_until
    _away_until = time.monotonic() + AWAY_SECONDS
    fallback.logger.warning("The search engine does not answer; the fallback answers for %d seconds.", AWAY_SECONDS)
    visibility.outage()


def over() -> None:
    """Ask it again at once; for tests."""
    global _away_until
    _away_until = 0.0


def asked(ask: Callable[[], Got]) -> Got:
    """What ``ask`` gets from the engine. Raises EngineUnavailableError, at once for some seconds after a silence."""
    if resting():
        raise EngineUnavailableError("The search engine did not answer a moment ago.")
    try:
        return ask()
    except EngineUnavailableError:
        rest()
        raise
