"""JPEGs of bands that can be decoded one by one: a part of a tile costs a part of its decoding.

A band of 64 rows is one restart interval (ITU-T T.81, B.2.4.4 and F.1.1.5.1): nothing in it depends on the bands before. A tile is
encoded band by band and joined, and it is the same picture, pixel for pixel, a two-thousandth larger. Whoever needs some of its rows
takes their bands out as a smaller JPEG, without touching a coefficient; the decoder then sees no others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

BAND = 64  # rows: a multiple of the 16 of a block of 4:2:0 colour
NEIGHBOURS = 2  # rows above and below from which a decoder smooths colour
_SOF0, _SOS, _DRI, _RST0, _EOI = 0xC0, 0xDA, 0xDD, 0xD0, b"\xff\xd9"


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where things stand in a baseline JPEG. ``interval``: rows of a restart interval, 0 where there is none that ends with a row."""

    height_at: int  # of two bytes
    height: int
    scan_at: int  # the segment that begins the scan
    data_at: int
    interval: int


def encode(pixels: np.ndarray, encoder: Callable[[np.ndarray], bytes]) -> bytes:
    """A JPEG of bands of pixels (height × width × 1 or 3). ``encoder`` makes a baseline JPEG, the tables of which do not depend on what it shows."""
    height, width = pixels.shape[:2]
    if height <= BAND:
        return encoder(pixels)
    parts = [encoder(pixels[top : top + BAND]) for top in range(0, height, BAND)]
    first = parts[0]
    frame = _frame(first)
    if frame is None:
        raise ValueError("The encoder made no baseline JPEG of one scan.")
    block = 8 if pixels.shape[2] == 1 else 16
    interval = -(-width // block) * (BAND // block)
    head = first[: frame.height_at] + height.to_bytes(2) + first[frame.height_at + 2 : frame.scan_at]
    restart = bytes((0xFF, _DRI, 0, 4)) + interval.to_bytes(2)
    return _joined(head + restart + first[frame.scan_at : frame.data_at], [part[frame.data_at : -2] for part in parts])


def rows(data: bytes, top: int, bottom: int) -> tuple[bytes, int]:
    """(a JPEG in which rows ``top`` to ``bottom``, exclusive, are as in the whole; which row of the whole its first one is).

    The data as they are, and 0, where they have no bands or nothing can be left out.
    """
    frame = _frame(data)
    if frame is None or not frame.interval:
        return data, 0
    first = max(0, top - NEIGHBOURS) // frame.interval
    last = -(-min(frame.height, bottom + NEIGHBOURS) // frame.interval)  # exclusive
    count = -(-frame.height // frame.interval)
    if last - first == count:
        return data, 0
    found = _bands(data, frame.data_at, first, last, count)
    if found is None:
        return data, 0
    height = min(frame.height, last * frame.interval) - first * frame.interval
    head = data[: frame.height_at] + height.to_bytes(2) + data[frame.height_at + 2 : frame.data_at]
    return _joined(head, found), first * frame.interval


def _bands(data: bytes, at: int, first: int, last: int, count: int) -> list[bytes] | None:
    """The coded data of these bands; None where a marker is missing, which is for the decoder to say."""
    found = []
    for number in range(last):
        end = data.find(bytes((0xFF, _RST0 + number % 8)), at) if number < count - 1 else len(data) - len(_EOI)
        if end < 0:
            return None
        if number >= first:
            found.append(data[at:end])
        at = end + 2
    return found


def _joined(head: bytes, parts: list[bytes]) -> bytes:
    """The bands behind a head, parted by markers that count from 0 to 7 again and again."""
    pieces = [head]
    for number, part in enumerate(parts):
        if number:
            pieces.append(bytes((0xFF, _RST0 + (number - 1) % 8)))
        pieces.append(part)
    return b"".join((*pieces, _EOI))


def _frame(data: bytes) -> _Frame | None:
    """None for what is no baseline JPEG."""
    at, height_at, height, row, restart = 2, 0, 0, 0, 0
    block = 1
    while at + 4 <= len(data) and data[at] == 0xFF:
        kind, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if at + 2 + length > len(data):
            return None
        if kind == _SOF0:
            height_at, height = at + 5, int.from_bytes(data[at + 5 : at + 7])
            across, block = _block(data[at : at + 2 + length])
            if not across or not block:
                return None
            row = -(-int.from_bytes(data[at + 7 : at + 9]) // across)
        elif kind == _DRI:
            restart = int.from_bytes(data[at + 4 : at + 6])
        elif kind == _SOS:
            whole_rows = bool(restart and row) and restart % row == 0
            return _Frame(height_at, height, at, at + 2 + length, restart // row * block if whole_rows else 0) if height_at else None
        elif 0xC1 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            return None  # progressive, lossless, arithmetic …
        at += 2 + length
    return None


def _block(header: bytes) -> tuple[int, int]:
    """Width and height of the block (MCU) that a frame's header tells of; of one component alone always 8 × 8. Nothing where it contradicts itself."""
    components = header[9] if len(header) > 9 else 0
    if not components or len(header) != 10 + 3 * components:
        return 0, 0
    if components == 1:
        return 8, 8
    factors = header[11::3]
    return 8 * max(factor >> 4 for factor in factors), 8 * max(factor & 15 for factor in factors)
