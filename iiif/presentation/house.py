"""When the museum's own name or logo changes, every manifest says so: the worker notes all of them as changed, in batches.

They are noted for manifests alone: what the records say of themselves is what it was, and search has nothing to do.
"""

from __future__ import annotations

from iiif.models import StoredManifest
from iiif.presentation import store
from records import journal

KIND = "institution"
CONSUMER = "institution"
BATCH = 2000


def register() -> None:
    """Make the consumer known (in ``ready()``)."""
    journal.register(CONSUMER, [KIND], process)


def changed(pk: int) -> None:
    """The museum's name or logo changed; ``pk`` is the key of what holds them. Call it inside the change's transaction."""
    journal.changed(KIND, pk, only=CONSUMER)


def process() -> int:
    """The journal's consumer: note every stored manifest's record for the consumer that builds them."""
    entries = journal.take(CONSUMER)
    if not entries:
        return 0
    for kind in StoredManifest.objects.order_by().values_list("kind", flat=True).distinct():
        after = 0
        while keys := list(_keys(kind, after)):
            journal.changed(kind, keys, only=store.CONSUMER)
            after = keys[-1]
    journal.done(entries)
    return len(entries)


def _keys(kind: str, after: int) -> list[int]:
    found = StoredManifest.objects.filter(kind=kind, record_pk__gt=after).order_by("record_pk")
    return list(found.values_list("record_pk", flat=True)[:BATCH])
