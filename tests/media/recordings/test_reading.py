"""Length and size of recordings are read from their containers, and what is private in them is found."""

from __future__ import annotations

import io
import json
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iiif.files.ranges import blanked
from media import recordings
from media.errors import DamagedFile
from media.recordings import Blank, ogg
from tests.media import files
from tests.media.recordings import samples


def read(key: str, data: bytes) -> recordings.Recording:
    return recordings.read(io.BytesIO(data), key, len(data))


def sent(data: bytes, found: recordings.Recording, piece: int = 100_000) -> bytes:
    pieces = (data[at : at + piece] for at in range(0, len(data), piece))
    return b"".join(blanked(pieces, 0, [Blank.of(json.loads(json.dumps(blank.plain()))) for blank in found.blanks]))


@pytest.mark.parametrize(
    "key, data, duration, size, codecs",
    [
        ("mp4", samples.mp4(), 12.5, (1920, 1080), ["avc1", "mp4a"]),
        ("mp4", samples.mp4(turned=True), 12.5, (1080, 1920), ["avc1", "mp4a"]),
        ("mp4", samples.mp4(fragmented=True), 12.5, (1920, 1080), ["avc1", "mp4a"]),
        ("mov", samples.mp4(wide=True), 12.5, (1920, 1080), ["avc1", "mp4a"]),
        ("m4a", samples.mp4(sound_only=True), 12.5, (None, None), ["mp4a"]),
        ("webm", samples.webm(), 8.0, (854, 480), ["V_VP9", "A_OPUS"]),
        ("webm", samples.webm(live=True), 8.0, (854, 480), ["V_VP9", "A_OPUS"]),
        ("webm", samples.webm(sound_only=True), 8.0, (None, None), ["A_OPUS"]),
        ("ogg", samples.ogg(), 4.0, (None, None), ["vorbis"]),
        ("ogg", samples.ogg("opus"), 4.0, (None, None), ["opus"]),
        ("flac", samples.flac(), 3.0, (None, None), ["flac"]),
        ("wav", samples.wav(), 2.0, (None, None), ["pcm"]),
        ("mp3", samples.mp3(), 100 * 417 * 8 / 128000, (None, None), ["mp3"]),
        ("mp3", samples.mp3(header=b"Info\0\0\0\x01" + struct.pack(">I", 999)), 999 * 1152 / 44100, (None, None), ["mp3"]),
        ("mp3", samples.mp3(header=b"VBRI" + bytes(10) + struct.pack(">I", 500)), 500 * 1152 / 44100, (None, None), ["mp3"]),
    ],
)
def test_length_size_and_codecs_are_read(key: str, data: bytes, duration: float, size: tuple, codecs: list[str]) -> None:
    found = read(key, data)
    assert found.duration == pytest.approx(duration, rel=1e-3)
    assert (found.width, found.height) == size
    assert found.codecs == codecs


@pytest.mark.parametrize("key", samples.ALL)
@pytest.mark.parametrize("piece", [7, 100_000])
def test_nothing_private_is_sent_and_what_is_sent_is_the_same_recording(key: str, piece: int) -> None:
    data = samples.ALL[key]
    found = read(key, data)
    public = sent(data, found, piece)
    assert samples.PRIVATE in data or samples.PRIVATE[:16] in data
    assert b"ZQKPRIVATE" not in public
    assert len(public) == len(data)
    again = read(key, public)
    assert (again.duration, again.width, again.height, again.codecs) == (found.duration, found.width, found.height, found.codecs)


def test_pages_of_an_ogg_file_keep_right_checksums() -> None:
    for codec in ("vorbis", "opus"):
        data = samples.ogg(codec)
        public = bytearray(sent(data, read("ogg", data)))
        at = 0
        while at < len(public):
            page = ogg._page(io.BytesIO(bytes(public)), at)
            body = bytearray(public[page.at : page.end])
            said = struct.unpack("<I", body[22:26])[0]
            body[22:26] = bytes(4)
            assert said == ogg._checksum(body)
            at = page.end


def test_photographs_in_a_model_lose_what_the_camera_wrote() -> None:
    from PIL import Image

    exif = Image.Exif()
    exif[0x010F] = "ZQKPRIVATE"
    picture = files.encoded(files.mosaic(2, 2), exif=exif)
    text = json.dumps(
        {
            "asset": {"version": "2.0"},
            "bufferViews": [{"buffer": 0, "byteOffset": 8, "byteLength": len(picture)}],
            "images": [{"bufferView": 0, "mimeType": "image/jpeg"}],
        }
    ).encode()
    text += b" " * (-len(text) % 4)
    binary = bytes(8) + picture + bytes(-len(picture) % 4)
    data = struct.pack("<4sII", b"glTF", 2, 28 + len(text) + len(binary))
    data += struct.pack("<I4s", len(text), b"JSON") + text + struct.pack("<I4s", len(binary), b"BIN\0") + binary
    public = sent(data, read("glb", data))
    assert b"ZQKPRIVATE" in data
    assert b"ZQKPRIVATE" not in public
    start = 20 + len(text) + 8 + 8
    assert np.array_equal(
        np.asarray(Image.open(io.BytesIO(public[start : start + len(picture)]))), np.asarray(Image.open(io.BytesIO(picture)))
    )


@given(st.sampled_from(sorted(samples.ALL)), st.data())
def test_damaged_recordings_are_said_to_be_damaged(key: str, data: st.DataObject) -> None:
    good = bytearray(samples.ALL[key])
    for _ in range(data.draw(st.integers(1, 6))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(good[: data.draw(st.integers(12, len(good)))])
    try:
        found = read(key, cut)
    except DamagedFile:
        return
    assert len(sent(cut, found)) == len(cut)
