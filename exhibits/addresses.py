"""Addresses of the visitor's pages, and their absolute forms, built from MUSEUM_ORIGIN and never from a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from records.slugs import slug_of

# kind of record → name of its page's address
PAGES = {"object": "object", "agent": "agent", "place": "place", "term": "term", "period": "period"}


def absolute(path: str) -> str:
    """``path`` with the museum's origin before it."""
    return path if path.startswith(("http://", "https://")) else f"{settings.MUSEUM_ORIGIN}{path}"


def embed(public_id: str) -> str:
    """The path of an object's picture for a frame in another page."""
    return reverse("embed", args=[public_id])


def page(ref: Mapping[str, Any], language: str | None = None) -> str:
    """The path of the page of a view or reference, in the current or the named language; empty for kinds that have none."""
    name = PAGES.get(ref.get("kind", ""))
    if name is None or not ref.get("id"):
        return ""
    slug = ref.get("slug") or slug_of(ref.get("label") or ref.get("title") or {}, ref.get("number") or ref["kind"])
    if language is None:
        return reverse(name, args=[ref["id"], slug])
    with override(language):
        return reverse(name, args=[ref["id"], slug])


def sheet(public_id: str) -> str:
    """The path of an object's sheet for printing, in the current language."""
    return reverse("object-sheet", args=[public_id])


def search(**wanted: Any) -> str:
    """The path of the search page with these parameters; lists become repeated ones, empty ones are left out."""
    query = urlencode([(key, one) for key, value in wanted.items() for one in _several(value)])
    return reverse("search") + (f"?{query}" if query else "")


def manifest(public_id: str) -> str:
    """The path of an object's manifest."""
    return f"/iiif/objects/{public_id}/manifest.json"


def georeference(public_id: str, use: str) -> str:
    """The path of the annotations that say where the map on a picture lies on the earth."""
    return f"/iiif/objects/{public_id}/canvas/{use}/page/georeference"


def _several(value: Any) -> list[Any]:
    values = value if isinstance(value, (list, tuple)) else [value]
    return [one for one in values if one not in (None, "")]
