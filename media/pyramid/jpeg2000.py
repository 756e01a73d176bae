"""JPEG 2000 in colours of more than 8 bits: Pillow, which reads the rest, turns their brightest values into the darkest (256 of 255)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import openjpeg

from media.errors import DamagedFile

SYCC, CMYK = 18, 12
_CODESTREAM = b"\xff\x4f\xff\x51"
_HEADER = 4 << 20
_SIZ = 42 + 3 * 16384  # bytes up to the last component that a codestream may have (A.5.1)
_ROWS = 256


@dataclass(frozen=True)
class Boxes:
    """What the boxes around a codestream say: the ICC profile, or the number of a colour space (ISO/IEC 15444-1, I.5.3.3); a palette."""

    profile: bytes | None = None
    space: int = 0
    palette: bool = False


def boxes(path: Path) -> Boxes:
    """Read by hand, since Pillow, which decodes most of these files, does not hand it out. Nothing where there are no boxes."""
    with path.open("rb") as file:
        head = file.read(_HEADER)
    profile, space, palette = None, 0, False
    at, end = 0, len(head)
    while at + 8 < end:
        length, kind = struct.unpack(">I4s", head[at : at + 8])
        if kind == b"jp2h":  # its boxes follow
            at, end = at + 8, min(end, at + length)
            continue
        if kind == b"pclr":
            palette = True
        elif kind == b"colr" and not (profile or space):  # readers take the first
            if head[at + 8] in {2, 3}:
                profile = head[at + 11 : at + length]
            elif head[at + 8] == 1 and at + 15 <= len(head):
                (space,) = struct.unpack(">I", head[at + 11 : at + 15])
        if length < 8:
            break
        at += length
    return Boxes(profile, space, palette)


def deep(path: Path, said: Boxes) -> np.ndarray | None:
    """The samples, spread over 16 bits, of a picture with several components of more than 8 bits; None of any other. Raises DamagedFile.

    The library believes the first component of all of them and writes past its room where another differs: it is asked only when all are alike,
    and gets the codestream without the boxes, which could change them.
    """
    with path.open("rb") as file:
        start = file.read(_HEADER).find(_CODESTREAM)
        file.seek(max(start, 0))
        size = file.read(_SIZ)
    if start < 0 or said.palette:
        return None
    if len(size) < 42:
        raise DamagedFile("it ends within its codestream's size")
    xoff, yoff = struct.unpack(">II", size[16:24])
    (count,) = struct.unpack(">H", size[40:42])
    kinds = {size[at : at + 3] for at in range(42, 42 + 3 * count, 3)}
    if count < 2 or max((kind[:1] or b"\0")[0] & 0x7F for kind in kinds) < 8:
        return None
    depth = ((min(kinds)[:1] or b"\0")[0] & 0x7F) + 1
    if len(kinds) > 1 or min(kinds)[1:] != b"\1\1" or xoff or yoff or depth > 16:
        raise DamagedFile("components of different kinds, or of more than 16 bits")
    try:
        return _spread(openjpeg.decode(path.read_bytes()[start:], 0), depth, of_luma=said.space == SYCC and count == 3)
    except (RuntimeError, ValueError, MemoryError) as error:
        raise DamagedFile(f"{type(error).__name__}: {error}"[:300]) from error


def _spread(pixels: np.ndarray, depth: int, *, of_luma: bool) -> np.ndarray:
    """Samples of ``depth`` bits over 16 bits, some rows at a time: fractions of all of them take twice the picture's own memory."""
    made = np.empty(pixels.shape, np.uint16)
    lowest = 1 << depth - 1 if pixels.dtype.kind == "i" else 0
    for top in range(0, len(pixels), _ROWS):
        part = (pixels[top : top + _ROWS].astype(np.float32) + lowest) * (65535 / ((1 << depth) - 1))
        made[top : top + _ROWS] = np.rint(np.clip(_rgb(part) if of_luma else part, 0, 65535))
    return made


def _rgb(colours: np.ndarray) -> np.ndarray:
    """Of luma and chroma (IEC 61966-2-1, annex G)."""
    y, cb, cr = colours[:, :, 0], colours[:, :, 1] - 32768, colours[:, :, 2] - 32768
    return np.dstack([y + 1.402 * cr, y - 0.344136 * cb - 0.714136 * cr, y + 1.772 * cb])
