"""A form that arrives after its log-in has ended is held until somebody has logged in again."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from artifacts.models import Artifact
from tests.factories import make_department, make_object
from tests.museum.workplace.people import form_data, make_user
from vocabularies.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]
HERE = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def artifact() -> Artifact:
    return make_object("BT 7", "Drum", department=make_department(), public=False)


def address(artifact: Artifact) -> str:
    return reverse("wagtailsnippets_artifacts_artifact:edit", args=[artifact.pk])


def opened(artifact: Artifact) -> tuple[Client, dict[str, Any]]:
    """A browser that minds the forms' token, and the form as it was filled in."""
    user = make_user(Role.CURATOR, artifact.department, username="lan")
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    page = client.get(address(artifact))
    token = str(page.context["csrf_token"])
    return client, {**form_data(artifact, user), "titles-0-text": "Trống <b>\n“đồng”", "csrfmiddlewaretoken": token}


def held(page: str) -> dict[str, str]:
    """What the page would send again."""
    texts = re.findall(r'<textarea hidden name="([^"]+)">\n(.*?)</textarea>', page, re.DOTALL)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    return {**{name: html.unescape(value) for name, value in texts}, "csrfmiddlewaretoken": token[1]}


def test_it_is_sent_again_after_a_new_log_in(artifact: Artifact):
    client, data = opened(artifact)
    client.session.flush()
    answer = client.post(address(artifact), data, headers=HERE)
    assert answer.status_code == 403
    assert "no-store" in answer.headers["Cache-Control"]
    again = held(answer.content.decode())
    assert again["titles-0-text"] == "Trống <b>\n“đồng”"
    client.login(username="lan", password="a-long-password-1")
    # the new log-in has a token of its own: without a script the page answers once more, with that token
    answer = client.post(address(artifact), again, headers=HERE)
    if answer.status_code == 403:
        answer = client.post(address(artifact), held(answer.content.decode()), headers=HERE)
    assert answer.status_code == 302
    title = Artifact.objects.get(pk=artifact.pk).get_latest_revision_as_object().titles.get().text
    assert title.startswith("Trống <b>")


def test_a_form_that_another_site_sends_is_neither_held_nor_taken(artifact: Artifact):
    client, data = opened(artifact)
    data.pop("csrfmiddlewaretoken")
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://elsewhere.example"}, {}):
        page = client.post(address(artifact), data, headers=headers)
        assert page.status_code == 403
        assert "Trống" not in page.content.decode()


def test_scripts_are_sent_to_the_log_in_as_ever(artifact: Artifact):
    client, data = opened(artifact)
    client.session.flush()
    answer = client.post(address(artifact), data, headers={**HERE, "accept": "application/json"})
    assert "textarea" not in answer.content.decode()


def test_no_password_is_sent_back():
    client = Client()
    answer = client.post(reverse("wagtailadmin_account"), {"password-new_password1": "very-secret-indeed", "name_email-first_name": "Lan"})
    page = answer.content.decode()
    assert "Lan" in page
    assert "very-secret-indeed" not in page


def test_who_logs_out_comes_to_the_log_in(artifact: Artifact):
    client, data = opened(artifact)
    answer = client.post(reverse("wagtailadmin_logout"), {"csrfmiddlewaretoken": data["csrfmiddlewaretoken"]}, headers=HERE)
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("wagtailadmin_login"))
    assert "sessionid" not in client.cookies or not client.cookies["sessionid"].value


def test_a_form_that_arrives_while_the_database_is_away_is_held_and_sent_again(artifact: Artifact, monkeypatch: pytest.MonkeyPatch):
    def unreachable(*_: Any, **__: Any) -> None:
        raise OperationalError("gone")

    client, data = opened(artifact)
    client.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", unreachable)
        answer = client.post(address(artifact), data, headers=HERE)
        script = client.post(address(artifact), data, headers={**HERE, "accept": "application/json"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "no-store" in answer.headers["Cache-Control"]
    assert (script.status_code, "textarea" in script.content.decode()) == (503, False)
    again = held(answer.content.decode())
    assert client.post(address(artifact), again, headers=HERE).status_code == 302
    assert Artifact.objects.get(pk=artifact.pk).get_latest_revision_as_object().titles.get().text == "Trống <b>\n“đồng”"
