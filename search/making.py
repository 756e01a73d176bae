"""Documents made ready in batches for a rebuild: here, or in processes beside this one."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field

import orjson

from records import collecting
from search import crew, fallback
from search import processes as beside
from search.building import built, documents_for, logger
from search.documents import Audience, Document
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

    def __reduce__(self) -> tuple:
        """On its way between processes as JSON: thousands of texts are packed and unpacked in a tenth of pickle's time."""
        compiled = {audience: orjson.dumps(found) for audience, found in self.compiled.items()}
        return _unpacked, (self.batch, compiled, orjson.dumps(self.entries), self.failed)


def _unpacked(batch: Batch, compiled: dict[Audience, bytes], entries: bytes, failed: dict[Audience, dict[str, str]]) -> Made:
    documents = {audience: [Compiled(**one) for one in orjson.loads(found)] for audience, found in compiled.items()}
    return Made(batch, documents, [fallback.Entry(**one) for one in orjson.loads(entries)], failed)


def make(batch: Batch, audiences: Sequence[Audience]) -> Made:
    """One batch, in this process."""
    with collecting.resting():
        return _made(batch, audiences)


def _made(batch: Batch, audiences: Sequence[Audience]) -> Made:
    made = _nothing(batch, audiences)
    try:
        # Each record's documents are taken apart as soon as they are made, and thrown away: hundreds of them do not fit into a core's memory.
        for pk, documents in documents_for(batch.kind, batch.pks, audiences, batch.version):
            _put(made, pk, documents)
    except Exception:
        logger.exception("Some of %d documents cannot be made together; each is made by itself.", len(batch.pks))
        return _made_apart(batch, audiences)
    return made


def _made_apart(batch: Batch, audiences: Sequence[Audience]) -> Made:
    made = _nothing(batch, audiences)
    for audience in audiences:
        documents, reasons = built(batch.kind, batch.pks, audience, batch.version)
        made.failed[audience] |= {f"{batch.kind} {pk}": reason for pk, reason in reasons.items()}
        for pk, document in documents.items():
            _put(made, pk, {audience: document})
    return made


def _nothing(batch: Batch, audiences: Sequence[Audience]) -> Made:
    return Made(batch, {audience: [] for audience in audiences}, [], {audience: {} for audience in audiences})


def _put(made: Made, pk: int, documents: dict[Audience, Document]) -> None:
    for audience, document in documents.items():
        try:
            made.compiled[audience].append(compile_document(document, audience))
        except ValueError as error:
            made.failed[audience][document.id] = str(error)
    if "public" in documents:
        made.entries += fallback.entries([(pk, documents["public"])])


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
