"""The museum with an index of the test's or the module's own."""

from tests.search.conftest import museum_search, shared_search

__all__ = ["museum_search", "shared_search"]
