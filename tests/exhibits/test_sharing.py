"""Shared details and comparisons as addresses: what opens where, and what nobody may see through them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from artifacts import annotating
from artifacts.models import Annotation
from iiif import content_state
from iiif.content_state import Target
from iiif.image.addresses import region_in_percent
from tests import factories
from tests.exhibits import scene

pytestmark = pytest.mark.django_db


def state_of(artifact: Any, region: tuple[int, int, int, int] | None = None, view: Any = None) -> str:
    base = f"{settings.MUSEUM_ORIGIN}/iiif/objects/{artifact.public_id}"
    target = Target(f"{base}/manifest.json", f"{base}/canvas/{view.public_id}" if view else "", region)
    return content_state.encode(content_state.annotation([target]))


@pytest.fixture(scope="module")
def drum(shared_rows: None) -> Any:
    scene.site()
    return scene.drum()


def test_a_detail_opens_on_its_objects_page(drum: Any) -> None:
    second = drum.media.order_by("sort_order")[1]
    answer = Client().get("/iiif/view", {"iiif-content": state_of(drum, (100, 200, 300, 400), second)})
    assert answer.status_code == 303
    page = Client().get(answer["Location"], follow=True)
    html = page.content.decode()
    assert 'data-detail="100,200,300,400"' in html
    asked = region_in_percent((100, 200, 300, 400), second.asset.width, second.asset.height)
    assert f"/iiif/3/{second.asset.public_id}/{asked}/max/0/default.jpg" in html  # also without script
    assert (
        html
        == Client()
        .get(page.redirect_chain[-1][0].partition("?")[0], {"iiif-content": state_of(drum, (100, 200, 300, 400), second)})
        .content.decode()
    )


def _annotation_of(drum: Any, shape: str, points: list[list[float]], **values: Any) -> Any:
    view = drum.media.order_by("sort_order")[1]
    words = {"en": {"text": "A star", "state": "source"}}
    note = Annotation(use=view, kind="description", shape=shape, points=points, text=words, publication_class="public")
    annotating.write(note, user=None)
    if values.get("published", True):
        annotating.publish([note], user=None)
    return note


def _opened(address: str, **more: Any) -> str:
    return str(Client().get("/iiif/view", {"iiif-content": json.dumps({"id": address, "type": "Annotation", **more})})["Location"])


@pytest.mark.parametrize(
    ("shape", "points", "region"),
    [
        ("box", [[100, 200], [400, 600]], "100,200,300,400"),
        ("polygon", [[100, 200], [400, 200], [250, 600]], "100,200,300,400"),
        ("point", [[300, 300]], None),
    ],
)
def test_an_annotation_s_address_given_elsewhere_opens_the_part_that_it_speaks_of(
    drum: Any, shape: str, points: list[list[float]], region: str | None
) -> None:
    note = _annotation_of(drum, shape, points)
    address = annotating.address(note, settings.MUSEUM_ORIGIN)
    asset = note.use.asset
    side = max(asset.width, asset.height) // 10
    region = region or f"{300 - side // 2},{300 - side // 2},{side},{side}"
    assert _opened(address).endswith(f"?view={note.use.public_id}&detail={region}")
    html = Client().get(_opened(address), follow=True).content.decode()
    assert f'data-detail="{region}"' in html


def test_of_an_annotation_that_nobody_may_read_only_its_object_is_opened(drum: Any) -> None:
    waiting = _annotation_of(drum, "box", [[100, 200], [400, 600]], published=False)
    for address in (
        annotating.address(waiting, settings.MUSEUM_ORIGIN),
        f"{settings.MUSEUM_ORIGIN}/iiif/objects/{drum.public_id}/annotation/x-1",
    ):
        assert _opened(address).endswith(f"/objects/{drum.public_id}")


def test_the_painting_of_a_view_opens_that_view(drum: Any) -> None:
    view = drum.media.order_by("sort_order")[1]
    base = f"{settings.MUSEUM_ORIGIN}/iiif/objects/{drum.public_id}"
    assert _opened(f"{base}/annotation/{view.public_id}-painting").endswith(f"?view={view.public_id}")


def test_a_detail_outside_its_picture_is_left_out(drum: Any) -> None:
    for region in ("5000,0,10,10", "x", "1,2,3", "0,0,0,0", "-1,0,5,5"):
        page = Client().get(f"/en/objects/{drum.public_id}/drum-of-the-perfume-river/", {"detail": region}, follow=True)
        assert page.status_code == 200
        assert "data-detail" not in page.content.decode()


def test_several_of_ours_open_side_by_side_and_others_in_mirador(drum: Any) -> None:
    other = factories.make_object("ZZ 1", title="Other")
    ours = [Target(f"{settings.MUSEUM_ORIGIN}/iiif/objects/{one.public_id}/manifest.json") for one in (drum, other)]
    answer = Client().get("/iiif/view", {"iiif-content": content_state.encode(content_state.annotation(ours))})
    assert answer["Location"] == f"/en/compare/?object={drum.public_id}&object={other.public_id}"
    foreign = Client().get("/iiif/view", {"iiif-content": "https://museum.example/manifest.json"}, headers={"accept-language": "vi"})
    assert foreign["Location"].startswith("/vi/mirador/?iiif-content=")
    posted = Client(enforce_csrf_checks=True).post("/iiif/view", {"iiif-content": json.dumps({"id": ours[0].manifest, "type": "Manifest"})})
    assert posted["Location"].endswith(f"/objects/{drum.public_id}")


def test_the_address_behind_the_iiif_sign_opens_in_our_mirador() -> None:
    """``?manifest=``: what is dropped on a viewer, and what older ones are given."""
    page = Client().get("/en/mirador/", {"manifest": "https://museum.example/m.json"}).content.decode()
    assert '"https://museum.example/m.json"' in page


def test_what_is_no_content_state_is_refused_with_a_sentence() -> None:
    answer = Client().get("/iiif/view", {"iiif-content": "%%%"})
    assert answer.status_code == 400
    assert b"base64url" in answer.content
    assert Client().get("/iiif/view").status_code == 400
    cut = content_state.encode({"id": "https://museum.example/manifest.json", "type": "Manifest"})[:-9]
    page = Client().get("/iiif/view", {"iiif-content": cut}, headers={"accept": "text/html", "accept-language": "vi"})
    assert page.status_code == 400
    assert "Không mở được liên kết này" in page.content.decode() and 'lang="vi"' in page.content.decode()
    assert "có thể thiếu một phần" in page.content.decode()


def test_a_canvas_of_nobody_is_refused_with_a_sentence() -> None:
    nobody = "https://museum.example/canvas/1#xywh=1,2,3,4"
    assert b"partOf" in Client().get("/iiif/view", {"iiif-content": nobody}).content
    page = Client().get("/en/mirador/", {"iiif-content": nobody}).content.decode()
    assert "partOf" in page and '"windows": []' in page.replace('"windows":[]', '"windows": []')


def test_hundredths_of_a_picture_are_a_detail_of_it(drum: Any) -> None:
    view = drum.media.order_by("sort_order")[0]
    base = f"{settings.MUSEUM_ORIGIN}/iiif/objects/{drum.public_id}"
    state = {"id": f"{base}/canvas/{view.public_id}#xywh=percent:50,50,25,60", "type": "Canvas"}
    answer = Client().get("/iiif/view", {"iiif-content": json.dumps(state)})
    width, height = view.asset.width, view.asset.height
    wanted = f"{width // 2},{height // 2},{width // 4},{height // 2}"
    assert f'data-detail="{wanted}"' in Client().get(answer["Location"], follow=True).content.decode()
    html = Client().get("/en/compare/", {"object": [f"{drum.public_id}:pct:50,50,25,60", scene.sacred().public_id]}).content.decode()
    assert "Drum of the Perfume River" in html


def test_the_comparison_shows_what_the_public_may_see_and_nothing_of_the_rest(drum: Any) -> None:
    secret = factories.make_object("ZZ 2", title="Secret draft", public=False)
    whole = Client().get("/en/compare/", {"object": [f"{drum.public_id}:1,2,30,40", secret.public_id, "nonsense", "a" * 12]})
    html = whole.content.decode()
    assert "Drum of the Perfume River" in html
    assert "Secret" not in html
    assert secret.public_id not in html
    sacred = scene.sacred()
    html = Client().get("/en/compare/", {"object": [drum.public_id, sacred.public_id]}).content.decode()
    assert "Read the notice" in html
    assert sacred.media.get().asset.public_id not in html


def test_two_compared_objects_have_their_books_and_the_addresses_without_each(drum: Any) -> None:
    panorama = scene.extremes()[0]
    html = Client().get("/en/compare/", {"object": [f"{drum.public_id}:10,20,300,400", panorama.public_id]}).content.decode()
    data = json.loads(html.partition("data-views>")[2].partition("</script>")[0])
    assert [len(book["views"]) for book in data["books"]] == [3, 1]
    assert data["books"][0]["region"] == [10, 20, 300, 400]
    assert f'href="/en/compare/?object={panorama.public_id}"' in html
