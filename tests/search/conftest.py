"""The museum's own engine, with indices of the test's own."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

import pytest

from search import indexing, outage, visibility, visitor, vocabulary
from search.engines import engine

NOWHERE = "elasticsearch://127.0.0.1:1/away"


def _awake() -> None:
    outage.over()
    visitor._answers.clear()
    visibility._outage = visibility._lagging = False
    visibility._looked = 0.0
    vocabulary.look_again()


@pytest.fixture
def museum_search(settings: Any, tmp_path: Any) -> Iterator[Any]:
    """The engine that the environment names, empty; ``catch_up()`` does what the worker does."""
    _awake()
    if settings.SEARCH_URL.startswith("tantivy"):
        settings.SEARCH_URL = f"tantivy://{tmp_path}/index"
    else:
        base, _, rest = settings.SEARCH_URL.partition("?")
        settings.SEARCH_URL = f"{base}-{secrets.token_hex(4)}" + (f"?{rest}" if rest else "")
    opened = engine()
    yield opened
    opened.drop()
    _awake()


@pytest.fixture
def away(settings: Any) -> Iterator[None]:
    """An engine that does not answer."""
    _awake()
    settings.SEARCH_URL = NOWHERE
    yield
    _awake()


def catch_up() -> None:
    """The worker's work on the journal, until nothing is due, and the index refreshed."""
    from artifacts import dependents

    while dependents.process():
        pass
    while indexing.catch_up() or indexing.catch_up_fallback():
        pass
    for audience in ("public", "curatorial"):
        engine().ensure(audience)
        engine().refresh(audience)
