"""How machine documents are answered: CORS on everything, ETag and 304, negotiation of version, media type and encoding.

Presentation 3.0 is what everybody gets; 2.1 only who names its profile in Accept (cookbook 0057), or asks at its own address.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpResponse

from iiif.accepting import JSON, LD, likes, ranges
from iiif.presentation.addresses import version_2
from iiif.presentation.documents import Document

_CONTEXT = "http://iiif.io/api/presentation/{}/context.json"
_LD_JSON = 'application/ld+json;profile="' + _CONTEXT + '"'
PRESENTATION = _LD_JSON.format(3)
PRESENTATION_2 = _LD_JSON.format(2)
SMALLEST_COMPRESSED = 1400
# with the ticker's 30 s and the gate's 5 s a takedown holds everywhere within 60 s
MAX_AGE = 20
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Location, Content-Location, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
}
_VARY = "Accept, Accept-Encoding"
_ANY_JSON = frozenset({LD, JSON, "application/*", "*/*"})


@dataclass(frozen=True)
class Wanted:
    """What a client can read, from its request headers."""

    accept: str = ""
    encodings: str = ""
    known: str = ""

    @classmethod
    def of(cls, headers: Mapping[str, str]) -> Wanted:
        """From Django's request headers."""
        return cls(headers.get("Accept", ""), headers.get("Accept-Encoding", ""), headers.get("If-None-Match", ""))


@dataclass(frozen=True)
class Answer:
    """Status, headers and body, for Django and for the gate."""

    status: int
    headers: dict[str, str]
    body: bytes = b""

    def for_django(self) -> HttpResponse:
        """The same as a response."""
        response = HttpResponse(self.body, status=self.status)
        if "Content-Type" not in self.headers:
            del response.headers["Content-Type"]
        for name, value in self.headers.items():
            response.headers[name] = value
        return response


def document(found: Document, wanted: Wanted, path: str, *, own_v2: bool = False) -> Answer | None:
    """A manifest or collection. ``own_v2``: at the address of its 2.1 form. None when that form cannot hold the document.

    ``path``: the address of the 3.0 form; empty for a part, which has no address of its 2.1 form.
    """
    version = -2 if own_v2 else _version(wanted.accept) if path else 3
    if found.form(version) is None:
        if own_v2:
            return None
        version = 3
    media_type = _media_type(wanted.accept, version)
    encoding = _encoding(wanted.encodings, len(found.form(version) or b""))
    headers = {**_headers(f"{found.digest}|{version}|{encoding}|{media_type}"), **_links(path, version)}
    if _matches(wanted.known, headers["ETag"]):
        return Answer(304, headers)
    headers["Content-Type"] = media_type
    if encoding:
        headers["Content-Encoding"] = encoding
    return Answer(200, headers, found.form(version, encoding) or b"")


def old_part(found: Document, wanted: Wanted) -> Answer:
    """A part of a 2.1 manifest at an address of its own: a list of annotations, a sequence."""
    return other_document(found, wanted, _media_type(wanted.accept, -2), f"public, max-age={MAX_AGE}")


def other_document(found: Document, wanted: Wanted, media_type: str, cache: str) -> Answer:
    """A JSON document of another IIIF specification, of one form. ``cache``: its Cache-Control."""
    plain = found.form(3) or b""
    encoding = _encoding(wanted.encodings, len(plain))
    headers = {**_headers(f"{found.digest}|{encoding}|{media_type}"), "Cache-Control": cache}
    if _matches(wanted.known, headers["ETag"]):
        return Answer(304, headers)
    headers["Content-Type"] = media_type
    if encoding:
        headers["Content-Encoding"] = encoding
    return Answer(200, headers, found.form(3, encoding) or b"")


def _headers(identity: str) -> dict[str, str]:
    tag = hashlib.sha256(identity.encode()).hexdigest()[:32]
    return {"ETag": f'"{tag}"', "Vary": _VARY, "Cache-Control": f"public, max-age={MAX_AGE}", **_CORS}


def _links(path: str, version: int) -> dict[str, str]:
    """Where the other version lies, and which address this one has by itself."""
    if not path:
        return {}
    own, second = settings.MUSEUM_ORIGIN + path, settings.MUSEUM_ORIGIN + version_2(path)
    if version == 3:
        return {"Link": f'<{second}>;rel="alternate";type="application/ld+json";profile="{_CONTEXT.format(2)}"'}
    link = {"Link": f'<{own}>;rel="alternate";type="application/ld+json";profile="{_CONTEXT.format(3)}"'}
    return {**link, "Content-Location": second} if version == 2 else link


def _version(accept: str) -> int:
    """2 when the profile of 2.1 is named, and nothing that means 3.0 is liked better: its profile, or without that what names no profile."""
    if "presentation/2" not in accept.lower():
        return 3
    named: dict[int, list[float]] = {3: [], 2: []}
    anything = 0.0
    for media_type, profile, quality in ranges(accept):
        for version, qualities in named.items():
            if f"iiif.io/api/presentation/{version}/" in profile:
                qualities.append(quality)
        if not profile and media_type in _ANY_JSON:
            anything = max(anything, quality)
    second = max(named[2], default=0.0)
    if named[3]:
        return 2 if second > max(named[3]) else 3
    return 2 if second and second >= anything else 3


def _media_type(accept: str, version: int) -> str:
    """JSON-LD with the version's profile, plain JSON for who asks for that alone. 2.1 at its own address is JSON unless JSON-LD is asked for."""
    linked, plain = likes(accept)
    if version == -2:
        return PRESENTATION_2 if linked > 0 and linked >= plain else JSON
    if plain > linked:
        return JSON
    return PRESENTATION if version == 3 else PRESENTATION_2


def _encoding(accepted: str, size: int) -> str:
    if size < SMALLEST_COMPRESSED:
        return ""
    refused = accepted.replace(" ", "")
    for encoding in ("br", "gzip"):
        offered = encoding in [part.split(";")[0].strip() for part in accepted.lower().split(",")]
        if offered and f"{encoding};q=0," not in f"{refused}," and f"{encoding};q=0.0" not in refused:
            return encoding
    return ""


def _matches(sent: str, tag: str) -> bool:
    """If-None-Match names the tag (weak comparison, RFC 9110, 13.1.2)."""
    return bool(sent) and (sent.strip() == "*" or tag in [one.strip().removeprefix("W/") for one in sent.split(",")])


def with_cors(response: HttpResponse) -> HttpResponse:
    """Let every site's script read the answer, errors and redirects too (Presentation 3.0, 6.2)."""
    for name, value in _CORS.items():
        response.headers[name] = value
    return response


def preflight() -> HttpResponse:
    """The answer to OPTIONS."""
    response = with_cors(HttpResponse(status=204))
    del response.headers["Content-Type"]
    response.headers["Allow"] = response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
    response.headers["Access-Control-Allow-Headers"] = "Accept, Authorization, Content-Type, If-None-Match"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


def nothing_here() -> HttpResponse:
    """404: the same for what never existed and what the public may not know of."""
    return _plain("Nothing is published at this address.\n", 404)


def gone(public_id: str, since: date | None) -> HttpResponse:
    """410 with id and date alone."""
    day = f" since {since.isoformat()}" if since else ""
    return _plain(f"{public_id} is no longer published{day}.\n", 410)


def _plain(sentence: str, status: int) -> HttpResponse:
    response = with_cors(HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8"))
    response.headers["Vary"] = _VARY
    return response


def moved(address: str) -> HttpResponse:
    """301 to another address."""
    response = HttpResponse(status=301)
    del response.headers["Content-Type"]
    response.headers["Location"] = address
    response.headers["Vary"] = _VARY
    return with_cors(response)
