"""The text of a page under ``/data/object/<id>/text/<use>``: words with their places (``.json``), plain (``.txt``), as it came (``/original``)."""

from __future__ import annotations

import itertools
import logging
import zlib
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.views.decorators.http import condition, require_safe

from artifacts import page_texts
from artifacts.models import TextLayer
from exhibits import page_text
from exhibits.caching import SECONDS
from media import storage
from media.errors import MissingFile, StorageUnavailable
from media.formats import BY_KEY, PLAIN_TEXT

log = logging.getLogger(__name__)


def _version(request: HttpRequest, public_id: str, use: str) -> str | None:
    layer = page_texts.of_pictures([use]).get(use)
    query = request.GET.get("q", "")
    return f'"{layer.pk}-{layer.updated_at.timestamp()}-{zlib.crc32(query.encode()):x}"' if layer else None


@require_safe
@condition(etag_func=_version)
def words(request: HttpRequest, public_id: str, use: str) -> JsonResponse:
    """Only what everybody may read; anything else answers as if it had never existed."""
    layer = _readable(public_id, use)
    response = JsonResponse(
        page_text.for_script(layer, request.GET.get("q", "")), json_dumps_params={"ensure_ascii": False, "separators": (",", ":")}
    )
    return _open_to_all(response, layer)


@require_safe
def plain(request: HttpRequest, public_id: str, use: str) -> HttpResponse:
    """The text alone, for reading and copying."""
    layer = _readable(public_id, use)
    response = HttpResponse(page_texts.page_of(layer).text() + "\n", content_type="text/plain; charset=utf-8")
    return _open_to_all(response, layer)


@require_safe
def original(request: HttpRequest, public_id: str, use: str) -> StreamingHttpResponse | HttpResponse:
    """The file as it came. It is saved, never opened by a browser: it may be a web page of a stranger's making."""
    layer = _readable(public_id, use)
    found = BY_KEY.get(layer.asset.technical.get("format", ""), PLAIN_TEXT)
    try:
        pieces = storage.chunks(storage.ORIGINALS, layer.asset.blob.name)
        first = next(pieces, b"")  # read here and now: a storage that does not answer is a sentence and no broken file
    except (MissingFile, StorageUnavailable) as error:
        log.error("the text of %s cannot be read: %s", use, error)
        return HttpResponse("The file cannot be read at the moment. Ask again later.\n", status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "60"})  # fmt: skip
    response = StreamingHttpResponse(itertools.chain([first], pieces), content_type=found.mime)
    response.headers["Content-Disposition"] = f'attachment; filename="{use}.{found.extension}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return _open_to_all(response, layer)


def _readable(public_id: str, use: str) -> TextLayer:
    layer = page_texts.of_pictures([use]).get(use)
    if layer is None or layer.use.artifact.public_id != public_id:
        raise Http404
    return layer


def _open_to_all(response: Any, layer: TextLayer) -> Any:
    response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["X-Content-Type-Options"] = "nosniff"
    if layer.language and "Content-Disposition" not in response.headers:
        response.headers["Content-Language"] = layer.language
    return response
