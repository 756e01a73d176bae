"""A rebuild of the embedded index: a new folder beside the one that serves; writes made meanwhile are noted and replayed before the swap."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

import tantivy

from search.documents import Document
from search.engines.base import EngineError
from search.engines.compiled import Compiled, compile_all
from search.engines.tantivy.folders import Folder
from search.engines.tantivy.schema import COMMITS_FILE, create, open_index, to_tantivy
from search.engines.tantivy.troubles import told
from search.engines.tantivy.writing import MEMORY, Opened, write
from search.requests import BulkResult, Stats

if TYPE_CHECKING:
    from search.engines.tantivy.engine import TantivyEngine

BUILDER_MEMORY = 80_000_000  # bytes for each index, of which two grow beside each other


class TantivyRebuild:
    """See Rebuild."""

    def __init__(self, engine: TantivyEngine, folder: Folder) -> None:
        self.engine = engine
        self.folder = folder
        self.name = folder.fresh_name()
        self._seen: set[str] = set()
        self._writer: tantivy.IndexWriter | None = None
        self._claim: int | None = folder.claim_rebuild()
        try:
            self._begin()
        except BaseException:
            self.abort()
            raise

    def _begin(self) -> None:
        with self.folder.writing():
            left = self.folder.left_over()
            if left:
                self.folder.end_building(left, keep=False)
            create(self.folder.path / self.name, self.folder.audience)
            self.folder.start_building(self.name)
        self.index_, self.fields = open_index(self.folder.path / self.name)
        self._writer = self.index_.writer(heap_size=BUILDER_MEMORY, num_threads=1)

    def index(self, documents: Iterable[Document]) -> BulkResult:
        compiled, failed = compile_all(documents, self.folder.audience)
        return BulkResult(self.take(compiled).written, 0, failed)

    def take(self, compiled: list[Compiled]) -> BulkResult:
        writer = self._open_writer()
        with told(self.engine.root):
            for one in compiled:
                if one.id in self._seen:
                    writer.delete_documents_by_term("id", one.id)
                self._seen.add(one.id)
                writer.add_document(to_tantivy(one, self.fields))
        return BulkResult(len(compiled))

    def commit_and_swap(self) -> Stats:
        with told(self.engine.root):
            self._commit_and_swap()
        return self.engine.stats(self.folder.audience)

    def _commit_and_swap(self) -> None:
        writer = self._open_writer()
        writer.commit()
        writer.wait_merging_threads()
        self._writer = None
        self.index_.reload()
        self.engine.pens[self.folder.audience].put_down()
        with self.folder.writing():  # nobody writes while the notes are replayed and the pointer moves
            notes = list(self.folder.noted(self.name))
            opened = Opened(self.name, self.index_, self.fields, self.folder.path / self.name / COMMITS_FILE)
            documents = [document for _, _, document in notes if document is not None]
            deleted = [(ident, version) for ident, version, document in notes if document is None]
            if notes:
                replay = self.index_.writer(heap_size=MEMORY, num_threads=1)
                write(opened, replay, self.folder, documents, deleted)
                replay.wait_merging_threads()
            self.folder.serve(self.name)
            self.folder.end_building(self.name, keep=True)
        self._end()

    def abort(self) -> None:
        if self._claim is None:
            return
        try:
            # on a full disk these may fail as well: what is left is thrown away with the folder, here or by the next rebuild
            with suppress(OSError, ValueError):
                self._put_down()
            with suppress(OSError), self.folder.writing():
                self.folder.end_building(self.name, keep=False)
        finally:
            self._end()

    def _put_down(self) -> None:
        self.engine.pens[self.folder.audience].put_down()
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.rollback()
            writer.wait_merging_threads()

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            raise EngineError(f"The rebuild {self.name} has ended.")
        return self._writer

    def _end(self) -> None:
        if self._claim is not None:
            os.close(self._claim)
            self._claim = None
