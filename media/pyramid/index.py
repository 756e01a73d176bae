"""The geometry of a pyramid and where each of its JPEGs lies. Pure Python, 12 bytes per tile, read by every worker.

Levels halve with ceil, as IIIF's scale factors do: level ``k`` has ``ceil(width / 2**k) × ceil(height / 2**k)`` pixels.
"""

from __future__ import annotations

import struct
from array import array
from dataclasses import dataclass
from functools import cached_property

from media.errors import DamagedFile

TILE = 512
FIXED = (200, 400, 800, 1600)
_HEAD = struct.Struct("<4sIIHBBB")
_FIXED = struct.Struct("<IIQI")
_MAGIC = b"MPI1"


@dataclass(frozen=True)
class Level:
    """One resolution: its scale factor, its size in pixels, its tiles across and down, and the number of its first tile."""

    scale: int
    width: int
    height: int
    columns: int
    rows: int
    first: int


@dataclass(frozen=True)
class Span:
    """A complete JPEG inside the access copy: its pixels and its bytes."""

    width: int
    height: int
    offset: int
    length: int


def levels_of(width: int, height: int, tile: int = TILE) -> tuple[Level, ...]:
    """Every level of a picture, the largest first, until one fits into a tile."""
    found = []
    scale, first = 1, 0
    while True:
        w, h = -(-width // scale), -(-height // scale)
        columns, rows = -(-w // tile), -(-h // tile)
        found.append(Level(scale, w, h, columns, rows, first))
        first += columns * rows
        if columns == rows == 1:
            return tuple(found)
        scale *= 2


def fit(width: int, height: int, box_width: int, box_height: int) -> tuple[int, int]:
    """The largest size within the box at the picture's proportions, never larger than the picture (``!w,h`` of the Image API)."""
    if box_width >= width and box_height >= height:
        return width, height
    if box_width * height <= box_height * width:
        return box_width, max(1, min(box_height, round(box_width * height / width)))
    return max(1, min(box_width, round(box_height * width / height))), box_height


def fixed_sizes(width: int, height: int) -> list[tuple[int, int]]:
    """The sizes of a whole picture that are made once, smallest first."""
    longest = max(width, height)
    sizes = [fit(width, height, side, side) for side in FIXED if side < longest]
    if TILE < longest <= FIXED[-1]:
        sizes.append((width, height))
    return sizes


def whole(data: bytes) -> bytes:
    """The data when they begin and end as a JPEG does. Raises DamagedFile: something else lies where the tile was."""
    if not data.startswith(b"\xff\xd8") or not data.endswith(b"\xff\xd9"):
        raise DamagedFile("no JPEG lies where the index says")
    return data


class TileIndex:
    """Where the tiles and the fixed sizes of one picture lie. ``offsets`` and ``lengths`` run over all levels, row by row."""

    def __init__(
        self, width: int, height: int, offsets: array, lengths: array, fixed: tuple[Span, ...], *, bands: int = 3, tile: int = TILE
    ) -> None:
        self.width, self.height, self.bands, self.tile = width, height, bands, tile
        self.offsets, self.lengths, self.fixed = offsets, lengths, fixed
        if len(offsets) != len(lengths) or len(offsets) != self.count(width, height, tile):
            raise ValueError("The tile index does not fit the picture's size.")

    @staticmethod
    def count(width: int, height: int, tile: int = TILE) -> int:
        """How many tiles a picture of that size has on all levels."""
        last = levels_of(width, height, tile)[-1]
        return last.first + 1

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        return levels_of(self.width, self.height, self.tile)

    def pack(self) -> bytes:
        """Bytes for the database; ``unpack`` is the inverse."""
        head = _HEAD.pack(_MAGIC, self.width, self.height, self.tile, self.bands, len(self.fixed), 0)
        fixed = b"".join(_FIXED.pack(span.width, span.height, span.offset, span.length) for span in self.fixed)
        return head + fixed + self.offsets.tobytes() + self.lengths.tobytes()

    @classmethod
    def unpack(cls, data: bytes | memoryview) -> TileIndex:
        """Raises ValueError when the bytes are no tile index."""
        data = bytes(data)
        try:
            magic, width, height, tile, bands, fixed_count, _spare = _HEAD.unpack_from(data)
            if magic != _MAGIC:
                raise ValueError("These bytes are no tile index.")
            at = _HEAD.size
            fixed = tuple(Span(*_FIXED.unpack_from(data, at + n * _FIXED.size)) for n in range(fixed_count))
        except struct.error as error:
            raise ValueError("The tile index is cut off.") from error
        at += fixed_count * _FIXED.size
        count = cls.count(width, height, tile)
        offsets, lengths = array("Q"), array("I")
        offsets.frombytes(data[at : at + 8 * count])
        lengths.frombytes(data[at + 8 * count : at + 12 * count])
        return cls(width, height, offsets, lengths, fixed, bands=bands, tile=tile)

    def span(self, level: int, column: int, row: int) -> Span:
        """The tile at that place; its size is the true one, smaller at the right and bottom edges."""
        at = self.levels[level]
        number = at.first + row * at.columns + column
        return Span(
            min(self.tile, at.width - column * self.tile),
            min(self.tile, at.height - row * self.tile),
            self.offsets[number],
            self.lengths[number],
        )

    def within(self, longest: int) -> TileIndex:
        """The picture as a smaller one of the same tiles: its levels from the first whose longer side is at most ``longest``.

        Where even the last level is larger, its largest fixed size that is not, or the last level where there is none of those.
        """
        at = next((level for level in self.levels if max(level.width, level.height) <= longest), None)
        if at is None:
            smaller = self.small(longest)
            if smaller is not None:
                return smaller
            at = self.levels[-1]
        fixed = tuple(span for span in self.fixed if span.width <= at.width and span.height <= at.height)
        return TileIndex(at.width, at.height, self.offsets[at.first :], self.lengths[at.first :], fixed, bands=self.bands, tile=self.tile)

    def small(self, longest: int) -> TileIndex | None:
        """The picture as one tile: its largest fixed size of at most ``longest`` pixels a side; None when the picture itself is no larger."""
        spans = [span for span in self.fixed if max(span.width, span.height) <= min(longest, self.tile)]
        spans = sorted(
            (span for span in spans if span.width < self.width or span.height < self.height), key=lambda span: span.width * span.height
        )
        if not spans:
            return None
        last = spans.pop()
        return TileIndex(
            last.width, last.height, array("Q", [last.offset]), array("I", [last.length]), tuple(spans), bands=self.bands, tile=self.tile
        )

    def match(self, x: int, y: int, width: int, height: int, out_width: int, out_height: int) -> tuple[int, int, int, int] | None:
        """Offset, length, width and height of the JPEG that answers exactly this region (inside the picture) at this size, if there is one.

        ``out_height`` 0 takes the height that belongs to the width.
        """
        tile = self.tile
        level = ((max(width, height) + tile - 1) // tile - 1).bit_length()
        for at in self.levels[level:]:
            step = tile * at.scale
            if x % step or y % step:
                break
            if width != min(step, self.width - x) or height != min(step, self.height - y):
                continue
            if out_width == -(-width // at.scale) and out_height in (0, -(-height // at.scale)):
                number = at.first + y // step * at.columns + x // step
                return self.offsets[number], self.lengths[number], out_width, -(-height // at.scale)
        if not x and not y and width == self.width and height == self.height:
            for fixed in self.fixed:
                if fixed.width == out_width and out_height in (0, fixed.height):
                    return fixed.offset, fixed.length, fixed.width, fixed.height
        return None
