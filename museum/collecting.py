"""Python's cyclic collector, told what stays for good."""

import gc

# Objects made before the youngest are looked through: a page makes tens of thousands that die by themselves. Python's own 700 is for scripts.
YOUNGEST = 20_000


def settle() -> None:
    """What is loaded by now stays as long as the process: the collector need not go through it in the middle of a visitor's page."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNGEST, 20, 20)
