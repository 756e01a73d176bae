"""Checks that originals and access copies are still what they were: every file read, both checksums, an event for each original."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from media import derive, preservation, storage
from media.errors import MissingFile, StorageUnavailable
from media.models import AccessCopy, Blob, PreservationEvent
from records import walking

INTERVAL = timedelta(days=90)
OUTCOME = PreservationEvent.Outcome


@dataclass(frozen=True)
class Verdict:
    """What a check found: ``outcome`` success, failure or could not run; ``sentence`` says what, for people."""

    what: str
    outcome: str
    sentence: str = ""
    size: int = 0


def due(older_than: timedelta = INTERVAL) -> Iterator[Blob]:
    """Originals whose last check is older than that, or that had none; the longest unchecked first."""
    before = timezone.now() - older_than
    never = Q(verified_at=None) | Q(verified_at__lte=before)
    yield from walking.in_portions(Blob.objects.filter(never).order_by(F("verified_at").asc(nulls_first=True), "pk"))


def check_original(blob: Blob, *, agent: str = preservation.SYSTEM) -> Verdict:
    """Read the original, compare size, SHA-256 and SHA-512, and write the event."""
    verdict = _verdict(blob)
    with transaction.atomic():
        changed: dict[str, Any] = {"fixity": verdict.outcome}
        if verdict.outcome != OUTCOME.NOT_RUN:
            changed["verified_at"] = timezone.now()
        Blob.objects.filter(pk=blob.pk).update(**changed)
        preservation.record(
            PreservationEvent.Type.FIXITY, verdict.outcome, sha256=blob.sha256, agent=agent, detail={"found": verdict.sentence}
        )
    return verdict


def _verdict(blob: Blob) -> Verdict:
    what = f"original {blob.sha256}"
    sha256, sha512, size = hashlib.sha256(), hashlib.sha512(), 0
    try:
        for chunk in storage.chunks(storage.ORIGINALS, blob.name):
            sha256.update(chunk)
            sha512.update(chunk)
            size += len(chunk)
    except MissingFile:
        return Verdict(what, OUTCOME.FAILURE, "The file is missing.")
    except StorageUnavailable as error:
        return Verdict(what, OUTCOME.NOT_RUN, f"The storage could not be read: {error}")
    if size != blob.size:
        return Verdict(what, OUTCOME.FAILURE, f"The file has {size} bytes instead of {blob.size}.", size)
    if sha256.hexdigest() != blob.sha256 or sha512.hexdigest() != blob.sha512:
        return Verdict(what, OUTCOME.FAILURE, f"The file was changed: its SHA-256 is {sha256.hexdigest()}.", size)
    return Verdict(what, OUTCOME.SUCCESS, size=size)


def check_access_copy(copy: AccessCopy) -> Verdict:
    """Compare an access copy with its checksum, and note that it is whole. A bad one is no loss: ``derive_media --force`` makes it again."""
    begun = timezone.now()
    name = derive.pyramid_name(copy.asset.public_id, copy.version)
    what = f"access copy {name}"
    digest, size = hashlib.sha256(), 0
    try:
        for chunk in storage.chunks(storage.DERIVATIVES, name):
            digest.update(chunk)
            size += len(chunk)
    except MissingFile:
        return Verdict(what, OUTCOME.FAILURE, "The file is missing or may not be read.")
    except StorageUnavailable as error:
        return Verdict(what, OUTCOME.NOT_RUN, f"The storage could not be read: {error}")
    if digest.hexdigest() != copy.sha256:
        return Verdict(what, OUTCOME.FAILURE, "The file was changed.", size)
    AccessCopy.objects.filter(pk=copy.pk, sha256=copy.sha256).update(verified_at=begun)
    return Verdict(what, OUTCOME.SUCCESS, size=size)


def foreign_originals() -> Iterator[Verdict]:
    """Files in ``originals`` that were never taken in."""
    known = {f"{sha[:2]}/{sha}" for sha in Blob.objects.values_list("sha256", flat=True).iterator()}
    for each in storage.listing(storage.ORIGINALS):
        if each.name not in known:
            yield Verdict(f"file {each.name}", OUTCOME.FAILURE, "The file lies among the originals, but no record knows it.", each.size)
