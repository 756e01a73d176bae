"""Notes what became visible, in the transaction in which it did (called where manifests are stored)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from artifacts.standing import State, standing
from iiif.models import Activity, StoredManifest
from records.models import Counter

COUNTER = "activities"
_CHUNK = 400
_GONE = {Activity.Type.DELETE, Activity.Type.MOVE}


@dataclass(frozen=True)
class _Told:
    """What the feed said last of a manifest."""

    type: str
    sha256: str


def note(kind: str, pks: Sequence[int], removed: Collection[str]) -> int:
    """Compare the stored manifests of these records with what the feed said last; returns how many activities were written.

    ``removed``: public ids of manifests that have just lost their row. Call it inside the transaction that stored them, last:
    whoever writes activities holds the counter until the commit, so that their order is that of the commits.
    """
    counter = Counter.objects.select_for_update().filter(name=COUNTER).first()
    if counter is None:
        Counter.objects.get_or_create(name=COUNTER)
        counter = Counter.objects.select_for_update().get(name=COUNTER)
    there = dict(
        StoredManifest.objects.filter(kind=kind, record_pk__in=pks)
        .exclude(sha256="")
        .order_by("record_pk")
        .values_list("public_id", "sha256")
    )
    told = _told(kind, [*there, *removed])
    found = [*_appeared(kind, there, told), *_vanished(kind, set(removed) - set(there), told)]
    if not found:
        return 0
    newest = Activity.objects.aggregate(newest=Max("end_time"))["newest"]
    now = max(timezone.now(), newest) if newest else timezone.now()
    for sequence, activity in enumerate(found, start=counter.value + 1):
        activity.sequence, activity.end_time = sequence, now
    Activity.objects.bulk_create(found, batch_size=_CHUNK)
    Counter.objects.filter(name=COUNTER).update(value=F("value") + len(found))
    return len(found)


def _told(kind: str, public_ids: Sequence[str]) -> dict[str, _Told]:
    found: dict[str, _Told] = {}
    for start in range(0, len(public_ids), _CHUNK):
        rows = Activity.objects.filter(kind=kind, public_id__in=public_ids[start : start + _CHUNK]).order_by("sequence")
        found.update({row[0]: _Told(row[1], row[2]) for row in rows.values_list("public_id", "type", "sha256")})
    return found


def _appeared(kind: str, there: Mapping[str, str], told: Mapping[str, _Told]) -> Iterable[Activity]:
    for public_id, digest in there.items():
        last = told.get(public_id)
        if last is None or last.type in _GONE:
            yield Activity(type=Activity.Type.CREATE, kind=kind, public_id=public_id, sha256=digest)
        elif last.sha256 != digest:
            yield Activity(type=Activity.Type.UPDATE, kind=kind, public_id=public_id, sha256=digest)


def _vanished(kind: str, gone: Iterable[str], told: Mapping[str, _Told]) -> Iterable[Activity]:
    """Only of what the feed has told before: nobody learns of what was never public."""
    for public_id in sorted(gone):
        last = told.get(public_id)
        if last is None or last.type in _GONE:
            continue
        now = standing(public_id) if kind == "object" else None
        if now and now.state is State.MOVED and _has_manifest(kind, now.moved_to):
            yield Activity(type=Activity.Type.MOVE, kind=kind, public_id=public_id, target=now.moved_to)
        else:
            yield Activity(type=Activity.Type.DELETE, kind=kind, public_id=public_id)


def _has_manifest(kind: str, public_id: str) -> bool:
    """A manifest moves to another one: what was merged into an object without pictures is gone."""
    return StoredManifest.objects.filter(kind=kind, public_id=public_id).exclude(sha256="").exists()


def reconcile() -> int:
    """Tell of manifests that lost their row unheard (a table restored or emptied by hand); returns how many. Run every night."""
    count = 0
    for kind in Activity.objects.order_by().values_list("kind", flat=True).distinct():
        newest = Activity.objects.filter(kind=kind).values("public_id").annotate(newest=Max("sequence")).values("newest")
        told = Activity.objects.filter(sequence__in=newest).exclude(type__in=_GONE).values_list("public_id", flat=True)
        with transaction.atomic():
            there = set(StoredManifest.objects.filter(kind=kind).exclude(sha256="").values_list("public_id", flat=True))
            count += note(kind, [], set(told) - there)
    return count
