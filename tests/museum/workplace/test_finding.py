"""Objects are found in the workplace by the search engine, and by number and title where it is away."""

from __future__ import annotations

import contextlib
import socket
from typing import Any

import pytest
from django.urls import reverse

from artifacts.models import Title
from search import outage
from tests.factories import make_department, make_object, text
from tests.museum.workplace.people import client_of, make_user
from tests.search.conftest import away, catch_up, museum_search
from vocabularies.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]
__all__ = ["away", "museum_search"]


def listed(user: Any, words: str) -> str:
    return client_of(user).get(reverse("wagtailsnippets_artifacts_artifact:list"), {"q": words}).content.decode()


def test_the_engine_finds_words_without_tone_marks_within_the_departments(museum_search: Any):
    ours, theirs = make_department(), make_department()
    make_object("A 1", "Trống đồng Sông Hương", department=ours, public=False)
    make_object("B 1", "Trống đồng Cảnh Thịnh", department=theirs, public=False)
    catch_up()
    page = listed(make_user(Role.CATALOGUER, ours), "trong dong")
    assert "Sông Hương" in page
    assert "Cảnh Thịnh" not in page


def test_notes_for_staff_are_found_too(museum_search: Any):
    artifact = make_object("A 1", "Drum", public=False, staff_notes="bequeathed by an anonymous benefactor")
    catch_up()
    assert "A 1" in listed(make_user(Role.CATALOGUER, artifact.department), "benefactor")


def test_what_a_draft_of_a_live_object_says_is_found(museum_search: Any):
    artifact = make_object("A 1", "Drum")
    artifact.titles.set([Title(text="Kettledrum", language="en")])
    artifact.save_revision()
    catch_up()
    assert "Kettledrum" in listed(make_user(Role.CATALOGUER, artifact.department), "kettledrum")


def test_without_the_engine_numbers_and_titles_are_found(away: None):
    artifact = make_object("HUE 2026.001", "Bronze drum", public=False, gallery=text("Room 2"))
    user = make_user(Role.CATALOGUER, artifact.department)
    assert "Bronze drum" in listed(user, "hue-2026-001")
    assert "HUE 2026.001" in listed(user, "bronze")
    assert "There are no objects" in listed(user, "porcelain") or "No objects match" in listed(user, "porcelain")


def test_without_the_engine_a_list_of_numbers_is_found_and_conditions_are_said_to_be_left_out(away: None):
    department = make_department()
    for number, title in (("HUE 1", "Bronze drum"), ("HUE 2", "Wooden drum"), ("HUE 3", "Bronze bell")):
        make_object(number, title, department=department, public=False)
    user = make_user(Role.CATALOGUER, department)

    def shown(words: str) -> set[str]:
        page = listed(user, words)
        return {title for title in ("Bronze drum", "Wooden drum", "Bronze bell") if title in page}

    assert shown("HUE 1, HUE 3") == {"Bronze drum", "Bronze bell"}
    assert shown("drum bronze") == {"Bronze drum"}
    assert shown("drum title:bronze") == {"Bronze drum", "Wooden drum"}
    assert "<code>title:bronze</code>" in listed(user, "drum title:bronze")
    assert shown("title:bronze") == set()


def test_an_engine_that_is_silent_is_waited_for_once(settings: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(outage, "FIRST_SECONDS", 60)  # a slow machine needs more than a second for a list
    monkeypatch.setattr(outage, "AWAY_SECONDS", 60)
    artifact = make_object("HUE 2026.001", "Bronze drum", public=False)
    user = make_user(Role.CATALOGUER, artifact.department)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.SEARCH_URL = f"elasticsearch://127.0.0.1:{silent.getsockname()[1]}/silent"
        assert "Bronze drum" in listed(user, "hue-2026-001")
        silent.settimeout(0.1)
        asked = _callers(silent)
        assert asked
        assert "Bronze drum" in listed(user, "bronze")
        assert not _callers(silent)
        outage.over()


def _callers(server: socket.socket) -> int:
    """How many connections have come in since the last look."""
    number = 0
    with contextlib.suppress(TimeoutError):
        while True:
            server.accept()[0].close()
            number += 1
    return number
