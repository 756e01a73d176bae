"""Documents made ready in batches for a rebuild: here, or in processes beside this one."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field

from records import collecting
from search import crew, fallback
from search import processes as beside
from search.building import built_for
from search.documents import Audience
from search.engines.compiled import Compiled, compile_document

AHEAD = 1  # batches per process that may be made before they are taken


@dataclass(frozen=True, slots=True)
class Batch:
    """Records of one kind, and the version that was drawn before any of them is read."""

    kind: str
    pks: tuple[int, ...]
    version: int


@dataclass(slots=True)
class Made:
    """What became of a batch: compiled documents by audience, rows of the fallback, and the reason for each that failed."""

    batch: Batch
    compiled: dict[Audience, list[Compiled]] = field(default_factory=dict)
    entries: list[fallback.Entry] = field(default_factory=list)
    failed: dict[Audience, dict[str, str]] = field(default_factory=dict)


def make(batch: Batch, audiences: Sequence[Audience]) -> Made:
    """One batch, in this process."""
    with collecting.resting():
        return _made(batch, audiences)


def _made(batch: Batch, audiences: Sequence[Audience]) -> Made:
    made = Made(batch)
    for audience, (documents, reasons) in built_for(batch.kind, batch.pks, audiences, batch.version).items():
        failed = {f"{batch.kind} {pk}": reason for pk, reason in reasons.items()}
        compiled = []
        for document in documents.values():
            try:
                compiled.append(compile_document(document, audience))
            except ValueError as error:
                failed[document.id] = str(error)
        made.compiled[audience], made.failed[audience] = compiled, failed
        if audience == "public":
            made.entries = fallback.entries(documents.items())
    return made


def make_all(batches: Iterable[Batch], audiences: Sequence[Audience], processes: int) -> Iterator[Made]:
    """Every batch in its order. ``batches`` is drawn a little ahead of what is taken, so versions are drawn before anything is read."""
    if processes < 2:
        yield from (make(batch, audiences) for batch in batches)
        return
    waiting: deque[Future[Made]] = deque()
    with crew.at_work(processes) as pool:
        try:
            for batch in batches:
                waiting.append(pool.submit(beside.make, batch.kind, batch.pks, batch.version, tuple(audiences)))
                if len(waiting) > AHEAD * processes:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def default_processes() -> int:
    """As many processes as there are cores for this one, at most four: the engine's own work needs some too."""
    return max(1, min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, 4))
