"""What the help of the query language says is so: names, values, and what the fields of the workplace mean."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse
from wagtail.users.models import UserProfile

from artifacts.models import Artifact
from museum.workplace.batches import running
from search import curators
from search.language import Reader, fields, reader_of
from tests.museum.workplace.people import client_of, form_data, make_user
from tests.museum.workplace.two_departments import house, museum_search, order
from tests.search.conftest import catch_up
from vocabularies.roles import Role

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_stack]
__all__ = ["house", "museum_search"]


def test_the_names_that_the_help_gives_are_names(house: Any):
    """With ``_`` where words have a blank, which would end a name; and what a value is stands in the reader's language."""
    user = make_user(Role.CURATOR, house["ours"])
    UserProfile.objects.create(user=user, preferred_language="vi")
    body = client_of(user).get(reverse("workplace:query_help")).content.decode()
    names = [name for name in re.findall(r"<code>([^<:\s]+)</code>", body) if fields.find(name, Reader())]
    assert {"tác_giả", "nhan_đề", "niên_đại", "maker"} <= set(names)
    assert "identifier" not in body and "extent" not in re.findall(r"<td[^>]*>([^<]*)</td>", body)
    for name in names:
        curators.count(curators.asked(f"{name}:*"), Reader())


def test_who_changes_an_imported_object_has_not_entered_it(house: Any):
    user = make_user(Role.CURATOR, house["ours"])
    batch = order(user, "title:blue", field="style", act="set", language="en", new="Plain")
    running.run_batch.call(batch.pk)
    fresh = Artifact(museum=house["ours"].museum, department=house["ours"], accession_number="")
    client_of(user).post(reverse("wagtailsnippets_artifacts_artifact:add"), form_data(fresh, user, accession_number="A 77"))
    catch_up()
    reader = reader_of(user)
    assert curators.count(curators.asked("changed_by:me"), reader) == 3
    entered = curators.search(curators.asked("created_by:me"), reader)
    assert [hit.display["number"] for hit in entered.hits] == ["A 77"]
