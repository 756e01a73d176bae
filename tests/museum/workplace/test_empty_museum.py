"""What the first person finds in a museum without anything."""

from __future__ import annotations

import pytest

from tests.factories import make_department
from tests.museum.workplace.people import client_of, make_user
from vocabularies.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]


def test_the_first_page_says_what_comes_before_the_first_object():
    client = client_of(make_user(Role.ADMINISTRATOR))
    page = client.get("/admin/").content.decode()
    assert "This museum is still empty" in page
    assert "/admin/snippets/vocabularies/department/add/" in page
    make_department()
    assert "This museum is still empty" not in client.get("/admin/").content.decode()


def test_who_may_add_no_department_is_not_asked_to():
    assert "This museum is still empty" not in client_of(make_user(Role.CATALOGUER)).get("/admin/").content.decode()
