"""Manifests, their parts and collections over HTTP."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from artifacts.standing import Standing, State, standing
from iiif.models import StoredManifest
from iiif.presentation import addresses, collections, http, store
from iiif.presentation.addresses import PLACEHOLDER
from iiif.presentation.build import CONTEXT
from records.projection import view_of

View = Callable[..., HttpResponse]


def machine_readable(view: View) -> View:
    """GET, HEAD and OPTIONS alone, all of them readable from other sites."""

    @wraps(view)
    def answer(request: HttpRequest, **arguments: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            return http.preflight()
        if request.method not in {"GET", "HEAD"}:
            return http.with_cors(HttpResponseNotAllowed(["GET", "HEAD", "OPTIONS"]))
        return view(request, **arguments)

    return answer


@machine_readable
def object_manifest(request: HttpRequest, public_id: str) -> HttpResponse:
    """``/iiif/objects/<id>/manifest.json`` (Presentation 3.0, 5.2)."""
    found = standing(public_id)
    if found.state is not State.PUBLIC:
        return _hidden(found, addresses.manifest("object", found.moved_to))
    body, version = _stored_or_built(found)
    return http.document(request, store.filled(body), version) if body else http.nothing_here()


@machine_readable
def object_part(request: HttpRequest, public_id: str, rest: str) -> HttpResponse:
    """A canvas, annotation page, annotation or range by its own id, cut out of the manifest."""
    found = standing(public_id)
    if found.state is not State.PUBLIC:
        return _hidden(found, f"/iiif/objects/{found.moved_to}/{rest}")
    body, version = _stored_or_built(found)
    if not body:
        return http.nothing_here()
    part = _find(orjson.loads(body), f"{PLACEHOLDER}/iiif/objects/{public_id}/{rest}")
    if part is None:
        return http.nothing_here()
    whole = [{"id": PLACEHOLDER + addresses.manifest("object", public_id), "type": "Manifest"}]
    document = {"@context": CONTEXT, **part, **({"partOf": whole} if part["type"] in {"Canvas", "Range"} else {})}
    return http.document(request, store.filled(orjson.dumps(document)), f"{version}/{rest}")


@machine_readable
def collection(request: HttpRequest) -> HttpResponse:
    """``/iiif/collection.json``: everything."""
    return http.document(request, store.filled(collections.everything()), collections.version())


@machine_readable
def collection_part(request: HttpRequest, number: int) -> HttpResponse:
    """``/iiif/collections/all/<n>/collection.json``."""
    body = collections.part(number)
    return http.document(request, store.filled(body), f"{collections.version()}/{number}") if body else http.nothing_here()


@machine_readable
def nowhere(request: HttpRequest, **_: Any) -> HttpResponse:
    """Any other address below /iiif/: a plain 404 that other sites' scripts may read."""
    return http.nothing_here()


def _stored_or_built(found: Standing) -> tuple[bytes, str]:
    """(bytes with the placeholder, version) of a public object's manifest; empty when it has none.

    What the worker has not stored yet is built for this answer, and not stored: a GET writes nothing.
    """
    row = StoredManifest.objects.filter(kind="object", public_id=found.public_id).values_list("body", "sha256").first()
    if row is not None:
        return bytes(row[0] or b""), f"{row[1]}@{settings.MUSEUM_ORIGIN}"
    view = view_of("object", found.pk or 0)
    built = store.build_view("object", view) if view else None
    if built is None or built.problems:
        return b"", ""
    return built.body, f"{hashlib.sha256(built.body).hexdigest()}@{settings.MUSEUM_ORIGIN}"


def _hidden(found: Standing, elsewhere: str) -> HttpResponse:
    if found.state is State.GONE:
        return http.gone(found.public_id, found.since)
    if found.state is State.MOVED:
        return http.moved(settings.MUSEUM_ORIGIN + elsewhere)
    return http.nothing_here()


def _find(value: Any, wanted: str) -> dict[str, Any] | None:
    if isinstance(value, dict):
        if value.get("id") == wanted and value.get("type") in {"Canvas", "AnnotationPage", "Annotation", "Range"} and len(value) > 2:
            return value
        children: Any = value.values()
    elif isinstance(value, list):
        children = value
    else:
        return None
    return next((found for child in children if (found := _find(child, wanted)) is not None), None)
