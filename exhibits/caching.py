"""How public pages may be cached: by everybody, for a short time, with an ETag; and compressed. They carry no cookie."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

# What is taken out of sight must be gone everywhere within 60 s: the ticker's 30 s and this.
SECONDS = 20


def public_response(request: HttpRequest, response: HttpResponse, changed: datetime | None = None) -> HttpResponse:
    """``response`` with the headers of a public page; 304 when the visitor has it already. ``changed``: when its record last changed."""
    if response.status_code != 200 or response.streaming:
        return response
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:24]}"'
    response["ETag"] = etag
    last_modified = int(changed.timestamp()) if changed else None
    if last_modified:
        response["Last-Modified"] = http_date(last_modified)
    patch_cache_control(response, public=True, max_age=SECONDS)
    # The page's frame changes without its record: only the ETag decides whether the visitor's copy is still right.
    return get_conditional_response(request, etag=etag, response=response) or response


def public_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that anybody may read and any cache may keep for a moment. Its response may carry ``changed``, a datetime."""

    @require_safe
    @gzip_page
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        return public_response(request, response, getattr(response, "changed", None))

    return wrapped
