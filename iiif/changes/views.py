"""The change feed over HTTP."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from iiif.accepting import JSON, likes
from iiif.changes import pages
from iiif.presentation import http
from iiif.presentation.documents import Document, digest_of
from iiif.presentation.views import machine_readable

FOREVER = "public, max-age=31536000, immutable"


@machine_readable
def collection(request: HttpRequest) -> HttpResponse:
    """``/iiif/changes/collection.json``."""
    return _answered(request, pages.collection(), f"public, max-age={http.MAX_AGE}")


@machine_readable
def page(request: HttpRequest, number: str) -> HttpResponse:
    """``/iiif/changes/<n>.json``. A closed page may be kept for ever."""
    found = pages.page(int(number))
    if found is None:
        return http.nothing_here()
    body, closed = found
    return _answered(request, body, FOREVER if closed else f"public, max-age={http.MAX_AGE}")


def _answered(request: HttpRequest, body: bytes, cache: str) -> HttpResponse:
    linked, plain = likes(request.headers.get("Accept", ""))
    media_type = JSON if plain > linked else pages.MEDIA_TYPE
    return http.other_document(Document(body, digest_of(body)), http.Wanted.of(request.headers), media_type, cache).for_django()
