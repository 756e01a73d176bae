"""``/<language>/mirador/``: Mirador for research, beside other museums' objects."""

from __future__ import annotations

from typing import Any

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from exhibits.caching import public_page
from exhibits.house import in_each_language
from iiif import content_state
from iiif.content_state import ContentStateError, Target

# The visitor's own browser fetches what the visitor asks for, from whatever museum: on this page alone.
ANYWHERE = ["https:", "http:"]


@csp_update({"connect-src": ANYWHERE, "img-src": ANYWHERE, "media-src": ["'self'", *ANYWHERE]})
@public_page
def show(request: HttpRequest) -> HttpResponse:
    """Mirador with the windows that ``?iiif-content=`` (a content state in any form, or a manifest's address) or ``?manifest=`` names."""
    # "manifest": what the address behind the IIIF sign says, and what older viewers are given
    wanted = request.GET.get("iiif-content") or request.GET.get("manifest", "")
    try:
        targets, fault = (content_state.read(wanted) if wanted else []), ""
        if any(not target.manifest for target in targets):
            targets = [target for target in targets if target.manifest]
            fault = _("The content state names a canvas without the manifest that it is part of (partOf).")
    except ContentStateError as error:
        targets, fault = [], str(error)
    return render(
        request,
        "exhibits/mirador.html",
        {
            "mirador": {"language": get_language(), "windows": [window(target) for target in targets]},
            "fault": fault,
            "alternates": in_each_language("mirador", query=request.META.get("QUERY_STRING", "")),
        },
    )


def window(target: Target) -> dict[str, Any]:
    """One of Mirador's windows. A region in pixels becomes its centre and its zoom (the share of a pixel of the canvas)."""
    found: dict[str, Any] = {"manifestId": target.manifest}
    if target.canvas:
        found["canvasId"] = target.canvas
    if target.region and not target.percent:
        x, y, width, height = target.region
        found["initialViewerConfig"] = {"x": x + width / 2, "y": y + height / 2, "zoom": 1 / max(width, height)}
    return found
