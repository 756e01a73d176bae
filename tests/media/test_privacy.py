"""Of what a camera wrote into a picture nothing is in any derivative: every accepted format, every path, every format of answer."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from django.test import Client
from PIL import Image

from iiif.image import pictures
from media import derive, ingest, lossless, storage
from media.access import set_tier
from media.models import Asset
from tests.media import files

pytestmark = pytest.mark.django_db

TRACES = (
    b"ZQKMAKER",
    b"ZQKSERIAL",
    b"ZQKXMP",
    b"ZQKCOMMENT",
    b"Exif",
    b"GPS",
    b"http://ns.adobe.com",
    b"Photoshop",
    b"eXIf",
    b"EXIF",
    b"XMP ",
    b"XML:com",
)
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="16,28N" dc:format="ZQKXMP"/>'
    b"</rdf:RDF></x:xmpmeta>"
)
PIXELS = files.mosaic(9, 7)
ANSWERS = [
    "0,0,512,512/512,512/0/default.jpg",
    "full/200,156/0/default.jpg",
    "full/max/0/default.jpg",
    "full/300,/0/default.jpg",
    "full/300,/0/default.png",
    "full/300,/0/default.webp",
    "full/300,/0/default.avif",
    "0,0,512,512/512,512/90/default.jpg",
    "0,0,512,512/512,512/!0/gray.jpg",
    "20,20,300,300/max/45/default.png",
    "full/300,/0/bitonal.png",
]


def _exif() -> Image.Exif:
    """Maker, serial numbers, position, and a small JPEG in the maker's own notes."""
    exif = Image.Exif()
    exif[0x010F] = "ZQKMAKER"
    exif.get_ifd(0x8769).update({0xA431: "ZQKSERIAL-1", 0xA435: "ZQKSERIAL-2", 0x927C: files.encoded(files.mosaic(1, 1))})
    exif.get_ifd(0x8825).update({1: "N", 2: (16.0, 28.0, 0.0), 3: "E", 4: (107.0, 34.0, 0.0)})
    return exif


def _tiff() -> bytes:
    from PIL.TiffImagePlugin import ImageFileDirectory_v2

    tags = ImageFileDirectory_v2()
    tags[271], tags[700], tags[305] = "ZQKMAKER", XMP, "ZQKCOMMENT"
    return files.encoded(PIXELS, "TIFF", tiffinfo=tags, exif=_exif())


ORIGINALS: dict[str, Any] = {
    "jpg": lambda: files.encoded(PIXELS, "JPEG", exif=_exif(), xmp=XMP, comment=b"ZQKCOMMENT"),
    "png": lambda: files.encoded(PIXELS, "PNG", exif=_exif()),
    "tif": _tiff,
    "webp": lambda: files.encoded(PIXELS, "WEBP", exif=_exif().tobytes(), xmp=XMP),
    "avif": lambda: files.encoded(PIXELS, "AVIF", exif=_exif().tobytes(), xmp=XMP),
    "gif": lambda: files.encoded(PIXELS, "GIF", comment=b"ZQKCOMMENT"),
    "jp2": lambda: files.encoded(PIXELS, "JPEG2000", comment=b"ZQKCOMMENT"),
}


@pytest.mark.parametrize("ending", ORIGINALS)
def test_no_derivative_says_where_when_or_with_what_it_was_taken(client: Client, ending: str, settings: Any) -> None:
    settings.MUSEUM_IMAGE_CACHE_MB = 0
    data = ORIGINALS[ending]()
    assert any(trace in data for trace in TRACES[:4]), "the original does not hold what is looked for"
    asset = ingest.receive(io.BytesIO(data), f"picture.{ending}")
    assert derive.prepare(asset.pk) == Asset.State.READY
    asset.refresh_from_db()
    set_tier([asset.pk], "public")
    pictures.forget()
    stored = b"".join(storage.chunks(storage.DERIVATIVES, derive.pyramid_name(asset.public_id, asset.version)))
    assert not [trace for trace in TRACES if trace in stored]
    for answer in ANSWERS:
        response = client.get(f"/iiif/3/{asset.public_id}/{answer}")
        assert response.status_code == 200, answer
        assert not [trace for trace in TRACES if trace in response.content], answer
        image = Image.open(io.BytesIO(response.content))
        image.load()
        assert not image.getexif(), answer
        assert not {"exif", "xmp", "icc_profile", "comment", "photoshop"} & set(image.info), answer
        if answer.endswith("jpg"):
            assert response.content.count(b"\xff\xd8\xff") == 1, f"{answer}: a picture inside the picture"


def test_moving_blocks_keeps_no_metadata_either() -> None:
    if not lossless.available():
        pytest.skip("libturbojpeg is not installed (apt-get install libturbojpeg0)")
    made = lossless.transform(files.encoded(np.ascontiguousarray(PIXELS[:512, :512])), degrees=90)
    assert made is not None
    assert not Image.open(io.BytesIO(made)).getexif()
