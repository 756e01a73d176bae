"""Synonyms in the workplace: who keeps them, what is refused, and their effect before they are saved."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from search import vocabulary
from search.documents import Text
from search.engines import engine
from search.models import SynonymRule
from search.queries import parse
from tests.museum.workplace.people import client_of, make_user
from tests.search.conformance.corpus import make
from vocabularies.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]
EFFECTS = "workplace:synonym_effects"


@pytest.fixture
def some_bowls(settings: Any, tmp_path: Any) -> None:
    settings.SEARCH_URL = f"tantivy://{tmp_path}/index"
    engine().index_documents("public", [make("a", title=[Text("Porcelain bowl", "en")]), make("b", title=[Text("Bát sứ", "vi")])])
    engine().refresh("public")
    vocabulary.look_again()


def test_the_effect_is_shown_before_the_rule_is_saved(some_bowls: None) -> None:
    client = client_of(make_user(Role.CURATOR))
    answer = client.get(reverse(EFFECTS), {"words": "sứ, porcelain"}).content.decode()
    assert "<td>porcelain</td><td>1</td><td>2</td><td>Bát sứ</td>" in answer
    assert "<td>sứ</td><td>1</td><td>2</td><td>Porcelain bowl</td>" in answer
    assert not SynonymRule.objects.exists()


def test_a_rule_not_in_use_changes_nothing(some_bowls: None) -> None:
    client = client_of(make_user(Role.CURATOR))
    answer = client.get(reverse(EFFECTS), {"words": "sứ, porcelain", "active": "no"}).content.decode()
    assert "<td>porcelain</td><td>1</td><td>1</td><td>–</td>" in answer


def test_a_rule_needs_two_words_and_says_so() -> None:
    client = client_of(make_user(Role.CURATOR))
    assert "at least two words" in client.get(reverse(EFFECTS), {"words": "sứ"}).content.decode()
    answer = client.post(reverse("wagtailsnippets_search_synonymrule:add"), {"words": "sứ", "direction": "both", "active": "on"})
    assert answer.status_code == 200 and not SynonymRule.objects.exists()


def test_a_saved_rule_counts_from_the_next_search_on() -> None:
    client = client_of(make_user(Role.CURATOR))
    vocabulary.look_again()
    assert not parse("china", vocabulary.synonyms()).synonyms
    answer = client.post(
        reverse("wagtailsnippets_search_synonymrule:add"), {"words": "china, porcelain", "direction": "both", "active": "on", "note": ""}
    )
    assert answer.status_code == 302
    vocabulary.look_again()
    assert [one.text for one in parse("china", vocabulary.synonyms()).synonyms] == ["porcelain"]
    SynonymRule.objects.all().delete()
    vocabulary.look_again()
    assert not parse("china", vocabulary.synonyms()).synonyms


def test_a_cataloguer_neither_sees_nor_changes_them() -> None:
    client = client_of(make_user(Role.CATALOGUER))
    assert client.get(reverse(EFFECTS), {"words": "a, b"}).status_code == 403
    assert client.get(reverse("wagtailsnippets_search_synonymrule:list")).status_code == 302
