"""Files for tests, drawn and broken by program."""

from __future__ import annotations

import io
import json
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

CELL = 100


def mosaic(columns: int = 8, rows: int = 6, cell: int = CELL) -> np.ndarray:
    """A picture of plain cells, each of a colour of its own (``cell_colour``)."""
    pixels = np.zeros((rows * cell, columns * cell, 3), np.uint8)
    for row in range(rows):
        for column in range(columns):
            pixels[row * cell : (row + 1) * cell, column * cell : (column + 1) * cell] = cell_colour(column, row)
    return pixels


def cell_colour(column: int, row: int) -> tuple[int, int, int]:
    """Colours far enough from each other that JPEG cannot confuse them."""
    return (30 + 25 * column) % 256, (40 + 35 * row) % 256, (60 + 15 * column + 30 * row) % 256


def encoded(pixels: np.ndarray, fmt: str = "JPEG", **options: Any) -> bytes:
    """The picture as a file of that format (Pillow's names)."""
    out = io.BytesIO()
    if fmt == "JPEG":
        options = {"quality": 95, "subsampling": 0, **options}
    Image.fromarray(pixels).save(out, fmt, **options)
    return out.getvalue()


def saved(folder: Path, name: str, data: bytes) -> Path:
    """The bytes as a file."""
    path = folder / name
    path.write_bytes(data)
    return path


def chunk(kind: bytes, data: bytes) -> bytes:
    """A PNG chunk."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def tiff(pixels: np.ndarray, photometric: int, extra: tuple[int, ...] = ()) -> bytes:
    """A TIFF 6.0 of one strip, not compressed, of ``(height, width, bands)`` whole numbers; ``extra``: ExtraSamples of its last bands."""
    height, width, bands = pixels.shape
    data = pixels.astype(pixels.dtype.newbyteorder("<")).tobytes()
    bits = [8 * pixels.dtype.itemsize] * bands
    tags: dict[int, tuple[str, list[int]]] = {
        256: ("I", [width]), 257: ("I", [height]), 258: ("H", bits), 259: ("H", [1]), 262: ("H", [photometric]), 273: ("I", [0]),
        277: ("H", [bands]), 278: ("I", [height]), 279: ("I", [len(data)]), 338: ("H", list(extra)),
        339: ("H", {"u": [], "i": [2] * bands, "f": [3] * bands}[pixels.dtype.kind]),
    }  # fmt: skip
    tags = {tag: said for tag, said in tags.items() if said[1]}
    beyond = 8 + 2 + 12 * len(tags) + 4
    room = sum(len(values) * struct.calcsize(code) for code, values in tags.values() if len(values) * struct.calcsize(code) > 4)
    tags[273] = ("I", [beyond + room])
    entries = elsewhere = b""
    for tag, (code, values) in tags.items():
        raw = struct.pack(f"<{len(values)}{code}", *values)
        entries += struct.pack("<HHI", tag, 3 if code == "H" else 4, len(values))
        entries += raw.ljust(4, b"\0") if len(raw) <= 4 else struct.pack("<I", beyond + len(elsewhere))
        elsewhere += raw if len(raw) > 4 else b""
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + entries + bytes(4) + elsewhere + data


def lying_png(width: int, height: int) -> bytes:
    """A PNG whose header claims a size that its few bytes cannot have."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def bomb_png(side: int) -> bytes:
    """A real 1-bit PNG of ``side × side`` pixels, all white, in few bytes."""
    row = b"\0" + b"\xff" * (side // 8)
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def glb(described: dict[str, Any] | None = None) -> bytes:
    """A minimal binary glTF."""
    text = json.dumps(described or {"asset": {"version": "2.0"}}).encode()
    text += b" " * (-len(text) % 4)
    return struct.pack("<4sII", b"glTF", 2, 20 + len(text)) + struct.pack("<I4s", len(text), b"JSON") + text


def mp4(brand: bytes = b"isom") -> bytes:
    """The boxes of an MP4 file without content."""
    boxes = [(b"ftyp", brand + b"\0\0\0\0" + brand), (b"moov", b"\0" * 120), (b"mdat", b"\0" * 64)]
    return b"".join(struct.pack(">I4s", len(data) + 8, kind) + data for kind, data in boxes)


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><body><h1>404 Not Found</h1></body></html>"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n" + b" " * 100
WEBVTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nXin ch\xc3\xa0o\n"
