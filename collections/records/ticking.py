"""What has to happen by the clock: rooms register acts in ``ready()``, the worker runs them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

NIGHTLY = 24 * 60 * 60


@dataclass(frozen=True)
class Act:
    """An idempotent act and how often it is due, in seconds (``NIGHTLY``: once a day)."""

    name: str
    run: Callable[[], object]
    seconds: int


class ToldToEnd(Exception):
    """The worker was told to end while an act was under way; the act is begun again by the next worker."""


acts: dict[str, Act] = {}
ending = threading.Event()  # set by the worker when it is told to end


def go_on() -> None:
    """For acts that go through the whole catalogue, between two portions. Raises ToldToEnd when the worker has to end."""
    if ending.is_set():
        raise ToldToEnd


def heeding(items: Iterable[T]) -> Iterator[T]:
    """The items, as long as the worker need not end. Raises ToldToEnd."""
    for item in items:
        go_on()
        yield item


def register(name: str, run: Callable[[], object], *, seconds: int = 30) -> None:
    """Have ``run`` called about every ``seconds`` by the worker. Scheduled publishing and embargoes: every 30 s."""
    acts[name] = Act(name, run, seconds)
