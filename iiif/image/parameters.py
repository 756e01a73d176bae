"""Reads the parameters of an image request (Image API 3.0 and 2.1.1, section 4) and resolves them against a picture. Pure."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor, sqrt

from iiif.image.errors import BadRequest, NotImplementedHere
from iiif.image.limits import MAX_AREA, MAX_WIDTH
from media.pyramid.index import fit

QUALITIES = ("default", "color", "gray", "bitonal")
FORMATS = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp", "avif": "image/avif"}
KNOWN_FORMATS = {"tif", "gif", "jp2", "pdf"}

_NUMBER = r"(?:\d{1,9}(?:\.\d{0,10})?|\.\d{1,10})"
# of whole pixels: a region may reach as far beyond the picture, and a box be as large, as somebody likes to write
_REGION = re.compile(r"(\d{1,30}),(\d{1,30}),(\d{1,30}),(\d{1,30})", re.ASCII)
_REGION_PERCENT = re.compile(rf"pct:({_NUMBER}),({_NUMBER}),({_NUMBER}),({_NUMBER})", re.ASCII)
_SIZE = re.compile(r"(!?)(\d{0,30}),(\d{0,30})", re.ASCII)
_SIZE_PERCENT = re.compile(rf"pct:({_NUMBER})", re.ASCII)
_ROTATION = re.compile(rf"(!?)({_NUMBER})", re.ASCII)


@dataclass(frozen=True)
class Region:
    """A part of the picture in whole pixels, inside it."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Request:
    """A resolved image request: what to cut, how large it becomes, how it is turned, in which quality and format.

    ``canonical`` is the canonical form of the parameters in the asked version of the API (section 4.7).
    """

    region: Region
    width: int
    height: int
    mirror: bool
    degrees: float
    quality: str
    format: str
    canonical: str

    @property
    def plain(self) -> bool:
        """True when the answer is the picture itself, neither turned nor recoloured, as JPEG."""
        return not self.mirror and not self.degrees and self.quality == "default" and self.format == "jpg"


def resolve(version: int, picture_width: int, picture_height: int, bands: int, path: tuple[str, str, str, str]) -> Request:
    """The request for ``(region, size, rotation, "quality.format")`` of a picture. Raises Refusal with a sentence."""
    region_text, size_text, rotation_text, file_text = path
    region = _region(region_text, picture_width, picture_height)
    width, height, upscaled = _size(version, size_text, region)
    mirror, degrees = _rotation(rotation_text)
    width, height = _turnable(size_text, width, height, degrees)
    quality, fmt = _file(file_text, bands)
    whole = (region.width, region.height) == (picture_width, picture_height)
    size = _canonical_size(version, region, width, height, upscaled)
    parts = (
        "full" if whole else f"{region.x},{region.y},{region.width},{region.height}",
        size,
        f"{'!' if mirror else ''}{_written(degrees)}",
        f"{quality}.{fmt}",
    )
    return Request(region, width, height, mirror, degrees, quality, fmt, "/".join(parts))


def largest(width: int, height: int, *, upscale: bool = False) -> tuple[int, int]:
    """The largest size of a region within MAX_WIDTH (both ways) and MAX_AREA; not above its own unless ``upscale``."""
    scale = min(MAX_WIDTH / width, MAX_WIDTH / height, sqrt(MAX_AREA / (width * height)))
    if scale >= 1 and not upscale:
        return width, height
    return max(1, floor(width * scale)), max(1, floor(height * scale))


def _region(text: str, width: int, height: int) -> Region:
    if text == "full":
        return Region(0, 0, width, height)
    if text == "square":
        side = min(width, height)
        return Region((width - side) // 2, (height - side) // 2, side, side)
    if found := _REGION.fullmatch(text):
        x, y, w, h = (int(value) for value in found.groups())
    elif found := _REGION_PERCENT.fullmatch(text):
        left, top, across, down = (float(value) for value in found.groups())
        # what begins within the picture is not rounded out of it
        x, y = (min(round(share * side / 100), side - 1) if share < 100 else side for share, side in ((left, width), (top, height)))
        w, h = round(across * width / 100), round(down * height / 100)
        if across > 0 and down > 0 and (w == 0 or h == 0):
            raise BadRequest(f"The region {text!r} is smaller than one pixel of this picture.")
    else:
        raise BadRequest(f"The region {text[:80]!r} is not understood: write full, square, x,y,w,h or pct:x,y,w,h.")
    if w == 0 or h == 0:
        raise BadRequest(f"The region {text!r} has no area: width and height must be above 0.")
    if x >= width or y >= height:
        raise BadRequest(f"The region {text!r} lies outside the picture of {width} × {height} pixels.")
    return Region(x, y, min(w, width - x), min(h, height - y))


def _size(version: int, text: str, region: Region) -> tuple[int, int, bool]:
    """Width, height, and whether ``^`` allowed them to be above the region's own."""
    asked = text
    upscale = version == 3 and text.startswith("^")
    if upscale:
        text = text[1:]
    if text == "max" or (version == 2 and text == "full"):
        width, height = largest(region.width, region.height, upscale=upscale)
    elif found := _SIZE_PERCENT.fullmatch(text):
        percent = float(found[1])
        width, height = round(region.width * percent / 100), round(region.height * percent / 100)
        if percent > 100 and not upscale:
            raise BadRequest(_too_large(version, asked, region))
    elif (found := _SIZE.fullmatch(text)) and (found[2] or found[3]):
        width, height = _from_box(bool(found[1]), found[2], found[3], asked, region, upscale=upscale)
    else:
        words = "max, w,h or another form of section 4.2" if version == 3 else "full, max, w, or another form of section 4.2"
        raise BadRequest(f"The size {asked[:80]!r} is not understood: write {words}.")
    if width < 1 or height < 1:
        raise BadRequest(f"The size {asked!r} comes to less than one pixel.")
    if not upscale and (width > region.width or height > region.height):
        raise BadRequest(_too_large(version, asked, region))
    if width > MAX_WIDTH or height > MAX_WIDTH or width * height > MAX_AREA:
        raise BadRequest(
            f"The size {asked!r} comes to {width} × {height} pixels: at most {MAX_WIDTH} either way and {MAX_AREA:,} pixels in all are made."
        )
    return width, height, upscale and (width > region.width or height > region.height)


def _too_large(version: int, asked: str, region: Region) -> str:
    hint = f" Write ^{asked} to enlarge it." if version == 3 else " Pictures are not enlarged."
    return f"The size {asked!r} is larger than the region of {region.width} × {region.height} pixels.{hint}"


def _from_box(confined: bool, across: str, down: str, asked: str, region: Region, *, upscale: bool) -> tuple[int, int]:
    if confined:
        if not across or not down:
            raise BadRequest(f"The size {asked!r} is not understood: after ! both width and height are needed.")
        box = int(across), int(down)
        if not min(box):
            return 0, 0
        limited = largest(region.width, region.height, upscale=upscale)
        if upscale:
            scale = min(box[0] / region.width, box[1] / region.height, limited[0] / region.width, limited[1] / region.height)
            return max(1, round(region.width * scale)), max(1, round(region.height * scale))
        return fit(region.width, region.height, min(box[0], limited[0]), min(box[1], limited[1]))
    if across and down:
        return int(across), int(down)
    if across:
        width = int(across)
        return width, max(1, round(region.height * width / region.width)) if width else 0
    height = int(down)
    return max(1, round(region.width * height / region.height)) if height else 0, height


def _canonical_size(version: int, region: Region, width: int, height: int, upscaled: bool) -> str:
    if version == 2:
        if (width, height) == (region.width, region.height):
            return "full"
        return f"{width}," if height == max(1, round(region.height * width / region.width)) else f"{width},{height}"
    if upscaled:
        return "^max" if (width, height) == largest(region.width, region.height, upscale=True) else f"^{width},{height}"
    return "max" if (width, height) == largest(region.width, region.height) else f"{width},{height}"


def _rotation(text: str) -> tuple[bool, float]:
    found = _ROTATION.fullmatch(text)
    degrees = float(found[2]) if found else math.inf
    if not found or degrees > 360:
        raise BadRequest(f"The rotation {text[:80]!r} is not understood: write degrees from 0 to 360, with ! before them to mirror.")
    return bool(found[1]), degrees % 360


def _written(degrees: float) -> str:
    """As an address says it (4.7): without an exponent, without zeros at its end."""
    return f"{degrees:.10f}".rstrip("0").rstrip(".")


def _turnable(size_text: str, width: int, height: int, degrees: float) -> tuple[int, int]:
    """The size before turning. What holds a picture turned by an odd angle is larger than it (a narrow one many times), and no picture is above MAX_AREA."""
    area = turned_area(width, height, degrees)
    if area <= MAX_AREA:
        return width, height
    if size_text.lstrip("^") not in {"max", "full"}:
        raise BadRequest(f"Turned by {degrees:g} degrees this comes to {round(area):,} pixels: at most {MAX_AREA:,} are made.")
    scale = sqrt(MAX_AREA / area)
    return max(1, floor(width * scale)), max(1, floor(height * scale))


def turned_area(width: float, height: float, degrees: float) -> float:
    """Pixels of the upright rectangle around one of ``width × height`` that is turned."""
    if not degrees % 90:
        return width * height
    sine, cosine = abs(math.sin(math.radians(degrees))), abs(math.cos(math.radians(degrees)))
    return (width * cosine + height * sine) * (width * sine + height * cosine)


def _file(text: str, bands: int) -> tuple[str, str]:
    quality, dot, fmt = text.rpartition(".")
    if not dot or quality not in QUALITIES:
        raise BadRequest(
            f"The quality {(quality or text)[:80]!r} is not known: there are {', '.join(QUALITIES)}, followed by a dot and the format."
        )
    if fmt in KNOWN_FORMATS:
        raise NotImplementedHere(f"The format {fmt} is not made here: there are {', '.join(FORMATS)}.")
    if fmt not in FORMATS:
        raise BadRequest(f"The format {fmt[:80]!r} is not known: there are {', '.join(FORMATS)}.")
    if quality == ("gray" if bands == 1 else "color"):
        quality = "default"
    return quality, fmt


@lru_cache(maxsize=32768)
def quick(region: str, size: str) -> tuple[int, int, int, int, int, int] | None:
    """``x, y, w, h, width, height`` of the forms that viewers use for tiles; 0 stands for the whole, or for what belongs. None: ask ``resolve``."""
    if region == "full":
        x = y = w = h = 0
    elif found := _REGION.fullmatch(region):
        x, y, w, h = (int(value) for value in found.groups())
        if not w or not h:
            return None
    else:
        return None
    found = _SIZE.fullmatch(size)
    if not found or found[1] or not found[2]:
        return None
    width, height = int(found[2]), int(found[3] or 0)
    return None if not width or (found[3] and not height) else (x, y, w, h, width, height)


def scale_factor(region: Region, width: int, height: int, scales: tuple[int, ...]) -> int:
    """The number of the level to read: the smallest one that is not smaller than what is asked."""
    best = 0
    for number, scale in enumerate(scales):
        if ceil(region.width / scale) >= width and ceil(region.height / scale) >= height:
            best = number
    return best
