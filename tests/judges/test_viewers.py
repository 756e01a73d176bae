"""Mirador, Universal Viewer, Clover and OpenSeadragon open what we publish: no error in their consoles, and the picture is the picture."""

from __future__ import annotations

import io
import math
import struct
import time
import wave
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

from artifacts.models import ArtifactMedia
from iiif.presentation import store
from media import derive, ingest
from tests import factories
from tests.exhibits import scene
from tests.factories import text
from tests.judges import bench

pytestmark = [pytest.mark.conformance, pytest.mark.browser]
JUDGES = ["mirador", "universalviewer", "clover", "openseadragon"]
CORNERS = {"upper left": (200, 30, 30), "upper right": (30, 160, 60), "lower left": (40, 60, 200), "lower right": (230, 190, 40)}
LONGEST = 60.0  # seconds that a judge may take until it shows something


def quartered(width: int = 1600, height: int = 1200) -> io.BytesIO:
    """A picture of four colours: turned, mirrored, stretched or cut, it would be another one."""
    picture = Image.new("RGB", (width, height))
    pen = ImageDraw.Draw(picture)
    for (name, colour), (x, y) in zip(CORNERS.items(), [(0, 0), (1, 0), (0, 1), (1, 1)], strict=True):
        assert name
        pen.rectangle([x * width // 2, y * height // 2, (x + 1) * width // 2, (y + 1) * height // 2], fill=colour)
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=95, subsampling=0)
    file.seek(0)
    return file


def sound() -> io.BytesIO:
    """Two seconds of a tone."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes(b"".join(struct.pack("<h", int(9000 * math.sin(n / 6))) for n in range(16_000)))
    file.seek(0)
    return file


def _use(artifact: Any, file: io.BytesIO, name: str, **values: Any) -> ArtifactMedia:
    asset = ingest.receive(file, name)
    derive.prepare(asset.pk)
    return ArtifactMedia.objects.create(artifact=artifact, asset=asset, sort_order=artifact.media.count(), **values)


@pytest.fixture
def museum(museum_server: str) -> Iterator[dict[str, str]]:
    """Addresses of the manifests that are judged."""
    scene.site()
    single = factories.make_object("J 1", title="Single", public=False)
    _use(single, quartered(), "single.jpg", primary=True)
    book = factories.make_object("J 2", title="Book", public=False)
    first = _use(book, quartered(900, 1200), "page.jpg", primary=True, label=text("1r"))
    for number in range(1, 12):
        ArtifactMedia.objects.create(
            artifact=book, asset=first.asset, sort_order=number, label=text(f"{number // 2 + 1}{'rv'[number % 2]}")
        )
    closed = factories.make_object("J 3", title="Restricted", public=False)
    _use(closed, quartered(), "closed.jpg", primary=True)
    _use(closed, quartered(), "closed2.jpg", publication_class="restricted")
    heard = factories.make_object("J 4", title="Recording", public=False)
    _use(heard, sound(), "tone.wav", primary=True)
    for one in (single, book, closed, heard):
        factories.publish(one)
        store.refresh("object", [one.pk])
    origin = museum_server
    yield {
        name: f"{origin}/iiif/objects/{one.public_id}/manifest.json"
        for name, one in {"single": single, "book": book, "restricted": closed, "recording": heard}.items()
    } | {"set": f"{origin}/iiif/collection.json"}


@pytest.fixture(scope="module")
def judges() -> Iterator[str]:
    """The judges' site."""
    origin, server = bench.serve(bench.viewers())
    yield origin
    server.shutdown()
    server.server_close()


def opened(browser: Any, judges: str, judge: str, manifest: str, shown: Callable[[np.ndarray], bool]) -> tuple[list[str], np.ndarray]:
    """(what the console complained about, what is seen as soon as it is ``shown``, or in the end)."""
    context = browser.new_context(viewport={"width": 1100, "height": 800}, reduced_motion="reduce")
    context.set_default_timeout(2 * LONGEST * 1000)
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console",
        lambda message: complaints.append(f"{message.text} {message.location.get('url', '')}") if message.type == "error" else None,
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{judges}/judge/{judge}?manifest={manifest}")
    end = time.monotonic() + LONGEST
    page.wait_for_load_state("networkidle", timeout=2 * LONGEST * 1000)
    while not shown(photographed(page)) and time.monotonic() < end:
        page.wait_for_timeout(500)
    page.wait_for_timeout(1000)  # it may still be gliding into its place
    shot = photographed(page)
    context.close()
    return complaints, shot


def photographed(page: Any) -> np.ndarray:
    """The page as it is seen, height × width × RGB."""
    return np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB")).astype(int)


def seen(shot: np.ndarray) -> dict[str, tuple[float, float, int]]:
    """Where the largest block of each of the four colours is: (x, y) of its middle, and how many pixels it has.

    Thumbnails and overviews show the same colours; they are smaller.
    """
    blocks = {name: largest_block(np.abs(shot - np.array(colour)).max(axis=2) < 20) for name, colour in CORNERS.items()}
    return {name: found for name, found in blocks.items() if found}


def largest_block(there: np.ndarray) -> tuple[float, float, int] | None:
    """Middle and area of the widest rectangle of true pixels."""
    edges = np.diff(np.pad(there.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    rows, starts = np.nonzero(edges == 1)
    ends = np.nonzero(edges == -1)[1]
    if not len(starts):
        return None
    widths = ends - starts
    best = int(widths.argmax())
    same = (np.abs(starts - starts[best]) <= 3) & (widths >= widths[best] * 0.9)
    ys = rows[same]
    return float(starts[best] + widths[best] / 2), float(np.median(ys)), int(widths[best]) * len(ys)


def assert_is_the_picture(shot: np.ndarray, ratio: float) -> None:
    """All four colours in their corners, equally large, in the picture's proportions."""
    found = seen(shot)
    assert set(found) == set(CORNERS), f"only {sorted(found)} of the picture's colours are seen"
    (left, upper, area), (right, lower) = found["upper left"], found["lower right"][:2]
    assert area > 5000
    assert found["upper right"][0] == pytest.approx(right, abs=6)
    assert found["lower left"][0] == pytest.approx(left, abs=6)
    assert found["upper right"][1] == pytest.approx(upper, abs=6)
    assert right > left
    assert lower > upper
    assert (right - left) / (lower - upper) == pytest.approx(ratio, rel=0.06)


@pytest.mark.parametrize("judge", JUDGES)
@pytest.mark.parametrize(("name", "ratio"), [("single", 1600 / 1200), ("book", 900 / 1200), ("restricted", 1600 / 1200)])
def test_a_judge_shows_the_picture(museum: dict[str, str], judges: str, browser: Any, judge: str, name: str, ratio: float) -> None:
    complaints, shot = opened(browser, judges, judge, museum[name], lambda seen_now: set(seen(seen_now)) == set(CORNERS))
    assert not complaints
    assert_is_the_picture(shot, ratio)


@pytest.mark.parametrize("judge", ["mirador", "universalviewer", "clover"])
@pytest.mark.parametrize("name", ["set", "recording"])
def test_a_judge_opens_sets_and_recordings_without_a_word(museum: dict[str, str], judges: str, browser: Any, judge: str, name: str) -> None:
    complaints, shot = opened(browser, judges, judge, museum[name], lambda seen_now: seen_now.std() > 5)
    assert not complaints
    assert shot.std() > 5  # not an empty page
