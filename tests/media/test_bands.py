"""Tiles of bands: the same pixels as without them, and any of their rows from a part of their bytes, to the last bit."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
import simplejpeg
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from media.pyramid import bands
from media.pyramid.build import encode

SIZES = [(512, 512), (512, 65), (130, 512), (33, 300), (511, 511), (7, 129), (512, 64), (1, 1)]


def lively(width: int, height: int, colours: int = 3) -> np.ndarray:
    """Noise over a slope: every row and every column differs from its neighbours, in colour too."""
    chance = np.random.default_rng(width * 1000 + height)
    slope = np.add.outer(np.arange(height), np.arange(width))[:, :, None] // 5
    return ((chance.integers(0, 90, (height, width, colours)) + slope) % 256).astype(np.uint8)


def decoded(data: bytes, colours: int = 3) -> np.ndarray:
    return simplejpeg.decode_jpeg(data, colorspace="RGB" if colours == 3 else "GRAY")


def of_pillow(pixels: np.ndarray, **options: Any) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=85, **options)
    return file.getvalue()


@pytest.mark.parametrize("colours", [3, 1])
@pytest.mark.parametrize("size", SIZES)
def test_a_tile_of_bands_is_the_same_picture_for_every_decoder(size: tuple[int, int], colours: int) -> None:
    pixels = lively(*size, colours)
    banded, plain = bands.encode(pixels, encode), encode(pixels)
    assert np.array_equal(decoded(banded, colours), decoded(plain, colours))
    with Image.open(io.BytesIO(banded)) as one, Image.open(io.BytesIO(plain)) as other:
        assert one.size == other.size == size
        assert np.array_equal(np.asarray(one), np.asarray(other))
    assert len(banded) - len(plain) <= 6 + 8 * (size[1] // bands.BAND + 1)


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(SIZES), st.sampled_from([1, 3]), st.data())
def test_any_rows_are_those_of_the_whole(size: tuple[int, int], colours: int, data: st.DataObject) -> None:
    top = data.draw(st.integers(0, size[1] - 1))
    bottom = data.draw(st.integers(top + 1, size[1]))
    banded = bands.encode(lively(*size, colours), encode)
    part, above = bands.rows(banded, top, bottom)
    assert np.array_equal(decoded(part, colours)[top - above : bottom - above], decoded(banded, colours)[top:bottom])
    with Image.open(io.BytesIO(part)) as found:
        assert found.size[1] <= min(size[1], bottom - top + 2 * (bands.BAND + bands.NEIGHBOURS))


@pytest.mark.parametrize("subsampling", [0, 1, 2])
def test_bands_of_other_programs_are_used_too(subsampling: int) -> None:
    data = of_pillow(lively(300, 400), subsampling=subsampling, restart_marker_rows=1)
    part, above = bands.rows(data, 200, 230)
    assert above >= 180 and len(part) < len(data) / 4
    assert np.array_equal(decoded(part)[200 - above : 230 - above], decoded(data)[200:230])


@pytest.mark.parametrize(
    "options",
    [{}, {"restart_marker_blocks": 7}, {"progressive": True, "restart_marker_rows": 1}, {"progressive": True}],
    ids=["no bands", "bands that end within a row", "progressive with bands", "progressive"],
)
def test_what_has_no_bands_stays_whole(options: dict[str, Any]) -> None:
    data = of_pillow(lively(300, 400), **options)
    assert bands.rows(data, 200, 230) == (data, 0)


def test_a_tile_that_lost_a_marker_is_left_to_the_decoder() -> None:
    banded = bands.encode(lively(512, 512), encode)
    broken = banded.replace(b"\xff\xd2", b"\x00\x00")
    assert bands.rows(broken, 400, 410) == (broken, 0)
    with pytest.raises(ValueError):
        simplejpeg.decode_jpeg(broken)


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_headers_that_were_harmed_end_in_no_error(data: st.DataObject) -> None:
    harmed = bytearray(bands.encode(lively(64, 200), encode))
    for at in data.draw(st.lists(st.integers(0, 640), min_size=1, max_size=4)):
        harmed[at] = data.draw(st.integers(0, 255))
    part, above = bands.rows(bytes(harmed), 100, 120)
    assert 0 <= above <= 100 and part.endswith(b"\xff\xd9")


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff\xd9", b"\xff\xd8\xff\xc0\x00\x11", b"RIFF" * 20])
def test_what_is_no_jpeg_stays_as_it_is(data: bytes) -> None:
    assert bands.rows(data, 0, 1) == (data, 0)
