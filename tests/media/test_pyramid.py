"""The access copy: exact levels, true edges, a TIFF that other programs read, an index that finds every tile."""

from __future__ import annotations

import io
from array import array
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from media.pyramid.build import Built, PyramidBuilder, halve
from media.pyramid.index import TILE, Span, TileIndex, fit, fixed_sizes, levels_of
from tests.media import files


def build(pixels: np.ndarray, path: Path) -> Built:
    height, width, bands = pixels.shape

    def pour(rows: int, sink: Callable[[np.ndarray], None]) -> None:
        for top in range(0, height, rows):
            sink(pixels[top : top + rows])

    return PyramidBuilder(path, width, height, bands).run(pour)


def smooth(width: int, height: int) -> np.ndarray:
    """A picture that JPEG keeps well, every pixel's place readable from its colour."""
    x, y = np.meshgrid(np.arange(width) * 255 / max(width, 600), np.arange(height) * 255 / max(height, 600))
    return np.stack([x, y, (x + y) / 2], axis=2).astype(np.uint8)


@pytest.mark.parametrize("width, height", [(1, 1), (512, 512), (513, 512), (1025, 300), (1875, 1401), (2047, 5), (3, 1500)])
def test_levels_halve_with_ceil_and_every_tile_has_its_true_size(tmp_path: Path, width: int, height: int) -> None:
    pixels = smooth(width, height)
    path = tmp_path / "p.tif"
    index = build(pixels, path).index
    data = path.read_bytes()
    below = pixels
    for number, level in enumerate(index.levels):
        assert (level.width, level.height) == (-(-width // level.scale), -(-height // level.scale))
        assert below.shape[:2] == (level.height, level.width)
        for row in range(level.rows):
            for column in range(level.columns):
                span = index.span(number, column, row)
                tile = np.asarray(Image.open(io.BytesIO(data[span.offset : span.offset + span.length])))
                part = below[row * TILE : row * TILE + TILE, column * TILE : column * TILE + TILE]
                assert tile.shape == part.shape
                assert np.abs(tile.astype(int) - part).mean() < 3
        below = halve(below)


def test_other_programs_read_the_access_copy(tmp_path: Path) -> None:
    pixels = smooth(1330, 970)
    path = tmp_path / "p.tif"
    build(pixels, path)
    with Image.open(path) as image:
        assert image.n_frames == 3
        for frame, size in enumerate([(1330, 970), (665, 485), (333, 243)]):
            image.seek(frame)
            assert image.size == size
        image.seek(0)
        read = np.asarray(image.convert("RGB")).astype(int)
    assert np.abs(read - pixels).mean() < 2


def test_grey_pictures_stay_grey(tmp_path: Path) -> None:
    grey = smooth(700, 600)[:, :, :1]
    index = build(np.ascontiguousarray(grey), tmp_path / "p.tif").index
    span = index.span(0, 1, 1)
    tile = Image.open(io.BytesIO((tmp_path / "p.tif").read_bytes()[span.offset : span.offset + span.length]))
    assert (index.bands, tile.mode, tile.size) == (1, "L", (188, 88))


def test_the_same_picture_gives_the_same_bytes(tmp_path: Path) -> None:
    pixels = files.mosaic(14, 10)
    for name in ("a.tif", "b.tif"):
        build(pixels, tmp_path / name)
    assert (tmp_path / "a.tif").read_bytes() == (tmp_path / "b.tif").read_bytes()


sizes = st.tuples(st.integers(1, 9000), st.integers(1, 9000))


@settings(max_examples=150, deadline=None)
@given(sizes, st.data())
def test_the_index_finds_every_tile_and_nothing_else(size: tuple[int, int], data: st.DataObject) -> None:
    width, height = size
    count = TileIndex.count(width, height)
    index = TileIndex(width, height, array("Q", range(1000, 1000 + count)), array("I", range(1, 1 + count)), ())
    number = data.draw(st.integers(0, len(index.levels) - 1))
    level = index.levels[number]
    column, row = data.draw(st.integers(0, level.columns - 1)), data.draw(st.integers(0, level.rows - 1))
    step = TILE * level.scale
    x, y = column * step, row * step
    w, h = min(step, width - x), min(step, height - y)
    span = index.span(number, column, row)
    found = index.match(x, y, w, h, -(-w // level.scale), -(-h // level.scale))
    assert found is not None
    assert found[2:] == (span.width, span.height)
    if span.width > 1 and span.height > 1:
        assert found[:2] == (span.offset, span.length)
    assert index.match(x + 1, y, max(1, w - 1), h, span.width, span.height) is None or w == 1 or x + 1 >= width
    assert index.match(x, y, w, h, span.width + 1, span.height) is None


@given(sizes)
def test_an_index_survives_packing(size: tuple[int, int]) -> None:
    width, height = size
    count = TileIndex.count(width, height)
    index = TileIndex(width, height, array("Q", range(count)), array("I", range(count)), (Span(1, 2, 3, 4),), bands=1)
    again = TileIndex.unpack(index.pack())
    assert (again.width, again.height, again.bands, again.fixed) == (width, height, 1, index.fixed)
    assert (again.offsets, again.lengths) == (index.offsets, index.lengths)
    with pytest.raises(ValueError):
        TileIndex.unpack(index.pack()[:-1])


@given(sizes, sizes)
def test_a_picture_fitted_into_a_box_keeps_its_proportions(size: tuple[int, int], box: tuple[int, int]) -> None:
    width, height = fit(*size, *box)
    assert 1 <= width <= min(size[0], box[0])
    assert 1 <= height <= min(size[1], box[1])
    assert abs(width * size[1] - height * size[0]) <= max(size)


def test_fixed_sizes_end_with_the_picture_itself_when_it_is_small() -> None:
    assert fixed_sizes(4000, 3000) == [(200, 150), (400, 300), (800, 600), (1600, 1200)]
    assert fixed_sizes(700, 479) == [(200, 137), (400, 274), (700, 479)]
    assert fixed_sizes(300, 200) == [(200, 133)]
    assert [level.scale for level in levels_of(4000, 3000)] == [1, 2, 4, 8]
