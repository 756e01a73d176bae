"""Several clients of a search engine at once, in as many processes as a museum serves its pages with."""

from __future__ import annotations

import itertools
import multiprocessing
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.synchronize import Barrier
from typing import Any

WARM_UP = 20  # questions of each process before the clock runs
HIGHLIGHTS = 2  # that a result card shows at most


def crowd(url: str, folder: str, texts: Sequence[str], facets: Sequence[str], *, clients: int, processes: int) -> tuple[float, list[float]]:
    """(answers per second, milliseconds of each) of text with facets and the highlights of 24 cards.

    ``texts`` are shared out among ``clients`` threads, and these among ``processes``. Raises what an engine raises.
    """
    context = multiprocessing.get_context("spawn")  # an engine's own threads do not survive a fork
    barrier = context.Barrier(processes)
    with context.Pool(processes, initializer=_begin, initargs=(barrier,)) as pool:
        shares = [(url, folder, list(texts[at::processes]), tuple(facets), clients // processes) for at in range(processes)]
        found = pool.map(_process, shares, chunksize=1)
    begun, ended = min(one[0] for one in found), max(one[1] for one in found)
    times = list(itertools.chain.from_iterable(one[2] for one in found))
    return len(times) / (ended - begun), times


def asking(engine: Any, text: str, *, highlights: int | None = None, **parts: Any) -> Callable[[], Any]:
    """A search by visitors, to be called; every highlight of every hit is made, or the first ``highlights`` of each."""

    from search.requests import SearchRequest

    def ask() -> Any:
        found = engine.search("public", SearchRequest(text=text, **parts))
        for hit in found.hits:
            list(itertools.islice(hit.highlights, highlights))
        return found

    return ask


_barrier: Barrier | None = None


def _begin(barrier: Barrier) -> None:
    global _barrier
    _barrier = barrier
    import django

    django.setup()


def _process(share: tuple[str, str, list[str], tuple[str, ...], int]) -> tuple[float, float, list[float]]:
    """When it began and ended (one clock for all processes), and the time of each answer."""
    from search.engines import open_engine
    from search.requests import FacetRequest

    url, folder, texts, names, clients = share
    engine: Any = open_engine(url, folder)
    facets = tuple(FacetRequest(name) for name in names)

    def ask(text: str) -> float:
        begun = time.perf_counter()
        asking(engine, text, facets=facets, highlights=HIGHLIGHTS)()
        return (time.perf_counter() - begun) * 1000

    for text in texts[:WARM_UP]:
        ask(text)
    with ThreadPoolExecutor(clients) as pool:
        if _barrier is not None:
            _barrier.wait(60)
        begun = time.monotonic()
        times = list(pool.map(ask, texts))
        return begun, time.monotonic(), times
