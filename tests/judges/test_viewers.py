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
CORNERS = [(200, 30, 30), (30, 160, 60), (40, 60, 200), (230, 190, 40)]  # row by row
LONGEST = 60.0  # seconds that a judge may take until it shows something
# What a judge draws is on OpenSeadragon's canvas. All else (buttons, captions, thumbnails, the overview) is hidden before it is looked at.
BEHIND = (255, 0, 255)  # no picture here has this colour
ALONE = f"""* {{ visibility: hidden !important; overflow: visible !important; transition: none !important }}
html {{ visibility: visible !important; background: rgb{BEHIND} !important }}
.openseadragon-canvas > canvas {{ visibility: visible !important; background: none !important }}
.navigator canvas {{ visibility: hidden !important }}"""


def quartered(width: int = 1600, height: int = 1200) -> io.BytesIO:
    """A picture of four colours: turned, mirrored, stretched or cut, it would be another one."""
    picture = Image.new("RGB", (width, height))
    pen = ImageDraw.Draw(picture)
    for colour, (x, y) in zip(CORNERS, [(0, 0), (1, 0), (0, 1), (1, 1)], strict=True):
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
    mixed = factories.make_object("J 5", title="Bell and its sound", public=False)
    _use(mixed, quartered(), "bell.jpg", primary=True)
    _use(mixed, sound(), "bell.wav")
    for one in (single, book, closed, heard, mixed):
        factories.publish(one)
        store.refresh("object", [one.pk])
    origin = museum_server
    yield {
        name: f"{origin}/iiif/objects/{one.public_id}/manifest.json"
        for name, one in {"single": single, "book": book, "restricted": closed, "recording": heard, "mixed": mixed}.items()
    } | {"set": f"{origin}/iiif/collection.json"}


@pytest.fixture(scope="module")
def judges() -> Iterator[str]:
    """The judges' site."""
    origin, server = bench.serve(bench.viewers())
    yield origin
    server.shutdown()
    server.server_close()


def opened(
    browser: Any, judges: str, judge: str, manifest: str, shown: Callable[[np.ndarray], bool], *, picture_alone: bool
) -> tuple[list[str], np.ndarray]:
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
    page.wait_for_load_state("networkidle", timeout=2 * LONGEST * 1000)
    if picture_alone:
        page.wait_for_selector(".openseadragon-canvas > canvas", state="attached")
        page.wait_for_timeout(2000)
        # Universal Viewer makes room for its search after it has fitted the picture: 0 is OpenSeadragon's key for the whole picture
        page.locator(".openseadragon-canvas").first.press("0")
        page.add_style_tag(content=ALONE)
    end = time.monotonic() + LONGEST
    before, shot = np.zeros(1), photographed(page)
    while time.monotonic() < end and not (shown(shot) and np.array_equal(before, shot)):  # it may still be gliding into its place
        page.wait_for_timeout(500)
        before, shot = shot, photographed(page)
    context.close()
    return complaints, shot


def photographed(page: Any) -> np.ndarray:
    """The page as it is seen, height × width × RGB."""
    return np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB")).astype(int)


def drawn(shot: np.ndarray) -> np.ndarray | None:
    """What lies before the background, height × width × RGB; None when that is next to nothing."""
    there = np.abs(shot - np.array(BEHIND)).max(axis=2) > 100  # what is half on a pixel is not counted
    rows, columns = np.nonzero(there.any(axis=1))[0], np.nonzero(there.any(axis=0))[0]
    if len(rows) < 100 or len(columns) < 100:
        return None
    return shot[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def whole(shot: np.ndarray) -> bool:
    """Every corner's colour is there."""
    picture = drawn(shot)
    return picture is not None and all((np.abs(picture - np.array(colour)).max(axis=2) < 20).mean() > 0.2 for colour in CORNERS)


def assert_is_the_picture(shot: np.ndarray, width: int, height: int) -> None:
    """In its proportions, and every pixel as in the picture's own file made as small; what is next to an edge may be blurred."""
    picture = drawn(shot)
    assert picture is not None, "nothing is drawn"
    high, wide = picture.shape[:2]
    assert wide / high == pytest.approx(width / height, rel=0.01)
    expected = np.asarray(Image.open(quartered(width, height)).resize((wide, high), Image.Resampling.LANCZOS)).astype(int)
    wrong = np.abs(picture - expected).max(axis=2) > 20
    assert wrong.mean() < 0.015, f"{wrong.mean():.1%} of {wide} × {high} pixels are not the picture's"


SIZES = {"single": (1600, 1200), "book": (900, 1200), "restricted": (1600, 1200), "mixed": (1600, 1200)}


@pytest.mark.parametrize("judge", JUDGES)
@pytest.mark.parametrize("name", SIZES)
def test_a_judge_shows_the_picture(museum: dict[str, str], judges: str, browser: Any, judge: str, name: str) -> None:
    complaints, shot = opened(browser, judges, judge, museum[name], whole, picture_alone=True)
    assert_is_the_picture(shot, *SIZES[name])
    assert not complaints


@pytest.mark.parametrize("judge", ["mirador", "universalviewer", "clover"])
@pytest.mark.parametrize("name", ["set", "recording"])
def test_a_judge_opens_sets_and_recordings_without_a_word(museum: dict[str, str], judges: str, browser: Any, judge: str, name: str) -> None:
    complaints, shot = opened(browser, judges, judge, museum[name], lambda seen_now: seen_now.std() > 5, picture_alone=False)
    assert not complaints
    assert shot.std() > 5  # not an empty page
