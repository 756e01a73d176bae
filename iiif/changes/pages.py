"""The feed's documents: an OrderedCollection and its pages (Change Discovery 1.0, section 3). A full page never changes again."""

from __future__ import annotations

from datetime import UTC
from typing import Any

import orjson
from django.conf import settings

from iiif.changes.noting import COUNTER
from iiif.models import Activity
from iiif.presentation import addresses
from records.models import Counter
from records.prepared import Prepared

CONTEXT = "http://iiif.io/api/discovery/1/context.json"
MEDIA_TYPE = f'application/ld+json;profile="{CONTEXT}"'
COLLECTION = "/iiif/changes/collection.json"
PER_PAGE = 500
# asked for every kept manifest that is sent
_counted = Prepared(lambda names: Counter.objects.filter(name__in=names).values("value"), of=str, shared=True)


def page_address(number: int) -> str:
    """``/iiif/changes/<n>.json``, counted from 1."""
    return f"/iiif/changes/{number}.json"


def total() -> int:
    """How many activities there are."""
    return next((row["value"] for row in _counted([COUNTER])), 0)


def last_page(count: int) -> int:
    """The number of the page that is being filled."""
    return max(1, -(-count // PER_PAGE))


def collection() -> bytes:
    """The entry point: how many activities, the first page and the last."""
    count = total()
    return orjson.dumps(
        {
            "@context": CONTEXT,
            "id": _absolute(COLLECTION),
            "type": "OrderedCollection",
            "totalItems": count,
            "first": _page_ref(1),
            "last": _page_ref(last_page(count)),
        }
    )


def page(number: int) -> tuple[bytes, bool] | None:
    """(a page, whether it is closed); None when there is none of that number. Oldest activities first."""
    end = last_page(total())
    if not 1 <= number <= end:
        return None
    begin = (number - 1) * PER_PAGE
    rows = list(Activity.objects.filter(sequence__gt=begin, sequence__lte=begin + PER_PAGE).order_by("sequence"))
    # a next page is named as soon as it has begun: from then on this one never changes
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "id": _absolute(page_address(number)),
        "type": "OrderedCollectionPage",
        "partOf": {"id": _absolute(COLLECTION), "type": "OrderedCollection"},
        "startIndex": begin,
    }
    if number > 1:
        found["prev"] = _page_ref(number - 1)
    if number < end:
        found["next"] = _page_ref(number + 1)
    found["orderedItems"] = [_activity(row, number) for row in rows]
    return orjson.dumps(found), number < end


def _page_ref(number: int) -> dict[str, str]:
    return {"id": _absolute(page_address(number)), "type": "OrderedCollectionPage"}


def _activity(row: Activity, number: int) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": f"{_absolute(page_address(number))}#activity-{row.sequence}",
        "type": row.type,
        "object": _manifest(row.kind, row.public_id, described=row.type in {Activity.Type.CREATE, Activity.Type.UPDATE}),
        "endTime": row.end_time.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
    }
    if row.target:
        found["target"] = _manifest(row.kind, row.target)
    return found


def _manifest(kind: str, public_id: str, *, described: bool = False) -> dict[str, Any]:
    found: dict[str, Any] = {"id": _absolute(addresses.manifest(kind, public_id)), "type": "Manifest"}
    if kind == "object":
        found["canonical"] = _absolute(f"/o/{public_id}")
        if described:
            found["seeAlso"] = [{"id": _absolute(f"/data/object/{public_id}.jsonld"), "type": "Dataset", "format": "application/ld+json"}]
    return found


def _absolute(path: str) -> str:
    return settings.MUSEUM_ORIGIN + path
