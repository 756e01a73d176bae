"""The embedded engine itself: opening, asking, writing."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from shutil import rmtree
from typing import Any

import tantivy
from tantivy import Order

from search.documents import AUDIENCES, Audience, Document
from search.engines.answering import Answer, AnsweringEngine, Question, RawHit, order_of, read_source, request_node, sort_field
from search.engines.base import EngineUnavailableError
from search.engines.compiled import Compiled, compile_all
from search.engines.tantivy.counting import Tokens, count
from search.engines.tantivy.folders import Folder
from search.engines.tantivy.nodes import Translator
from search.engines.tantivy.rebuild import TantivyRebuild
from search.engines.tantivy.schema import COMMITS_FILE, create, open_index
from search.engines.tantivy.spelling import Spelling
from search.engines.tantivy.troubles import refused, told
from search.engines.tantivy.writing import Opened, Pen, write
from search.requests import BulkResult, Hit, IndexState, SearchRequest, Stats

PAGE = 2_000


class TantivyEngine(AnsweringEngine):
    """See SearchEngine. Opened lazily and anew after a fork."""

    name = "tantivy"

    def __init__(self, root: Path) -> None:
        self.root = Path(root)
        self.folders = {audience: Folder(self.root, audience) for audience in AUDIENCES}
        self.pens = {audience: Pen(folder) for audience, folder in self.folders.items()}
        self._open: dict[tuple[int, str], Opened] = {}
        self._opening = threading.Lock()
        self._spelling = {audience: Spelling() for audience in AUDIENCES}
        self._tokens = Tokens()

    # -- reading

    def exists(self, audience: Audience) -> bool:
        with told(self.root):
            return bool(self.folders[audience].current())

    def ensure(self, audience: Audience) -> IndexState:
        folder = self.folders[audience]
        with told(self.root):
            if not folder.current():
                with folder.writing():
                    if not folder.current():
                        name = folder.fresh_name()
                        create(folder.path / name, audience)
                        folder.serve(name)
            name = folder.current()
        return IndexState(exists=True, current=folder.is_current(name), name=name)

    def ask(self, audience: Audience, questions: list[Question]) -> list[Answer]:
        opened = self.opened(audience)
        searcher = opened.index.searcher()
        translator = Translator(opened.index.schema, opened.fields)
        return [self._answer(searcher, translator, question, opened.fields) for question in questions]

    def _answer(self, searcher: tantivy.Searcher, translator: Translator, question: Question, fields: frozenset[str]) -> Answer:
        query = translator.query(question.query)
        answer = Answer()
        order = _order(question.sort)
        found = searcher.search(query, max(question.limit, 1), count=question.counted, offset=question.offset, **order)
        if question.counted:
            answer.total = found.count  # type: ignore[attr-defined]
        hits = found.hits[: question.limit]
        versions = searcher.fast_field_values("version", [address for _, address in hits]) if hits else []
        for (score, address), version in zip(hits, versions, strict=True):
            document = searcher.doc(address)
            value = score if isinstance(score, float) else 0.0
            answer.hits.append(RawHit(str(document.get_first("id")), int(version or 0), value, read_source(document.get_first("source"))))
        if question.facets or question.years:
            count(searcher, query, question, fields, self._tokens, answer)
        return answer

    def near_words(self, audience: Audience, word: str, groups: tuple[str, ...]) -> Iterable[tuple[str, int]]:
        opened = self.opened(audience)
        return (
            self._spelling[audience]
            .near(opened.index.searcher(), self.generation(audience) or opened.name, opened.fields, groups, word)
            .items()
        )

    def iterate(
        self, audience: Audience, request: SearchRequest | None = None, *, display: bool = True, in_order: bool = False
    ) -> Iterator[Hit]:
        request = request or SearchRequest()
        opened = self.opened(audience)
        searcher = opened.index.searcher()  # one state of the index, whatever is written meanwhile
        query = Translator(opened.index.schema, opened.fields).query(request_node(request))
        order = _order(order_of(request) if in_order else ("", False))
        offset = 0
        while True:
            hits = searcher.search(query, PAGE, count=False, offset=offset, **order).hits
            versions = searcher.fast_field_values("version", [address for _, address in hits])
            for (key, address), version in zip(hits, versions, strict=True):
                stored = searcher.doc(address) if display or not isinstance(key, str) else None
                ident = str(stored.get_first("id")) if stored else key.rpartition("\x1f")[2]  # a sort key ends with the id
                source = read_source(stored.get_first("source")) if display and stored else {"kind": ident.partition(":")[0], "display": {}}
                yield Hit(ident, source["kind"], int(version or 0), 0.0, source["display"], digest=source.get("digest", ""))
            if len(hits) < PAGE:
                return
            offset += PAGE

    def generation(self, audience: Audience) -> str | None:
        folder = self.folders[audience]
        try:
            name = folder.current()
            return f"{name}/{(folder.path / name / 'meta.json').stat().st_mtime_ns}" if name else None
        except OSError:  # whoever asks the index itself is told why
            return None

    def stats(self, audience: Audience) -> Stats:
        folder = self.folders[audience]
        opened = self.opened(audience)
        path = folder.path / opened.name
        with told(self.root):
            return Stats(
                engine=self.name,
                name=opened.name,
                documents=opened.index.searcher().num_docs,
                bytes=sum(file.stat().st_size for file in path.iterdir() if file.is_file()),
                current=folder.is_current(opened.name),
                rebuilding=bool(folder.building()),
            )

    def refresh(self, audience: Audience) -> None:
        self.opened(audience)

    def opened(self, audience: Audience) -> Opened:
        """The index that serves, with everything committed so far. Raises EngineUnavailableError when there is none."""
        with told(self.root):
            name = self.folders[audience].current()
        if not name:
            raise EngineUnavailableError(f"There is no {audience} index yet in {self.root}: run manage.py rebuild_search.")
        try:
            opened = self._held(audience, name)
            opened.follow()
        except (ValueError, OSError) as error:
            if "ermission" in str(error):
                raise refused(self.root, error) from error
            raise EngineUnavailableError(
                f"The {audience} index {name} cannot be opened ({error}): run manage.py rebuild_search."
            ) from error
        return opened

    def _held(self, audience: Audience, name: str) -> Opened:
        key = (os.getpid(), audience)
        opened = self._open.get(key)
        if opened is None or opened.name != name:
            with self._opening:
                opened = self._open.get(key)
                if opened is None or opened.name != name:
                    path = self.folders[audience].path / name
                    opened = self._open[key] = Opened(name, *open_index(path), path / COMMITS_FILE)
        return opened

    # -- writing

    def index_documents(self, audience: Audience, documents: Iterable[Document]) -> BulkResult:
        compiled, failed = compile_all(documents, audience)
        self.ensure(audience)
        result = self.write(audience, compiled)
        return BulkResult(result.written, result.stale, failed)

    def write(self, audience: Audience, compiled: list[Compiled]) -> BulkResult:
        return self._write(audience, compiled, [])

    def delete(self, audience: Audience, versions: Iterable[tuple[str, int]]) -> BulkResult:
        return self._write(audience, [], list(versions))

    def _write(self, audience: Audience, documents: list[Compiled], deleted: list[tuple[str, int]]) -> BulkResult:
        if not documents and not deleted:
            return BulkResult()
        folder = self.folders[audience]
        with told(self.root), self.pens[audience].writing(lambda: self.opened(audience)) as (opened, writer):
            building = folder.building()
            if building:
                folder.note(building, documents, deleted)
            return write(opened, writer, folder, documents, deleted)

    def begin_rebuild(self, audience: Audience) -> TantivyRebuild:
        with told(self.root):
            self.pens[audience].put_down()
            return TantivyRebuild(self, self.folders[audience])

    def drop(self) -> None:
        for pen in self.pens.values():
            pen.put_down()
        self._open.clear()
        self._spelling = {audience: Spelling() for audience in AUDIENCES}
        rmtree(self.root, ignore_errors=True)


def _order(sort: tuple[str, bool] | None) -> dict[str, Any]:
    """A key and whether it descends (None: by score) in Tantivy's words."""
    if sort is None:
        return {}
    key, descending = sort
    return {"order_by_field": sort_field(key), "order": Order.Desc if descending else Order.Asc}
