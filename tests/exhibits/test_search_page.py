"""The search page: one address, one state."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from artifacts.models import Description, Event, Maker, Material
from exhibits import search_page
from search import rebuilding
from search.requests import Bar, Bucket
from tests import factories
from tests.search.conftest import catch_up

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def collection(shared_search: Any) -> dict[str, Any]:
    bronze, jade = factories.make_term("bronze"), factories.make_term("jade")
    maker = factories.make_agent("Lê Thị B")
    drum = factories.make_object(
        "BT 1",
        title="Trống đồng",
        rows={"materials": [Material(term=bronze)], "events": [Event(date_text="400 TCN", date_earliest=-399, date_latest=-399)]},
    )
    bell = factories.make_object(
        "BT 2",
        title="Chuông",
        rows={
            "materials": [Material(term=bronze)],
            "makers": [Maker(agent=maker)],
            "events": [Event(date_text="1838", date_earliest=1838, date_latest=1838)],
        },
    )
    seal = factories.make_object(
        "BT 3",
        title="Ấn ngọc",
        rows={"materials": [Material(term=jade)], "descriptions": [Description(text=factories.text("<b>carved</b> & polished"))]},
    )
    catch_up()
    return {"bronze": bronze, "jade": jade, "maker": maker, "drum": drum, "bell": bell, "seal": seal}


def found(address: str) -> str:
    response = Client().get(address)
    assert response.status_code == 200
    return response.content.decode()


def titles(body: str) -> set[str]:
    return set(re.findall(r'class="card-(?:title|name)"[^>]*>([^<]+)<', body))


def links(body: str) -> list[str]:
    return [unescape(link) for link in re.findall(r'href="(\?[^"]*)"', body)]


def test_words_without_marks_find_what_has_them(collection: Any) -> None:
    assert titles(found("/en/search/?q=trong+dong")) == {"Trống đồng"}


def test_a_facet_narrows_and_its_chip_widens_again(collection: Any) -> None:
    bronze = collection["bronze"].public_id
    body = found("/en/search/?kind=object")
    narrowing = next(link for link in links(body) if f"material={bronze}" in link)
    narrowed = found(f"/en/search/{narrowing}")
    assert titles(narrowed) == {"Trống đồng", "Chuông"}
    assert "2 objects" in narrowed
    assert re.search(r'class="chip" href="\?kind=object"', narrowed)
    assert collection["jade"].public_id in narrowed  # a facet's own filter does not hide its other values


def test_a_narrower_value_stands_below_its_broader_one_however_many_have_it() -> None:
    def bucket(name: str, count: int, *path: str) -> Bucket:
        return Bucket(name, {"en": name}, count, path=path)

    buckets = (bucket("Nguyen", 30), bucket("Le", 5), bucket("Dong Son", 4, "Metal"), bucket("Metal", 3), bucket("Gia Long", 2, "Nguyen"))
    assert [(one.id, depth) for one, depth in search_page.as_tree(buckets)] == [
        ("Nguyen", 0),
        ("Gia Long", 1),
        ("Le", 0),
        ("Metal", 0),
        ("Dong Son", 1),
    ]


def test_the_way_of_showing_stays_through_every_link(collection: Any) -> None:
    body = found("/en/search/?kind=object&show=list")
    results = body[body.index("data-search") :]
    others = [link for link in links(results) if link not in {"?kind=object", "?kind=object&show=map"}]
    assert others and all("show=list" in link for link in others)
    assert 'class="listing' in body


def test_years_before_christ_are_searched_and_said_in_words(collection: Any) -> None:
    body = found("/en/search/?kind=object&from=-500&to=-1")
    assert titles(body) == {"Trống đồng"}
    assert "Years: 500–1 BC" in body
    assert 'name="from" step="1" value="-500"' in body


def test_nothing_found_offers_to_drop_each_filter(collection: Any) -> None:
    jade, maker = collection["jade"].public_id, collection["maker"].public_id
    body = found(f"/en/search/?kind=object&material={jade}&maker={maker}")
    assert "Nothing was found." in body
    assert re.search(r"without Material: <?", body) and "without Maker: Lê Thị B" in body


def test_a_misspelt_word_is_helped(collection: Any) -> None:
    body = found("/en/search/?q=carvde")
    assert "similar" in body or "Did you mean" in body


def test_what_was_meant_is_proposed_within_the_filters_if_it_has_hits_there(collection: Any) -> None:
    bronze, jade = collection["bronze"].public_id, collection["jade"].public_id
    assert f'Did you mean <a href="?q=carved&amp;kind=object&amp;material={jade}"' in found(
        f"/en/search/?q=carvde&kind=object&material={jade}"
    )
    assert "Did you mean" not in found(f"/en/search/?q=carvde&kind=object&material={bronze}")


def test_what_was_typed_is_text_wherever_it_is_shown(collection: Any) -> None:
    body = found('/en/search/?q="><script>alert(1)</script>')
    assert "<script>alert" not in body
    marked = found("/en/search/?q=carved&show=list")
    assert "&lt;b&gt;<mark>carved</mark>" in marked and "<b>carved" not in marked


STRANGE = ("page=99999", "size=7", "from=x&to=y", "sort=nonsense", "material=%00", "all=nothing", "q=" + "a+" * 3000, "page=-3")


def test_a_strange_address_is_answered_all_the_same(collection: Any) -> None:
    assert {query: Client().get(f"/en/search/?{query}").status_code for query in STRANGE} == dict.fromkeys(STRANGE, 200)


def test_a_form_that_was_sent_without_a_script_ends_at_the_one_address_of_what_it_asks(collection: Any) -> None:
    sent = "/en/search/?q=&kind=&from=-400&to=&sort=relevance&show=map&size=24"
    answer = Client().get(sent)
    assert (answer.status_code, answer["Location"]) == (302, "/en/search/?from=-400&show=map")
    assert Client().get("/en/search/?q=")["Location"] == "/en/search/"
    assert Client().get("/en/search/?q=&q=trong&material=")["Location"] == "/en/search/?q=trong"
    page = Client().get("/en/search/?to=9&show=list&q=trong&from=-400&sort=relevance").content.decode()
    assert '<link rel="canonical" href="http://localhost:8000/en/search/?q=trong&amp;from=-400&amp;to=9">' in page
    assert Client().get("/en/search/?q=trong&from=-400&to=9").status_code == 200


def test_results_are_shown_without_reading_a_record(collection: Any) -> None:
    found("/en/search/?kind=object")
    with CaptureQueriesContext(connection) as queries:
        found("/en/search/?kind=object&sort=title")
    assert not [query for query in queries if '"artifacts_' in query["sql"]]


def test_suggestions_are_split_at_what_was_typed(collection: Any) -> None:
    items = Client().get("/en/search/suggest/?q=trong").json()["items"]
    assert items[0]["url"] == f"/en/objects/{collection['drum'].public_id}/trong-dong/"
    assert items[0]["label"][0] == ["Trống", True]
    assert items[0]["kind"] == "Object"
    assert Client().get("/en/search/suggest/?q=").json() == {"items": []}


def test_a_person_s_page_lists_what_names_them(collection: Any) -> None:
    body = found(f"/en/people/{collection['maker'].public_id}/le-thi-b/")
    assert titles(body) == {"Chuông"}
    assert "1 object" in body


def test_the_search_without_its_engine_says_so_and_finds_titles(collection: Any, settings: Any) -> None:
    from tests.search.conftest import NOWHERE, _awake

    settings.SEARCH_URL = NOWHERE
    body = found("/en/search/?q=trong+dong")
    _awake()
    assert "The search is limited at the moment" in body
    assert titles(body) == {"Trống đồng"}


def test_every_bar_of_many_leads_to_the_years_of_its_strip() -> None:
    bars = tuple(Bar(1600 + 10 * n, 1609 + 10 * n, n % 3) for n in range(40))
    drawn = search_page.histogram(bars, lambda **changes: f"?from={changes['from_']}&to={changes['to']}")
    assert len(drawn.strips) <= search_page.MOST_TARGETS
    assert [len(strip.bars) for strip in drawn.strips] == [5] * 8
    assert drawn.strips[0].url == "?from=1600&to=1649"
    assert drawn.strips[-1].url == "?from=1950&to=1999"
    few = search_page.histogram(bars[:3], lambda **changes: f"?from={changes['from_']}")
    assert [strip.url for strip in few.strips] == ["", "?from=1610", "?from=1620"]
    assert few.strips[2].label.endswith(": 2")


def test_names_stand_before_the_works(collection: Any, museum_search: Any) -> None:
    factories.make_agent("Trống Văn C")
    rebuilding.rebuild("public")
    body = found("/en/search/?q=trong")
    names, works = body.index('data-hits="names"'), body.index('data-hits="works"')
    assert names < body.index("Trống Văn C") < works < body.index("Trống đồng", works)


def test_a_list_of_numbers_that_is_too_long_says_so(collection: Any):
    answer = Client().get("/en/search/", {"q": "\n".join(["BT 1", *(f"BT 9.{number}" for number in range(502))])}).content.decode()
    assert "its last 3 numbers were not looked up" in answer and "Trống đồng" in answer


def test_years_that_are_typed_lead_to_what_was_made_then(collection: Any) -> None:
    assert 'href="?from=1820&amp;to=1840"' in found("/en/search/?q=Minh+M%E1%BA%A1ng") and "Objects dated 1820–1840" in found(
        "/en/search/?q=Minh+Mang"
    )
    assert 'href="?from=-400&amp;to=-400"' in found("/en/search/?q=400+BC")
    assert "Objects dated" not in found("/en/search/?q=bronze") and "Objects dated" not in found("/en/search/?q=1950")
