"""The museum with an index of the test's own."""

from tests.search.conftest import museum_search

__all__ = ["museum_search"]
