"""Memory for decoded pixels that is used again. Fresh memory comes cleared, page by page, which takes a third of the time of a small picture."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from iiif.image.limits import WORKERS

SIZE = 1_500_000  # bytes: 800 × 600 pixels in colour, or a tile. Larger ones are seldom, and would make every process larger for good.

_free: list[bytearray] = []  # the last one given back is the first one used: a process that makes one picture at a time has one


@contextmanager
def scratch() -> Iterator[bytearray]:
    """Memory of ``SIZE`` bytes for one picture. Nothing may look into it afterwards."""
    memory = _free.pop() if _free else bytearray(SIZE)
    try:
        yield memory
    finally:
        if len(_free) < WORKERS:
            _free.append(memory)
