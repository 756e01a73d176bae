"""Answers to requests without words are kept until the index changes: the landing page, the facets of the whole catalogue.

Every process keeps its own. An engine that does not know without being asked whether its index changed (``generation`` is None)
keeps such answers itself, or none.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import fields
from typing import Any

from search.documents import Audience
from search.engines import engine
from search.requests import SearchRequest, SearchResult

KEPT_ANSWERS = 128

_answers: OrderedDict[tuple[Audience, str, tuple[Any, ...]], SearchResult] = OrderedDict()
_lock = threading.Lock()


def answer(audience: Audience, request: SearchRequest) -> SearchResult:
    """The engine's answer, or the same as it was given before by the same state of the index. Raises EngineError.

    The request must be hashable but for its filters; what the reader may see is part of it (``groups``, ``scope``).
    """
    generation = engine().generation(audience)
    if generation is None:
        return engine().search(audience, request)
    key = (audience, generation, whole(request))
    with _lock:
        if key in _answers:
            _answers.move_to_end(key)
            return _answers[key]
    result = engine().search(audience, request)
    with _lock:
        _answers[key] = result
        while len(_answers) > KEPT_ANSWERS:
            _answers.popitem(last=False)
    return result


def whole(request: SearchRequest) -> tuple[Any, ...]:
    """Everything that is asked, whoever asks it: two requests with the same answer kept are the same request."""
    # synonyms are for words, and there are none
    rest = (getattr(request, one.name) for one in fields(request) if one.name not in {"filters", "synonyms"})
    return (tuple(sorted(request.filters.items())), *rest)


def forget() -> None:
    """Keep nothing; for tests."""
    with _lock:
        _answers.clear()
