"""``/embed/<id>/``: an object's pictures for a frame in anybody's page."""

from __future__ import annotations

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import get_language, override
from django.views.decorators.clickjacking import xframe_options_exempt

from artifacts.standing import State, standing
from exhibits import addresses
from exhibits.caching import public_page
from records.projection import view_of


@csp_replace({"frame-ancestors": ["*"]})
@xframe_options_exempt
@public_page
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    """The picture with its deep zoom, the object's name and the rights. ``?lang=``: the language; ``?view=``: which of its pictures."""
    language = request.GET.get("lang", "")
    with override(language if language in dict(settings.LANGUAGES) else get_language()):
        return _shown(request, public_id)


def _shown(request: HttpRequest, public_id: str) -> HttpResponse:
    found = standing(public_id)
    if found.state == State.MOVED:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(addresses.embed(found.moved_to) + (f"?{query}" if query else ""))
    if found.state == State.GONE:
        return render(request, "exhibits/gone.html", {"public_id": public_id, "since": found.since}, status=410)
    view = view_of("object", found.pk or 0) if found.state == State.PUBLIC else None
    if view is None:
        raise Http404
    wanted = request.GET.get("view", "")
    chosen = wanted if any(use["id"] == wanted for use in view["media"]) else ""
    response = render(request, "exhibits/embed.html", {"object": view, "wanted": chosen, "preview": False})
    response["Content-Language"] = str(get_language())
    response.changed = view.get("updated_at")  # type: ignore[attr-defined]
    return response
