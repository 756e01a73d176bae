"""Cards, values and bars are written as text: whatever stands in a record stays text there."""

from __future__ import annotations

import html.parser
from dataclasses import replace

import pytest
from django.utils.translation import override

from exhibits import markup
from exhibits.cards import Card, FoundOn
from exhibits.pictures import Picture
from exhibits.search_page import Choice, Filter, Strip
from exhibits.words import Said

EVIL = """<script>alert("x")</script>'&"""
PICTURE = Picture("abcd", 400, 300)


class Elements(html.parser.HTMLParser):
    """What a browser makes of it: elements with their attributes, and the text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def evil_card() -> Card:
    text = Said(EVIL, "vi", fallback=True)
    page = FoundOn(f"/page?{EVIL}", text, EVIL, "<mark>safe</mark>")
    return Card(url=f"/object/{EVIL}", title=text, maker=text, date=text, note=text, page=page)


@pytest.mark.parametrize("picture", [None, PICTURE, replace(PICTURE, color=EVIL)])
def test_no_text_of_a_record_becomes_an_element(picture: Picture | None) -> None:
    read = Elements(markup.cards([replace(evil_card(), picture=picture)]))
    assert not read.all("script")
    assert read.text.count(EVIL) == 5  # title, maker and date, note, label of the page
    assert [link["href"] for link in read.all("a")] == [f"/object/{EVIL}", f"/page?{EVIL}"]
    assert read.all("q") == [{"lang": EVIL}]


def test_neither_values_nor_years_become_elements() -> None:
    choice = Choice(Said(EVIL), f"?{EVIL}", 3, selected=True, value=EVIL)
    values = Elements(markup.choices(Filter(EVIL, "Maker", [choice])))
    assert values.all("a")[0] == {
        "href": f"?{EVIL}",
        "rel": "nofollow",
        "data-state": None,
        "data-key": f"{EVIL}:{EVIL}",
        "aria-current": "true",
    }
    bars = Elements(markup.strips([Strip(EVIL, f"?{EVIL}", [(50.0, EVIL), (0, "none")])]))
    assert not values.all("script") and not bars.all("script")
    assert [one["class"] for one in bars.all("span")] == ["bar-ground", "bar", "bar-ground", "bar bar-none", "visually-hidden"]
    assert EVIL in bars.text and EVIL in values.text


def test_a_text_in_another_language_says_so_and_one_in_the_pages_own_does_not() -> None:
    card = Card(url="/o", title=Said("Trống đồng", "vi", fallback=True), maker=Said("A potter", "en"))
    (title,) = (one for one in Elements(markup.cards([card])).all("span") if one.get("class") == "card-name")
    assert (title["lang"], title["dir"]) == ("vi", "ltr")
    assert '<span class="card-line">A potter</span>' in markup.cards([card])
    arabic = Elements(markup.cards([replace(card, title=Said("خريطة", "ar", fallback=True))]))
    assert {"class": "card-name", "lang": "ar", "dir": "rtl"} in arabic.all("span")


def test_a_picture_that_wants_a_warning_is_not_on_its_card() -> None:
    card = Card(url="/o", title=Said("Skull"), picture=PICTURE, warning=True)
    read = Elements(markup.cards([card]))
    assert not read.all("img")
    assert "Read the notice before you look" in read.text
    (img,) = Elements(markup.cards([replace(card, warning=False)])).all("img")
    assert img["loading"] == "lazy" and (img["width"], img["height"]) == ("400", "300")
