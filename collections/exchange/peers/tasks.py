"""What is done about objects of other museums outside of any visitor's request, on the queue ``io``."""

from __future__ import annotations

from django_tasks import task

from exchange.peers import keeping


@task(queue_name="io")
def refresh_peer_object(pk: int) -> str:
    """Ask for an object's manifest and picture again. Returns the state it is in afterwards."""
    return keeping.refresh(pk)
