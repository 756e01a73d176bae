"""The curators' search: a query of the language to a request for one reader, and the request to a page. Nothing here trusts what was sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils import timezone

from search import kept, outage
from search.documents import NONE_GIVEN, TEXT_FIELDS, Audience
from search.engines import engine
from search.language import Reader, compile_tree, read
from search.language.comparing import Asked
from search.language.compiling import conditions, node_of, scope_of, text_query, wordless, words_of
from search.language.syntax import And, Everything, Not, Tree, Words
from search.language.writing import write
from search.plan import AllOf, AnyOf, Constant, Node, Nothing, Phrase, Term, Terms
from search.queries import numbers_node, pasted_numbers
from search.requests import DEEPEST, FacetRequest, Hit, SearchRequest, SearchResult
from search.text import analyse

AUDIENCE: Audience = "curatorial"
# The facets beside the list, in their order.
FACETS = (
    "department", "status", "type", "material", "technique", "period", "culture", "place", "maker", "subject", "collection", "exhibition",
    "rights", "image", "on_display",
)  # fmt: skip
FACET_SIZE = 8
MOST_VALUES, MOST_CHOSEN = 50, 100  # chosen values of one facet, of all: each is a link on the page, and every link names all of them
SORTS = ("relevance", "number", "title", "maker", "oldest", "latest", "added", "changed")


@dataclass(frozen=True, slots=True)
class Question:
    """What a curator asks: the tree, chosen facet values, the order; a list of numbers stands in the place of the tree."""

    tree: Tree = field(default_factory=Everything)
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    numbers: tuple[str, ...] = ()
    reverse: bool = False
    ids: tuple[str, ...] | None = None  # of a worklist: only these

    @property
    def asks(self) -> bool:
        """False for the whole catalogue."""
        return bool(self.filters or self.numbers or self.ids is not None) or not isinstance(self.tree, Everything)

    @property
    def text(self) -> str:
        """The query as it is typed."""
        return ", ".join(self.numbers) if self.numbers else write(self.tree)


def asked(text: str, filters: Mapping[str, Sequence[str]] | None = None, sort: str = "") -> Question:
    """What was typed and chosen. Raises QueryError with the place of what is wrong."""
    chosen: dict[str, tuple[str, ...]] = {}
    for name, values in (filters or {}).items():
        kept = tuple(dict.fromkeys(values))[: min(MOST_VALUES, MOST_CHOSEN - sum(map(len, chosen.values())))]
        if name in FACETS and kept:
            chosen[name] = kept
    numbers = pasted_numbers(text)
    tree = Everything() if numbers else read(text)
    return Question(tree, chosen, sort if sort in SORTS else "", numbers)


def request_of(
    question: Question, reader: Reader, *, offset: int = 0, limit: int = 50, facets: bool = False, today: date | None = None
) -> SearchRequest:
    """The request of a question for this reader. Raises QueryError for what this reader cannot ask."""
    words = words_of(question.tree)
    node: Node = (
        numbers_node(question.numbers, reader.groups)
        if question.numbers
        else compile_tree(question.tree, Asked(reader, today or timezone.localdate()))
    )
    return SearchRequest(
        groups=reader.groups,
        filters={**question.filters, "kind": ("object",)},
        numbers=question.numbers,
        facets=tuple(FacetRequest(name, FACET_SIZE) for name in FACETS) if facets else (),
        sort=question.sort or ("relevance" if words else "number"),
        offset=min(offset, DEEPEST - limit),
        limit=limit,
        node=node,
        marked=text_query(words),
        scope=_scope(question, reader),
        reverse=question.reverse and bool(question.sort),
    )


def _scope(question: Question, reader: Reader) -> Node | None:
    """The reader's departments, and the worklist that is looked at."""
    scope = scope_of(reader)
    if question.ids is None:
        return scope
    listed = Terms("id", tuple(f"object:{ident}" for ident in question.ids)) if question.ids else Nothing()
    return listed if scope is None else AllOf(filters=(scope, listed))


def search(question: Question, reader: Reader, **parts: int | bool) -> SearchResult:
    """A page of what is found. Raises QueryError, or EngineError when the engine does not answer."""
    request = request_of(question, reader, **parts)  # type: ignore[arg-type]
    if question.asks or request.limit:
        return outage.asked(lambda: engine().search(AUDIENCE, request))
    # The counts of the whole catalogue stand beside the list whenever it is opened, and every document is gone through for them.
    return outage.asked(lambda: kept.answer(AUDIENCE, request))


def without_engine(question: Question) -> tuple[list[str], list[str]]:
    """The words that a database can look for too, all of which are to be there, and the conditions that only the engine answers."""
    if question.numbers:
        return [], []
    parts = question.tree.parts if isinstance(question.tree, And) else (question.tree,)
    plain = [part for part in parts if isinstance(part, Words) and not part.value.wild]
    left = [write(part) for part in parts if part not in plain and not isinstance(part, Everything)]
    return [word.value.plain for word in plain], [*left, *(f"{name}: {', '.join(values)}" for name, values in question.filters.items())]


def count(question: Question, reader: Reader) -> int:
    """How many objects answer."""
    return search(question, reader, limit=0).total


def every(question: Question, reader: Reader) -> Iterator[Hit]:
    """All that answer, in the order in which the list shows them, over one state of the index, without their cards. Raises EngineError.

    A walk has half a minute's patience with an engine that hangs, which no page has: a question finds that out within a second.
    """
    request = request_of(question, reader)
    outage.asked(lambda: engine().search(AUDIENCE, replace(request, limit=0)))
    return engine().iterate(AUDIENCE, request, display=False, in_order=True)


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition, with its NOT, and whether the record meets it; for words, the fields in which they stand, wanted or not."""

    text: str
    met: bool
    places: tuple[str, ...] = ()


def why(question: Question, reader: Reader, public_id: str) -> tuple[SearchResult, list[Reason]]:
    """Why a record is found, or is not: every condition by itself, asked of that record alone."""
    base = request_of(question, reader, limit=1)
    this = replace(base, ids=(f"object:{public_id}",))
    found = engine().search(AUDIENCE, this)
    reasons = []
    asked_ = Asked(reader, timezone.localdate())
    for leaf, wanted in conditions(question.tree):
        if isinstance(leaf, Everything) or wordless(leaf):
            continue
        there = engine().search(AUDIENCE, replace(this, node=node_of(leaf, asked_), filters={}, limit=0)).total > 0
        places = _places(leaf, this) if there and isinstance(leaf, Words) else ()
        reasons.append(Reason(write(leaf if wanted else Not(leaf)), there == wanted, places))
    for name, values in question.filters.items():
        met = engine().search(AUDIENCE, replace(this, node=node_of(Everything(), asked_), filters={name: values}, limit=0)).total > 0
        reasons.append(Reason(f"{name}: {', '.join('–' if value == NONE_GIVEN else value for value in values)}", met))
    return found, reasons


def _places(word: Words, this: SearchRequest) -> tuple[str, ...]:
    """The fields of the ranking in which a word stands."""
    tokens = tuple(token.folded for token in analyse(word.value.plain))
    if not tokens or word.value.wild:
        return ()
    found = []
    for name in TEXT_FIELDS:
        node = Constant(AnyOf(tuple(Phrase(f"{group}.{name}", tokens) for group in this.groups)), 1.0)
        if engine().search(AUDIENCE, replace(this, node=AllOf(must=(node,)), filters={}, limit=0)).total:
            found.append(name)
    number = Constant(AnyOf(tuple(Term(f"{group}.number", "".join(tokens)) for group in this.groups)), 1.0)
    if engine().search(AUDIENCE, replace(this, node=number, filters={}, limit=0)).total:
        found.append("number")
    return tuple(found)
