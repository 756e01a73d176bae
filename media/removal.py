"""Removes assets, and originals that no asset refers to any more: first a tombstone, after a delay the bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from media import preservation, storage
from media.models import AccessCopy, Asset, Blob, PreservationEvent

DELAY = timedelta(days=30)
YOUNG = timedelta(hours=24)


@dataclass(frozen=True)
class Orphan:
    """A file that no row knows: where it lies, its size in bytes, since when."""

    alias: str
    name: str
    size: int
    changed: datetime


@transaction.atomic
def remove(asset: Asset, *, agent: str = preservation.SYSTEM) -> None:
    """Remove the asset's row. Its originals, present and former, get a tombstone when nothing else refers to them; its derivatives are collected as orphans.

    Raises ``django.db.models.ProtectedError`` while a record uses the asset.
    """
    former = set(asset.former_originals.values_list("blob_id", flat=True)) - {asset.blob_id}
    held = {each.pk: each for each in Blob.objects.select_for_update().filter(pk__in=[asset.blob_id, *former]).order_by("pk")}
    blob = held[asset.blob_id]
    public_id = asset.public_id
    asset.delete()
    for each in held.values():
        if not each.assets.exists() and not each.formerly_of.exists():
            each.tombstoned_at = timezone.now()
            each.save(update_fields=["tombstoned_at"])
    preservation.record(
        PreservationEvent.Type.DELETION,
        PreservationEvent.Outcome.SUCCESS,
        sha256=blob.sha256,
        asset=public_id,
        agent=agent,
        detail={"what": "asset", "original_kept_until": None if blob.tombstoned_at is None else (blob.tombstoned_at + DELAY).isoformat()},
    )


def expired_tombstones(older_than: timedelta = DELAY) -> list[Blob]:
    """Originals without an asset whose delay is over."""
    return list(Blob.objects.filter(tombstoned_at__lte=timezone.now() - older_than, assets=None, formerly_of=None))


def purge(blob: Blob) -> bool:
    """Remove an original for good; False when something refers to it again."""
    with transaction.atomic():
        held = (
            Blob.objects.select_for_update(of=("self",))
            .filter(pk=blob.pk, tombstoned_at__isnull=False, assets=None, formerly_of=None)
            .first()
        )
        if held is None:
            return False
        name, sha256 = held.name, held.sha256
        held.delete()
        preservation.record(
            PreservationEvent.Type.DELETION,
            PreservationEvent.Outcome.SUCCESS,
            sha256=sha256,
            detail={"what": "original", "size": blob.size},
        )
    storage.delete(storage.ORIGINALS, name)
    return True


def orphans(older_than: timedelta = YOUNG) -> Iterator[Orphan]:
    """Files in ``originals`` and ``derivatives`` that no row knows and that are not just being written."""
    before = timezone.now() - older_than
    known = {f"{sha[:2]}/{sha}" for sha in Blob.objects.values_list("sha256", flat=True).iterator()}
    yield from (
        Orphan(storage.ORIGINALS, each.name, each.size, each.changed)
        for each in storage.listing(storage.ORIGINALS)
        if each.name not in known and each.changed <= before
    )
    folders = {f"{public_id}/{version}" for public_id, version in AccessCopy.objects.values_list("asset__public_id", "version").iterator()}
    yield from (
        Orphan(storage.DERIVATIVES, each.name, each.size, each.changed)
        for each in storage.listing(storage.DERIVATIVES)
        if each.name.rpartition("/")[0] not in folders and each.changed <= before
    )


def spooled(older_than: timedelta = YOUNG) -> list[Orphan]:
    """What interrupted uploads and decoders left in the spool."""
    before = timezone.now() - older_than
    found = []
    for path in storage.spool().iterdir():
        facts = path.stat()
        changed = datetime.fromtimestamp(facts.st_mtime, before.tzinfo)
        if path.is_file() and changed <= before:
            found.append(Orphan("spool", path.name, facts.st_size, changed))
    return found


def discard(orphan: Orphan) -> bool:
    """Remove an orphan; False when a row has come to know it meanwhile."""
    if orphan.alias == "spool":
        (storage.spool() / orphan.name).unlink(missing_ok=True)
        return True
    if orphan.alias == storage.ORIGINALS and Blob.objects.filter(sha256=orphan.name.rpartition("/")[2]).exists():
        return False
    storage.delete(orphan.alias, orphan.name)
    return True
