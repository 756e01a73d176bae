"""Synonyms: what a museum says means the same. They widen a query when it is asked; no index knows of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from search.text import analyse

Direction = Literal["both", "first"]
LONGEST_EXPRESSION = 6  # words
MOST_ALTERNATIVES = 40  # of one stretch, however many rules name it: each is looked for in every field, and engines bound that
_SEPARATORS = re.compile(r"[,;\n\r|、，；]+|=>|→")
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
        if not 0 < len(tokens) <= LONGEST_EXPRESSION:
            return None
        # quotation marks and a minus say something in a search, and nothing here
        bare = " ".join(_SIGNS.sub(" ", text).split()).lstrip("-−– ")
        return cls(bare, tuple(token.folded for token in tokens), tuple(token.exact for token in tokens))

    def is_meant_by(self, folded: Sequence[str], exact: Sequence[str]) -> bool:
        """True when typed words are this expression. A word typed with marks must bear the same: ``sư`` (monk) is not ``sứ`` (porcelain)."""
        return self.folded == tuple(folded) and all(
            typed in (plain, own) for typed, plain, own in zip(exact, self.folded, self.exact, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """Expressions that mean the same; with direction "first", only the first one finds the others."""

    expressions: tuple[Expression, ...]
    direction: Direction = "both"


@dataclass(frozen=True, slots=True)
class Expansion:
    """Typed words, from ``start`` on ``length`` of them, and what else they find."""

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

    def expansions(self, words: Sequence[tuple[str, str] | None]) -> list[Expansion]:
        """What typed words find besides themselves: (folded, exact) each, None where something else stands. The longest expression wins."""
        found: list[Expansion] = []
        at = 0
        while at < len(words):
            expansion = self._at(words, at)
            if expansion:
                found.append(expansion)
            at += expansion.length if expansion else 1
        return found

    def _at(self, words: Sequence[tuple[str, str] | None], at: int) -> Expansion | None:
        first = words[at]
        candidates = self._by_first.get(first[0], ()) if first else ()
        best: dict[int, dict[Expression, None]] = {}
        for expression, others in candidates:
            typed = words[at : at + len(expression.folded)]
            pairs = [pair for pair in typed if pair is not None]
            if len(pairs) == len(expression.folded) and expression.is_meant_by([p[0] for p in pairs], [p[1] for p in pairs]):
                best.setdefault(len(pairs), {}).update(dict.fromkeys(others))
        if not best:
            return None
        length = max(best)
        return Expansion(at, length, tuple(best[length])[:MOST_ALTERNATIVES])


NONE = Synonyms()


def expressions_in(text: str) -> list[Expression]:
    """The expressions of a list as staff write it (by comma, semicolon, line or arrow), each once. Raises ValueError for one that cannot be used."""
    found: dict[tuple[str, ...], Expression] = {}
    for part in _SEPARATORS.split(text):
        if not part.strip():
            continue
        expression = Expression.of(part)
        if expression is None:
            raise ValueError(f"“{part.strip()[:80]}” is not a word or up to {LONGEST_EXPRESSION} words.")
        found.setdefault(expression.exact, expression)
    return list(found.values())
