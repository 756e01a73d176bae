"""The frame around every page is kept for a moment, and made anew by whatever changes it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction, Site

from exhibits import house
from exhibits.models import HomePage, MuseumSettings, TextPage
from tests.factories import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit() -> TextPage:
    home = HomePage.objects.get(locale__language_code="en")
    page: TextPage = home.add_child(instance=TextPage(title="Visit us", slug="visit-us", show_in_menus=True))
    page.save_revision().publish()
    return page


def front() -> str:
    return Client().get("/en/", follow=True).content.decode()


def test_the_frame_is_asked_once(visit, django_assert_num_queries) -> None:
    front()
    request = Client().get("/en/").wsgi_request
    with django_assert_num_queries(0):
        assert [way.title for way in house.house(request).menu if way.pk == visit.pk] == ["Visit us"]


def _unpublish(page: TextPage) -> None:
    page.unpublish()


def _close(page: TextPage) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def _take_from_menu(page: TextPage) -> None:
    page.show_in_menus = False
    page.save_revision().publish()


def _delete(page: TextPage) -> None:
    page.delete()


@pytest.mark.parametrize("gone", [_unpublish, _close, _take_from_menu, _delete])
def test_a_page_leaves_the_menu_at_once(visit, gone: Callable[[TextPage], None]) -> None:
    assert "Visit us" in front()
    gone(visit)
    assert "Visit us" not in front()


def test_a_page_that_is_renamed_or_opened_again_stands_in_the_menu_at_once(visit) -> None:
    _close(visit)
    assert "Visit us" not in front()
    PageViewRestriction.objects.all().delete()
    assert "Visit us" in front()
    visit.title = "Opening hours"
    visit.save_revision().publish()
    assert "Opening hours" in front() and "Visit us" not in front()


def test_the_museums_name_and_languages_change_at_once() -> None:
    front()
    chosen = MuseumSettings.for_site(Site.objects.get(is_default_site=True))
    chosen.name = text("Museum of Rivers")
    chosen.save()
    assert "Museum of Rivers" in front()


def test_each_language_has_its_own_frame(visit) -> None:
    assert "Visit us" in front()
    assert "Visit us" not in Client().get("/vi/", follow=True).content.decode()
