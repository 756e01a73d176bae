"""Memory for decoded pixels that one picture after the other uses."""

from __future__ import annotations

import mmap
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from iiif.image import pictures, render, scratch
from iiif.image.parameters import Request, resolve
from media.errors import DamagedFile
from media.models import Asset

pytestmark = pytest.mark.django_db
PATHS = [("full", f"{width},", "0", "default.jpg") for width in (300, 333, 350, 401)]
PATHS += [("full", "350,", "0", "gray.png"), ("10,20,700,500", "650,", "90", "default.png"), ("300,100,600,600", "max", "0", "bitonal.png")]


def asked(picture: pictures.Known) -> list[Request]:
    return [resolve(3, picture.index.width, picture.index.height, picture.index.bands, path) for path in PATHS]


def test_pictures_made_at_the_same_time_and_one_after_the_other_are_the_same(picture: Asset, monkeypatch: pytest.MonkeyPatch) -> None:
    known = pictures.find(picture.public_id)
    assert known is not None
    requests = asked(known)
    monkeypatch.setattr(scratch, "SIZE", 0)
    monkeypatch.setattr(scratch, "_free", [])
    fresh = [render.render(known, request) for request in requests]  # nothing fits into no memory
    monkeypatch.setattr(scratch, "SIZE", 1_500_000)
    monkeypatch.setattr(scratch, "_free", [])
    assert [render.render(known, request) for request in requests] == fresh
    assert len(scratch._free) == 1
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda request: render.render(known, request), requests * 8)) == fresh * 8
    assert 1 <= len(scratch._free) <= scratch.WORKERS


def test_memory_is_given_back_after_an_error() -> None:
    with pytest.raises(ValueError), scratch.scratch():
        raise ValueError
    with scratch.scratch() as memory:
        assert len(memory) == scratch.SIZE and all(memory is not one for one in scratch._free)


@pytest.mark.parametrize("kept", [0.3, 0.9, 0.999])
def test_a_broken_picture_shows_nothing_of_the_one_before(picture: Asset, monkeypatch: pytest.MonkeyPatch, kept: float) -> None:
    """Memory still holds the pixels of the last picture, which may be a restricted one: what cannot be decoded whole is not sent."""
    known = pictures.find(picture.public_id)
    assert known is not None
    whole = render.jpeg
    for request in asked(known):
        with monkeypatch.context() as broken:
            broken.setattr(render, "jpeg", lambda *place: whole(*place)[: int(place[2] * kept)])
            with pytest.raises(DamagedFile):
                render.render(known, request)


def test_a_jpeg_larger_than_its_place_says_is_refused(picture: Asset, monkeypatch: pytest.MonkeyPatch) -> None:
    known = pictures.find(picture.public_id)
    assert known is not None
    monkeypatch.setattr(scratch, "SIZE", 100)
    monkeypatch.setattr(scratch, "_free", [])
    monkeypatch.setattr(render, "_fitting", lambda memory, *_: memory)  # as if the index had told of a smaller one
    with pytest.raises(DamagedFile):
        render.render(known, asked(known)[0])


@pytest.mark.parametrize("shape", [(10, 20, 3), (1_000, 500, 3), (1_001, 701, 3), (2_048, 2_048, 1), (3_000, 2_111, 3)])
def test_a_canvas_of_any_size_is_filled_like_any_array_and_gives_its_memory_back(shape: tuple[int, ...]) -> None:
    made = np.random.default_rng(1).integers(0, 256, shape, np.uint8)
    before = _mapped()
    for _ in range(40):
        canvas = scratch.canvas(*shape)
        canvas[:] = made
        assert canvas.shape == shape and canvas.flags.c_contiguous and np.array_equal(canvas, made)
        del canvas
    assert _mapped() - before < 3 * made.nbytes + 4 * scratch.HUGE


def test_a_canvas_needs_no_large_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scratch.mmap, "MADV_HUGEPAGE", -1)  # like a kernel that has none
    canvas = scratch.canvas(1_000, 1_000, 3)
    canvas[:] = 7
    assert int(canvas.sum()) == 21_000_000


def _mapped() -> int:
    """Bytes of address space of this process."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * mmap.PAGESIZE
