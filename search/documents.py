"""What is indexed: engine-neutral documents of four parts (query, filters, facets, display), and the fields that there are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Generic, Literal, NamedTuple, TypeVar

import orjson

from search.columns import FORM, Columns

Audience = Literal["public", "curatorial"]
AUDIENCES: tuple[Audience, ...] = ("public", "curatorial")

# Raised when the analysis or the compiled form changes while the fields stay: an index of another number is rebuilt.
ANALYSIS_VERSION = 7

# The searchable fields of each publication class, with their weight in the ranking.
TEXT_FIELDS: dict[str, float] = {"title": 6.0, "maker": 4.0, "subject": 3.0, "place": 2.0, "text": 1.0, "hidden": 1.0, "page": 0.4}
# Misspellings and offensive words by which things are found; they are never shown, suggested or highlighted.
UNSHOWN = "hidden"
# The text of pages of books. It is not kept with the document: the line that answers is looked up in the index of pages (search.texts).
PAGE_FIELD = "page"
NOT_KEPT = frozenset({UNSHOWN, PAGE_FIELD})
NUMBER_FIELD = "number"

# Publication classes: public, staff, and one per role that may read what is restricted (``r_registrar``).
PUBLIC, STAFF = "p", "s"
ROLE_GROUPS = ("r_registrar", "r_conservator", "r_curator", "r_administrator")
GROUPS: dict[Audience, tuple[str, ...]] = {"public": (PUBLIC,), "curatorial": (PUBLIC, STAFF, *ROLE_GROUPS)}
# Groups whose fields curators may name one by one; what the public may read is among the staff's.
COLUMN_GROUPS: dict[Audience, tuple[str, ...]] = {"public": (), "curatorial": (STAFF, *ROLE_GROUPS)}

FACETS = (
    "kind", "type", "maker", "culture", "period", "place", "material", "technique", "subject", "department", "collection", "rights",
    "image", "on_display", "exhibition", "status", "colour", "point",
)  # fmt: skip
# Filters without a facet of their own (ids only).
FILTERS = ("maker_role", "related", "looks")

# Sort keys are strings made by the builder; a document without one comes last.
SORTS = ("browse", "title", "maker", "number", "oldest", "latest", "added", "changed")

LONGEST_LABEL = 300  # characters of a value of a facet
NONE_GIVEN = "~"  # the facet value of documents that have no value: it is counted and filtered like any other


class Text(NamedTuple):
    """A text to search, with its language (BCP 47, or empty: unknown)."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value to count: its id, its label by language, the ids above it in its thesaurus (top first), latitude and longitude of a place."""

    id: str
    label: Mapping[str, str]
    path: tuple[str, ...] = ()
    point: tuple[float, float] | None = None

    def token(self) -> str:
        """Id and label in one term, so that a counted bucket needs no other look-up."""
        body: dict[str, Any] = {"l": {tag: _short(label) for tag, label in sorted(self.label.items())}}
        if self.point:
            body["g"] = list(self.point)
        if self.path:
            body["p"] = list(self.path)
        return f"{self.id}\x1f{orjson.dumps(body).decode()}"

    @classmethod
    def from_token(cls, token: str) -> FacetValue:
        """The value back from its term."""
        return _from_token(token)


def _short(label: str) -> str:
    """Nobody reads more in a list of values, and Elasticsearch takes terms of 32 kB: a record with a longer one would not be found at all."""
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…"


@lru_cache(maxsize=8_000)
def _from_token(token: str) -> FacetValue:
    """A search page reads a hundred of them, mostly the same ones again."""
    ident, _, body = token.partition("\x1f")
    facts = orjson.loads(body) if body else {}
    point = facts.get("g")
    return FacetValue(ident, facts.get("l", {}), tuple(facts.get("p", ())), (point[0], point[1]) if point else None)


Given = TypeVar("Given")
Made = TypeVar("Made")


class ByIdentity(Generic[Given, Made]):
    """A function that remembers what it made of an object (of that very object, which stays as it is), ``most`` at a time."""

    def __init__(self, function: Callable[[Given], Made], most: int = 8_000) -> None:
        self._function = function
        self._most = most
        self._known: dict[int, tuple[Given, Made]] = {}

    def __call__(self, given: Given) -> Made:
        known = self._known.get(id(given))
        if known is not None and known[0] is given:
            return known[1]
        made = self._function(given)
        if len(self._known) >= self._most:
            self._known = {}
        self._known[id(given)] = (given, made)
        return made


@dataclass(slots=True)
class Document:
    """One record for one audience.

    ``query``: group → field → texts; ``facets``: name → values (ancestors are values too); ``filters``: name → ids (facet ids are
    filters without being named here); ``dates``: first and last year, astronomical (0 is 1 BC); ``sort``: name → key;
    ``position``: latitude and longitude in degrees (WGS 84), one per record, so that clusters of a map count it once; ``looks``: hash and
    palette of its picture; ``display``: what a result card shows, plain JSON; ``columns``: group → every field by itself, for curators.
    """

    id: str
    kind: str
    version: int
    query: dict[str, dict[str, list[Text]]] = field(default_factory=dict)
    filters: dict[str, list[str]] = field(default_factory=dict)
    facets: dict[str, list[FacetValue]] = field(default_factory=dict)
    dates: tuple[int, int] | None = None
    position: tuple[float, float] | None = None
    looks: dict[str, Any] | None = None
    sort: dict[str, str] = field(default_factory=dict)
    display: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, Columns] = field(default_factory=dict)

    def checked(self, audience: Audience) -> Document:
        """Itself, after a look at its names. Raises ValueError for a name that no index has, or a group this audience may not have."""
        allowed = GROUPS[audience]
        for group, fields in self.query.items():
            if group not in allowed:
                raise ValueError(f"{self.id}: the {audience} index has no group {group!r} (it has {', '.join(allowed)}).")
            unknown = set(fields) - set(TEXT_FIELDS) - {NUMBER_FIELD}
            if unknown:
                raise ValueError(f"{self.id}: no searchable field is called {', '.join(sorted(unknown))}.")
        if unknown := set(self.columns) - set(COLUMN_GROUPS[audience]):
            raise ValueError(f"{self.id}: the {audience} index has no columns for {', '.join(sorted(unknown))}.")
        for what, names, known in (("facet", self.facets, FACETS), ("filter", self.filters, FILTERS), ("sort key", self.sort, SORTS)):
            unknown = set(names) - set(known)
            if unknown:
                raise ValueError(f"{self.id}: no {what} is called {', '.join(sorted(unknown))}.")
        if self.dates and self.dates[0] > self.dates[1]:
            raise ValueError(f"{self.id}: the first year {self.dates[0]} is after the last year {self.dates[1]}.")
        if self.position and not (-90 <= self.position[0] <= 90 and -180 <= self.position[1] <= 180):
            raise ValueError(f"{self.id}: {self.position} is no latitude and longitude in degrees.")
        return self

    def source(self) -> dict[str, Any]:
        """What the engine keeps to be given back: display, and the texts for highlights by group and field."""
        texts = {
            group: {name: [list(value) for value in values] for name, values in fields.items() if values and name not in NOT_KEPT}
            for group, fields in self.query.items()
        }
        source = {"display": self.display, "texts": texts, "kind": self.kind}
        return source | {"looks": self.looks} if self.looks else source


def degrees(value: float) -> int:
    """Degrees as the whole number that is indexed: ten thousandths, about eleven metres."""
    return round(value * 10_000)


def schema_hash(audience: Audience, form: int = 0) -> str:
    """Eight hexadecimal digits that change when the fields, their weights' names or the analysis change: then a rebuild is due.

    ``form``: the engine's own way of storing the same fields.
    """
    facts: list[Any] = [ANALYSIS_VERSION, list(GROUPS[audience]), list(TEXT_FIELDS), list(FACETS), list(FILTERS), list(SORTS)]
    if COLUMN_GROUPS[audience]:
        facts.append([FORM, list(COLUMN_GROUPS[audience])])
    if form:
        facts.append(form)
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:8]


def with_ancestors(values: Iterable[tuple[FacetValue, Iterable[FacetValue]]]) -> list[FacetValue]:
    """Each value and those above it, every id once."""
    found: dict[str, FacetValue] = {}
    for value, above in values:
        for one in (*above, value):
            found.setdefault(one.id, one)
    return list(found.values())
