"""Error pages: they ask for nothing that may be broken, and tell nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.utils.translation import override

from exhibits.views import errors


def raised(error: Exception) -> Any:
    try:
        raise error
    except type(error):
        return errors.server_error(RequestFactory().get("/en/"))


def test_the_500_page_needs_no_database(django_db_blocker: Any) -> None:
    with django_db_blocker.block(), override("vi"):
        response = raised(RuntimeError("a secret path /srv/museum"))
    body = response.content.decode()
    assert response.status_code == 500
    assert '<html lang="vi">' in body and "Có lỗi từ phía chúng tôi" in body
    assert "secret" not in body


def test_without_database_the_museum_says_when_to_come_back(django_db_blocker: Any) -> None:
    with django_db_blocker.block(), override("en"):
        response = raised(OperationalError("could not connect to 10.0.0.1"))
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert "10.0.0.1" not in response.content.decode()


@pytest.mark.django_db
def test_a_page_without_its_database_is_a_503(monkeypatch: Any) -> None:
    def unreachable(*_: Any, **__: Any) -> None:
        raise OperationalError("gone")

    client = Client(raise_request_exception=False)
    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", unreachable)
        response = client.get("/en/")
    assert response.status_code == 503


def test_bad_requests_and_closed_doors_have_pages_of_their_own() -> None:
    request = RequestFactory().get("/")
    assert errors.bad_request(request, SuspiciousOperation()).status_code == 400
    assert errors.forbidden(request).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/iiif/4/abc/info.json", "/iiif/", "/iiif/nothing", "/data/nothing.json", "/data/object/zzzzzzzzzzzz.jsonld"]
)
def test_machines_are_told_in_a_line_that_scripts_of_other_sites_may_read(path: str) -> None:
    for asked, status in (({}, 404), ({"HTTP_HOST": "evil.example"}, 400)):
        response = Client().get(path, **asked)
        assert (response.status_code, response["Access-Control-Allow-Origin"]) == (status, "*")
        assert response["Content-Type"].startswith("text/plain")
        assert "<" not in response.content.decode()


@pytest.mark.parametrize("path", ["/iiif/3/abcdefghijkl/info.json", "/iiif/objects/abcdefghijkl/manifest.json", "/api/v1/search"])
@pytest.mark.django_db
def test_a_strange_host_is_refused_readably_below_every_address_for_machines(path: str) -> None:
    response = Client().get(path, HTTP_HOST="evil.example")
    assert (response.status_code, response["Access-Control-Allow-Origin"]) == (400, "*")


def test_machines_are_told_of_faults_and_outages_without_a_page() -> None:
    for error, status in ((RuntimeError("x"), 500), (OperationalError("x"), 503)):
        try:
            raise error
        except type(error):
            response = errors.server_error(RequestFactory().get("/iiif/collection.json"))
        assert (response.status_code, response["Access-Control-Allow-Origin"], b"<" in response.content) == (status, "*", False)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/en/nowhere/", "/vi/objects/zzzzzzzzzzzz/x/", "/en/people/abc/", "/nowhere.txt"])
def test_a_page_that_is_not_there_offers_the_search(path: str) -> None:
    response = Client().get(path)
    assert response.status_code == 404
    assert 'name="q"' in response.content.decode()
