"""The visitor's search: an address's parameters to a request, a request to a page, with facets, tabs, help when nothing is found, and a fallback.

One address is one state: ``parse_request`` reads only names that it knows, ``query_string`` writes them in one order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Literal, Protocol
from urllib.parse import urlencode

from search import cursors, fallback, kept, outage, visibility, vocabulary
from search.documents import FACETS, GROUPS, NONE_GIVEN, PUBLIC, Audience
from search.engines import engine
from search.engines.base import EngineError, EngineUnavailableError
from search.engines.years import as_written, astronomical
from search.meant_years import Years, years_of
from search.queries import parse, pasted_numbers
from search.requests import DEEPEST, SORT_NAMES, Bar, Facet, FacetRequest, Hit, SearchRequest, SearchResult, Suggestion
from search.texts.lines import PageLine, lines_of, with_lines
from vocabularies import merging

KINDS = ("object", "agent", "place", "term", "period", "exhibition", "page")
# The facets of a visitor's page, in the order in which they are shown; each reads ``?<name>=<id>`` from the address.
VISITOR_FACETS = (
    "type", "maker", "period", "culture", "place", "material", "technique", "subject", "department", "collection", "exhibition", "rights",
    "image", "on_display", "colour",
)  # fmt: skip
PLACES_SHOWN = 2_000  # places of a map that are counted
PAGE_SIZES = (24, 48, 96)
FACET_SIZE = 10
WHOLE_FACET = 500
MOST_VALUES = 50  # chosen values of one facet that are read from an address
MOST_CHOSEN = 100  # … and of all facets: each is a link on the page, and every link names all of them

MAP = "map"  # the value of ?show= for a map

Relaxed = Literal["", "most", "fuzzy"]


class Params(Protocol):
    """What Django's QueryDict is."""

    def get(self, key: str, default: Any = None) -> Any: ...
    def getlist(self, key: str) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Everything a page of results shows. Hits carry their cards (``hit.display``); no database query is needed.

    ``relaxed``: nothing had all words, so these have most of them, or similar words. ``also``: synonyms that were looked for too. ``degraded``: the engine is away, the page
    comes from titles, makers and numbers in the database, without facets; say so. ``years``: what was typed names them, and something was
    made then.
    """

    request: SearchRequest
    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Facet] = field(default_factory=dict)
    kinds: Facet | None = None
    histogram: tuple[Bar, ...] = ()
    did_you_mean: str = ""
    lines: Mapping[str, PageLine] = field(default_factory=dict)  # by hit id: the page and the line that answer
    not_found: tuple[str, ...] = ()
    relaxed: Relaxed = ""
    also: tuple[str, ...] = ()
    next_cursor: str = ""
    years: Years | None = None
    degraded: bool = False
    took_ms: float = 0.0

    @property
    def page(self) -> int:
        """Number of this page, from 1."""
        return self.request.offset // max(self.request.limit, 1) + 1

    @property
    def pages(self) -> int:
        """How many pages can be turned to."""
        return -(-min(self.total, DEEPEST - DEEPEST % self.request.limit) // self.request.limit)

    def url(self, **changes: Any) -> str:
        """The address (``?…``) of a neighbouring state, see ``query_string``."""
        return "?" + query_string(self.request, **changes)


def parse_request(params: Params) -> SearchRequest:
    """The request of an address: ``q``, ``kind``, the facets, ``from``, ``to`` (years as people write them: -400 is 400 BC), ``sort``, ``page``, ``size``,
    and ``all`` with ``within`` (one facet in full, with a search in it). Unknown names and impossible values are left out.
    """
    text = str(params.get("q") or "")[:10_000].strip()
    filters: dict[str, tuple[str, ...]] = {}
    for name in VISITOR_FACETS:
        filters[name] = _values(params, name)[: MOST_CHOSEN - sum(map(len, filters.values()))]
    filters["kind"] = tuple(value for value in _values(params, "kind") if value in KINDS)
    size = _number(params.get("size"))
    limit = size if size in PAGE_SIZES else PAGE_SIZES[0]
    page = min(max(_number(params.get("page")) or 1, 1), DEEPEST // limit)
    low, high = (_year(params.get(name)) for name in ("from", "to"))
    if low is not None and high is not None and low > high:
        low, high = high, low
    sort = str(params.get("sort") or "relevance")
    whole = str(params.get("all") or "")
    mapped = params.get("show") == MAP
    within = str(params.get("within") or "")[:100]
    return SearchRequest(
        text=text,
        filters={name: values for name, values in filters.items() if values},
        dates=None if low is None and high is None else (low, high),
        box=box_of(params.get("box")),
        numbers=pasted_numbers(text),
        facets=tuple(
            FacetRequest(name, WHOLE_FACET, within) if name == whole else FacetRequest(name, FACET_SIZE)
            for name in (*VISITOR_FACETS, "kind")
        )
        + ((FacetRequest("point", PLACES_SHOWN),) if mapped else ()),
        histogram=True,
        sort=sort if sort in SORT_NAMES else "relevance",
        offset=(page - 1) * limit,
        limit=limit,
    )


def query_string(request: SearchRequest, **changes: Any) -> str:
    """The address of a request in its one spelling, with the changes of ``Addresses``."""
    return Addresses(request)(**changes)


class Addresses:
    """Addresses of a request's neighbours, each in its one spelling: a page has two hundred of them."""

    def __init__(self, request: SearchRequest) -> None:
        page = request.offset // max(request.limit, 1) + 1
        low, high = request.dates or (None, None)
        whole = next((f for f in request.facets if f.size == WHOLE_FACET), None)
        self._values: dict[str, Sequence[str]] = {
            "q": [request.text] if request.text else [],
            **{name: request.filters.get(name, ()) for name in ("kind", *VISITOR_FACETS)},
            "from": [] if low is None else [str(as_written(low))],
            "to": [] if high is None else [str(as_written(high))],
            "box": [box_text(request.box)] if request.box else [],
            "sort": [] if request.sort == "relevance" else [request.sort],
            "size": [] if request.limit == PAGE_SIZES[0] else [str(request.limit)],
            "all": [whole.name] if whole else [],
            "within": [whole.contains] if whole and whole.contains else [],
            "page": [] if page == 1 else [str(page)],
        }
        self._written = {name: _written(name, values) for name, values in self._values.items()}

    def __call__(
        self, *, add: tuple[str, str] | None = None, remove: tuple[str, str] | None = None, without: Iterable[str] = (), **changes: Any
    ) -> str:
        """``add``/``remove`` a facet's value, leave names out (``without=("from", "to")``), or set ``q``, ``kind``, ``from_``, ``to``
        (astronomical years), ``sort``, ``page``, ``size``, ``all`` (``None`` leaves it out). Any change but ``page`` goes back to the first page.
        """
        changed: dict[str, Sequence[str]] = dict.fromkeys(without, ())
        if add or remove or changes or without:
            changed["page"] = ()
        if add and add[0] in self._values and add[1] not in self._values[add[0]]:
            changed[add[0]] = [*self._values[add[0]], add[1]]
        if remove and remove[0] in self._values:
            changed[remove[0]] = [value for value in self._values[remove[0]] if value != remove[1]]
        for name, value in changes.items():
            written = as_written(value) if name in {"from_", "to"} and value is not None else value
            changed[name.rstrip("_")] = [] if written is None or written == "" else [str(written)]
        if changed.get("page") == ["1"]:
            changed["page"] = ()
        parts = {**self._written, **{name: _written(name, values) for name, values in changed.items()}}
        return "&".join(filter(None, parts.values()))


def _written(name: str, values: Sequence[str]) -> str:
    return "&".join(_encoded(name, value) for value in sorted(values))


@lru_cache(maxsize=20_000)
def _encoded(name: str, value: str) -> str:
    """A page has two hundred addresses that hold the same few values."""
    return urlencode([(name, value)])


def box_text(box: tuple[float, float, float, float]) -> str:
    """A box as an address holds it: west, south, east and north in degrees."""
    return ",".join(f"{value:.4f}".rstrip("0").rstrip(".") for value in box)


def run(request: SearchRequest, audience: Audience = "public", *, groups: tuple[str, ...] | None = None) -> SearchPage:
    """The page of a request. ``audience`` and ``groups`` come from the server's knowledge of the user; the public has one group."""
    request = replace(
        request,
        groups=(PUBLIC,) if audience == "public" else groups or GROUPS[audience][:2],
        synonyms=vocabulary.synonyms() if request.text else request.synonyms,
    )
    if not outage.resting():
        try:
            with outage.bounded():
                page = _asked(request, audience)
                if not page.total and (now := _followed(request)) != request:
                    page = _asked(now, audience)
            outage.answered()
            return page
        except EngineUnavailableError:
            outage.rest()
        except EngineError:
            fallback.logger.exception("The search engine failed; the fallback answers.")
    return _degraded(request, audience)


def _followed(request: SearchRequest) -> SearchRequest:
    """The request with the records that stayed in the place of merged ones: a kept address, or a neighbour's link, goes on finding."""
    chosen = {value for values in request.filters.values() for value in values}
    moved = merging.moved(chosen) if chosen else {}
    if not moved:
        return request
    filters = {name: tuple(dict.fromkeys(moved.get(value, value) for value in values)) for name, values in request.filters.items()}
    return replace(request, filters=filters)


def suggest(
    text: str,
    audience: Audience = "public",
    *,
    groups: tuple[str, ...] | None = None,
    kinds: tuple[str, ...] = (),
    languages: tuple[str, ...] = (),
    limit: int = 8,
) -> list[Suggestion]:
    """Suggestions while typing; from the fallback's titles when the engine is away."""
    groups = (PUBLIC,) if audience == "public" else groups or GROUPS[audience][:2]
    kinds = tuple(dict.fromkeys(kinds))  # each is asked for by itself: a kind named a thousand times is not a thousand searches
    if not outage.resting():
        try:
            with outage.bounded():
                found = engine().suggest(audience, text, groups=groups, kinds=kinds, languages=languages, limit=limit)
            return visibility.shown_only(found, audience)
        except EngineUnavailableError:
            outage.rest()
        except EngineError:
            fallback.logger.exception("The search engine failed; the fallback suggests.")
    # the fallback's table is filled by the worker too, and the database is at hand anyway
    return visibility.public_only(fallback.suggest(text, kinds=kinds, limit=limit)) if audience == "public" else []


def neighbours(kind: str, public_id: str, *, similar: int = 8, alike: int = 8) -> tuple[list[Hit], list[Hit]]:
    """(Public records like this one, those whose pictures look like this one's); nothing when the engine is away or fails."""
    if outage.resting():
        return [], []
    try:
        with outage.bounded():
            found = engine().neighbours("public", f"{kind}:{public_id}", similar=similar, alike=alike)
    except EngineUnavailableError:
        outage.rest()
        return [], []
    except EngineError:
        fallback.logger.exception("The search engine failed; a page does without its neighbours.")
        return [], []
    shown = {hit.id for hit in visibility.shown_only([*found[0], *found[1]], "public")}
    return [hit for hit in found[0] if hit.id in shown], [hit for hit in found[1] if hit.id in shown]


def _asked(request: SearchRequest, audience: Audience) -> SearchPage:
    result = _kept(request, audience)
    relaxed: Relaxed = ""
    better = ""
    parsed = parse(request.text, request.synonyms)
    if not result.total and parsed.wanted and not request.numbers and request.walk is None:
        better = _better(request, audience)
        for way in _ways(len(parsed.wanted)):
            looser = engine().search(audience, replace(request, match=way, sort="relevance"))
            if looser.total:
                # The facets of nothing would be empty; those of what is shown help to narrow it.
                result, relaxed = looser, way
                break
    hits = visibility.shown_only(result.hits, audience)
    lines = lines_of(hits, request.text, audience) if not request.numbers else {}
    facets = dict(result.facets)
    kinds = facets.pop("kind", None)
    return SearchPage(
        request=request,
        total=result.total - (len(result.hits) - len(hits)),
        hits=with_lines(hits, lines),
        lines=lines,
        facets={name: facet for name, facet in facets.items() if facet.buckets},
        kinds=kinds,
        histogram=result.histogram,
        did_you_mean=better,
        not_found=result.not_found,
        relaxed=relaxed,
        next_cursor=cursors.written(request, result.hits[-1].id) if _goes_on(request, result) else "",
        also=tuple(one.text for one in parsed.synonyms) if not request.numbers else (),
        years=_years(request, audience, found=bool(result.total and not relaxed)),
        took_ms=result.took_ms,
    )


def _years(request: SearchRequest, audience: Audience, *, found: bool) -> Years | None:
    """Years that the text names; of a text that names something else besides only when nothing was found."""
    if request.numbers or request.dates or request.walk is not None or request.offset:
        return None
    meant = years_of(request.text, among_words=not found)
    then = replace(request, text="", dates=meant, sort="relevance", facets=(), histogram=False, limit=1)
    return meant if meant and engine().search(audience, then).total else None


def _better(request: SearchRequest, audience: Audience) -> str:
    """What was meant perhaps, if it finds something with the same filters."""
    better = engine().did_you_mean(audience, request.text, groups=request.groups) or ""
    if better and _narrowed(request):
        same = replace(request, text=better, facets=(), histogram=False, offset=0, limit=1)
        return better if engine().search(audience, same).total else ""
    return better


def _goes_on(request: SearchRequest, result: SearchResult) -> bool:
    return request.walk is not None and 0 < len(result.hits) == request.limit


def _ways(words: int) -> tuple[Literal["most", "fuzzy"], ...]:
    return ("fuzzy", "most") if words > 1 else ("fuzzy",)


def _narrowed(request: SearchRequest) -> bool:
    """True when a filter may be why nothing was found."""
    return bool(request.filters or request.dates or request.box)


def _degraded(request: SearchRequest, audience: Audience) -> SearchPage:
    if audience != "public":
        return SearchPage(request=request, total=0, hits=(), degraded=True)
    total, found = fallback.search(request)
    hits = visibility.public_only(found)
    return SearchPage(request=request, total=total - (len(found) - len(hits)), hits=tuple(hits), degraded=True)


def _kept(request: SearchRequest, audience: Audience) -> SearchResult:
    """What is asked of everybody alike, without words, is not asked of the same index twice."""
    asked_for_itself = request.text or request.ids or request.walk is not None or request.node or request.scope
    return engine().search(audience, request) if asked_for_itself else kept.answer(audience, request)


def _values(params: Params, name: str) -> tuple[str, ...]:
    """Chosen ids of a facet; ids are short and plain, whatever else stands there is nobody's."""
    found = (value for value in params.getlist(name) if value and len(value) <= 200 and "\x1f" not in value)
    return tuple(sorted(dict.fromkeys(found)))[:MOST_VALUES]


def box_of(text: Any) -> tuple[float, float, float, float] | None:
    """Four numbers in degrees, or nothing."""
    try:
        west, south, east, north = (round(float(part), 4) for part in str(text or "")[:100].split(","))
    except ValueError:
        return None
    fits = -180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90
    return (west, south, east, north) if fits else None


def _year(text: Any) -> int | None:
    """A year of an address as the catalogue counts."""
    year = _number(text)
    return None if year is None else astronomical(year)


def _number(text: Any) -> int | None:
    try:
        number = int(str(text))
    except ValueError:
        return None
    return number if abs(number) <= 10_000_000 else None


__all__ = [
    "FACETS",
    "KINDS",
    "MAP",
    "NONE_GIVEN",
    "PAGE_SIZES",
    "SORT_NAMES",
    "VISITOR_FACETS",
    "Bar",
    "Facet",
    "Hit",
    "SearchPage",
    "SearchRequest",
    "Suggestion",
    "neighbours",
    "parse_request",
    "query_string",
    "run",
    "suggest",
]
