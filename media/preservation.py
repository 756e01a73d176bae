"""The record of what happened to originals: append-only, each event sealed with the digest of the one before (PREMIS 3 terms)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone

from media.models import EventChain, PreservationEvent
from records.ids import new_public_id

SYSTEM = "museum"


@transaction.atomic
def record(
    event_type: str, outcome: str, *, sha256: str, asset: str = "", agent: str = SYSTEM, detail: dict[str, Any] | None = None
) -> PreservationEvent:
    """Append an event. Inside a transaction, the chain stays locked until that ends: call it last."""
    EventChain.objects.get_or_create(pk=1)
    chain = EventChain.objects.select_for_update().get(pk=1)
    event = PreservationEvent(
        number=chain.length + 1,
        public_id=new_public_id(),
        type=event_type,
        outcome=outcome,
        sha256=sha256,
        asset=asset,
        agent=agent,
        detail=detail or {},
        at=timezone.now(),
        previous=chain.head,
    )
    event.digest = digest_of(event)
    event.save(force_insert=True)
    chain.length, chain.head = event.number, event.digest
    chain.save()
    return event


def digest_of(event: PreservationEvent) -> str:
    """SHA-256 over everything that the event says and the digest of its predecessor."""
    said = [
        event.number,
        event.public_id,
        event.type,
        event.outcome,
        event.sha256,
        event.asset,
        event.agent,
        event.detail,
        event.at.isoformat(timespec="microseconds"),
        event.previous,
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def broken_links() -> Iterator[str]:
    """A sentence for each place where the chain does not hold: a changed event, a gap, a missing end."""
    number, previous = 0, ""
    for event in PreservationEvent.objects.order_by("number").iterator():
        if event.number != number + 1:
            yield f"Between the events {number} and {event.number} something is missing."
        elif event.previous != previous:
            yield f"Event {event.number} does not follow event {number}: one of them was exchanged."
        if digest_of(event) != event.digest:
            yield f"Event {event.number} ({event.type}, {event.at:%Y-%m-%d}) was changed after it was written."
        number, previous = event.number, event.digest
    chain = EventChain.objects.filter(pk=1).first()
    if chain and chain.length != number:
        yield f"The chain should have {chain.length} events but ends with {number}."
