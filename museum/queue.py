"""The task queue's upkeep: workers give signs of life; a task whose worker died is tried again, a few times, then failed for good."""

from __future__ import annotations

import os
import secrets
import socket
import time
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks.signals import task_finished
from django_tasks_db.models import DBTaskResult

from records.models import Counter

MOST_ATTEMPTS = 3
SIGN_OF_LIFE_LASTS = 120  # seconds
_PREFIX = "worker:"


class WorkerDied(Exception):
    """The worker died while it did this task, every time."""


def new_worker_id() -> str:
    """A name for one worker process: short enough for the table, telling enough for an operator."""
    return f"{socket.gethostname()[:12]}-{os.getpid()}-{secrets.token_hex(3)}"


def sign_of_life(worker_id: str) -> None:
    """Note that this worker lives. Called every 30 seconds."""
    Counter.objects.update_or_create(name=f"{_PREFIX}{worker_id}"[:40], defaults={"value": int(time.time())})
    long_ago = int(time.time()) - 86_400
    Counter.objects.filter(name__startswith=_PREFIX, value__lt=long_ago).delete()


def signed_off(worker_id: str) -> None:
    """This worker is gone; what it had in hand may be taken by others at once."""
    Counter.objects.filter(name=f"{_PREFIX}{worker_id}"[:40]).delete()


def living_workers() -> set[str]:
    """Workers that gave a sign of life lately."""
    since = int(time.time()) - SIGN_OF_LIFE_LASTS
    names = Counter.objects.filter(name__startswith=_PREFIX, value__gte=since).values_list("name", flat=True)
    return {name.removeprefix(_PREFIX) for name in names}


def stale() -> list[DBTaskResult]:
    """Tasks that are said to run, though their worker has not given a sign of life for two minutes."""
    living = living_workers()
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).order_by("started_at")
    return [task for task in running if not task.worker_ids or task.worker_ids[-1] not in living]


def requeue_stale(*, dry_run: bool = False) -> tuple[int, int]:
    """Put stale tasks back into the queue; fail those that killed MOST_ATTEMPTS workers. Returns how many of each."""
    again = failed = 0
    for task in stale():
        hopeless = len(task.worker_ids) >= MOST_ATTEMPTS
        again, failed = again + (not hopeless), failed + hopeless
        if dry_run:
            continue
        if hopeless:
            _fail(task)
        else:
            # the status is asked again: the worker may have finished meanwhile
            DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING, worker_ids=task.worker_ids).update(
                status=TaskResultStatus.READY, started_at=None
            )
    return again, failed


def _fail(task: DBTaskResult) -> None:
    with transaction.atomic():
        task.set_failed(WorkerDied(f"The worker died {len(task.worker_ids)} times while it did this task."))
        task_finished.send(sender=type(task.task.get_backend()), task_result=task.task_result)


def forget_finished(older_than: timedelta = timedelta(days=30)) -> int:
    """Delete the rows of tasks that succeeded long ago. Failed ones stay for staff to see."""
    old = DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=timezone.now() - older_than)
    return old.delete()[0]
