"""How search is doing: for /readyz, /metrics and the staff's health page."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import models

from records import journal
from records.models import JournalEntry
from search import outage
from search.building import CONSUMER, FALLBACK_CONSUMER
from search.documents import AUDIENCES
from search.engines import engine
from search.engines.base import EngineError
from search.requests import Stats


@dataclass(frozen=True, slots=True)
class Status:
    """``sentence`` is empty when all is well. ``lag_seconds``: age of the oldest change that is not in the index yet."""

    engine: str
    sentence: str
    indices: dict[str, Stats] = field(default_factory=dict)
    waiting: int = 0
    lag_seconds: float = 0.0
    dead: int = 0
    fallback_lag_seconds: float = 0.0

    @property
    def answers(self) -> bool:
        """True when the engine answers for both audiences."""
        return len(self.indices) == len(AUDIENCES)


def status() -> Status:
    """Asks the engine and the journal; never raises for an engine that is away."""
    indices: dict[str, Stats] = {}
    sentence = ""
    try:
        with outage.bounded():
            for audience in AUDIENCES:
                indices[audience] = engine().stats(audience)
                if not indices[audience].current:
                    sentence = f"The {audience} search index was built by another version: run manage.py rebuild_search."
    except EngineError as error:
        sentence = f"SEARCH_URL: {error}"
    entries = JournalEntry.objects.filter(consumer=CONSUMER)
    sentence = sentence or _why_changes_wait(entries)
    return Status(
        engine=engine().name,
        sentence=sentence,
        indices=indices,
        waiting=entries.filter(dead=False).count(),
        lag_seconds=journal.lag_seconds(CONSUMER),
        dead=entries.filter(dead=True).count(),
        fallback_lag_seconds=journal.lag_seconds(FALLBACK_CONSUMER),
    )


def _why_changes_wait(entries: models.QuerySet[JournalEntry]) -> str:
    """An engine that answers may take no writes (read-only, its disk full): what it said of the oldest change that it did not take."""
    put_off = entries.filter(dead=False, not_before__isnull=False).exclude(error="").order_by("id").first()
    return f"Changes wait to be indexed. {put_off.error}" if put_off else ""


def sentence() -> str:
    """What is wrong with search and what to do, or empty."""
    try:
        with outage.bounded():
            for audience in AUDIENCES:
                if not engine().stats(audience).current:
                    return f"The {audience} search index was built by another version: run manage.py rebuild_search."
    except EngineError as error:
        return f"SEARCH_URL: {error}"
    return ""


def documents() -> dict[str, float]:
    """Documents by index, for /metrics; empty while the engine is away."""
    try:
        with outage.bounded():
            return {f'index="{audience}"': float(engine().stats(audience).documents) for audience in AUDIENCES}
    except EngineError:
        return {}
