"""Lays a museum's watermark over a made picture: the last step before it is encoded, whatever was asked for."""

from __future__ import annotations

import logging
from functools import lru_cache

import numpy as np
import simplejpeg

from iiif.image.errors import Unavailable
from iiif.image.pictures import Known, find
from media import mending, storage, vips
from media.errors import DamagedFile, MissingFile
from media.pyramid.index import fit, whole

log = logging.getLogger(__name__)

SMALLEST = 24  # pixels of the shorter side: below, nothing could be seen of it in a corner
SHARE = 4  # the mark takes a quarter of the picture's width and height at most
STRENGTH = 0.6


def marked(pixels: np.ndarray, picture: Known, *, whole: bool) -> np.ndarray:
    """The picture (1, 3 or 4 bands) with the mark in its lower right corner: white of the mark leaves it as it is, black darkens it.

    ``whole``: all of the picture is asked for. Strips of it that are too narrow for a corner bear the mark from end to end: a
    picture put together from them would bear none. Raises Unavailable when the mark cannot be read: nothing goes out without it.
    """
    height, width = pixels.shape[:2]
    mark = find(picture.rules.mark)
    if mark is None:
        log.error("picture %s: the watermark %s is not ready, so the picture is not shown", picture.public_id, picture.rules.mark)
        raise Unavailable
    if min(width, height) >= SMALLEST:
        shade = _read(mark, *fit_within(mark, max(1, width // SHARE), max(1, height // SHARE)))
        margin = min(width, height) // 50
    elif whole:
        return pixels
    else:
        side = min(width, height)
        shade = _read(mark, side, side)
        shade, margin = np.tile(shade, (-(-height // side), -(-width // side)))[:height, :width], 0
    high, wide = shade.shape
    top, left = height - high - margin, width - wide - margin
    result = np.array(pixels)
    colours = min(3, pixels.shape[2])
    part = result[top : top + high, left : left + wide, :colours]
    part[:] = (part * shade[:, :, None]).astype(np.uint8)
    if pixels.shape[2] == 4:  # where nothing was, the mark is seen as well
        result[top : top + high, left : left + wide, 3] = np.maximum(
            result[top : top + high, left : left + wide, 3], ((1 - shade) * 255).astype(np.uint8)
        )
    return result


def fit_within(mark: Known, width: int, height: int) -> tuple[int, int]:
    """The mark's size in a box; it is not enlarged beyond its own."""
    return fit(mark.index.width, mark.index.height, width, height)


def _read(mark: Known, width: int, height: int) -> np.ndarray:
    """The mark at this size. Raises Unavailable when its access copy is lost or broken, and has that made again."""
    try:
        return _shade(mark.name, mark.version, mark.recorded, *_span(mark), width, height)
    except (MissingFile, DamagedFile, ValueError) as error:
        log.error("the watermark %s: its access copy is broken: %s", mark.public_id, error)
        storage.forget(storage.DERIVATIVES, mark.name)
        mending.report(mark.public_id, mark.made)
        raise Unavailable from error


def _span(mark: Known) -> tuple[int, int]:
    """Where the largest whole JPEG of the mark lies: offset and length."""
    if mark.index.fixed:
        largest = max(mark.index.fixed, key=lambda span: span.width)
        return largest.offset, largest.length
    last = mark.index.levels[-1]
    span = mark.index.span(len(mark.index.levels) - 1, 0, 0)
    assert (span.width, span.height) == (last.width, last.height)
    return span.offset, span.length


@lru_cache(maxsize=64)
def _shade(name: str, version: str, recorded: storage.Recorded, offset: int, length: int, width: int, height: int) -> np.ndarray:
    """By how much each pixel is left as it was, from 1 − STRENGTH to 1."""
    data = whole(storage.read_range(storage.DERIVATIVES, name, offset, length, recorded))
    grey = vips.resize(simplejpeg.decode_jpeg(data, colorspace="GRAY"), width, height)[:, :, 0]
    return 1 - STRENGTH + STRENGTH * (grey.astype(np.float32) / 255)
