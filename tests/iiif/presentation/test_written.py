"""Annotation pages of what is written on a picture and described on it: with their canvas, at their addresses, as the extension says."""

from __future__ import annotations

import io
import json

import pytest

from artifacts import annotating, page_texts
from artifacts.models import Annotation
from iiif.presentation import store
from iiif.presentation.check import problems
from records.projection import view_of
from tests.factories import add_picture, make_asset, make_object, text
from tests.media import pages_of_text as pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    """A picture of 2000 × 1600 with ALTO measured on 1000 × 800, and a second one without text."""
    artifact = make_object()
    use = add_picture(artifact, asset=make_asset(width=2000, height=1600))
    add_picture(artifact)
    return page_texts.take(use, io.BytesIO(pages.alto()), "1.xml")


def manifest_of(artifact) -> dict:
    built = next(built for _id, built in store.build_views("object", [view_of("object", artifact.pk)]))
    assert not built.problems
    made = json.loads(built.body)
    assert not problems(made)
    return made


def get(client, address: str) -> dict:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return json.loads(answer.content)


def base(use) -> str:
    return f"/iiif/objects/{use.artifact.public_id}/canvas/{use.public_id}"


def test_a_canvas_names_its_pages_of_lines_and_words_its_text_and_the_manifest_its_search(page):
    manifest = manifest_of(page.use.artifact)
    first, second = manifest["items"]
    assert [one["id"].rpartition("/")[2] for one in first["annotations"]] == ["lines", "words"]
    assert all("items" not in one for one in first["annotations"])
    assert first["rendering"][0]["format"] == "text/plain"
    (original,) = first["seeAlso"]
    assert (original["type"], original["format"], original["profile"]) == (
        "Dataset",
        "application/xml",
        "http://www.loc.gov/standards/alto/",
    )
    assert original["id"].endswith(f"/data/object/{page.use.artifact.public_id}/text/{page.use.public_id}/original")
    assert "annotations" not in second and "rendering" not in second and "seeAlso" not in second
    kinds = [service.get("type") or service.get("@type") for service in manifest["service"]]
    assert kinds == ["SearchService2", "SearchService1"]
    assert manifest["@context"][0] == "http://iiif.io/api/search/2/context.json" and manifest["@context"][-1].endswith(
        "presentation/3/context.json"
    )


def test_an_object_without_words_has_no_search():
    artifact = make_object()
    add_picture(artifact)
    assert "service" not in manifest_of(artifact)


@pytest.mark.parametrize(
    ("name", "granularity", "count", "box"), [("lines", "line", 2, "200,200,1000,80"), ("words", "word", 5, "200,200,400,80")]
)
def test_lines_and_words_are_supplementing_annotations_with_boxes_in_pixels(client, page, name, granularity, count, box):
    answer = get(client, f"{base(page.use)}/page/{name}")
    assert "http://iiif.io/api/extension/text-granularity/context.json" in answer["@context"]
    assert len(answer["items"]) == count
    first = answer["items"][0]
    assert (first["motivation"], first["textGranularity"]) == ("supplementing", granularity)
    assert first["target"].endswith(f"{base(page.use)}#xywh={box}")
    assert first["body"] == {"type": "TextualBody", "value": first["body"]["value"], "format": "text/plain", "language": ["vi"]}
    alone = get(client, first["id"].replace("http://localhost:8000", ""))
    assert {key: alone[key] for key in first} == first
    (link,) = answer["seeAlso"]
    assert link["profile"].startswith("http://www.loc.gov/standards/alto/") and link["format"] == "application/xml"


def test_the_file_is_given_back_as_it_came_and_never_opened_by_a_browser(client, page):
    where = f"/data/object/{page.use.artifact.public_id}/text/{page.use.public_id}"
    original = client.get(f"{where}/original")
    assert b"".join(original.streaming_content) == pages.alto()
    assert original.headers["Content-Disposition"].startswith("attachment") and original.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"{where}.txt").content.decode() == "Trống đồng\nSông Hương chảy\n"
    words = client.get(f"{where}.json", {"q": "huong"}).json()
    assert words["marks"] == [[640, 400, 400, 80]] and words["lines"][0][0] == "Trống đồng"
    other = make_object()
    assert client.get(f"/data/object/{other.public_id}/text/{page.use.public_id}.json").status_code == 404


def test_public_descriptions_are_a_page_of_their_own_and_internal_notes_are_nowhere(client, page):
    shown = annotating.write(
        Annotation(
            use=page.use,
            kind="description",
            publication_class="public",
            shape="polygon",
            points=[[1, 1], [9, 1], [5, 9]],
            text=text("A bird"),
        ),
        user=None,
    )
    hidden = annotating.write(Annotation(use=page.use, kind="condition", shape="point", points=[[1, 1]], text=text("zyzzyva")), user=None)
    assert client.get(f"{base(page.use)}/page/regions").status_code == 404
    annotating.publish([shown], user=None)
    assert manifest_of(page.use.artifact)["items"][0]["annotations"][-1]["id"].endswith("/page/regions")
    (item,) = get(client, f"{base(page.use)}/page/regions")["items"]
    assert item["motivation"] == "describing" and item["body"][0]["value"] == "A bird"
    assert item["target"]["selector"]["type"] == "SvgSelector"
    own = f"/iiif/objects/{page.use.artifact.public_id}/annotation/"
    assert get(client, own + shown.public_id)["id"].endswith(shown.public_id)
    assert client.get(own + hidden.public_id).status_code == 404


def test_pages_of_a_hidden_text_answer_like_what_never_existed(client, page):
    page_texts.change([page], publication_class="staff")
    where = f"/data/object/{page.use.artifact.public_id}/text/{page.use.public_id}"
    for address in (f"{base(page.use)}/page/lines", f"{base(page.use)}/page/words", f"{where}.json", f"{where}.txt", f"{where}/original"):
        assert client.get(address).status_code == 404
    assert "annotations" not in manifest_of(page.use.artifact)["items"][0]
