"""IIIF collections. Presentation 3.0 has no paging, so that everything is split into collections of at most 1,000 manifests."""

from __future__ import annotations

from typing import Any

import orjson
from django.conf import settings
from django.db.models import Count, F, IntegerField, Max
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from iiif.models import StoredManifest
from iiif.presentation import addresses
from iiif.presentation.addresses import PLACEHOLDER
from iiif.presentation.build import CONTEXT, language_map
from iiif.presentation.objects import in_interface_languages

MOST = 1000


def _published() -> Any:
    return StoredManifest.objects.filter(kind="object").exclude(body=None)


def everything() -> bytes:
    """``/iiif/collection.json``: all manifests, or the collections into which they are split, with the placeholder origin."""
    total = _published().count()
    items = _manifests(_published()) if total <= MOST else _parts()
    return orjson.dumps(_collection(addresses.COLLECTION, in_interface_languages(_("All objects")), items))


def part(number: int) -> bytes | None:
    """One part of everything; None when there is no such part. A record's part follows from its key and never changes."""
    rows = _published().filter(record_pk__gte=number * MOST, record_pk__lt=(number + 1) * MOST)
    items = _manifests(rows)
    return (
        orjson.dumps(_collection(addresses.part_of_everything(number), _part_label(number), items, addresses.COLLECTION)) if items else None
    )


def version() -> str:
    """Changes whenever any manifest was built or removed: for the ETag."""
    facts = _published().aggregate(newest=Max("version"), total=Count("pk"))
    return f"{facts['newest'] or 0}-{facts['total']}-{settings.MUSEUM_ORIGIN}"


def _manifests(rows: Any) -> list[dict[str, Any]]:
    found = []
    for public_id, label, thumbnail in rows.order_by("record_pk").values_list("public_id", "label", "thumbnail"):
        entry = {"id": PLACEHOLDER + addresses.manifest("object", public_id), "type": "Manifest", "label": label}
        found.append({**entry, "thumbnail": [thumbnail]} if thumbnail else entry)
    return found


def _parts() -> list[dict[str, Any]]:
    numbers = (
        _published()
        .annotate(number=Cast(F("record_pk") / MOST, IntegerField()))
        .values_list("number", flat=True)
        .distinct()
        .order_by("number")
    )
    return [
        {"id": PLACEHOLDER + addresses.part_of_everything(n), "type": "Collection", "label": language_map(_part_label(n))} for n in numbers
    ]


def _part_label(number: int) -> dict[str, str]:
    return {lang: f"{text} {number + 1}" for lang, text in in_interface_languages(_("Objects, part")).items()}


def _collection(path: str, label: Any, items: list[dict[str, Any]], part_of: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {"@context": CONTEXT, "id": PLACEHOLDER + path, "type": "Collection", "label": language_map(label)}
    if part_of:
        found["partOf"] = [{"id": PLACEHOLDER + part_of, "type": "Collection"}]
    return {**found, "items": items}
