"""What a program may send and a keyboard does not, on the database that minds: PostgreSQL keeps no NUL."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from search.models import MissedSearch
from tests.museum.workplace.people import client_of, make_user
from tests.museum.workplace.two_departments import house, museum_search
from vocabularies.roles import Role

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["house", "museum_search"]


@pytest.mark.parametrize(
    ("view", "sent"),
    [
        ("searches", {"name": "a\0b", "state": "q=title:blue"}),
        ("searches", {"name": "ab", "state": "material=a%00b"}),
        ("worklists", {"name": "a\0b", "state": "q=title:blue"}),
        ("worklists", {"worklist": "9" * 5_000, "state": "q=title:blue"}),
        ("new_batch", {"field": "credit_line", "act": "set", "language": "en", "new": "a\0b", "state": "q=title:blue"}),
        ("new_batch", {"field": "material", "act": "add", "new": "a\0b", "state": "q=title:blue"}),
        ("new_batch", {"field": "title.text", "act": "regex", "old": "Blue", "new": "a\0b", "state": "q=title:blue"}),
        ("columns", {"column": ["a\0b", "title"]}),
    ],
)
def test_what_no_database_can_hold_is_no_fault_of_the_server(house: Any, view: str, sent: dict[str, Any]):
    answer = client_of(make_user(Role.CURATOR, house["ours"])).post(reverse(f"workplace:{view}"), sent)
    assert answer.status_code in {200, 302}


def test_a_line_that_is_none_is_taken_off_without_a_fault(house: Any):
    answer = client_of(make_user(Role.CURATOR, house["ours"])).post(reverse("workplace:missed"), {"text": ["a\0b"]})
    assert answer.status_code in {302, 403} and not MissedSearch.objects.exists()
