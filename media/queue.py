"""The task table: work that a killed worker left behind is put back."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from media.models import Asset

RUNNING, READY = "RUNNING", "READY"
STALE = timedelta(minutes=30)


def stale(older_than: timedelta = STALE) -> list[DBTaskResult]:
    """Tasks that were begun that long ago and never ended."""
    return list(DBTaskResult.objects.filter(status=RUNNING, started_at__lte=timezone.now() - older_than).order_by("started_at"))


def requeue(task: DBTaskResult) -> bool:
    """Put a task back; False when it ended meanwhile."""
    return bool(DBTaskResult.objects.filter(pk=task.pk, status=RUNNING).update(status=READY, started_at=None))


def forgotten(older_than: timedelta = STALE) -> list[Asset]:
    """Assets that wait or are being processed without a task that would go on with them."""
    tasks = DBTaskResult.objects.filter(task_path="media.tasks.prepare", status__in=[READY, RUNNING]).values_list("args_kwargs", flat=True)
    expected = {arguments["args"][0] for arguments in tasks}
    unfinished = Asset.objects.unfinished().filter(updated_at__lte=timezone.now() - older_than)
    return [asset for asset in unfinished if asset.pk not in expected]


@transaction.atomic
def enqueue(asset: Asset) -> None:
    """Give an asset a task again, with all its attempts."""
    from media import tasks

    Asset.objects.filter(pk=asset.pk).exclude(state=Asset.State.READY).update(
        state=Asset.State.WAITING, attempts=0, progress=0, failure="", updated_at=timezone.now()
    )
    tasks.prepare.enqueue(asset.pk)
