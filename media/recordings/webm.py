"""WebM and Matroska (RFC 9559): elements of an id, a length and content (EBML, RFC 8794)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from media.recordings.parts import Blank, Recording, exactly

MOST_ELEMENTS = 2_000_000
_SEGMENT, _INFO, _TRACKS, _ENTRY, _VIDEO, _CLUSTER = 0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0xE0, 0x1F43B675
_SCALE, _DURATION, _TITLE = 0x2AD7B1, 0x4489, 0x7BA9
_TYPE, _CODEC = 0x83, 0x86
_WIDTH, _HEIGHT, _SHOWN_WIDTH, _SHOWN_HEIGHT, _UNIT = 0xB0, 0xBA, 0x54B0, 0x54BA, 0x54B2
_TIME, _BLOCK, _SIMPLE_BLOCK, _GROUP = 0xE7, 0xA1, 0xA3, 0xA0
_TAGS, _ATTACHMENTS = 0x1254C367, 0x1941A469
_HOLDERS = {_SEGMENT, _INFO, _TRACKS, _ENTRY, _VIDEO}
_VOID = 0xEC


@dataclass(frozen=True)
class _Element:
    id: int
    at: int
    body: int
    end: int


def read(file: BinaryIO, size: int) -> Recording:
    """Raises ValueError for elements that make no sense."""
    return _Reader(file, size).read()


class _Reader:
    def __init__(self, file: BinaryIO, size: int) -> None:
        self.file, self.size = file, size
        self.found = Recording()
        self.scale = 1_000_000  # nanoseconds of a tick
        self.picture: dict[int, int] = {}
        self.cluster = self.last = 0

    def read(self) -> Recording:
        for element in self._elements():
            self._take(element)
        if self.found.duration is None and self.last:  # a recorder that did not know its end: the last frame says it
            self.found.duration = self.last * self.scale / 1e9
        if self.picture.get(_WIDTH) and self.picture.get(_HEIGHT):
            in_pixels = not self.picture.get(_UNIT)
            self.found.width = (in_pixels and self.picture.get(_SHOWN_WIDTH)) or self.picture[_WIDTH]
            self.found.height = (in_pixels and self.picture.get(_SHOWN_HEIGHT)) or self.picture[_HEIGHT]
        return self.found

    def _elements(self) -> Iterator[_Element]:
        """Every element outside the clusters; those inside too where the length is not known otherwise."""
        todo = [(0, self.size)]
        for _ in range(MOST_ELEMENTS):
            while todo and todo[-1][0] >= todo[-1][1] - 1:
                todo.pop()
            if not todo:
                return
            at, end = todo.pop()
            id_, body = self._number(at, keep_marker=True)
            length, body = self._number(body, keep_marker=False)
            endless = length < 0
            stop = end if endless else min(body + length, end)  # a file that was cut off ends its last element
            todo.append((stop, end))
            yield _Element(id_, at, body, stop)
            if id_ in _HOLDERS or (id_ in {_CLUSTER, _GROUP} and (endless or self.found.duration is None)):
                todo.append((body, stop))
        raise ValueError("too many elements")

    def _number(self, at: int, *, keep_marker: bool) -> tuple[int, int]:
        """A variable-size integer and where it ends; -1 for a length that is not known."""
        first = exactly(self.file, at, 1)[0]
        if not first:
            raise ValueError(f"no element at {at}")
        count = 9 - first.bit_length()
        data = exactly(self.file, at, count)
        value = int.from_bytes(data, "big")
        if keep_marker:
            return value, at + count
        value &= (1 << 7 * count) - 1
        return (-1 if value == (1 << 7 * count) - 1 else value), at + count

    def _take(self, element: _Element) -> None:
        id_ = element.id
        if id_ in {_TAGS, _ATTACHMENTS, _TITLE}:
            self.found.blanks.append(_blank(element))
        elif id_ == _SCALE:
            self.scale = self._whole(element) or self.scale
        elif id_ == _DURATION:
            (ticks,) = struct.unpack(">d" if element.end - element.body == 8 else ">f", self._bytes(element))
            self.found.duration = ticks * self.scale / 1e9 if ticks > 0 else None
        elif id_ == _CODEC:
            self.found.codecs.append(self._bytes(element)[:40].decode("latin-1").strip("\0 "))
        elif id_ in {_WIDTH, _HEIGHT, _SHOWN_WIDTH, _SHOWN_HEIGHT, _UNIT}:
            self.picture.setdefault(id_, self._whole(element))
        elif id_ == _TIME:
            self.cluster = self._whole(element)
            self.last = max(self.last, self.cluster)
        elif id_ in {_BLOCK, _SIMPLE_BLOCK}:
            _track, at = self._number(element.body, keep_marker=False)
            (ticks,) = struct.unpack(">h", exactly(self.file, at, 2))
            self.last = max(self.last, self.cluster + ticks)

    def _bytes(self, element: _Element) -> bytes:
        return exactly(self.file, element.body, min(element.end - element.body, 4096))

    def _whole(self, element: _Element) -> int:
        return int.from_bytes(exactly(self.file, element.body, min(8, element.end - element.body)), "big")


def _blank(element: _Element) -> Blank:
    """The element becomes a void one of the same length (RFC 8794, 11.3.2)."""
    length = element.end - element.at
    if length < 9:
        return Blank(element.at, bytes([_VOID, 0x80 | (length - 2)]), length - 2)
    return Blank(element.at, bytes([_VOID, 0x01]) + (length - 9).to_bytes(7, "big"), length - 9)
