"""Addresses of manifests and their parts. Stored bytes hold a placeholder for the origin, filled when served."""

from __future__ import annotations

from iiif.image.addresses import service_url

# Reserved by RFC 2606, so it can be nobody's address and stands out if it should ever leave the house unfilled.
PLACEHOLDER = "https://origin.invalid"


def absolute(address: str) -> str:
    """A path with the placeholder before it; an absolute address as it is."""
    return address if address.startswith(("http://", "https://")) else PLACEHOLDER + address


def manifest(kind: str, public_id: str, *, version: int = 3) -> str:
    """``/iiif/objects/<id>/manifest.json`` (kind "object"), ``/iiif/exhibitions/<id>/manifest.json``; version 2: ``manifest-v2.json``."""
    return f"/iiif/{kind}s/{public_id}/manifest{'-v2' if version == 2 else ''}.json"


def canvas(kind: str, public_id: str, sheet: str) -> str:
    """A canvas by the id of the ArtifactMedia that it shows, never by its position."""
    return f"/iiif/{kind}s/{public_id}/canvas/{sheet}"


def annotation_page(kind: str, public_id: str, sheet: str, page: str = "painting") -> str:
    """An annotation page of a canvas."""
    return f"{canvas(kind, public_id, sheet)}/page/{page}"


def annotation(kind: str, public_id: str, name: str) -> str:
    """An annotation."""
    return f"/iiif/{kind}s/{public_id}/annotation/{name}"


def range_(kind: str, public_id: str, name: str) -> str:
    """A range of a book."""
    return f"/iiif/{kind}s/{public_id}/range/{name}"


def collection(*steps: str | int, version: int = 3) -> str:
    """``/iiif/collection.json`` (everything), ``/iiif/collections/sets/collection.json``, ``/iiif/collections/sets/<id>/2/collection.json``."""
    folder = "".join(f"/{step}" for step in steps)
    return f"/iiif{'/collections' + folder if folder else ''}/collection{'-v2' if version == 2 else ''}.json"


def group(public_id: str) -> str:
    """The collection of an object that has parts or belongs to a pair."""
    return f"/iiif/objects/{public_id}/collection.json"


def version_2(address: str) -> str:
    """The address of the 2.1 form of a manifest or collection."""
    return address.removesuffix(".json") + "-v2.json"


def image_service(asset: str, *, version: int = 3) -> str:
    """The base of an asset's image service, with the placeholder unless the service stands elsewhere."""
    return service_url(asset, version=version, origin=PLACEHOLDER)
