"""Error pages. The 404 page is the same for what is hidden and for what never was; the 500 page asks neither database nor settings.

Below addresses that machines ask for, the same is said in a line of plain text that scripts of other sites may read.
"""

from __future__ import annotations

import sys
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language

from exhibits.caching import SECONDS
from iiif.presentation import http

RETRY_AFTER = 30
_MACHINES = ("/iiif/", "/api/", "/data/")
_SENTENCES = {
    400: "The request cannot be read: part of its address is damaged, or it names a host that is not this museum’s.",
    403: "This is not for everybody.",
    404: "There is nothing at this address.",
    500: "Something went wrong on our side. Please try again.",
    503: "The museum cannot answer at this moment. Please try again in a short while.",
}


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404: nothing that could tell a hidden record from one that never existed."""
    response = _for_machines(request, 404) or render(request, "exhibits/not_found.html", status=404)
    patch_cache_control(response, public=True, max_age=SECONDS)
    return response


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400: the address or the form cannot be read."""
    return _for_machines(request, 400) or HttpResponse(_plain("exhibits/bad_request.html"), status=400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403: not for this visitor."""
    return _for_machines(request, 403) or HttpResponse(_plain("exhibits/forbidden.html"), status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 while the database cannot be reached."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        response = _for_machines(request, 503) or HttpResponse(_plain("exhibits/unavailable.html"), status=503)
        response["Retry-After"] = str(RETRY_AFTER)
    else:
        response = _for_machines(request, 500) or HttpResponse(_plain("exhibits/server_error.html"), status=500)
    response["Cache-Control"] = "no-store"
    return response


def _for_machines(request: HttpRequest, status: int) -> HttpResponse | None:
    if not request.path_info.startswith(_MACHINES):
        return None
    return http.with_cors(HttpResponse(f"{_SENTENCES[status]}\n", status=status, content_type="text/plain; charset=utf-8"))


def _plain(template: str) -> str:
    return render_to_string(template, {"LANGUAGE_CODE": get_language() or "en"})
