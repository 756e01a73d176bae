"""How machine documents are answered: CORS on everything, ETag and 304, negotiation of the media type, compression."""

from __future__ import annotations

import gzip
import hashlib
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

PRESENTATION = 'application/ld+json;profile="http://iiif.io/api/presentation/3/context.json"'
SMALLEST_COMPRESSED = 1400
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Location, Retry-After",
}


def with_cors(response: HttpResponse) -> HttpResponse:
    """Let every site's script read the answer, errors and redirects too (Presentation 3.0, 6.2)."""
    for name, value in _CORS.items():
        response.headers[name] = value
    return response


def preflight() -> HttpResponse:
    """The answer to OPTIONS."""
    response = with_cors(HttpResponse(status=204))
    response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
    response.headers["Access-Control-Allow-Headers"] = "Accept, Authorization, Content-Type, If-None-Match"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


def document(request: HttpRequest, body: bytes, version: str, *, max_age: int = 60) -> HttpResponse:
    """A Presentation 3.0 document. ``version`` identifies body and origin together; it becomes the ETag.

    JSON-LD with the presentation profile unless the client asks for plain ``application/json`` only.
    """
    compress = len(body) >= SMALLEST_COMPRESSED and "gzip" in request.headers.get("Accept-Encoding", "")
    media_type = _media_type(request.headers.get("Accept", ""))
    tag = hashlib.sha256(f"{version}|{compress}|{media_type}".encode()).hexdigest()[:32]
    etag = f'"{tag}"'
    known = parse_etags(request.headers.get("If-None-Match", ""))
    matches = etag in known or f"W/{etag}" in known or known == ["*"]
    response: HttpResponse = HttpResponseNotModified() if matches else HttpResponse(content_type=media_type)
    if not matches:
        response.content = gzip.compress(body, 5, mtime=0) if compress else body
        if compress:
            response.headers["Content-Encoding"] = "gzip"
    response.headers["ETag"] = etag
    response.headers["Vary"] = "Accept, Accept-Encoding"
    response.headers["Cache-Control"] = f"public, max-age={max_age}, stale-while-revalidate=600"
    return with_cors(response)


def _media_type(accept: str) -> str:
    wanted = [part.split(";")[0].strip().lower() for part in accept.split(",")]
    plain = "application/json" in wanted and "application/ld+json" not in wanted
    return "application/json" if plain else PRESENTATION


def nothing_here() -> HttpResponse:
    """404: the same for what never existed and what the public may not know of."""
    return with_cors(HttpResponse("Nothing is published at this address.\n", status=404, content_type="text/plain; charset=utf-8"))


def gone(public_id: str, since: date | None) -> HttpResponse:
    """410 with id and date alone."""
    day = f" since {since.isoformat()}" if since else ""
    return with_cors(HttpResponse(f"{public_id} is no longer published{day}.\n", status=410, content_type="text/plain; charset=utf-8"))


def moved(address: str) -> HttpResponse:
    """301 to another address."""
    response = HttpResponse(status=301)
    response.headers["Location"] = address
    return with_cors(response)
