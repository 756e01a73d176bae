"""Building an index anew beside the one that serves, and the fallback's table with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from records import journal
from search import fallback
from search.building import Builder, builders, built
from search.documents import AUDIENCES, Audience
from search.engines import engine
from search.engines.base import EngineError, Rebuild
from search.models import FallbackEntry
from search.requests import Stats

# More failures than this, and the new index is thrown away: it would serve less than the old one.
TOLERATED_FAILURES = 10
TOLERATED_SHARE = 0.01
BATCH = 400

Progress = Callable[[str, int], None]


@dataclass(slots=True)
class Report:
    """What a rebuild did for one audience."""

    audience: Audience
    documents: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    stats: Stats | None = None


def rebuild(audience: Audience, *, progress: Progress = lambda what, count: None, force: bool = False) -> Report:
    """A new index for one audience, swapped in when it is complete. Searches are answered all the time, and no save is lost.

    Raises EngineError when too many documents failed (unless ``force``) or the count is not what was sent; then nothing has changed.
    """
    report = Report(audience)
    first_version = journal.next_version()
    new = engine().begin_rebuild(audience)
    try:
        for builder in list(builders.values()):
            for pks in _batches(builder):
                _batch(new, builder, pks, report)
                progress(builder.kind, len(pks))
        _refuse_losses(report, force)
        report.stats = new.commit_and_swap()
    except BaseException:
        new.abort()
        raise
    if audience == "public":
        # What was not written again is not public any more.
        FallbackEntry.objects.filter(version__lt=first_version).delete()
    return report


def needed() -> list[Audience]:
    """The audiences whose index is missing or built for other fields."""
    found: list[Audience] = []
    for audience in AUDIENCES:
        state = engine().ensure(audience)
        if not state.current:
            found.append(audience)
    return found


def total() -> int:
    """How many records there are to go through (per audience)."""
    return sum(1 for builder in builders.values() for _ in builder.every_key())


def _batch(new: Rebuild, builder: Builder, pks: Sequence[int], report: Report) -> None:
    version = journal.next_version()
    documents, reasons = built(builder.kind, pks, report.audience, version)
    result = new.index(documents.values())
    report.documents += result.written
    report.failed |= {f"{builder.kind} {pk}": reason for pk, reason in reasons.items()}
    report.failed |= result.failed
    if report.audience == "public":
        fallback.store(documents.items())


def _refuse_losses(report: Report, force: bool) -> None:
    lost = len(report.failed)
    if lost > TOLERATED_FAILURES and lost > TOLERATED_SHARE * (report.documents + lost) and not force:
        example = next(iter(report.failed.items()))
        raise EngineError(
            f"{lost} of {report.documents + lost} documents failed (such as {example[0]}: {example[1]}), so the old index stays. "
            "Mend the cause, or run it again with --force."
        )


def _batches(builder: Builder) -> Iterator[list[int]]:
    keys = iter(builder.every_key())
    while batch := list(islice(keys, BATCH)):
        yield batch
