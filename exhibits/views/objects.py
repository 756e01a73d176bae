"""The object page, and the object's own URI ``/o/<id>``."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from csp.decorators import csp_update
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language_from_request, override
from django.views.decorators.http import require_safe

from artifacts.models import Artifact
from artifacts.standing import Standing, State, standing
from exhibits import addresses, hits, recordings
from exhibits.caching import SECONDS, public_page
from exhibits.house import in_each_language
from exhibits.page_text import LONGEST_QUERY
from exhibits.shared import shared_here
from iiif import content_state
from iiif.content_state import ContentStateError
from records.projection import view_of

# Models are read by a program of WebAssembly, which lays their pictures out as blobs: on the pages of objects that have one.
_render_with_model: Callable[..., HttpResponse] = csp_update(
    {"script-src": ["'wasm-unsafe-eval'"], "connect-src": ["blob:"]},
)(render)  # type: ignore[arg-type, assignment]  # typed for views alone; it marks any function's response
_SECONDS = re.compile(r"\d{1,6}(\.\d{1,6})?")
PRESENTATION = "http://iiif.io/api/presentation/"


@public_page
def show(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:
    """An object's page; the slug is decoration, any other one leads to the right one."""
    found = standing(public_id)
    if found.state != State.PUBLIC:
        return _not_here(request, found)
    view = view_of("object", found.pk or 0)
    if view is None:
        raise Http404
    if slug != view["slug"]:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(addresses.page(view) + (f"?{query}" if query else ""))
    wanted, detail, begins = _seen(request, public_id)
    similar, alike = hits.neighbours(public_id)
    query = f"view={wanted}" if any(use["id"] == wanted for use in view["media"]) else ""
    draw = _render_with_model if any(use["type"] == recordings.MODEL for use in view["media"]) else render
    response = draw(
        request,
        "exhibits/object.html",
        {
            "object": view,
            "preview": False,
            "wanted": wanted if query else "",
            "detail": detail,
            "begins": begins,
            "query": request.GET.get("q", "")[:LONGEST_QUERY].strip(),
            "similar": similar,
            "alike": alike,
            "alternates": in_each_language("object", public_id, slug, query=query),
        },
    )
    response.changed = view.get("updated_at")  # type: ignore[attr-defined]
    return response


def _seen(request: HttpRequest, public_id: str) -> tuple[str, str, str]:
    """(view, detail, second to begin with) that the address names: in parameters of our own, or as a content state of this very object."""
    wanted, detail, begins, state = (request.GET.get(name, "") for name in ("view", "detail", "t", "iiif-content"))
    if state:
        with suppress(ContentStateError):
            ours = next((one for target in content_state.read(state) if (one := shared_here(target))), None)
            if ours and ours.object == public_id:
                return ours.media, ours.region, "" if ours.begins is None else f"{ours.begins:g}"
    return wanted, detail, begins if _SECONDS.fullmatch(begins) else ""


@require_safe
def uri(request: HttpRequest, public_id: str) -> HttpResponse:
    """``/o/<id>``: 303 to the page, the manifest or the data, by what the visitor's software accepts."""
    found = standing(public_id)
    if found.state == State.MOVED:
        return HttpResponsePermanentRedirect(f"/o/{found.moved_to}")
    if found.state != State.PUBLIC:
        return _not_here(request, found)
    response = HttpResponse(status=303)
    response["Location"] = _target(request, public_id, found.pk or 0)
    patch_vary_headers(response, ["Accept", "Accept-Language"])
    patch_cache_control(response, public=True, max_age=SECONDS)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _target(request: HttpRequest, public_id: str, pk: int) -> str:
    kind = wanted_kind(request.headers.get("Accept", ""))
    if kind == "manifest" and Artifact.objects.filter(pk=pk, media__in=_on_canvases(pk)).exists():
        return addresses.manifest(public_id)
    if kind in {"data", "manifest"}:
        return f"/data/object/{public_id}.jsonld"
    with override(get_language_from_request(request)):
        view = view_of("object", pk)
        return addresses.page(view) if view else f"/{settings.LANGUAGE_CODE}/"


def _on_canvases(pk: int) -> Any:
    """Uses of what a manifest shows: pictures, recordings, models."""
    from artifacts.models import ArtifactMedia

    shown = ArtifactMedia.objects.filter(artifact=pk, published=True, asset__tier__in=["public", "restricted"])
    return shown.filter(asset__kind__in=["image", recordings.AUDIO, recordings.VIDEO, recordings.MODEL]).values("pk")


def wanted_kind(accept: str) -> str:
    """ "page", "manifest" or "data": the best of what an Accept header names; browsers and those who do not say get the page."""
    best, result = -1.0, "page"
    for part in accept.split(","):
        media, *parameters = (piece.strip() for piece in part.split(";"))
        kind = _kind_of(media.lower(), parameters)
        quality = _quality(parameters)
        if kind and quality > best:
            best, result = quality, kind
    return result if best > 0 else "page"


def _kind_of(media: str, parameters: list[str]) -> str:
    if media in {"text/html", "application/xhtml+xml"}:
        return "page"
    if media == "application/json":
        return "manifest"
    if media == "application/ld+json":
        profile = next((one.partition("=")[2].strip('"') for one in parameters if one.startswith("profile=")), "")
        return "manifest" if profile.startswith(PRESENTATION) else "data"
    return "page" if media == "*/*" else ""


def _quality(parameters: list[str]) -> float:
    for one in parameters:
        if one.startswith("q="):
            try:
                return float(one[2:])
            except ValueError:
                return 0.0
    return 1.0


def _not_here(request: HttpRequest, found: Standing) -> HttpResponse:
    """What the address of an object answers that is not public (architecture, "Addresses")."""
    if found.state == State.MOVED:
        target = view_of("object", Artifact.objects.get(public_id=found.moved_to).pk)
        if target is not None:
            return HttpResponsePermanentRedirect(addresses.page(target))
    if found.state == State.GONE:
        return render(request, "exhibits/gone.html", {"public_id": found.public_id, "since": found.since}, status=410)
    raise Http404
