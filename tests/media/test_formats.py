"""What a file is, is seen in its content; what is not on the list is refused with a sentence."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media import dimensions, formats, ingest
from media.errors import RefusedFile
from media.limits import Limits
from tests.media import files

PIXELS = files.mosaic(4, 3, 20)
PICTURES = {
    "jpeg": files.encoded(PIXELS),
    "png": files.encoded(PIXELS, "PNG"),
    "tiff": files.encoded(PIXELS, "TIFF"),
    "webp": files.encoded(PIXELS, "WEBP"),
    "gif": files.encoded(PIXELS, "GIF"),
    "avif": files.encoded(PIXELS, "AVIF"),
    "jp2": files.encoded(PIXELS, "JPEG2000"),
}
OTHERS = {
    "pdf": files.PDF,
    "vtt": files.WEBVTT,
    "glb": files.glb(),
    "mp4": files.mp4(),
    "mov": files.mp4(b"qt  "),
    "m4a": files.mp4(b"M4A "),
    "wav": b"RIFF" + struct.pack("<I", 200) + b"WAVEfmt " + b"\0" * 192,
    "flac": b"fLaC" + b"\0" * 200,
    "ogg": b"OggS" + b"\0" * 200,
    "mp3": b"ID3\x04" + b"\0" * 200,
    "webm": b"\x1aE\xdf\xa3" + b"\0" * 200,
}


def refusal(data: bytes) -> RefusedFile:
    with pytest.raises(RefusedFile) as caught:
        ingest.check_upload(io.BytesIO(data), len(data))
    assert str(caught.value).endswith((".", "video."))
    return caught.value


@pytest.mark.parametrize("key", PICTURES)
def test_a_picture_is_recognised_and_its_header_says_its_size(key: str) -> None:
    data = PICTURES[key]
    found = ingest.check_upload(io.BytesIO(data), len(data))
    said = dimensions.claim(io.BytesIO(data), found, len(data))
    assert (found.key, said.width, said.height) == (key, 80, 60)


@pytest.mark.parametrize("key", OTHERS)
def test_recordings_documents_and_models_are_recognised(key: str) -> None:
    data = OTHERS[key]
    assert ingest.check_upload(io.BytesIO(data), len(data)).key == key


@pytest.mark.parametrize(
    "data, code",
    [
        (b"", "empty"),
        (files.SVG, "svg"),
        (b"\xef\xbb\xbf  <svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
        (files.HTML, "html"),
        (b"PK\3\4" + b"\0" * 100, "foreign"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 100, "foreign"),
        (b"MZ" + b"\0" * 100, "foreign"),
        (PICTURES["png"][:8], "broken-header"),
        (PICTURES["png"][:33], "broken-header"),
        (PICTURES["jpeg"][:30], "broken-header"),
        (PICTURES["tiff"][:10], "broken-header"),
        (PICTURES["webp"][:20], "broken-header"),
        (files.lying_png(60000, 60000), "too-many-pixels"),
        (files.lying_png(20000, 20000), "bomb"),
        (files.lying_png(0, 10), "no-area"),
        (files.bomb_png(30000), "bomb"),
        (files.PDF[:60], "broken-container"),
        (files.glb()[:30], "broken-container"),
        (files.glb({"asset": {"version": "2.0"}, "buffers": [{"uri": "http://example.org/a.bin"}]}), "external-parts"),
        (files.mp4()[:-10], "broken-container"),
    ],
)
def test_what_cannot_be_taken_in_is_refused_before_decoding(data: bytes, code: str) -> None:
    assert refusal(data).code == code


def test_a_pixel_cap_is_a_setting(settings: object) -> None:
    settings.MUSEUM_MAX_PIXELS = 4000  # type: ignore[attr-defined]
    assert refusal(PICTURES["jpeg"]).code == "too-many-pixels"


def test_what_must_be_decoded_as_a_whole_has_a_lower_cap() -> None:
    progressive = files.encoded(PIXELS, progressive=True)
    said = dimensions.claim(io.BytesIO(progressive), formats.JPEG, len(progressive))
    assert not said.strips
    with pytest.raises(RefusedFile):
        dimensions.check(said, formats.JPEG, len(progressive), Limits(whole_pixels=4000))
    dimensions.check(dimensions.claim(io.BytesIO(PICTURES["jpeg"]), formats.JPEG, 10_000), formats.JPEG, 10_000, Limits(whole_pixels=4000))


def test_too_many_channels_are_refused() -> None:
    with pytest.raises(RefusedFile) as caught:
        dimensions.check(dimensions.Claim(10, 10, bands=40), formats.TIFF, 1000, Limits())
    assert caught.value.code == "bands"


@settings(max_examples=300, deadline=None)
@given(
    key=st.sampled_from(sorted(PICTURES)),
    cut=st.integers(0, 2000),
    flips=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=8),
)
def test_a_broken_header_is_refused_or_read_but_never_breaks_the_check(key: str, cut: int, flips: list[tuple[int, int]]) -> None:
    data = bytearray(PICTURES[key][: cut or None])
    for at, value in flips:
        if at < len(data):
            data[at] = value
    try:
        ingest.check_upload(io.BytesIO(bytes(data)), len(data))
    except RefusedFile as error:
        assert str(error)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=600))
def test_any_bytes_are_refused_or_recognised(data: bytes) -> None:
    try:
        ingest.check_upload(io.BytesIO(data), len(data))
    except RefusedFile as error:
        assert str(error)


@pytest.mark.parametrize(
    "name, clean",
    [
        ("C:\\Users\\Lan\\trống đồng.jpg", "trống đồng.jpg"),
        ("../../etc/passwd", "passwd"),
        ("a\x00b\n.jpg", "ab.jpg"),
        ("", "file"),
        ("x" * 400 + ".tiff", "x" * 250 + ".tiff"),
        ("Tro\u0302\u0301ng.jpg", "Trống.jpg"),
        ('o\'brien "quoted" #1 & 50%.jpg', 'o\'brien "quoted" #1 & 50%.jpg'),
    ],
)
def test_file_names_are_kept_for_people_and_never_used_as_paths(name: str, clean: str) -> None:
    assert ingest.clean_filename(name) == clean


def test_sixteen_bits_are_counted_in_a_tiff_header(tmp_path: Path) -> None:
    data = files.encoded(np.zeros((20, 30), np.uint16), "TIFF")
    said = dimensions.claim(io.BytesIO(data), formats.TIFF, len(data))
    assert (said.width, said.height, said.bands, said.bits) == (30, 20, 1, 16)
