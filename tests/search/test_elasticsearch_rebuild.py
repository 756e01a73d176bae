"""What a rebuild leaves in Elasticsearch: few large segments, since facets are counted in each."""

from __future__ import annotations

from typing import Any

import pytest
from elasticsearch import ConnectionTimeout, Elasticsearch

from search.engines import open_engine
from search.engines.compiled import compile_document
from search.requests import SearchRequest
from tests.search.conformance.corpus import make


@pytest.fixture
def engine(elasticsearch_url: str, tmp_path: Any) -> Any:
    opened: Any = open_engine(elasticsearch_url, str(tmp_path))
    opened.patience = 15.0
    return opened


def rebuilt(engine: Any) -> int:
    """The segments of the public index after a rebuild from four batches that were each written out."""
    rebuild = engine.begin_rebuild("public")
    for part in range(4):
        rebuild.take([compile_document(make(f"d{part}-{number}"), "public") for number in range(5)])
        engine.writer().indices.flush(index=rebuild.name, force=True)
    assert rebuild.commit_and_swap().documents == 20
    (shard,) = engine.writer().indices.segments(index=rebuild.name)["indices"][rebuild.name]["shards"]["0"]
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
