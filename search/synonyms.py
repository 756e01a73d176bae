"""Synonyms: what a museum says means the same. They widen a query when it is asked; no index knows of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from search.text import analyse
from search.text.tokens import is_unspaced

Direction = Literal["both", "first"]
LONGEST_EXPRESSION = 6  # words, as they are written with spaces between them
MOST_TOKENS = 24  # of one expression: a word of a script without spaces is many
MOST_ALTERNATIVES = 40  # of one stretch, however many rules name it: each is looked for in every field, and engines bound that
_SEPARATORS = re.compile(r"[,;\n\r|、，；]+|=>|→")
# A part of what was typed: its tokens, folded and exact; None for a phrase. A word with a hyphen, or in a script without spaces, has several.
Typed = tuple[tuple[str, ...], tuple[str, ...]] | None
_SIGNS = re.compile(r'["“”„«»「」]')


@dataclass(frozen=True, slots=True)
class Expression:
    """A word or a few words that stand together: as written, folded, and with their marks."""

    text: str
    folded: tuple[str, ...]
    exact: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Expression | None:
        """The expression of a written text; None when it has no word or too many."""
        tokens = analyse(text)
        if not tokens or len(tokens) > MOST_TOKENS or len(text.split()) > LONGEST_EXPRESSION:
            return None
        # quotation marks and a minus say something in a search, and nothing here
        bare = " ".join(_SIGNS.sub(" ", text).split()).lstrip("-−– ")
        return cls(bare, tuple(token.folded for token in tokens), tuple(token.exact for token in tokens))

    def is_meant_by(self, folded: Sequence[str], exact: Sequence[str]) -> bool:
        """True when typed words are this expression. A word typed with marks must bear the same: ``sư`` (monk) is not ``sứ`` (porcelain).

        Forms of one Han character, and the two kana, are no marks.
        """
        return self.folded == tuple(folded) and all(
            typed in (plain, own) or is_unspaced(typed) for typed, plain, own in zip(exact, self.folded, self.exact, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """Expressions that mean the same; with direction "first", only the first one finds the others."""

    expressions: tuple[Expression, ...]
    direction: Direction = "both"


@dataclass(frozen=True, slots=True)
class Expansion:
    """Typed parts, from ``start`` on ``length`` of them, and what else they find."""

    start: int
    length: int
    alternatives: tuple[Expression, ...]


class Synonyms:
    """All rules, looked up by the first folded word. Equal when the rules are."""

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        self.rules = tuple(rules)
        self._by_first: dict[str, list[tuple[Expression, tuple[Expression, ...]]]] = {}
        for rule in self.rules:
            finders = rule.expressions if rule.direction == "both" else rule.expressions[:1]
            for one in finders:
                others = tuple(other for other in rule.expressions if other is not one)
                self._by_first.setdefault(one.folded[0], []).append((one, others))

    def __bool__(self) -> bool:
        return bool(self.rules)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Synonyms) and self.rules == other.rules

    def __hash__(self) -> int:
        return hash(self.rules)

    def expansions(self, typed: Sequence[Typed]) -> list[Expansion]:
        """What typed parts find besides themselves. The longest expression wins, and it ends where a part ends."""
        found: list[Expansion] = []
        at = 0
        while at < len(typed):
            expansion = self._at(typed, at)
            if expansion:
                found.append(expansion)
            at += expansion.length if expansion else 1
        return found

    def _at(self, typed: Sequence[Typed], at: int) -> Expansion | None:
        first = typed[at]
        candidates = self._by_first.get(first[0][0], ()) if first else ()
        best: dict[int, dict[Expression, None]] = {}
        for expression, others in candidates:
            if length := _parts_of(expression, typed, at):
                best.setdefault(length, {}).update(dict.fromkeys(others))
        if not best:
            return None
        length = max(best)
        return Expansion(at, length, tuple(best[length])[:MOST_ALTERNATIVES])


def _parts_of(expression: Expression, typed: Sequence[Typed], at: int) -> int:
    """How many typed parts, from the one at that place on, are this expression; 0 when they are not."""
    folded: list[str] = []
    exact: list[str] = []
    for count, part in enumerate(typed[at:], 1):
        if part is None:
            return 0
        folded += part[0]
        exact += part[1]
        if len(folded) >= len(expression.folded):
            return count if expression.is_meant_by(folded, exact) else 0
    return 0


NONE = Synonyms()


def as_one(text: str) -> str:
    """What somebody typed as one expression of such a list."""
    return " ".join(_SEPARATORS.sub(" ", text).split())


def expressions_in(text: str) -> list[Expression]:
    """The expressions of a list as staff write it (by comma, semicolon, line or arrow), each once. Raises ValueError for one that cannot be used."""
    found: dict[tuple[str, ...], Expression] = {}
    for part in _SEPARATORS.split(text):
        if not part.strip():
            continue
        expression = Expression.of(part)
        if expression is None:
            raise ValueError(
                _("“%(part)s” is not a word or up to %(most)d words.") % {"part": part.strip()[:80], "most": LONGEST_EXPRESSION}
            )
        found.setdefault(expression.exact, expression)
    return list(found.values())
