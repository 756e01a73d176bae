"""The museum's own engine, with indices of the test's own."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import override_settings

from search import indexing, kept, outage, visibility, vocabulary
from search.engines import engine

NOWHERE = "elasticsearch://127.0.0.1:1/away"


def _awake() -> None:
    outage.over()
    kept.forget()
    visibility._outage = visibility._lagging = False
    visibility._looked = 0.0
    vocabulary.look_again()


def own_index(folder: Path) -> str:
    """A SEARCH_URL with indices of its own, on the engine that the environment names."""
    base, _, rest = django_settings.SEARCH_URL.partition("?")
    if base.startswith("tantivy"):
        return f"tantivy://{folder}/index"
    return f"{base}-{secrets.token_hex(4)}" + (f"?{rest}" if rest else "")


@contextlib.contextmanager
def searching() -> Iterator[Any]:
    """The engine that SEARCH_URL names, empty; its indices are gone afterwards."""
    _awake()
    opened = engine()
    yield opened
    opened.drop()
    _awake()


@pytest.fixture
def museum_search(settings: Any, tmp_path: Path) -> Iterator[Any]:
    """The museum's engine with indices of the test's own; ``catch_up()`` does what the worker does."""
    settings.SEARCH_URL = own_index(tmp_path)
    with searching() as opened:
        yield opened


@pytest.fixture(scope="module")
def shared_search(shared_rows: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The museum's engine with indices for all tests of a module, which only search: what is indexed is not taken back after each."""
    with override_settings(SEARCH_URL=own_index(tmp_path_factory.mktemp("search"))), searching() as opened:
        yield opened


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
