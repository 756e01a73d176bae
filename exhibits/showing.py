"""Exhibitions as pages show them: covers, dates in words, the list of objects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from artifacts.loading import resolve
from exhibits import cards, pictures, structured, words
from exhibits.cards import Card
from exhibits.models import ExhibitionPage, Shown
from exhibits.pictures import Picture
from exhibits.sections import with_objects
from exhibits.words import Said


@dataclass(frozen=True, slots=True)
class Listed:
    """An exhibition in a list."""

    title: str
    subtitle: str
    summary: str
    url: str
    when: str
    venue: str
    picture: Picture | None


def listed(pages: Iterable[ExhibitionPage]) -> list[Listed]:
    """Exhibitions with their covers; all covers are read at once."""
    chosen = list(pages)
    covers = {page.pk: page.cover_object_id for page in chosen}
    first = dict(
        Shown.objects.filter(exhibition__in=covers, artifact__is_public=True)
        .order_by("exhibition", "-sort_order")
        .values_list("exhibition_id", "artifact_id")
    )
    refs = resolve({key for pk in covers for key in (covers[pk], first.get(pk)) if key})
    return [_listed(page, refs.get(covers[page.pk] or 0), refs.get(first.get(page.pk, 0))) for page in chosen]


def _listed(page: ExhibitionPage, cover: Mapping[str, Any] | None, first: Mapping[str, Any] | None) -> Listed:
    picture = _cover(cover, page.cover_region) or _cover(first, "")
    return Listed(page.title, page.subtitle, page.summary, page.get_url() or "", when(page.opens_on, page.closes_on), page.venue, picture)


def _cover(ref: Mapping[str, Any] | None, region: str) -> Picture | None:
    if not ref or not ref.get("public"):
        return None
    return pictures.of_ref(ref, words.said(ref["label"], ref["number"]), region)


def when(opens: date | None, closes: date | None) -> str:
    """The days of an exhibition in words."""
    if opens and closes:
        return f"{words.day(opens)} – {words.day(closes)}"
    if opens:
        return _("from %(day)s") % {"day": words.day(opens)}
    if closes:
        return _("until %(day)s") % {"day": words.day(closes)}
    return ""


def over(closes: date | None) -> bool:
    """True when the physical exhibition has closed."""
    return bool(closes and closes < timezone.localdate())


def exhibition_context(page: ExhibitionPage) -> dict[str, Any]:
    """What the exhibition's template needs: its objects, cover, facts, and the checklist."""
    found = with_objects(page.body, page.cover_object_id)
    views = found["shown_objects"]
    cover_view = views.get(page.cover_object_id or 0)
    picture = _picture(cover_view, page.cover_region) or next((p for view in views.values() if (p := _picture(view, ""))), None)
    checklist = [cards.of_view(view) for key, view in views.items() if key != page.cover_object_id or _in_body(page, key)]
    return {
        **found,
        "cover": picture,
        "cover_card": cards.of_view(cover_view) if cover_view else None,
        "when": when(page.opens_on, page.closes_on),
        "over": over(page.closes_on),
        "checklist": checklist,
        "structured": structured.of_exhibition(
            {
                "title": page.title, "summary": page.summary, "url": page.get_url() or "", "picture": picture,
                "opens_on": page.opens_on, "closes_on": page.closes_on, "venue": page.venue,
            }
        ),
    }  # fmt: skip


def _in_body(page: ExhibitionPage, key: int) -> bool:
    from exhibits.blocks import object_keys

    return key in object_keys(page.body.raw_data)


def _picture(view: Mapping[str, Any] | None, region: str) -> Picture | None:
    if not view or not view.get("primary"):
        return None
    title = words.said(view["title"], cards.untitled(view["accession_number"]))
    return pictures.of_use(view["primary"], title, region)


def shown(view: Mapping[str, Any], region: str = "") -> tuple[Card, Picture | None]:
    """An object of a section: its card, and the picture (or the region of it) that the section asks for."""
    return cards.of_view(view), _picture(view, region)


def label_lines(view: Mapping[str, Any]) -> list[Said]:
    """The wall label: maker, date, material, number, each where known."""
    material = words.said(view.get("materials_display")) or Said(
        ", ".join(words.said(row["term"]["label"]).text for row in view["materials"][:4])
    )
    lines = [cards.makers_line(view), words.date(view.get("date")), material, Said(view["accession_number"])]
    return [line for line in lines if line]
