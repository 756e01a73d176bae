"""What the worker does besides queued tasks: it works through the journal and makes its rounds. Rooms register in ``ready()``.

rounds.consume("search", index.catch_up)          # called again and again: one batch of the journal, returns how much it did
rounds.every(30, "embargoes", publishing.tick)    # every so many seconds
rounds.nightly("fixity", fixity.audit)            # once a night, in one worker only
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from records.models import Counter

NIGHT_BEGINS = 2  # o'clock, the museum's own time


@dataclass(frozen=True)
class Round:
    """Work that comes back every ``seconds``."""

    name: str
    seconds: float
    act: Callable[[], Any]


consumers: dict[str, Callable[[], int]] = {}
rounds: dict[str, Round] = {}
nights: dict[str, Callable[[], Any]] = {}


def consume(name: str, batch: Callable[[], int]) -> None:
    """``batch`` takes the journal's next entries for the consumer ``name`` and returns how many it took; 0 lets the worker rest."""
    consumers[name] = batch


def every(seconds: float, name: str, act: Callable[[], Any]) -> None:
    """Do ``act`` every ``seconds``. It must be harmless to do it twice: each worker makes its own rounds."""
    rounds[name] = Round(name, seconds, act)


def nightly(name: str, act: Callable[[], Any]) -> None:
    """Do ``act`` once a night."""
    nights[name] = act


def nights_due(now: datetime | None = None) -> list[str]:
    """The nightly works that nobody has begun since last night. The caller has claimed them: no other worker gets the same."""
    local = timezone.localtime(now)
    if local.hour < NIGHT_BEGINS:
        return []
    today = local.date().toordinal()
    claimed = []
    for name in nights:
        # the first night counts from the first sight, so that a new museum does not begin with an audit
        _, made = Counter.objects.get_or_create(name=f"night:{name}"[:40], defaults={"value": today})
        if not made and Counter.objects.filter(name=f"night:{name}"[:40], value__lt=today).update(value=today):
            claimed.append(name)
    return claimed
