"""Nodes as Elasticsearch's query language, plain dicts."""

from __future__ import annotations

import re
from typing import Any

from search.engines.compiled import spaceless
from search.plan import After, AllOf, AnyOf, Best, Constant, Everything, Fuzzy, Node, Nothing, Phrase, Prefix, Range, Term, Terms, Wildcard

_WILD = re.compile(r"([*?\\])")


def to_dsl(node: Node) -> dict[str, Any]:
    """The query of a node."""
    return _SAY[type(node)](node)


def _many(nodes: tuple[Node, ...]) -> list[dict[str, Any]]:
    return [to_dsl(node) for node in nodes]


def _phrase(node: Phrase) -> dict[str, Any]:
    if len(node.tokens) == 1:
        return to_dsl(Term(node.field, node.tokens[0], node.boost))
    # The analyzer of the field parts at white space: the tokens come out as they are.
    return {"match_phrase": {node.field: {"query": " ".join(node.tokens), "boost": node.boost}}}


def _all_of(node: AllOf) -> dict[str, Any]:
    parts = {"must": node.must, "should": node.should, "must_not": node.must_not, "filter": node.filters}
    said: dict[str, Any] = {name: _many(nodes) for name, nodes in parts.items() if nodes}
    if node.should and not node.must and not node.filters:
        said["minimum_should_match"] = 0
    return {"bool": said} if said else {"match_all": {"boost": 0.0}}


def _range(node: Range) -> dict[str, Any]:
    bounds = {"gte": node.low, "lte": node.high}
    return _zero({"range": {node.field: {name: value for name, value in bounds.items() if value is not None}}})


def _wildcard(node: Wildcard) -> dict[str, Any]:
    pattern = "".join("?" if piece is None else _WILD.sub(r"\\\1", piece) or "*" for piece in node.pieces)
    return {"constant_score": {"filter": {"wildcard": {node.field: {"value": pattern}}}}}


def _zero(query: dict[str, Any]) -> dict[str, Any]:
    return {"constant_score": {"filter": query, "boost": 0.0}}


_SAY: dict[type[Node], Any] = {
    Everything: lambda node: {"match_all": {}},
    Nothing: lambda node: {"match_none": {}},
    Term: lambda node: {"term": {node.field: {"value": spaceless(node.token), "boost": node.boost}}},
    Terms: lambda node: _zero({"terms": {node.field: list(map(spaceless, node.tokens))}}),
    Phrase: _phrase,
    Prefix: lambda node: {"constant_score": {"filter": {"prefix": {node.field: node.prefix}}, "boost": node.boost}},
    Wildcard: _wildcard,
    Fuzzy: lambda node: {"fuzzy": {node.field: {"value": node.token, "fuzziness": 1, "transpositions": True, "boost": node.boost}}},
    Range: _range,
    After: lambda node: _zero({"range": {"id": {"gt": node.ident}}}),
    Constant: lambda node: {"constant_score": {"filter": to_dsl(node.node), "boost": node.score}},
    Best: lambda node: {"dis_max": {"queries": _many(node.nodes), "tie_breaker": node.share}},
    AnyOf: lambda node: {"bool": {"should": _many(node.nodes), "minimum_should_match": node.least}},
    AllOf: _all_of,
}
