"""Exhibitions, text pages and settings: what is shown where, and what vanishes with the objects."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import Site

from artifacts import publishing
from artifacts.models import Material, Subject
from exhibits import following, founding
from exhibits.models import ExhibitionPage, HomePage, MuseumSettings, Shown, TextPage
from iiif.models import Activity, StoredManifest
from iiif.presentation import store
from records.projection import view_of
from search import auditing, rebuilding, visitor
from tests import factories
from tests.exhibits import scene
from tests.search.conftest import catch_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown() -> tuple[ExhibitionPage, Any, Any]:
    """An exhibition that shows two objects."""
    first, second = factories.make_object("EX 1", title="Trống đồng"), factories.make_object("EX 2", title="Chiếc muôi")
    factories.add_picture(first)
    return scene.exhibition([first, second]), first, second


def page_of(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_a_new_museum_has_a_front_page_and_a_list_of_exhibitions_in_each_language() -> None:
    assert page_of("/en/")
    assert page_of("/vi/")
    assert "Exhibitions" in page_of("/en/exhibitions/")
    assert "Trưng bày" in page_of("/vi/exhibitions/")
    before = HomePage.objects.count()
    founding.found_site()
    assert HomePage.objects.count() == before == 2


def test_an_exhibition_shows_its_objects_and_each_object_says_where_it_is_shown(shown: Any) -> None:
    exhibition, first, second = shown
    body = page_of("/en/exhibitions/water/")
    assert "Trống đồng" in body and "Chiếc muôi" in body
    assert "The 2 objects of this exhibition" in body
    for artifact in (first, second):
        view = view_of("object", artifact.pk) or {}
        assert [one["id"] for one in view["exhibitions"]] == [exhibition.public_id]
    assert '<a href="/en/exhibitions/water/">' in page_of(f"/en/objects/{first.public_id}/trong-dong/")


def test_a_hidden_object_vanishes_from_the_exhibition_that_names_it(shown: Any) -> None:
    _, first, _second = shown
    publishing.withdraw(first, "returned")
    body = page_of("/en/exhibitions/water/")
    assert "Trống đồng" not in body and first.public_id not in body
    assert "Chiếc muôi" in body


def test_an_exhibition_that_is_taken_back_is_shown_nowhere(shown: Any) -> None:
    exhibition, first, _ = shown
    exhibition.unpublish()
    assert not Shown.objects.filter(exhibition=exhibition).exists()
    assert (view_of("object", first.pk) or {})["exhibitions"] == []
    assert Client().get("/en/exhibitions/water/").status_code == 404
    assert "water" not in page_of("/en/")


def test_the_translation_of_an_exhibition_is_the_same_record_under_two_addresses(shown: Any) -> None:
    from wagtail.models import Locale

    exhibition, first, _ = shown
    other = exhibition.copy_for_translation(Locale.objects.get(language_code="vi"))
    other.title = "Dòng nước biết nhớ"
    other.save_revision().publish()
    found = (view_of("object", first.pk) or {})["exhibitions"]
    assert found == [
        {
            "kind": "exhibition",
            "id": exhibition.public_id,
            "label": {"en": "Water that remembers", "vi": "Dòng nước biết nhớ"},
            "public": True,
            "urls": {"en": "/en/exhibitions/water/", "vi": "/vi/exhibitions/water/"},
        }
    ]
    assert 'hreflang="vi" href="http://localhost:8000/vi/exhibitions/water/"' in page_of("/en/exhibitions/water/")


def test_a_translation_that_is_a_draft_says_nothing_on_the_objects(shown: Any, museum_search: Any) -> None:
    from wagtail.models import Locale

    exhibition, first, _ = shown
    draft = exhibition.copy_for_translation(Locale.objects.get(language_code="vi"))
    ExhibitionPage.objects.filter(pk=draft.pk).update(title="Bản nháp chưa ai duyệt")
    (found,) = (view_of("object", first.pk) or {})["exhibitions"]
    assert found["label"] == {"en": "Water that remembers"}
    assert found["urls"] == {"en": "/en/exhibitions/water/"}
    catch_up()
    assert "nháp" not in page_of("/en/search/?q=tr%E1%BB%91ng") + page_of(f"/en/objects/{first.public_id}/trong-dong/")


def everybody_told() -> None:
    catch_up()
    while store.process():
        pass


def test_an_exhibition_that_becomes_private_is_told_of_nowhere(shown: Any, museum_search: Any) -> None:
    from wagtail.models import PageViewRestriction

    exhibition, first, _ = shown
    everybody_told()
    manifest = f"/iiif/exhibitions/{exhibition.public_id}/manifest.json"
    assert StoredManifest.objects.filter(kind="exhibition").exists()
    PageViewRestriction.objects.create(page=exhibition, restriction_type=PageViewRestriction.PASSWORD, password="x" * 12)
    everybody_told()
    assert (view_of("object", first.pk) or {})["exhibitions"] == []
    assert not StoredManifest.objects.filter(kind="exhibition").exists()
    assert Client().get(manifest).status_code == 404
    assert Activity.objects.filter(kind="exhibition").last().type == "Delete"
    for path in (
        "/en/",
        "/en/exhibitions/",
        f"/en/objects/{first.public_id}/trong-dong/",
        "/en/search/?q=remembers",
        "/iiif/collections/exhibitions/collection.json",
    ):
        answer = Client().get(path)
        assert b"Water that remembers" not in answer.content, path
    assert not visitor.run(visitor.parse_request(parameters("remembers"))).hits
    PageViewRestriction.objects.all().delete()
    everybody_told()
    assert Client().get(manifest).status_code == 200
    assert [hit.kind for hit in visitor.run(visitor.parse_request(parameters("remembers"))).hits] == ["exhibition"]


def test_exhibitions_and_text_pages_are_found_until_they_are_taken_back(shown: Any, museum_search: Any) -> None:
    exhibition, *_ = shown
    catch_up()
    assert [hit.id for hit in visitor.run(visitor.parse_request(parameters("remembers"))).hits] == [f"exhibition:{exhibition.public_id}"]
    assert [hit.kind for hit in visitor.run(visitor.parse_request(parameters("hours"))).hits] == ["page"]
    body = page_of("/en/search/?q=remembers")
    assert 'href="/en/exhibitions/water/"' in body
    exhibition.unpublish()
    TextPage.objects.get(slug="visit").delete()
    catch_up()
    for word in ("remembers", "hours"):
        assert not visitor.run(visitor.parse_request(parameters(word))).hits


def test_an_audit_asks_for_an_exhibition_and_its_translations_as_the_one_document_that_they_are(shown: Any, museum_search: Any) -> None:
    from wagtail.models import Locale

    exhibition, *_ = shown
    other = exhibition.copy_for_translation(Locale.objects.get(language_code="vi"))
    other.save_revision().publish()
    for fill in (catch_up, lambda: rebuilding.rebuild_all(["public", "curatorial"])):
        fill()
        for audience in ("public", "curatorial"):
            found = auditing.audit(audience, contents=True)
            assert found.clean, found
    exhibition.unpublish()  # now the translation stands for both
    catch_up()
    assert auditing.audit("public", contents=True).clean


def test_the_picture_of_an_exhibition_in_lists_comes_and_goes_with_its_object(transactional_db: None, museum_search: Any) -> None:
    scene.site()
    first = factories.make_object("EX 1", title="Trống đồng")
    factories.add_picture(first)
    exhibition = scene.exhibition([first])
    followed()
    assert in_lists(exhibition)["image"]["asset"] == first.media.get().asset.public_id
    publishing.withdraw(first, "test")
    followed()
    assert in_lists(exhibition)["image"] is None
    publishing.restore(first)
    followed()
    assert in_lists(exhibition)["image"]


def followed() -> None:
    while following.process():
        pass
    catch_up()


def in_lists(exhibition: Any) -> Any:
    (hit,) = (one for one in visitor.run(visitor.parse_request(parameters("remembers"))).hits if one.kind == "exhibition")
    assert hit.id == f"exhibition:{exhibition.public_id}"
    return hit.display


def parameters(text: str) -> Any:
    from django.http import QueryDict

    return QueryDict(f"q={text}")


def test_the_front_page_counts_only_what_may_be_seen(shown: Any, museum_search: Any) -> None:
    factories.make_object("EX 9", title="Vật giấu kín", public=False)
    catch_up()
    body = page_of("/en/")
    assert "Search 2 objects" in body
    assert "Vật giấu kín" not in body


def test_the_museum_s_own_name_colour_and_footer_stand_on_every_page(shown: Any) -> None:
    chosen = MuseumSettings.objects.get()
    chosen.accent = "#ffd700"
    chosen.save()
    body = page_of("/vi/search/")
    assert "Bảo tàng Sông Hương" in body
    assert f"--accent-light:{chosen.accent_light};" in body and chosen.accent_light != "#ffd700"
    assert "<p" in body[body.index("23 Lê Lợi") - 40 : body.index("23 Lê Lợi")]


def test_a_language_that_is_not_offered_is_in_no_menu(shown: Any) -> None:
    MuseumSettings.objects.update(languages=["en"])
    assert 'class="languages"' not in page_of("/en/")


def test_curators_open_and_save_settings_and_pages_in_the_workplace(shown: Any, client: Client) -> None:
    exhibition, *_ = shown
    client.force_login(get_user_model().objects.create_superuser("chief", "chief@example.org", "a long password"))
    site = HomePage.objects.first().get_site()  # type: ignore[union-attr]
    form = client.get(f"/admin/settings/exhibits/museumsettings/{site.pk}/")
    assert form.status_code == 200
    values = {
        "name__en": "Another museum",
        "accent": "#FFD700",
        "languages": ["en", "vi"],
        "logo": "",
        "tagline__en": "",
        "footer__en": "A line",
    }
    saved = client.post(f"/admin/settings/exhibits/museumsettings/{site.pk}/", values)
    assert saved.status_code == 302
    chosen = MuseumSettings.objects.get()
    assert chosen.name["en"]["text"] == "Another museum"
    assert chosen.accent == "#ffd700"
    for address in (f"/admin/pages/{exhibition.pk}/edit/", f"/admin/pages/{exhibition.get_parent().pk}/add_subpage/"):
        assert client.get(address, follow=True).status_code == 200
    refused = client.post(f"/admin/settings/exhibits/museumsettings/{site.pk}/", {**values, "accent": "blue"})
    assert refused.status_code == 200
    assert "six digits" in refused.content.decode()


def test_a_logo_stays_public_whatever_becomes_of_its_other_uses() -> None:
    artifact = factories.make_object(public=False)
    use = factories.add_picture(artifact)
    settings = MuseumSettings.objects.first() or MuseumSettings.objects.create(site=Site.objects.get(is_default_site=True))

    def tier() -> str:
        use.asset.refresh_from_db()
        return use.asset.tier

    assert tier() == "hidden"
    settings.logo = use.asset
    settings.save()
    assert tier() == "public"
    factories.publish(artifact)
    artifact.unpublish()
    assert tier() == "public"
    settings.logo = None
    settings.save()
    assert tier() == "hidden"


def test_each_record_shows_the_objects_that_name_it_and_no_others(museum_search: Any) -> None:
    """Answers without words are kept until the index changes: those of one page must not be shown on another."""
    bronze, silk = factories.make_term("bronze"), factories.make_term("silk")
    hue = factories.make_place("Huế")
    factories.make_object("EX 1", title="Trống đồng", rows={"materials": [Material(term=bronze)]})
    factories.make_object("EX 2", title="Áo dài", rows={"materials": [Material(term=silk)], "subjects": [Subject(place=hue)]})
    catch_up()
    pages = {record: f"/vi/{folder}/{record.public_id}/{slug}/" for folder, slug, record in (
        ("terms", "bronze", bronze), ("terms", "silk", silk), ("places", "hue", hue),
    )}  # fmt: skip
    for _ in range(2):
        shown = {record: Client().get(path, follow=True).content.decode() for record, path in pages.items()}
        assert "Trống đồng" in shown[bronze] and "Áo dài" not in shown[bronze]
        for record in (silk, hue):
            assert "Áo dài" in shown[record] and "Trống đồng" not in shown[record]
