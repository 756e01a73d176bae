"""The search page: one address, one state; and suggestions while typing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from exhibits import hits
from exhibits.caching import public_page
from exhibits.house import in_each_language
from exhibits.search_page import LISTS, address, page, suggestion
from search import missed, visitor
from search.queries import numbers_left_out

LONGEST_TYPED = 200
# The groups of suggestions in their order, and how many each gives.
GROUPED = ("object", "agent", "place", "term", "period", "exhibition", "page")
MOST_OF_KIND = 4


@public_page
def show(request: HttpRequest) -> HttpResponse:
    """Results for the state that the address holds."""
    show = request.GET.get("show", "")
    asked = visitor.parse_request(request.GET)
    if any(value == "" for _name, values in request.GET.lists() for value in values):  # a form that was sent without a script
        return redirect(request.path + address(asked, show))
    wanted = replace(asked, highlight=show == LISTS)  # cards in rows quote nothing
    found = visitor.run(wanted)
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:  # what staff look up themselves is not counted
        missed.note(found)
    context: dict[str, Any] = {
        "page": page(found, show),
        "canonical": request.path + address(asked, ""),
        "section": "collection",
        "masthead_query": wanted.text,
        "numbers_left_out": numbers_left_out(request.GET.get("q", "")) if wanted.numbers else 0,
        "alternates": in_each_language("search", query=request.META.get("QUERY_STRING", "")),
    }
    return render(request, "exhibits/search.html", context)


@public_page
def suggest(request: HttpRequest) -> HttpResponse:
    """``{"items": [{"label": [[text, marked]], "lang", "kind", "group", "url", "picture"}]}`` for what was typed (``?q=``), by kinds."""
    text = request.GET.get("q", "").strip()[:LONGEST_TYPED]
    found = visitor.suggest(text, languages=(get_language() or "en",), kinds=GROUPED, limit=MOST_OF_KIND) if text else []
    return JsonResponse({"items": [suggestion(one) for one in found if one.kind in hits.KINDS]})
