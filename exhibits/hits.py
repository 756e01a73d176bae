"""What the search found, as cards. Hits carry all that a card shows; no record is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from html import unescape
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from exhibits import addresses, cards, pictures, words
from exhibits.cards import Card, FoundOn
from exhibits.words import Said
from search import visitor
from search.requests import DEEPEST, FacetRequest, Hit, SearchRequest
from search.texts.lines import PageLine

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


# kinds that have a page of their own
KINDS = frozenset({*addresses.PAGES, "exhibition", "page"})


def card(hit: Hit, line: PageLine | None = None, query: str = "") -> Card:
    """The card of a hit of any kind; ``line``: where on its pages the words of ``query`` stand."""
    made = of_display(hit.kind, hit.display)
    return replace(made, marks=_marks(hit, made.title), page=_page(made.url, line, query) if line else None)


def _page(url: str, line: PageLine, query: str) -> FoundOn:
    """The address opens the picture of the page at the line, with the words marked."""
    asked = {"view": line.use, "q": query, **({"detail": line.detail} if line.detail else {})}
    return FoundOn(f"{url}?{urlencode(asked)}", words.said(line.label) or Said(_("a page")), line.language, line.html)


def of_display(kind: str, shown: Mapping[str, Any]) -> Card:
    """The card of what the index keeps to be shown."""
    title = words.said(shown.get("title"), cards.untitled(shown.get("number", "")))
    return _object(shown, title) if kind == "object" else _other(kind, shown, title)


def _object(shown: Mapping[str, Any], title: Said) -> Card:
    return Card(
        url=addresses.page({**shown, "label": shown["title"]}),
        title=title,
        maker=cards.makers_line({**shown, "makers": [{**maker, "agent": maker} for maker in shown.get("makers", [])]}),
        date=words.date(shown.get("date")),
        number=shown.get("number", ""),
        picture=pictures.of_ref({"picture": shown.get("image")}, title),
        id=shown["id"],
        warning=bool(shown.get("sensitivity")),
    )


def _other(kind: str, shown: Mapping[str, Any], title: Said) -> Card:
    first, last = shown.get("years") or (None, None)
    return Card(
        url=_address(shown),
        title=title,
        date=Said(shown.get("dates") or words.years(first, last)),
        picture=pictures.of_ref({"picture": shown.get("image")}, title, shown.get("region", "")),
        kind=kind,
        id=shown["id"],
        note=words.said(shown.get("description")),
    )


def _address(shown: Mapping[str, Any]) -> str:
    """The path of a hit's page; exhibitions and pages carry theirs, one for each language."""
    urls = shown.get("urls")
    if urls:
        return urls.get(words.reader()) or next(iter(urls.values()))
    return addresses.page({**shown, "label": shown.get("title") or {}})


def _marks(hit: Hit, title: Said) -> list[tuple[str, str]]:
    """Where the words were found, when not in the title that is shown: (language, safe HTML), at most two."""
    plain = title.text.casefold()
    found = ((mark.language, mark.html) for mark in hit.highlights if mark.field != "page" and _bare(mark.html) != plain)
    return list(islice(found, 2))


def _bare(html: str) -> str:
    return unescape(html.replace("<mark>", "").replace("</mark>", "")).casefold()


def neighbours(public_id: str, size: int = 6) -> tuple[list[Card], list[Card]]:
    """(Objects like this one, with pictures first; objects whose pictures look like this one's, the nearest first); none while the search is away."""
    similar, alike = visitor.neighbours("object", public_id, similar=2 * size, alike=size)
    pictured_first = sorted((card(hit) for hit in similar), key=lambda one: one.picture is None)
    return pictured_first[:size], [one for hit in alike if (one := card(hit)).picture and not one.warning]


def top_values(names: Iterable[str], size: int = 8) -> Mapping[str, Any]:
    """The most frequent values of some facets among all public objects."""
    request = SearchRequest(filters={"kind": ("object",)}, facets=tuple(FacetRequest(name, size) for name in names), limit=0)
    page = visitor.run(request)
    return {"total": page.total, "facets": page.facets, "degraded": page.degraded}
