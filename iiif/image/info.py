"""info.json of a picture, in the words of Image API 3.0 (section 5) and 2.1.1 (section 5)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson

from iiif.accepting import JSON, likes
from iiif.auth import offered
from iiif.image import addresses
from iiif.image.limits import MAX_AREA, MAX_WIDTH
from iiif.image.parameters import FORMATS, QUALITIES
from iiif.image.pictures import RESTRICTED, Known

CONTEXT = {3: "http://iiif.io/api/image/3/context.json", 2: "http://iiif.io/api/image/2/context.json"}
LD = {3: f'application/ld+json;profile="{CONTEXT[3]}"', 2: "application/ld+json"}
FEATURES_3 = ["canonicalLinkHeader", "mirroring", "profileLinkHeader", "rotationArbitrary", "sizeUpscaling"]
FEATURES_2 = ["canonicalLinkHeader", "mirroring", "profileLinkHeader", "regionSquare", "rotationArbitrary"]

# Upper rooms add properties (partOf, seeAlso, service): functions of (public id, tier, API version) that return a dict.
contributions: list[Callable[[str, str, int], dict[str, Any]]] = []


def document(picture: Known, version: int) -> bytes:
    """The JSON text."""
    described = _version_3(picture) if version == 3 else _version_2(picture)
    for contribute in contributions:
        described.update(contribute(picture.public_id, picture.tier, version))
    return orjson.dumps(described, option=orjson.OPT_INDENT_2)


def media_type(version: int, accept: str) -> str:
    """3.0: JSON-LD unless plain JSON alone is asked for. 2.1.1: plain JSON unless JSON-LD is asked for (section 5.1)."""
    linked, plain = likes(accept)
    if version == 2:
        return LD[2] if linked > 0 and linked >= plain else JSON
    return JSON if plain > linked else LD[3]


def _sizes(picture: Known) -> list[dict[str, int]]:
    """One for each scale factor, the smallest first, as far as it may be asked for."""
    levels = [
        level
        for level in reversed(picture.index.levels)
        if max(level.width, level.height) <= MAX_WIDTH and level.width * level.height <= MAX_AREA
    ]
    return [{"width": level.width, "height": level.height} for level in levels]


def _tiles(picture: Known) -> list[dict[str, Any]]:
    return [{"width": picture.index.tile, "height": picture.index.tile, "scaleFactors": [level.scale for level in picture.index.levels]}]


def _version_3(picture: Known) -> dict[str, Any]:
    described: dict[str, Any] = {
        "@context": CONTEXT[3],
        "id": addresses.service_url(picture.public_id),
        "type": "ImageService3",
        "protocol": "http://iiif.io/api/image",
        "profile": "level2",
        "width": picture.index.width,
        "height": picture.index.height,
        "maxWidth": MAX_WIDTH,
        "maxHeight": MAX_WIDTH,
        "maxArea": MAX_AREA,
        "sizes": _sizes(picture),
        "tiles": _tiles(picture),
        "preferredFormats": ["jpg"],
        "extraFormats": [fmt for fmt in FORMATS if fmt not in {"jpg", "png"}],
        "extraQualities": [quality for quality in QUALITIES if quality != "default"],
        "extraFeatures": FEATURES_3,
    }
    if picture.rights:
        described["rights"] = picture.rights
    return _guarded(described, picture)


def _version_2(picture: Known) -> dict[str, Any]:
    profile = {
        "formats": list(FORMATS),
        "qualities": list(QUALITIES),
        "supports": FEATURES_2,
        "maxWidth": MAX_WIDTH,
        "maxHeight": MAX_WIDTH,
        "maxArea": MAX_AREA,
    }
    described: dict[str, Any] = {
        "@context": CONTEXT[2],
        "@id": addresses.service_url(picture.public_id, version=2),
        "protocol": "http://iiif.io/api/image",
        "width": picture.index.width,
        "height": picture.index.height,
        "sizes": _sizes(picture),
        "tiles": _tiles(picture),
        "profile": ["http://iiif.io/api/image/2/level2.json", profile],
    }
    if picture.rights:
        described["license"] = picture.rights
    return _guarded(described, picture)


def _guarded(described: dict[str, Any], picture: Known) -> dict[str, Any]:
    """With the services by which one gets to see a restricted picture (Authorization Flow 2.0, 3)."""
    if picture.tier == RESTRICTED:
        described["@context"] = [offered.CONTEXT, described["@context"]]
        described["service"] = [offered.probe(picture.public_id, picture.rules)]
    return described
