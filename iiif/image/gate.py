"""Answers stored tiles and fixed sizes before Django sees the request: the tile's own JPEG, by one pread or one ranged GET.

Everything that is not exactly that, or not allowed, goes on to Django, which explains. See docs/decisions/ on tiles before Django.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from iiif.asking import or_django
from iiif.image import headers, pictures
from iiif.image.access import may_see
from iiif.image.limits import KEPT_PLACES
from iiif.image.parameters import quick
from iiif.image.pictures import PUBLIC, Known, find, jpeg
from media.errors import DamagedFile, MissingFile, StorageUnavailable

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

_PREFIXES = {"/iiif/3/": 3, "/iiif/2/": 2}
_ENDS = ("0/default.jpg", "0/color.jpg", "0/gray.jpg")
_OF_CONTENT = ("Content-Type", "Content-Length")  # not said with 304 (RFC 9110, 15.4.5)
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


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the JPEG of an address lies in the access copy, and what is said of it."""

    offset: int
    length: int
    tag: str
    lines: tuple[tuple[str, str], ...]


def _tile(version: int, environ: Environ, start_response: StartResponse) -> list[bytes] | None:
    path: str = environ["PATH_INFO"]
    public_id = path[8:_ID_END]
    if not path.endswith(_ENDS) or not public_id.isalnum():
        return None
    picture = find(public_id)
    place = _place(picture, version, path) if picture is not None else None
    if picture is None or place is None or not may_see(picture, environ.get("HTTP_COOKIE", "")):
        return None
    if headers.matches(environ.get("HTTP_IF_NONE_MATCH", ""), place.tag):
        start_response("304 Not Modified", [line for line in place.lines if line[0] not in _OF_CONTENT])
        return []
    body = b""
    if environ["REQUEST_METHOD"] == "GET":
        try:
            body = jpeg(picture, place.offset, place.length)
        except StorageUnavailable as error:  # Django says it, and does not wait for the same storage once more
            environ[pictures.UNAVAILABLE] = error
            return None
        except (MissingFile, DamagedFile):  # Django says it and has it mended
            return None
    start_response("200 OK", [*place.lines])
    return [body] if body else []


@lru_cache(maxsize=KEPT_PLACES)
def _place(picture: Known, version: int, path: str) -> _Place | None:
    """What an address of the picture means, if it is exactly one of its stored tiles or fixed sizes. To read it takes half of an answer's time."""
    parts = path[_ID_END:].split("/", 3)  # "", region, size, "0/default.jpg"
    if len(parts) != 4 or parts[0] or parts[3] not in _ENDS or picture.rules.mark:
        return None
    asked = quick(parts[1], parts[2])
    if asked is None:
        return None
    index = picture.index
    if parts[3] != "0/default.jpg" and (index.bands == 1) != (parts[3] == "0/gray.jpg"):
        return None
    x, y, width, height, out_width, out_height = asked
    if x >= index.width or y >= index.height:
        return None
    width = min(width, index.width - x) if width else index.width
    height = min(height, index.height - y) if height else index.height
    found = index.match(x, y, width, height, out_width, out_height)
    if found is None:
        return None
    offset, length, out_width, out_height = found
    tag = headers.etag(picture, offset)
    region = "full" if width == index.width and height == index.height else f"{x},{y},{width},{height}"
    canonical = f"{region}/{_canonical_size(version, width, height, out_width, out_height)}/0/default.jpg"
    lines = (
        *_COMMON,
        ("Cache-Control", headers.keep(picture)),
        ("ETag", tag),
        ("Link", headers.links(version, picture.public_id, canonical)),
        *([("Vary", "Cookie")] if picture.tier != PUBLIC else []),
        ("Content-Length", str(length)),
    )
    return _Place(offset, length, tag, lines)


def _canonical_size(version: int, width: int, height: int, out_width: int, out_height: int) -> str:
    if version == 3:
        return "max" if (out_width, out_height) == (width, height) else f"{out_width},{out_height}"
    if (out_width, out_height) == (width, height):
        return "full"
    return f"{out_width}," if out_height == max(1, round(height * out_width / width)) else f"{out_width},{out_height}"
