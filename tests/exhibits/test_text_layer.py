"""The text over the picture in a real browser: it is selected with the mouse where it is read, and what is copied reads as the page does."""

from __future__ import annotations

import io
from typing import Any

import pytest

from artifacts import page_texts
from exhibits.page_text import for_script
from tests import factories
from tests.exhibits import scene
from tests.exhibits.test_browser import until
from tests.exhibits.test_viewer import zoomed
from tests.factories import text

pytestmark = [pytest.mark.browser]
HOCR = """<html><body><div class="ocr_page" title="bbox 0 0 1000 800">
<p class="ocr_par"><span class="ocr_line" title="bbox 100 100 700 140"><span class="ocrx_word" title="bbox 100 100 400 140">Trống</span>
<span class="ocrx_word" title="bbox 420 100 700 140">đồng</span></span>
<span class="ocr_line" title="bbox 100 160 500 200"><span class="ocrx_word" title="bbox 100 160 300 200">Sông</span>
<span class="ocrx_word">Hương</span> <span class="ocrx_word" title="bbox 400 160 500 200">chảy</span></span></p>
<p class="ocr_par" title="bbox 100 300 500 500">A paragraph of which nobody said where its words and its lines stand, only that they fill this part of the page.</p>
<p class="ocr_par" title="bbox 700 300 760 700">天地玄黃宇宙洪荒</p>
</div></body></html>"""
COPIED = "Trống đồng\nSông Hương chảy\n\nA paragraph of which nobody said where its words and its lines stand, only that they fill this part of the page.\n\n天地玄黃宇宙洪荒"


def _written(number: str, hocr: str) -> tuple[Any, Any]:
    """A public object with one picture of 1000 × 800 that bears this text; and the use of the picture."""
    scene.site()
    artifact = factories.make_object(number, public=False)
    use = scene.picture(artifact, (1000, 800), primary=True, label=text("1"))
    page_texts.take(use, io.BytesIO(hocr.encode()), "1.hocr")
    factories.publish(artifact)
    return artifact, use


def _selecting(page: Any, address: str) -> list[str]:
    """Open the deep zoom with its five words ready to be selected; what the browser complains of meanwhile."""
    page.set_viewport_size({"width": 1280, "height": 900})
    complaints = zoomed(page, address)
    page.click("[data-act=text]")
    page.check("[data-select]")
    until(page, "document.querySelectorAll('.viewer-word').length === 5")
    return complaints


def test_text_is_selected_where_it_stands_and_copied_as_it_is_read(museum_server: str, museum_search: Any, page: Any) -> None:
    artifact, use = _written("TX 1", HOCR)
    assert [line[3] for line in for_script(page_texts.of_pictures([use.public_id])[use.public_id])["lines"]] == [0, 0, 1, 2]
    complaints = _selecting(page, f"{museum_server}/en/objects/{artifact.public_id}/")
    # every word covers its box, be it narrower or wider than the letters are, and the paragraph stays in its own
    scale = page.evaluate("document.querySelector('.viewer-sheet').getBoundingClientRect().width / 1000")
    boxes = page.evaluate("[...document.querySelectorAll('.viewer-word, .viewer-flow')].map((one) => one.getBoundingClientRect().toJSON())")
    for box, (width, height) in zip(boxes, [(300, 40), (280, 40), (200, 40), (100, 40), (400, 200), (60, 400)], strict=True):
        assert abs(box["height"] - height * scale) < 3 and -3 < box["width"] - width * scale < 40 * scale  # with the space behind it
    fills = page.evaluate("(() => { const c = document.querySelector('.viewer-flow'); return c.scrollHeight / c.clientHeight; })()")
    assert fills <= 1.01
    first, last = boxes[0], boxes[-1]
    page.mouse.move(first["x"] + 1, first["y"] + first["height"] / 2)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] / 2, last["y"] + last["height"] - 1, steps=8)
    page.mouse.up()
    assert page.evaluate("getSelection().toString()").strip() == COPIED
    assert complaints == []


def test_in_forced_colours_the_words_do_not_stand_before_the_picture(museum_server: str, museum_search: Any, page: Any) -> None:
    artifact, _ = _written("TX 3", HOCR)
    page.emulate_media(forced_colors="active")
    zoomed(page, f"{museum_server}/en/objects/{artifact.public_id}/")
    until(page, "document.querySelectorAll('.viewer-word').length === 5")
    word = "document.querySelector('.viewer-word')"
    page.wait_for_timeout(500)
    with_words = page.locator(".viewer-sheet").screenshot()
    page.evaluate("document.querySelector('.viewer-text').style.visibility = 'hidden'")
    assert page.locator(".viewer-sheet").screenshot() == with_words, page.evaluate(f"getComputedStyle({word}).color")


TURNED = """<html><body><div class="ocr_page" title="bbox 0 0 1000 800">
<p class="ocr_par"><span class="ocr_line" title="bbox 100 100 140 700"><span class="ocrx_word" title="bbox 100 500 140 700">Hoàng</span>
<span class="ocrx_word" title="bbox 100 430 140 480">of</span> <span class="ocrx_word" title="bbox 100 100 140 410">thành</span></span></p>
<p class="ocr_par"><span class="ocr_line" title="bbox 300 100 340 700; textangle 270"><span class="ocrx_word" title="bbox 300 100 340 700">downwards</span></span></p>
<p class="ocr_par"><span class="ocr_line" title="bbox 500 100 900 140; textangle 180"><span class="ocrx_word" title="bbox 500 100 900 140">reversed</span></span></p>
</div></body></html>"""


def test_letters_that_are_turned_are_selected_as_they_are_read(museum_server: str, museum_search: Any, page: Any) -> None:
    artifact, _ = _written("TX 2", TURNED)
    complaints = _selecting(page, f"{museum_server}/en/objects/{artifact.public_id}/")
    scale = page.evaluate("document.querySelector('.viewer-sheet').getBoundingClientRect().width / 1000")
    sheet = page.evaluate("document.querySelector('.viewer-sheet').getBoundingClientRect().toJSON()")
    boxes = page.evaluate("[...document.querySelectorAll('.viewer-word')].map((one) => one.getBoundingClientRect().toJSON())")
    wanted = [(100, 500, 40, 200), (100, 430, 40, 50), (100, 100, 40, 310), (300, 100, 40, 600), (500, 100, 400, 40)]
    for box, (x, _y, width, height) in zip(boxes, wanted, strict=True):
        assert abs(box["x"] + box["width"] - sheet["x"] - (x + width) * scale) < 3
        assert abs(box["width"] - width * scale) < 3
        assert -3 < box["height"] - height * scale < 40 * scale  # with the space behind it

    def dragged(start: tuple[int, int], end: tuple[int, int]) -> str:
        page.mouse.move(sheet["x"] + start[0] * scale, sheet["y"] + start[1] * scale)
        page.mouse.down()
        page.mouse.move(sheet["x"] + end[0] * scale, sheet["y"] + end[1] * scale, steps=8)
        page.mouse.up()
        return str(page.evaluate("getSelection().toString()")).strip()

    assert dragged((120, 699), (120, 320)).startswith("Hoàng of t")  # upwards, the last word in part
    assert "downwards".startswith(first := dragged((320, 101), (320, 400))) and 3 < len(first) < 8
    assert "reversed".startswith(first := dragged((899, 120), (700, 120))) and 2 < len(first) < 7
    assert complaints == []
