"""What a rebuild leaves in Elasticsearch: few large segments, since facets are counted in each. What an index of another form says."""

from __future__ import annotations

from typing import Any

import pytest
from elastic_transport import ConnectionError as NotConnected
from elasticsearch import ConnectionTimeout, Elasticsearch

from search.engines import open_engine
from search.engines.base import EngineUnavailableError
from search.engines.compiled import compile_document
from search.engines.elasticsearch import rebuild
from search.engines.elasticsearch.mapping import index_body
from search.requests import SearchRequest
from tests.search.conformance.corpus import make


@pytest.fixture
def engine(elasticsearch_url: str, tmp_path: Any) -> Any:
    opened: Any = open_engine(elasticsearch_url, str(tmp_path))
    opened.patience = 15.0
    return opened


def rebuilt(engine: Any) -> int:
    """The segments of the public index after a rebuild from four batches that were each written out."""
    begun = engine.begin_rebuild("public")
    for part in range(4):
        begun.take([compile_document(make(f"d{part}-{number}"), "public") for number in range(5)])
        engine.writer().indices.flush(index=begun.name, force=True)
    assert begun.commit_and_swap().documents == 20
    (shard,) = engine.writer().indices.segments(index=begun.name)["indices"][begun.name]["shards"]["0"]
    return len(shard["segments"])


def found(engine: Any) -> int:
    return engine.search("public", SearchRequest(limit=0)).total


def test_a_rebuilt_index_has_one_segment(engine: Any) -> None:
    assert rebuilt(engine) == 1
    assert found(engine) == 20


def test_a_merge_that_takes_long_holds_up_no_swap(engine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: Any, **__: Any) -> Any:
        raise ConnectionTimeout("It goes on in the server.")

    monkeypatch.setattr(type(Elasticsearch("http://127.0.0.1:1").indices), "forcemerge", slow)
    assert rebuilt(engine) > 1
    assert found(engine) == 20


def test_an_index_that_keeps_its_documents_in_another_way_is_one_sentence_and_takes_writes(engine: Any) -> None:
    """Until the rebuild that a new version asks for is done, visitors are answered from the database."""
    other = index_body("public")
    other["mappings"]["_source"] = {"enabled": True}
    other["mappings"]["properties"]["source"] = {"type": "object", "enabled": False}
    name = f"{engine.alias('public')}-0000aaaa-20260101000000000000"
    engine.writer().indices.create(index=name, aliases={engine.alias("public"): {}}, **other)
    assert engine.index_documents("public", [make("one")]).written == 1
    engine.refresh("public")
    assert not engine.ensure("public").current
    with pytest.raises(EngineUnavailableError, match="rebuild_search"):
        engine.search("public", SearchRequest())


def test_one_answer_that_does_not_come_throws_no_rebuild_away(engine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[float] = []
    send = engine.bulk

    def troubled(*sent: Any) -> Any:
        if len(tried) < 3:
            raise NotConnected("broken")
        return send(*sent)

    monkeypatch.setattr(engine, "bulk", troubled)
    monkeypatch.setattr(rebuild.time, "sleep", tried.append)
    assert rebuilt(engine) == 1 and found(engine) == 20
    assert tried == [1, 2, 4]


def test_a_rebuild_gives_up_after_a_minute(engine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []

    def away(*_: Any) -> Any:
        raise NotConnected("away")

    begun = engine.begin_rebuild("public")
    monkeypatch.setattr(rebuild.time, "sleep", waited.append)
    monkeypatch.setattr(engine, "bulk", away)
    with pytest.raises(EngineUnavailableError):
        begun.take([compile_document(make("one"), "public")])
    assert sum(waited) == 60
    begun.abort()
