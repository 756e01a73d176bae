"""/api/v1/search and /api/v1/suggest."""

import pytest
from ninja.testing import TestClient

from search.api import router
from tests.factories import Material, make_object, make_term
from tests.search.conftest import catch_up

pytestmark = pytest.mark.django_db
client = TestClient(router)


@pytest.fixture(autouse=True)
def objects(museum_search):
    bronze = make_term("bronze")
    made = make_object("BT 1987.12", "Trống đồng", rows={"materials": [Material(term=bronze, role="material")]})
    make_object("BT 2", "Trống giấu", public=False)
    catch_up()
    return made, bronze


def test_a_search_answers_total_and_items(objects):
    answer = client.get("/search?q=trong+dong&kind=object&facets=5").json()
    assert answer["total"] == 1 and answer["items"][0]["id"] == objects[0].public_id
    assert answer["items"][0]["record"]["number"] == "BT 1987.12"
    assert answer["items"][0]["highlights"][0]["html"] == "<mark>Trống</mark> <mark>đồng</mark>"
    (bucket,) = answer["facets"]["material"]["buckets"]
    assert bucket["id"] == objects[1].public_id and bucket["count"] == 1


def test_nothing_hidden_is_answered():
    assert client.get("/search?q=giau").json()["total"] == 0


def test_a_list_of_numbers_names_those_that_are_not_found():
    answer = client.get("/search?q=BT+1987.12%0ABT+99.9").json()
    assert answer["total"] == 1 and answer["not_found"] == ["BT 99.9"]


@pytest.mark.parametrize("query", ["sort=evil", "page=0", "size=101", "from=abc", "kind=secret", "page=9999&size=100", "from=5&to=1"])
def test_bad_input_is_refused_with_a_reason(query):
    answer = client.get(f"/search?{query}")
    assert answer.status_code == 422 and answer.json()["detail"]


def test_suggestions_name_their_kind():
    items = client.get("/suggest?q=bron").json()["items"]
    assert [(item["kind"], item["label"], item["html"]) for item in items] == [("term", "bronze", "<mark>bronze</mark>")]


def test_mended_words_are_proposed():
    assert client.get("/search?q=bronzee").json()["did_you_mean"] == "bronze"
