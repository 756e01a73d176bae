"""Answers stored tiles and fixed sizes before Django sees the request: the tile's own JPEG, by one pread or one ranged GET.

Everything that is not exactly that, or not allowed, goes on to Django, which explains. See docs/decisions/ on tiles before Django.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from iiif.asking import or_django
from iiif.image import headers
from iiif.image.access import may_see
from iiif.image.parameters import quick
from iiif.image.pictures import PUBLIC, find, jpeg
from media.errors import DamagedFile, MissingFile, StorageUnavailable

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

_PREFIXES = {"/iiif/3/": 3, "/iiif/2/": 2}
_ENDS = {"0/default.jpg": "default", "0/color.jpg": "color", "0/gray.jpg": "gray"}
_ID_END = 8 + 12
_COMMON = [("Content-Type", "image/jpeg"), *headers.CORS]


class Gate:
    """A WSGI application in front of another."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """PEP 3333."""
        version = _PREFIXES.get(environ.get("PATH_INFO", "")[:8])
        if version and environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            answered = or_django(lambda: _tile(version, environ, start_response))
            if answered is not None:
                return answered
        return self.application(environ, start_response)


def _tile(version: int, environ: Environ, start_response: StartResponse) -> list[bytes] | None:
    path: str = environ["PATH_INFO"]
    parts = path[_ID_END:].split("/", 3)  # "", region, size, "0/default.jpg"
    if len(parts) != 4 or parts[0] or parts[3] not in _ENDS:
        return None
    asked = quick(parts[1], parts[2])
    if asked is None:
        return None
    public_id = path[8:_ID_END]
    picture = find(public_id) if public_id.isalnum() else None
    if picture is None:
        return None
    index = picture.index
    if picture.rules.mark:
        return None
    if parts[3] != "0/default.jpg" and (index.bands == 1) != (parts[3] == "0/gray.jpg"):
        return None
    x, y, width, height, out_width, out_height = asked
    if x >= index.width or y >= index.height:
        return None
    width = min(width, index.width - x) if width else index.width
    height = min(height, index.height - y) if height else index.height
    found = index.match(x, y, width, height, out_width, out_height)
    if found is None or not may_see(picture, environ.get("HTTP_COOKIE", "")):
        return None
    offset, length, out_width, out_height = found
    tag = headers.etag(picture, offset)
    known = headers.matches(environ.get("HTTP_IF_NONE_MATCH", ""), tag)
    body = b""
    if not known and environ["REQUEST_METHOD"] == "GET":
        try:
            body = jpeg(picture, offset, length)
        except (MissingFile, StorageUnavailable, DamagedFile):  # Django says it and has it mended
            return None
    region = "full" if width == index.width and height == index.height else f"{x},{y},{width},{height}"
    canonical = f"{region}/{_canonical_size(version, width, height, out_width, out_height)}/0/default.jpg"
    lines = [
        *_COMMON,
        ("Cache-Control", headers.keep(picture)),
        ("ETag", tag),
        ("Link", headers.links(version, public_id, canonical)),
    ]
    if picture.tier != PUBLIC:
        lines.append(("Vary", "Cookie"))
    if known:  # without what it says of the content (RFC 9110, 15.4.5)
        start_response("304 Not Modified", [line for line in lines if line[0] != "Content-Type"])
        return []
    lines.append(("Content-Length", str(length)))
    start_response("200 OK", lines)
    return [body] if body else []


def _canonical_size(version: int, width: int, height: int, out_width: int, out_height: int) -> str:
    if version == 3:
        return "max" if (out_width, out_height) == (width, height) else f"{out_width},{out_height}"
    if (out_width, out_height) == (width, height):
        return "full"
    return f"{out_width}," if out_height == max(1, round(height * out_width / width)) else f"{out_width},{out_height}"
