"""Reads what a picture's header claims (size, bands, depth), by hand and without a decoder, and holds it against the limits.

Every reader raises RefusedFile for a header that is cut off or makes no sense.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from media import formats
from media.errors import RefusedFile
from media.limits import Limits

MOST_SEGMENTS = 4000
MOST_ENTRIES = 4096
MOST_DIRECTORIES = 100
SEARCH = 1 << 20
_NEW_SUBFILE_TYPE, _COMPRESSION, _PHOTOMETRIC, _SUB_DIRECTORIES, _DNG_VERSION = 254, 259, 262, 330, 50706
_JPEG_LS = 0xF7
# What the decoders here read: none, CCITT, LZW, JPEG, Deflate, PackBits. Of others libvips would make tiles of black.
_READABLE = {1, 2, 3, 4, 5, 6, 7, 8, 32773, 32946}
# What the samples mean: grey either way round, RGB, a palette, CMYK, YCbCr, CIELAB. Others would be taken for RGB or grey.
_COLOURS = {0, 1, 2, 3, 5, 6, 8}
_OTHER_COLOURS = {4: "a mask", 9: "ICC L*a*b*", 10: "ITU L*a*b*", 32803: "a camera’s mosaic (CFA)", 34892: "linear raw"}
_COMPRESSIONS = {
    34661: "JBIG",
    34712: "JPEG 2000",
    33003: "JPEG 2000",
    33005: "JPEG 2000",
    34676: "LogLuv",
    34677: "LogLuv",
    34887: "LERC",
    34925: "LZMA",
    50000: "Zstandard",
    50001: "WebP",
    50002: "JPEG XL",
}


@dataclass(frozen=True)
class Claim:
    """What the header says: stored width and height in pixels, bands, bits per band, and whether it can be read in strips."""

    width: int
    height: int
    bands: int = 3
    bits: int = 8
    strips: bool = True


def claim(file: BinaryIO, found: formats.Format, size: int) -> Claim:
    """The header's claim of a picture of ``size`` bytes. The file is left at its start."""
    file.seek(0)
    try:
        return _READERS[found.key](file, size)
    except (struct.error, IndexError, ValueError, OverflowError) as error:
        raise _broken(found) from error
    finally:
        file.seek(0)


def check(said: Claim, found: formats.Format, size: int, limits: Limits) -> None:
    """Raises RefusedFile when the claim is beyond the limits or not believable for a file of ``size`` bytes."""
    width, height = said.width, said.height
    if width < 1 or height < 1:
        raise RefusedFile(_("The picture's header says %(w)d × %(h)d pixels: it has no area.") % {"w": width, "h": height}, "no-area")
    pixels = width * height
    cap = limits.pixels if said.strips else limits.whole_pixels
    if pixels > cap or width > limits.side or height > limits.side:
        raise RefusedFile(
            _("The picture has %(w)d × %(h)d pixels (%(mpx)d megapixels). %(name)s files of this kind may have up to %(cap)d megapixels.")
            % {"w": width, "h": height, "mpx": pixels // 1_000_000, "name": found.name, "cap": cap // 1_000_000},
            "too-many-pixels",
        )
    if said.bands > limits.bands:
        raise RefusedFile(
            _("The picture has %(n)d channels; up to %(most)d are accepted.") % {"n": said.bands, "most": limits.bands}, "bands"
        )
    raw = pixels * said.bands * said.bits // 8
    most = limits.ratio if pixels > limits.trusted_pixels else limits.possible_ratio
    if found in {formats.JPEG, formats.PNG, formats.TIFF} and raw > limits.trusted_bytes and raw > most * size:
        raise RefusedFile(
            _(
                "The header says %(w)d × %(h)d pixels, but the file has only %(kb)d kB: it is a decompression bomb or its header lies. "
                "Export the picture again."
            )
            % {"w": width, "h": height, "kb": max(1, size // 1000)},
            "bomb",
        )


def _broken(found: formats.Format) -> RefusedFile:
    return RefusedFile(
        _("The %(name)s file breaks off or is damaged in its header. Export or copy it again.") % {"name": found.name}, "broken-header"
    )


def _read(file: BinaryIO, count: int) -> bytes:
    data = file.read(count)
    if len(data) < count:
        raise ValueError("cut off")
    return data


def _jpeg(file: BinaryIO, size: int) -> Claim:
    _read(file, 2)
    for _segment in range(MOST_SEGMENTS):
        byte = _read(file, 1)
        if byte != b"\xff":
            raise ValueError("no marker")
        while byte == b"\xff":
            byte = _read(file, 1)
        marker = byte[0]
        if marker in {0x01, *range(0xD0, 0xD9)}:
            continue
        if marker in {0xD9, 0xDA}:
            raise ValueError("no frame")
        (length,) = struct.unpack(">H", _read(file, 2))
        if marker == _JPEG_LS or (0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}):
            bits, height, width, bands = struct.unpack(">BHHB", _read(file, 6))
            if marker not in {0xC0, 0xC1, 0xC2} or bits != 8:
                raise RefusedFile(
                    _("This kind of JPEG (lossless, arithmetic or of 12 bits) is not accepted. Export it as baseline JPEG or TIFF."),
                    "coding",
                )
            return Claim(width, height, bands, bits, strips=marker != 0xC2)
        if length < 2 or file.tell() + length - 2 > size:
            raise ValueError("segment beyond the end")
        file.seek(length - 2, 1)
    raise ValueError("too many segments")


def _png(file: BinaryIO, size: int) -> Claim:
    _read(file, 8)
    length, kind = struct.unpack(">I4s", _read(file, 8))
    if kind != b"IHDR" or length != 13:
        raise ValueError("no IHDR")
    width, height, bits, colour, _deflate, _filter, interlace = struct.unpack(">IIBBBBB", _read(file, 13))
    bands = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour] if colour in {0, 2, 3, 4, 6} else 0
    if not bands or bits not in {1, 2, 4, 8, 16} or interlace > 1:
        raise ValueError("IHDR")
    if size < 57:  # signature, IHDR, an empty IDAT and IEND
        raise ValueError("no data")
    return Claim(width, height, bands, bits, strips=not interlace)


def _gif(file: BinaryIO, size: int) -> Claim:
    width, height = struct.unpack("<HH", _read(file, 10)[6:])
    return Claim(width, height, strips=False)


def _webp(file: BinaryIO, size: int) -> Claim:
    head = _read(file, 30)
    kind = head[12:16]
    if kind == b"VP8X":
        return Claim(int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1, strips=False)
    if kind == b"VP8 " and head[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", head[26:30])
        return Claim(width & 0x3FFF, height & 0x3FFF, strips=False)
    if kind == b"VP8L" and head[20] == 0x2F:
        bits = int.from_bytes(head[21:25], "little")
        return Claim((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, 4, strips=False)
    raise ValueError("chunk")


def _avif(file: BinaryIO, size: int) -> Claim:
    """The largest ``ispe`` property (ISO/IEC 23008-12, 6.5.3) of the meta box; a grid's own size is the largest one."""
    data = file.read(SEARCH)
    best = (0, 0)
    at = data.find(b"ispe")
    while at >= 0:
        if at + 16 <= len(data):
            width, height = struct.unpack(">II", data[at + 8 : at + 16])
            best = max(best, (width, height), key=lambda pair: pair[0] * pair[1])
        at = data.find(b"ispe", at + 4)
    if best == (0, 0):
        raise ValueError("no ispe")
    return Claim(*best, strips=False)


def _codestream(data: bytes) -> Claim:
    """The SIZ marker of a JPEG 2000 codestream (ISO/IEC 15444-1, A.5.1)."""
    xsize, ysize, xoff, yoff = struct.unpack(">IIII", data[8:24])
    (bands,) = struct.unpack(">H", data[40:42])
    return Claim(xsize - xoff, ysize - yoff, bands, (data[42] & 0x7F) + 1, strips=False)


def _j2k(file: BinaryIO, size: int) -> Claim:
    return _codestream(_read(file, 43))


def _jp2(file: BinaryIO, size: int) -> Claim:
    """The image header is believed only together with the codestream's own size."""
    data = file.read(SEARCH)
    at = data.find(b"\xff\x4f\xff\x51")
    if at < 0:
        raise ValueError("no codestream")
    return _codestream(data[at:])


def _tiff(file: BinaryIO, size: int) -> Claim:
    """The first directory of a TIFF 6.0 or BigTIFF file that is no reduced copy or mask (NewSubfileType, bits 0 and 2)."""
    head = _read(file, 8)
    order = "<" if head[:2] == b"II" else ">"
    big = head[2:4] in {b"+\0", b"\0+"}
    if big:
        (at,) = struct.unpack(order + "Q", _read(file, 8))
    else:
        (at,) = struct.unpack(order + "I", head[4:8])
    first, at = _directory(file, at, order, big)
    if _DNG_VERSION in first or (_is_reduced(first) and _SUB_DIRECTORIES in first):
        raise RefusedFile(_("This is a camera's raw file (DNG, NEF, ARW …). Develop it and export it as TIFF or JPEG."), "raw")
    tags = first
    for _number in range(MOST_DIRECTORIES):
        if not _is_reduced(tags) or not at:
            break
        tags, at = _directory(file, at, order, big)
    if _is_reduced(tags):
        tags = first
    if 256 not in tags or 257 not in tags:
        raise ValueError("no size")
    compression = tags.get(_COMPRESSION, 1)
    if compression not in _READABLE:
        raise RefusedFile(
            _("The TIFF is compressed by %(name)s, which cannot be read here. Export it with LZW, Deflate or without compression.")
            % {"name": _COMPRESSIONS.get(compression, compression)},
            "compression",
        )
    colours = tags.get(_PHOTOMETRIC, 1)
    if colours not in _COLOURS:
        raise RefusedFile(
            _("The TIFF’s colours are stored as %(name)s, which cannot be read here. Export it in RGB, CMYK, CIELAB or grey.")
            % {"name": _OTHER_COLOURS.get(colours, colours)},
            "colours",
        )
    return Claim(tags[256], tags[257], tags.get(277, 1), tags.get(258, 1))


def _directory(file: BinaryIO, at: int, order: str, big: bool) -> tuple[dict[int, int], int]:
    """The tags of the directory at this place, and the place of the next one, 0 without."""
    file.seek(at)
    (count,) = struct.unpack(order + ("Q" if big else "H"), _read(file, 8 if big else 2))
    if not 0 < count <= MOST_ENTRIES:
        raise ValueError("directory")
    tags = _tags(_read(file, count * (20 if big else 12)), order, big)
    following = file.read(8 if big else 4)
    return tags, int.from_bytes(following, "little" if order == "<" else "big") if len(following) == (8 if big else 4) else 0


def _is_reduced(tags: dict[int, int]) -> bool:
    return bool(tags.get(_NEW_SUBFILE_TYPE, 0) & 5)


def _tags(data: bytes, order: str, big: bool) -> dict[int, int]:
    """The first value of each whole-number tag; BitsPerSample may lie elsewhere, then it counts as 8."""
    found = {}
    step, value_at, room = (20, 12, 8) if big else (12, 8, 4)
    for at in range(0, len(data), step):
        tag, kind = struct.unpack(order + "HH", data[at : at + 4])
        (count,) = struct.unpack(order + ("Q" if big else "I"), data[at + 4 : at + value_at])
        code, width = {1: ("B", 1), 3: ("H", 2), 4: ("I", 4), 13: ("I", 4), 16: ("Q", 8), 18: ("Q", 8)}.get(kind, ("", 0))
        if not code:
            continue
        if count * width <= room:
            (found[tag],) = struct.unpack(order + code, data[at + value_at : at + value_at + width])
        elif tag in {258, _SUB_DIRECTORIES}:
            found[tag] = 8
    return found


_READERS: dict[str, Callable[[BinaryIO, int], Claim]] = {
    "jpeg": _jpeg,
    "png": _png,
    "tiff": _tiff,
    "webp": _webp,
    "gif": _gif,
    "avif": _avif,
    "jp2": _jp2,
    "j2k": _j2k,
}
