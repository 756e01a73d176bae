"""Records for other software: ``/data/object/<id>.<suffix>``, in every form that ``exchange.descriptions`` offers."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse

from artifacts.standing import State, standing
from exchange import descriptions, plain
from exhibits import addresses
from exhibits.caching import public_page
from iiif.presentation import http
from records.projection import view_of


@public_page
def description(request: HttpRequest, public_id: str, suffix: str) -> HttpResponse:
    """An object in one form; what it is called now when it was merged, 410 when it was taken back, 404 when it was never public."""
    wanted = descriptions.find("object", suffix)
    if wanted is None:
        raise Http404
    found = standing(public_id)
    if found.state == State.MOVED:
        return http.with_cors(HttpResponsePermanentRedirect(wanted.path(found.moved_to)))
    if found.state == State.GONE:
        return http.with_cors(JsonResponse({"@id": addresses.absolute(f"/o/{public_id}"), "gone": str(found.since)}, status=410))
    view = view_of("object", found.pk) if found.pk else None
    if view is None:
        raise Http404
    return http.with_cors(HttpResponse(wanted.write(view), content_type=wanted.media_type))


@public_page
def schema(request: HttpRequest) -> HttpResponse:
    """The JSON Schema of our own JSON."""
    return http.with_cors(JsonResponse(plain.schema(), content_type="application/schema+json", json_dumps_params={"indent": 1}))
