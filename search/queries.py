"""What a visitor types, parsed: words (all must match), "phrases", -without, numbers, pasted lists of numbers; and its tree of nodes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from records import identifiers
from search.documents import NUMBER_FIELD, TEXT_FIELDS
from search.plan import AllOf, AnyOf, Best, Constant, Everything, Fuzzy, Node, Nothing, Phrase, Prefix, Term
from search.requests import Match
from search.synonyms import NONE, Expansion, Expression, Synonyms
from search.text import Marker, analyse, looks_like_number, number_forms, query_stems, whole
from search.text.tokens import is_unspaced, joined

MOST_CLAUSES = 32  # longer queries are cut: nobody types more, and it bounds the work
LONGEST_QUERY = 1_000
MOST_TOKENS = 64  # of one clause: a page pasted in a script without spaces is one run of a thousand pairs, and engines look for each place
SHORTEST_FUZZY = 4
MOST_NUMBERS = 500
MOST_BEGINNINGS = 3  # numbers among the words that may be beginnings of longer ones: each may be the beginning of all

_PART = re.compile(r"""(?P<minus>(?<!\S)[-−–](?=[^\s\-−–]))?(?:["“”„«»](?P<phrase>[^"“”„«»]*)["“”„«»]?|(?P<word>[^\s"“”„«»]+))""")

WHOLE_NUMBER, NUMBER_START, NUMBER_PREFIX, WHOLE_LABEL = 1000.0, 300.0, 100.0, 60.0
TITLE_PHRASE, EXACT_MARKS, STEM_WEIGHT, SYNONYM_WEIGHT = 8.0, 80.0, 0.5, 0.6


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of what was typed: its tokens (folded, exact), whether it is a phrase, and whether it must be absent."""

    text: str
    folded: tuple[str, ...]
    exact: tuple[str, ...]
    phrase: bool = False
    absent: bool = False

    @property
    def marked(self) -> tuple[str, ...]:
        """The words that were typed with their accents or tone marks."""
        return tuple(exact for exact, folded in zip(self.exact, self.folded, strict=True) if exact != folded)


@dataclass(frozen=True, slots=True)
class TextQuery:
    """A parsed query: what must be there and what must not, and what stretches of ``wanted`` find besides."""

    text: str
    clauses: tuple[Clause, ...]
    expansions: tuple[Expansion, ...] = ()

    @property
    def wanted(self) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses if not clause.absent)

    @property
    def unwanted(self) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses if clause.absent)

    @property
    def synonyms(self) -> tuple[Expression, ...]:
        """What is looked for besides the typed words, each once."""
        return tuple(dict.fromkeys(other for expansion in self.expansions for other in expansion.alternatives))

    def __bool__(self) -> bool:
        return bool(self.clauses)

    def marker(self) -> Marker:
        """What highlights are to mark."""
        words = {word for clause in self.wanted for word in (*clause.folded, together(clause)) if word}
        words |= {word for other in self.synonyms for word in other.folded}
        stems = {s for c in self.wanted if not c.phrase and len(c.exact) == 1 for s in query_stems(c.exact[0])}
        return Marker(frozenset(words), frozenset(), frozenset(stems))


def parse(text: str, synonyms: Synonyms = NONE) -> TextQuery:
    """Never fails: an open quotation mark ends with the text, punctuation alone is nothing. What stands in quotation marks has no synonyms."""
    text = text[:LONGEST_QUERY]
    clauses: list[Clause] = []
    for match in _PART.finditer(text):
        is_phrase = match["phrase"] is not None
        raw = match["phrase"] if is_phrase else match["word"]
        tokens = analyse(raw)[:MOST_TOKENS]
        if not tokens or len(clauses) >= MOST_CLAUSES:
            continue
        folded, exact = tuple(t.folded for t in tokens), tuple(t.exact for t in tokens)
        clauses.append(Clause(raw, folded, exact, phrase=is_phrase, absent=match["minus"] is not None))
    query = TextQuery(text.strip(), tuple(clauses))
    if not synonyms:
        return query
    typed = [None if clause.phrase else (clause.folded, clause.exact) for clause in query.wanted]
    return TextQuery(query.text, query.clauses, tuple(synonyms.expansions(typed)))


def pasted_numbers(text: str) -> tuple[str, ...]:
    """The numbers of a pasted list (two or more, each looking like a number of an object), else nothing."""
    return _pasted(text)[:MOST_NUMBERS]


def numbers_left_out(text: str) -> int:
    """How many numbers of a pasted list are not looked up, because they stand behind the most that are."""
    return max(len(_pasted(text)) - MOST_NUMBERS, 0)


def _pasted(text: str) -> tuple[str, ...]:
    if len(text) < 3 or not any(separator in text for separator in "\n\r\t,;|、；，"):
        return ()
    items = identifiers.split_list(text)
    return tuple(items) if len(items) > 1 and all(identifiers.looks_like_identifier(item) for item in items[:MOST_NUMBERS]) else ()


def text_node(query: TextQuery, groups: tuple[str, ...], match: Match = "all") -> Node:
    """The tree of a visitor's query over the given publication classes."""
    if not query:
        return Everything()
    beginnings = len({clause.folded for clause in query.clauses if looks_like_number(clause.text)}) <= MOST_BEGINNINGS
    # what is said twice is asked once
    unwanted = tuple(dict.fromkeys(_clause(clause, groups, beginnings=beginnings) for clause in query.unwanted))
    wanted = list(dict.fromkeys(_parts(query, groups, fuzzy=match == "fuzzy", beginnings=beginnings)))
    if not wanted:
        return AllOf(must=(Everything(),), must_not=unwanted)
    body: Node
    if match == "most" and len(wanted) > 1:
        body = AnyOf(tuple(wanted), least=max(1, -(-len(wanted) // 2)))
    else:
        body = AllOf(must=tuple(wanted), should=_favours(query, groups))
    by_number = _whole_number(query, groups, beginnings=beginnings)
    if by_number:
        body = AnyOf((body, *by_number))
    return AllOf(must=(body,), must_not=unwanted) if unwanted else body


def numbers_node(numbers: tuple[str, ...], groups: tuple[str, ...]) -> Node:
    """Records that bear one of these numbers, in any spelling."""
    tokens = {f"={form}" for number in numbers for forms in (number_forms(number),) for form in (forms.norm, forms.tight) if form}
    found = tuple(Term(f"{group}.{NUMBER_FIELD}", token) for group in groups for token in sorted(tokens))
    return Constant(AnyOf(found), 1.0) if found else Nothing()


def suggestion_node(text: str, groups: tuple[str, ...]) -> Node:
    """Labels in which every typed word begins a word; those that begin with what was typed come first."""
    tokens = [token.folded[:15] for token in analyse(text)]
    if not tokens:
        return Nothing()
    words = tuple(AnyOf(tuple(Term(f"{group}.suggest", token) for group in groups)) for token in tokens)
    first = tuple(Constant(Term(f"{group}.suggest", f"^{tokens[0]}"), 5.0) for group in groups)
    full = tuple(Constant(Term(f"{group}.label", whole(text)), 20.0) for group in groups)
    numbers: tuple[Node, ...] = ()
    if looks_like_number(text):
        forms = number_forms(text)
        numbers = tuple(
            way
            for field in (f"{group}.{NUMBER_FIELD}" for group in groups)
            for form in dict.fromkeys((forms.norm, forms.tight))
            for way in (Constant(Term(field, f"={form}"), 30.0), Constant(Term(field, form), 20.0), Prefix(field, form, 10.0))
        )
    by_words = AllOf(must=words, should=(*first, *full))
    return AnyOf((by_words, *numbers)) if numbers else by_words


def _parts(query: TextQuery, groups: tuple[str, ...], *, fuzzy: bool, beginnings: bool) -> list[Node]:
    """The clauses that must hold; a stretch with synonyms is one part: itself or any of them."""
    clauses = query.wanted
    starts = {expansion.start: expansion for expansion in query.expansions}
    parts: list[Node] = []
    at = 0
    while at < len(clauses):
        expansion = starts.get(at)
        length = expansion.length if expansion else 1
        typed = [_clause(clause, groups, fuzzy=fuzzy, beginnings=beginnings) for clause in clauses[at : at + length]]
        node: Node = typed[0] if length == 1 else AllOf(must=tuple(typed))
        if expansion:
            others = (Clause(one.text, one.folded, one.exact, phrase=len(one.folded) > 1) for one in expansion.alternatives)
            node = Best((node, *(_clause(other, groups, worth=SYNONYM_WEIGHT) for other in others)))
        parts.append(node)
        at += length
    return parts


def _clause(clause: Clause, groups: tuple[str, ...], *, fuzzy: bool = False, beginnings: bool = True, worth: float = 1.0) -> Node:
    """One clause in any field of any group."""
    ways: list[Node] = []
    for group in groups:
        for name, weight in TEXT_FIELDS.items():
            field = f"{group}.{name}"
            if len(clause.folded) > 1:
                ways.append(Phrase(field, clause.folded, weight * worth))
            else:
                ways.append(Term(field, clause.folded[0], weight * worth))
            if joint := together(clause):
                ways.append(Term(field, joint, weight * worth))
        ways.extend(_extra(clause, group))
        if fuzzy:
            ways.extend(_fuzzy(clause, group))
        if not clause.phrase and looks_like_number(clause.text):
            ways.extend(_number(clause.text, group, beginnings=beginnings))
    return Best(tuple(ways))


def together(clause: Clause) -> str:
    """What was typed with a hyphen or an apostrophe, as others write it: ``soft-ground`` finds softground, ``hawai'i`` finds Hawaiʻi."""
    if clause.phrase or is_unspaced(clause.text) or looks_like_number(clause.text):
        return ""
    return "".join(clause.folded) if len(clause.folded) > 1 else next(iter(joined(clause.text)), "")


def _extra(clause: Clause, group: str) -> list[Node]:
    """Stems, single characters, joined words, parts of numbers."""
    if clause.phrase and len(clause.folded) > 1:
        return []
    field = f"{group}.extra"
    if len(clause.folded) > 1:
        return [] if is_unspaced(clause.text) else [Term(field, "".join(clause.folded), 1.0)]
    found: list[Node] = [Term(field, clause.folded[0], 1.0)]
    if not clause.phrase:
        found += [Term(field, stem, STEM_WEIGHT) for stem in query_stems(clause.exact[0])]
    return found


def _fuzzy(clause: Clause, group: str) -> list[Node]:
    """One letter wrong is forgiven in words of four letters and more, never in what has a digit."""
    if clause.phrase or len(clause.folded) > 1 or len(clause.folded[0]) < SHORTEST_FUZZY or looks_like_number(clause.text):
        return []
    return [Fuzzy(f"{group}.{name}", clause.folded[0], weight / 4) for name, weight in TEXT_FIELDS.items()]


def _number(text: str, group: str, *, beginnings: bool) -> list[Node]:
    forms = number_forms(text)
    field = f"{group}.{NUMBER_FIELD}"
    return [
        *(Constant(Term(field, f"={form}"), WHOLE_NUMBER) for form in dict.fromkeys((forms.norm, forms.tight))),
        *(Constant(Term(field, form), NUMBER_START) for form in dict.fromkeys((forms.norm, forms.tight))),
        *(Prefix(field, form, NUMBER_PREFIX) for form in dict.fromkeys((forms.norm, forms.tight)) if beginnings),
    ]


def _whole_number(query: TextQuery, groups: tuple[str, ...], *, beginnings: bool) -> tuple[Node, ...]:
    """The whole query as one number (``WMS 682``, ``1987 12 3a``)."""
    if len(query.wanted) < 2 or query.unwanted or not looks_like_number(query.text):
        return ()
    forms = number_forms(query.text)
    if len(forms.parts) > 6 or not forms.norm:
        return ()
    spellings = tuple(dict.fromkeys((forms.norm, forms.tight)))
    found: list[Node] = []
    for group in groups:
        field = f"{group}.{NUMBER_FIELD}"
        for form in spellings:
            found += [Constant(Term(field, f"={form}"), WHOLE_NUMBER), Constant(Term(field, form), NUMBER_START)]
        if beginnings:  # with its joints: “1 2” is no beginning of 12, nor of 120
            found.append(Prefix(field, forms.norm, NUMBER_PREFIX))
    return tuple(found)


def _favours(query: TextQuery, groups: tuple[str, ...]) -> tuple[Node, ...]:
    """What puts a hit higher: the whole label, the words side by side in the title, the marks as typed."""
    favours: list[Node] = []
    label = whole(" ".join(clause.text for clause in query.wanted))
    folded = tuple(word for clause in query.wanted for word in clause.folded)
    marked = tuple(dict.fromkeys(word for clause in query.wanted for word in clause.marked))
    for group in groups:
        if label:
            favours.append(Constant(Term(f"{group}.label", label), WHOLE_LABEL))
        if len(query.wanted) > 1:
            favours.append(Phrase(f"{group}.title", folded, TITLE_PHRASE))
        favours += [Constant(Term(f"{group}.exact", word), EXACT_MARKS) for word in marked]
    return tuple(favours)
