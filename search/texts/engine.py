"""The engine of pages: the museum's search engine with indices of their own, so that no page is ever among the records."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.conf import settings

from search.engines import make
from search.engines.addresses import parse_address


def engine() -> Any:
    """The engine; it is opened lazily and anew after a fork, like that of the records."""
    return _opened(settings.SEARCH_URL, str(settings.MUSEUM_VAR), os.getpid())


def open_engine(url: str, var: str) -> Any:
    """An engine for an address; its indices stand beside those of the records under the same prefix or folder."""
    address = parse_address(url, var)
    return make(replace(address, folder=address.folder / "texts", prefix=f"{address.prefix}-texts"))


@lru_cache(maxsize=4)
def _opened(url: str, var: str, _pid: int) -> Any:
    return open_engine(url, var)
