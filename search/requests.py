"""What is asked of an engine and what it answers: plain frozen values, the same for both engines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from search.documents import FACETS, FILTERS, PUBLIC
from search.synonyms import NONE, Synonyms

if TYPE_CHECKING:
    from search.plan import Node
    from search.queries import TextQuery

Match = Literal["all", "most", "fuzzy"]
DEEPEST = 10_000  # hits that can be paged through; beyond, results are iterated (export)
SORT_NAMES = ("relevance", "browse", "title", "maker", "number", "oldest", "latest", "added")
# Sort name → (key, descending)
SORT_KEYS = {
    "browse": ("browse", False),
    "title": ("title", False),
    "maker": ("maker", False),
    "number": ("number", False),
    "oldest": ("oldest", False),
    "latest": ("latest", True),
    "added": ("added", True),
    "changed": ("changed", True),  # curators alone
}


@dataclass(frozen=True, slots=True)
class FacetRequest:
    """One facet to count: how many buckets at most, and (for "show all" with a search in it) a part of the label."""

    name: str
    size: int = 10
    contains: str = ""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search. ``groups`` are the publication classes that the reader may use: set by the server, never read from a request.

    Filters of one name are alternatives, of different names all hold. ``dates`` (first, last year, astronomical; either may be None)
    keeps what overlaps, ``box`` (west, south, east, north in degrees) what lies in it. ``walk`` goes through all hits in the order of ids,
    from the one after it (from the first when it is empty), however many there are. ``node`` stands in the place of ``text``: a query of the
    curators' language, whose words highlights take from ``marked``. ``scope`` is what the reader may know of at all: nothing is found, counted
    or missed outside it. Raises ValueError for a name that does not exist.
    """

    text: str = ""
    groups: tuple[str, ...] = (PUBLIC,)
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dates: tuple[int | None, int | None] | None = None
    box: tuple[float, float, float, float] | None = None
    numbers: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    facets: tuple[FacetRequest, ...] = ()
    histogram: bool = False
    sort: str = "relevance"
    offset: int = 0
    limit: int = 24
    highlight: bool = True
    match: Match = "all"
    node: Node | None = None
    marked: TextQuery | None = None
    scope: Node | None = None
    synonyms: Synonyms = NONE
    walk: str | None = None
    reverse: bool = False  # the order the other way round

    def __post_init__(self) -> None:
        for name in self.filters:
            if name not in FACETS and name not in FILTERS:
                raise ValueError(f"There is no filter {name!r}.")
        for facet in self.facets:
            if facet.name not in FACETS:
                raise ValueError(f"There is no facet {facet.name!r}.")
        if self.sort != "relevance" and self.sort not in SORT_KEYS:
            raise ValueError(f"Results cannot be sorted by {self.sort!r}, only by {', '.join(SORT_NAMES)}.")
        if self.offset < 0 or self.limit < 0 or self.offset + self.limit > DEEPEST:
            raise ValueError(f"Results can be paged through to the {DEEPEST}th; narrow the search to see others.")


@dataclass(frozen=True, slots=True)
class Highlight:
    """A text of a hit that answers the query: its field (title, maker, number, subject, place, text), language, and safe HTML."""

    field: str
    language: str
    html: str


Item = TypeVar("Item")


class AsRead(Sequence[Item]):
    """A sequence that is made as far as it is read, and once: a card shows two highlights of the dozen that a record may have."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._rest = iter(items)
        self._made: list[Item] = []

    def __iter__(self) -> Iterator[Item]:
        at = 0
        while True:
            if at == len(self._made):
                try:
                    self._made.append(next(self._rest))
                except StopIteration:
                    return
            yield self._made[at]
            at += 1

    def __len__(self) -> int:
        return len(self._all())

    def __getitem__(self, index: Any) -> Any:
        return self._all()[index]

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    def __reduce__(self) -> tuple[Any, ...]:
        return AsRead, (self._all(),)

    def __repr__(self) -> str:
        return f"AsRead({self._all()!r})"

    def _all(self) -> list[Item]:
        self._made.extend(self._rest)
        return self._made


@dataclass(frozen=True, slots=True)
class Hit:
    """One found record. ``highlights`` in the order of the fields, the first per field and language; ``digest`` of all that is indexed."""

    id: str
    kind: str
    version: int
    score: float
    display: dict[str, Any]
    highlights: Sequence[Highlight] = ()
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Bucket:
    """One value of a facet and how many results have it."""

    id: str
    label: Mapping[str, str]
    count: int
    selected: bool = False
    path: tuple[str, ...] = ()
    point: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """The counted values of one facet, its own filter left out; ``more`` when others exist; ``missing`` results have no value."""

    name: str
    buckets: tuple[Bucket, ...]
    missing: int = 0
    missing_selected: bool = False
    more: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """How many results overlap the years from ``first`` to ``last`` (both included, astronomical)."""

    first: int
    last: int
    count: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer. ``not_found``: of a list of numbers, those that no record bears (for this audience)."""

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Facet] = field(default_factory=dict)
    histogram: tuple[Bar, ...] = ()
    not_found: tuple[str, ...] = ()
    took_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that starts like what is being typed: a record with its card, and its label with the typed part marked."""

    id: str
    kind: str
    label: str
    html: str
    display: dict[str, Any]


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What became of a batch: written, ignored because something newer is there, and failed ones with their reason."""

    written: int = 0
    stale: int = 0
    failed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IndexState:
    """``exists`` and ``current`` (built for today's fields); when not current a rebuild is due, and what is there keeps serving."""

    exists: bool
    current: bool
    name: str = ""


@dataclass(frozen=True, slots=True)
class Stats:
    """Figures of one index."""

    engine: str
    name: str
    documents: int
    bytes: int
    current: bool
    rebuilding: bool
