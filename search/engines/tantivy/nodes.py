"""Nodes as Tantivy queries."""

from __future__ import annotations

import re

import tantivy
from tantivy import Occur, Query

from search.documents import TEXT_FIELDS
from search.engines.compiled import spaceless
from search.plan import After, AllOf, AnyOf, Best, Constant, Everything, Fuzzy, Node, Nothing, Phrase, Prefix, Range, Term, Terms, Wildcard

_SPECIAL = re.compile(r"([\\.+*?()|\[\]{}^$])")
_ESCAPED = r"\\\1"


class Translator:
    """Nodes → queries for one schema. A field that the index does not have finds nothing."""

    def __init__(self, schema: tantivy.Schema, fields: frozenset[str]) -> None:
        self.schema = schema
        self.fields = fields

    def query(self, node: Node) -> Query:
        """The query of a node."""
        name = getattr(node, "field", None)
        if name is not None and name not in self.fields:
            return Query.empty_query()
        return getattr(self, f"_{type(node).__name__.lower()}")(node)

    def _everything(self, node: Everything) -> Query:
        return Query.all_query()

    def _nothing(self, node: Nothing) -> Query:
        return Query.empty_query()

    def _term(self, node: Term) -> Query:
        option = "freq" if node.field.rpartition(".")[2] in _WORD_NAMES else "basic"
        return _boosted(Query.term_query(self.schema, node.field, spaceless(node.token), option), node.boost)

    def _terms(self, node: Terms) -> Query:
        if len(node.tokens) == 1:
            return Query.const_score_query(Query.term_query(self.schema, node.field, spaceless(node.tokens[0]), "basic"), 0.0)
        return Query.const_score_query(Query.term_set_query(self.schema, node.field, list(map(spaceless, node.tokens))), 0.0)

    def _phrase(self, node: Phrase) -> Query:
        if len(node.tokens) == 1:
            return self._term(Term(node.field, node.tokens[0], node.boost))
        return _boosted(Query.phrase_query(self.schema, node.field, list(node.tokens)), node.boost)

    def _prefix(self, node: Prefix) -> Query:
        pattern = _SPECIAL.sub(_ESCAPED, node.prefix) + ".*"
        return Query.const_score_query(Query.regex_query(self.schema, node.field, pattern), node.boost)

    def _wildcard(self, node: Wildcard) -> Query:
        pattern = "".join("." if piece is None else _SPECIAL.sub(r"\\\1", piece) or ".*" for piece in node.pieces)
        return Query.const_score_query(Query.regex_query(self.schema, node.field, pattern), 1.0)

    def _fuzzy(self, node: Fuzzy) -> Query:
        return _boosted(Query.fuzzy_term_query(self.schema, node.field, node.token, 1, True), node.boost)

    def _range(self, node: Range) -> Query:
        found = Query.range_query(self.schema, node.field, tantivy.FieldType.Integer, node.low, node.high)
        return Query.const_score_query(found, 0.0)

    def _after(self, node: After) -> Query:
        """Texts have no ranges here: what comes after is what begins alike and goes on with a later letter, or with anything."""
        parts = [_SPECIAL.sub(_ESCAPED, node.ident) + ".+"]
        for at, char in enumerate(node.ident):
            if "!" <= char < "~":
                parts.append(f"{_SPECIAL.sub(_ESCAPED, node.ident[:at])}[\\x{ord(char) + 1:02x}-~].*")
        return Query.const_score_query(Query.regex_query(self.schema, "id", "|".join(f"({part})" for part in parts)), 0.0)

    def _constant(self, node: Constant) -> Query:
        return Query.const_score_query(self.query(node.node), node.score)

    def _best(self, node: Best) -> Query:
        return Query.disjunction_max_query([self.query(one) for one in node.nodes], node.share)

    def _anyof(self, node: AnyOf) -> Query:
        parts = [(Occur.Should, self.query(one)) for one in node.nodes]
        return Query.boolean_query(parts, minimum_number_should_match=node.least)

    def _allof(self, node: AllOf) -> Query:
        parts = [(Occur.Must, self.query(one)) for one in node.must]
        parts += [(Occur.Must, Query.const_score_query(self.query(one), 0.0)) for one in node.filters]
        if not parts:  # Tantivy wants something to take away from, and would ask for one of what is only favoured
            parts.append((Occur.Must, Query.const_score_query(Query.all_query(), 0.0)))
        parts += [(Occur.Should, self.query(one)) for one in node.should]
        parts += [(Occur.MustNot, self.query(one)) for one in node.must_not]
        return parts[0][1] if len(parts) == 1 else Query.boolean_query(parts)


_WORD_NAMES = frozenset(TEXT_FIELDS)


def _boosted(query: Query, boost: float) -> Query:
    return query if boost == 1.0 else Query.boost_query(query, boost)
