"""The list of searches without results, and the way from it to a synonym."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from search import missed
from search.engines import engine
from search.models import MissedSearch
from tests.museum.workplace.people import client_of, make_user
from tests.search.conformance.corpus import make
from vocabularies.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]
PAGE = "workplace:missed"


@pytest.fixture
def in_vain(settings: Any, tmp_path: Any) -> None:
    settings.SEARCH_URL = f"tantivy://{tmp_path}/index"
    engine().index_documents("public", [make("a")])
    engine().refresh("public")
    missed._buffer.clear()
    for text, count in (("chinaware", 7), ("celadon & <b>", 2)):
        MissedSearch.objects.create(day=timezone.localdate(), text=text, typed=text.capitalize(), count=count)


def test_a_curator_sees_what_was_not_found_and_begins_a_synonym(in_vain: None) -> None:
    client = client_of(make_user(Role.CURATOR))
    body = client.get(reverse(PAGE)).content.decode()
    assert body.index("Chinaware") < body.index("Celadon &amp; &lt;b&gt;")
    address = f"{reverse('wagtailsnippets_search_synonymrule:add')}?words=Chinaware"
    assert f'href="{address}"' in body
    assert "Chinaware, </textarea>" in client.get(address).content.decode()
    assert "</textarea>" in client.get(reverse("wagtailsnippets_search_synonymrule:add")).content.decode()


def test_a_line_is_taken_off_by_those_who_may(in_vain: None) -> None:
    client = client_of(make_user(Role.CURATOR))
    client.post(reverse(PAGE), {"text": "chinaware", "days": "7"})
    assert [row.text for row in MissedSearch.objects.all()] == ["celadon & <b>"]
    assert "Tick the lines" in client.post(reverse(PAGE), {}, follow=True).content.decode()


def test_only_those_who_keep_synonyms_see_it(in_vain: None) -> None:
    client = client_of(make_user(Role.CATALOGUER))
    assert client.get(reverse(PAGE)).status_code in {302, 403}
    assert reverse(PAGE) not in client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse(PAGE) in client_of(make_user(Role.CURATOR)).get(reverse("wagtailadmin_home")).content.decode()


def test_a_visitors_search_is_counted_and_one_of_staff_is_not(in_vain: None, client: Any) -> None:
    client.get("/en/search/", {"q": "no such thing"})
    client_of(make_user(Role.CURATOR)).get("/en/search/", {"q": "nor this one"})
    missed.flush()
    assert MissedSearch.objects.filter(text__startswith="no").values_list("text", flat=True).get() == "no such thing"
