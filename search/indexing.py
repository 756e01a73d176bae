"""The worker's part: journal entries become documents in both indices, and rows of the fallback."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from records import journal
from records.models import JournalEntry
from search import fallback
from search.building import CONSUMER, FALLBACK_CONSUMER, Built, builders, built, built_for, logger
from search.documents import AUDIENCES, Audience, Document
from search.engines import engine
from search.engines.base import EngineError, EngineUnavailableError

BATCH = 400


@dataclass(slots=True)
class Change:
    """Everything that waits for one record."""

    kind: str
    pk: int
    public_id: str = ""
    entries: list[JournalEntry] = field(default_factory=list)


def coalesced(entries: Iterable[JournalEntry]) -> list[Change]:
    """One change per record, however often it was saved."""
    found: dict[tuple[str, int], Change] = {}
    for entry in entries:
        change = found.setdefault((entry.kind, entry.record_pk), Change(entry.kind, entry.record_pk))
        change.public_id = entry.public_id or change.public_id
        change.entries.append(entry)
    return list(found.values())


def catch_up() -> int:
    """One batch for the engine; returns how many entries were dealt with (0: nothing is due, or the engine is away)."""
    entries = journal.take(CONSUMER, BATCH)
    if not entries:
        return 0
    changes = coalesced(entries)
    # Drawn before anything is read: a later build of the same record always has a higher version.
    version = journal.next_version()
    failed: dict[tuple[str, int], str] = {}
    try:
        for kind, of_kind in _by_kind(changes):
            made = built_for(kind, [change.pk for change in of_kind], AUDIENCES, version)
            for audience in AUDIENCES:
                failed |= {(kind, pk): reason for pk, reason in _write(kind, of_kind, audience, version, made[audience]).items()}
    except EngineUnavailableError as error:
        logger.warning("%s The changes wait.", error)
        journal.failed(entries, str(error), count_attempt=False)
        return 0
    except EngineError as error:
        logger.exception("The search engine failed.")
        journal.failed(entries, str(error))
        return 0
    _settle(changes, failed)
    return len(entries)


def catch_up_fallback() -> int:
    """One batch for the fallback's table; needs no engine."""
    entries = journal.take(FALLBACK_CONSUMER, BATCH)
    if not entries:
        return 0
    changes = coalesced(entries)
    version = journal.next_version()
    failed: dict[tuple[str, int], str] = {}
    for kind, of_kind in _by_kind(changes):
        pks = [change.pk for change in of_kind]
        documents, reasons = built(kind, pks, "public", version)
        fallback.store(documents.items())
        fallback.forget(kind, [pk for pk in pks if pk not in documents and pk not in reasons])
        failed |= {(kind, pk): reason for pk, reason in reasons.items()}
    _settle(changes, failed)
    return len(entries)


def write_records(kind: str, pks: Sequence[int], audience: Audience) -> dict[int, str]:
    """Index these records anew at once (repair); returns the reasons of those that failed."""
    version = journal.next_version()
    return _write(kind, [Change(kind, pk) for pk in pks], audience, version, built(kind, pks, audience, version))


def _write(kind: str, changes: list[Change], audience: Audience, version: int, made: Built) -> dict[int, str]:
    """Write what may be found, delete what may not (any more)."""
    known = builders[kind].identify([change.pk for change in changes])
    documents, failed = made
    gone = []
    for change in changes:
        public_id = known.get(change.pk) or change.public_id
        if public_id and change.pk not in documents and change.pk not in failed:
            gone.append((f"{kind}:{public_id}", version))
    return failed | _send(audience, documents, gone)


def _send(audience: Audience, documents: dict[int, Document], gone: list[tuple[str, int]]) -> dict[int, str]:
    by_id = {document.id: pk for pk, document in documents.items()}
    failed = dict(engine().index_documents(audience, documents.values()).failed)
    failed |= engine().delete(audience, gone).failed
    if gone and audience == "public":
        engine().refresh(audience)  # the journal forgets the takedown now: nobody may find it from here on
    for ident, reason in failed.items():
        logger.error("%s could not be indexed for the %s: %s", ident, audience, reason)
    return {by_id[ident]: reason for ident, reason in failed.items() if ident in by_id}


def _by_kind(changes: Iterable[Change]) -> list[tuple[str, list[Change]]]:
    """Changes of kinds that are searched."""
    found: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        if change.kind in builders:
            found[change.kind].append(change)
    return list(found.items())


def _settle(changes: list[Change], failed: dict[tuple[str, int], str]) -> None:
    journal.done([entry for change in changes if (change.kind, change.pk) not in failed for entry in change.entries])
    for change in changes:
        reason = failed.get((change.kind, change.pk))
        if reason:
            journal.failed(change.entries, reason)
