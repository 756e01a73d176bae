"""The worker's part: journal entries become documents in both indices, and rows of the fallback."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field

from records import journal
from records.models import JournalEntry
from search import fallback, rebuilding
from search.building import CONSUMER, FALLBACK_CONSUMER, builders, built, logger
from search.documents import AUDIENCES, Audience
from search.engines import engine
from search.engines.base import EngineError, EngineUnavailableError
from search.making import Batch, Made, default_processes, make, make_all

BATCH = 400
BATCH_OF_MANY = 800  # fewer commits, and fewer merges of what they leave, than of single acts
MANY = 2_000  # changes that wait: starting processes takes as long as making some hundred documents
AT_ONCE = 10_000  # a worker that is told to end finishes these first
_alone = threading.Event()  # processes beside this one do not live here


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
    """What waits for the engine, in batches; returns how many entries were dealt with (0: nothing is due, or the engine is away).

    Thousands of records, as after a term was renamed, are made by several processes; a few are made here. Rows of the fallback are
    made of the same documents, so what waits for it goes with them. Single acts of people wait for nobody's thousands.
    """
    if not _whole():
        return 0
    single = journal.take(CONSUMER, BATCH, single=True)
    if single and len(single) < BATCH:
        return _deal_with(single, 1)
    many = not _alone.is_set() and journal.count(CONSUMER, MANY) >= MANY
    return _deal_with(journal.take(CONSUMER, AT_ONCE if many else BATCH), default_processes() if many else 1)


def _whole() -> bool:
    """Build an index that was lost, or an empty one where nothing but what waits is to go into it.

    False while that cannot be done: what waits goes on waiting, since an index of that alone would look whole.
    """
    try:
        rebuilding.replace_lost()
        for audience in AUDIENCES:
            engine().ensure(audience)
    except EngineError as error:
        if entries := journal.take(CONSUMER, BATCH):
            logger.warning("%s The changes wait.", error)
            journal.failed(entries, str(error), count_attempt=False)
        return False
    return True


def _deal_with(entries: Sequence[JournalEntry], processes: int) -> int:
    """Carry these changes into both indices and the fallback, and between the batches of thousands what people change meanwhile."""
    changes = coalesced(entries)
    waiting = {(change.kind, change.pk): change for change in changes}
    beside: dict[int, list[tuple[int, int]]] = {}
    dealt = 0
    try:
        for made in make_all(_batches(changes, beside, BATCH_OF_MANY if processes > 1 else BATCH), AUDIENCES, processes):
            of_batch = [waiting[made.batch.kind, pk] for pk in made.batch.pks if (made.batch.kind, pk) in waiting]
            still = _not_overtaken(made, of_batch)
            _settle(of_batch, _take(still, of_batch, beside.pop(made.batch.version)))
            dealt += _forget_about(of_batch, waiting)
            if processes > 1:
                dealt += _acts_between(waiting)
    except BrokenProcessPool:
        _alone.set()
        logger.exception("A process that makes documents ended by itself; from now on they are made here.")
        return dealt or catch_up()
    except EngineUnavailableError as error:
        logger.warning("%s The changes wait.", error)
        journal.failed(_entries_of(waiting.values()), str(error), count_attempt=False)
        return dealt
    except EngineError as error:
        logger.exception("The search engine failed.")
        journal.failed(_entries_of(waiting.values()), str(error))
        return dealt
    rest = list(waiting.values())
    _settle(rest, {})  # kinds that are not searched
    return dealt + len(_entries_of(rest))


def _acts_between(waiting: dict[tuple[str, int], Change]) -> int:
    """Carry what people did meanwhile, and take the same records out of what waits: the act's document is the newer one."""
    taken = {entry.pk for entry in _entries_of(waiting.values())}
    acts = [entry for entry in journal.take(CONSUMER, BATCH, single=True) if entry.pk not in taken]
    if not acts:
        return 0
    dealt = _deal_with(acts, 1)
    overtaken = [waiting[key] for key in {(entry.kind, entry.record_pk) for entry in acts} if key in waiting]
    _settle(overtaken, {})
    return dealt + _forget_about(overtaken, waiting)


def _not_overtaken(made: Made, changes: Sequence[Change]) -> Made:
    """The batch as it is when nothing of it was overtaken since it was begun, else the rest of it made again."""
    if len(changes) == len(made.batch.pks):
        return made
    return make(Batch(made.batch.kind, tuple(change.pk for change in changes), journal.next_version()), AUDIENCES)


def _forget_about(changes: Sequence[Change], waiting: dict[tuple[str, int], Change]) -> int:
    """These need not be waited for any more; returns how many entries they had."""
    for change in changes:
        del waiting[change.kind, change.pk]
    return len(_entries_of(changes))


def _batches(changes: Sequence[Change], beside: dict[int, list[tuple[int, int]]], size: int) -> Iterator[Batch]:
    """Each with a version drawn before anything is read: a later build of the same record always has a higher one. ``beside`` is filled
    with what waited for the fallback then, by version.
    """
    for kind, of_kind in _by_kind(changes):
        for start in range(0, len(of_kind), size):
            batch = Batch(kind, tuple(change.pk for change in of_kind[start : start + size]), journal.next_version())
            beside[batch.version] = journal.of_records(FALLBACK_CONSUMER, kind, batch.pks)
            yield batch


def _take(made: Made, changes: Sequence[Change], beside: Sequence[tuple[int, int]]) -> dict[tuple[str, int], str]:
    """Write one batch into both indices and the fallback; the reasons of those that failed."""
    kind = made.batch.kind
    idents = _idents(made, {change.pk: change.public_id for change in changes})
    failed: dict[int, str] = {}
    for audience in AUDIENCES:
        reasons = _index(made, audience, idents)
        failed |= reasons
        if audience == "public":
            there = {one.id for one in made.compiled[audience]}
            fallback.keep(made.entries)
            fallback.forget(kind, [pk for pk, ident in idents.items() if ident not in there and pk not in reasons])
            journal.forget([entry for entry, pk in beside if pk not in reasons])
    return {(kind, pk): reason for pk, reason in failed.items()}


def _idents(made: Made, remembered: Mapping[int, str]) -> dict[int, str]:
    """Names of a batch's documents by key; of deleted records by the public id that the journal remembers, of those without one nothing."""
    kind, pks = made.batch.kind, made.batch.pks
    known = {**remembered, **builders[kind].identify(pks)}
    return {pk: f"{kind}:{known[pk]}" if known.get(pk) else "" for pk in pks}


def _index(made: Made, audience: Audience, idents: Mapping[int, str]) -> dict[int, str]:
    """Write what may be found, delete what may not (any more); the reasons of those that failed."""
    keys = {ident: pk for pk, ident in idents.items()} | {f"{made.batch.kind} {pk}": pk for pk in idents}
    compiled, failed = made.compiled[audience], dict(made.failed[audience])
    there = {one.id for one in compiled}
    refused = {keys[name] for name in failed if name in keys}
    gone = [(ident, made.batch.version) for pk, ident in idents.items() if ident and ident not in there and pk not in refused]
    failed |= engine().write(audience, compiled).failed
    failed |= engine().delete(audience, gone).failed
    if gone and audience == "public":
        engine().refresh(audience)  # the journal forgets the takedown now: nobody may find it from here on
    for name, reason in failed.items():
        logger.error("%s could not be indexed for the %s: %s", name, audience, reason)
    return {keys[name]: reason for name, reason in failed.items() if name in keys}


def _entries_of(changes: Iterable[Change]) -> list[JournalEntry]:
    return [entry for change in changes for entry in change.entries]


def catch_up_fallback() -> int:
    """One batch for the fallback's table; needs no engine. While the engine is well and has much to do, ``catch_up`` does this with it."""
    if not journal.troubled(CONSUMER) and journal.count(CONSUMER, BATCH + 1) > BATCH:
        return 0
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
    made = make(Batch(kind, tuple(pks), journal.next_version()), [audience])
    return _index(made, audience, _idents(made, {}))


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
