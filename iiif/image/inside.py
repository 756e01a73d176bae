"""Pictures for documents that the museum makes itself, by the image service's own rules: only what everybody may see."""

from __future__ import annotations

from iiif.image import parameters, pictures, views
from iiif.image.errors import NotFound


def version(identifier: str) -> str:
    """Changes with every byte that could be sent; empty when there is no picture for everybody by this identifier."""
    picture = _public(identifier)
    return picture.version if picture else ""


def jpeg(identifier: str, region: str, side: int) -> bytes:
    """A picture within ``side`` pixels both ways, or at its own size where that is less. Raises Refusal."""
    picture = _public(identifier)
    if picture is None:
        raise NotFound
    index = picture.index
    whole = parameters.resolve(3, index.width, index.height, index.bands, (region, "max", "0", "default.jpg"))
    size = f"!{side},{side}" if side < max(whole.width, whole.height) else "max"
    asked = parameters.resolve(3, index.width, index.height, index.bands, (region, size, "0", "default.jpg"))
    return views.content(picture, asked)


def _public(identifier: str) -> pictures.Known | None:
    picture = pictures.asked(identifier)
    return picture if picture and picture.tier == pictures.PUBLIC else None
