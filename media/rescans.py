"""A picture is turned, or a better scan takes its place. Its address, and all that is said of it, stay; every original is kept."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from media import preservation, removal, tasks
from media.errors import MediaError
from media.models import AccessCopy, Asset, FormerOriginal, PreservationEvent, Replacement, Turn


class NotNow(MediaError):
    """What was asked cannot be done with this picture, or not yet; the message is a sentence for the curator."""


@transaction.atomic
def turn(asset: Asset, degrees: int, *, agent: str = preservation.SYSTEM) -> None:
    """Turn a picture by quarters, clockwise. What is shown stays until a task has made its access copy anew. Raises NotNow."""
    if degrees not in Turn.values:
        raise NotNow(_("A picture is turned by quarters."))
    held = _held(asset)
    if held.state == Asset.State.FAILED:
        raise NotNow(_("This picture could not be read: there is nothing to turn."))
    copy = AccessCopy.objects.filter(asset=held).only("original").first()
    if copy is not None and copy.original != held.blob.sha256:
        raise NotNow(_("The new scan is just being prepared: turn it when it is shown."))
    held.turn = (held.turn + degrees) % 360
    _remake(held, turn=held.turn)
    _note(held, agent, {"what": "turned", "degrees": held.turn})


def offer(asset: Asset, scan: Asset, *, agent: str = preservation.SYSTEM) -> Replacement:
    """Keep a newly received asset beside the picture that it may replace; one that was offered before is discarded. Raises NotNow."""
    if asset.kind != Asset.Kind.IMAGE or scan.kind != Asset.Kind.IMAGE:
        raise NotNow(_("Only a picture can take a picture's place."))
    with transaction.atomic():
        _held(asset)
        for before in Replacement.objects.filter(asset=asset).select_related("scan"):
            discard(before, agent=agent)
        return Replacement.objects.create(asset=asset, scan=scan, by=agent)


@transaction.atomic
def discard(replacement: Replacement, *, agent: str = preservation.SYSTEM) -> None:
    """The new scan is not wanted: its file goes as every removed one does, after thirty days."""
    scan = replacement.scan
    replacement.delete()
    removal.remove(scan, agent=agent)


@transaction.atomic
def put_in_place(replacement: Replacement, *, agent: str = preservation.SYSTEM) -> None:
    """Let the new scan be the picture. Its own asset goes, its original stays behind the picture's address. Raises NotNow."""
    scan = Asset.objects.select_for_update(of=("self",)).select_related("blob").get(pk=replacement.scan_id)
    if scan.state != Asset.State.READY:
        raise NotNow(_("The new scan is not ready yet."))
    asset = _held(replacement.asset)
    if asset.blob_id == scan.blob_id and asset.turn == scan.turn:
        raise NotNow(_("The new scan is the very same file as the picture."))
    _exchange(
        asset,
        agent,
        blob=scan.blob,
        original_filename=scan.original_filename,
        turn=scan.turn,
        technical={"format": scan.technical.get("format", "")},
    )
    replacement.delete()
    removal.remove(scan, agent=agent)


@transaction.atomic
def put_back(former: FormerOriginal, *, agent: str = preservation.SYSTEM) -> None:
    """Let a former original be the picture again; the present one becomes a former one."""
    asset = _held(former.asset)
    blob, values = former.blob, {"original_filename": former.original_filename, "turn": former.turn, "technical": {"format": former.format}}
    former.delete()
    _exchange(asset, agent, blob=blob, **values)


def _held(asset: Asset) -> Asset:
    """The picture as it is stored, locked against another change at the same moment."""
    return Asset.objects.select_for_update(of=("self",)).select_related("blob").get(pk=asset.pk)


def _exchange(asset: Asset, agent: str, **values: Any) -> None:
    FormerOriginal.objects.create(
        asset=asset,
        blob=asset.blob,
        original_filename=asset.original_filename,
        format=asset.technical.get("format", ""),
        width=asset.width,
        height=asset.height,
        turn=asset.turn,
        by=agent,
    )
    before = asset.blob.sha256
    asset.blob = values["blob"]
    _remake(asset, **values)
    _note(asset, agent, {"what": "replaced", "former_original": before, "filename": values["original_filename"]})


def _remake(asset: Asset, **values: Any) -> None:
    """Write what the picture is made of, and have it made; ``progress`` tells that what is shown is not that yet."""
    Asset.objects.filter(pk=asset.pk).update(**values, progress=0, attempts=0, warning="", updated_at=timezone.now())
    tasks.prepare.enqueue(asset.pk)


def _note(asset: Asset, agent: str, detail: dict[str, Any]) -> None:
    preservation.record(
        PreservationEvent.Type.MODIFICATION,
        PreservationEvent.Outcome.SUCCESS,
        sha256=asset.blob.sha256,
        asset=asset.public_id,
        agent=agent,
        detail=detail,
    )
