"""Searching pages: within one object, or within everything that belongs to a department, set, person or place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from artifacts import annotating, page_texts
from artifacts.models import Annotation, TextLayer
from media.textlayers import TextPage
from records import languages
from search.documents import GROUPS, PAGE_FIELD, PUBLIC, Audience
from search.engines.answering import Question
from search.plan import AllOf, AnyOf, Node, Prefix, Term, Terms
from search.queries import parse, text_node
from search.requests import SearchRequest
from search.text import analyse, fold_word
from search.texts import pages
from search.texts.engine import engine
from search.texts.flat import Match, flattened, matches

PAGE_SIZE = 20  # pages of an object in one answer
DEEPEST = 10_000
MOST_TERMS = 20
TERM_PAGES = 40
LONGEST_TERM = 60


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A picture whose text answers, with every place that does."""

    layer: TextLayer
    page: TextPage
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One part of an answer: pages and regions in order, how many documents there are in all, and which part this is."""

    found: tuple[FoundPage | Annotation, ...]
    documents: int
    number: int

    @property
    def is_last(self) -> bool:
        return self.number * PAGE_SIZE >= min(self.documents, DEEPEST)


@dataclass(frozen=True, slots=True)
class Word:
    """A word to complete what is typed; ``pages``: on how many pages it stands."""

    text: str
    pages: int


def find(
    text: str,
    scope: str = "",
    *,
    number: int = 1,
    kinds: Sequence[str] = (pages.TEXT, pages.REGION),
    motivations: Sequence[str] = (),
    audience: Audience = "public",
    in_order: bool = False,
) -> Answer:
    """Pages that answer ``text`` within ``scope`` (a public id; empty: the whole museum).

    ``motivations`` (none: all) keeps only such annotations of regions. ``in_order``: as they stand in the object, else the best first. What may be seen is asked of the database once more, so that an
    index that lags shows nothing that has become hidden. Raises EngineError.
    """
    query = parse(text)
    offset = (number - 1) * PAGE_SIZE
    if not query.wanted or offset + PAGE_SIZE > DEEPEST or not kinds:
        return Answer((), 0, number)
    request = SearchRequest(
        text=text,
        groups=_groups(audience),
        filters={"kind": tuple(kinds), **({"related": (scope,)} if scope else {})},
        sort="number" if in_order else "relevance",
        offset=offset,
        limit=PAGE_SIZE,
        highlight=False,
    )
    result = engine().search(audience, request)
    staff = audience != "public"
    layers = page_texts.of_pictures([hit.display["use"] for hit in result.hits if hit.kind == pages.TEXT], staff=staff)
    notes = _notes([hit.id.partition(":")[2] for hit in result.hits if hit.kind == pages.REGION], staff)
    found: list[FoundPage | Annotation] = []
    for hit in result.hits:
        if hit.kind == pages.REGION:
            note = notes.get(hit.id.partition(":")[2])
            wanted = not motivations or hit.display["motivation"] in motivations
            found += [note] if note and wanted else []
        elif layer := layers.get(hit.display["use"]):
            page = page_texts.page_of(layer)
            found.append(FoundPage(layer, page, tuple(matches(page, query))))
    return Answer(tuple(found), result.total, number)


def _groups(audience: Audience) -> tuple[str, ...]:
    return (PUBLIC,) if audience == "public" else GROUPS[audience][:2]


def _notes(idents: Sequence[str], staff: bool) -> dict[str, Annotation]:
    notes = (Annotation.objects.filter(removed=False) if staff else annotating.public()).filter(public_id__in=idents)
    return {note.public_id: note for note in notes.select_related("use", "use__artifact", "use__asset")}


def words(text: str, scope: str = "", *, audience: Audience = "public") -> list[Word]:
    """Words of the scope's pages that begin with the last word typed, in alphabetical order. Raises EngineError."""
    typed = analyse(text[:LONGEST_TERM])
    if not typed:
        return []
    beginning = typed[-1].folded
    within: tuple[Node, ...] = (Terms("filter.related", (scope,)),) if scope else ()
    fields = [f"{group}.{PAGE_FIELD}" for group in _groups(audience)]
    begun = AnyOf(tuple(Prefix(field, beginning) for field in fields))
    hits = engine().ask(audience, [Question(AllOf(must=(begun,), filters=within), limit=TERM_PAGES, sort=("number", False))])[0].hits
    surface = _surface(hits, beginning, audience)
    chosen = sorted(surface, key=lambda folded: (len(folded), folded))[:MOST_TERMS]
    questions = [Question(AllOf(must=(AnyOf(tuple(Term(field, folded) for field in fields)),), filters=within)) for folded in chosen]
    counted = engine().ask(audience, questions) if questions else []
    found = [Word(surface[folded], answer.total) for folded, answer in zip(chosen, counted, strict=True)]
    return sorted(found, key=lambda word: fold_word(word.text))


def _surface(hits: Iterable, beginning: str, audience: Audience) -> dict[str, str]:
    """Folded words with this beginning, each as it is first written on a page that may be read."""
    staff = audience != "public"
    by_kind: dict[str, list[str]] = {pages.TEXT: [], pages.REGION: []}
    for hit in hits:
        kind, _, ident = hit.id.partition(":")
        by_kind[kind].append(ident)
    texts = [flattened(page_texts.page_of(layer)).text for layer in page_texts.of_pictures(by_kind[pages.TEXT], staff=staff).values()]
    texts += [text for note in _notes(by_kind[pages.REGION], staff).values() for text in languages.plain(note.text or {}).values()]
    found: dict[str, str] = {}
    for text in texts:
        for token in analyse(text):
            if token.folded.startswith(beginning):
                found.setdefault(token.folded, text[token.start : token.end])
    return found


def best_pages(text: str, objects: Sequence[str], *, audience: Audience = "public") -> dict[str, FoundPage]:
    """For each of these objects (public ids) the page that answers best, if one does at all. Raises EngineError."""
    query = parse(text)
    if not query.wanted or not objects:
        return {}
    node = text_node(query, _groups(audience), "most")
    questions = [
        Question(AllOf(must=(node,), filters=(Terms("filter.related", (one,)), Terms("filter.kind", (pages.TEXT,)))), limit=1)
        for one in objects
    ]
    uses = [answer.hits[0].source["display"]["use"] for answer in engine().ask(audience, questions) if answer.hits]
    found: dict[str, FoundPage] = {}
    for layer in page_texts.of_pictures(uses, staff=audience != "public").values():
        page = page_texts.page_of(layer)
        places = tuple(matches(page, query))
        if places:
            found[layer.use.artifact.public_id] = FoundPage(layer, page, places)
    return found
