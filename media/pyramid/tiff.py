"""Writes a tiled, pyramidal BigTIFF of JPEG tiles (TIFF 6.0 with the JPEG technical note 2; BigTIFF by its own note).

Every tile is a complete JPEG stream with its own tables, so that its bytes can be sent as they are.
"""

from __future__ import annotations

import struct
from array import array
from pathlib import Path
from types import TracebackType

from media.pyramid.index import Level

_SHORT, _LONG, _RATIONAL, _LONG8 = 3, 4, 5, 16
_SIZES = {_SHORT: "H", _LONG: "I", _LONG8: "Q"}


class TiffWriter:
    """A file that grows by JPEGs and is closed by its directories."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("wb")
        self.file.write(struct.pack("<2sHHHQ", b"II", 43, 8, 0, 0))
        self.at = 16

    def __enter__(self) -> TiffWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.file.close()

    def add(self, data: bytes) -> int:
        """Append bytes; returns their offset. Offsets are even, as TIFF asks for its values."""
        offset = self.at
        self.file.write(data)
        self.at += len(data)
        if self.at % 2:
            self.file.write(b"\0")
            self.at += 1
        return offset

    def close(self, levels: tuple[Level, ...], offsets: array, lengths: array, *, bands: int, tile: int) -> None:
        """Write one directory per level and chain them, the largest first."""
        pointer_at = 8
        for level in levels:
            tiles = slice(level.first, level.first + level.columns * level.rows)
            directory = self._directory(level, offsets[tiles], lengths[tiles], bands, tile)
            start = self.add(directory)
            self.file.seek(pointer_at)
            self.file.write(struct.pack("<Q", start))
            self.file.seek(0, 2)
            pointer_at = start + len(directory) - 8
        self.file.flush()

    def _directory(self, level: Level, offsets: array, lengths: array, bands: int, tile: int) -> bytes:
        colour = bands == 3
        tags: list[tuple[int, int, list[int] | array]] = [
            (254, _LONG, [0 if level.scale == 1 else 1]),
            (256, _LONG, [level.width]),
            (257, _LONG, [level.height]),
            (258, _SHORT, [8] * bands),
            (259, _SHORT, [7]),
            (262, _SHORT, [6 if colour else 1]),
            (277, _SHORT, [bands]),
            (284, _SHORT, [1]),
            (322, _LONG, [tile]),
            (323, _LONG, [tile]),
            (324, _LONG8, offsets),
            (325, _LONG, lengths),
        ]
        if colour:
            tags += [(530, _SHORT, [2, 2]), (532, _RATIONAL, [0, 1, 255, 1, 128, 1, 255, 1, 128, 1, 255, 1])]
        entries = [self._entry(*each) for each in tags]
        return struct.pack("<Q", len(entries)) + b"".join(entries) + struct.pack("<Q", 0)

    def _entry(self, tag: int, kind: int, values: list[int] | array) -> bytes:
        count = len(values) // 2 if kind == _RATIONAL else len(values)
        data = struct.pack(f"<{len(values)}{_SIZES.get(kind, 'I')}", *values)
        if len(data) > 8:
            data = struct.pack("<Q", self.add(data))
        return struct.pack("<HHQ", tag, kind, count) + data.ljust(8, b"\0")
