"""Undoing an import: what it changed is put back, what it made is taken away again, wherever nobody has touched the object since."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from wagtail.log_actions import log

from artifacts import publishing
from artifacts.models import Artifact
from exchange import leasing
from exchange.errors import ExchangeError
from exchange.importing import LEASE, UNDONE
from exchange.merging import fingerprint, row_fingerprint
from exchange.models import ImportJob, ImportRow, Imprint
from exchange.plans import relations
from exchange.writing import DERIVED, Standing, remove, standing
from records import journal

BATCH = 200
ACTION = "exchange.undo"
# an import's last rows are written a moment before it says that it has finished
MARGIN = datetime.timedelta(seconds=2)


@dataclass
class Undone:
    """What was done: counts, and a sentence for each object that was left as it is."""

    counts: Counter[str] = field(default_factory=Counter)
    kept: list[str] = field(default_factory=list)


def undo(
    job: ImportJob,
    *,
    dry_run: bool = False,
    user: Any = None,
    on_progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Undone:
    """Undo an import, the last row first. It may be interrupted and repeated. Raises ExchangeError."""
    if job.state == ImportJob.State.UNDONE:
        raise ExchangeError(f"Import {job.pk} has been undone already.")
    done = Undone()
    holding = None if dry_run else leasing.take(LEASE)
    try:
        rows = list(
            job.rows.filter(outcome__in=(ImportRow.Outcome.CREATED, ImportRow.Outcome.UPDATED))
            .order_by("-row", "-pk")
            .values_list("pk", flat=True)
        )
        for start in range(0, len(rows), BATCH):
            with transaction.atomic():
                if holding:
                    holding.renew()
                _undo_batch(rows[start : start + BATCH], job, done, dry_run, user)
            if on_progress:
                on_progress(min(start + BATCH, len(rows)), len(rows))
            if stop():
                done.counts["stopped"] = 1
                return done
        if not dry_run:
            ImportJob.objects.filter(pk=job.pk).update(state=ImportJob.State.UNDONE, finished_at=job.finished_at or timezone.now())
    finally:
        if holding:
            holding.release()
    return done


def _undo_batch(pks: Sequence[int], job: ImportJob, done: Undone, dry_run: bool, user: Any) -> None:
    rows = list(ImportRow.objects.filter(pk__in=pks).order_by("-row", "-pk"))
    stands = standing([row.artifact_id for row in rows if row.artifact_id])
    later = set(
        ImportRow.objects.filter(artifact__in=stands, job__gt=job.pk)
        .exclude(outcome__in=(ImportRow.Outcome.UNDONE, ImportRow.Outcome.CONFLICT))
        .values_list("artifact_id", flat=True)
    )
    for row in rows:
        stood = stands.get(row.artifact_id or 0)
        if stood is None:
            done.counts["gone"] += 1
            continue
        if reason := _touched(row, stood, job, later):
            done.counts["kept"] += 1
            done.kept.append(f"row {row.row}, {stood.artifact.accession_number}: {reason}")
            continue
        if row.outcome == ImportRow.Outcome.CREATED:
            what = _take_away(stood, job, dry_run, user)
        else:
            what = _put_back(row, stood, dry_run, user)
        done.counts[what] += 1
        if what == "kept":
            done.kept.append(f"row {row.row}, {stood.artifact.accession_number}: other records refer to it.")
        elif not dry_run:
            ImportRow.objects.filter(pk=row.pk).update(outcome=ImportRow.Outcome.UNDONE)


def _touched(row: ImportRow, stood: Standing, job: ImportJob, later: set[int]) -> str:
    """Why the object is left as it is; empty when nobody has touched it since."""
    artifact = stood.artifact
    if artifact.pk in later:
        return "a later import has changed it; undo that one first."
    if artifact.withdrawn_on or artifact.merged_into_id:
        return "it was withdrawn or merged since."
    if artifact.latest_revision_id or artifact.locked:
        return "it was edited or locked since."
    if row.outcome == ImportRow.Outcome.CREATED and artifact.media.exists():
        return "it has pictures; remove them first."
    if stood.imprint is not None and stood.imprint.job_id == job.pk:
        return "" if _as_imported(stood) else "it was edited since."
    if job.finished_at and artifact.updated_at > job.finished_at + MARGIN:
        return "it was edited since."
    return ""


def _as_imported(stood: Standing) -> bool:
    assert stood.imprint is not None
    for name, print_ in stood.imprint.columns.items():
        if print_ and fingerprint(getattr(stood.artifact, name)) != print_:
            return False
    for relation, model in relations().items():
        here = sorted(row_fingerprint(model, row) for _, row in stood.rows[relation])
        if here != sorted(stood.imprint.rows.get(relation, [])):
            return False
    return True


def _take_away(stood: Standing, job: ImportJob, dry_run: bool, user: Any) -> str:
    """A new object that was never public is deleted; one that was is withdrawn, so that its address says so."""
    artifact = stood.artifact
    if artifact.first_published_on is not None:
        if not dry_run:
            publishing.withdraw(artifact, f"{UNDONE} {job.pk}.", user=user)
            Artifact.objects.filter(pk=artifact.pk).update(source_hash="")
        return "withdrawn"
    if dry_run:
        return "deleted"
    try:
        with transaction.atomic():
            artifact.delete()
    except ProtectedError:
        return "kept"
    return "deleted"


def _put_back(row: ImportRow, stood: Standing, dry_run: bool, user: Any) -> str:
    if dry_run:
        return "restored"
    artifact, before = stood.artifact, row.before or {}
    values: dict[str, Any] = {}
    for name, value in before["columns"].items():
        column: Any = Artifact._meta.get_field(name)
        values[name] = value if isinstance(column, models.JSONField) else column.to_python(value)
        setattr(artifact, name, values[name])
    values |= {column.attname: column.compute(artifact)[: column.max_length] for column in DERIVED}
    Artifact.objects.filter(pk=artifact.pk).update(**values, source_hash=before["source_hash"], updated_at=timezone.now())
    for relation, rows in before["rows"].items():
        model = relations()[relation]
        remove(model, [pk for pk, _ in stood.rows[relation]])
        model._default_manager.bulk_create(model(artifact_id=artifact.pk, sort_order=order, **values) for order, values in enumerate(rows))
    if imprint := before.get("imprint"):
        Imprint.objects.filter(artifact=artifact).update(**imprint, job=imprint_job(artifact, row.job_id))
    log(artifact, ACTION, user=user, data={"import": row.job_id, "row": row.row, "fields": row.fields})
    journal.changed("object", artifact.pk)
    return "restored"


def imprint_job(artifact: Artifact, before: int) -> ImportJob | None:
    """The import that had written the object before the one that is undone."""
    row = ImportRow.objects.filter(artifact=artifact, job__lt=before).order_by("-job").first()
    return row.job if row else None
