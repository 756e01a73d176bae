"""FLAC (RFC 9639) and WAV (RIFF): a list of blocks, then the sound."""

from __future__ import annotations

import struct
from typing import BinaryIO

from media.recordings.parts import Blank, Recording, exactly

MOST_BLOCKS = 1000
# application data, comments, pictures: names, places, cover pictures
_FLAC_PRIVATE = {2, 4, 6}
_FLAC_PADDING = 1
# chunks that the sound needs; whatever else there is (LIST, bext, iXML, id3, axml …) describes it or its maker
_WAV_NEEDED = {b"fmt ", b"data", b"fact", b"ds64", b"JUNK", b"cue ", b"smpl"}


def flac(file: BinaryIO, size: int) -> Recording:
    """Metadata blocks follow the marker; the first is STREAMINFO (8.2)."""
    found = Recording(codecs=["flac"])
    at = 4
    for number in range(MOST_BLOCKS):
        head = exactly(file, at, 4)
        kind, length = head[0] & 0x7F, int.from_bytes(head[1:], "big")
        if number == 0:
            packed = int.from_bytes(exactly(file, at + 14, 8), "big")
            rate, samples = packed >> 44, packed & 0xFFFFFFFFF
            found.duration = samples / rate if rate and samples else None
        elif kind in _FLAC_PRIVATE:
            found.blanks.append(Blank(at, bytes([head[0] & 0x80 | _FLAC_PADDING]) + head[1:], length))
        at += 4 + length
        if head[0] & 0x80:
            return found
    raise ValueError("too many blocks")


def wav(file: BinaryIO, size: int) -> Recording:
    """Chunks of name, length and content, each padded to an even length."""
    found = Recording(codecs=["pcm"])
    at, rate = 12, 0
    for _ in range(MOST_BLOCKS):
        if at + 8 > size:
            return found
        kind, length = struct.unpack("<4sI", exactly(file, at, 8))
        end = min(at + 8 + length, size)  # a recorder that did not know the length wrote too much
        if kind == b"fmt ":
            (rate,) = struct.unpack("<I", exactly(file, at + 16, 4))
        elif kind == b"data":
            found.duration = (end - at - 8) / rate if rate else None
        elif kind not in _WAV_NEEDED:
            found.blanks.append(Blank(at, struct.pack("<4sI", b"JUNK", length), end - at - 8))
        at = end + length % 2
    raise ValueError("too many chunks")
