"""What both engines share: from a request to questions, and from counted tokens to an answer. An engine only asks the questions."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import escape
from typing import Any

import orjson
from rapidfuzz.distance import DamerauLevenshtein

from search.documents import NONE_GIVEN, TEXT_FIELDS, Audience, FacetValue, degrees
from search.engines import likeness
from search.engines.marking import Marks, texts_of
from search.engines.years import bars, overlapping
from search.plan import After, AllOf, AnyOf, Constant, Everything, Node, Nothing, Range, Term, Terms
from search.queries import TextQuery, numbers_node, parse, suggestion_node, text_node
from search.requests import SORT_KEYS, AsRead, Bucket, Facet, FacetRequest, Hit, SearchRequest, SearchResult, Suggestion
from search.text import Marker, analyse, fold, mark, query_stems
from search.text.telex import without_telex

SPARE_BUCKETS = 40
ALL_BUCKETS = 20_000
MOST_BEYOND = 50  # chosen values that are counted one by one: as many as an address may choose of a facet
PICTURE_FAVOUR = 0.5
SHORTEST_MENDED = 3
MENDED_BY = ("title", "maker", "subject", "place", "text")  # the fields whose words may be proposed (never what is not shown)


@dataclass(frozen=True, slots=True)
class Question:
    """One question to an engine: hits of a query in an order, counts of facets (name → buckets wanted), decades.

    ``counted`` false: only the best hits are wanted, and the engine may pass over all that cannot be among them (the total is 0 then).
    """

    query: Node
    limit: int = 0
    offset: int = 0
    sort: tuple[str, bool] | None = None  # key (empty: the id), descending; None: by score
    facets: Mapping[str, int] = field(default_factory=dict)
    years: bool = False
    counted: bool = True


@dataclass(frozen=True, slots=True)
class RawHit:
    """A hit as it is stored."""

    id: str
    version: int
    score: float
    source: dict[str, Any]


@dataclass(slots=True)
class Answer:
    """What the engine counted: ``facets`` name → (token, count), highest counts first; ``starts``, ``ends`` decade → ranges."""

    total: int = 0
    hits: list[RawHit] = field(default_factory=list)
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)
    ends: dict[int, int] = field(default_factory=dict)


def sort_field(key: str) -> str:
    """The field of a sort key."""
    return f"sort.{key}" if key else "id"


class AnsweringEngine:
    """The engine-neutral half of an engine."""

    patience = 1.0  # for one question; a benchmark or a test on a cold server may have more

    def ask(self, audience: Audience, questions: list[Question]) -> list[Answer]:
        """Answers all questions over one state of the index."""
        raise NotImplementedError

    def near_words(self, audience: Audience, word: str, groups: tuple[str, ...]) -> Iterable[tuple[str, int]]:
        """Words of titles, makers, subjects and places that are spelled much like this one, with how many documents have them."""
        raise NotImplementedError

    # -- search

    def search(self, audience: Audience, request: SearchRequest) -> SearchResult:
        """See SearchEngine.search."""
        began = time.perf_counter()
        query = request.marked or parse(request.text, request.synonyms)
        node = _wanted(request, query)
        filters = _filters(request)
        sort = order_of(request, query)
        all_of_it = AllOf(must=(node,), filters=tuple(filters.values()))
        walking = request.walk is not None
        questions = [
            Question(
                all_of_it,
                limit=0 if walking else request.limit,
                offset=request.offset,
                sort=sort,
                facets={f.name: _fetch(f) for f in request.facets if f.name not in filters},
                years=request.histogram and "dates" not in filters,
            )
        ]
        # A facet whose own value is chosen is counted as if it were not.
        apart = [f for f in request.facets if f.name in filters]
        questions += [Question(_without(node, filters, f.name), facets={f.name: _fetch(f)}) for f in apart]
        if request.histogram and "dates" in filters:
            questions.append(Question(_without(node, filters, "dates"), years=True))
        if walking:
            rest = AllOf(must=(all_of_it,), filters=(After(request.walk),) if request.walk else ())
            questions.insert(0, Question(rest, limit=request.limit, sort=("", False)))
        answers = self.ask(audience, questions)
        hits = (answers.pop(0) if walking else answers[0]).hits
        counted = dict(answers[0].facets)
        for answer in answers[1 : len(apart) + 1]:
            counted |= answer.facets
        years = answers[-1] if "dates" in filters else answers[0]
        facets = {f.name: self._facet(audience, request, f, counted[f.name], node, filters) for f in request.facets}
        marks = Marks.of(request, query)
        return SearchResult(
            total=answers[0].total,
            hits=tuple(_hit(raw, marks) for raw in hits),
            facets=facets,
            histogram=bars(years.starts, years.ends) if request.histogram else (),
            not_found=self._not_found(audience, request) if request.numbers else (),
            took_ms=(time.perf_counter() - began) * 1000,
        )

    def _facet(
        self,
        audience: Audience,
        request: SearchRequest,
        facet: FacetRequest,
        counted: list[tuple[str, int]],
        node: Node,
        filters: dict[str, Node],
    ) -> Facet:
        chosen = request.filters.get(facet.name, ())
        wanted = _fetch(facet)
        rest = [(token, count) for token, count in counted if token != NONE_GIVEN]
        if len(counted) >= wanted and wanted < ALL_BUCKETS and len(rest) > facet.size and rest[facet.size - 1][1] == rest[-1][1]:
            # Too many equal counts to know which labels come first: count them all.
            question = Question(_without(node, filters, facet.name), facets={facet.name: ALL_BUCKETS})
            counted = self.ask(audience, [question])[0].facets[facet.name]
            rest = [(token, count) for token, count in counted if token != NONE_GIVEN]
        merged = _merged(rest, facet, chosen)
        shown = merged[: facet.size]
        late = [bucket for bucket in merged[facet.size :] if bucket.selected]
        known = {bucket.id for bucket in merged}
        beyond = [value for value in chosen if value not in known and value != NONE_GIVEN]
        return Facet(
            name=facet.name,
            buckets=(*shown, *late, *self._beyond(audience, facet.name, beyond, _without(node, filters, facet.name))),
            missing=next((count for token, count in counted if token == NONE_GIVEN), 0),
            missing_selected=NONE_GIVEN in chosen,
            more=len(merged) - len(late) > facet.size or len(counted) >= wanted,
        )

    def _beyond(self, audience: Audience, name: str, idents: list[str], others: Node) -> list[Bucket]:
        """Chosen values that are not among those that were counted, each counted by itself: too rare for the first ones, without the
        letters that are looked for, or in no result. Their labels are those of any document that has them.
        """
        if not idents:
            return []
        idents = idents[:MOST_BEYOND]
        each = [Question(AllOf(must=(others,), filters=(Terms(f"filter.{name}", (ident,)),))) for ident in idents]
        labelled, *counted = self.ask(audience, [Question(Terms(f"filter.{name}", tuple(idents)), facets={name: ALL_BUCKETS}), *each])
        known: dict[str, FacetValue] = {}
        for token, _ in labelled.facets[name]:
            if token.partition("\x1f")[0] in idents:
                value = FacetValue.from_token(token)
                known.setdefault(value.id, value)
        values = [known.get(ident) or FacetValue(ident, {}) for ident in idents]
        buckets = [Bucket(value.id, value.label, one.total, True, value.path) for value, one in zip(values, counted, strict=True)]
        return sorted(buckets, key=_bucket_order)

    def _not_found(self, audience: Audience, request: SearchRequest) -> tuple[str, ...]:
        """Numbers of the list that no record of this audience bears, whatever filters are on."""
        questions = [Question(_scoped(numbers_node((number,), request.groups), request)) for number in request.numbers]
        answers = self.ask(audience, questions)
        return tuple(number for number, answer in zip(request.numbers, answers, strict=True) if answer.total == 0)

    # -- the rest

    def suggest(
        self,
        audience: Audience,
        text: str,
        *,
        groups: tuple[str, ...],
        kinds: tuple[str, ...] = (),
        languages: tuple[str, ...] = (),
        limit: int = 8,
    ) -> list[Suggestion]:
        """See SearchEngine.suggest."""
        node = suggestion_node(text[:200], groups)
        if isinstance(node, Nothing):
            return []
        favoured = AllOf(must=(node,), should=(Constant(Term("filter.image", "yes"), PICTURE_FAVOUR),))
        asked = [AllOf(must=(favoured,), filters=(Term("filter.kind", kind),)) for kind in kinds] or [favoured]
        answers = self.ask(audience, [Question(one, limit=limit, counted=False) for one in asked])
        marker = Marker(beginnings=frozenset(token.folded for token in analyse(text)))
        return [_suggestion(raw, marker, groups, languages, text) for answer in answers for raw in answer.hits]

    def did_you_mean(self, audience: Audience, text: str, *, groups: tuple[str, ...]) -> str | None:
        """See SearchEngine.did_you_mean."""
        query = parse(text)
        if not query.wanted:
            return None
        mended: list[str] = []
        changed: set[str] = set()
        for clause in query.wanted:
            word = clause.folded[0]
            if len(clause.folded) > 1 or len(word) < SHORTEST_MENDED or any(char.isdigit() for char in word):
                mended.append(" ".join(clause.folded))
                continue
            better = self._mend(audience, clause.exact[0], word, groups)
            mended.append(better)
            if better != word:
                changed.add(better)
        if not changed:
            return None
        found = self.search(audience, SearchRequest(text=" ".join(mended), groups=groups, limit=5))
        if not found.total:
            return None
        surface = self._as_written(audience, found, changed, groups)
        return " ".join(
            surface.get(word, word) if word in changed else clause.text for clause, word in zip(query.wanted, mended, strict=True)
        )

    def _mend(self, audience: Audience, exact: str, word: str, groups: tuple[str, ...]) -> str:
        """The nearest known word, or the word itself when it is known."""
        if self._is_known(audience, (word, *query_stems(exact)), groups):
            return word
        if (meant := without_telex(word)) and self._is_known(audience, (meant,), groups):
            return meant
        furthest = 1 if len(word) < 6 else 2
        best: tuple[int, int, str] | None = None
        for candidate, count in self.near_words(audience, word, groups):
            distance = DamerauLevenshtein.distance(word, candidate, score_cutoff=furthest)
            if distance > 1 and candidate[0] != word[0]:
                continue  # people know how a word begins; Lucene proposes none either, and both engines propose the same
            if 0 < distance <= furthest and len(candidate) >= SHORTEST_MENDED and not any(char.isdigit() for char in candidate):
                rank = (distance, -count, candidate)
                best = rank if best is None or rank < best else best
        return best[2] if best else word

    def _is_known(self, audience: Audience, forms: tuple[str, ...], groups: tuple[str, ...]) -> bool:
        ways = [Term(f"{group}.{name}", forms[0]) for group in groups for name in TEXT_FIELDS]
        ways += [Term(f"{group}.extra", form) for group in groups for form in forms]
        return self.ask(audience, [Question(AnyOf(tuple(ways)))])[0].total > 0

    def _as_written(self, audience: Audience, found: SearchResult, words: set[str], groups: tuple[str, ...]) -> dict[str, str]:
        """Mended words with their accents, as the first hits write them most often: ``đồng`` rather than a ``dòng`` that stands there once."""
        written: dict[str, Counter[str]] = defaultdict(Counter)
        sources = self.ask(audience, [Question(Terms("id", tuple(hit.id for hit in found.hits)), limit=5)])[0].hits
        for raw in sources:
            for _, _, text, _ in texts_of(raw.source, groups):
                for token in analyse(text):
                    if token.folded in words:
                        written[token.folded][token.exact] += 1
        return {word: spellings.most_common(1)[0][0] for word, spellings in written.items()}

    def similar(self, audience: Audience, ident: str, *, groups: tuple[str, ...], limit: int = 8) -> list[Hit]:
        """See SearchEngine.similar."""
        return likeness.neighbours(self, audience, ident, limit, 0)[0]

    def neighbours(self, audience: Audience, ident: str, *, similar: int = 8, alike: int = 8) -> tuple[list[Hit], list[Hit]]:
        """See SearchEngine.neighbours."""
        return likeness.neighbours(self, audience, ident, similar, alike)

    def get(self, audience: Audience, idents: Iterable[str]) -> dict[str, Hit]:
        """See SearchEngine.get."""
        wanted = tuple(dict.fromkeys(idents))
        found: dict[str, Hit] = {}
        for low in range(0, len(wanted), 500):
            part = wanted[low : low + 500]
            for raw in self.ask(audience, [Question(Terms("id", part), limit=len(part), counted=False)])[0].hits:
                found[raw.id] = Hit(raw.id, raw.source["kind"], raw.version, raw.score, raw.source["display"])
        return found


def request_node(request: SearchRequest) -> Node:
    """The whole query of a request, filters included."""
    return AllOf(must=(_wanted(request, parse(request.text, request.synonyms)),), filters=tuple(_filters(request).values()))


def order_of(request: SearchRequest, query: TextQuery | None = None) -> tuple[str, bool] | None:
    """(key, descending) by which the hits of a request stand; None: by score."""
    query = query or request.marked or parse(request.text, request.synonyms)
    if request.sort == "relevance":
        return None if query or request.numbers else SORT_KEYS["browse"]
    key, descending = SORT_KEYS[request.sort]
    return key, descending != request.reverse


def read_source(stored: Any) -> dict[str, Any]:
    """A stored source back as values."""
    return orjson.loads(stored)


def _wanted(request: SearchRequest, query: TextQuery) -> Node:
    return _scoped(_said(request, query), request)


def _scoped(node: Node, request: SearchRequest) -> Node:
    return node if request.scope is None else AllOf(must=(node,), filters=(request.scope,))


def _said(request: SearchRequest, query: TextQuery) -> Node:
    if request.node is not None:
        return request.node
    if request.numbers:
        return numbers_node(request.numbers, request.groups)
    node = text_node(query, request.groups, request.match)
    if isinstance(node, Everything) or request.sort != "relevance":
        return node
    return AllOf(must=(node,), should=(Constant(Term("filter.image", "yes"), PICTURE_FAVOUR),))


def _filters(request: SearchRequest) -> dict[str, Node]:
    found: dict[str, Node] = {name: Terms(f"filter.{name}", tuple(values)) for name, values in request.filters.items() if values}
    if request.dates and request.dates != (None, None):
        low, high = request.dates
        found["dates"] = AllOf(filters=overlapping(low, high))
    if request.box:
        found["box"] = _inside(*request.box)
    if request.ids:
        found["ids"] = Terms("id", request.ids)
    return found


def _inside(west: float, south: float, east: float, north: float) -> Node:
    """Positions in a box of degrees; one that is wider on the other side of the date line has its west after its east."""
    lines = ((west, east),) if west <= east else ((west, 180.0), (-180.0, east))
    columns = tuple(Range("longitude", degrees(low), degrees(high)) for low, high in lines)
    return AllOf(filters=(Range("latitude", degrees(south), degrees(north)), columns[0] if len(columns) == 1 else AnyOf(columns)))


def _without(node: Node, filters: Mapping[str, Node], name: str) -> Node:
    return AllOf(must=(node,), filters=tuple(one for key, one in filters.items() if key != name))


def _fetch(facet: FacetRequest) -> int:
    return ALL_BUCKETS if facet.contains else facet.size + SPARE_BUCKETS


def _merged(rest: list[tuple[str, int]], facet: FacetRequest, chosen: tuple[str, ...]) -> list[Bucket]:
    """Buckets by id (a renamed value has two tokens until every record of it is indexed anew), by count, then label."""
    # Far more buckets may be counted than shown: only those that can be shown are taken apart.
    floor = rest[facet.size - 1][1] if len(rest) > facet.size and not facet.contains else 0
    found: dict[str, Bucket] = {}
    for token, count in rest:
        ident = token.partition("\x1f")[0]
        if ident in found:
            found[ident] = replace(found[ident], count=found[ident].count + count)
        elif count >= floor or ident in chosen:
            value = FacetValue.from_token(token)
            found[ident] = Bucket(ident, value.label, count, ident in chosen, value.path, value.point)
    buckets: Iterable[Bucket] = found.values()
    if facet.contains:
        part = fold(facet.contains)
        buckets = [b for b in buckets if any(part in fold(label) for label in b.label.values())]
    return sorted(buckets, key=_bucket_order)


def _bucket_order(bucket: Bucket) -> tuple[int, str, str]:
    return -bucket.count, _label_key(bucket), bucket.id


def _label_key(bucket: Bucket) -> str:
    return _folded(bucket.label.get("en") or next(iter(bucket.label.values()), bucket.id))


_folded = lru_cache(maxsize=8_000)(fold)  # a search page puts hundreds of values in order, mostly the same ones again


def _hit(raw: RawHit, marks: Marks | None) -> Hit:
    highlights = AsRead(marks.highlights(raw.source)) if marks else ()
    return Hit(raw.id, raw.source["kind"], raw.version, raw.score, raw.source["display"], highlights)


def _suggestion(raw: RawHit, marker: Marker, groups: tuple[str, ...], languages: tuple[str, ...], typed: str) -> Suggestion:
    """The label that answers best: most typed words, then the reader's language, then the first."""
    titles = [(text, language) for _, name, text, language in texts_of(raw.source, groups) if name == "title"] or [(raw.id, "")]

    def rank(pair: tuple[str, str]) -> tuple[int, int]:
        text, language = pair
        answered = {b for b in marker.beginnings for token in analyse(text) if token.folded.startswith(b)}
        return -len(answered), languages.index(language) if language in languages else len(languages)

    text, language = min(titles, key=rank)
    html = mark(text, marker, language=language) or mark(text, Marker(words=frozenset([fold(typed)]))) or escape(text)
    return Suggestion(raw.id, raw.source["kind"], text, html, raw.source["display"])
