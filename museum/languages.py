"""Which addresses speak a language: people's pages do, machine addresses have none."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware

MACHINE = ("/iiif/", "/api/", "/data/", "/oai", "/livez", "/readyz", "/metrics", "/static/", "/o/")


class PeopleLocaleMiddleware(LocaleMiddleware):
    """Django's own, except that machine addresses neither vary by language nor name one: caches keep one copy of them."""

    def process_request(self, request: HttpRequest) -> None:
        if not request.path.startswith(MACHINE):
            super().process_request(request)

    def process_response(self, request: HttpRequest, response: Any) -> HttpResponse:
        """What is not there in the workplace, or in others' frames, is not looked for among the pages of a language."""
        missing = response.status_code == 404 and request.path.startswith(("/admin/", "/embed/"))
        return response if missing or request.path.startswith(MACHINE) else super().process_response(request, response)  # type: ignore[return-value]
