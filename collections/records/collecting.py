"""Python's cyclic collector, told what stays for good and when to rest."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Item = TypeVar("Item")

# Objects made before the youngest are looked through. Python's own 700 is for scripts: most objects of a page die by themselves. With 20,000 the
# circles that Django makes of every request (its user, its messages) held 4 MB of each process, and pages took a tenth longer.
YOUNGEST = 3_000


def settle() -> None:
    """What is loaded by now stays as long as the process: the collector need not go through it in the middle of a visitor's page."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNGEST, 20, 20)


def rested(items: Iterable[Item], every: int = 50) -> Iterator[Item]:
    """Each item, the collector at rest all the while: it looks through what the last ``every`` items left, not through what is in work."""
    with resting():
        for done, item in enumerate(items, start=1):
            yield item
            if done % every == 0:
                gc.collect(1)


@contextmanager
def resting() -> Iterator[None]:
    """For one batch of a long work: the collector would go through everything that is loaded again and again, a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
