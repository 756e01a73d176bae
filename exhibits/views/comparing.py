"""``/<language>/compare/``: objects side by side."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from exhibits import comparing
from exhibits.caching import public_page
from exhibits.house import in_each_language
from exhibits.shared import shared_here
from iiif import content_state
from iiif.content_state import ContentStateError

LONGEST_TYPED = 200


@public_page
def show(request: HttpRequest) -> HttpResponse:
    """``?object=<id>[.<view>][:x,y,w,h]`` up to four times, or ``?iiif-content=`` with several targets of ours; ``q`` searches one more."""
    asked = comparing.wanted([*request.GET.getlist("object"), *_of_state(request.GET.get("iiif-content", ""))])
    text = request.GET.get("q", "").strip()[:LONGEST_TYPED]
    page = comparing.page(asked, text)
    alternates = in_each_language("compare", query=page["url"].partition("?")[2])
    return render(request, "exhibits/compare.html", {"comparison": page, "alternates": alternates})


def _of_state(text: str) -> list[str]:
    if not text:
        return []
    try:
        return [str(one) for target in content_state.read(text) if (one := shared_here(target))]
    except ContentStateError:
        return []
