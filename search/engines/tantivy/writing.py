"""Writing to the embedded index: one writer at a time over all processes, held for a moment so that merges need not be waited for."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import tantivy
from tantivy import Query

from search.engines.compiled import Compiled
from search.engines.tantivy.folders import Folder
from search.engines.tantivy.schema import to_tantivy
from search.requests import BulkResult

MEMORY = 30_000_000
IDLE_SECONDS = 1.0  # a writer that has nothing to do is given up, so that other processes may write
LONGEST_SECONDS = 10.0  # … and at the latest after this


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
                held.writer.rollback()
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
                held.writer.wait_merging_threads()
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
    searcher = opened.index.searcher()
    written = stale = 0
    with folder.deletions() as deletions:
        for compiled in documents:
            known = max(_version(searcher, opened, compiled.id), _deleted_at(deletions, compiled.id))
            if known > compiled.version:
                stale += 1
                continue
            writer.delete_documents_by_term("id", compiled.id)
            writer.add_document(to_tantivy(compiled, opened.fields))
            deletions.execute("DELETE FROM deleted WHERE id = ?", [compiled.id])
            written += 1
        for ident, version in deleted:
            if _version(searcher, opened, ident) > version:
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


def _version(searcher: tantivy.Searcher, opened: Opened, ident: str) -> int:
    query = Query.term_query(opened.index.schema, "id", ident, "basic")
    hits = searcher.search(query, 1, count=False).hits
    return int(searcher.fast_field_values("version", [hits[0][1]])[0] or 0) if hits else -1


def _deleted_at(deletions: sqlite3.Connection, ident: str) -> int:
    row = deletions.execute("SELECT version FROM deleted WHERE id = ?", [ident]).fetchone()
    return int(row[0]) if row else -1
