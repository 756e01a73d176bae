"""No ghosts: while the index may lag behind the database, one query drops hits that are not public any more. Otherwise no query is made.

It may lag when the engine did not answer, when it does not take writes (read-only, busy), when the worker is late, and when a change
was given up.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol, TypeVar

from records import journal
from search.building import CONSUMER, builders
from search.documents import Audience

LAG_SECONDS = 5.0  # the journal may be this late before hits are looked at again
LOOK_EVERY = 1.0  # seconds between two looks at the journal, per process


class Shown(Protocol):
    """A hit or a suggestion."""

    @property
    def id(self) -> str: ...


Item = TypeVar("Item", bound=Shown)

_lock = threading.Lock()
_looked = 0.0
_lagging = False
_outage = False


def outage() -> None:
    """The engine did not answer: until the journal is empty again, hits are looked at."""
    global _outage, _looked
    with _lock:
        _outage, _looked = True, 0.0


def lagging() -> bool:
    """True while entries older than LAG_SECONDS wait, or have failed, or after an outage until none waits."""
    global _looked, _lagging, _outage
    with _lock:
        now = time.monotonic()
        if now - _looked >= LOOK_EVERY:
            lag = journal.lag_seconds(CONSUMER)
            _outage = _outage and lag > 0
            _lagging = _outage or lag > LAG_SECONDS or journal.troubled(CONSUMER)
            _looked = now
        return _lagging


def shown_only(items: Iterable[Item], audience: Audience) -> list[Item]:
    """Those that the public may see; all of them while the index is up to date, and for staff."""
    found = list(items)
    return public_only(found) if audience == "public" and found and lagging() else found


def public_only(found: list[Item]) -> list[Item]:
    """Those that are public at this moment: one query for each kind."""
    by_kind: dict[str, set[str]] = defaultdict(set)
    for item in found:
        kind, _, public_id = item.id.partition(":")
        by_kind[kind].add(public_id)
    public = {f"{kind}:{one}" for kind, ids in by_kind.items() if kind in builders for one in builders[kind].public_ids(ids)}
    return [item for item in found if item.id in public]
