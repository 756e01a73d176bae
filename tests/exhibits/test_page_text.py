"""The object page says what is written on its picture, without any script, and marks what was searched for."""

from __future__ import annotations

import io
import json
import re

import pytest

from artifacts import annotating, page_texts
from artifacts.models import Annotation
from records.projection import view_of
from tests.factories import add_picture, make_asset, make_object, text
from tests.media import pages_of_text as pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def use():
    artifact = make_object(title="Sách")
    use = add_picture(artifact, asset=make_asset(width=2000, height=1600), label=text("p. 1"))
    page_texts.take(use, io.BytesIO(pages.alto()), "1.xml")
    return use


def page(client, use, **asked) -> str:
    view = view_of("object", use.artifact_id)
    answer = client.get(f"/en/objects/{view['id']}/{view['slug']}/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_text_stands_on_the_page_in_its_language(client, use):
    shown = page(client, use)
    assert '<div class="page-text-lines" lang="vi">' in shown
    assert re.search(r"Trống đồng\s*<br>\s*Sông Hương chảy", shown)
    views = json.loads(re.search(r"data-views>(.*?)</script>", shown, re.S)[1])["books"][0]["views"]
    assert views[0]["text"] == f"/data/object/{use.artifact.public_id}/text/{use.public_id}.json"
    assert "text-layer.js" in shown and "data-text-panel" in shown


def test_words_that_were_searched_for_are_marked_and_harmless(client, use):
    shown = page(client, use, view=use.public_id, q='huong "<script>alert(1)</script>"')
    assert "<mark>Hương</mark>" in shown
    assert "<script>alert" not in shown


def test_a_page_without_text_has_no_trace_of_it(client):
    shown = page(client, add_picture(make_object()))
    assert "page-text" not in shown and "data-text-panel" not in shown


def test_a_text_for_staff_is_not_on_the_page(client, use):
    page_texts.change([use.text_layer], publication_class="staff")
    assert "Hương chảy" not in page(client, use)


def test_described_regions_are_a_list_of_links_to_their_details(client, use):
    note = Annotation(
        use=use, kind="description", publication_class="public", shape="box", points=[[10, 20], [110, 70]], text=text("A bird")
    )
    annotating.publish([annotating.write(note, user=None)], user=None)
    shown = page(client, use)
    assert f"?view={use.public_id}&amp;detail=10,20,100,50" in shown and "A bird" in shown
