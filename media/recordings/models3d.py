"""Binary glTF 2.0: the photographs in it may carry what a camera wrote into them."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from typing import BinaryIO

from media.recordings.parts import Blank, Recording, exactly

LARGEST_JSON = 64 << 20
MOST_SEGMENTS = 500
_APP0, _APP15, _COM, _SOS = 0xE0, 0xEF, 0xFE, 0xDA
_ADOBE = 0xEE  # says how colours are coded: needed


def read(file: BinaryIO, size: int) -> Recording:
    """Nothing but what is blanked: EXIF, XMP and IPTC of its JPEG textures (4.4, 5.18)."""
    (length,) = struct.unpack("<I", exactly(file, 12, 4))
    if length > LARGEST_JSON:
        raise ValueError("the description is too long")
    described = json.loads(exactly(file, 20, length))
    binary = 20 + length + 8
    found = Recording()
    views = described.get("bufferViews", [])
    for picture in described.get("images", []):
        if isinstance(picture.get("bufferView"), int) and picture.get("mimeType") == "image/jpeg":
            view = views[picture["bufferView"]]
            start = binary + view.get("byteOffset", 0)
            found.blanks.extend(_segments(file, start, min(size, start + view["byteLength"])))
    found.blanks.sort(key=lambda blank: blank.offset)
    return found


def _segments(file: BinaryIO, at: int, end: int) -> Iterator[Blank]:
    """The application and comment segments of a JPEG, but for those that say how its colours are coded."""
    if exactly(file, at, 2) != b"\xff\xd8":
        return
    at += 2
    for _ in range(MOST_SEGMENTS):
        if at + 4 > end:
            return
        marker, length = struct.unpack(">HH", exactly(file, at, 4))
        kind = marker & 0xFF
        if marker >> 8 != 0xFF or kind == _SOS:
            return
        profile = kind == _APP0 + 2 and exactly(file, at + 4, min(11, length)).startswith(b"ICC_PROFILE")
        if (_APP0 < kind <= _APP15 or kind == _COM) and kind != _ADOBE and not profile:
            yield Blank(at + 4, b"", min(length - 2, end - at - 4))
        at += 2 + length
