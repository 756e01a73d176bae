"""``/<language>/objects/<id>/sheet.pdf``: the object on paper."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from artifacts.standing import State, standing
from exhibits import addresses
from exhibits.caching import SECONDS
from exhibits.printing import content, making
from iiif.image.errors import Refusal
from iiif.image.limits import RETRY_AFTER
from records.projection import view_of


@require_safe
def show(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The sheet in the address's language. Whoever has it already, or asks for the headers alone, does not make it be made."""
    found = standing(public_id)
    if found.state == State.MOVED:
        return HttpResponsePermanentRedirect(addresses.sheet(found.moved_to))
    if found.state == State.GONE:
        return render(request, "exhibits/gone.html", {"public_id": public_id, "since": found.since}, status=410)
    view = view_of("object", found.pk or 0) if found.state == State.PUBLIC else None
    if view is None:
        raise Http404
    sheet, picture = content.of(view, timezone.localdate())
    tag = making.tag_of(sheet)
    response: HttpResponseBase | None = get_conditional_response(request, etag=f'"{tag}"')
    if response is None:
        try:
            response = _headers_alone() if request.method == "HEAD" else HttpResponse(making.pdf(sheet, picture, tag))
        except Refusal:
            return _later()
        response["Content-Type"] = "application/pdf"
        response["Content-Disposition"] = f'inline; filename="{view["slug"]}-{get_language()}.pdf"'
    response["ETag"] = f'"{tag}"'
    patch_cache_control(response, public=True, max_age=SECONDS)
    return response


def _headers_alone() -> HttpResponseBase:
    """An answer whose length nobody knows, for nothing was made."""
    return StreamingHttpResponse(iter(()))


def _later() -> HttpResponse:
    body = render_to_string("exhibits/busy.html", {"LANGUAGE_CODE": get_language() or "en"})
    return HttpResponse(body, status=503, headers={"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"})
