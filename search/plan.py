"""The query as a small tree of neutral nodes, which each engine says in its own words. The curators' language compiles to the same nodes."""

from __future__ import annotations

from dataclasses import dataclass


class Node:
    """A part of a query."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Everything(Node):
    """Every document."""


@dataclass(frozen=True, slots=True)
class Nothing(Node):
    """No document."""


@dataclass(frozen=True, slots=True)
class Term(Node):
    """Documents with this token in this field."""

    field: str
    token: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Terms(Node):
    """Documents with any of these tokens; they do not count for the ranking."""

    field: str
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase(Node):
    """Tokens one after another."""

    field: str
    tokens: tuple[str, ...]
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Prefix(Node):
    """Documents with a token that begins so; all score alike."""

    field: str
    prefix: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Wildcard(Node):
    """Documents with a token of this pattern: pieces of text with anything between two of them (``None``: any one character)."""

    field: str
    pieces: tuple[str | None, ...]  # "" stands for "any number of characters"


@dataclass(frozen=True, slots=True)
class Fuzzy(Node):
    """Documents with a token one letter away (changed, missing, added, or two changed about)."""

    field: str
    token: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Range(Node):
    """Whole numbers from ``low`` to ``high``, both included, None for open."""

    field: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class After(Node):
    """Documents whose id comes after this one, in the order of code points; ids are plain ASCII."""

    ident: str


@dataclass(frozen=True, slots=True)
class AllOf(Node):
    """``must`` all hold, ``must_not`` none; what ``should`` holds besides counts for the ranking only."""

    must: tuple[Node, ...] = ()
    should: tuple[Node, ...] = ()
    must_not: tuple[Node, ...] = ()
    filters: tuple[Node, ...] = ()  # must hold, without a part in the ranking


@dataclass(frozen=True, slots=True)
class AnyOf(Node):
    """At least ``least`` of them; scores add up."""

    nodes: tuple[Node, ...]
    least: int = 1


@dataclass(frozen=True, slots=True)
class Best(Node):
    """Any of them; the best one's score counts, and a share of the others'."""

    nodes: tuple[Node, ...]
    share: float = 0.2


@dataclass(frozen=True, slots=True)
class Constant(Node):
    """What the node finds, each with this score."""

    node: Node
    score: float
