"""From tokens to atoms: reads what stands before a time, the time itself, and what stands behind it."""

from __future__ import annotations

from collections.abc import Sequence

from records.fuzzydates.atoms import BOUNDS, SPANS, Atom, Part
from records.fuzzydates.lexer import Number, Token

_FLAGS = {"circa": ("circa", True), "maybe": ("uncertain", True), **{bound: ("bound", bound) for bound in BOUNDS}}
_FLAGS_BEHIND = {"?": ("uncertain", True), "or later": ("bound", "since"), "or earlier": ("bound", "till")}
_LEADING_ERAS = {"bc": "bc", "ad": "ad", "ah": "ah", "saka": "saka", "bp": "bp"}
_TRAILING_ERAS = frozenset(_LEADING_ERAS)
_PASSED_OVER = frozenset({"from", "lunar", "daynoun"})
_AFTER_NOUN = frozenset({"n", "r", "ord", "bc", "zen", "part", "circa"})
_LIMITS = frozenset({"circa", *BOUNDS})
_HYPHENATED = frozenset({"part", "div", "circa", *BOUNDS})
_AFTER_HYPHEN = frozenset({"n", "r", "ord", "name", "century", "part", "div", "marc"})


class Reader:
    """Reads atoms from a list of tokens; ``read`` returns the atom at a position and the position after it."""

    def __init__(self, tokens: Sequence[Token], day_first: bool | None) -> None:
        self.tokens = tokens
        self.size = len(tokens)
        self.day_first = day_first

    def kind(self, i: int) -> str:
        return self.tokens[i][0] if i < self.size else ""

    def number(self, i: int) -> Number | None:
        return self.tokens[i][1] if i < self.size and self.tokens[i][0] in ("n", "r") else None

    def read(self, i: int) -> tuple[Atom | None, int]:
        """The atom that begins at ``i``, or (None, i)."""
        atom = Atom()
        start = i
        i = self._prefixes(atom, i)
        after = self._core(atom, i)
        if after == i:
            return (atom, i) if atom.part or atom.month else (None, start)
        return atom, self._suffixes(atom, after)

    def _prefixes(self, atom: Atom, i: int) -> int:
        while i < self.size and (after := self._prefix(atom, i)):
            i = after
        return i

    def _prefix(self, atom: Atom, i: int) -> int:
        """Read one thing that stands before a time; the position after it, 0 when there is none."""
        kind = self.kind(i)
        if kind in _FLAGS:
            setattr(atom, *_FLAGS[kind])
        elif kind in ("bc", "ad") and self.tokens[i][1] in BOUNDS:
            atom.bound = self.tokens[i][1]
        elif kind == "year":
            atom.unit = atom.unit or "year"
        elif kind in SPANS:
            if self.kind(i + 1) not in _AFTER_NOUN and not self._is_part(i + 1):
                return 0
            atom.unit, atom.noun_first = kind, True
        elif kind in _LEADING_ERAS or (kind == "zen" and self.number(i + 1)):
            atom.era, atom.era_first = _LEADING_ERAS.get(kind, "bc"), True
        elif kind == "month":
            return self._month(atom, i)
        elif kind == "monthnoun" and self.number(i + 1):
            atom.month = self._valid_month(i + 1)
            return i + 2
        elif kind not in _PASSED_OVER and kind != "monthnoun" and not self._joins(atom, i):
            return self._part_at(atom, i)
        return i + 1

    def _joins(self, atom: Atom, i: int) -> bool:
        """A hyphen that belongs to the word before it (mid-18th, pre-1800), a comma typed for the stop of "c.", the "or" of "vor oder um"."""
        if self.kind(i) in ("or", "/") and (atom.circa or atom.bound) and self.kind(i + 1) in _LIMITS:
            return self.kind(i - 1) in _LIMITS
        if not (self.kind(i) == "-" or (self.kind(i) == "," and atom.circa)) or i == 0:
            return False
        return self.kind(i - 1) in _HYPHENATED and self.kind(i + 1) in _AFTER_HYPHEN

    def _is_part(self, i: int) -> bool:
        return self.kind(i) in ("n", "r", "ord") and self._division(i + 1) > 0

    def _division(self, i: int) -> int:
        """Into how many parts the word at ``i`` divides a century; 0 for another word. A decade is a tenth after an ordinal."""
        if self.kind(i) == "div":
            return self.tokens[i][1]
        if list(self.tokens[i : i + 1]) == [("ord", 3)] and self._is_ordinal(i - 1) and self.kind(i + 1) in ("n", "r", "ord", "century"):
            return 3  # the first third of
        return 10 if self.kind(i) == "decade" and self._is_ordinal(i - 1) else 0

    def _is_ordinal(self, i: int) -> bool:
        return self.kind(i) == "ord" or (self.kind(i) == "n" and self.tokens[i][1].suffix == "o")

    def _part_at(self, atom: Atom, i: int) -> int:
        """Read "early", "second half", "mid to late" at ``i``; the position after it, 0 when there is none."""
        part, after = self._one_part(i)
        if part is None:
            return 0
        j = after
        while self.kind(j) in ("-", "to", "or", "/") and j < after + 2:
            j += 1
        second, beyond = self._one_part(j) if j > after or self.kind(j) == "part" else (None, j)
        if second is not None and self.kind(beyond) in ("n", "r", "ord", "century", "name", "-"):
            part, after = _joined(part, second), beyond
        atom.part = _within(part, atom.part) if atom.part else part
        return after

    def _one_part(self, i: int) -> tuple[Part | None, int]:
        if self.kind(i) in ("part", "rear part"):
            return self.tokens[i][1], i + 1
        if self.kind(i) in ("n", "r", "ord") and (count := self._division(i + 1)):
            which = self.tokens[i][1] if self.kind(i) == "ord" else self.tokens[i][1].value
            which = count if which == -1 else which
            if 1 <= which <= count:
                return (which - 1, which, count), i + 2
        if self.kind(i) == "div" and self.kind(i + 1) == "ord":
            count, which = self.tokens[i][1], self.tokens[i + 1][1]
            which = count if which == -1 else which
            if 1 <= which <= count:
                return (which - 1, which, count), i + 2
        if self.kind(i) == "div" and self.tokens[i][1] == 2 and self.kind(i + 1) in ("century", "r", "n"):
            return (1, 2, 3), i + 1  # metà del secolo
        return None, i

    def _core(self, atom: Atom, i: int) -> int:
        """Read what the atom is about at ``i``; returns ``i`` itself when nothing is there."""
        kind = self.kind(i)
        if kind in ("n", "r"):
            return self._numbered(atom, i)
        if kind == "name":
            atom.named = self.tokens[i][1]
            return self._era_year(atom, i + 1)
        if kind == "ord" and self.kind(i + 1) in SPANS and self.tokens[i][1] > 0:
            atom.number, atom.digits, atom.ordinal = self.tokens[i][1], 2, True
            return i + 1
        if kind == "ord" and self.tokens[i][1] > 0 and self.kind(i + 1) in ("-", "or", "to"):
            atom.number, atom.digits, atom.ordinal = self.tokens[i][1], 2, True
            return i + 1
        if kind == "nth year" and (after := self._year_of_reign(atom, i)):
            return after
        if kind in ("nth century", "nth millennium"):
            atom.number, atom.digits, atom.unit = self.tokens[i][1], 2, kind[4:]
            return i + 1
        if kind == "date":
            return self._all_figures(atom, i)
        if kind == "marc":
            known = self.tokens[i][1]
            atom.number, atom.digits, atom.unit, atom.plural = (
                (known * 100, 4, "hundreds", True) if known < 100 else (known * 10, 4, "decade", True)
            )
            return i + 1
        if kind == "gz":
            atom.cycle = self.tokens[i][1]
            return i + 1
        return i

    def _numbered(self, atom: Atom, i: int) -> int:
        number = self.tokens[i][1]
        roman = self.kind(i) == "r"
        if not roman and number.digits <= 2 and number.suffix in ("", "o", "."):
            if after := self._day_first(atom, i):
                return after
            if after := self._year_of_reign(atom, i):
                return after
        if (
            roman
            and self.kind(i + 1)
            not in ("century", "-", "/", "or", "to", "part", "circa", "bc", "ad", ")", ",", "?", "", "div", "millennium")
            and atom.unit != "century"
        ):
            return i
        atom.number, atom.digits, atom.roman = number.value, number.digits, roman
        atom.ordinal = number.suffix in ("o", ".") or roman
        if number.suffix == "s":
            atom.plural = True
            atom.unit = "hundreds" if number.value % 100 == 0 and number.digits > 2 else "decade"
        elif atom.unit == "decade":
            atom.plural = True
        return i + 1

    def _day_first(self, atom: Atom, i: int) -> int:
        """10 May 1893; 9-11 June 1953; 26 tháng 7 năm … : the position after day and month."""
        last, j = None, i + 1
        if self.kind(j) == "-" and self.number(j + 1) and self.kind(j + 2) == "month":
            last, j = self.tokens[j + 1][1].value, j + 2
        elif self.kind(j) == "-" and self.kind(j + 1) == "month" and self.kind(j + 2) == "-":
            j += 1  # 1-jan-1650
        day = self.tokens[i][1].value
        if self.kind(j) == "monthnoun" and self.number(j + 1) and self.tokens[j + 1][1].value <= 12:
            atom.month, j = self._valid_month(j + 1), j + 2
        elif self.kind(j) == "month":
            atom.month, j = self.tokens[j][1], j + 1
        else:
            return 0
        atom.day, atom.last_day = (day if 1 <= day <= 31 else None), last
        return self._year_after(atom, j)

    def _month(self, atom: Atom, i: int) -> int:
        """May 10, 1893; June 9-11, 1953; May: the position before the year."""
        atom.month = self.tokens[i][1]
        j = i + 1
        number = self.number(j)
        if number and number.digits <= 2 and number.suffix != "s" and self.kind(j + 1) not in ("bc", "ad", "century", "month", "monthnoun"):
            atom.day = number.value if 1 <= number.value <= 31 else None
            j += 1
            if self.kind(j) == "-" and (last := self.number(j + 1)) and last.digits <= 2:
                atom.last_day = last.value
                j += 2
        while self.kind(j) == "," and self.number(j + 1):
            j += 1
        return j

    def _year_after(self, atom: Atom, j: int) -> int:
        while self.kind(j) in ("year", ",", "lunar") or (self.kind(j) == "-" and self.number(j + 1)):
            j += 1
        return self._core(atom, j) if self.kind(j) in ("n", "name", "gz") else j

    def _valid_month(self, i: int) -> int | None:
        value = self.tokens[i][1].value
        return value if 1 <= value <= 12 else None

    def _year_of_reign(self, atom: Atom, i: int) -> int:
        """17th year of Minh Mạng; năm thứ 17 niên hiệu Minh Mạng."""
        j = i + 1
        while self.kind(j) in ("year",):
            j += 1
        if self.kind(j) == "name" and any(era.year_one is not None for era in self.tokens[j][1]) and not self.number(j + 1):
            year = self.tokens[i][1]
            atom.named, atom.era_year = self.tokens[j][1], year if self.kind(i) == "nth year" else year.value
            return j + 1
        return 0

    def _era_year(self, atom: Atom, i: int) -> int:
        """What follows the name of an era: its year, and the year's name in the cycle of sixty."""
        if any(era.year_one is not None for era in atom.named):
            j = i
            while self.kind(j) == "year":
                j += 1
            number = self.number(j)
            if self.kind(j) == "decade" and not self.number(j + 1):
                atom.era_year, i = 10, j + 1  # thập niên, the tenth year
            elif self.kind(j) == "nth year":
                atom.era_year, i = self.tokens[j][1], j + 1
            elif (
                number
                and self.kind(j) == "n"
                and number.digits <= 2
                and number.suffix != "s"
                and self.kind(j + 1) not in ("century", "div", "month")
            ):
                atom.era_year, i = number.value, j + 1
                if self.kind(i) == "decade suffix":
                    atom.plural = True  # 明治20年代
                if self.kind(i) in ("year", "decade suffix"):
                    i += 1
        j = i + 1 if self.kind(i) == "," else i
        while self.kind(j) == "year":
            j += 1
        if self.kind(j) == "gz":
            atom.cycle, i = self.tokens[j][1], j + 1
        return self._month_and_day(atom, i)

    def _month_and_day(self, atom: Atom, i: int) -> int:
        """The 5月10日 after a year."""
        if self.number(i) and self.kind(i + 1) == "mon":
            atom.month, i = self._valid_month(i), i + 2
            if self.number(i) and self.kind(i + 1) == "day":
                day = self.tokens[i][1].value
                atom.day, i = (day if 1 <= day <= 31 else None), i + 2
        return i

    def _all_figures(self, atom: Atom, i: int) -> int:
        year, first, second, separator = self.tokens[i][1]
        atom.number, atom.digits = year, 4
        if second is None or separator == "iso" or second > 12 or (first <= 12 and separator == "/" and self.day_first is False):
            month, day = first, second
        elif first > 12 or separator == "." or self.day_first:
            month, day = second, first
        else:
            month, day = None, None  # 12/5/1929 may be May or December
        if month and 1 <= month <= 12 and (day is None or 1 <= day <= 31):
            atom.month, atom.day = month, day
        return i + 1

    def _suffixes(self, atom: Atom, i: int) -> int:
        while i < self.size and (after := self._suffix(atom, i)):
            i = after
        return i

    def _suffix(self, atom: Atom, i: int) -> int:
        """Read one thing that stands behind a time; the position after it, 0 when there is none."""
        kind = self.kind(i)
        if kind in _TRAILING_ERAS and not atom.era:
            atom.era = kind
        elif kind in _FLAGS_BEHIND:
            setattr(atom, *_FLAGS_BEHIND[kind])
        elif kind == "year":
            return self._month_and_day(atom, i + 1)
        elif kind == "circa":
            return self._circa_behind(atom, i)
        elif (kind in BOUNDS or kind == "zen") and not self._begins(i + 1):
            atom.bound = kind if kind in BOUNDS else "before"
        elif kind == "gz" and atom.cycle is None:
            atom.cycle = self.tokens[i][1]
        elif not self._noun_behind(atom, i):
            return self._hyphened_noun(atom, i) or self._margin(atom, i) or self._doubt_in_brackets(atom, i) or self._part_behind(atom, i)
        return i + 1

    def _hyphened_noun(self, atom: Atom, i: int) -> int:
        """The century of 19th-century: the position after it, or 0."""
        if self.kind(i) != "-" or not atom.ordinal or self.kind(i + 1) not in SPANS or self.kind(i + 2) in ("n", "r"):
            return 0
        return i + 2 if self._noun_behind(atom, i + 1) else 0

    def _margin(self, atom: Atom, i: int) -> int:
        """The ± 10 of 1850 ± 10: the position after it, or 0."""
        number = self.number(i + 1)
        if self.kind(i) != "±" or number is None:
            return 0
        atom.margin = number.value
        return i + 2

    def _noun_behind(self, atom: Atom, i: int) -> bool:
        """19th *century*, 1930 *年代*; but not the century of "những năm 40 thế kỷ XX"."""
        kind, behind = self.kind(i), self.number(i + 1)
        leads = kind in SPANS and self.tokens[i][1] != "behind" and behind is not None and behind.digits <= 2 and not atom.ordinal
        if atom.number is None or leads:
            return False
        if kind in SPANS and atom.digits <= 2 and atom.unit in (None, "year", kind):
            atom.unit = kind
        elif kind == "decade suffix":
            atom.unit = "hundreds" if atom.digits > 2 and atom.number % 100 == 0 else "decade"
        else:
            return False
        return True

    def _circa_behind(self, atom: Atom, i: int) -> int:
        """1850 ca.; and the c. of 16th c. or 19C, which is a century."""
        if self.tokens[i][1] == "c" and atom.unit is None and not atom.named and (atom.ordinal or atom.digits == 2):
            atom.unit = "century"
            return i + 1
        if self._begins(i + 1):
            return 0
        atom.circa = atom.circa_behind = True
        return i + 1

    def _doubt_in_brackets(self, atom: Atom, i: int) -> int:
        """1884 (?), 1850 (ca.), 1793 (after): the position after it, or 0."""
        inner = self.kind(i + 1)
        if self.kind(i) != "(" or self.kind(i + 2) != ")" or inner not in ("?", "maybe", "circa", *BOUNDS):
            return 0
        if inner == "circa":
            atom.circa = atom.circa_behind = True
        elif inner in BOUNDS:
            atom.bound = inner
        else:
            atom.uncertain = True
        return i + 3

    def _part_behind(self, atom: Atom, i: int) -> int:
        """19世紀後半; 19. Jh., 2. Hälfte; sec. XVIII (prima metà): a part that follows its century. The position after it, or 0."""
        if atom.unit not in ("century", "decade", "millennium", "hundreds") and not atom.named:
            return 0
        j = i
        if self.kind(j) in (",", "("):
            j += 1
        part, after = self._one_part(j)
        if part is None or (self.kind(i) != "rear part" and (self._begins(after) or self.kind(after) in SPANS)):
            return 0
        if j > i and self.tokens[i][0] == "(" and self.kind(after) == ")":
            after += 1
        atom.part = _within(part, atom.part) if atom.part else part
        return after

    def _begins(self, i: int) -> bool:
        """True when a time is named at ``i``, so that a word before it belongs there."""
        return self.kind(i) in ("n", "r", "name", "ord", "date", "marc", "gz", "nth century", "month", "circa", "century", "decade") or (
            self.kind(i) == "-" and self.kind(i + 1) in ("n", "r") and self.tokens[i - 1][0] in ("part",)
        )


def _joined(first: Part, second: Part) -> Part:
    """Early to mid: from the beginning of one to the end of the other."""
    a, _, n = first
    _, b, m = second
    return a * m, b * n, n * m


def _within(inner: Part, outer: Part) -> Part:
    """A part of a part: the early second half."""
    a, b, n = inner
    c, d, m = outer
    size = d - c
    return c * n + a * size, c * n + b * size, n * m
