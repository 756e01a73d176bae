"""Files that name their colour space instead of carrying a profile, and what stands before the picture in a file."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, TiffImagePlugin

from media import dimensions, formats, limits
from media.errors import RefusedFile
from media.pyramid.source import open_source
from tests.media import files
from tests.media.test_colour import chart, fields, lab, wide, wide_profile

WHITE = (0.3127, 0.3290)
RED_GREEN_BLUE = np.array([[0.64, 0.33], [0.21, 0.71], [0.15, 0.06]])  # Adobe RGB


def linear(colours: np.ndarray) -> np.ndarray:
    return np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)


def in_space(primaries: np.ndarray, gamma: float | None) -> np.ndarray:
    """The chart in another space of the same white; by the definition of chromaticities, without any profile."""

    def to_xyz(points: np.ndarray) -> np.ndarray:
        columns = np.array([[x / y, 1, (1 - x - y) / y] for x, y in points]).T
        white = np.array([WHITE[0] / WHITE[1], 1, (1 - WHITE[0] - WHITE[1]) / WHITE[1]])
        return columns * np.linalg.solve(columns, white)

    srgb = to_xyz(np.array([[0.64, 0.33], [0.30, 0.60], [0.15, 0.06]]))
    there = np.clip(linear(chart() / 255) @ srgb.T @ np.linalg.inv(to_xyz(primaries)).T, 0, 1)
    curved = there ** (1 / gamma) if gamma else np.where(there <= 0.0031308, there * 12.92, 1.055 * there ** (1 / 2.4) - 0.055)
    return np.rint(curved * 255).astype(np.uint8)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(pixels: np.ndarray, *chunks: bytes) -> bytes:
    data = files.encoded(pixels, "PNG")
    return data[:33] + b"".join(chunks) + data[33:]


def set_to_adobe_rgb() -> bytes:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0xA001] = 65535
    exif.get_ifd(0x8769)[0xA005] = {1: "R03", 2: b"0100"}
    return files.encoded(in_space(RED_GREEN_BLUE, 563 / 256), "JPEG", quality=97, subsampling=0, exif=exif)


def with_chromaticities() -> bytes:
    points = [round(value * 100_000) for value in (*WHITE, *RED_GREEN_BLUE.ravel())]
    pixels = in_space(RED_GREEN_BLUE, 2.2)
    return png(pixels, chunk(b"cHRM", struct.pack(">8I", *points)), chunk(b"gAMA", struct.pack(">I", 45455)))


def in_linear_light() -> bytes:
    return png(np.rint(linear(chart() / 255) * 255).astype(np.uint8), chunk(b"gAMA", struct.pack(">I", 100_000)))


P3 = np.array([[0.68, 0.32], [0.265, 0.69], [0.15, 0.06]])


def avif_by_code_points() -> bytes:
    data = files.encoded(in_space(P3, None), "AVIF", quality=97, subsampling="4:4:4")
    at = data.index(b"nclx")
    return data[: at + 4] + struct.pack(">H", 12) + data[at + 6 :]


def jpeg_2000_with_a_profile() -> bytes:
    data = files.encoded(wide(), "JPEG2000")
    box = struct.pack(">I4sBBB", 11 + len(wide_profile()), b"colr", 2, 0, 0) + wide_profile()
    at, header = data.index(b"colr") - 4, data.index(b"jp2h") - 4
    (old,), (whole,) = struct.unpack(">I", data[at : at + 4]), struct.unpack(">I", data[header : header + 4])
    return data[:header] + struct.pack(">I", whole - old + len(box)) + data[header + 4 : at] + box + data[at + old :]


NAMED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "JPEG of a camera set to Adobe RGB": ("jpeg", set_to_adobe_rgb),
    "PNG with chromaticities and gamma": ("png", with_chromaticities),
    "PNG in linear light": ("png", in_linear_light),
    "PNG by code points": ("png", lambda: png(in_space(P3, None), chunk(b"cICP", bytes([12, 13, 0, 1])))),
    "PNG that says sRGB and its gamma": ("png", lambda: png(chart(), chunk(b"sRGB", b"\0"), chunk(b"gAMA", struct.pack(">I", 45455)))),
    "PNG with the gamma of sRGB alone": ("png", lambda: png(chart(), chunk(b"gAMA", struct.pack(">I", 45455)))),
    "PNG of high dynamic range is left as it is": ("png", lambda: png(chart(), chunk(b"cICP", bytes([9, 16, 0, 1])))),
    "PNG whose chunks say nothing": ("png", lambda: png(chart(), chunk(b"cHRM", bytes(32)), chunk(b"gAMA", bytes(4)))),
    "AVIF by code points": ("avif", avif_by_code_points),
    "JPEG 2000 with a profile": ("jp2", jpeg_2000_with_a_profile),
}


def shown(data: bytes, key: str, tmp_path: Path) -> np.ndarray:
    path = tmp_path / "picture"
    path.write_bytes(data)
    strips: list[np.ndarray] = []
    open_source(path, key, strict=True).pour(64, lambda strip: strips.append(strip.copy()))
    return np.concatenate(strips)


@pytest.mark.parametrize("name", NAMED)
def test_a_space_that_is_only_named_is_the_space(tmp_path: Path, name: str) -> None:
    key, make = NAMED[name]
    difference = np.sqrt(((lab(fields(shown(make(), key, tmp_path))) - lab(fields(chart()))) ** 2).sum(axis=1))
    assert difference.max() < 2.5, f"{name}: {difference.round(1)}"


def test_grey_in_linear_light_is_grey(tmp_path: Path) -> None:
    grey = np.repeat(np.arange(0, 256, 8, dtype=np.uint8)[None, :], 40, 0)
    data = png(np.rint(linear(grey / 255) * 255).astype(np.uint8), chunk(b"gAMA", struct.pack(">I", 100_000)))
    found = shown(data, "png", tmp_path)
    assert found.shape == (40, 32, 1)
    assert np.abs(found[0, 8:, 0].astype(int) - grey[0, 8:]).max() <= 4


def two_directories(first: int, second: int) -> bytes:
    """A small red picture and then the chart, each with its NewSubfileType."""
    out = io.BytesIO()
    with TiffImagePlugin.AppendingTiffWriter(out) as file:
        for picture, kind in ((Image.new("RGB", (32, 24), "red"), first), (Image.fromarray(chart()), second)):
            picture.save(file, "TIFF", tiffinfo={254: kind})
            file.newFrame()
    return out.getvalue()


def claimed(data: bytes) -> dimensions.Claim:
    found = formats.recognise(data[: formats.HEAD], len(data))
    claim = dimensions.claim(io.BytesIO(data), found, len(data))
    dimensions.check(claim, found, len(data), limits.current())
    return claim


def test_a_thumbnail_before_the_picture_is_not_taken_for_it(tmp_path: Path) -> None:
    data = two_directories(1, 0)
    assert (claimed(data).height, claimed(data).width) == chart().shape[:2]
    assert (shown(data, "tiff", tmp_path) == chart()).all()


def test_a_file_of_thumbnails_alone_shows_the_first(tmp_path: Path) -> None:
    data = two_directories(1, 1)
    assert (claimed(data).height, claimed(data).width) == (24, 32)
    assert shown(data, "tiff", tmp_path).shape == (24, 32, 3)


def of_twelve_bits() -> bytes:
    data = bytearray(files.encoded(chart(), "JPEG"))
    at = data.index(b"\xff\xc0")
    data[at + 1], data[at + 4] = 0xC1, 12
    return bytes(data)


def tagged(**tags: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (32, 24), "red").save(out, "TIFF", tiffinfo={int(name[1:]): value for name, value in tags.items()})
    return out.getvalue()


def compressed_by(number: int) -> bytes:
    data = bytearray(files.encoded(chart(), "TIFF"))
    at = data.index(struct.pack("<HHII", 259, 3, 1, 1))
    data[at + 8 : at + 10] = struct.pack("<H", number)
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (of_twelve_bits(), "coding"),
        (compressed_by(50000), "compression"),
        (compressed_by(34661), "compression"),
        (tagged(_50706=1), "raw"),
        (tagged(_254=1, _330=8), "raw"),
    ],
)
def test_what_no_decoder_here_can_read_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(RefusedFile) as refused:
        claimed(data)
    assert refused.value.code == code
