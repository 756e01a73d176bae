"""How refusals and the methods OPTIONS, POST and the like are answered below the image service's and the files' addresses."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.log import log_response

from iiif.image import headers
from iiif.image.errors import Refusal
from iiif.image.limits import RETRY_AFTER

METHODS = {"GET", "HEAD"}


def answered(request: HttpRequest, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """What ``view`` makes, or its refusal as a sentence, or what the method alone says; with CORS on all of them."""
    try:
        response = _spoken(request) or view()
    except Refusal as refusal:
        response = refused(refusal)
        if refusal.status == 501:  # the wish of whoever asks; Django would log it as a fault of ours
            log_response("Not offered: %s", request.path, response=response, request=request, level="warning")
    for name, value in headers.CORS:
        response.headers[name] = value
    return response


def _spoken(request: HttpRequest) -> HttpResponse | None:
    """The answer to a method that asks for no content: 204 to OPTIONS, 405 to what is not offered. None for GET and HEAD."""
    if request.method in METHODS:
        return None
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=dict(headers.PREFLIGHT))
    response = text("Only GET, HEAD and OPTIONS are answered here.", 405)
    response.headers["Allow"] = "GET, HEAD, OPTIONS"
    return response


def refused(refusal: Refusal) -> HttpResponse:
    """Status and sentence; 503 says when to come again."""
    response = text(str(refusal), refusal.status)
    if refusal.status == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    if refusal.status == 401:  # RFC 9110, 11.6.1 asks for a challenge; of a scheme that no browser has a window for
        response.headers["WWW-Authenticate"] = 'IIIF realm="restricted pictures"'
    response.headers["Cache-Control"] = "no-store" if refusal.status in {401, 503} else "public, max-age=5"
    return response


def text(sentence: str, status: int) -> HttpResponse:
    """A sentence as plain text."""
    return HttpResponse(sentence + "\n", status=status, content_type="text/plain; charset=utf-8")
