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


def neighbours(engine: AnsweringEngine, audience: Audience, ident: str, similar: int, alike: int) -> tuple[list[Hit], list[Hit]]:
    """(Records of the same kind that share most, rare values counting more; those whose pictures look most like this one's, the nearest
    first): one question for the record, and one round for both.
    """
    from search.engines.answering import Question

    hits = engine.ask(audience, [Question(Term("id", ident), limit=1, counted=False)])[0].hits
    if not hits:
        return [], []
    source = hits[0].source
    wanted = {
        name: (node, limit)
        for name, node, limit in (("similar", _shared(source), similar), ("alike", _shape(source), CANDIDATES if alike else 0))
        if node and limit
    }
    if not wanted:
        return [], []
    others = {"must_not": (Term("id", ident),), "filters": (Term("filter.kind", source["kind"]),)}
    questions = [Question(AllOf(must=(node,), **others), limit=limit, counted=False) for node, limit in wanted.values()]
    found = {name: answer.hits for name, answer in zip(wanted, engine.ask(audience, questions), strict=True)}
    return [_hit(raw) for raw in found.get("similar", ())], _nearest(source.get("looks"), found.get("alike", []), alike)


def _shared(source: dict[str, Any]) -> Node | None:
    """What the record shares with others; None where it has no value that could be shared."""
    shared = tuple(
        Term(f"filter.{name}", value, SHARED_WEIGHTS[name]) for name, values in source["shared"].items() for value in values[:MOST_VALUES]
    )
    return AnyOf(shared) if shared else None


def _shape(source: dict[str, Any]) -> Node | None:
    """Pictures whose hash is much like this one's; None where the record has no picture."""
    own = source.get("looks")
    if not own:
        return None
    return AnyOf(tuple(Constant(Term("filter.looks", token), 1.0) for token in looks.tokens(own["hash"])), least=looks.FEWEST_ALIKE)


def _nearest(own: Any, raws: list[RawHit], limit: int) -> list[Hit]:
    ranked = sorted((looks.far(own, raw.source["looks"]), raw.id, raw) for raw in raws if raw.source.get("looks"))
    return [_hit(raw, 1 - far) for far, _, raw in ranked[:limit] if far <= looks.FURTHEST]


def _hit(raw: RawHit, score: float | None = None) -> Hit:
    return Hit(raw.id, raw.source["kind"], raw.version, raw.score if score is None else score, raw.source["display"])
