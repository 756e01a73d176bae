"""Memory for decoded pixels that is used again. Fresh memory comes cleared, page by page, which takes a third of the time of a small picture."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from math import ceil, prod

import numpy as np

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


HUGE = 2 << 20  # bytes of a large page


def canvas(*shape: int) -> np.ndarray:
    """An array of bytes to be filled, for one picture; its memory goes back to the system with it.

    A large one lies on the large pages of Linux (transparent huge pages): the system clears them in a tenth of the time that five hundred
    small ones take, which is a tenth of the time of a detail.
    """
    size = prod(shape)
    if size < SIZE or not hasattr(mmap, "MADV_HUGEPAGE"):
        return np.empty(shape, np.uint8)
    memory = mmap.mmap(-1, (ceil(size / HUGE) + 1) * HUGE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    with suppress(OSError):  # a kernel without large pages gives small ones
        memory.madvise(mmap.MADV_HUGEPAGE)
    whole = np.frombuffer(memory, np.uint8)
    begin = -whole.ctypes.data % HUGE
    return whole[begin : begin + size].reshape(shape)
