"""What the image service knows of a picture, kept for a few seconds in each process: one indexed query fills it."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError, connection

from artifacts.models import ArtifactMedia
from iiif.image.limits import LOOKUP_PICTURES, LOOKUP_SECONDS, LOOKUP_TILES
from media.derive import pyramid_name
from media.models import AccessCopy, Asset
from media.pyramid.index import TileIndex

PUBLIC, RESTRICTED, HIDDEN = Asset.Tier.PUBLIC.value, Asset.Tier.RESTRICTED.value, Asset.Tier.HIDDEN.value


@dataclass(slots=True)
class Known:
    """A picture that can be shown: who may see it, its derivatives' version, where its tiles lie. ``until`` is on the monotonic clock.

    For one that is not public: keys of the ``objects`` that use it and of their ``departments``; both empty when none does.
    """

    public_id: str
    tier: str
    version: str
    name: str
    rights: str
    index: TileIndex
    until: float
    objects: frozenset[int] = frozenset()
    departments: frozenset[int] = frozenset()


_known: OrderedDict[str, Known] = OrderedDict()
_lock = threading.Lock()
_tiles = 0


def find(public_id: str) -> Known | None:
    """The picture, or None when there is none that could be shown to anybody. At most ``LOOKUP_SECONDS`` old."""
    held = _known.get(public_id)
    if held is not None and held.until > time.monotonic():
        return held
    return _look_up(public_id, held)


def forget() -> None:
    """Drop everything known; for tests."""
    global _tiles
    with _lock:
        _known.clear()
        _tiles = 0


def _look_up(public_id: str, held: Known | None) -> Known | None:
    until = time.monotonic() + LOOKUP_SECONDS
    facts = _asked_twice(public_id)
    if facts is None:
        _drop(public_id)
        return None
    pk, tier, version, rights = facts
    objects, departments = _uses(pk) if tier != PUBLIC else (frozenset(), frozenset())
    if held is not None and held.version == version:
        fresh = Known(public_id, tier, version, held.name, rights, held.index, until, objects, departments)
    else:
        packed = AccessCopy.objects.filter(pk=pk).values_list("version", "index").first()
        if packed is None:
            return None
        version = packed[0]
        fresh = Known(
            public_id, tier, version, pyramid_name(public_id, version), rights, TileIndex.unpack(packed[1]), until, objects, departments
        )
    _keep(fresh)
    return fresh


def _asked_twice(public_id: str) -> tuple[int, str, str, str] | None:
    """Outside Django's request cycle nobody has closed a connection that died: a second try opens a new one."""
    try:
        return _ask(public_id)
    except (OperationalError, InterfaceError):
        if connection.in_atomic_block:
            raise
        connection.close()
        return _ask(public_id)


def _ask(public_id: str) -> tuple[int, str, str, str] | None:
    rows = AccessCopy.objects.filter(asset__public_id=public_id, asset__state=Asset.State.READY)
    return rows.values_list("pk", "asset__tier", "version", "asset__rights_uri").first()


def _uses(pk: int) -> tuple[frozenset[int], frozenset[int]]:
    """Objects that use the picture of this access copy, and their departments."""
    rows = list(ArtifactMedia.objects.filter(asset__access_copy=pk).values_list("artifact_id", "artifact__department_id"))
    return frozenset(row[0] for row in rows), frozenset(row[1] for row in rows)


def _keep(fresh: Known) -> None:
    global _tiles
    with _lock:
        before = _known.pop(fresh.public_id, None)
        _known[fresh.public_id] = fresh
        _tiles += len(fresh.index.offsets) - (len(before.index.offsets) if before else 0)
        while len(_known) > LOOKUP_PICTURES or (_tiles > LOOKUP_TILES and len(_known) > 1):
            _, oldest = _known.popitem(last=False)
            _tiles -= len(oldest.index.offsets)


def _drop(public_id: str) -> None:
    global _tiles
    with _lock:
        before = _known.pop(public_id, None)
        if before:
            _tiles -= len(before.index.offsets)
