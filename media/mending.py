"""Notices that an access copy is lost, cut or changed, and has it made again, without anybody's command."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Iterator

from django.db import DatabaseError, transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from media import derive, fixity, storage
from media.models import AccessCopy, Asset
from records import walking

log = logging.getLogger(__name__)

REPORT_EVERY = 600.0  # seconds: one broken file is asked for by every visitor, and reported once as long as it is the same
DAYS = 90  # in which every access copy is read once
MOST_A_NIGHT = 5000

_reported: dict[tuple[str, str], float] = {}
_lock = threading.Lock()


def report(public_id: str, state: str = "") -> bool:
    """Whoever serves pictures met a broken access copy: a task looks at it. True when this call made the task.

    The one thing that answering a request may write: a row in the queue, once in ``REPORT_EVERY`` seconds for each picture in this state.
    """
    now = time.monotonic()
    with _lock:
        if now - _reported.get((public_id, state), -REPORT_EVERY) < REPORT_EVERY:
            return False
        if len(_reported) > 10_000:
            _reported.clear()
        _reported[public_id, state] = now
    try:
        return _enqueue(public_id)
    except DatabaseError as error:  # it is met again
        with _lock:
            _reported.pop((public_id, state), None)
        log.error("the broken access copy of %s could not be reported: %s", public_id, error)
        return False


def doubted(alias: str, name: str, state: str) -> None:
    """Whoever read an access copy found that it was changed since it was last known to be whole (``storage.when_doubted``)."""
    if alias == storage.DERIVATIVES:
        public_id, _, rest = name.partition("/")
        report(public_id, f"{rest} {state}")


@transaction.atomic
def _enqueue(public_id: str) -> bool:
    from media import tasks

    waiting = DBTaskResult.objects.filter(
        task_path=tasks.mend.module_path,
        status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING],
        args_kwargs={"args": [public_id], "kwargs": {}},
    )
    if waiting.exists():
        return False
    tasks.mend.enqueue(public_id)
    return True


def mend(public_id: str) -> str:
    """Compare the access copy with its checksum and make it again when it is not what it was. Returns what was found."""
    asset = Asset.objects.filter(public_id=public_id, state=Asset.State.READY, kind=Asset.Kind.IMAGE).first()
    if asset is None:
        return "not shown"
    copy = AccessCopy.objects.select_related("asset").filter(asset=asset).first()
    if copy is not None and derive.is_current(asset):
        verdict = fixity.check_access_copy(copy)
        if verdict.outcome != fixity.OUTCOME.FAILURE:
            return str(verdict.outcome)
        log.warning("%s: %s It is made again.", verdict.what, verdict.sentence)
    begun = timezone.now()
    state = derive.prepare(asset.pk, force=True)
    if AccessCopy.objects.filter(asset=asset, created_at__gte=begun).exists():
        return f"made again: {state}"
    asset.refresh_from_db()
    return "could not be made again: its original is not here either" if asset.warning == derive.LOST else f"not made again: {state}"


def look() -> int:
    """Every night: have made again what is missing, of another size, of an older recipe, or changed; returns how many were found.

    The storage is listed once. Read and compared is what was written to since it was last known to be whole, and of the rest the ninetieth part.
    """
    found = 0
    for public_id in _wrong():
        found += report(public_id)
        if found >= MOST_A_NIGHT:
            break
    return found


def _wrong() -> Iterator[str]:
    there = {each.name: (each.size, each.changed.timestamp()) for each in storage.listing(storage.DERIVATIVES)}
    day = int(time.time() // 86400) % DAYS
    assets = Asset.objects.filter(state=Asset.State.READY, kind=Asset.Kind.IMAGE).select_related("blob", "access_copy").order_by("pk")
    checked, share, compared = 0, math.ceil(assets.count() / DAYS), 0
    for asset in walking.in_portions(assets):
        copy = getattr(asset, "access_copy", None)
        size, changed = there.get(derive.pyramid_name(asset.public_id, asset.version), (None, 0.0))
        if copy is None or not asset.version == copy.version == derive.version_of(asset) or size != copy.size:
            yield asset.public_id
        elif changed > copy.whole_at + storage.LATER and compared < MOST_A_NIGHT:
            compared += 1
            if fixity.check_access_copy(copy).outcome == fixity.OUTCOME.FAILURE:
                yield asset.public_id
        elif asset.pk % DAYS == day and checked <= 2 * share:
            checked += 1
            if fixity.check_access_copy(copy).outcome == fixity.OUTCOME.FAILURE:
                yield asset.public_id
