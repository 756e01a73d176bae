"""Both engines, each with the corpus in its public index; a case that writes takes ``empty``."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

import pytest

from search.engines import open_engine
from search.requests import SearchRequest, SearchResult
from tests.search.conformance.corpus import corpus

ENGINES = ["tantivy", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)]


def _opened(request: pytest.FixtureRequest, folder: Any) -> Any:
    if request.param == "tantivy":
        return open_engine(f"tantivy://{folder}", str(folder))
    server = request.getfixturevalue("elasticsearch_server")
    opened: Any = open_engine(f"elasticsearch://{server}/conformance-{secrets.token_hex(4)}", str(folder))
    opened.patience = 15.0  # what is found is tested here, not how fast a cold server is
    return opened


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """An engine with the corpus. Cases only read."""
    opened = _opened(request, tmp_path_factory.mktemp("index"))
    result = opened.index_documents("public", corpus())
    assert not result.failed
    opened.refresh("public")
    yield opened
    opened.drop()


@pytest.fixture(scope="module", params=ENGINES)
def shared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """An engine without an index, filled once by the module whose cases then only read."""
    opened = _opened(request, tmp_path_factory.mktemp("index"))
    yield opened
    opened.drop()


@pytest.fixture(params=ENGINES)
def empty(request: pytest.FixtureRequest, tmp_path: Any) -> Iterator[Any]:
    """An engine without an index, for a case that writes."""
    opened = _opened(request, tmp_path)
    yield opened
    opened.drop()


class Finder:
    """Searches in one line."""

    def __init__(self, engine: Any) -> None:
        self.engine = engine

    def search(self, text: str = "", **parts: Any) -> SearchResult:
        """The result of a request for the public."""
        return self.engine.search("public", SearchRequest(text=text, **{"limit": 200, **parts}))

    def ids(self, text: str = "", **parts: Any) -> list[str]:
        """Found ids without their kind, in order."""
        return [hit.id.partition(":")[2] for hit in self.search(text, **parts).hits]


@pytest.fixture
def find(engine: Any) -> Finder:
    """Searches over the corpus."""
    return Finder(engine)
