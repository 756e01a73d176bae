"""The colour space that a file names instead of carrying its profile: by DCF (cameras set to Adobe RGB), in chunks of PNG, in a box of AVIF."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, UnidentifiedImageError

Curve = float | None  # an exponent; None is that of sRGB
_INTEROPERABILITY = 0xA005
_SEARCH = 1 << 16
_D65 = (0.3127, 0.3290)
_D50 = np.array([0.9642, 1.0, 0.8249])
_BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])


@dataclass(frozen=True)
class Space:
    """Chromaticities of white, red, green and blue, and the curve. ``grey``: the file has no colours, so that only the curve counts."""

    primaries: tuple[float, ...]
    curve: Curve = None
    grey: bool = False


_SRGB = (*_D65, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06)
_ADOBE_RGB = Space((*_D65, 0.64, 0.33, 0.21, 0.71, 0.15, 0.06), 563 / 256)
# ITU-T H.273, tables 2 and 3. Curves of video stand for that of sRGB, as everywhere for stills; those of HDR have no place in a JPEG
_PRIMARIES = {
    1: _SRGB,
    5: (*_D65, 0.64, 0.33, 0.29, 0.60, 0.15, 0.06),
    6: (*_D65, 0.630, 0.340, 0.310, 0.595, 0.155, 0.070),
    7: (*_D65, 0.630, 0.340, 0.310, 0.595, 0.155, 0.070),
    9: (*_D65, 0.708, 0.292, 0.170, 0.797, 0.131, 0.046),
    12: (*_D65, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060),
}
_CURVES: dict[int, Curve] = {1: None, 4: 2.2, 5: 2.8, 6: None, 8: 1.0, 13: None, 14: None, 15: None}


def profile(path: Path, key: str) -> bytes | None:
    """An ICC profile of the space that the file at ``path`` names; None when it names none, or the usual one."""
    reader = _READERS.get(key)
    try:
        space = reader(path) if reader else None
    except (OSError, ValueError, SyntaxError, TypeError, struct.error, UnidentifiedImageError):
        return None
    if space is None or (space.curve is None and (space.grey or np.allclose(space.primaries, _SRGB, atol=0.002))):
        return None
    return _icc(space)


def _jpeg(path: Path) -> Space | None:
    """DCF 2.0, 4.7: the interoperability index R03 says Adobe RGB, and many cameras embed no profile then."""
    with Image.open(path, formats=("JPEG",)) as image:
        index = image.getexif().get_ifd(_INTEROPERABILITY).get(1, "")
        return _ADOBE_RGB if str(index).strip("\0 ") == "R03" else None


def _png(path: Path) -> Space | None:
    """PNG (third edition), 4.3: cICP before sRGB before cHRM and gAMA. iCCP is a profile, and read by the decoder."""
    with path.open("rb") as file:
        head = file.read(_SEARCH)
    grey = head[25] in {0, 4}
    chunks: dict[bytes, bytes] = {}
    at = 8
    while at + 8 <= len(head):
        length, kind = struct.unpack(">I4s", head[at : at + 8])
        if kind == b"IDAT":
            break
        chunks[kind] = head[at + 8 : at + 8 + length]
        at += 12 + length
    if b"cICP" in chunks:
        return _coded(*chunks[b"cICP"][:2], grey=grey)
    if b"sRGB" in chunks or not chunks.keys() & {b"gAMA", b"cHRM"}:
        return None
    primaries = tuple(value / 100_000 for value in struct.unpack(">8I", chunks[b"cHRM"])) if b"cHRM" in chunks else _SRGB
    value = struct.unpack(">I", chunks[b"gAMA"])[0] if b"gAMA" in chunks else 45455
    if not 1_000 <= value <= 1_000_000 or not all(0 < each < 1 for each in primaries):
        return None
    usual = abs(value - 45455) < 1000 and np.allclose(primaries, _SRGB, atol=0.002)
    return Space(primaries, None if usual or b"gAMA" not in chunks else 100_000 / value, grey)


def _avif(path: Path) -> Space | None:
    """The box ``colr`` of type nclx (ISO/IEC 23091-2 code points)."""
    with path.open("rb") as file:
        head = file.read(_SEARCH)
    at = head.find(b"colrnclx")
    return _coded(*struct.unpack(">HH", head[at + 8 : at + 12])) if at > 0 else None


def is_premultiplied(path: Path) -> bool:
    """Whether an AVIF refers from its colours to its transparency by ``prem`` (ISO/IEC 23008-12, 6.10.1.2); libheif leaves them so."""
    with path.open("rb") as file:
        head = file.read(_SEARCH)
    at = head.find(b"iref")
    return at >= 4 and b"prem" in head[at : at + struct.unpack(">I", head[at - 4 : at])[0]]


def _coded(primaries: int, curve: int, *, grey: bool = False) -> Space | None:
    if primaries not in _PRIMARIES or curve not in _CURVES:
        return None
    return Space(_PRIMARIES[primaries], _CURVES[curve], grey)


_READERS: dict[str, Callable[[Path], Space | None]] = {"jpeg": _jpeg, "png": _png, "avif": _avif}


def _icc(space: Space) -> bytes:
    """A profile of version 2: white, curves, and the primaries adapted to D50 (ICC.1:2001-04)."""
    curve = _curve(space.curve)
    tags = {b"desc": _text(b"as the file says"), b"cprt": b"text\0\0\0\0none\0", b"wtpt": _xyz(_D50)}
    if space.grey:
        tags[b"kTRC"] = curve
    else:
        columns = _adapted(space.primaries)
        for number, letter in enumerate((b"r", b"g", b"b")):
            tags[letter + b"XYZ"] = _xyz(columns[:, number])
            tags[letter + b"TRC"] = curve
    table, body = b"", b""
    start = 132 + 12 * len(tags)
    for name, data in tags.items():
        padded = data + bytes(-len(data) % 4)
        table += name + struct.pack(">II", start + len(body), len(data))
        body += padded
    kind = b"GRAY" if space.grey else b"RGB "
    head = struct.pack(">I4sI4s4s4s", start + len(body), b"\0\0\0\0", 0x02400000, b"mntr", kind, b"XYZ ")
    head += struct.pack(">6H", 2020, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + _numbers(_D50)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


def _adapted(primaries: tuple[float, ...]) -> np.ndarray:
    white, red, green, blue = (np.array([x / y, 1.0, (1 - x - y) / y]) for x, y in zip(primaries[::2], primaries[1::2], strict=True))
    columns = np.stack([red, green, blue], axis=1)
    columns = columns * np.linalg.solve(columns, white)
    scale = np.diag((_BRADFORD @ _D50) / (_BRADFORD @ white))
    adapted: np.ndarray = np.linalg.inv(_BRADFORD) @ scale @ _BRADFORD @ columns
    return adapted


def _curve(exponent: Curve) -> bytes:
    if exponent is not None:
        return b"curv\0\0\0\0" + struct.pack(">IH", 1, min(65535, round(exponent * 256)))
    steps = np.linspace(0, 1, 1024)
    linear = np.where(steps <= 0.04045, steps / 12.92, ((steps + 0.055) / 1.055) ** 2.4)
    return b"curv\0\0\0\0" + struct.pack(">I", 1024) + np.rint(linear * 65535).astype(">u2").tobytes()


def _text(words: bytes) -> bytes:
    return b"desc\0\0\0\0" + struct.pack(">I", len(words) + 1) + words + bytes(79)


def _xyz(values: np.ndarray) -> bytes:
    return b"XYZ \0\0\0\0" + _numbers(values)


def _numbers(values: np.ndarray) -> bytes:
    return struct.pack(">3i", *(round(float(value) * 65536) for value in values))
