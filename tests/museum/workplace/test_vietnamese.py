"""A curator who chose Vietnamese is spoken to in Vietnamese, by Wagtail's scripts and everyday screens too."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import wagtail.admin
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from exhibits.models import HomePage
from tests.exhibits.scene import site
from tests.factories import make_department
from tests.museum.workplace.people import client_of, make_user
from vocabularies.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]

SCRIPTS = Path(wagtail.admin.__file__).parent / "locale/en/LC_MESSAGES/djangojs.po"
SAME = {"%(time_zone_option)s: %(localized_time_zone_label)s"}  # nothing to say


@pytest.fixture
def curator() -> Client:
    user = make_user(Role.CURATOR, make_department())
    UserProfile.objects.create(user=user, preferred_language="vi")
    return client_of(user)


def words(client: Client) -> dict[str, Any]:
    """The catalogue as the browser gets it."""
    script = client.get("/admin/jsi18n/").content.decode()
    found = re.search(r"const newcatalog = (\{.*?\});\n", script, re.DOTALL)
    assert found, script[:500]
    return json.loads(found.group(1))


def test_every_word_of_wagtails_scripts_is_vietnamese(curator: Client):
    catalogue = words(curator)
    asked = set(re.findall(r'^msgid "(.+)"$', SCRIPTS.read_text(), re.MULTILINE))
    assert len(asked) > 60
    assert {text for text in asked - SAME if catalogue.get(text, text) == text} == set()


def test_the_scripts_speak_english_to_the_others():
    client = client_of(make_user(Role.CURATOR, make_department()))
    script = client.get("/admin/jsi18n/").content.decode()
    assert "Thu gọn" not in script


def test_the_list_of_pages_speaks_vietnamese_to_who_hears_it_as_well():
    """Names of buttons that only a screen reader or a pointer at rest tells."""
    site()
    user = make_user(Role.ADMINISTRATOR)
    UserProfile.objects.create(user=user, preferred_language="vi")
    page = client_of(user).get(reverse("wagtailadmin_explore", args=[HomePage.objects.first().pk])).content.decode()
    assert "Sắp xếp các trang con của" in page
    for words in ("child page", "selected pages", "Edit this page", "live page"):
        assert words not in page
