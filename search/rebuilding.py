"""Building indices anew beside those that serve, and the fallback's table with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from records import collecting, journal, ticking
from search import fallback
from search.building import CONSUMER, FALLBACK_CONSUMER, Builder, builders, logger
from search.documents import AUDIENCES, Audience
from search.engines import engine
from search.engines.base import EngineError, Rebuild
from search.making import Batch, Made, default_processes, make_all
from search.models import FallbackEntry
from search.requests import Stats

# More failures than this, and the new index is thrown away: it would serve less than the old one.
TOLERATED_FAILURES = 10
TOLERATED_SHARE = 0.01
BATCH = 800
WORTH_PROCESSES = 5_000  # records: starting processes takes longer than a few thousand documents

Progress = Callable[[str, int], None]


@dataclass(slots=True)
class Report:
    """What a rebuild did for one audience."""

    audience: Audience
    documents: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    stats: Stats | None = None


def rebuild(audience: Audience, *, progress: Progress = lambda what, count: None, force: bool = False, processes: int = 1) -> Report:
    """A new index for one audience; see ``rebuild_all``."""
    return rebuild_all([audience], progress=progress, force=force, processes=processes)[0]


def rebuild_all(
    audiences: Sequence[Audience],
    *,
    progress: Progress = lambda what, count: None,
    force: bool = False,
    processes: int = 1,
) -> list[Report]:
    """New indices, swapped in when all are complete; each record is read once. Searches are answered all the time, and no save is lost.

    Raises EngineError when an index is being rebuilt already, or too many documents failed (unless ``force``); then nothing has changed.
    """
    reports = [Report(audience) for audience in audiences]
    waiting = [journal.waiting(consumer) for consumer in (CONSUMER, FALLBACK_CONSUMER)] if set(audiences) == set(AUDIENCES) else []
    first_version = journal.next_version()
    new: list[Rebuild] = []
    try:
        for audience in audiences:
            new.append(engine().begin_rebuild(audience))
        for made in collecting.rested(make_all(_batches(), audiences, processes)):
            _take(made, new, reports)
            progress(made.batch.kind, len(made.batch.pks))
        for report in reports:
            _refuse_losses(report, force)
        for one, report in zip(new, reports, strict=True):
            report.stats = one.commit_and_swap()
    except BaseException:
        for one in new:
            one.abort()
        raise
    if "public" in audiences:
        # What was not written again is not public any more.
        FallbackEntry.objects.filter(version__lt=first_version).delete()
    if not any(report.failed for report in reports):
        # Every record was read after these changes: the worker need not do them again, one by one.
        for keys in waiting:
            journal.forget(keys)
    return reports


def needed() -> list[Audience]:
    """The audiences whose index is lost, is built for other fields, or is empty while there are records that nothing is going to bring
    into it: whoever asks an engine first makes empty indices there.
    """
    away = lost()
    return [one for one in AUDIENCES if one in away or not engine().ensure(one).current or (_is_empty(one) and _unfilled())]


def lost() -> list[Audience]:
    """The audiences that have no index at all, while there are records that nothing is going to bring into one: it was deleted behind the
    museum's back, or the engine was away when the museum was set up.
    """
    missing = [one for one in AUDIENCES if not engine().exists(one)]
    return missing if missing and _unfilled() else []


def replace_lost() -> None:
    """Build what is lost. Until it is whole there is no index, so that nobody takes a part of it for everything. Raises EngineError."""
    while for_whom := lost():  # again afterwards: who deletes one index deletes the next one a moment later
        logger.warning("There is no index for the %s: it is built from the records.", " and ".join(for_whom))
        processes = default_processes() if total() >= WORTH_PROCESSES else 1
        rebuild_all(for_whom, progress=lambda what, count: ticking.go_on(), processes=processes)


def _unfilled() -> bool:
    """Whether there is a record that does not wait to be indexed. (A few that were saved often have more entries than there are records.)"""
    for builder in builders.values():
        waiting = journal.records_waiting(CONSUMER, builder.kind)
        if any(pk not in waiting for pk in builder.every_key()):
            return True
    return False


def _is_empty(audience: Audience) -> bool:
    return next(engine().iterate(audience, display=False), None) is None


def total() -> int:
    """How many records there are to go through."""
    return sum(1 for builder in builders.values() for _ in builder.every_key())


def _take(made: Made, new: Sequence[Rebuild], reports: Sequence[Report]) -> None:
    for one, report in zip(new, reports, strict=True):
        result = one.take(made.compiled[report.audience])
        report.documents += result.written
        report.failed |= made.failed[report.audience] | dict(result.failed)
    if made.entries:
        fallback.keep(made.entries)


def _refuse_losses(report: Report, force: bool) -> None:
    lost = len(report.failed)
    if lost > TOLERATED_FAILURES and lost > TOLERATED_SHARE * (report.documents + lost) and not force:
        example = next(iter(report.failed.items()))
        raise EngineError(
            f"{lost} of {report.documents + lost} documents failed (such as {example[0]}: {example[1]}), so the old index stays. "
            "Mend the cause, or run it again with --force."
        )


def _batches() -> Iterator[Batch]:
    for builder in list(builders.values()):
        for pks in _keys(builder):
            yield Batch(builder.kind, pks, journal.next_version())


def _keys(builder: Builder) -> Iterator[tuple[int, ...]]:
    keys = iter(builder.every_key())
    while batch := tuple(islice(keys, BATCH)):
        yield batch
