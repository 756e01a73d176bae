"""Kinds of files that few programs write: JPEG 2000 of many bits, floating-point samples with a profile, greys in linear light, TIFF in tiles by plane."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from openjpeg.utils import encode_array
from PIL import Image, ImageCms

from media import greys
from media.errors import DamagedFile, NoColours, RefusedFile
from media.pyramid import jpeg2000, named
from media.pyramid.source import open_source
from tests.media import files
from tests.media.test_colour import chart, fields, lab
from tests.media.test_named_spaces import chunk, claimed, compressed_by, linear, png, shown

GREYS = np.repeat(np.arange(0, 256, 4, dtype=np.uint8)[None, :], 40, 0)
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def profile(curve: named.Curve, *, grey: bool = False) -> bytes:
    return named._icc(named.Space(named._SRGB, curve, grey))


def jpeg_2000(bits: int, box: int = 1) -> bytes:
    samples = np.rint(chart() / 255 * ((1 << bits) - 1)).astype(np.uint16)
    return bytes(encode_array(samples, bits_stored=bits, photometric_interpretation=1, codec_format=box))


def jpeg_2000_in_luma_and_chroma() -> bytes:
    y, cb, cr = (np.asarray(Image.fromarray(chart()).convert("YCbCr"))[:, :, band].astype(np.float64) for band in range(3))
    samples = np.rint(np.dstack([y, cb, cr]) * 257).astype(np.uint16)
    data = bytes(encode_array(samples, bits_stored=16, photometric_interpretation=1, codec_format=1, use_mct=False))
    at = data.index(b"colr") + 7
    return data[:at] + struct.pack(">I", 18) + data[at + 4 :]


def jpeg_2000_with_alpha() -> bytes:
    """The chart beside fields of any colour that nobody can see."""
    clear = np.dstack([chart(), np.full(chart().shape[:2], 255, np.uint8)]).astype(np.uint16) * 257
    return bytes(encode_array(clear, bits_stored=16, photometric_interpretation=0, codec_format=1))


def floating(pixels: np.ndarray, icc: bytes) -> bytes:
    import pyvips

    height, width, bands = pixels.shape
    image = pyvips.Image.new_from_memory(np.ascontiguousarray(pixels, np.float32).tobytes(), width, height, bands, "float")
    image = image.copy(interpretation="scrgb" if bands > 2 else "b-w")
    image.set_type(pyvips.GValue.blob_type, "icc-profile-data", icc)
    return bytes(image.tiffsave_buffer(compression="deflate"))


def by_plane_in_tiles() -> bytes:
    """Not compressed, one tile of each colour as large as the picture (a multiple of 16)."""
    pixels = chart()[: -(chart().shape[0] % 16) or None, : -(chart().shape[1] % 16) or None]
    height, width = pixels.shape[:2]
    tags = [
        (256, "I", [width]), (257, "I", [height]), (258, "H", [8, 8, 8]), (259, "H", [1]), (262, "H", [2]), (277, "H", [3]),
        (284, "H", [2]), (322, "I", [width]), (323, "I", [height]), (324, "I", []), (325, "I", [width * height] * 3),
    ]  # fmt: skip
    beyond = 8 + 2 + 12 * len(tags) + 4
    start = beyond + 8 + 12 + 12
    entries = elsewhere = b""
    for tag, code, values in tags:
        said = [start + width * height * plane for plane in range(3)] if tag == 324 else values
        raw = struct.pack(f"<{len(said)}{code}", *said)
        entries += struct.pack("<HHI", tag, 3 if code == "H" else 4, len(said))
        entries += raw.ljust(4, b"\0") if len(raw) <= 4 else struct.pack("<I", beyond + len(elsewhere))
        elsewhere += raw.ljust(8, b"\0") if tag == 258 else raw if len(raw) > 4 else b""
    planes = b"".join(pixels[:, :, band].tobytes() for band in range(3))
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + entries + bytes(4) + elsewhere + planes


def old_jpeg() -> bytes:
    """A whole JPEG that the tags of TIFF 6.0's own section 22 point at."""
    data = files.encoded(chart(), "JPEG", quality=95, subsampling=0)
    height, width = chart().shape[:2]
    tags: list[tuple[int, int, int, int | None]] = [
        (256, 4, 1, width), (257, 4, 1, height), (258, 3, 3, 0), (259, 3, 1, 6), (262, 3, 1, 6), (273, 4, 1, None), (277, 3, 1, 3),
        (278, 4, 1, height), (279, 4, 1, len(data)), (512, 3, 1, 1), (513, 4, 1, None), (514, 4, 1, len(data)), (530, 3, 2, 1 | 1 << 16),
    ]  # fmt: skip
    beyond = 8 + 2 + 12 * len(tags) + 4
    entries = b"".join(
        struct.pack("<HHII", tag, kind, count, beyond if tag == 258 else beyond + 6 if value is None else value)
        for tag, kind, count, value in tags
    )
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + entries + bytes(4) + struct.pack("<3H", 8, 8, 8) + data


RARE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "JPEG 2000 of 10 bits": ("jp2", lambda: jpeg_2000(10)),
    "JPEG 2000 of 12 bits": ("jp2", lambda: jpeg_2000(12)),
    "JPEG 2000 of 16 bits": ("jp2", lambda: jpeg_2000(16)),
    "codestream of 16 bits": ("j2k", lambda: jpeg_2000(16, 0)),
    "JPEG 2000 of 16 bits in luma and chroma": ("jp2", jpeg_2000_in_luma_and_chroma),
    "JPEG 2000 of 16 bits with transparency": ("jp2", jpeg_2000_with_alpha),
    "floating point, encoded as sRGB": ("tiff", lambda: floating(chart() / 255, SRGB)),
    "floating point in linear light": ("tiff", lambda: floating(linear(chart() / 255), profile(1.0))),
    "TIFF in tiles by plane": ("tiff", by_plane_in_tiles),
    "TIFF with JPEG as it was at first": ("tiff", old_jpeg),
}


@pytest.mark.parametrize("name", RARE)
def test_rare_kinds_come_out_in_their_colours(tmp_path: Path, name: str) -> None:
    key, make = RARE[name]
    difference = np.sqrt(((lab(fields(shown(make(), key, tmp_path))) - lab(fields(chart()))) ** 2).sum(axis=1))
    assert difference.max() < 2.5, f"{name}: {difference.round(1)}"


@pytest.mark.parametrize(
    ("key", "data"),
    [
        ("png", png(np.rint(linear(GREYS / 255) * 65535).astype(np.uint16), chunk(b"gAMA", struct.pack(">I", 100_000)))),
        ("png", files.encoded(np.rint(linear(GREYS / 255) * 65535).astype(np.uint16), "PNG", icc_profile=profile(1.0, grey=True))),
        ("tiff", floating(linear(GREYS / 255)[:, :, None], profile(1.0, grey=True))),
        ("tiff", floating(linear(GREYS / 255)[:, :, None] ** (1 / 2.2), profile(2.2, grey=True))),
    ],
)
def test_dark_greys_of_many_bits_are_as_dark_as_they_were(tmp_path: Path, key: str, data: bytes) -> None:
    found = shown(data, key, tmp_path)
    assert found.shape == (40, 64, 1)
    assert np.abs(found[0, :, 0].astype(int) - GREYS[0]).max() <= 1


def test_a_grey_profile_that_is_not_understood_is_left_to_the_library() -> None:
    assert greys.table(SRGB) is None
    assert greys.table(b"") is None
    table = greys.table(profile(None, grey=True))
    assert table is not None
    assert np.abs(table[::257].astype(int) - np.arange(256)).max() <= 1


def test_floating_point_without_a_profile_is_linear_light_and_greys_are_measurements(tmp_path: Path) -> None:
    import pyvips

    def said(pixels: np.ndarray, interpretation: str) -> bytes:
        height, width, bands = pixels.shape
        image = pyvips.Image.new_from_memory(np.ascontiguousarray(pixels, np.float32).tobytes(), width, height, bands, "float")
        return bytes(image.copy(interpretation=interpretation).tiffsave_buffer())

    found = shown(said(linear(chart() / 255), "scrgb"), "tiff", tmp_path)
    assert np.sqrt(((lab(fields(found)) - lab(fields(chart()))) ** 2).sum(axis=1)).max() < 2.5
    with pytest.raises(NoColours):
        shown(said(GREYS[:, :, None] / 255, "b-w"), "tiff", tmp_path)


def test_premultiplied_colours_are_known_by_the_reference_in_the_file(tmp_path: Path) -> None:
    plain = files.encoded(np.dstack([chart(), np.full(chart().shape[:2], 128, np.uint8)]), "AVIF")
    assert not named.is_premultiplied(files.saved(tmp_path, "a.avif", plain))
    at = plain.index(b"iref")
    (length,) = struct.unpack(">I", plain[at - 4 : at])
    reference = struct.pack(">I4sHHH", 14, b"prem", 1, 1, 2)
    marked = plain[: at - 4] + struct.pack(">I", length + 14) + plain[at : at - 4 + length] + reference + plain[at - 4 + length :]
    assert named.is_premultiplied(files.saved(tmp_path, "b.avif", marked))


@pytest.mark.parametrize("number", [34925, 34676, 32809, 65000])
def test_a_compression_that_would_come_out_black_is_refused(number: int) -> None:
    with pytest.raises(RefusedFile) as refused:
        claimed(compressed_by(number))
    assert refused.value.code == "compression"


@pytest.mark.parametrize("number", [4, 9, 10, 32803, 34892])
def test_colours_that_would_be_taken_for_others_are_refused(number: int) -> None:
    with pytest.raises(RefusedFile) as refused:
        claimed(files.tiff(chart(), number))
    assert refused.value.code == "colours"


def test_a_tiff_of_64_bits_is_not_called_damaged(tmp_path: Path) -> None:
    with pytest.raises(NoColours):
        open_source(files.saved(tmp_path, "a.tif", files.tiff(chart() / 255, 2)), "tiff", strict=True)


def test_jpeg_ls_is_refused_for_what_it_is() -> None:
    with pytest.raises(RefusedFile) as refused:
        claimed(bytes.fromhex("ffd8fff7000b08001000100101110000"))
    assert refused.value.code == "coding"


def test_components_that_differ_are_never_given_to_a_library_that_takes_them_for_alike(tmp_path: Path) -> None:
    data = bytearray(jpeg_2000(16))
    at = data.index(b"\xff\x4f\xff\x51") + 42
    for place, value in ((at + 3, 7), (at + 4, 2), (at, 37)):  # another depth, every second pixel, 38 bits
        broken = bytearray(data)
        broken[place] = value
        path = files.saved(tmp_path, "picture.jp2", bytes(broken))
        with pytest.raises(DamagedFile):
            open_source(path, "jp2", strict=True)
    for end in (at - 30, at - 1, at, at + 1, at + 4):  # cut off within the sizes of picture and components
        path = files.saved(tmp_path, "picture.jp2", bytes(data[:end]))
        with pytest.raises(DamagedFile):
            open_source(path, "jp2", strict=True)
    path = files.saved(tmp_path, "palette.jp2", bytes(data).replace(b"colr", b"pclr", 1))
    assert jpeg2000.boxes(path).palette
    assert jpeg2000.deep(path, jpeg2000.boxes(path)) is None


def test_pictures_of_eight_bits_are_left_to_pillow(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.fromarray(chart()).save(out, "JPEG2000")
    path = files.saved(tmp_path, "picture.jp2", out.getvalue())
    assert jpeg2000.deep(path, jpeg2000.boxes(path)) is None
