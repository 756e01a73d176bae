"""What is served looks like the original: colour differences (CIE ΔE 1976) against another program's decoding, for every accepted format."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable

import numpy as np
import pytest
from django.test import Client
from PIL import Image, ImageCms

from iiif.image import pictures
from media import derive, ingest
from media.access import set_tier
from media.models import Asset
from tests.media import files

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]

SIDE = 48
# 24 colours of the kind that stand on a colour chart, skin and sky, primaries and greys, in sRGB
CHART = [
    (115, 82, 68), (194, 150, 130), (98, 122, 157), (87, 108, 67), (133, 128, 177), (103, 189, 170),
    (214, 126, 44), (80, 91, 166), (193, 90, 99), (94, 60, 108), (157, 188, 64), (224, 163, 46),
    (56, 61, 150), (70, 148, 73), (175, 54, 60), (231, 199, 31), (187, 86, 149), (8, 133, 161),
    (243, 243, 242), (200, 200, 200), (160, 160, 160), (122, 122, 121), (85, 85, 85), (52, 52, 52),
]  # fmt: skip


def chart() -> np.ndarray:
    """The colours in fields of SIDE pixels, six in a row."""
    colours = np.array(CHART, np.uint8).reshape(4, 6, 3)
    return colours.repeat(SIDE, 0).repeat(SIDE, 1)


def fields(pixels: np.ndarray) -> np.ndarray:
    """The middle colour of each field, shape (24, 3)."""
    inner = SIDE // 4
    return np.array(
        [
            np.median(
                pixels[row * SIDE + inner : (row + 1) * SIDE - inner, column * SIDE + inner : (column + 1) * SIDE - inner], axis=(0, 1)
            )
            for row in range(4)
            for column in range(6)
        ]
    )


def lab(colours: np.ndarray) -> np.ndarray:
    """sRGB (0 to 255) as CIE L*a*b* of D65."""
    linear = np.where(colours / 255 <= 0.04045, colours / 255 / 12.92, ((colours / 255 + 0.055) / 1.055) ** 2.4)
    xyz = linear @ np.array([[0.4124564, 0.2126729, 0.0193339], [0.3575761, 0.7151522, 0.1191920], [0.1804375, 0.0721750, 0.9503041]])
    ratio = xyz / np.array([0.95047, 1.0, 1.08883])
    f = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.stack([116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], axis=1)


P3 = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
SRGB = ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410))


def wide_profile(name: bytes = b"wide", primaries: tuple[tuple[float, ...], ...] = P3, power: float = 2.2) -> bytes:
    """An ICC profile (v2, matrix and gamma) of the primaries of Display P3, or of others, adapted to D50."""

    def xyz(x: float, y: float, z: float) -> bytes:
        return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(value * 65536) for value in (x, y, z)))

    gamma = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(power * 256)) + b"\0\0"
    text = b"desc\0\0\0\0" + struct.pack(">I", len(name) + 1) + name + b"\0" + bytes(79)
    parts = [
        (b"desc", text + bytes(-len(text) % 4)),
        (b"wtpt", xyz(0.9642, 1.0, 0.8249)),
        (b"rXYZ", xyz(*primaries[0])),
        (b"gXYZ", xyz(*primaries[1])),
        (b"bXYZ", xyz(*primaries[2])),
        (b"rTRC", gamma),
        (b"gTRC", gamma),
        (b"bTRC", gamma),
    ]
    at, table, body = 132 + 12 * len(parts), b"", b""
    for name, data in parts:
        table += struct.pack(">4sII", name, at + len(body), len(data))
        body += data
    head = struct.pack(">I4xI12s", at + len(body), 0x02400000, b"mntrRGB XYZ ") + bytes(12) + b"acsp" + bytes(28)
    head += struct.pack(">3i", 0xF6D6, 0x10000, 0xD32D) + bytes(48)
    return head + struct.pack(">I", len(parts)) + table + body


def wide() -> np.ndarray:
    """The chart in the wide space, as littlecms converts it."""
    target = ImageCms.ImageCmsProfile(io.BytesIO(wide_profile()))
    converted = ImageCms.profileToProfile(
        Image.fromarray(chart()), ImageCms.createProfile("sRGB"), target, renderingIntent=1, outputMode="RGB"
    )
    return np.asarray(converted)


def independent(data: bytes) -> np.ndarray:
    """The colours as Pillow and littlecms show them, without any code of ours."""
    image = Image.open(io.BytesIO(data))
    profile = image.info.get("icc_profile")
    if profile:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        image = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), renderingIntent=1, outputMode="RGB")  # type: ignore[assignment]
    return fields(np.asarray(image.convert("RGB")))


def _sixteen(fmt: str) -> bytes:
    import pyvips

    image = pyvips.Image.new_from_memory((chart().astype(np.uint16) * 257).tobytes(), SIDE * 6, SIDE * 4, 3, "ushort").copy(
        interpretation="rgb16"
    )
    return image.pngsave_buffer() if fmt == "PNG" else image.tiffsave_buffer(compression="deflate")


def _lab_tiff() -> bytes:
    import pyvips

    said = _lab_bytes()
    lab_values = np.dstack([said[:, :, 0] / 2.55, *(said[:, :, band].view(np.int8) for band in (1, 2))]).astype(np.float32)
    image = pyvips.Image.new_from_memory(lab_values.tobytes(), SIDE * 6, SIDE * 4, 3, "float").copy(interpretation="lab")
    return image.tiffsave_buffer(compression="deflate")


def _linear() -> bytes:
    """The chart in linear light, 16 bits, with a profile whose name begins with the usual one's."""
    import pyvips

    part = chart() / 255
    light = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    pixels = np.round(light * 65535).astype(np.uint16)
    image = pyvips.Image.new_from_memory(pixels.tobytes(), SIDE * 6, SIDE * 4, 3, "ushort").copy(interpretation="rgb16")
    image = image.copy()
    image.set_type(pyvips.GValue.blob_type, "icc-profile-data", wide_profile(b"sRGB-elle-V2-g10", SRGB, 1.0))
    return image.pngsave_buffer()


def _lab_bytes() -> np.ndarray:
    """The chart as CIELAB of 8 bits: L* from 0 to 255, a* and b* signed (TIFF 6.0, section 23); of D50, as littlecms converts it."""
    to_lab = ImageCms.profileToProfile(
        Image.fromarray(chart()), ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), renderingIntent=1, outputMode="LAB"
    )
    return np.asarray(to_lab)


def _ycbcr(**values: str) -> bytes:
    """The chart as luma and chroma, each of whole size, without JPEG (TIFF 6.0, section 21)."""
    made = io.BytesIO()
    Image.fromarray(chart()).convert("YCbCr").save(made, "TIFF", **values)
    return made.getvalue()


def _masked() -> np.ndarray:
    """The chart with a channel beside it that is black everywhere, as an image editor saves a selection."""
    return np.dstack([chart(), np.zeros((SIDE * 4, SIDE * 6), np.uint8)])


ORIGINALS: dict[str, tuple[Callable[[], bytes], bool]] = {  # how it is made, and whether Pillow reads it without loss of its own
    "jpeg": (lambda: files.encoded(chart(), "JPEG", quality=95, subsampling=0), True),
    "jpeg of a wide space": (lambda: files.encoded(wide(), "JPEG", quality=95, subsampling=0, icc_profile=wide_profile()), True),
    "progressive jpeg": (lambda: files.encoded(chart(), "JPEG", quality=95, progressive=True), True),
    "png": (lambda: files.encoded(chart(), "PNG"), True),
    "png of a wide space": (lambda: files.encoded(wide(), "PNG", icc_profile=wide_profile()), True),
    "png, 16 bits": (lambda: _sixteen("PNG"), True),
    "tiff, LZW": (lambda: files.encoded(chart(), "TIFF", compression="tiff_lzw"), True),
    "tiff, 16 bits": (lambda: _sixteen("TIFF"), False),
    "tiff, CIELAB": (_lab_tiff, False),
    "tiff, CIELAB of 8 bits": (lambda: files.tiff(_lab_bytes(), 8), False),
    "tiff, YCbCr": (_ycbcr, True),
    "tiff, YCbCr by LZW": (lambda: _ycbcr(compression="tiff_lzw"), True),
    "tiff, 32 bits": (lambda: files.tiff(chart().astype(np.uint32) * 16843009, 2), False),
    "tiff with a channel that is no transparency": (lambda: files.tiff(_masked(), 2, (0,)), False),
    "png in linear light": (_linear, False),
    "webp": (lambda: files.encoded(chart(), "WEBP", lossless=True), True),
    "avif": (lambda: files.encoded(chart(), "AVIF", quality=95), True),
    "gif": (lambda: files.encoded(chart(), "GIF"), True),
    "jpeg 2000": (lambda: files.encoded(chart(), "JPEG2000"), True),
}


@pytest.mark.parametrize("name", ORIGINALS)
def test_colours_are_those_of_the_original(client: Client, name: str) -> None:
    make, readable = ORIGINALS[name]
    data = make()
    asset = ingest.receive(io.BytesIO(data), "chart")
    assert derive.prepare(asset.pk) == Asset.State.READY
    set_tier([asset.pk], "public")
    expected = independent(data) if readable else np.array(CHART, float)
    for answer in ("jpg", "png"):
        pictures.forget()
        body = client.get(f"/iiif/3/{asset.public_id}/full/max/0/default.{answer}").content
        served = fields(np.asarray(Image.open(io.BytesIO(body)).convert("RGB")))
        difference = np.sqrt(((lab(served) - lab(expected)) ** 2).sum(axis=1))
        assert difference.mean() < 1.0, (answer, difference.round(1))
        assert difference.max() < 2.5, (answer, difference.round(1))
        # and both are what was painted, as far as the format can say it
        painted = np.sqrt(((lab(served) - lab(np.array(CHART, float))) ** 2).sum(axis=1))
        assert painted.mean() < 1.5, (answer, painted.round(1))
