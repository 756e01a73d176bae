"""``/iiif/view?iiif-content=…``: opens a IIIF content state here, whoever made it. Nothing is fetched for it."""

from __future__ import annotations

import json
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, override
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
    try:
        targets = content_state.read(wanted)
    except (ContentStateError, json.JSONDecodeError, RecursionError) as error:
        return HttpResponse(f"{error}\n", status=400, content_type="text/plain; charset=utf-8")
    with override(get_language_from_request(request)):
        response = HttpResponse(status=303)
        response["Location"] = destination(targets)
    patch_vary_headers(response, ["Accept-Language"])
    return response


def destination(targets: list[Target]) -> str:
    """The path of the page that shows these targets, in the current language."""
    ours = [shared_here(target) for target in targets]
    if all(ours) and len(ours) == 1:
        return object_address(ours[0])  # type: ignore[arg-type]
    if all(ours) and len(ours) > 1:
        return reverse("compare") + "?" + urlencode([("object", str(one)) for one in ours[:MOST]])
    return reverse("mirador") + "?" + urlencode({"iiif-content": content_state.encode(content_state.annotation(targets))})


def object_address(shared: SharedDetail) -> str:
    """The path of an object's page at a view and a detail of it."""
    query = urlencode({key: value for key, value in (("view", shared.media), ("detail", shared.region)) if value}, safe=",")
    return reverse("object-short", args=[shared.object]) + (f"?{query}" if query else "")
