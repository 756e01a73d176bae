"""``/iiif/view?iiif-content=…``: opens a IIIF content state here, whoever made it. Nothing is fetched for it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from exhibits.comparing import MOST
from exhibits.shared import SharedDetail, shared_here
from iiif import content_state
from iiif.content_state import ContentStateError, Target


@csrf_exempt  # it changes nothing; section 3.2 lets other sites post a state
@require_http_methods(["GET", "HEAD", "POST"])
def view(request: HttpRequest) -> HttpResponse:
    """A detail of ours: its object's page. Several of ours: side by side. Anything else: the research viewer, which fetches it itself."""
    wanted = (request.POST if request.method == "POST" else request.GET).get("iiif-content", "")
    with override(get_language_from_request(request)):
        try:
            response = HttpResponse(status=303)
            response["Location"] = destination(content_state.read(wanted))
        except ContentStateError as error:
            response = _not_understood(request, str(error))
    patch_vary_headers(response, ["Accept", "Accept-Language"])
    return response


def _not_understood(request: HttpRequest, sentence: str) -> HttpResponse:
    """A page for people, one line for programs."""
    if "text/html" in request.headers.get("Accept", ""):
        return render(request, "exhibits/content_state.html", {"sentence": sentence}, status=400)
    return HttpResponse(f"{sentence}\n", status=400, content_type="text/plain; charset=utf-8")


def destination(targets: list[Target]) -> str:
    """The path of the page that shows these targets, in the current language. Raises ContentStateError when one cannot be found by anybody."""
    ours = [shared_here(target) for target in targets]
    if all(ours) and len(ours) == 1:
        return object_address(ours[0])  # type: ignore[arg-type]
    if all(ours) and len(ours) > 1:
        return reverse("compare") + "?" + urlencode([("object", str(one)) for one in ours[:MOST]])
    if any(not target.manifest for target in targets):
        raise ContentStateError(_("The content state names a canvas without the manifest that it is part of (partOf)."))
    return reverse("mirador") + "?" + urlencode({"iiif-content": content_state.encode(content_state.annotation(targets))})


def object_address(shared: SharedDetail) -> str:
    """The path of an object's page at a view and a detail of it."""
    begins = "" if shared.begins is None else f"{shared.begins:g}"
    query = urlencode({key: value for key, value in (("view", shared.media), ("detail", shared.region), ("t", begins)) if value}, safe=",:")
    place = f"#recording-{shared.media}" if begins and shared.media else ""
    return reverse("object-short", args=[shared.object]) + (f"?{query}" if query else "") + place
