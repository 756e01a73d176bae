"""Walks through all results in the order of ids: the cursor of the API."""

from __future__ import annotations

import pytest

from search.requests import SearchRequest
from tests.search.conformance.conftest import Finder
from tests.search.conformance.corpus import corpus


@pytest.mark.parametrize("size", [7, 50, 199])
def test_a_walk_gives_every_record_once(find: Finder, size: int) -> None:
    found: list[str] = []
    after = ""
    while True:
        page = [hit.id for hit in find.search(walk=after, limit=size).hits]
        found += page
        if len(page) < size:
            break
        after = page[-1]
    assert found == sorted(document.id for document in corpus())


def test_a_walk_counts_everything_each_time(find: Finder) -> None:
    first = find.search("coin", walk="", limit=10)
    later = find.search("coin", walk=first.hits[-1].id, limit=10)
    assert first.total == later.total == 120
    assert first.hits[-1].id < later.hits[0].id


@pytest.mark.parametrize("after", ["", "a", "object:", "object:zzz", "place:hue", "zzz", "object:coin04", "~", "object:coin04)(*"])
def test_a_walk_may_begin_after_anything(find: Finder, after: str) -> None:
    expected = sorted(document.id for document in corpus() if document.id > after)[:5]
    assert [hit.id for hit in find.search(walk=after, limit=5).hits] == expected


def test_filters_hold_on_a_walk(find: Finder) -> None:
    request = SearchRequest(walk="", filters={"kind": ("agent",)}, limit=2)
    hits = find.engine.search("public", request).hits
    assert [hit.id for hit in hits] == ["agent:hokusai", "agent:levitan"]
