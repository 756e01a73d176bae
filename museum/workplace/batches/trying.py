"""The dry run of a batch edit: what would become of every object, with its differences, is written beside it. No object is changed.

A few objects are tried while the person waits for the page, more by the worker, with progress; a batch begins only when all were tried.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from django.db.models import Count
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from artifacts import required
from artifacts.models import Artifact
from museum.workplace.batches.changing import Change, ChangeError, change_of
from museum.workplace.batches.running import hindrance, language_of, sentence_of, tried, what_waits, will_publish
from museum.workplace.models import BatchEdit, BatchRow
from records.models import RecordError
from search.language import reader_of

log = logging.getLogger(__name__)

AT_ONCE = 50  # objects that are tried within the request
CHUNK = 100
KEPT_DAYS = 7  # a batch that was tried and never begun


def begin(batch: BatchEdit) -> None:
    """Try all objects of a new batch: now if they are few, else by the worker."""
    if batch.total <= AT_ONCE:
        try_all(batch.pk)
        return
    with transaction.atomic():
        BatchEdit.objects.filter(pk=batch.pk).update(state=BatchEdit.State.TRYING, error="")
        try_batch.enqueue(batch.pk)


@task(queue_name="default")
def try_batch(pk: int) -> str:
    """The dry run of many objects. A worker that dies in between is followed by one that goes on."""
    return try_all(pk)


def try_all(pk: int) -> str:
    """Try what was not tried yet; answers the state of the batch, empty when it was given up meanwhile."""
    batch = BatchEdit.objects.select_related("user").filter(pk=pk, state=BatchEdit.State.TRYING).first()
    if batch is None:
        return ""
    with translation.override(language_of(batch.user)):
        try:
            change = change_of(batch.change, reader_of(batch.user))
            while rows := list(batch.rows.filter(expected="").order_by("pk")[:CHUNK]):
                _try_rows(rows, batch, change)
                _count(batch)
        except ChangeError as error:
            return _stand(batch, BatchEdit.State.TRYING, str(error))
        except OperationalError:
            log.exception("The dry run of batch edit %d stopped: the database does not answer.", batch.pk)
            return _stand(batch, BatchEdit.State.TRYING, _("The database was busy or did not answer. Nothing was changed; try it again."))
    return _stand(batch, BatchEdit.State.PREPARED)


def _try_rows(rows: Sequence[BatchRow], batch: BatchEdit, change: Change) -> None:
    keys = [row.artifact_id for row in rows]
    found: dict[int | None, Artifact] = {each.pk: each for each in Artifact.objects.select_related("latest_revision").filter(pk__in=keys)}
    for row in rows:
        _try_row(row, found.get(row.artifact_id), batch, change)
    BatchRow.objects.bulk_update(rows, ["expected", "before", "after", "message"])


def _try_row(row: BatchRow, artifact: Artifact | None, batch: BatchEdit, change: Change) -> None:
    row.expected, row.message = hindrance(artifact, batch.user)
    if row.expected or artifact is None:
        return
    try:
        draft = artifact.get_latest_revision_as_object()
        changed, row.before, row.after = tried(draft, change)
        publish = changed and will_publish(batch, artifact)
        if publish:
            required.check(draft)
        row.expected = BatchRow.Outcome.CHANGED if changed else BatchRow.Outcome.SAME
        row.message = what_waits(artifact, publish) if changed else ""
    except (RecordError, ValidationError) as error:
        row.expected, row.message = BatchRow.Outcome.REFUSED, sentence_of(error)
    except OperationalError:  # busy or away: not the row's fault, the dry run goes on from here later
        raise
    except Exception:
        log.exception("Batch edit %d: object %s could not be tried.", batch.pk, row.artifact_id)
        row.expected, row.message = BatchRow.Outcome.REFUSED, _("An error in the software; the server’s log says more.")


def _count(batch: BatchEdit) -> None:
    tried_rows = batch.rows.exclude(expected="").order_by()
    batch.counts = dict(tried_rows.values_list("expected").annotate(n=Count("pk")))
    BatchEdit.objects.filter(pk=batch.pk).update(counts=batch.counts)


def _stand(batch: BatchEdit, state: str, error: str = "") -> str:
    if state != BatchEdit.State.TRYING:
        _count(batch)
    return state if BatchEdit.objects.filter(pk=batch.pk, state=BatchEdit.State.TRYING).update(state=state, error=error) else ""


def try_again(batch: BatchEdit) -> None:
    """Go on with a dry run that the database stopped."""
    if batch.state == BatchEdit.State.TRYING and batch.error:
        begin(batch)


def give_up(batch: BatchEdit) -> None:
    """Forget a batch that was only tried; one that has begun stays."""
    BatchEdit.objects.filter(pk=batch.pk, state__in=[BatchEdit.State.TRYING, BatchEdit.State.PREPARED]).delete()


def forget() -> int:
    """Forget what was tried long ago and never begun (nightly); answers how many batches."""
    old = BatchEdit.objects.filter(
        state__in=[BatchEdit.State.TRYING, BatchEdit.State.PREPARED], created_at__lt=timezone.now() - timedelta(days=KEPT_DAYS)
    )
    count = old.count()
    old.delete()
    return count
