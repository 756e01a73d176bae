"""Content Search 2.0 and 1.0: from an uploaded page to an annotation on its canvas, with nothing in it that is not public."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from artifacts import annotating, attaching, page_texts
from artifacts.models import Annotation, TextLayer
from iiif.presentation import store
from media.textlayers import Box
from records import journal
from search import visitor
from search.requests import SearchRequest
from search.texts import finding, indexing
from search.texts.engine import engine
from tests.factories import add_picture, make_asset, make_object, text
from tests.media import pages_of_text as pages

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _engines(museum_search):
    opened = engine()
    yield
    opened.drop()


def catch_up() -> None:
    """The worker's work. All is one transaction here, in which the journal would note a change once: it is told to forget that."""
    for _ in range(20):
        if not sum(consumer.process() for consumer in journal.consumers.values() if consumer.process):
            break
    connection._museum_journal_notes = {}
    for audience in ("public", "curatorial"):
        for opened in (engine(), visitor.engine()):
            opened.ensure(audience)
            opened.refresh(audience)


def book(*contents: bytes, number: str = "", **values):
    """An object with one page for each of these texts (pictures of 2000 × 1600, texts measured on 1000 × 800)."""
    artifact = make_object(number, **values)
    for place, content in enumerate(contents, 1):
        use = add_picture(artifact, asset=make_asset(width=2000, height=1600), label=text(f"p. {place}"))
        page_texts.take(use, io.BytesIO(content), f"{place:04d}.xml")
    return artifact


def get(address: str, **parameters) -> dict:
    answer = Client().get(address, parameters)
    assert answer.status_code == 200, answer.content
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    return json.loads(answer.content)


def search_of(artifact, act: str = "search") -> str:
    return f"/iiif/objects/{artifact.public_id}/{act}"


def note_on(use, words: str = "A bird in flight", **values) -> Annotation:
    values = {
        "kind": "description",
        "publication_class": "public",
        "shape": "box",
        "points": [[10, 20], [110, 70]],
        "text": text(words),
        **values,
    }
    return annotating.write(Annotation(use=use, **values), user=None)


def test_a_word_of_a_page_is_an_annotation_on_its_canvas():
    artifact = book(pages.alto())
    catch_up()
    answer = get(search_of(artifact), q="huong")
    assert answer["@context"] == "http://iiif.io/api/search/2/context.json"
    assert answer["type"] == "AnnotationPage" and answer["id"].endswith("/search?q=huong")
    (item,) = answer["items"]
    canvas = f"/iiif/objects/{artifact.public_id}/canvas/{artifact.media.get().public_id}"
    assert item["motivation"] == "supplementing"
    assert item["target"].endswith(f"{canvas}#xywh=640,400,400,80")
    assert item["body"]["value"] == "Hương" and item["body"]["language"] == ["vi"]
    (hit,) = answer["annotations"][0]["items"]
    assert hit["motivation"] == "contextualizing"
    assert hit["target"]["source"] == item["id"]
    (quote,) = hit["target"]["selector"]
    assert quote == {"type": "TextQuoteSelector", "prefix": "Trống đồng Sông ", "exact": "Hương", "suffix": " chảy"}


def test_what_was_found_is_there_at_its_own_address():
    artifact, other = book(pages.alto()), make_object()
    add_picture(other)
    store.refresh("object", [artifact.pk, other.pk])
    catch_up()
    for asked in ("huong", '"đồng sông"'):
        for item in get(search_of(artifact), q=asked)["items"]:
            alone = get(item["id"])
            assert alone.pop("@context")
            assert alone == item
    name = item["id"].rpartition("/")[2]
    use = artifact.media.get().public_id
    for wrong in (f"{use}-0-9999-0", f"{use}-3-3-0", f"{use}-0-3-7", f"{use}-0-3", f"{use}-00-3-0", f"{use}-٠-٣-٠"):
        assert Client().get(f"/iiif/objects/{artifact.public_id}/annotation/{wrong}").status_code == 404, wrong
    assert Client().get(f"/iiif/objects/{other.public_id}/annotation/{name}").status_code == 404


def test_the_same_in_the_first_version():
    artifact = book(pages.alto())
    catch_up()
    answer = get(search_of(artifact, "search-v1"), q="sông")
    assert answer["@type"] == "sc:AnnotationList"
    (resource,) = answer["resources"]
    assert resource["resource"]["chars"] == "Sông" and resource["on"].endswith("#xywh=200,400,400,80")
    assert answer["hits"] == [
        {"@type": "search:Hit", "annotations": [resource["@id"]], "before": "Trống đồng ", "match": "Sông", "after": " Hương chảy"}
    ]


def test_a_phrase_over_two_lines_has_an_annotation_on_each_and_one_hit():
    artifact = book(pages.alto())
    catch_up()
    answer = get(search_of(artifact), q='"đồng sông"')
    assert [item["target"].partition("#")[2] for item in answer["items"]] == ["xywh=640,200,560,80", "xywh=200,400,400,80"]
    assert len(get(search_of(artifact, "search-v1"), q='"đồng sông"')["hits"]) == 1


def test_what_is_not_used_is_named_and_motivations_narrow():
    artifact = book(pages.alto())
    note = note_on(artifact.media.get(), "Sông in the picture")
    annotating.publish([note], user=None)
    catch_up()
    answer = get(search_of(artifact), q="sông", user="http://example.org/1", date="2020-01-01T00:00:00Z/2021-01-01T00:00:00Z")
    assert answer["ignored"] == ["date", "user"]
    assert len(answer["items"]) == 2
    assert [item["motivation"] for item in get(search_of(artifact), q="sông", motivation="supplementing")["items"]] == ["supplementing"]
    assert [item["motivation"] for item in get(search_of(artifact), q="sông", motivation="describing")["items"]] == ["describing"]
    assert get(search_of(artifact), q="sông", motivation="tagging")["items"] == []
    assert get(search_of(artifact), q="sông", motivation="painting-by-numbers")["items"] == []
    assert get(search_of(artifact))["items"] == []


def test_long_answers_come_in_pages_that_name_one_another(monkeypatch):
    monkeypatch.setattr(finding, "PAGE_SIZE", 2)
    artifact = book(*(pages.alto(first=f"Trống{n}") for n in range(5)))
    catch_up()
    first = get(search_of(artifact), q="hương")
    assert "prev" not in first and first["partOf"]["type"] == "AnnotationCollection"
    seen, address = [], search_of(artifact) + "?q=hương"
    while address:
        answer = get(address.replace("http://localhost:8000", ""))
        seen += [item["target"].partition("/canvas/")[2] for item in answer["items"]]
        address = answer.get("next", {}).get("id", "")
    in_order = [use.public_id for use in artifact.media.order_by("sort_order")]
    assert [one.partition("#")[0] for one in seen] == in_order
    assert get(search_of(artifact), q="hương", page="3")["prev"]["id"].endswith("page=2")
    for bad in ("0", "-1", "x", "999999", "0000019999", "000001" + "9" * 5_000, "²"):
        assert Client().get(search_of(artifact), {"q": "a", "page": bad}).status_code == 400


def test_words_are_completed_in_alphabetical_order_with_their_pages():
    artifact = book(pages.many_words("Hương", "hoa", "Huế"), pages.many_words("hoa", "sen"))
    book(pages.many_words("hàng"))
    catch_up()
    answer = get(search_of(artifact, "autocomplete"), q="h")
    assert answer["type"] == "TermPage"
    assert [(term["value"], term["total"]) for term in answer["items"]] == [("hoa", 2), ("Huế", 1), ("Hương", 1)]
    assert answer["items"][0]["service"][0]["id"].endswith("/search?q=hoa")
    old = get(search_of(artifact, "autocomplete-v1"), q="hu")
    assert [(term["match"], term["count"]) for term in old["terms"]] == [("Huế", 1), ("Hương", 1)]
    assert Client().get(search_of(artifact, "autocomplete")).status_code == 400


def test_a_department_and_the_whole_museum_are_searched_and_each_result_names_its_manifest():
    one, other = book(pages.alto()), book(pages.alto())
    catch_up()
    for base in ("/iiif/collections/all", f"/iiif/collections/departments/{one.department.public_id}"):
        answer = get(f"{base}/search", q="hương")
        manifests = {item["target"]["partOf"][0]["id"].split("/")[-2] for item in answer["items"]}
        assert manifests == {one.public_id, other.public_id}
        assert get(f"{base}/search-v1", q="hương")["resources"][0]["on"]["within"]["@type"] == "sc:Manifest"
    assert Client().get("/iiif/collections/departments/zzzzzzzzzzzz/search", {"q": "hương"}).status_code == 404
    assert Client().get(f"/iiif/collections/nowhere/{one.public_id}/search", {"q": "hương"}).status_code == 404


@pytest.mark.parametrize("hide", ["staff text", "staff picture", "restricted picture", "unpublished", "removed"])
def test_what_has_become_hidden_is_not_found_even_before_the_index_knows(hide):
    artifact = book(pages.alto())
    layer = TextLayer.objects.get()
    catch_up()
    match hide:
        case "staff text":
            page_texts.change([layer], publication_class="staff")
        case "staff picture":
            attaching.show_to([layer.use], "staff")
        case "restricted picture":
            attaching.show_to([layer.use], "restricted")
        case "unpublished":
            artifact.unpublish()
        case "removed":
            page_texts.remove([layer])
    for late in (True, False):
        assert get("/iiif/collections/all/search", q="hương")["items"] == []
        assert get("/iiif/collections/all/autocomplete", q="h")["items"] == []
        if late:
            catch_up()
    assert [hit.id for hit in engine().iterate("public")] == []
    if hide == "unpublished":
        assert Client().get(search_of(artifact), {"q": "hương"}).status_code == 410


def test_staff_find_what_is_kept_for_them():
    book(pages.alto())
    page_texts.change(list(TextLayer.objects.all()), publication_class="staff")
    catch_up()
    assert finding.find("hương").documents == 0
    assert len(finding.find("hương", audience="curatorial").found) == 1


def test_the_visitors_search_finds_the_object_and_says_page_and_line():
    artifact = book(pages.alto(), pages.many_words("khác"), number="BOOK 1")
    make_object("OTHER 1")
    catch_up()
    page = visitor.run(SearchRequest(text="chay", filters={"kind": ("object",)}))
    assert [hit.display["number"] for hit in page.hits] == ["BOOK 1"]
    line = page.lines[page.hits[0].id]
    assert line.use == artifact.media.order_by("sort_order")[0].public_id
    assert line.label == {"en": "p. 1"} and line.html == "Sông Hương <mark>chảy</mark>"
    assert page.hits[0].highlights[-1].field == "page"
    shown = Client().get("/en/search/", {"q": "chay"}).content.decode()
    assert f"view={line.use}" in shown and "Sông Hương <mark>chảy</mark>" in shown and "p. 1" in shown


def test_a_page_for_staff_brings_no_object_to_a_visitor():
    book(pages.alto())
    page_texts.change(list(TextLayer.objects.all()), publication_class="staff")
    catch_up()
    assert visitor.run(SearchRequest(text="chay")).total == 0
    assert visitor.run(SearchRequest(text="chay"), "curatorial").total == 1


def test_pages_are_written_only_when_they_change():
    artifact = book(pages.alto(), pages.alto(first="Chiêng"))
    catch_up()
    versions = {hit.id: hit.version for hit in engine().iterate("public")}
    artifact.staff_notes = text("nothing to do with pages")
    artifact.save()
    catch_up()
    assert {hit.id: hit.version for hit in engine().iterate("public")} == versions
    assert indexing.refresh("public", [artifact.pk]) == 0


def test_rebuild_and_audit_mend_the_index_of_pages():
    artifact = book(pages.alto())
    catch_up()
    stray = next(iter(engine().iterate("public")))
    assert engine().delete("public", [(stray.id, stray.version + 1)]).written == 1
    assert indexing.audit("public") == (1, [stray.id])
    with pytest.raises(CommandError):
        call_command("audit_search")
    assert indexing.audit("public", repair=True)[1] == [stray.id]
    assert indexing.audit("public") == (1, [])
    engine().drop()
    call_command("rebuild_search", verbosity=0)
    assert get(search_of(artifact), q="hương")["items"]


def test_a_lost_index_of_pages_is_built_by_the_worker():
    artifact = book(pages.alto())
    catch_up()
    engine().drop()
    assert indexing.catch_up() == 0
    assert get(search_of(artifact), q="hương")["items"]


def test_an_engine_that_is_away_says_so(settings):
    artifact = book(pages.alto())
    settings.SEARCH_URL = "elasticsearch://127.0.0.1:1/away"
    answer = Client().get(search_of(artifact), {"q": "hương"})
    assert answer.status_code == 503 and answer.headers["Retry-After"] and answer.headers["Access-Control-Allow-Origin"] == "*"


def test_boxes_are_those_of_the_picture():
    layer = TextLayer.objects.get(use__artifact=book(pages.alto()))
    assert page_texts.page_of(TextLayer.objects.select_related("use__asset").get(pk=layer.pk)).lines[0].words[0].box == Box(
        200, 200, 400, 80
    )
