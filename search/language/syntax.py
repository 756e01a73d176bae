"""The tree of a query: frozen values that know where in the text they stood. Two trees that say the same are equal, wherever they stood."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Operator = Literal[":", "=", ">", ">=", "<", "<="]
OPERATORS: tuple[Operator, ...] = (">=", "<=", ">", "<", "=")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of the typed text, the end excluded."""

    start: int = 0
    end: int = 0


NOWHERE = Span()


@dataclass(frozen=True, slots=True)
class Value:
    """A value as typed. In one without quotation marks ``*`` and ``?`` are wildcards, unless ``\\`` stands before them."""

    text: str
    quoted: bool = False
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    @property
    def wild(self) -> bool:
        """True when it holds a wildcard."""
        bare = self.text.replace("\\\\", "").replace("\\*", "").replace("\\?", "")
        return not self.quoted and ("*" in bare or "?" in bare)

    @property
    def plain(self) -> str:
        """The text without the escapes."""
        return self.text if self.quoted else self.text.replace("\\\\", "\0").replace("\\", "").replace("\0", "\\")


class Tree:
    """A part of a query."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Everything(Tree):
    """An empty query."""

    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Words(Tree):
    """A word or a phrase, looked for in all texts."""

    value: Value
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Present(Tree):
    """``name:*``: the field says something."""

    name: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Compare(Tree):
    """``name:value``, ``name:="exactly this"``, ``name:>=1900``. ``span`` is the whole, ``named`` the name alone."""

    name: str
    operator: Operator
    value: Value
    span: Span = field(default=NOWHERE, compare=False, repr=False)
    named: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Between(Tree):
    """``name:[low TO high]``, both included; None is open."""

    name: str
    low: Value | None
    high: Value | None
    span: Span = field(default=NOWHERE, compare=False, repr=False)
    named: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Not(Tree):
    """What does not hold."""

    part: Tree
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class And(Tree):
    """All of two or more parts."""

    parts: tuple[Tree, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Or(Tree):
    """Any of two or more parts."""

    parts: tuple[Tree, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)
