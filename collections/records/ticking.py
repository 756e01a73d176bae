"""What has to happen by the clock: rooms register acts in ``ready()``, the worker runs them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

NIGHTLY = 24 * 60 * 60


@dataclass(frozen=True)
class Act:
    """An idempotent act and how often it is due, in seconds (``NIGHTLY``: once a day)."""

    name: str
    run: Callable[[], object]
    seconds: int


acts: dict[str, Act] = {}


def register(name: str, run: Callable[[], object], *, seconds: int = 30) -> None:
    """Have ``run`` called about every ``seconds`` by the worker. Scheduled publishing and embargoes: every 30 s."""
    acts[name] = Act(name, run, seconds)
