"""Atoms: one mention of a year, century, decade, period, era year or day each, with what stands around it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from records.fuzzydates.eras import Era

LATEST_YEAR = 2100  # no object is younger; larger numbers are something else
Part = tuple[int, int, int]  # from and to, in so many equal parts: the second half is (1, 2, 2)

BOUNDS = ("before", "till", "after", "since")  # the second and the last include what they name
SPANS = {"century": 100, "decade": 10, "millennium": 1000}


@dataclass(slots=True)
class Atom:
    """One mention of a time. ``unit`` is None while it is open what the number counts (the 18 of "18th-19th century")."""

    number: int | None = None
    digits: int = 0
    ordinal: bool = False
    roman: bool = False
    unit: str | None = None
    part: Part | None = None
    era: str | None = None
    era_first: bool = False
    noun_first: bool = False  # những năm 1960
    month: int | None = None
    day: int | None = None
    last_day: int | None = None
    named: tuple[Era, ...] = ()
    era_year: int | None = None
    cycle: int | None = None
    circa: bool = False
    uncertain: bool = False
    margin: int = 0  # 1850 ± 10
    bound: str | None = None  # one of BOUNDS
    plural: bool = False
    circa_behind: bool = False

    @property
    def is_partial(self) -> bool:
        """True for "early" alone, or a month without its year: the rest comes from a neighbour."""
        return self.number is None and not self.named and self.cycle is None


def completed(left: Atom, right: Atom) -> tuple[Atom, Atom]:
    """Both ends of a range with what only one of them says: 18th-19th century, 2100-2000 BC, early to mid-1850s, thế kỷ 17–18."""
    if left.is_partial and not right.is_partial:
        left = replace(
            right,
            part=left.part or right.part,
            month=left.month or right.month,
            day=left.day,
            circa=left.circa or right.circa,
            last_day=None,
            bound=left.bound,
        )
    if right.is_partial and not left.is_partial:
        right = replace(
            left, part=right.part or left.part, month=right.month or left.month, day=right.day, last_day=None, bound=right.bound
        )
    left_small, right_small = left.number is not None and left.digits <= 2, right.number is not None and right.digits <= 2
    if left.unit is None and right.unit in SPANS and left_small:
        left.unit = right.unit
    if right.unit is None and left.unit in SPANS and right_small and (left.unit == "century" or left.plural):
        right.unit = left.unit
    if left.unit == "year" and right.unit is None and left_small and right_small and left.number < right.number:  # type: ignore[operator]
        right.unit = "year"  # năm 40 - 43
    if left.unit == "decade" and right.unit == "hundreds" and right.plural:
        right.unit = "decade"  # 1790s-1800s
    if left.unit == "decade" and left.noun_first and right.unit is None and right.number is not None and right.digits > 2:
        right.unit, right.plural = "decade", True
    if left.named and right.number is not None and right_small and right.unit in (None, "year") and left.era_year is not None:
        right = replace(right, named=left.named, era_year=right.number, number=None)
    _complete_era(left, right)
    return left, right


def _complete_era(left: Atom, right: Atom) -> None:
    if right.era and not left.era and not left.named:
        if right.era != "ad" or not right.era_first:
            left.era = right.era
    elif left.era in ("ah", "saka", "bp") and not right.era:
        right.era = left.era
    elif left.era == "ad" and not right.era and right.unit is None and right.digits <= 2:
        right.era = "ad"
    elif left.era == "bc" and not right.era and left.era_first and None not in (left.number, right.number) and right.number < left.number:  # type: ignore[operator]
        right.era = "bc"
