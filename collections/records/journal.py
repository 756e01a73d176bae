"""The journal: how a change leaves the transaction in which it was made.

``changed()`` is called inside the act's own transaction and writes one row per consumer. A consumer deletes its row when it
has done its work. There are no cursors: a transaction that commits late must not be skipped.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, models, transaction
from django.db.models import F
from django.utils import timezone

from records.inserting import insertion
from records.models import Counter, JournalEntry

MAX_ATTEMPTS = 8
_SINGLE_ACT = 100  # records that one act of a person touches; more are the after-effects of a renamed term, or an import


@dataclass(frozen=True)
class Consumer:
    """Somebody who has to hear of changes.

    ``kinds``: the kinds of records that concern it (None: all). ``process``: does a batch of what waits and returns how many
    entries it finished; the worker calls it again at once until it returns 0. It must not raise for a bad entry (``failed``).
    ``fresh``: the kinds whose new records concern it (None: the same as ``kinds``). Who carries a change on to those who show the record
    has nothing to carry from one that was made this moment: nobody can show it without being saved afterwards or together with it.
    """

    name: str
    kinds: frozenset[str] | None = None
    process: Callable[[], int] | None = None
    fresh: frozenset[str] | None = None

    def wants(self, kind: str, *, new: bool = False) -> bool:
        """True when changes of that kind, or ``new`` records of it, concern this consumer."""
        wanted = self.fresh if new and self.fresh is not None else self.kinds
        return wanted is None or kind in wanted


consumers: dict[str, Consumer] = {}


def register(
    name: str, kinds: Iterable[str] | None = None, process: Callable[[], int] | None = None, *, fresh: Iterable[str] | None = None
) -> None:
    """Make a consumer known (in its room's ``ready()``)."""
    consumers[name] = Consumer(name, None if kinds is None else frozenset(kinds), process, None if fresh is None else frozenset(fresh))


def changed(
    kind: str,
    pks: int | Iterable[int],
    op: str = JournalEntry.Op.CHANGED,
    *,
    public_id: str = "",
    new: bool = False,
    skip: str | None = None,
    only: str | None = None,
) -> None:
    """Note that records changed, once for each consumer. Call it inside the change's own transaction.

    Repeated calls for one record within a transaction write one row per consumer. ``new`` says that they were made in this
    transaction; ``skip`` names a consumer that is not to hear of it, ``only`` the one that is.
    """
    keys = [pks] if isinstance(pks, int) else list(pks)
    in_bulk = len(keys) > _SINGLE_ACT
    with transaction.atomic(savepoint=False):
        alone = len(keys) == 1 and skip is None and only is None
        noted = [pk for pk in keys if _first_in_transaction(kind, pk, op)] if alone else keys
        templates = [
            JournalEntry(
                consumer=consumer.name, kind=kind, record_pk=0, op=op, public_id=public_id, in_bulk=in_bulk, created_at=timezone.now()
            )
            for consumer in consumers.values()
            if consumer.wants(kind, new=new) and consumer.name != skip and (only is None or consumer.name == only)
        ]
        _note(templates, noted)


def _note(templates: Sequence[JournalEntry], pks: Sequence[int]) -> None:
    """An entry like each of the templates for every one of these records."""
    fields = [field for field in JournalEntry._meta.local_concrete_fields if not field.primary_key]
    names = [field.name for field in fields]
    statement, at = insertion(JournalEntry, names), names.index("record_pk")
    if not pks:
        return
    together = [templates] if len(pks) <= _SINGLE_ACT else [[template] for template in templates]  # a hundred thousand fill the memory once
    with connection.cursor() as cursor:
        for some in together:
            rows: list[tuple] = []
            for template in some:
                values = [field.get_db_prep_save(getattr(template, field.attname), connection) for field in fields]
                rows += [(*values[:at], pk, *values[at + 1 :]) for pk in pks]
            cursor.executemany(statement, rows)


def _first_in_transaction(kind: str, pk: int, op: str) -> bool:
    """False when this change stands in the journal already and will be committed together with the current block.

    A note made inside a savepoint that may have been rolled back does not count: its savepoint must still enclose us.
    """
    # a block without a savepoint, as changed() itself has just opened one, is rolled back with the one around it
    stack = tuple(name for name in connection.savepoint_ids if name)
    noted: dict | None = getattr(connection, "_museum_journal_notes", None)
    marker = connection.run_on_commit
    if noted is None or getattr(connection, "_museum_journal_marker", None) is not marker:
        noted = {}
        connection._museum_journal_notes = noted  # type: ignore[attr-defined]
        connection._museum_journal_marker = marker  # type: ignore[attr-defined]
    before = noted.get((kind, pk, op))
    if before is not None and stack[: len(before)] == before:
        return False
    noted[kind, pk, op] = stack
    return True


def take(consumer: str, limit: int = 500, *, single: bool = False) -> list[JournalEntry]:
    """The entries that are due, single acts before what was noted in bulk, the oldest first; with ``single`` nothing but single acts.

    They stay in the journal until ``done`` or ``failed`` is called.
    """
    due = _due(consumer).filter(in_bulk=False) if single else _due(consumer)
    return list(due.order_by("in_bulk", "id")[:limit])


def _due(consumer: str) -> models.QuerySet[JournalEntry]:
    return _all_due().filter(consumer=consumer)


def _all_due() -> models.QuerySet[JournalEntry]:
    due = models.Q(not_before=None) | models.Q(not_before__lte=timezone.now())
    return JournalEntry.objects.filter(due, dead=False)


def due_among(names: Iterable[str]) -> set[str]:
    """Those of the consumers for whom something is due: one question for all who rest."""
    return set(_all_due().filter(consumer__in=list(names)).order_by().values_list("consumer", flat=True).distinct())


def done(entries: Sequence[JournalEntry]) -> None:
    """The work for these entries is done."""
    forget([entry.pk for entry in entries])


def count(consumer: str, most: int) -> int:
    """How many entries of a consumer are due, counted up to ``most``."""
    return _due(consumer)[:most].count()


def records_waiting(consumer: str, kind: str) -> set[int]:
    """Keys of the records of one kind of which something is due for a consumer."""
    return set(_due(consumer).filter(kind=kind).order_by().values_list("record_pk", flat=True).distinct().iterator())


def of_records(consumer: str, kind: str, pks: Sequence[int]) -> list[tuple[int, int]]:
    """(key of the entry, key of the record) of what waits for a consumer about these records."""
    entries = JournalEntry.objects.filter(consumer=consumer, kind=kind, record_pk__in=pks)
    return list(entries.order_by().values_list("pk", "record_pk"))


def waiting(consumer: str) -> array[int]:
    """Keys of everything that waits for a consumer now, the dead too: what a rebuild that begins after this makes needless."""
    return array("q", JournalEntry.objects.filter(consumer=consumer).order_by().values_list("pk", flat=True).iterator())


def forget(keys: Sequence[int]) -> None:
    """These entries are needless; those that are gone already do not matter."""
    for start in range(0, len(keys), 400):
        JournalEntry.objects.filter(pk__in=keys[start : start + 400]).delete()


def failed(entries: Sequence[JournalEntry], error: str, *, count_attempt: bool = True) -> None:
    """Try again later (after 1, 2, 4 … seconds); after MAX_ATTEMPTS an entry is dead and shown to staff.

    With ``count_attempt=False`` (the engine is away, not the entry at fault) they are put off by five seconds for ever.
    """
    now = timezone.now()
    for entry in entries:
        if count_attempt:
            entry.attempts += 1
        entry.error = error[:2000]
        entry.dead = entry.attempts >= MAX_ATTEMPTS
        entry.not_before = now + timedelta(seconds=min(2**entry.attempts, 300) if count_attempt else 5)
    JournalEntry.objects.bulk_update(entries, ["attempts", "error", "dead", "not_before"], batch_size=400)


def lag_seconds(consumer: str) -> float:
    """Age of the oldest entry that waits, in seconds; 0.0 when nothing waits."""
    oldest = JournalEntry.objects.filter(consumer=consumer, dead=False).order_by("created_at").values_list("created_at", flat=True).first()
    return max((timezone.now() - oldest).total_seconds(), 0.0) if oldest else 0.0


def troubled(consumer: str) -> bool:
    """True when an entry has failed and waits for another try, or was given up: what the consumer made is not what the records say."""
    entries = JournalEntry.objects.filter(consumer=consumer)
    return entries.filter(dead=True).exists() or entries.filter(dead=False, not_before__isnull=False).exists()


def next_version(count: int = 1) -> int:
    """Draw ``count`` versions and return the first. Draw before reading the record, so that a late build never wins."""
    with transaction.atomic():
        counter = Counter.objects.filter(name="document_version")
        if not counter.update(value=F("value") + count):
            Counter.objects.get_or_create(name="document_version")
            counter.update(value=F("value") + count)
        return counter.values_list("value", flat=True).get() - count + 1
