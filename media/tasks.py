"""What is done about an asset after it was received, on the queue ``media``."""

from __future__ import annotations

from django_tasks import task

from media import derive


@task(queue_name="media")
def prepare(asset_id: int) -> str:
    """Make the asset (by primary key) ready: its metadata and, for a picture, its access copy. Returns the state it is in afterwards."""
    return derive.prepare(asset_id)
