"""MP4 and QuickTime (ISO/IEC 14496-12): boxes of length, name and content, some of which hold boxes again."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from media.recordings.parts import Blank, Recording, exactly

MOST_BOXES = 20_000
LARGEST_TABLE = 64 << 20
MOST_SAMPLES = 1_000_000
_HOLDERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"mvex"}
# user data, QuickTime and iTunes metadata, XMP: places, names, serial numbers, cover pictures
_PRIVATE = {b"udta", b"meta", b"uuid", b"XMP_"}
# tracks of timed metadata: positions along the way, readings of the camera
_METADATA = {b"meta", b"camm"}
_TABLES = {b"stsz", b"stsc", b"stco", b"co64"}


@dataclass(frozen=True)
class _Box:
    kind: bytes
    at: int
    body: int
    end: int
    parents: tuple[bytes, ...]


@dataclass
class _Track:
    """What is known of a track; ``tables`` are its sample tables, by box."""

    handler: bytes = b""
    width: int = 0
    height: int = 0
    codec: str = ""
    tables: dict[bytes, _Box] = field(default_factory=dict)


def read(file: BinaryIO, size: int) -> Recording:
    """Raises ValueError and struct.error for boxes that make no sense."""
    return _Reader(file, size).read()


class _Reader:
    def __init__(self, file: BinaryIO, size: int) -> None:
        self.file, self.size = file, size
        self.found = Recording()
        self.tracks: list[_Track] = []
        self.scale = 0

    def read(self) -> Recording:
        for box in self._boxes():
            if box.kind in _PRIVATE:
                self.found.blanks.append(_blank(box))
            elif box.kind == b"trak":
                self.tracks.append(_Track())
            elif box.kind in {b"mvhd", b"mehd"}:
                self._length(box)
            elif b"trak" in box.parents:
                self._of_track(box, self.tracks[-1])
        for track in self.tracks:
            self._conclude(track)
        self.found.blanks.sort(key=lambda blank: blank.offset)
        return self.found

    def _boxes(self) -> Iterator[_Box]:
        """Every box, holders before what they hold; private ones are not opened."""
        todo: list[tuple[int, int, tuple[bytes, ...]]] = [(0, self.size, ())]
        for _ in range(MOST_BOXES):
            while todo and todo[-1][0] + 8 > todo[-1][1]:
                todo.pop()
            if not todo:
                return
            at, end, parents = todo.pop()
            length, kind = struct.unpack(">I4s", exactly(self.file, at, 8))
            body = at + 8
            if length == 1:
                (length,) = struct.unpack(">Q", exactly(self.file, body, 8))
                body += 8
            stop = at + length if length else end
            if stop < body or stop > end:
                if parents:  # QuickTime's closing zeros, or nonsense inside one box: the rest is no worse for it
                    continue
                raise ValueError(f"a box at {at} reaches beyond the end")
            todo.append((stop, end, parents))
            yield _Box(kind, at, body, stop, parents)
            if kind in _HOLDERS:
                todo.append((body, stop, (*parents, kind)))
        raise ValueError("too many boxes")

    def _bytes(self, box: _Box, at: int, count: int) -> bytes:
        return exactly(self.file, box.body + at, count)

    def _length(self, box: _Box) -> None:
        """The movie header's length; in a fragmented file that of the movie extends header."""
        wide = bool(self._bytes(box, 0, 1)[0])
        if box.kind == b"mvhd":
            self.scale, length = struct.unpack(*((">IQ", self._bytes(box, 20, 12)) if wide else (">II", self._bytes(box, 12, 8))))
        else:
            (length,) = struct.unpack(*((">Q", self._bytes(box, 4, 8)) if wide else (">I", self._bytes(box, 4, 4))))
        if self.scale and length and length not in {0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF}:
            self.found.duration = self.found.duration or length / self.scale

    def _of_track(self, box: _Box, track: _Track) -> None:
        if box.kind == b"tkhd":
            wide = bool(self._bytes(box, 0, 1)[0])
            a, b, *_, width, height = struct.unpack(">9iII", self._bytes(box, 52 if wide else 40, 44))
            track.width, track.height = width >> 16, height >> 16
            if not a and b:  # a quarter turn (8.3.2): the picture stands upright the other way
                track.width, track.height = track.height, track.width
        elif box.kind == b"hdlr" and box.parents[-1] == b"mdia":
            track.handler = self._bytes(box, 8, 4)
        elif box.kind == b"stsd" and box.end - box.body >= 16:
            track.codec = self._bytes(box, 12, 4).decode("latin-1").strip()
        elif box.kind in _TABLES:
            track.tables[box.kind] = box

    def _conclude(self, track: _Track) -> None:
        if track.handler in _METADATA:
            self.found.blanks.extend(self._samples(track))
            return
        if track.codec:
            self.found.codecs.append(track.codec)
        if track.handler == b"vide" and track.width * track.height > (self.found.width or 0) * (self.found.height or 0):
            self.found.width, self.found.height = track.width, track.height

    def _table(self, track: _Track, kind: bytes) -> bytes:
        box = track.tables.get(kind)
        if box is None:
            return bytes(12)
        return self._bytes(box, 0, min(box.end - box.body, LARGEST_TABLE))

    def _samples(self, track: _Track) -> Iterator[Blank]:
        """The samples of a track where they lie (8.7): sizes, samples in each chunk, offsets of the chunks."""
        sizes, runs = self._table(track, b"stsz"), self._table(track, b"stsc")
        same, count = struct.unpack(">II", sizes[4:12])
        if count > MOST_SAMPLES:
            raise ValueError("too many samples")
        lengths = (same,) * count if same else struct.unpack(f">{count}I", sizes[12 : 12 + 4 * count])
        wide = b"co64" in track.tables
        offsets_table = self._table(track, b"co64" if wide else b"stco")
        (chunks,) = struct.unpack(">I", offsets_table[4:8])
        offsets = struct.unpack(f">{chunks}{'Q' if wide else 'I'}", offsets_table[8 : 8 + chunks * (8 if wide else 4)])
        (entries,) = struct.unpack(">I", runs[4:8])
        per_chunk = {first: samples for first, samples, _ in struct.iter_unpack(">III", runs[8 : 8 + 12 * entries])}
        sample, in_chunk = 0, 0
        for number, offset in enumerate(offsets, 1):
            in_chunk = per_chunk.get(number, in_chunk)
            length = sum(lengths[sample : sample + in_chunk])
            sample += in_chunk
            if length and offset + length <= self.size:
                yield Blank(offset, b"", length)


def _blank(box: _Box) -> Blank:
    """The box becomes one of free space of the same length (8.1.2)."""
    if box.body - box.at == 16:  # its length is written in 64 bits
        return Blank(box.at, struct.pack(">I4sQ", 1, b"free", box.end - box.at), box.end - box.body)
    return Blank(box.at, struct.pack(">I4s", box.end - box.at, b"free"), box.end - box.body)
