"""Makes a picture that is no stored tile: reads the tiles it needs, joins, scales, turns, recolours and encodes them."""

from __future__ import annotations

from math import ceil

import numpy as np
import simplejpeg

from iiif.image.marking import marked
from iiif.image.parameters import Region, Request, scale_factor
from iiif.image.pictures import Known, jpeg
from iiif.image.scratch import canvas, scratch
from media import lossless, vips
from media.errors import DamagedFile
from media.pyramid import bands
from media.pyramid.build import encode as encode_jpeg
from media.pyramid.index import Span

GREY = ("gray", "bitonal")


def render(picture: Known, request: Request) -> bytes:
    """The encoded picture. Raises MissingFile and StorageUnavailable."""
    moved = _moved(picture, request)
    if moved is not None:
        return moved
    with scratch() as memory:
        return _made(picture, request, memory)


def _made(picture: Known, request: Request, memory: bytearray) -> bytes:
    grey = request.quality in GREY or picture.index.bands == 1
    pixels = _scaled(picture, request, grey, memory)
    whole = (request.region.width, request.region.height) == (picture.index.width, picture.index.height)
    if picture.rules.mark and request.degrees % 90:  # its corner will lie beside the picture: turned back, the picture would bear no mark
        pixels = marked(pixels, picture, whole=whole)
    if request.mirror:
        pixels = pixels[:, ::-1]
    if request.degrees:
        pixels = _turned(pixels, request)
    if request.quality == "bitonal":
        pixels = _bitonal(pixels)
    if picture.rules.mark:
        pixels = marked(pixels, picture, whole=whole)
        if request.quality == "bitonal":
            pixels = np.where(pixels > 127, 255, 0).astype(np.uint8)
    return _encoded(pixels, request)


def _moved(picture: Known, request: Request) -> bytes | None:
    """A stored tile or fixed size that is only turned by quarters, mirrored or made grey: its blocks are moved, nothing is lost. None: decode."""
    if request.format != "jpg" or request.degrees % 90 or request.quality not in {"default", "gray"} or picture.rules.mark:
        return None
    region = request.region
    found = picture.index.match(region.x, region.y, region.width, region.height, request.width, request.height)
    if found is None or not lossless.available():
        return None
    data = jpeg(picture, found[0], found[1])
    return lossless.transform(data, mirror=request.mirror, degrees=int(request.degrees), grey=request.quality == "gray")


def _scaled(picture: Known, request: Request, grey: bool, memory: bytearray) -> np.ndarray:
    index, region = picture.index, request.region
    if (region.width, region.height) == (index.width, index.height):
        source = next((span for span in index.fixed if span.width >= request.width and span.height >= request.height), None)
        if source is not None:
            data = jpeg(picture, source.offset, source.length)
            return vips.resize(_decoded(data, grey, request, memory), request.width, request.height)
    return vips.resize(_region(picture, region, request, grey, memory), request.width, request.height)


def _region(picture: Known, region: Region, request: Request, grey: bool, memory: bytearray) -> np.ndarray:
    """The region's pixels on the level that is next above the wanted size, joined from its tiles."""
    index = picture.index
    number = scale_factor(region, request.width, request.height, tuple(level.scale for level in index.levels))
    level = index.levels[number]
    left, top = region.x // level.scale, region.y // level.scale
    right = min(level.width, max(left + 1, ceil((region.x + region.width) / level.scale)))
    bottom = min(level.height, max(top + 1, ceil((region.y + region.height) / level.scale)))
    left, top = min(left, level.width - 1), min(top, level.height - 1)
    tile = index.tile
    columns, rows = range(left // tile, (right - 1) // tile + 1), range(top // tile, (bottom - 1) // tile + 1)
    joined = canvas(bottom - top, right - left, 1 if grey else 3)
    for row in rows:
        for column in columns:
            x, y = column * tile - left, row * tile - top
            from_x, from_y = max(0, -x), max(0, -y)
            pixels = _tile(picture, index.span(number, column, row), grey, memory, from_y, joined.shape[0] - y)
            part = pixels[:, from_x : joined.shape[1] - x]
            joined[y + from_y : y + from_y + part.shape[0], x + from_x : x + from_x + part.shape[1]] = part
    return joined


def _tile(picture: Known, span: Span, grey: bool, memory: bytearray, top: int, bottom: int) -> np.ndarray:
    """Rows ``top`` to ``bottom`` of a stored tile. They are in ``memory`` where they fit, until the next is decoded there."""
    data, above = bands.rows(jpeg(picture, span.offset, span.length), top, bottom)
    try:
        pixels = simplejpeg.decode_jpeg(data, colorspace="GRAY" if grey else "RGB", buffer=_fitting(memory, span.width, span.height, grey))
    except ValueError as error:
        raise DamagedFile(str(error)) from error
    return pixels[top - above : bottom - above]


def _decoded(data: bytes, grey: bool, request: Request, memory: bytearray) -> np.ndarray:
    """A whole JPEG, decoded no larger than needed: the decoder halves for nothing. In ``memory`` where it fits."""
    try:
        height, width, _space, _sampling = simplejpeg.decode_jpeg_header(data)
        halves = width >= 2 * request.width and height >= 2 * request.height
        return simplejpeg.decode_jpeg(
            data,
            colorspace="GRAY" if grey else "RGB",
            min_width=request.width,
            min_height=request.height,
            min_factor=2 if halves else 1,
            buffer=_fitting(memory, width, height, grey),
        )
    except ValueError as error:
        raise DamagedFile(str(error)) from error


def _fitting(memory: bytearray, width: int, height: int, grey: bool) -> bytearray | None:
    return memory if width * height * (1 if grey else 3) <= len(memory) else None


def _turned(pixels: np.ndarray, request: Request) -> np.ndarray:
    if request.degrees in {90, 180, 270}:
        return np.rot90(pixels, k=-int(request.degrees) // 90)
    turned = vips.rotate(pixels, request.degrees)
    return turned if request.format != "jpg" else vips.over_white(turned)


def _bitonal(pixels: np.ndarray) -> np.ndarray:
    """Black and white by Otsu's threshold: the one that separates the two classes of grey best."""
    alpha = pixels[:, :, 3:] if pixels.shape[2] == 4 else None
    grey = pixels[:, :, 0]
    counts = np.bincount(grey.ravel(), minlength=256).astype(np.float64)
    total, weighted = counts.cumsum(), (counts * np.arange(256)).cumsum()
    below, above = total, total[-1] - total
    with np.errstate(divide="ignore", invalid="ignore"):
        between = below * above * (weighted / below - (weighted[-1] - weighted) / above) ** 2
    threshold = int(np.nanargmax(between)) if np.isfinite(between).any() else 127
    white = np.where(grey > threshold, 255, 0).astype(np.uint8)[:, :, None]
    return white if alpha is None else np.concatenate([white, white, white, alpha], axis=2)


def _encoded(pixels: np.ndarray, request: Request) -> bytes:
    if request.format == "jpg":
        return encode_jpeg(pixels)
    return vips.encode(pixels, request.format, bits=1 if request.quality == "bitonal" and pixels.shape[2] == 1 else 8)
