"""The search page's content: what was found, as the visitor reads it, with the address of each neighbouring state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from exhibits import hits, rights, search_map, words
from exhibits.cards import Card
from exhibits.words import Said
from search import visitor
from search.engines.years import as_written
from search.requests import Bar, Bucket, Facet, SearchRequest, Suggestion
from search.visitor import NONE_GIVEN, SearchPage

LISTS = "list"  # the value of ?show= for lists; rows of pictures without it
WAYS = frozenset({LISTS, visitor.MAP})
NEIGHBOURS = 2
MOST_TARGETS = 9  # strips of a histogram that find room for a finger: 24 pixels each (WCAG 2.5.8)


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be chosen or taken back: a facet's value, a tab, a sort, a page."""

    label: Said
    url: str
    count: int | None = None
    selected: bool = False
    depth: int = 0
    value: str = ""


@dataclass(slots=True)
class Filter:
    """A facet: its values, and where all of them are."""

    name: str
    label: str
    choices: list[Choice]
    more: str = ""
    fewer: str = ""
    within: str = ""
    open: bool = False


@dataclass(slots=True)
class Strip:
    """Neighbouring bars of a histogram that one finger hits: their years, and each bar's height in percent with its words."""

    label: str
    url: str
    bars: list[tuple[float, str]]


@dataclass(slots=True)
class Histogram:
    """Bars over the years, in strips; the first and the last year in words."""

    strips: list[Strip] = field(default_factory=list)
    first: str = ""
    last: str = ""
    years: tuple[int, int] | None = None


def labels() -> dict[str, str]:
    """The facets' names in words."""
    return {
        "type": _("Kind of object"), "maker": _("Maker"), "period": _("Period"), "culture": _("Culture"), "place": _("Place"),
        "material": _("Material"), "technique": _("Technique"), "subject": _("Subject"), "department": _("Department"),
        "collection": _("Collection"), "exhibition": _("Exhibition"), "rights": _("Rights"), "image": _("Picture"), "on_display": _("On display"),
        "colour": _("Colour"),
    }  # fmt: skip


def kind_label(kind: str, count: int = 2) -> str:
    """The kinds of records in words."""
    return {
        "object": ngettext("Object", "Objects", count), "agent": ngettext("Person or group", "People and groups", count),
        "place": ngettext("Place", "Places", count), "term": ngettext("Term", "Terms", count), "period": ngettext("Period", "Periods", count),
        "exhibition": ngettext("Exhibition", "Exhibitions", count), "page": ngettext("Page", "Pages", count),
    }.get(kind, kind)  # fmt: skip


def address(request: SearchRequest, show: str) -> str:
    """The one address of a state, from its question mark on; empty for the whole collection."""
    query = _Addresses(request, show if show in WAYS else "")()
    return "" if query == "?" else query


class _Addresses:
    """Addresses of neighbouring states; the way of showing goes with each."""

    def __init__(self, request: SearchRequest, show: str) -> None:
        self.show = show
        self._query = visitor.Addresses(request)

    def __call__(self, *, show: str | None = None, **changes: Any) -> str:
        query = self._query(**changes)
        wanted = self.show if show is None else show
        pairs = "&".join(filter(None, [query, f"show={wanted}" if wanted else ""]))
        return f"?{pairs}" if pairs else "?"


def page(found: SearchPage, show: str = "") -> dict[str, Any]:
    """Everything that the template shows, by name."""
    show = show if show in WAYS else ""
    request = found.request
    url = _Addresses(request, show)
    shown = [hits.card(hit, found.lines.get(hit.id), found.request.text) for hit in found.hits]
    names = labels()
    filters = [_filter(name, names[name], found, url) for name in visitor.VISITOR_FACETS if name in found.facets]
    return {
        "found": found,
        "heading": heading(found),
        "text": request.text,
        "cards": shown,
        "names": [(card, "" if "kind" in request.filters else kind_label(card.kind, 1)) for card in shown if card.named],
        "works": [card for card in shown if not card.named],
        "show": show,
        "tabs": _tabs(found, url),
        "filters": [one for one in filters if one.choices],
        "chosen": sum(len(values) for name, values in request.filters.items() if name != "kind") + bool(request.dates) + bool(request.box),
        "chips": chips(found, url),
        "histogram": histogram(found.histogram, url),
        "dates": tuple(None if year is None else as_written(year) for year in request.dates or (None, None)),
        "sorts": _sorts(found, url),
        "as_rows": url(show=""),
        "as_list": url(show=LISTS),
        "as_map": url(show=visitor.MAP),
        "map": _map(found, url) if show == visitor.MAP else None,
        "pages": _pages(found, url),
        "previous": url(page=found.page - 1) if found.page > 1 else "",
        "next": url(page=found.page + 1) if found.page < found.pages else "",
        "next_size": min(request.limit, max(0, found.total - found.page * request.limit)),
        "shown": shown_of(found),
        "clear": url(without=[*visitor.VISITOR_FACETS, "from", "to", "box"]),
        "nothing": url(without=[*visitor.VISITOR_FACETS, "from", "to", "box", "kind"], q=None),
        "meant": url(q=found.did_you_mean) if found.did_you_mean else "",
        "then": url(q=None, from_=found.years[0], to=found.years[1]) if found.years else "",
        "years": words.years(*found.years) if found.years else "",
        "hidden": _hidden(found, show),
    }


def heading(found: SearchPage) -> str:
    """“42 objects”, “1 result”."""
    number = words.number(found.total)
    if found.request.filters.get("kind") == ("object",):
        return ngettext("%(number)s object", "%(number)s objects", found.total) % {"number": number}
    return ngettext("%(number)s result", "%(number)s results", found.total) % {"number": number}


def shown_of(found: SearchPage) -> str:
    """“48 of 69 are shown.”: for those who hear that more was loaded."""
    last = min(found.page * found.request.limit, found.total)
    return _("%(number)s of %(total)s are shown.") % {"number": words.number(last), "total": words.number(found.total)}


def chips(found: SearchPage, url: _Addresses) -> list[Choice]:
    """What narrows the search, each with the address without it."""
    names = labels()
    result = []
    for name in visitor.VISITOR_FACETS:
        for value in found.request.filters.get(name, ()):
            label = _label_of(name, value, found.facets.get(name))
            result.append(Choice(Said(f"{names[name]}: {label.text}"), url(remove=(name, value))))
    low, high = found.request.dates or (None, None)
    if low is not None or high is not None:
        result.append(Choice(Said(f"{_('Years')}: {words.years(low, high)}"), url(without=["from", "to"])))
    if found.request.box:
        result.append(Choice(Said(_("Area of the map")), url(without=["box"])))
    return result


def _map(found: SearchPage, url: _Addresses) -> search_map.Map:
    facet = found.facets.get("point")
    return search_map.draw(facet.buckets if facet else (), found.request.box, found.total, url)


def _label_of(name: str, value: str, facet: Facet | None) -> Said:
    if value == NONE_GIVEN:
        return Said(_("not stated"))
    bucket = next((one for one in (facet.buckets if facet else ()) if one.id == value), None)
    return _bucket_label(name, bucket) if bucket else Said(value)


def _bucket_label(name: str, bucket: Bucket) -> Said:
    if name == "rights":
        return Said(rights.statement(bucket.id).label)
    return words.said(bucket.label, bucket.id)


def as_tree(buckets: Sequence[Bucket]) -> list[tuple[Bucket, int]]:
    """Each value with its depth, below the nearest of its broader ones that is shown; siblings keep their order."""
    shown = {bucket.id: bucket for bucket in buckets}
    below: dict[str, list[Bucket]] = {}
    for bucket in buckets:
        above = [shown[key] for key in bucket.path if key in shown and key != bucket.id]
        nearest = max(above, key=lambda broader: len(broader.path), default=None)
        below.setdefault(nearest.id if nearest else "", []).append(bucket)

    def walk(key: str, depth: int) -> Iterator[tuple[Bucket, int]]:
        for bucket in below.get(key, ()):
            yield bucket, depth
            yield from walk(bucket.id, depth + 1)

    return list(walk("", 0))


def _filter(name: str, label: str, found: SearchPage, url: _Addresses) -> Filter:
    facet = found.facets[name]
    choices = [
        Choice(
            label=_bucket_label(name, bucket),
            url=url(remove=(name, bucket.id)) if bucket.selected else url(add=(name, bucket.id)),
            count=bucket.count,
            selected=bucket.selected,
            depth=min(3, depth),
            value=bucket.id,
        )
        for bucket, depth in as_tree(facet.buckets)
    ]
    if facet.missing or facet.missing_selected:
        add = url(remove=(name, NONE_GIVEN)) if facet.missing_selected else url(add=(name, NONE_GIVEN))
        if name not in {"image", "on_display", "colour"}:
            choices.append(Choice(Said(_("not stated")), add, facet.missing, facet.missing_selected, value=NONE_GIVEN))
    whole = next((one for one in found.request.facets if one.name == name and one.size == visitor.WHOLE_FACET), None)
    return Filter(
        name=name,
        label=label,
        choices=choices,
        more=url(all=name) if facet.more and not whole else "",
        fewer=url(all=None) if whole else "",
        within=whole.contains if whole else "",
        open=bool(whole) or any(choice.selected for choice in choices),
    )


def histogram(bars: tuple[Bar, ...], url: _Addresses) -> Histogram:
    """The bars of a histogram. Each strip of them leads to its years; those are then shown in finer bars."""
    most = max((bar.count for bar in bars), default=0)
    if not most:
        return Histogram()
    size = -(-len(bars) // MOST_TARGETS)
    strips = [_strip(bars[start : start + size], most, url) for start in range(0, len(bars), size)]
    return Histogram(strips, words.year(bars[0].first), words.year(bars[-1].last), (bars[0].first, bars[-1].last))


def _strip(bars: tuple[Bar, ...], most: int, url: _Addresses) -> Strip:
    first, last = bars[0].first, bars[-1].last
    label = words.years(first, last)
    if len(bars) == 1:  # of several, the sum would count a result that overlaps two of them twice
        label = f"{label}: {words.number(bars[0].count)}"
    return Strip(
        label=label,
        url=url(from_=first, to=last) if any(bar.count for bar in bars) else "",
        bars=[(round(100 * bar.count / most, 1), f"{words.years(bar.first, bar.last)}: {words.number(bar.count)}") for bar in bars],
    )


def _tabs(found: SearchPage, url: _Addresses) -> list[Choice]:
    if found.kinds is None or not found.kinds.buckets:
        return []
    chosen = found.request.filters.get("kind", ())
    counts = {bucket.id: bucket.count for bucket in found.kinds.buckets}
    tabs = [Choice(Said(_("Everything")), url(kind=None), sum(counts.values()), not chosen)]
    tabs += [
        Choice(Said(kind_label(kind)), url(kind=kind), counts.get(kind, 0), kind in chosen, value=kind)
        for kind in visitor.KINDS
        if counts.get(kind) or kind in chosen
    ]
    return tabs


def _sorts(found: SearchPage, url: _Addresses) -> list[Choice]:
    names = {
        "relevance": _("Best match") if found.request.text else _("Pictures first"), "title": _("Title"), "maker": _("Maker"), "number": _("Number"), "oldest": _("Oldest first"),
        "latest": _("Latest first"), "added": _("Newest in the collection"),
    }  # fmt: skip
    return [
        Choice(Said(label), url(sort=name if name != "relevance" else None), selected=found.request.sort == name, value=name)
        for name, label in names.items()
    ]


def _pages(found: SearchPage, url: _Addresses) -> list[Choice | None]:
    """Numbers of pages around this one; None for a gap."""
    if found.pages < 2:
        return []
    near = range(max(1, found.page - NEIGHBOURS), min(found.pages, found.page + NEIGHBOURS) + 1)
    result: list[Choice | None] = []
    before = 0
    for number in sorted({1, *near, found.pages}):
        if number - before > 1:
            result.append(None)
        result.append(Choice(Said(words.number(number)), url(page=number), selected=number == found.page))
        before = number
    return result


def _hidden(found: SearchPage, show: str) -> list[tuple[str, str]]:
    """The state as hidden fields, for the forms of dates and of the search box."""
    request = found.request
    fields = [(name, value) for name in ("kind", *visitor.VISITOR_FACETS) for value in request.filters.get(name, ())]
    if request.sort != "relevance":
        fields.append(("sort", request.sort))
    if request.box:
        fields.append(("box", visitor.box_text(request.box)))
    if show:
        fields.append(("show", show))
    return fields


_MARKED = re.compile(r"<mark>(.*?)</mark>", re.DOTALL)


def suggestion(one: Suggestion) -> dict[str, Any]:
    """A suggestion as the script draws it; the label is split at its marked parts, so no HTML is passed on."""
    shown: Mapping[str, Any] = one.display
    card: Card = hits.of_display(one.kind, shown)
    parts: list[tuple[str, bool]] = []
    for place, part in enumerate(_MARKED.split(one.html or one.label)):
        if part:
            parts.append((unescape(part), place % 2 == 1))
    tag = next((tag for tag, text in (shown.get("title") or {}).items() if text == one.label), get_language() or "en")
    return {
        "label": parts,
        "lang": "" if tag == "und" else tag,
        "kind": kind_label(one.kind, 1),
        "group": kind_label(one.kind),
        "url": card.url,
        "picture": card.picture.url(200) if card.picture and not card.warning else "",
    }
