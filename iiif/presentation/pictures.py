"""Pictures as content resources: bodies of paintings, thumbnails of exact size, logos (Presentation 3.0, 5.7 and 3.1)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings

from iiif.image import pictures, rules
from iiif.image.parameters import largest
from iiif.presentation import addresses
from iiif.presentation.sources import Picture
from iiif.presentation.texts import language_map

THUMBNAIL = 400
LOGO = (400, 80)


def thumbnails(picture: Picture) -> dict[str, Any]:
    """``{"thumbnail": […]}``: of exact size with its service; of the region alone where only that is shown.

    Of a restricted picture it is the substitute that everybody may see; where there is none, there is no thumbnail either.
    """
    if picture.restricted:
        return _substitute(picture)
    picture = _as_served(picture)
    width, height = shown_size(picture)
    return {"thumbnail": [_sized(picture.asset, picture.region, *fitted(width, height, THUMBNAIL, THUMBNAIL))]}


def _substitute(picture: Picture) -> dict[str, Any]:
    # the substitute is of the whole picture: where a region is shown it would be a thumbnail of something else
    if picture.region or settings.IMAGE_SERVICE_URL:
        return {}
    known = pictures.unkept(picture.asset)
    instead = pictures.small(known) if known else None
    return {"thumbnail": [_sized(instead.public_id, "", instead.index.width, instead.index.height)]} if instead else {}


def logo(picture: Picture) -> dict[str, Any]:
    """A provider's logo, 80 pixels high at most."""
    picture = _as_served(picture)
    return _sized(picture.asset, picture.region, *fitted(picture.width, picture.height, *LOGO))


def _sized(asset: str, region: str, width: int, height: int) -> dict[str, Any]:
    return {
        "id": f"{addresses.image_service(asset)}/{region or 'full'}/{width},{height}/0/default.jpg",
        "type": "Image",
        "format": "image/jpeg",
        "width": width,
        "height": height,
        "service": [image_service(asset)],
    }


def fitted(width: int, height: int, most_wide: int, most_high: int) -> tuple[int, int]:
    """Size within these bounds, proportions kept, never enlarged, never below 1."""
    scale = min(1.0, most_wide / width, most_high / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def shown_size(picture: Picture) -> tuple[int, int]:
    """Width and height of what is shown of the picture: the region's or its own."""
    if picture.region:
        _x, _y, width, height = (int(number) for number in picture.region.split(","))
        return width, height
    return picture.width, picture.height


def image_service(asset: str) -> dict[str, Any]:
    """The reference to an asset's image service."""
    return {"id": addresses.image_service(asset), "type": "ImageService3", "profile": "level2"}


def body(picture: Picture) -> dict[str, Any]:
    """What paints a canvas: the picture, a region of it, or the choice between several pictures of one view."""
    if not picture.others:
        return _shown(_as_served(picture))
    shown = [_as_served(one) for one in (picture, *picture.others)]
    return {"type": "Choice", "items": [{**_image(one), "label": language_map(one.label)} for one in shown]}


def _as_served(picture: Picture) -> Picture:
    """In the pixels that our image service has of it: where the rights are not open, a museum may show it as if it were no larger
    (``iiif.PictureRules``). The canvas keeps the picture's own size.
    """
    if settings.IMAGE_SERVICE_URL or not rules.limited():
        return picture
    known = pictures.unkept(picture.asset)
    if known is None or known.index.width == picture.width:
        return picture
    width, height = known.index.width, known.index.height
    region = picture.region
    if region:
        x, y, wide, high = (int(number) for number in region.split(","))
        left, top = x * width // picture.width, y * height // picture.height
        right, bottom = -(-(x + wide) * width // picture.width), -(-(y + high) * height // picture.height)
        region = f"{left},{top},{right - left},{bottom - top}"
    return replace(picture, width=width, height=height, region=region)


def _shown(picture: Picture) -> dict[str, Any]:
    image = _image(picture)
    if not picture.region:
        return image
    return {
        "type": "SpecificResource",
        "id": f"{image['service'][0]['id']}/{picture.region}/max/0/default.jpg",
        "format": "image/jpeg",
        "source": image,
        "selector": {"type": "ImageApiSelector", "region": picture.region},
    }


def _image(picture: Picture) -> dict[str, Any]:
    # of what "max" answers: our service caps it; the canvas keeps the picture's own size
    width, height = (picture.width, picture.height) if settings.IMAGE_SERVICE_URL else largest(picture.width, picture.height)
    return {
        "id": f"{addresses.image_service(picture.asset)}/full/max/0/default.jpg",
        "type": "Image",
        "format": "image/jpeg",
        "width": width,
        "height": height,
        "service": [image_service(picture.asset)],
    }
