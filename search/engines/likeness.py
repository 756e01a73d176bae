"""Records like one: by what they share, and by how their pictures look. The engine finds candidates, the rest is done here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from search import looks
from search.documents import Audience
from search.engines.compiled import SHAREABLE
from search.plan import AllOf, AnyOf, Constant, Node, Term
from search.requests import Hit

if TYPE_CHECKING:
    from search.engines.answering import AnsweringEngine, RawHit

# What a shared value is worth for "similar": a maker in common says more than a material.
SHARED_WEIGHTS = dict(zip(SHAREABLE, (3.0, 2.0, 1.5, 1.5, 2.0, 1.0, 1.0, 1.0, 1.5, 1.0), strict=True))
MOST_VALUES = 12  # of one facet
CANDIDATES = 60  # pictures that are looked at closely: those that share most of their hash


def similar(engine: AnsweringEngine, audience: Audience, ident: str, limit: int) -> list[Hit]:
    """Records of the same kind that share most; rare values count more."""
    source = _own(engine, audience, ident)
    if source is None:
        return []
    shared = tuple(
        Term(f"filter.{name}", value, SHARED_WEIGHTS[name]) for name, values in source["shared"].items() for value in values[:MOST_VALUES]
    )
    if not shared:
        return []
    return [_hit(raw) for raw in _found(engine, audience, AnyOf(shared), ident, source["kind"], limit)]


def look_alike(engine: AnsweringEngine, audience: Audience, ident: str, limit: int) -> list[Hit]:
    """Records whose pictures look most like this one's, the nearest first; none where the record has no picture."""
    source = _own(engine, audience, ident)
    own = (source or {}).get("looks")
    if source is None or not own:
        return []
    alike = tuple(Constant(Term("filter.looks", token), 1.0) for token in looks.tokens(own["hash"]))
    shape = AnyOf(alike, least=looks.FEWEST_ALIKE)
    raws = _found(engine, audience, shape, ident, source["kind"], CANDIDATES)
    ranked = sorted((looks.far(own, raw.source["looks"]), raw.id, raw) for raw in raws if raw.source.get("looks"))
    return [_hit(raw, 1 - far) for far, _, raw in ranked[:limit] if far <= looks.FURTHEST]


def _own(engine: AnsweringEngine, audience: Audience, ident: str) -> dict[str, Any] | None:
    from search.engines.answering import Question

    hits = engine.ask(audience, [Question(Term("id", ident), limit=1)])[0].hits
    return hits[0].source if hits else None


def _found(engine: AnsweringEngine, audience: Audience, wanted: Node, ident: str, kind: str, limit: int) -> list[RawHit]:
    from search.engines.answering import Question

    node = AllOf(must=(wanted,), must_not=(Term("id", ident),), filters=(Term("filter.kind", kind),))
    return engine.ask(audience, [Question(node, limit=limit)])[0].hits


def _hit(raw: RawHit, score: float | None = None) -> Hit:
    return Hit(raw.id, raw.source["kind"], raw.version, raw.score if score is None else score, raw.source["display"])
