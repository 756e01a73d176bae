"""/api/v1/search and /api/v1/suggest."""

import pytest
from django.test import Client
from ninja.testing import TestClient

from search import api_examples
from search.api import SearchOut, SuggestOut, router
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
    too_long = client.get("/search?q=" + "%0A".join(f"BT+{number}" for number in range(501)))
    assert too_long.status_code == 422 and "500 numbers" in too_long.json()["detail"]


@pytest.mark.parametrize("query", ["sort=evil", "page=0", "size=101", "from=abc", "kind=secret", "page=9999&size=100", "from=5&to=1"])
def test_bad_input_is_refused_with_a_reason(query):
    answer = client.get(f"/search?{query}")
    assert answer.status_code == 422 and answer.json()["detail"]


def test_suggestions_name_their_kind():
    items = client.get("/suggest?q=bron").json()["items"]
    assert [(item["kind"], item["label"], item["html"]) for item in items] == [("term", "bronze", "<mark>bronze</mark>")]


def test_a_kind_that_is_named_a_thousand_times_is_asked_for_once():
    once = client.get("/suggest?q=bron&kind=term").json()["items"]
    assert len(once) == 1 and client.get(f"/suggest?q=bron{'&kind=term' * 1000}").json()["items"] == once


def test_mended_words_are_proposed():
    assert client.get("/search?q=bronzee").json()["did_you_mean"] == "bronze"


def walk(query, size=2):
    """Ids of every item of a walk, and how many answers it took."""
    found, cursor, answers = [], "*", 0
    while cursor:
        answer = client.get(f"/search?{query}&size={size}&cursor={cursor}").json()
        found += [f"{item['kind']}:{item['id']}" for item in answer["items"]]
        cursor, answers = answer["next_cursor"], answers + 1
    return found, answers


def test_a_walk_by_cursor_gives_each_result_once_in_the_order_of_ids():
    made = {f"object:{make_object(f'BT 77.{number}', f'Bát {number}').public_id}" for number in range(7)}
    catch_up()
    found, answers = walk("q=bat")
    assert found == sorted(made) and answers == 4


def test_a_walk_goes_on_although_records_come_and_go():
    made = sorted((make_object(f"BT 78.{number}", f"Đĩa {number}") for number in range(6)), key=lambda one: one.public_id)
    catch_up()
    first = client.get("/search?q=dia&size=3&cursor=*").json()
    made[1].unpublish()
    make_object("BT 78.99", "Đĩa nữa")
    catch_up()
    rest = client.get(f"/search?q=dia&size=100&cursor={first['next_cursor']}").json()
    ids = [item["id"] for item in first["items"] + rest["items"]]
    assert len(ids) == len(set(ids)) and {one.public_id for one in made} <= set(ids)


@pytest.mark.parametrize(
    ("cursor", "sentence"),
    [
        ("forged", "not made by this museum"),
        ("eJx:1:2", "not made by this museum"),
        ("OTHER", "belongs to another search"),
        ("OLD", "older than a day"),
    ],
)
def test_a_cursor_that_cannot_be_followed_is_refused_with_a_sentence(cursor, sentence, monkeypatch):
    for number in range(3):
        make_object(f"BT 79.{number}", f"Ấm {number}")
    catch_up()
    real = client.get("/search?q=am&size=1&cursor=*").json()["next_cursor"]
    query = "q=am"
    if cursor == "OLD":
        monkeypatch.setattr("search.cursors.GOOD_FOR", -1)
    elif cursor == "OTHER":
        query = "q=trong"
    answer = client.get(f"/search?{query}&size=1&cursor={real if cursor.isupper() else cursor}")
    assert answer.status_code == 422 and sentence in answer.json()["detail"]


def test_a_cursor_and_a_page_or_an_order_do_not_go_together():
    for other in ("page=2", "sort=title"):
        assert "leave page and sort out" in client.get(f"/search?q=a&cursor=*&{other}").json()["detail"]


def test_a_walk_waits_while_the_engine_is_away(away):
    answer = client.get("/search?q=trong&cursor=*")
    assert answer.status_code == 503 and "same cursor" in answer.json()["detail"]


def test_the_documentation_is_openapi_3_1_and_its_examples_are_true():
    from museum.api import api

    document = api.get_openapi_schema()
    assert document["openapi"].startswith("3.1")
    for path, schema in (("/api/v1/search", SearchOut), ("/api/v1/suggest", SuggestOut)):
        answers = document["paths"][path]["get"]["responses"]
        example = answers[200]["content"]["application/json"]["example"]
        assert schema.model_validate(example).model_dump(by_alias=True) == example
        assert answers[200]["content"]["application/json"]["schema"]["$ref"].endswith(schema.__name__)
    made = client.get("/search?q=trong+dong&facets=5&histogram=true").json()
    assert made.keys() == api_examples.FOUND.keys()
    assert made["items"][0]["record"].keys() == api_examples.DRUM.keys()


def test_the_description_is_openapi():
    """A parameter's examples have names there, a list of them is none; every answer has an example."""
    described = Client().get("/api/v1/openapi.json").json()
    for operations in described["paths"].values():
        for asked in operations["get"]["parameters"]:
            assert isinstance(asked.get("examples", {}), dict), asked["name"]
        for code, answer in operations["get"]["responses"].items():
            assert "example" in answer["content"]["application/json"], code


@pytest.mark.parametrize("address", ["/api/v1/search?page=0", "/api/v1/search?sort=evil&size=x", "/api/v1/suggest?limit=21"])
def test_what_is_refused_is_a_sentence_as_the_description_says(address):
    answer = Client().get(address)
    assert answer.status_code == 422 and isinstance(answer.json()["detail"], str)
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_more_values_of_a_facet_than_are_looked_for_are_refused():
    """Left out without a word, what they have would be missing among the hits."""
    asked = "&".join(f"maker=m{number:011d}" for number in range(51))
    answer = Client().get(f"/api/v1/search?{asked}")
    assert answer.status_code == 422 and "maker: more than 50 values" in answer.json()["detail"]
    assert Client().get(f"/api/v1/search?{asked.rpartition('&')[0]}").status_code == 200


def test_a_parameter_that_is_sent_empty_was_not_given():
    """As OpenSearch has it of the optional ones of our template."""
    assert Client().get("/api/v1/search?q=trong&page=&size=&from=&to=&facets=").json()["total"] == 1


def test_every_address_answers_head_and_asks_from_other_sites():
    assert Client().head("/api/v1/search?q=trong").status_code == 200
    asked = Client().options("/api/v1/search", headers={"origin": "https://example.org", "access-control-request-method": "GET"})
    assert asked.status_code == 204 and asked["Access-Control-Allow-Origin"] == "*" and "GET" in asked["Access-Control-Allow-Methods"]
    assert Client().post("/api/v1/search").status_code == 405
