"""Other ways into the results: the map, the colours, pictures that look alike, synonyms, suggestions by kind."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from search import vocabulary
from search.models import SynonymRule
from search.requests import Bucket
from tests import factories
from tests.factories import Event
from tests.search.conftest import catch_up

pytestmark = pytest.mark.django_db
BLUE = [{"color": "#3763b0", "share": 0.7}, {"color": "#f2efe8", "share": 0.3}]
RED = [{"color": "#c4302b", "share": 0.9}, {"color": "#1c1b1a", "share": 0.1}]


def made_at(place: Any) -> dict[str, Any]:
    return {"events": [Event(date_text="1838", date_earliest=1838, date_latest=1838, place=place)]}


@pytest.fixture
def places(museum_search: Any) -> dict[str, Any]:
    hue = factories.make_place("Huế", latitude=16.4637, longitude=107.5909, public_precision="exact")
    kiln = factories.make_place("Lò gốm", latitude=16.48, longitude=107.6, public_precision="exact")
    hanoi = factories.make_place("Hà Nội", latitude=21.0278, longitude=105.8342, public_precision="exact")
    hidden = factories.make_place("Mộ kín", latitude=15.0, longitude=108.0, public_precision="hidden")
    for number, place in enumerate([hue, hue, kiln, hanoi, hidden]):
        factories.make_object(f"BT {number}", title=f"Bát {number}", rows=made_at(place))
    catch_up()
    return {"hue": hue, "kiln": kiln, "hanoi": hanoi, "hidden": hidden}


def body_of(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def circles(body: str) -> dict[str, str]:
    """Label → address of each circle."""
    return {unescape(label): unescape(url) for url, label in re.findall(r'class="map-point" href="([^"]*)"[^>]*aria-label="([^"]*)"', body)}


def test_the_map_gathers_near_places_and_counts_each_result_once(places: dict[str, Any]) -> None:
    body = body_of("/en/search/?kind=object&show=map")
    found = circles(body)
    assert set(found) == {"Huế and 1 other place: 3 results", "Hà Nội: 1 result"}
    assert "4 of 5 results have a place on this map" in body
    assert not any("Mộ kín" in label for label in found)


def test_a_circle_leads_to_the_map_of_its_places_and_a_single_place_to_its_results(places: dict[str, Any]) -> None:
    near = circles(body_of("/en/search/?kind=object&show=map"))["Huế and 1 other place: 3 results"]
    assert "show=map" in near
    closer = circles(body_of(f"/en/search/{near}"))
    assert set(closer) == {"Huế: 2 results", "Lò gốm: 1 result"}
    address = closer["Huế: 2 results"]
    assert "show=map" not in address
    body = body_of(f"/en/search/{address}")
    assert "2 objects" in body and "Area of the map" in body


def test_a_box_that_is_none_is_left_out(places: dict[str, Any]) -> None:
    for box in ("%20", "1,2,3", "a,b,c,d", "0,50,10,40", "200,0,300,10", "nan,0,1,1", "1,2,3,4,5"):
        assert "5 objects" in body_of(f"/en/search/?kind=object&box={box}&show=map"), box


def test_a_box_may_reach_over_the_date_line(places: dict[str, Any]) -> None:
    assert "4 objects" in body_of("/en/search/?kind=object&box=100,-20,-100,30")
    assert "0 objects" in body_of("/en/search/?kind=object&box=-180,-20,-100,30")


def test_no_basemap_is_fetched_unless_the_museum_names_one(places: dict[str, Any], settings: Any) -> None:
    address = "/en/search/?kind=object&show=map"
    assert "<image" not in body_of(address)
    settings.BASEMAP_URL, settings.BASEMAP_ATTRIBUTION = "http://127.0.0.1:9/{z}/{x}/{y}.png", "© Mappers"
    body = body_of(address)
    assert re.search(r'<image href="http://127.0.0.1:9/\d+/\d+/\d+\.png"', body) and "© Mappers" in body


def test_places_far_apart_do_not_share_a_circle_and_none_leaves_the_drawing() -> None:
    from exhibits import search_map

    points = [(0.0, 0.0), (0.0, 170.0), (0.0, -170.0), (60.0, 10.0), (-85.0, 0.0)]
    buckets = [Bucket(str(n), {"en": str(n)}, n + 1, point=point) for n, point in enumerate(points)]
    drawn = search_map.draw(buckets, None, 15, lambda **changes: "?")
    assert len(drawn.clusters) == 5
    assert all(0 <= one.x <= drawn.width and 0 <= one.y <= drawn.height for one in drawn.clusters)


def pictured(number: int, palette: list[dict[str, Any]], fingerprint: str) -> Any:
    artifact = factories.make_object(f"HA {number}", title=f"Tranh {number}")
    use = factories.add_picture(artifact)
    type(use.asset).objects.filter(pk=use.asset.pk).update(palette=palette, perceptual_hash=fingerprint)
    return artifact


@pytest.fixture
def pictures(museum_search: Any) -> list[Any]:
    made = [
        pictured(0, BLUE, "0f0f0f0f0f0f0f0f"),
        pictured(1, BLUE, "0f0f0f0f0f0f0f0e"),
        pictured(2, RED, "0f0f0f0f0f0f0000"),
        pictured(3, RED, "a5c3b49687781e2d"),
    ]
    catch_up()
    return made


def test_colours_are_swatches_with_counts_and_narrow_the_results(pictures: list[Any]) -> None:
    body = body_of("/en/search/?kind=object")
    counted = dict(re.findall(r'swatch swatch-(\w+)".*?, (\d+)</span>', body))
    assert counted == {"blue": "2", "white": "2", "red": "2", "black": "2"}
    assert "2 objects" in body_of("/en/search/?kind=object&colour=blue")
    assert "Colour: blue" in body_of("/en/search/?kind=object&colour=blue")


def test_pictures_that_look_alike_come_nearest_first(pictures: list[Any]) -> None:
    from exhibits import hits

    near = [card.id for card in hits.neighbours(pictures[0].public_id)[1]]
    assert near[:2] == [pictures[1].public_id, pictures[2].public_id]
    assert pictures[3].public_id not in near and pictures[0].public_id not in near


def test_an_object_page_does_without_its_neighbours_when_the_engine_fails(pictures: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    from search.engines import engine
    from search.engines.base import EngineError

    def fails(*_: Any) -> Any:
        raise EngineError("A shard failed.")

    monkeypatch.setattr(engine(), "ask", fails)
    answer = Client().get(f"/en/objects/{pictures[0].public_id}/", follow=True)
    assert answer.status_code == 200
    assert "Pictures that look alike" not in answer.content.decode()


def test_the_object_page_shows_what_looks_alike(pictures: list[Any]) -> None:
    body = Client().get(f"/en/objects/{pictures[0].public_id}/", follow=True).content.decode()
    assert "Pictures that look alike" in body


def test_synonyms_are_named_where_they_helped(pictures: list[Any]) -> None:
    SynonymRule.objects.create(words="tranh, painting")
    vocabulary.look_again()
    body = body_of("/en/search/?q=painting&kind=object")
    assert "4 objects" in body and "Also looked for: tranh" in body


def test_suggestions_come_by_kind(museum_search: Any) -> None:
    factories.make_object("BT 1", title="Trống đồng")
    factories.make_agent("Trống Văn An")
    factories.make_place("Trống Làng")
    catch_up()
    items = Client().get("/en/search/suggest/?q=trong").json()["items"]
    assert [item["group"] for item in items] == ["Objects", "People and groups", "Places"]


def test_the_slider_says_its_years_and_needs_no_script_to_be_replaced(places: dict[str, Any]) -> None:
    body = body_of("/en/search/?kind=object")
    slider = re.search(r"data-slider[^>]*", body)
    assert slider and 'data-first="1830" data-last="1839"' in slider[0]
    assert 'name="from"' in body and 'name="to"' in body
