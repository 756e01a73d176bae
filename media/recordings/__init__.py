"""What a recording says of itself: its length, its picture's size, and where things lie that are nobody's business.

The containers are read by hand, as ``media.dimensions`` reads pictures: no decoder, no dependency. (mutagen is under the GPL and knows
neither WebM nor a picture's size; PyAV brings the whole of FFmpeg for two numbers.)
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import BinaryIO

from media.errors import DamagedFile
from media.recordings import models3d, mp3, mp4, ogg, plain, webm
from media.recordings.parts import Blank, Recording

RECIPE = "1: length, size, private metadata blanked"

_READERS: dict[str, Callable[[BinaryIO, int], Recording]] = {
    "mp4": mp4.read,
    "mov": mp4.read,
    "m4a": mp4.read,
    "webm": webm.read,
    "ogg": ogg.read,
    "mp3": mp3.read,
    "flac": plain.flac,
    "wav": plain.wav,
    "glb": models3d.read,
}


def read(file: BinaryIO, key: str, size: int) -> Recording:
    """What a seekable file of ``size`` bytes of format ``key`` says. Formats without a reader say nothing. Raises DamagedFile."""
    reader = _READERS.get(key)
    if reader is None:
        return Recording()
    try:
        return reader(file, size)
    except (struct.error, IndexError, ValueError, KeyError, OverflowError) as error:
        raise DamagedFile(f"{key}: {error}") from error


__all__ = ["RECIPE", "Blank", "Recording", "read"]
