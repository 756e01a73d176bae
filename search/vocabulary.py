"""The museum's synonyms in use, kept in memory and looked at again every few seconds: no query asks the database for them."""

from __future__ import annotations

import threading
import time

from django.db.models import Count, Max

from search.models import SynonymRule
from search.synonyms import NONE, Rule, Synonyms

LOOK_EVERY = 2.0  # seconds until a change is seen by every process

_lock = threading.Lock()
_looked = float("-inf")
_state: tuple[object, int] | None = None
_known: Synonyms = NONE


def synonyms() -> Synonyms:
    """All rules in use."""
    global _looked, _state, _known
    with _lock:
        if time.monotonic() - _looked < LOOK_EVERY:
            return _known
        found = SynonymRule.objects.aggregate(last=Max("changed_at"), count=Count("pk"))
        state = (found["last"], found["count"])
        if state != _state:
            _known, _state = Synonyms(stored()), state
        _looked = time.monotonic()
        return _known


def stored(*, without: int | None = None) -> list[Rule]:
    """The rules in use as the database has them now; one may be left out (for a preview of its new form)."""
    return [rule.rule() for rule in SynonymRule.objects.filter(active=True).exclude(pk=without).order_by("pk")]


def look_again() -> None:
    """Forget what is kept: the next search asks the database."""
    global _looked
    with _lock:
        _looked = float("-inf")
