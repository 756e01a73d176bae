"""A visitor's way in a real browser, on both stacks: suggestion, words, facets, more of them, an object, and back to where all was."""

from __future__ import annotations

from typing import Any

import pytest

from artifacts.models import Event, Material
from search import rebuilding
from tests import factories
from tests.exhibits import scene
from tests.exhibits.test_browser import until

pytestmark = [pytest.mark.browser, pytest.mark.both_stacks]
DRUMS = 30  # more than a page holds
FOCUSED = "document.activeElement.getAttribute('href') ?? document.activeElement.dataset.key ?? document.activeElement.id"
HEADING = "document.querySelector('#results-heading').textContent.trim()"
SAID = "document.querySelector('[data-results-status]').textContent.trim()"
CARDS = "document.querySelectorAll('[data-hits=works] .card').length"
CHOSEN = "[...document.querySelectorAll('.filter a[aria-current]')].map(a => a.dataset.key)"


@pytest.fixture
def drums(museum_server: str, museum_search: Any) -> str:
    """Thirty drums, all but two of bronze and before our era, and a place that is called like one; answers the museum's origin."""
    scene.site()
    bronze, wood = factories.make_term("bronze"), factories.make_term("wood")
    for number in range(DRUMS):
        young = number < 2
        dated = (
            Event(date_text="1900", date_earliest=1900, date_latest=1900)
            if young
            else Event(date_text="-300", date_earliest=-299, date_latest=-299)
        )
        rows = {"materials": [Material(term=wood if young else bronze)], "events": [dated]}
        factories.make_object(f"BT {number + 1}", title=f"Trống đồng số {number + 1}", rows=rows)
    factories.make_object("SA 1", title="Bát sứ")
    factories.make_place("Trống Đồng (làng)")
    rebuilding.rebuild("public")
    return museum_server


def test_from_a_suggestion_over_facets_to_an_object_and_back_to_where_all_was(drums: str, page: Any) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    # half a word without marks: suggestions by kind, told to those who hear, chosen by keys
    page.goto(f"{drums}/en/")
    page.focus("#home-q")
    page.keyboard.type("trong do", delay=20)
    page.wait_for_selector(".search-box .suggestions [role=option]")
    groups = page.locator(".search-box .suggestion-group").all_inner_texts()
    assert groups == ["Objects", "Places"]
    until(page, "/\\d suggestions/.test(document.querySelector('.search-box [role=status]').textContent)")
    page.keyboard.press("ArrowUp")  # the last: the place
    assert page.get_attribute("#home-q", "aria-activedescendant")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/places/**")

    # the words themselves, to the results
    page.fill("#masthead-q", "trong dong")
    page.press("#masthead-q", "Enter")
    page.wait_for_url("**/en/search/?q=trong+dong")
    page.click(".tabs a[data-key='kind:object']")
    until(page, f"{HEADING}.startsWith('30 objects')")
    page.evaluate("window.same = true")
    start = page.url

    # facets and years, each its own address, nothing reloaded, focus kept, what changed said
    bronze = page.locator(".filter a[data-key^='material:']", has_text="bronze")
    key = bronze.get_attribute("data-key")
    bronze.press("Enter")
    until(page, f"{HEADING}.startsWith('28 objects')")
    assert page.evaluate(FOCUSED) != "results-heading" and page.evaluate("document.activeElement.dataset.key") == key
    assert page.evaluate(SAID).startswith("28 objects")
    assert page.evaluate(CHOSEN) == [key]
    with_bronze = page.url
    assert with_bronze != start
    page.fill(".years-form [name=from]", "-400")
    page.press(".years-form [name=from]", "Enter")
    until(page, "document.querySelectorAll('.chip').length === 2")
    assert "from=-400" in page.url
    assert "400 BC or later" in page.inner_text(".chips")
    narrowed = page.url

    # more of them, and one that the first page did not have
    assert page.evaluate(CARDS) == 24
    page.press("[data-more]", "Enter")
    until(page, f"{CARDS} === 28")
    assert page.evaluate(SAID) == "28 of 28 are shown."
    assert page.url == narrowed
    wanted = page.locator("[data-hits=works] .card-link").nth(26)
    address = wanted.get_attribute("href")
    wanted.focus()
    page.evaluate("document.activeElement.scrollIntoView({ block: 'center' })")
    page.wait_for_timeout(400)  # scrolling rests
    seen = page.evaluate("scrollY")
    assert seen > 0
    assert page.evaluate("window.same")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")
    assert page.inner_text("h1").startswith("Trống đồng số")

    # back: the address, all that was loaded, the place on the page and the focus
    page.go_back()
    page.wait_for_url(narrowed)
    until(page, f"{CARDS} === 28")
    until(page, f"{FOCUSED} === {address!r}")
    until(page, "seen => Math.abs(scrollY - seen) < 3", seen)
    assert page.evaluate(CHOSEN) == [key]
    assert page.input_value(".years-form [name=from]") == "-400"

    # further back, and forward again
    page.evaluate("window.same = true")
    page.go_back()
    until(page, "document.querySelectorAll('.chip').length === 1")
    assert page.url == with_bronze
    page.go_back()
    until(page, f"{HEADING}.startsWith('30 objects')")
    assert page.url == start
    assert page.evaluate(CHOSEN) == []
    page.go_forward()
    until(page, f"{HEADING}.startsWith('28 objects')")
    assert page.evaluate("document.activeElement.dataset.key") == key
    page.go_forward()
    until(page, f"{CARDS} === 28")
    assert page.url == narrowed
    until(page, "seen => Math.abs(scrollY - seen) < 3", seen)
    assert page.evaluate("window.same")
    assert not complaints
