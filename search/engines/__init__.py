"""The engine that SEARCH_URL names, opened once per process (after a fork anew)."""

from __future__ import annotations

import os
from functools import lru_cache

from django.conf import settings

from search.engines.addresses import Address, parse_address
from search.engines.base import SearchEngine


def engine() -> SearchEngine:
    """The museum's search engine. Opening it touches no disk and no network; the first question does."""
    return _opened(settings.SEARCH_URL, str(settings.MUSEUM_VAR), os.getpid())


def open_engine(url: str, var: str) -> SearchEngine:
    """An engine for an address (tests and benchmarks open their own). Raises ImproperlyConfigured for a wrong address."""
    address = parse_address(url, var)
    return make(address)


@lru_cache(maxsize=4)
def _opened(url: str, var: str, _pid: int) -> SearchEngine:
    return open_engine(url, var)


def make(address: Address) -> SearchEngine:
    """The engine at an address."""
    if address.scheme == "tantivy":
        from search.engines.tantivy import TantivyEngine

        return TantivyEngine(address.folder)
    from search.engines.elasticsearch import ElasticsearchEngine

    return ElasticsearchEngine(address)
