"""Writing to the embedded index: one writer at a time over all processes, held for a moment so that merges need not be waited for."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson
import tantivy
from tantivy import Query

from search.engines.compiled import Compiled
from search.engines.tantivy.folders import Folder
from search.engines.tantivy.schema import to_tantivy
from search.requests import BulkResult

MEMORY = 30_000_000
IDLE_SECONDS = 1.0  # a writer that has nothing to do is given up, so that other processes may write
LONGEST_SECONDS = 10.0  # … and at the latest after this
MOST_ASKED = 500  # ids in one question


@dataclass(slots=True)
class Opened:
    """An open index with the names of its fields, and the file that every commit replaces."""

    name: str
    index: tantivy.Index
    fields: frozenset[str]
    commits: Path
    _seen: tuple[int, ...] = ()

    def follow(self) -> None:
        """Take in what was committed since the last time, by whichever process."""
        found = self.commits.stat()
        now = (found.st_ino, found.st_mtime_ns, found.st_size)
        if now != self._seen:
            self.index.reload()
            self._seen = now


@dataclass(slots=True)
class _Held:
    opened: Opened
    writer: tantivy.IndexWriter
    lock: AbstractContextManager[None]
    since: float
    used: float
    pid: int


class Pen:
    """The right to write to one audience's index."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self._mutex = threading.RLock()
        self._held: _Held | None = None
        self._watched = False

    @contextmanager
    def writing(self, opened: Callable[[], Opened]) -> Iterator[tuple[Opened, tantivy.IndexWriter]]:
        """The open index (fresh) and its writer. After an error the writer is given up and nothing of the batch is kept."""
        with self._mutex:
            held = self._held
            if held is None or held.pid != os.getpid():
                held = self._held = self._take(opened)
            held.opened.index.reload()
            try:
                yield held.opened, held.writer
            except BaseException:
                try:
                    held.writer.rollback()
                finally:  # on a full disk that fails as well, and nobody else could write any more
                    self.put_down()
                raise
            held.used = time.monotonic()
            if not self._watched:
                self._watched = True
                threading.Thread(target=self._watch, name=f"search-pen-{self.folder.audience}", daemon=True).start()

    def put_down(self) -> None:
        """Give the writer up when its merges are done; others may write then."""
        with self._mutex:
            held, self._held = self._held, None
            if held is not None and held.pid == os.getpid():
                try:
                    held.writer.wait_merging_threads()
                finally:
                    held.lock.__exit__(None, None, None)

    def _take(self, opened: Callable[[], Opened]) -> _Held:
        lock = self.folder.writing()
        lock.__enter__()
        try:
            index = opened()
            writer = index.index.writer(heap_size=MEMORY, num_threads=1)
        except BaseException:
            lock.__exit__(None, None, None)
            raise
        now = time.monotonic()
        return _Held(index, writer, lock, now, now, os.getpid())

    def _watch(self) -> None:
        while True:
            time.sleep(IDLE_SECONDS / 2)
            with self._mutex:
                held = self._held
                if held is None:
                    self._watched = False
                    return
                now = time.monotonic()
                if now - held.used < IDLE_SECONDS and now - held.since < LONGEST_SECONDS:
                    continue
                self.put_down()
                self._watched = False
                return


def write(
    opened: Opened, writer: tantivy.IndexWriter, folder: Folder, documents: list[Compiled], deleted: list[tuple[str, int]]
) -> BulkResult:
    """Writes and deletes by version, in one commit. The caller holds the lock and rolls back after an error."""
    written = stale = 0
    with folder.deletions() as deletions:
        known = _known(opened, deletions, [one.id for one in documents])
        for compiled in documents:
            if known.get(compiled.id, -1) > compiled.version:
                stale += 1
                continue
            writer.delete_documents_by_term("id", compiled.id)
            writer.add_document(to_tantivy(compiled, opened.fields))
            written += 1
        deletions.executemany("DELETE FROM deleted WHERE id = ? AND version <= ?", [(one.id, one.version) for one in documents])
        there = _versions(opened, [ident for ident, _ in deleted])
        for ident, version in deleted:
            if there.get(ident, -1) > version:
                stale += 1
                continue
            writer.delete_documents_by_term("id", ident)
            deletions.execute(
                "INSERT INTO deleted VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET version = max(version, excluded.version)",
                [ident, version],
            )
            written += 1
        writer.commit()
    opened.index.reload()
    return BulkResult(written, stale)


def _known(opened: Opened, deletions: sqlite3.Connection, idents: Sequence[str]) -> dict[str, int]:
    """The highest version at which each of these was written or deleted, of those that ever were."""
    known = _versions(opened, idents)
    gone = deletions.execute("SELECT id, version FROM deleted WHERE id IN (SELECT value FROM json_each(?))", [orjson.dumps(idents)])
    return known | {ident: max(version, known.get(ident, -1)) for ident, version in gone}


def _versions(opened: Opened, idents: Sequence[str]) -> dict[str, int]:
    """Versions of those of these documents that the index has: one question for hundreds of them."""
    searcher = opened.index.searcher()
    found: dict[str, int] = {}
    for start in range(0, len(idents), MOST_ASKED):
        part = list(idents[start : start + MOST_ASKED])
        query = Query.term_set_query(opened.index.schema, "id", part)
        hits = searcher.search(query, len(part), count=False, order_by_field="id").hits
        versions = searcher.fast_field_values("version", [address for _, address in hits])
        found |= {str(ident): int(version or 0) for (ident, _), version in zip(hits, versions, strict=True)}
    return found
