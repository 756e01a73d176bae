"""A 503 that is meant is one warning in the log, not an error with a traceback for each client."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils.log import log_response

from iiif.image import views
from iiif.image.errors import Busy
from museum.logs import KINDS, Unavailable


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: Any) -> None:
    """Nothing has been said yet in this minute."""
    monkeypatch.setattr(logging.getLogger("django.request"), "filters", [Unavailable()])


def refused(path: str, status: int = 503, exception: Exception | None = None) -> None:
    request = RequestFactory().get(path)
    log_response("%s: %s", "Service Unavailable", path, response=HttpResponse(status=status), request=request, exception=exception)


def test_the_museum_uses_the_filter() -> None:
    assert settings.LOGGING["filters"][settings.LOGGING["loggers"]["django.request"]["filters"][0]] == {"()": "museum.logs.Unavailable"}


def test_a_busy_image_service_is_one_warning(caplog: Any, monkeypatch: Any) -> None:
    def busy(*_: Any) -> HttpResponse:
        raise Busy

    monkeypatch.setattr(views, "_routed", busy)
    for number in range(20):
        response = Client().get(f"/iiif/3/aaaaaaaaaaaa/0,0,{number + 1},9/max/0/default.jpg")
        assert response.status_code == 503 and response["Retry-After"]
    assert [(record.levelname, record.exc_info) for record in caplog.records] == [("WARNING", None)]


def test_the_next_line_says_how_many_were_left_out(caplog: Any, monkeypatch: Any) -> None:
    refused("/iiif/3/a")
    refused("/iiif/3/b")
    refused("/iiif/3/c")
    refused("/en/")
    monkeypatch.setattr("museum.logs.SECONDS", 0)
    refused("/iiif/3/50%25")
    assert [record.getMessage() for record in caplog.records] == [
        "Service Unavailable: /iiif/3/a",
        "Service Unavailable: /en/",
        "Service Unavailable: /iiif/3/50%25, and 2 more since the last such line",
    ]


def test_addresses_of_clients_do_not_fill_the_memory() -> None:
    kept = Unavailable()
    for number in range(KINDS * 3):
        kept._stands_for(f"/{number}")
    assert len(kept.said) <= KINDS


def test_errors_stay_errors(caplog: Any) -> None:
    refused("/en/", 500)
    refused("/en/", 500)
    assert [record.levelname for record in caplog.records] == ["ERROR", "ERROR"]


@pytest.mark.django_db
def test_a_database_that_is_away_is_said_in_one_line(caplog: Any, monkeypatch: Any) -> None:
    def unreachable(*_: Any, **__: Any) -> None:
        raise OperationalError("gone\nDETAIL: of no use here")

    client = Client(raise_request_exception=False)
    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", unreachable)
        assert client.get("/en/").status_code == 503
    assert [record.getMessage() for record in caplog.records if record.name == "django.request"] == [
        "Service Unavailable: /en/ (OperationalError: gone)"
    ]
    assert not any(record.exc_info for record in caplog.records if record.name == "django.request")


def test_a_request_for_a_strange_host_is_one_short_warning(caplog: Any, client: Client) -> None:
    assert client.get("/", HTTP_HOST="evil.example").status_code == 400
    [record] = [record for record in caplog.records if record.name == "django.security.DisallowedHost"]
    assert (record.levelname, record.getMessage(), record.exc_info) == ("WARNING", "Invalid HTTP_HOST header: 'evil.example'", None)


def test_a_line_says_when_in_which_zone() -> None:
    form = logging.Formatter(**{{"format": "fmt"}.get(name, name): value for name, value in settings.LOGGING["formatters"]["line"].items()})
    record = logging.LogRecord("museum.search", logging.WARNING, __file__, 1, "It is away.", None, None)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d{4} WARNING museum\.search: It is away\.", form.format(record))
