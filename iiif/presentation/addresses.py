"""Addresses of manifests and their parts. Stored bytes hold a placeholder for the origin, filled when served."""

from __future__ import annotations

from django.conf import settings

# Reserved by RFC 2606, so it can be nobody's address and stands out if it should ever leave the house unfilled.
PLACEHOLDER = "https://origin.invalid"


def manifest(kind: str, public_id: str) -> str:
    """``/iiif/objects/<id>/manifest.json`` (kind "object"), ``/iiif/exhibitions/<id>/manifest.json`` …"""
    return f"/iiif/{kind}s/{public_id}/manifest.json"


def canvas(kind: str, public_id: str, media: str) -> str:
    """A canvas by the id of the ArtifactMedia that it shows, never by its position."""
    return f"/iiif/{kind}s/{public_id}/canvas/{media}"


def annotation_page(kind: str, public_id: str, media: str, page: str = "painting") -> str:
    """An annotation page of a canvas."""
    return f"{canvas(kind, public_id, media)}/page/{page}"


def annotation(kind: str, public_id: str, name: str) -> str:
    """An annotation."""
    return f"/iiif/{kind}s/{public_id}/annotation/{name}"


def range_(kind: str, public_id: str, name: str) -> str:
    """A range of a book."""
    return f"/iiif/{kind}s/{public_id}/range/{name}"


COLLECTION = "/iiif/collection.json"


def part_of_everything(number: int) -> str:
    """One of the collections into which everything is split (3.0 has no paging)."""
    return f"/iiif/collections/all/{number}/collection.json"


def image_service(asset: str) -> str:
    """The base of an asset's image service, with the placeholder unless the service stands elsewhere."""
    base = settings.IMAGE_SERVICE_URL or f"{PLACEHOLDER}/iiif/3"
    return f"{base}/{asset}"
