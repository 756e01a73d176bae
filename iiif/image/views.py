"""The image service in Django: info.json, and every picture that the gate has not answered already."""

from __future__ import annotations

import hashlib
import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from iiif.image import access, headers, info, parameters, pictures, render
from iiif.image.cache import CACHE
from iiif.image.errors import BadRequest, NotFound, Unavailable
from iiif.image.pool import POOL
from iiif.image.refusals import answered
from media import mending, storage
from media.errors import DamagedFile, MissingFile, StorageUnavailable
from records.ids import is_public_id

log = logging.getLogger(__name__)


@csrf_exempt  # nothing is ever changed here: a POST is told so (405), not asked for a form's token
def answer(request: HttpRequest, version: int, rest: str = "") -> HttpResponseBase:
    """Everything below ``/iiif/3/`` and ``/iiif/2/``. Errors are sentences, with CORS like all the rest."""
    return answered(request, lambda: _routed(request, version, rest))


def _routed(request: HttpRequest, version: int, rest: str) -> HttpResponse:
    public_id, _, path = rest.partition("/")
    if not is_public_id(public_id.removesuffix(pictures.SMALL)):
        raise NotFound
    if not path:
        access.check(pictures.asked(public_id), _cookies(request), pixels=False)
        return HttpResponse(status=303, headers={"Location": f"{settings.MUSEUM_ORIGIN}/iiif/{version}/{public_id}/info.json"})
    if path == "info.json":
        return _info(request, version, public_id)
    parts = path.split("/")
    picture = access.check(pictures.asked(public_id), _cookies(request), pixels=True)
    if len(parts) != 4:
        raise BadRequest("An image address has four parts after the picture's id: region, size, rotation, and quality with format.")
    index = picture.index
    asked = parameters.resolve(version, index.width, index.height, index.bands, (parts[0], parts[1], parts[2], parts[3]))
    return _image(request, version, picture, asked)


def _info(request: HttpRequest, version: int, public_id: str) -> HttpResponse:
    picture = access.check(pictures.asked(public_id), _cookies(request), pixels=False)
    body = info.document(picture, version)
    kind = info.media_type(version, request.headers.get("Accept", ""))
    response = _tagged(request, headers.etag(picture, hashlib.sha256(body + kind.encode()).hexdigest()[:16]))
    if response.status_code == 200:
        response.content = body
        response.headers["Content-Type"] = kind
    response.headers["Cache-Control"] = headers.keep(picture, headers.INFO_MAX_AGE)
    response.headers["Link"] = f'<{headers.LEVEL[version]}>;rel="profile"'
    response.headers["Vary"] = "Accept" if picture.tier == pictures.PUBLIC else "Accept, Cookie"
    return response


def _image(request: HttpRequest, version: int, picture: pictures.Known, asked: parameters.Request) -> HttpResponse:
    stored, key = _stored(picture, asked), _key(picture, asked)
    tag = headers.etag(picture, stored[0] if stored else hashlib.sha256(key.encode()).hexdigest()[:16])
    response = _tagged(request, tag)
    if response.status_code == 200 and request.method == "GET":
        response.content = content(picture, asked, request.META.get(pictures.UNAVAILABLE))
    if stored and response.status_code == 200:
        response.headers["Content-Length"] = str(stored[1])
    response.headers["Content-Type"] = parameters.FORMATS[asked.format]
    response.headers["Cache-Control"] = headers.keep(picture)
    response.headers["Link"] = headers.links(version, picture.public_id, asked.canonical)
    if picture.tier != pictures.PUBLIC:
        response.headers["Vary"] = "Cookie"
    return response


def _stored(picture: pictures.Known, asked: parameters.Request) -> tuple[int, int, int, int] | None:
    """Where it lies in the access copy as it is asked for, with its size; None when it has to be made."""
    region = asked.region
    if not asked.plain or picture.rules.mark:
        return None
    return picture.index.match(region.x, region.y, region.width, region.height, asked.width, asked.height)


def _key(picture: pictures.Known, asked: parameters.Request) -> str:
    region = asked.region
    return f"{picture.version} {region.x},{region.y},{region.width},{region.height} {asked.width},{asked.height} {asked.mirror} {asked.degrees!r} {asked.quality}.{asked.format}"


def content(picture: pictures.Known, asked: parameters.Request, unavailable: StorageUnavailable | None = None) -> bytes:
    """The bytes of the picture as it is asked for, by whoever may see it. Raises Refusal when they cannot be had at the moment.

    ``unavailable``: what the storage told the gate, of the same request.
    """
    stored, key = _stored(picture, asked), f"{picture.public_id} {_key(picture, asked)}"
    try:
        if unavailable:
            raise unavailable
        if stored:
            return pictures.jpeg(picture, stored[0], stored[1])
        held = CACHE.get(key)
        if held is not None:
            return held

        def make() -> bytes:
            made = render.render(picture, asked)
            CACHE.put(key, made)
            return made

        return POOL.run(key, make)
    except (MissingFile, DamagedFile) as error:  # the access copy is lost or broken: it is made again
        log.error("picture %s: its access copy is broken: %s", picture.public_id, error)
        storage.forget(storage.DERIVATIVES, picture.name)
        mending.report(picture.public_id.removesuffix(pictures.SMALL), picture.made)
        raise Unavailable from error
    except StorageUnavailable as error:
        log.error("picture %s cannot be read: %s", picture.public_id, error)
        raise Unavailable from error


def _tagged(request: HttpRequest, tag: str) -> HttpResponse:
    """200, or 304 when the client has it already; nothing is rendered for that."""
    response = HttpResponse(status=304 if headers.matches(request.headers.get("If-None-Match", ""), tag) else 200)
    response.headers["ETag"] = tag
    return response


def _cookies(request: HttpRequest) -> str:
    return request.META.get("HTTP_COOKIE", "")
