"""The floor of an engine: what a question costs when nothing of ours stands around it.

Of Tantivy the search, the counts and the reading of the hits, called one after the other; of Elasticsearch what its server says that
it took. The questions are those that our search asked, written down while it asked them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from search.engines.answering import AnsweringEngine, Question, sort_field
from search.engines.elasticsearch.engine import ElasticsearchEngine, _search_body
from search.engines.tantivy.counting import COUNTED_VALUES, number_field
from search.engines.tantivy.engine import TantivyEngine
from search.engines.tantivy.nodes import Translator


@contextmanager
def written_down(engine: Any) -> Iterator[list[list[Question]]]:
    """The questions that are asked meanwhile, those that are asked at once together."""
    found: list[list[Question]] = []
    ask = engine.ask

    def noting(audience: Any, questions: list[Question]) -> Any:
        found.append(questions)
        return ask(audience, questions)

    engine.ask = noting
    try:
        yield found
    finally:
        engine.ask = ask


def bare(engine: AnsweringEngine, questions: list[Question]) -> float:
    """Milliseconds of the engine alone for questions that are asked at once."""
    if isinstance(engine, TantivyEngine):
        return _tantivy(engine, questions)
    if isinstance(engine, ElasticsearchEngine):
        return _took(engine, questions)
    raise TypeError(f"{type(engine).__name__} has no floor here.")


def _tantivy(engine: TantivyEngine, questions: list[Question]) -> float:
    opened = engine.opened("public")
    searcher = opened.index.searcher()
    translator = Translator(opened.index.schema, opened.fields)
    acts: list[Callable[[], Any]] = []
    for question in questions:
        query = translator.query(question.query)
        order = {"order_by_field": sort_field(question.sort[0])} if question.sort else {}
        counted: dict[str, Any] = {
            f"facet.{name}": {"terms": {"field": number_field(f"facet.{name}"), "size": size, "segment_size": max(size, COUNTED_VALUES)}}
            for name, size in question.facets.items()
        }
        order |= {"count": question.counted}
        acts.append(lambda query=query, question=question, order=order: _hits(searcher, query, question.limit, order))
        if counted:
            acts.append(lambda query=query, counted=counted: searcher.aggregate(query, counted))
    begun = time.perf_counter()
    for act in acts:
        act()
    return (time.perf_counter() - begun) * 1000


def _hits(searcher: Any, query: Any, limit: int, order: dict[str, Any]) -> None:
    for _, address in searcher.search(query, max(limit, 1), **order).hits[:limit]:
        searcher.doc(address)


def _took(engine: ElasticsearchEngine, questions: list[Question]) -> float:
    lines: list[dict[str, Any]] = []
    for question in questions:
        # the counts were asked a moment ago: the server would take them from its cache
        lines += [{"index": engine.alias("public"), "request_cache": False}, _search_body(question)]
    return float(engine.reader().msearch(searches=lines, max_concurrent_searches=2)["took"])
