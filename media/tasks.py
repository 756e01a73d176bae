"""What is done about an asset after it was received, on the queue ``media``."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks.signals import task_finished

from media import derive, mending
from media.models import Asset


@task(queue_name="media")
def prepare(asset_id: int) -> str:
    """Make the asset (by primary key) ready: its metadata and, for a picture, its access copy. Returns the state it is in afterwards."""
    return derive.prepare(asset_id)


@task(queue_name="media")
def mend(public_id: str) -> str:
    """Look at an access copy that seems broken, and make it again when it is. Returns what was found."""
    return mending.mend(public_id)


@transaction.atomic
def retry(asset: Asset) -> None:
    """Give a failed or forgotten asset a task again, with all its attempts (the button "Try again")."""
    Asset.objects.filter(pk=asset.pk).exclude(state=Asset.State.READY).update(
        state=Asset.State.WAITING, attempts=0, progress=0, failure="", updated_at=timezone.now()
    )
    prepare.enqueue(asset.pk)


def connect() -> None:
    """A task that was given up (its worker died every time) leaves its asset failed, with a sentence."""
    task_finished.connect(_finished, dispatch_uid="media-task-finished")


def _finished(task_result: Any, **_: Any) -> None:
    if task_result.status == TaskResultStatus.FAILED and task_result.task.module_path == prepare.module_path:
        derive.given_up(task_result.args[0], ", ".join(error.exception_class_path for error in task_result.errors))
