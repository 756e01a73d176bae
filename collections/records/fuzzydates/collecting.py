"""From the tokens of a text to its spans: chains of atoms joined by "to" or "or", each with the label that stands by it."""

from __future__ import annotations

from collections.abc import Sequence

from records.fuzzydates.atoms import Atom
from records.fuzzydates.lexer import Token
from records.fuzzydates.reader import Reader
from records.fuzzydates.spans import Span, span_of_chain

_JOINS = frozenset({"-", "/", "to", "or"})
_CLAUSE_ENDS = frozenset({";", ")"})


def spans_of(found: Sequence[Token], languages: Sequence[str]) -> list[Span]:
    """The spans of a text in its order, labelled ("printed", "designed" …) and marked when they stand in brackets."""
    return _Collector(found, languages).collect()


class _Collector:
    def __init__(self, found: Sequence[Token], languages: Sequence[str]) -> None:
        self.found = found
        self.languages = languages
        self.reader = Reader(found, _day_first(languages))
        self.spans: list[Span] = []
        self.chain: list[Atom] = []
        self.label = ""
        self.joined = False
        self.bracketed = False

    def collect(self) -> list[Span]:
        i = 0
        while i < len(self.found):
            i = self._join(i) or self._atom(i) or self._between(i)
        self._close()
        return self.spans

    def _join(self, i: int) -> int:
        """A dash, "to", "or" between two times."""
        kind = self.found[i][0]
        if kind == "end" and len(self.chain) == 1 and self.chain[0].number and self.chain[0].unit is None:
            self.chain[0].bound = self.chain[0].bound or "since"  # 1989-
        ordinal = bool(self.chain) and self.chain[-1].ordinal
        if not (kind in _JOINS or (kind == "zum" and ordinal)) or (kind == "to" and not self.chain):
            return 0  # vom 19. zum 20. Jahrhundert, but no "zum Jubiläum"
        self.joined = True
        return i + 1

    def _atom(self, i: int) -> int:
        atom, after = self.reader.read(i)
        if atom is None and self.found[i][0] == "to" and i + 1 < len(self.found):
            atom, after = self.reader.read(i + 1)
            if atom is not None:
                atom.bound = atom.bound or "till"  # bis 1850
        if atom is None:
            return 0
        if not self.joined and self.chain and _is_decade_of(self.chain[0], atom):
            for decade in self.chain:
                if decade.digits <= 2 and decade.number is not None:
                    decade.number, decade.digits = ((atom.number or 0) - 1) * 100 + decade.number, 4
            return after
        if not self.joined and self.chain and _is_decade_of(atom, self.chain[-1]):
            atom.number, atom.digits = ((self.chain[-1].number or 0) - 1) * 100 + (atom.number or 0), 4
            self.chain[-1] = atom
            return after
        if not self.joined and not self._goes_on_to(atom):
            self._close()
        self.chain.append(atom)
        self.joined = False
        return after

    def _goes_on_to(self, atom: Atom) -> bool:
        """Thế kỷ 19 đầu 20: the next century, its noun left out."""
        last = self.chain[-1] if self.chain else None
        if last is None or last.unit != "century" or not last.noun_first or atom.part is None or atom.unit is not None or atom.digits > 2:
            return False
        return atom.number is not None and atom.number == (last.number or 0) + 1

    def _between(self, i: int) -> int:
        """What is neither a time nor joins two."""
        kind, value = self.found[i]
        if kind == "present" and self.chain:
            self.chain[-1].bound = "since"
        elif kind == "label":
            self._labelled(value, i + 1)
        if kind in _CLAUSE_ENDS:
            self._close()
            self.label, self.bracketed = "", False
        elif kind == "(":
            self._close()
            self.bracketed = True
        self.joined = self.joined and kind == "label"
        return i + 1

    def _labelled(self, value: str, i: int) -> None:
        """A label belongs to the time after it, or to the one before it when its clause ends there."""
        self._close()
        ends = i >= len(self.found) or self.found[i][0] in (",", ";", ")")
        if ends and self.spans and not (i >= 2 and self.found[i - 2][0] == ","):
            self.spans[-1].label = self.spans[-1].label or value
        else:
            self.label = value

    def _close(self) -> None:
        if self.chain and (span := span_of_chain(self.chain, self.languages)) is not None:
            span.label = span.label or self.label
            span.bracketed = self.bracketed
            self.spans.append(span)
            self.label = ""
        self.chain.clear()


def _is_decade_of(decade: Atom, century: Atom) -> bool:
    """Những năm 60 thế kỷ 20: a decade named within its century."""
    if decade.unit != "decade" or decade.digits > 2 or decade.number is None:
        return False
    return century.unit == "century" and 1 <= (century.number or 0) <= 21 and century.part is None and not century.era


def _day_first(languages: Sequence[str]) -> bool | None:
    if not languages:
        return None
    return languages[0] != "en-US" if languages[0] != "en" else None
