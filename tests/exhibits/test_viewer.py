"""The deep zoom in a real browser: keys, turning and mirroring, side by side, the strip of a long book, shared details."""

from __future__ import annotations

import io
import wave
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

from artifacts import annotating
from artifacts.models import Annotation, ArtifactMedia
from iiif import content_state
from media import derive, ingest
from tests import factories
from tests.exhibits import scene
from tests.exhibits.test_browser import WCAG, until
from tests.factories import text

pytestmark = [pytest.mark.browser, pytest.mark.conformance]  # long: several seconds each
PAGES = 300
ZOOMED = "document.querySelector('[data-zoom]').textContent"


@pytest.fixture
def museum(museum_server: str, museum_search: Any) -> Iterator[dict[str, Any]]:
    """A drum with three views and a book with many pages that share three pictures."""
    scene.site()
    drum = scene.drum()
    book = factories.make_object("SA 7", title="Nhất thống chí", public=False)
    first = scene.picture(book, (900, 1200), "#a3261b", primary=True, label=text("1a"))
    others = [scene.picture(book, (900, 1200), ground, label=text(label)) for ground, label in [("#1f6b4f", "1b"), ("#23408e", "2a")]]
    assets = [one.asset for one in (first, *others)]
    for number in range(3, PAGES):
        label = text(f"{number // 2 + 1}{'ab'[number % 2]}")
        ArtifactMedia.objects.create(artifact=book, asset=assets[number % 3], sort_order=number, label=label)
    factories.publish(book)
    yield {"origin": museum_server, "drum": drum, "book": book}


def zoomed(page: Any, address: str) -> list[str]:
    """Open an object's page and its viewer; answers what the console complained about."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    page.focus(".stage-bar .button")
    page.keyboard.press("Enter")
    until(page, f"document.querySelector('[data-zoom]') && {ZOOMED}.includes('%') && document.activeElement.closest('.viewer') !== null")
    return complaints


def centre(page: Any, selector: str = ".viewer-canvas") -> tuple[int, ...]:
    """The colour in the middle of an element, as the visitor sees it."""
    return _colour(page.locator(selector).first.screenshot(), 0.5, 0.5)


def _colour(png: bytes, across: float, down: float) -> tuple[int, ...]:
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    return picture.getpixel((int(picture.width * across), int(picture.height * down)))  # type: ignore[return-value]


def near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) < 24


def test_every_tool_has_a_key_and_the_help_lists_it(museum: dict[str, Any], page: Any) -> None:
    complaints = zoomed(page, f"{museum['origin']}/en/objects/{museum['drum'].public_id}/drum-of-the-perfume-river/")
    page.keyboard.press("r")
    until(page, "document.querySelector('[data-say]').textContent === 'Turned by 90 degrees'")
    page.keyboard.press("Shift+R")
    until(page, "document.querySelector('[data-say]').textContent === 'Turned by 0 degrees'")
    page.keyboard.press("m")
    until(page, "document.querySelector('[data-say]').textContent === 'Mirrored'")
    assert page.get_attribute("[data-act=mirror]", "aria-pressed") == "true"
    page.keyboard.press("1")
    until(page, f"{ZOOMED} === '100 %'")
    page.keyboard.press("End")
    until(page, "document.querySelector('[data-label]').textContent.includes('3/3')")
    page.keyboard.press("?")
    page.wait_for_selector("[data-panel=help]:not([hidden])")
    keys = page.inner_text(".viewer-keys")
    assert all(key in keys for key in ("R", "M", "Home", "C", "S", "T", "Esc"))
    assert not Axe().run(page, options=WCAG).response["violations"]
    page.keyboard.press("Escape")
    page.wait_for_selector("[data-panel=help]", state="hidden")
    assert page.query_selector(".viewer")  # Escape closes the panel first
    assert not complaints


def test_what_lies_over_a_picture_stays_on_it_turned_and_mirrored(museum: dict[str, Any], page: Any) -> None:
    zoomed(page, f"{museum['origin']}/en/objects/{museum['drum'].public_id}/drum-of-the-perfume-river/")
    page.evaluate(
        "() => { const spot = document.createElement('div');"
        "Object.assign(spot.style, { position: 'absolute', left: '900px', top: '0', width: '300px', height: '225px', background: '#ff00ff' });"
        "spot.className = 'spot'; document.querySelector('.viewer-sheet').append(spot); }"
    )
    page.keyboard.press("-")  # room for the picture turned
    # The spot covers the picture's upper right corner; where that is seen after each act, and where the picture's ground is.
    for keys, there in [("", (1, 0)), ("r", (1, 1)), ("m", (0, 1)), ("r", (0, 0))]:
        for key in keys:
            page.keyboard.press(key)
        page.wait_for_timeout(400)
        box = page.evaluate(
            "(({ x, y, width, height }) => [x, y, width, height])(document.querySelector('.viewer-sheet').getBoundingClientRect())"
        )
        x = box[0] + box[2] * (0.87 if there[0] else 0.13)
        y = box[1] + box[3] * (0.87 if there[1] else 0.13)
        shot = page.screenshot(clip={"x": x - 2, "y": y - 2, "width": 4, "height": 4})
        assert near(_colour(shot, 0.5, 0.5), (255, 0, 255)), (keys, there)
    spot = page.evaluate("(({ x, y, width, height }) => [x, y, width, height])(document.querySelector('.spot').getBoundingClientRect())")
    page.evaluate("document.querySelector('.spot').remove()")
    before = page.screenshot(clip={"x": spot[0] + 2, "y": spot[1] + 2, "width": spot[2] - 4, "height": spot[3] - 4})
    assert near(_colour(before, 0.05, 0.05), (59, 93, 80)) or near(_colour(before, 0.95, 0.05), (59, 93, 80))


def test_a_described_detail_is_framed_in_forced_colours(museum: dict[str, Any], page: Any) -> None:
    page.emulate_media(forced_colors="active")
    zoomed(page, f"{museum['origin']}/en/objects/{museum['drum'].public_id}/drum-of-the-perfume-river/")
    page.evaluate(
        "() => { const frame = document.createElement('div'); frame.className = 'viewer-region';"
        "frame.style.setProperty('--line', '5px');"  # as the layers keep it, however near the picture is
        "document.querySelector('.viewer-sheet').append(frame); }"
    )
    drawn = page.evaluate(
        "(({ outlineStyle, outlineWidth }) => [outlineStyle, outlineWidth])(getComputedStyle(document.querySelector('.viewer-region')))"
    )
    assert drawn == ["solid", "10px"]


def test_on_paper_the_picture_stands_also_while_the_viewer_is_open(museum: dict[str, Any], page: Any) -> None:
    zoomed(page, f"{museum['origin']}/en/objects/{museum['drum'].public_id}/drum-of-the-perfume-river/")
    assert page.is_hidden(".stage-picture img")
    page.emulate_media(media="print")
    assert page.is_visible(".stage-picture img") and page.is_hidden(".viewer") and page.is_hidden(".stage-bar")
    assert page.evaluate("getComputedStyle(document.querySelector('.fact-group')).breakInside") == "avoid"


def test_the_mirror_s_button_says_how_the_page_lies_that_is_shown(museum: dict[str, Any], page: Any) -> None:
    zoomed(page, f"{museum['origin']}/en/objects/{museum['book'].public_id}/")
    pressed = "document.querySelector('[data-act=mirror]').getAttribute('aria-pressed')"
    page.keyboard.press("m")
    until(page, f"{pressed} === 'true'")
    page.keyboard.press("PageDown")  # comes as it is
    until(page, f"{pressed} === 'false'")
    page.keyboard.press("m")
    until(page, f"{pressed} === 'true'")


def test_two_views_stand_side_by_side_and_move_together(museum: dict[str, Any], page: Any) -> None:
    complaints = zoomed(page, f"{museum['origin']}/en/objects/{museum['drum'].public_id}/drum-of-the-perfume-river/")
    page.keyboard.press("c")
    until(page, "document.querySelectorAll('.viewer-pane .viewer-sheet').length === 2")
    scales = "[...document.querySelectorAll('.viewer-sheet')].map(s => Math.round(1000 * new DOMMatrix(getComputedStyle(s).transform).a))"
    until(page, f"(([a, b]) => a === b)({scales})")
    before = page.evaluate(scales)
    page.keyboard.press("+")
    until(page, f"before => (([a, b]) => a > before && a === b)({scales})", before[0])
    page.keyboard.press("l")
    page.keyboard.press("+")
    until(page, f"(([a, b]) => a !== b)({scales})")
    assert not Axe().run(page, options=WCAG).response["violations"]
    page.keyboard.press("c")
    until(page, "document.querySelectorAll('.viewer-pane').length === 1")
    assert not complaints


def test_the_strip_of_a_long_book_loads_only_what_is_seen(museum: dict[str, Any], page: Any) -> None:
    complaints = zoomed(page, f"{museum['origin']}/en/objects/{museum['book'].public_id}/")
    page.keyboard.press("t")
    page.wait_for_selector(".strip-page")
    assert page.evaluate("document.querySelectorAll('.strip-page').length") < 40
    page.keyboard.press("End")
    until(page, f"document.querySelector('.viewer-strip [aria-posinset=\"{PAGES}\"]') !== null")
    assert page.evaluate("document.querySelectorAll('.strip-page').length") < 40
    page.keyboard.press("Enter")
    until(page, f"document.querySelector('[data-label]').textContent.includes('{PAGES}/{PAGES}')")
    assert not Axe().run(page, options=WCAG).response["violations"]
    page.focus(".viewer-canvas")
    page.keyboard.press("g")
    page.keyboard.type("26b")
    page.keyboard.press("Enter")
    until(page, "document.querySelector('[data-label]').textContent.startsWith('26b · 52/')")
    assert page.evaluate("new URL(location).searchParams.get('view')")
    assert not complaints


def test_the_keys_go_on_working_when_what_had_the_focus_is_gone(museum: dict[str, Any], page: Any) -> None:
    first = museum["book"].media.order_by("sort_order").first()
    note = Annotation(
        use=first, kind="description", shape="box", points=[[10, 10], [200, 200]], text=text("A seal"), publication_class="public"
    )
    annotating.publish([annotating.write(note, user=None)], user=None)
    complaints = zoomed(page, f"{museum['origin']}/en/objects/{museum['book'].public_id}/")
    label = "document.querySelector('[data-label]').textContent"
    page.keyboard.press("d")  # the described details, which the last page has none of
    page.wait_for_selector("[data-panel=details]:not([hidden])")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.act") == "details"
    page.keyboard.press("End")
    until(page, f"{label}.includes('{PAGES}/{PAGES}')")
    until(page, "document.activeElement.closest('.viewer') !== null")
    page.keyboard.press("PageUp")
    until(page, f"{label}.includes('{PAGES - 1}/{PAGES}')")
    page.focus("[data-act=next]")
    page.keyboard.press("Enter")  # to the last page: there is no next one
    until(page, f"{label}.includes('{PAGES}/{PAGES}') && document.activeElement.matches('.viewer-canvas')")
    page.keyboard.press("t")
    until(page, "document.activeElement.matches('.viewer-strip [role=listbox]')")
    page.keyboard.press("Escape")  # closes the strip, not the viewer
    page.wait_for_selector(".viewer-strip", state="hidden")
    assert page.evaluate("document.activeElement.matches('.viewer-canvas')")
    page.keyboard.press("Home")
    until(page, f"{label}.includes('1/{PAGES}')")
    page.emulate_media(media="print")  # what is described stands on paper, opened or not
    assert page.is_visible("#regions li")
    assert not complaints


def test_what_was_whole_stays_whole_beside_the_strip_and_a_page_turned_is_no_zoom(museum: dict[str, Any], page: Any) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    zoomed(page, f"{museum['origin']}/en/objects/{museum['drum'].public_id}/drum-of-the-perfume-river/")
    page.wait_for_timeout(1000)
    for open_or_closed in range(2):
        page.keyboard.press("t")
        page.wait_for_timeout(1000)
        shown = page.evaluate(ZOOMED)
        page.focus(".viewer-canvas")
        page.keyboard.press("0")
        page.wait_for_timeout(1000)
        assert page.evaluate(ZOOMED) == shown, open_or_closed
    page.evaluate(
        "window.said = []; new MutationObserver(() => said.push(document.querySelector('[data-say]').textContent))"
        ".observe(document.querySelector('[data-say]'), { childList: true, characterData: true, subtree: true })"
    )
    page.keyboard.press("PageDown")
    page.wait_for_timeout(2500)
    said = page.evaluate("window.said")
    assert len(said) == 1 and "2/3" in said[0], said
    page.keyboard.press("+")
    until(page, "window.said.at(-1).startsWith('Zoom ')")


def test_what_is_zoomed_back_to_the_whole_picture_lies_in_the_middle(museum: dict[str, Any], page: Any) -> None:
    zoomed(page, f"{museum['origin']}/en/objects/{museum['drum'].public_id}/drum-of-the-perfume-river/")
    fingers = page.context.new_cdp_session(page)
    box = page.locator(".viewer-canvas").first.bounding_box()
    across, down = box["x"] + box["width"] / 3, box["y"] + box["height"] / 3  # beside the middle

    def touch(kind: str, *places: tuple[float, float]) -> None:
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(places)]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def pinch(near: int, far: int) -> None:
        touch("touchStart", (across - near, down), (across + near, down))
        for step in range(1, 11):
            apart = near + (far - near) * step / 10
            touch("touchMove", (across - apart + step, down + step), (across + apart + step, down + step))
        touch("touchEnd")

    beside = """() => {
      const canvas = document.querySelector('.viewer-canvas').getBoundingClientRect();
      const sheet = document.querySelector('.viewer-sheet').getBoundingClientRect();
      return Math.max(Math.abs(sheet.left + sheet.right - canvas.left - canvas.right), Math.abs(sheet.top + sheet.bottom - canvas.top - canvas.bottom));
    }"""
    pinch(30, 90)
    until(page, f"({beside})() > 20")
    pinch(90, 20)
    until(page, f"({beside})() < 2")
    page.keyboard.press("0")
    page.mouse.move(across, down)
    page.mouse.wheel(0, -300)
    until(page, f"({beside})() > 20")
    page.mouse.move(across + box["width"] / 3, down)
    page.mouse.wheel(0, 300)
    until(page, f"({beside})() < 2")


def test_a_shared_detail_opens_where_it_was_shared(museum: dict[str, Any], page: Any) -> None:
    zoomed(page, f"{museum['origin']}/en/objects/{museum['drum'].public_id}/drum-of-the-perfume-river/")
    page.keyboard.press("1")
    until(page, f"{ZOOMED} === '100 %'")
    for _ in range(3):
        page.keyboard.press("+")
    page.wait_for_timeout(300)
    page.keyboard.press("s")
    page.wait_for_selector("[data-panel=share]:not([hidden])")
    address, cited = page.input_value("[data-field=link]"), page.input_value("[data-field=cite]")
    assert "[detail " in cited
    shown = [int(part) for part in cited.partition("[detail ")[2].partition("]")[0].split(",")]
    assert not Axe().run(page, options=WCAG).response["violations"]
    page.goto(address)
    until(page, f"document.querySelector('[data-zoom]') && {ZOOMED}.includes('%')")
    page.wait_for_timeout(300)
    page.keyboard.press("s") if page.evaluate("document.activeElement.className") == "viewer-canvas" else page.click("[data-act=share]")
    page.wait_for_selector("[data-panel=share]:not([hidden])")
    again = page.input_value("[data-field=cite]").partition("[detail ")[2].partition("]")[0]
    seen = [int(part) for part in again.split(",")]
    # all of what was shared is seen again, and little more
    assert seen[0] <= shown[0] + 2 and seen[1] <= shown[1] + 2
    assert seen[0] + seen[2] >= shown[0] + shown[2] - 2 and seen[1] + seen[3] >= shown[1] + shown[3] - 2
    assert seen[2] < shown[2] * 1.5


@pytest.mark.parametrize(
    ("kind", "dropped"),
    [
        ("text/plain", "{manifest}"),
        ("text/plain", "https://x.example/viewer?manifest={manifest}"),
        ("text/plain", '{{"id": "{manifest}", "type": "Manifest"}}'),
        ("text/uri-list", "# from another museum\r\n{manifest}\r\n"),
    ],
)
def test_what_is_dropped_on_the_picture_opens(museum: dict[str, Any], page: Any, kind: str, dropped: str) -> None:
    complaints = zoomed(page, f"{museum['origin']}/en/objects/{museum['drum'].public_id}/drum-of-the-perfume-river/")
    address = page.evaluate("document.querySelector('[data-share]').dataset.share").replace("/iiif/view", "")
    said = dropped.format(manifest=f"{address}/iiif/objects/{museum['book'].public_id}/manifest.json")
    drop = """([kind, said]) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.setData(kind, said);
        document.querySelector(".viewer").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    }"""
    page.evaluate(drop, [kind, said])
    page.wait_for_url(f"**/en/objects/{museum['book'].public_id}/**")
    assert complaints == []


def test_two_objects_are_compared_and_the_page_is_whole_without_script(museum: dict[str, Any], page: Any, browser: Any) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    address = f"{museum['origin']}/en/compare/?object={museum['drum'].public_id}&object={museum['book'].public_id}"
    page.goto(address)
    until(page, "document.querySelectorAll('.viewer-sheet').length === 2")
    page.wait_for_timeout(500)
    assert near(centre(page, ".viewer-pane:nth-child(2) .viewer-canvas"), (163, 38, 27))
    assert not Axe().run(page, options=WCAG).response["violations"]
    assert not complaints
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    plain = context.new_page()
    plain.goto(address)
    assert plain.locator(".compared-picture img").count() == 2
    plain.fill("#compare-q", "muôi")
    plain.click(".compare-search button")
    assert plain.locator(".compared li").count() == 2
    context.close()


def test_a_moment_of_a_recording_is_shared_and_opened_again(museum: dict[str, Any], page: Any) -> None:
    sound = io.BytesIO()
    with wave.open(sound, "wb") as file:
        file.setparams((1, 1, 8000, 0, "NONE", ""))
        file.writeframes(bytes(range(100, 156)) * 1000)  # seven seconds
    asset = ingest.receive(io.BytesIO(sound.getvalue()), "bell.wav")
    derive.prepare(asset.pk)
    bell = factories.make_object("KC 1", title="Chuông", public=False)
    use = factories.add_picture(bell, asset=asset, label=text("Stroke"))
    factories.publish(bell)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(f"{museum['origin']}/en/objects/{bell.public_id}/")
    page.click("[data-moment] > summary")
    until(page, "document.querySelector('audio').duration > 6")
    page.evaluate("document.querySelector('audio').currentTime = 4.26")
    until(page, "document.querySelector('[data-field=at]').textContent === '0:04'")
    (target,) = content_state.read(page.input_value("[data-field=state]"))
    assert (target.canvas.rpartition("/")[2], target.begins) == (use.public_id, 4.2)
    page.goto(page.input_value("[data-field=link]"))
    until(page, "Math.abs(document.querySelector('audio').currentTime - 4.2) < 0.1")
    assert page.url.endswith(f"#recording-{use.public_id}")
    assert complaints == []
