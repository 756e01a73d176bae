"""Answers a recording, a model, captions or a document, whole or in one range, with what is private in it blanked."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.csrf import csrf_exempt

from iiif.files import ranges
from iiif.files.addresses import ENDINGS
from iiif.image import access, headers
from iiif.image.errors import NotFound, Unavailable
from iiif.image.limits import INFO_MAX_AGE
from iiif.image.pictures import PUBLIC
from iiif.image.refusals import answered
from media import storage
from media.errors import MissingFile, StorageUnavailable
from media.models import Asset
from media.recordings import Blank

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class File:
    """Who may have a file: its tier, and the keys of the objects that use it, of their departments and museums."""

    tier: str
    objects: frozenset[int]
    departments: frozenset[int]
    museums: frozenset[int]


@csrf_exempt  # nothing is ever changed here: a POST is told so (405), not asked for a form's token
def answer(request: HttpRequest, public_id: str, ending: str) -> HttpResponseBase:
    """``/iiif/files/<asset>.<ending>``. Errors are sentences, with CORS like all the rest."""
    return answered(request, lambda: _file(request, public_id, ending))


def _file(request: HttpRequest, public_id: str, ending: str) -> HttpResponseBase:
    asset = Asset.objects.ready().exclude(kind=Asset.Kind.IMAGE).select_related("blob").filter(public_id=public_id).first()
    if asset is None or ENDINGS.get(asset.blob.mime) != ending:
        raise NotFound
    access.check(_guarded(asset), request.META.get("HTTP_COOKIE", ""), pixels=True)
    size, tag = asset.blob.size, f'"{asset.version}"'
    response: HttpResponseBase
    if headers.matches(request.headers.get("If-None-Match", ""), tag):
        response = HttpResponse(status=304)
    else:
        response = _bytes(request, asset, size, tag)
    response.headers["ETag"] = tag
    response.headers["Accept-Ranges"] = "bytes"
    scope = "public" if asset.tier == PUBLIC else "private"
    response.headers["Cache-Control"] = f"{scope}, max-age={INFO_MAX_AGE}"
    if asset.tier != PUBLIC:
        response.headers["Vary"] = "Cookie"
    return response


def _guarded(asset: Asset) -> File:
    rows = asset.uses.values_list("artifact_id", "artifact__department_id", "artifact__museum_id")
    uses = list(rows) if asset.tier != PUBLIC else []
    return File(asset.tier, *(frozenset(use[column] for use in uses) for column in range(3)))


def _bytes(request: HttpRequest, asset: Asset, size: int, tag: str) -> HttpResponseBase:
    wanted = request.headers.get("Range", "") if request.method == "GET" else ""  # no other method has ranges (RFC 9110, 14.2)
    if request.headers.get("If-Range", tag) != tag:  # the file has changed since the client got its beginning
        wanted = ""
    try:
        part = ranges.asked(wanted, size)
    except ranges.Unsatisfiable:
        response = HttpResponse(f"The file has {size} bytes.\n", status=416, content_type="text/plain; charset=utf-8")
        response.headers["Content-Range"] = f"bytes */{size}"
        return response
    start, end = part or (0, size)
    content = iter(()) if request.method == "HEAD" else _pieces(asset, start, end)
    mime = asset.blob.mime
    answered = StreamingHttpResponse(content, status=206 if part else 200, content_type=mime)
    answered.headers["Content-Length"] = str(end - start)
    answered.headers["Content-Disposition"] = f'inline; filename="{asset.public_id}.{ENDINGS[mime]}"'
    if part:
        answered.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return answered


def _pieces(asset: Asset, start: int, end: int) -> Iterator[bytes]:
    """The bytes. The first are read here and now, so that a storage that does not answer is a 503 and no broken file."""
    blanks = [Blank.of(each) for each in asset.technical.get("blanks", [])]
    try:
        pieces = storage.stream(storage.ORIGINALS, asset.blob.name, start, end - start)
        first = next(pieces, b"")
    except (MissingFile, StorageUnavailable) as error:
        log.error("file %s cannot be read: %s", asset.public_id, error)
        raise Unavailable from error
    return ranges.blanked(itertools.chain([first], pieces), start, blanks)
