"""Copies a picture of another museum: fetched, decoded, and where its canvas is made up of several pictures, put together."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import numpy as np
from django.utils.translation import gettext as _

from exchange.peers.fetching import PICTURE, PeerError, fetch
from exchange.peers.manifests import ForeignPicture
from media import dimensions, formats, storage, vips
from media.limits import Limits

SIDE = 2400  # pixels on the longest side of a copy
LARGEST = Limits(pixels=60_000_000, whole_pixels=60_000_000)
_ACCEPT = "image/jpeg, image/png;q=0.5"
_DECODED = {"jpeg", "png", "webp"}


def copied(picture: ForeignPicture) -> np.ndarray:
    """What a canvas shows, within SIDE × SIDE pixels; all its pictures together have the time of one. Raises PeerError, MediaError."""
    until = time.monotonic() + PICTURE.seconds
    if not picture.layers:
        return decoded(_fetched(picture, SIDE, until))
    # a canvas is measured in units of its own: it becomes as large as the finest of its pictures allows
    finest = max(layer.width / (layer.box[2] * picture.width) for layer in picture.layers)
    scale = min(finest, SIDE / max(picture.width, picture.height))
    width, height = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    whole = np.full((height, width, 3), 255, np.uint8)
    for layer in picture.layers:
        x, y, w, h = layer.box
        left, top = round(x * width), round(y * height)
        # by their far edges, so that no seam shows between neighbours
        across, down = max(1, round((x + w) * width) - left), max(1, round((y + h) * height) - top)
        pixels = vips.resize(decoded(_fetched(layer, max(across, down), until)), across, down)
        place = whole[top : top + down, left : left + across]
        place[:] = pixels[: place.shape[0], : place.shape[1]]  # gray is spread over the three colours
    return whole


def _fetched(picture: ForeignPicture, side: int, until: float) -> bytes:
    def body(address: str) -> bytes:
        left = replace(PICTURE, seconds=max(until - time.monotonic(), 0.0))
        return fetch(address, accept=_ACCEPT, limits=left).body or b""

    try:
        return body(picture.address(side))
    except PeerError:
        if not (picture.service and picture.image) or picture.region != "full":
            raise  # the plain file would show what the canvas does not
        return body(picture.image)


def decoded(data: bytes) -> np.ndarray:
    """The picture as an array within SIDE × SIDE pixels. Raises PeerError, MediaError."""
    scratch: Path = storage.spool() / uuid4().hex
    try:
        scratch.write_bytes(data)
        found = formats.recognise(data[: formats.HEAD], len(data))
        if found.key not in _DECODED:
            raise PeerError(_("The other museum’s picture is of a format that cannot be shown."))
        with scratch.open("rb") as file:
            dimensions.check(dimensions.claim(file, found, len(data)), found, len(data), LARGEST)
        picture = vips.open_picture(scratch, found.key, strict=False)
        rows: list[np.ndarray] = []
        picture.pour(512, lambda strip: rows.append(strip.copy()))
        pixels = np.concatenate(rows)
    finally:
        scratch.unlink(missing_ok=True)
    longest = max(picture.width, picture.height)
    if longest <= SIDE:
        return pixels
    return vips.resize(pixels, max(1, round(picture.width * SIDE / longest)), max(1, round(picture.height * SIDE / longest)))
