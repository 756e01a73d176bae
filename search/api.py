"""The JSON API of search: ``/api/v1/search`` and ``/api/v1/suggest``. museum/api.py mounts the router; it answers for the public."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import BeforeValidator, Field

from search import api_examples as examples
from search import cursors, visitor
from search.queries import MOST_NUMBERS, numbers_left_out
from search.requests import FacetRequest, SearchRequest

router = Router(tags=["search"])

Kind = Literal["object", "agent", "place", "term", "period", "exhibition", "page"]
Sort = Literal["relevance", "browse", "title", "maker", "number", "oldest", "latest", "added"]
Colour = Literal["red", "orange", "yellow", "green", "turquoise", "blue", "purple", "pink", "brown", "black", "grey", "white", "~"]
MOST_ITEMS = 100
MOST_BUCKETS = 500


def _or(default: int | None) -> BeforeValidator:
    """A parameter that is sent empty was not given: so OpenSearch has it of a template's optional ones."""
    return BeforeValidator(lambda sent: default if sent == "" else sent)


class SearchQuery(Schema):
    """What is searched for. Values of one facet are alternatives, different facets hold together; ``~`` stands for "none given"."""

    q: str = Field("", max_length=10_000, description='Words (all must be there), "phrases", -without, or a list of at most 500 numbers.')
    kind: list[Kind] = Field([], description="Kinds of records; none: all.")
    type: list[str] = []
    maker: list[str] = []
    period: list[str] = []
    culture: list[str] = []
    place: list[str] = []
    material: list[str] = []
    technique: list[str] = []
    subject: list[str] = []
    department: list[str] = []
    collection: list[str] = []
    exhibition: list[str] = []
    rights: list[str] = []
    image: list[Literal["yes", "~"]] = []
    on_display: list[Literal["yes", "~"]] = []
    colour: list[Colour] = Field([], description="Chief colours of the picture.")
    box: str = Field(
        "",
        max_length=100,
        description="`west,south,east,north` in degrees: only what was made there.",
        json_schema_extra={"example": "108.3,16.8,108.7,17.0"},  # a list of examples would stand where OpenAPI wants names for them
    )
    from_: Annotated[int | None, _or(None)] = Field(
        None, alias="from", ge=-10_000_000, le=10_000_000, description="First year, astronomical (0 is 1 BC)."
    )
    to: Annotated[int | None, _or(None)] = Field(None, ge=-10_000_000, le=10_000_000, description="Last year, astronomical.")
    sort: Sort = "relevance"
    page: Annotated[int, _or(1)] = Field(1, ge=1, le=10_000, description="Up to the 10,000th result; who wants all of them takes a cursor.")
    cursor: str = Field(
        "",
        max_length=1_000,
        description="`*` begins a walk through every result, in the order of ids; `next_cursor` of each answer goes on. Good for a day.",
    )
    size: Annotated[int, _or(24)] = Field(24, ge=1, le=MOST_ITEMS)
    facets: Annotated[int, _or(0)] = Field(0, ge=0, le=MOST_BUCKETS, description="Count this many values of each facet; 0: none.")
    histogram: bool = False


class HighlightOut(Schema):
    field: str
    language: str
    html: str


class Item(Schema):
    """A found record: its card, and where the words stand (safe HTML, only ``<mark>``)."""

    kind: str
    id: str
    score: float
    record: dict[str, Any]
    highlights: list[HighlightOut]


class BucketOut(Schema):
    id: str
    label: dict[str, str]
    count: int
    selected: bool
    path: list[str]


class FacetOut(Schema):
    buckets: list[BucketOut]
    missing: int
    more: bool


class BarOut(Schema):
    first: int
    last: int
    count: int


class SearchOut(Schema):
    """``degraded``: the search engine is away, only titles, makers and numbers were looked at."""

    total: int
    page: int
    pages: int
    items: list[Item]
    facets: dict[str, FacetOut]
    histogram: list[BarOut]
    did_you_mean: str
    relaxed: str
    also: list[str] = Field(description="Synonyms that were looked for too.")
    not_found: list[str]
    next_cursor: str = Field(description="Empty: there are no more, or no cursor was asked for.")
    degraded: bool


class SuggestionOut(Schema):
    kind: str
    id: str
    label: str
    html: str
    record: dict[str, Any]


class SuggestOut(Schema):
    items: list[SuggestionOut]


class Problem(Schema):
    detail: str


@router.get(
    "/search",
    response={200: SearchOut, 422: Problem, 503: Problem},
    by_alias=True,
    summary="Search everything that is public",
    openapi_extra=examples.SEARCH,
)
def search(request: HttpRequest, query: Query[SearchQuery]) -> Any:
    """Keyword search over all languages at once, with facets and date histogram on request."""
    try:
        asked = _request(query)
    except ValueError as error:
        return Status(422, {"detail": str(error)})
    page = visitor.run(asked)
    if page.degraded and query.cursor:
        # The fallback knows no walk; an empty answer would look like its end.
        return Status(503, {"detail": "The search engine is away for a moment: ask again with the same cursor."})
    facets = dict(page.facets)
    if page.kinds and query.facets:
        facets["kind"] = page.kinds
    answer = {
        "total": page.total,
        "page": page.page,
        "pages": page.pages,
        "items": [
            {
                "kind": hit.kind,
                "id": hit.id.partition(":")[2],
                "score": round(hit.score, 3),
                "record": hit.display,
                "highlights": [{"field": one.field, "language": one.language, "html": one.html} for one in hit.highlights],
            }
            for hit in page.hits
        ],
        "facets": {
            name: {
                "buckets": [
                    {"id": b.id, "label": dict(b.label), "count": b.count, "selected": b.selected, "path": list(b.path)}
                    for b in facet.buckets
                ],
                "missing": facet.missing,
                "more": facet.more,
            }
            for name, facet in facets.items()
        },
        "histogram": [{"first": bar.first, "last": bar.last, "count": bar.count} for bar in page.histogram],
        "did_you_mean": page.did_you_mean,
        "relaxed": page.relaxed,
        "also": list(page.also),
        "not_found": list(page.not_found),
        "next_cursor": page.next_cursor,
        "degraded": page.degraded,
    }
    return Status(200, answer)


class SuggestQuery(Schema):
    """What is being typed."""

    q: str = Field("", max_length=200)
    kind: list[Kind] = []
    lang: list[str] = Field([], max_length=5, description="Languages of the labels, the preferred one first.")
    limit: int = Field(8, ge=1, le=20)


@router.get(
    "/suggest",
    response={200: SuggestOut, 422: Problem},
    summary="Suggestions while typing",
    openapi_extra=examples.SUGGEST,
)
def suggest(request: HttpRequest, query: Query[SuggestQuery]) -> Any:
    """Records with a title, name or number in which every typed word begins a word."""
    found = visitor.suggest(query.q, kinds=tuple(query.kind), languages=tuple(query.lang), limit=query.limit)
    items = [{"kind": s.kind, "id": s.id.partition(":")[2], "label": s.label, "html": s.html, "record": s.display} for s in found]
    return Status(200, {"items": items})


def _request(query: SearchQuery) -> SearchRequest:
    """Raises ValueError for a page that cannot be reached, a cursor that cannot be followed."""
    filters = {name: tuple(sorted(set(getattr(query, name)))) for name in (*visitor.VISITOR_FACETS, "kind")}
    if many := [name for name, values in filters.items() if len(values) > visitor.MOST_VALUES]:
        raise ValueError(f"{', '.join(many)}: more than {visitor.MOST_VALUES} values; ask for them in several requests.")
    years = (query.from_, query.to)
    if query.from_ is not None and query.to is not None and query.from_ > query.to:
        raise ValueError(f"The first year ({query.from_}) is after the last ({query.to}).")
    box = visitor.box_of(query.box)
    if query.box and box is None:
        raise ValueError("box is four numbers in degrees: west,south,east,north, such as 108.3,16.8,108.7,17.0.")
    if numbers_left_out(query.q):
        raise ValueError(f"q holds more than {MOST_NUMBERS} numbers: ask for them in several requests.")
    if query.cursor and (query.page > 1 or query.sort != "relevance"):
        raise ValueError("A walk by cursor goes through all results in the order of ids: leave page and sort out.")
    asked = SearchRequest(
        text=query.q.strip(),
        filters={name: values for name, values in filters.items() if values},
        dates=None if years == (None, None) else years,
        box=box,
        numbers=visitor.pasted_numbers(query.q),
        facets=tuple(FacetRequest(name, query.facets) for name in (*visitor.VISITOR_FACETS, "kind")) if query.facets else (),
        histogram=query.histogram,
        sort=query.sort,
        offset=(query.page - 1) * query.size,
        limit=query.size,
    )
    return replace(asked, walk=cursors.read(query.cursor, asked)) if query.cursor else asked
