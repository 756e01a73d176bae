"""Answers that have no content say nothing about one: 204 and 304."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

_BODILESS = (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)


class SayNothingOfNoContent:
    """Django gives every answer the type of a page and its length, which is 0 here. RFC 9110, 8.6: a length of 0 in a 304 would be that
    of the document, and a 204 has none; a cache that believed the type (15.4.5) would keep the document under a wrong one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code in _BODILESS:
            for name in ("Content-Length", "Content-Type"):
                response.headers.pop(name, None)
        return response
