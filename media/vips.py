"""libvips: reads pictures in strips as sRGB, scales, turns and encodes arrays. The only module that knows pyvips.

Arrays are ``(height, width, bands)`` of 8 bits, 1 (grey), 3 (RGB) or 4 (RGB and alpha) bands.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("VIPS_WARNING", "0")
os.environ.setdefault("VIPS_BLOCK_UNTRUSTED", "1")
os.environ.setdefault("VIPS_CONCURRENCY", "1")  # requests run beside each other already; the decoding child sets its own

import numpy as np
import pyvips

from media import greys
from media.errors import DamagedFile, NoColours

UNSEEN = 3  # of 255: what two sRGB profiles of different makers differ by
SLICE = 32  # rows that libvips hands over at a time: its own buffers stay small

pyvips.cache_set_max(0)
pyvips.operation_block_set("VipsForeignLoad", True)
_LOADERS = {
    "jpeg": "VipsForeignLoadJpegFile",
    "png": "VipsForeignLoadPngFile",
    "tiff": "VipsForeignLoadTiffFile",
    "webp": "VipsForeignLoadWebpFile",
    "gif": "VipsForeignLoadNsgifFile",
    "avif": "VipsForeignLoadHeifFile",
}
for _loader in _LOADERS.values():
    pyvips.operation_block_set(_loader, False)


@dataclass(frozen=True)
class Picture:
    """An open picture, upright and in sRGB: its size, 1 or 3 bands, and technical facts about the original."""

    image: Any
    width: int
    height: int
    bands: int
    facts: dict[str, Any]

    def pour(self, rows: int, sink: Callable[[np.ndarray], None]) -> None:
        """Hand the pixels to ``sink`` from top to bottom, ``rows`` at a time (the last fewer). Raises DamagedFile.

        There are two strips by turns: one may still be read while the next is being filled. It is overwritten by the next but one.
        """
        line = self.width * self.bands
        strip, other = (np.empty(min(rows, self.height) * line, np.uint8) for _ in range(2))
        failures: list[BaseException] = []
        at = top = 0

        def write(data: Any) -> int:
            nonlocal at, top, strip, other
            chunk = np.frombuffer(data, np.uint8)
            done = 0
            try:
                while done < len(chunk):
                    room = min(rows, self.height - top) * line
                    take = min(room - at, len(chunk) - done)
                    strip[at : at + take] = chunk[done : done + take]
                    at, done = at + take, done + take
                    if at == room:
                        sink(strip[:room].reshape(-1, self.width, self.bands))
                        at, top, strip, other = 0, top + rows, other, strip
            except BaseException as error:  # it would be lost in libvips: kept, and raised again below
                failures.append(error)
                return -1
            return len(chunk)

        target = pyvips.TargetCustom()
        target.on_write(write)
        try:
            self.image.rawsave_target(target)
        except pyvips.Error as error:
            if failures:
                raise failures[0] from None
            raise DamagedFile(_reason(error)) from error
        if top < self.height:
            raise DamagedFile("the pixels end early")


def open_picture(
    path: Path,
    key: str,
    *,
    strict: bool = True,
    turn: int = 0,
    beside: int = 0,
    page: int = 0,
    named: bytes | None = None,
    premultiplied: bool = False,
) -> Picture:
    """Open a page of a picture of format ``key``. ``strict`` also refuses what decoders only warn of.

    ``turn``: quarter turns in degrees clockwise, after those that the file itself asks for. ``beside``: how many of its last bands
    are neither colour nor transparency. ``named``: a profile of the colour space that the file only names. ``premultiplied``: colours are
    stored as they are over black.

    Raises DamagedFile.
    """
    loader = {"jpeg": "jpegload", "png": "pngload", "tiff": "tiffload", "webp": "webpload", "gif": "gifload", "avif": "heifload"}[key]
    options: dict[str, Any] = {"fail_on": "warning" if strict else "error"}
    if page:
        options["page"] = page
    try:
        image = getattr(pyvips.Image, loader)(str(path), access="sequential", **options)
        turned = _field(image, "orientation", 1)
        if turned not in {0, 1} or turn:  # a turned picture cannot be read from top to bottom
            image = getattr(pyvips.Image, loader)(str(path), access="random", **options)
        facts = _facts(image)
        if named and not image.get_typeof("icc-profile-data"):
            image = image.copy()
            image.set_type(pyvips.GValue.blob_type, "icc-profile-data", named)
        if 0 < beside < image.bands:
            image = image.extract_band(0, n=image.bands - beside)
        if premultiplied and image.hasalpha():
            image = image.unpremultiply().cast(image.format)
        upright = image.autorot() if turned not in {0, 1} else image
        flat = _to_srgb(_turned(upright, turn))
    except pyvips.Error as error:
        kind = NoColours if "samples out of range" in str(error) else DamagedFile  # the former: TIFF of more than 32 bits a sample
        raise kind(_reason(error)) from error
    return Picture(flat, flat.width, flat.height, flat.bands, facts)


def _turned(image: Any, turn: int) -> Any:
    return getattr(image, f"rot{turn}")() if turn else image


def from_array(pixels: np.ndarray, profile: bytes | None = None, interpretation: str | None = None, *, turn: int = 0) -> Picture:
    """A picture that another decoder has read: 8 or 16 bits, with its ICC profile. ``interpretation`` "lab": L* from 0 to 255, a* and b* from -128 at 0."""
    height, width, bands = pixels.shape
    wide = pixels.dtype == np.uint16
    grey = bands < 3
    image = pyvips.Image.new_from_memory(np.ascontiguousarray(pixels), width, height, bands, "ushort" if wide else "uchar")
    if interpretation == "lab":
        image = image.linear([100 / 255, 1, 1], [0, -128, -128])
    image = image.copy(
        interpretation=interpretation
        or {(True, True): "grey16", (True, False): "b-w", (False, True): "rgb16", (False, False): "srgb"}[grey, wide]
    )
    if profile:
        image = image.copy()
        image.set_type(pyvips.GValue.blob_type, "icc-profile-data", profile)
    facts = _facts(image)
    flat = _to_srgb(_turned(image, turn))
    return Picture(flat, flat.width, flat.height, flat.bands, facts)


def _of_whole_numbers(image: Any) -> Any:
    """Samples that a colour space explains, of 8 or 16 bits but for those that libvips itself takes as they are. Raises NoColours."""
    grey = image.interpretation in {"b-w", "grey16"}
    if image.format in {"float", "double"} and image.get_typeof("icc-profile-data") and (grey or image.interpretation == "scrgb"):
        # the profile says what the numbers are, not the kind of number: image editors write both encoded and linear light so
        image = (image * 65535).cast("ushort").copy(interpretation="grey16" if grey else "rgb16")
    if image.format in {"float", "double", "complex", "dpcomplex"} and image.interpretation not in {"lab", "xyz", "scrgb", "labs", "lch"}:
        raise NoColours("floating-point samples without a colour space")
    if image.format in {"int", "char"} or (image.format == "short" and image.interpretation != "labs"):
        raise NoColours("signed samples, which no colour space says how to show")
    if image.format == "uint":
        image = (image / 65537).cast("ushort").copy(interpretation="grey16" if image.bands < 3 else "rgb16")
    return image


def _to_srgb(image: Any) -> Any:
    """8 bits, sRGB or grey, alpha laid over white."""
    image = _of_whole_numbers(image)
    grey = image.interpretation in {"b-w", "grey16"}
    if image.interpretation in {"lab", "labs"}:
        # CIELAB in files is that of D50 (libtiff's WhitePoint where none is said; ICC.1, 6.3.4), libvips' own of D65
        colours = image.extract_band(0, n=3).colourspace("lab")
        image = colours.icc_export(output_profile="srgb", intent="relative", black_point_compensation=True, depth=8)
    elif grey and image.get_typeof("icc-profile-data") and (shown := greys.table(image.get("icc-profile-data"))) is not None:
        image = _by_table(image, shown)
    elif image.get_typeof("icc-profile-data") and not _is_srgb(image):
        try:
            image = image.icc_transform("srgb", embedded=True, intent="relative", black_point_compensation=True, depth=8)
        except pyvips.Error:  # a profile that contradicts the pixels: the usual colour space is the better guess
            image = image.colourspace("b-w" if grey else "srgb")
    else:
        image = image.colourspace("b-w" if grey else "srgb")
    if image.hasalpha():
        image = image.flatten(background=[255] * (image.bands - 1))
    if image.bands == 2:
        image = image[0]
    if image.bands > 3:
        image = image.extract_band(0, n=3)
    if grey and image.bands == 3:
        image = image.colourspace("b-w")[0]
    return image.cast("uchar") if image.format != "uchar" else image


def _by_table(image: Any, shown: np.ndarray) -> Any:
    """The grey band by a table of 65,536 values; transparency, if there is any, beside it in 8 bits."""
    wide = image.format == "ushort"
    values = np.ascontiguousarray(shown if wide else shown[::257])
    table = pyvips.Image.new_from_memory(values, len(values), 1, 1, "uchar")
    grey = image[0].maplut(table)
    if image.bands > 1:
        beside = image.extract_band(1, n=image.bands - 1)
        grey = grey.bandjoin((beside >> 8).cast("uchar") if wide else beside)
    return grey.copy(interpretation="b-w")


def _is_srgb(image: Any) -> bool:
    """True when the profile changes no colour visibly, as those of most cameras: then nothing is converted.

    Asked of a lattice of colours, never of the name: “sRGB-elle-V2-g10” and “Linear sRGB” are linear.
    """
    if image.interpretation not in {"srgb", "rgb", "rgb16"}:
        return False
    steps = np.linspace(0, 255, 6).astype(np.uint8)
    lattice = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(6, 36, 3)
    probe = _image(lattice)
    probe.set_type(pyvips.GValue.blob_type, "icc-profile-data", image.get("icc-profile-data"))
    try:
        shown = _pixels(probe.icc_transform("srgb", embedded=True, intent="relative", black_point_compensation=True, depth=8))
    except pyvips.Error:  # not of this kind of pixels, or broken
        return False
    return shown.shape == lattice.shape and int(np.abs(shown.astype(np.int16) - lattice).max()) <= UNSEEN


def profile_name(profile: bytes) -> str:
    """The description (tag ``desc``) of an ICC profile (ICC.1:2022, 9.2.41), or an empty string."""
    for at in range(132, min(len(profile), 132 + 12 * 100), 12):
        if profile[at : at + 4] == b"desc":
            start = int.from_bytes(profile[at + 4 : at + 8], "big")
            body = profile[start : start + int.from_bytes(profile[at + 8 : at + 12], "big")]
            if body[:4] == b"desc":
                return body[12 : 12 + int.from_bytes(body[8:12], "big")].split(b"\0")[0].decode("latin-1").strip()
            if body[:4] == b"mluc":
                length, offset = int.from_bytes(body[20:24], "big"), int.from_bytes(body[24:28], "big")
                return body[offset : offset + length].decode("utf-16-be", "replace").strip("\0 ")
    return ""


def _field(image: Any, name: str, default: Any) -> Any:
    return image.get(name) if image.get_typeof(name) else default


def _facts(image: Any) -> dict[str, Any]:
    """What is worth knowing about the original, in plain values."""
    bits = {"uchar": 8, "char": 8, "ushort": 16, "short": 16, "uint": 32, "int": 32, "float": 32, "double": 64}
    facts = {
        "stored_width": image.width,
        "stored_height": image.height,
        "bands": image.bands,
        "bits": _field(image, "bits-per-sample", bits.get(image.format, 8)),
        "colour_space": image.interpretation,
        "alpha": bool(image.hasalpha()),
        "orientation": _field(image, "orientation", 1),
        "pages": _field(image, "n-pages", 1),
        "dpi": round(image.xres * 25.4) if image.xres > 0.1 and image.xres != 1 else None,
    }
    if image.get_typeof("icc-profile-data"):
        facts["profile"] = profile_name(image.get("icc-profile-data"))
    return facts


def _reason(error: pyvips.Error) -> str:
    """The decoder's own last word, for the technical record."""
    lines = [line for line in str(error).splitlines() if line.strip()]
    return lines[-1].strip()[:300] if lines else "decoding failed"


def _image(pixels: np.ndarray) -> Any:
    height, width, bands = pixels.shape
    image = pyvips.Image.new_from_memory(np.ascontiguousarray(pixels), width, height, bands, "uchar")
    return image.copy(interpretation="b-w" if bands < 3 else "srgb")


def _pixels(image: Any) -> np.ndarray:
    return np.frombuffer(image.write_to_memory(), np.uint8).reshape(image.height, image.width, image.bands)


def resize(pixels: np.ndarray, width: int, height: int) -> np.ndarray:
    """Exactly ``width × height`` pixels, by Lanczos when smaller and bicubic when larger."""
    if pixels.shape[:2] == (height, width):
        return pixels
    image = _image(pixels)
    image = image.resize(width / image.width, vscale=height / image.height, kernel="lanczos3" if width <= image.width else "cubic")
    if (image.width, image.height) != (width, height):
        image = image.gravity("north-west", width, height, extend="copy")
    return _pixels(image)


def rotate(pixels: np.ndarray, degrees: float) -> np.ndarray:
    """Turned clockwise by any angle, on a canvas that holds all of it, with a fourth (alpha) band where nothing was."""
    image = _image(pixels)
    if image.bands == 1:
        image = image.bandjoin([image, image])
    image = image.copy(interpretation="srgb").bandjoin(255)
    return _pixels(image.similarity(angle=degrees, background=[255, 255, 255, 0]).cast("uchar"))


def over_white(pixels: np.ndarray) -> np.ndarray:
    """The four-band picture laid over white."""
    return _pixels(_image(pixels).flatten(background=[255, 255, 255]))


def encode(pixels: np.ndarray, fmt: str, *, bits: int = 8) -> bytes:
    """PNG, WebP or AVIF without any metadata. ``bits`` 1 makes a bitonal PNG."""
    image = _image(pixels)
    if fmt == "png":
        return image.pngsave_buffer(compression=3, filter="sub" if bits == 8 else "none", bitdepth=bits, keep="none")
    if fmt == "webp":
        return image.webpsave_buffer(Q=80, effort=0, keep="none")
    if fmt == "avif":
        return image.heifsave_buffer(Q=60, compression="av1", effort=0, keep="none")
    raise ValueError(f"No encoder for {fmt!r}")
