"""What the image service knows of a picture, kept for a few seconds in each process: one indexed query or two fill it."""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import DatabaseError, connection
from django.db.models.functions import Coalesce

from artifacts.models import ArtifactMedia, Right
from iiif.asking import twice
from iiif.image import rules
from iiif.image.limits import LOOKUP_PICTURES, LOOKUP_SECONDS, LOOKUP_TILES
from iiif.image.rules import Rules
from media import storage
from media.derive import pyramid_name
from media.models import AccessCopy, Asset
from media.pyramid.index import TileIndex, whole
from records.ids import LENGTH
from records.prepared import Prepared

PUBLIC, RESTRICTED, HIDDEN = Asset.Tier.PUBLIC.value, Asset.Tier.RESTRICTED.value, Asset.Tier.HIDDEN.value
SMALL = "-small"
UNAVAILABLE = "museum.storage_unavailable"  # in the environ: what the gate was told by the storage


@dataclass(slots=True, eq=False)
class Known:
    """A picture that can be shown: who may see it, where its tiles lie. ``until`` is on the monotonic clock. Never changed, replaced when it ages.

    ``version`` changes with every byte that could be sent, and when a broken access copy is made again: what was sent of that is kept by nobody.
    ``made`` is the version of its file alone, ``recorded`` what is written down of it. ``index`` is cut to what may be
    shown of it (``rules``). ``objects`` that use it, their ``departments`` and ``museums`` are keys, known where they matter.
    """

    public_id: str
    tier: str
    version: str
    made: str
    name: str
    recorded: storage.Recorded
    rights: str
    index: TileIndex
    rules: Rules
    until: float
    objects: frozenset[int] = frozenset()
    departments: frozenset[int] = frozenset()
    museums: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the database says: key and version of the access copy, the asset's tier and rights."""

    pk: int
    tier: str
    version: str
    sha256: str
    rights: str
    size: int
    created_at: datetime
    verified_at: datetime | None


_copies = Prepared(
    lambda public_ids: AccessCopy.objects.filter(asset__public_id__in=public_ids, asset__state=Asset.State.READY).values(
        "pk", "asset__tier", "version", "sha256", "asset__rights_uri", "size", "created_at", "verified_at"
    ),
    of=str,
    shared=True,
)
_indices = Prepared(lambda keys: AccessCopy.objects.filter(pk__in=keys).values("version", "sha256", "index"), shared=True)
_users = Prepared(
    lambda keys: (
        # a new scan that waits is seen by those who see the picture whose place it may take
        ArtifactMedia.objects.filter(
            asset__in=AccessCopy.objects.filter(pk__in=keys).values(seen_with=Coalesce("asset__replaces__asset", "asset"))
        )
        .order_by("pk")
        .values("artifact_id", "artifact__department_id", "artifact__museum_id")
    ),
    shared=True,
)

_known: OrderedDict[str, Known] = OrderedDict()
_lock = threading.Lock()
_tiles = 0


def find(public_id: str) -> Known | None:
    """The picture, or None when there is none that could be shown to anybody. At most ``LOOKUP_SECONDS`` old."""
    held = _known.get(public_id)
    if held is not None and held.until > time.monotonic():
        return held
    return _look_up(public_id, held)


def unkept(public_id: str) -> Known | None:
    """The same as it is at this moment, for what is stored (a manifest) and must not hold for seconds what is no longer so."""
    return _look_up(public_id, None)


def asked(identifier: str) -> Known | None:
    """The picture of an identifier in an address: ``<asset>``, or ``<asset>-small`` for the small one that everybody may see of it."""
    if not identifier.endswith(SMALL):
        return find(identifier)
    picture = find(identifier[:LENGTH]) if len(identifier) == LENGTH + len(SMALL) else None
    return small(picture) if picture else None


def jpeg(picture: Known, offset: int, length: int) -> bytes:
    """The JPEG that lies there in the access copy. Raises MissingFile, DamagedFile, StorageUnavailable."""
    return whole(storage.read_range(storage.DERIVATIVES, picture.name, offset, length, picture.recorded))


def small(picture: Known) -> Known | None:
    """The substitute of a restricted picture: a picture of its own of at most ``rules.small`` pixels a side, for everybody; None without."""
    if picture.tier != RESTRICTED or not picture.rules.small:
        return None
    index = picture.index.small(picture.rules.small)
    if index is None:
        return None
    return replace(
        picture, public_id=picture.public_id + SMALL, tier=PUBLIC, version=_digest(picture.version, picture.rules.small), index=index
    )


def prepare() -> None:
    """What the first picture of a process would wait for. Asks the database for the rules; raises DatabaseError when it does not answer."""
    for question in (_copies, _indices, _users):
        question.prepare()
    rules.exist()


def go_first() -> None:
    """Ask for a picture that does not exist, so that the first one that does waits for nothing but itself. Nothing of this thread is left open."""
    try:
        _ask("")
    except DatabaseError:  # whoever asks first is told
        pass
    finally:
        connection.close()


def forget() -> None:
    """Drop everything known; for tests."""
    global _tiles
    with _lock:
        _known.clear()
        _tiles = 0
    rules.forget()


def _look_up(public_id: str, held: Known | None) -> Known | None:
    until = time.monotonic() + LOOKUP_SECONDS
    facts = twice(lambda: _ask(public_id))
    if facts is None:
        _drop(public_id)
        return None
    uses = _uses(facts.pk) if facts.tier != PUBLIC or rules.exist() else []
    objects, departments, museums = (frozenset(column) for column in zip(*uses, strict=True)) if uses else (frozenset(),) * 3
    applied = rules.of(museums, lambda: facts.rights or _statement(objects))
    made = _digest(facts.version, facts.sha256, facts.created_at)
    recorded = storage.Recorded(facts.size, max(facts.created_at, facts.verified_at or facts.created_at).timestamp())
    version = _digest(made, applied.longest, applied.mark)
    if held is not None and held.version == version:
        index = held.index
    else:
        packed = next(
            (packed for version, sha256, packed in _indices.tuples([facts.pk]) if (version, sha256) == (facts.version, facts.sha256)), None
        )
        if packed is None:  # made anew between the two queries: the next asker finds it
            return None
        index = TileIndex.unpack(packed)
        if applied.longest:
            index = index.within(applied.longest)
    name = pyramid_name(public_id, facts.version)
    if held is not None and held.made != made:
        storage.forget(storage.DERIVATIVES, name)  # the file was put in place anew: an open one is the old one
    fresh = Known(public_id, facts.tier, version, made, name, recorded, facts.rights, index, applied, until, objects, departments, museums)
    _keep(fresh)
    return fresh


def _digest(*parts: object) -> str:
    return hashlib.sha256(" ".join(map(str, parts)).encode()).hexdigest()[:16]


def _ask(public_id: str) -> _Facts | None:
    return next((_Facts(*row) for row in _copies.tuples([public_id])), None)


def _uses(pk: int) -> list[tuple[int, int, int]]:
    """Objects that use the picture of this access copy, their departments and museums."""
    return _users.tuples([pk])  # type: ignore[return-value]


def _statement(objects: frozenset[int]) -> str:
    """What the objects say of the rights in their pictures, else in the work; the first that says anything."""
    rows = Right.objects.filter(artifact__in=objects).exclude(statement="").order_by("sort_order", "pk")
    found: dict[str, str] = dict(reversed(list(rows.values_list("applies_to", "statement"))))
    return found.get(Right.AppliesTo.IMAGE, found.get(Right.AppliesTo.WORK, ""))


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
