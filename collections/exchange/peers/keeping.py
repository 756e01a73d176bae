"""Keeps what we show of another museum's object: what its manifest says, and a copy of one picture made by ourselves.

Nothing of it is fetched while a visitor waits. The copy is decoded and encoded anew: no byte of the other museum's file is sent on.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from uuid import uuid4

import numpy as np
import simplejpeg
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.models import PeerObject
from exchange.peers import copying, manifests
from exchange.peers.fetching import PeerError, fetch, fetch_each
from exchange.peers.manifests import ForeignManifest, ForeignPicture
from media import storage
from media.errors import MediaError

ALIAS = "default"
ACCEPT = (
    'application/ld+json;profile="http://iiif.io/api/presentation/3/context.json", '
    'application/ld+json;profile="http://iiif.io/api/presentation/2/context.json";q=0.9, application/json;q=0.8, */*;q=0.1'
)
STALE_AFTER = timedelta(days=7)
_QUALITY = 85


def refresh(pk: int) -> str:
    """Ask the other museum again and keep what it says now; returns the state. A failure leaves what was shown in place."""
    kept = PeerObject.objects.filter(pk=pk).first()
    if kept is None:
        return ""
    now = timezone.now()
    try:
        answer = fetch(kept.address, accept=ACCEPT, etag=kept.etag if kept.picture else "")
        if answer.body is not None:
            _take(kept, manifests.read(answer.body, kept.address), answer.etag)
        kept.fetched_at, kept.state, kept.problem = now, PeerObject.State.READY, ""
    except (PeerError, MediaError) as error:
        kept.problem = str(error)[:500]
        kept.state = PeerObject.State.FAILED
    kept.checked_at = now
    kept.save()
    return kept.state


def _take(kept: PeerObject, manifest: ForeignManifest, etag: str) -> None:
    if kept.page_number > len(manifest.pictures):
        raise PeerError(
            _("The manifest has %(n)d pictures; there is no number %(number)d.") % {"n": len(manifest.pictures), "number": kept.page_number}
        )
    chosen = manifest.pictures[kept.page_number - 1]
    picture = _looked_up(chosen) if chosen.pages else chosen
    _keep_picture(kept, copying.copied(picture))
    kept.etag = "" if chosen.pages else etag[:200]  # a linked page may change while the manifest stays as it is
    kept.label, kept.summary, kept.provider = manifest.label, manifest.summary, manifest.provider
    kept.attribution, kept.rights, kept.homepage = manifest.attribution, manifest.rights[:500], manifest.homepage
    kept.canvas = picture.canvas


def _looked_up(chosen: ForeignPicture) -> ForeignPicture:
    """What its linked pages paint; where they cannot be had, what the manifest paints beside them."""
    try:
        found, plays = manifests.from_pages(chosen, fetch_each(chosen.pages, accept=ACCEPT))
    except PeerError:
        found, plays = manifests.from_pages(chosen, ())
        if not found:
            raise
    if found:
        return found
    if plays:
        raise PeerError(_("At this number the manifest holds sound or film, which cannot be shown here; only pictures can."))
    raise PeerError(_("The manifest shows no picture there: it links the page that should name it, and that page names none."))


def _keep_picture(kept: PeerObject, pixels: np.ndarray) -> None:
    jpeg = simplejpeg.encode_jpeg(np.ascontiguousarray(pixels), quality=_QUALITY, colorspace="GRAY" if pixels.shape[2] == 1 else "RGB")
    digest = hashlib.sha256(jpeg).hexdigest()
    if digest == kept.picture_sha256 and kept.picture:
        return
    former, kept.picture = kept.picture, f"peers/{kept.public_id}/{digest[:16]}.jpg"
    scratch = storage.spool() / uuid4().hex
    try:
        scratch.write_bytes(jpeg)
        storage.replace(ALIAS, kept.picture, scratch)
    finally:
        scratch.unlink(missing_ok=True)
    kept.picture_sha256 = digest
    kept.height, kept.width = pixels.shape[:2]
    kept.color = "#{:02x}{:02x}{:02x}".format(*(int(part) for part in np.resize(pixels.reshape(-1, pixels.shape[2]).mean(axis=0), 3)))
    if former and former != kept.picture:
        storage.delete(ALIAS, former)


def refresh_stale() -> int:
    """Have every object asked for again whose answer is a week old; returns how many. Run every night."""
    from exchange.peers.tasks import refresh_peer_object

    old = Q(checked_at__lt=timezone.now() - STALE_AFTER) | Q(checked_at=None)
    stale = list(PeerObject.objects.filter(old).order_by("checked_at").values_list("pk", flat=True)[:1000])
    with transaction.atomic():
        for pk in stale:
            refresh_peer_object.enqueue(pk)
    return len(stale)


def forget_picture(kept: PeerObject) -> None:
    """Remove the copy of an object that is no longer kept."""
    if kept.picture:
        storage.delete(ALIAS, kept.picture)
