"""Pages of people, places, terms and periods: what is known of each, and its objects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from exhibits import addresses, hits
from exhibits.caching import public_page
from exhibits.house import in_each_language
from exhibits.record_page import narrower, page
from records import languages
from records.ids import is_public_id
from records.projection import view_of
from records.slugs import slug_of
from vocabularies import merging
from vocabularies.models import Agent, Period, Place, Term

MODELS: Mapping[str, Any] = {"agent": Agent, "place": Place, "term": Term, "period": Period}


@public_page
def agent(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:
    """The page of a person, family, group, people or workshop."""
    return _show(request, "agent", public_id, slug)


@public_page
def place(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:
    """The page of a place."""
    return _show(request, "place", public_id, slug)


@public_page
def term(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:
    """The page of a term; one that was replaced leads to the other."""
    return _show(request, "term", public_id, slug)


@public_page
def period(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:
    """The page of an era, dynasty or reign."""
    return _show(request, "period", public_id, slug)


def _show(request: HttpRequest, kind: str, public_id: str, slug: str) -> HttpResponse:
    model = MODELS[kind]
    pk = model.objects.public().filter(public_id=public_id).values_list("pk", flat=True).first() if is_public_id(public_id) else None
    view = view_of(kind, pk) if pk is not None else None
    if pk is None or view is None:
        return _elsewhere(kind, public_id)
    replaced = view.get("replaced_by")
    if replaced:
        return HttpResponsePermanentRedirect(addresses.page(replaced))
    right = slug_of(view["label"], kind)
    if slug != right:
        return HttpResponsePermanentRedirect(addresses.page({**view, "slug": right}))
    wanted = request.GET.get("page", "")
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 6 else 1
    response = render(
        request,
        "exhibits/record.html",
        {
            "record": view,
            "page": page(view),
            "narrower": narrower(model, pk),
            "objects": hits.related(public_id, number),
            "alternates": in_each_language(kind, public_id, right, query=f"page={number}" if number > 1 else ""),
        },
    )
    response.changed = view.get("updated_at")  # type: ignore[attr-defined]
    return response


def _elsewhere(kind: str, public_id: str) -> HttpResponse:
    """The way to the record that a duplicate was merged into."""
    stays = merging.moved_to(kind, public_id) if is_public_id(public_id) else ""
    if not stays:
        raise Http404
    label = MODELS[kind].objects.filter(public_id=stays).values_list("label", flat=True).first()
    return HttpResponsePermanentRedirect(addresses.page({"kind": kind, "id": stays, "label": languages.plain(label or {})}))
