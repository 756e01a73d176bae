"""Ogg (RFC 3533): pages of a few packets each. Vorbis, Opus, FLAC and Speex sound, Theora pictures."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import BinaryIO

from media.recordings.parts import Blank, Recording, exactly

TAIL = 1 << 17
MOST_PAGES = 4000
LARGEST_COMMENT = 32 << 20


@dataclass
class _Stream:
    rate: float = 0
    before: int = 0  # samples that are played before the first one counts
    magic: bytes = b""  # how its comment packet begins
    packets: int = 0
    last: int = 0


@dataclass(frozen=True)
class _Page:
    at: int
    body: int
    end: int
    serial: int
    granule: int
    lacing: bytes


def read(file: BinaryIO, size: int) -> Recording:
    """Raises ValueError for pages that make no sense."""
    found = Recording()
    streams: dict[int, _Stream] = {}
    at = 0
    comments: dict[int, list[tuple[_Page, int, int]]] = {}
    for _ in range(MOST_PAGES):
        if at + 27 > size:
            break
        page = _page(file, at)
        stream = streams.get(page.serial)
        if stream is None:
            stream = streams[page.serial] = _begin(exactly(file, page.body, min(page.end - page.body, 64)), found)
        _follow(page, stream, comments.setdefault(page.serial, []))
        if all(each.packets >= 2 for each in streams.values()):
            break
        at = page.end
    for serial, parts in comments.items():
        found.blanks.extend(_blanks(file, parts, streams[serial].magic))
    found.blanks.sort(key=lambda blank: blank.offset)
    _lengths(file, size, streams)
    found.duration = max(((each.last - each.before) / each.rate for each in streams.values() if each.rate and each.last), default=None)
    return found


def _page(file: BinaryIO, at: int) -> _Page:
    magic, granule, serial, count = struct.unpack("<4s2xqI8xB", exactly(file, at, 27))
    if magic != b"OggS":
        raise ValueError(f"no page at {at}")
    lacing = exactly(file, at + 27, count)
    body = at + 27 + count
    return _Page(at, body, body + sum(lacing), serial, granule, lacing)


def _begin(packet: bytes, found: Recording) -> _Stream:
    """A stream by its identification packet."""
    if packet.startswith(b"\x01vorbis"):
        found.codecs.append("vorbis")
        return _Stream(int.from_bytes(packet[12:16], "little"), magic=b"\x03vorbis")
    if packet.startswith(b"OpusHead"):
        found.codecs.append("opus")
        return _Stream(48000, int.from_bytes(packet[10:12], "little"), b"OpusTags")
    if packet.startswith(b"\x7fFLAC"):
        found.codecs.append("flac")
        return _Stream(int.from_bytes(packet[27:30], "big") >> 4)
    if packet.startswith(b"Speex   "):
        found.codecs.append("speex")
        return _Stream(int.from_bytes(packet[36:40], "little"))
    if packet.startswith(b"\x80theora"):
        found.codecs.append("theora")
        found.width, found.height = int.from_bytes(packet[14:17], "big"), int.from_bytes(packet[17:20], "big")
        return _Stream(magic=b"\x81theora")
    return _Stream()


def _follow(page: _Page, stream: _Stream, comment: list[tuple[_Page, int, int]]) -> None:
    """Count the packets that end on this page and note which of its bytes belong to the second one."""
    at = page.body
    start = at
    for lace in page.lacing:
        at += lace
        if lace < 255:
            if stream.packets == 1:
                comment.append((page, start, at))
            stream.packets += 1
            start = at
    if stream.packets == 1 and at > start:
        comment.append((page, start, at))


def _blanks(file: BinaryIO, parts: list[tuple[_Page, int, int]], magic: bytes) -> list[Blank]:
    """An empty comment of the same length: all of it becomes the name of the encoder, written in zeros; the checksums of its pages follow."""
    total = sum(end - start for _, start, end in parts)
    closing = b"\x01" if magic == b"\x03vorbis" else b""
    filler = total - len(magic) - 8 - len(closing)
    if not magic or not 0 <= filler < LARGEST_COMMENT or exactly(file, parts[0][1], len(magic)) != magic:
        return []
    fresh = magic + struct.pack("<I", filler) + bytes(filler) + struct.pack("<I", 0) + closing
    found, taken = [], 0
    for page, start, end in parts:
        piece = fresh[taken : taken + end - start]
        taken += end - start
        data = bytearray(exactly(file, page.at, page.end - page.at))
        data[start - page.at : end - page.at] = piece
        data[22:26] = bytes(4)
        found.append(Blank(page.at + 22, struct.pack("<I", _checksum(data)), 0))
        head = piece.rstrip(b"\0")
        found.append(Blank(start, head, len(piece) - len(head)))
    return found


def _table() -> list[int]:
    table = []
    for number in range(256):
        value = number << 24
        for _ in range(8):
            value = (value << 1 ^ 0x04C11DB7 if value & 0x80000000 else value << 1) & 0xFFFFFFFF
        table.append(value)
    return table


_TABLE = _table()


def _checksum(data: bytes | bytearray) -> int:
    """The CRC of a page whose own field is zero (RFC 3533, 6)."""
    value = 0
    for byte in data:
        value = (value << 8 & 0xFFFFFFFF) ^ _TABLE[value >> 24 ^ byte]
    return value


def _lengths(file: BinaryIO, size: int, streams: dict[int, _Stream]) -> None:
    """The last granule position of each stream, from the pages at the file's end."""
    start = max(0, size - TAIL)
    data = exactly(file, start, size - start)
    at = data.find(b"OggS")
    while 0 <= at <= len(data) - 27:
        granule, serial = struct.unpack("<qI", data[at + 6 : at + 18])
        if serial in streams and granule > 0:
            streams[serial].last = max(streams[serial].last, granule)
        at = data.find(b"OggS", at + 4)
