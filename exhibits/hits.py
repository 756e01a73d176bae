"""What the search found, as cards. Hits carry all that a card shows; no record is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from exhibits import addresses, cards, pictures, words
from exhibits.cards import Card
from exhibits.words import Said
from search import visitor
from search.requests import DEEPEST, FacetRequest, Hit, SearchRequest

SHOWN = 24


@dataclass(frozen=True, slots=True)
class Related:
    """Objects that name a record: one page of them, and how many there are."""

    cards: list[Card]
    total: int
    page: int
    pages: int
    degraded: bool


def related(public_id: str, page: int = 1) -> Related:
    """Objects that name the record in any way, page by page."""
    page = max(1, min(page, DEEPEST // SHOWN))
    request = SearchRequest(filters={"kind": ("object",), "related": (public_id,)}, sort="browse", offset=(page - 1) * SHOWN, limit=SHOWN)
    found = visitor.run(request)
    return Related([card(hit) for hit in found.hits], found.total, page, max(1, found.pages), found.degraded)


def card(hit: Hit) -> Card:
    """The card of a hit."""
    shown = hit.display
    title = words.said(shown.get("title"), cards.untitled(shown.get("number", "")))
    return Card(
        url=address(hit.kind, hit.id, shown),
        title=title,
        maker=_one_of(shown.get("maker")),
        date=_one_of(shown.get("date")),
        number=shown.get("number", ""),
        picture=pictures.of_ref(shown, title),
        kind=hit.kind,
        id=hit.id,
        note=_one_of(shown.get("summary")),
        html=next((mark.html for mark in hit.highlights if mark.field in {"text", "subject", "place"}), ""),
    )


def address(kind: str, public_id: str, shown: Mapping[str, Any]) -> str:
    """The path of a hit's page."""
    if "urls" in shown:
        return shown["urls"].get(words.reader()) or next(iter(shown["urls"].values()), "")
    return addresses.page({"kind": kind, "id": public_id, "slug": shown.get("slug"), "label": shown.get("title") or {}, "number": shown.get("number")})


def top_values(names: Iterable[str], size: int = 8) -> Mapping[str, Any]:
    """The most frequent values of some facets among all public objects."""
    request = SearchRequest(filters={"kind": ("object",)}, facets=tuple(FacetRequest(name, size) for name in names), limit=0)
    page = visitor.run(request)
    return {"total": page.total, "facets": page.facets, "degraded": page.degraded}


def _one_of(value: Any) -> Said:
    """A display value is a plain language map, or a text in no particular language."""
    if isinstance(value, Mapping):
        return words.said(value)
    return Said(str(value)) if value else Said("")
