"""From atoms to spans of years: what a century, a part of it, an era year or a shortened range means."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, replace

from records.fuzzydates import sexagenary
from records.fuzzydates.atoms import LATEST_YEAR, SPANS, Atom, completed
from records.fuzzydates.edtf import circa_years, year_text
from records.fuzzydates.eras import Era

EARLIEST_YEAR = -1_000_000  # hand axes
_SCARCELY_FROM_ANTIQUITY = 1000  # 12-1946 is no range from the year 12
TURN = (-1, 1, 10)
ROUND_UNITS = (*SPANS, "hundreds")


@dataclass(slots=True)
class Span:
    """Years from ``start`` to ``end`` without margin (None: open), and how EDTF writes both ends and, if it can, the whole."""

    start: int | None
    end: int | None
    start_text: str = ""
    end_text: str = ""
    whole: str = ""
    circa_start: bool = False
    circa_end: bool = False
    uncertain: bool = False
    rough: bool = False  # named by a century, a period or a part of one: rough by nature, so that "circa" adds nothing
    period: bool = False  # a dynasty or period, which any year beside it makes precise
    era: Era | None = None
    era_year: int | None = None
    namesakes: tuple[Era, ...] = ()  # all eras of that name
    cycle: int | None = None
    impossible: bool = False
    label: str = ""
    bracketed: bool = False
    explained: bool = False  # a period with its years in brackets
    bare: bool = False  # figures alone, of which another mention may say that they are BC
    descending: bool = False  # 1570-1200, as years BC are written

    def bounds(self) -> tuple[int | None, int | None]:
        """Earliest and latest year with the margin of "circa"."""
        single = self.start == self.end
        earliest, latest = self.start, self.end
        if earliest is not None and self.circa_start and not self.rough:
            earliest -= circa_years(earliest, single)
        if latest is not None and self.circa_end and not self.rough:
            latest += circa_years(latest, single)
        return earliest, latest

    @property
    def is_open(self) -> bool:
        return (self.start is None) != (self.end is None)

    def edtf(self) -> str:
        """The span in EDTF, empty when there is nothing to say."""
        if self.start is None and self.end is None:
            return ""
        if self.whole and self.circa_start == self.circa_end:
            return self.whole + _mark(self.circa_start, self.uncertain)
        start = ".." if self.start is None else self.start_text + _mark(self.circa_start, self.uncertain)
        end = ".." if self.end is None else self.end_text + _mark(self.circa_end, self.uncertain)
        return f"{start}/{end}"


def _mark(circa: bool, uncertain: bool) -> str:
    return "%" if circa and uncertain else "~" if circa else "?" if uncertain else ""


def plain_span(start: int, end: int, **more: object) -> Span:
    """A span of whole years."""
    return Span(start, end, year_text(start), year_text(end), year_text(start) if start == end else "", **more)  # type: ignore[arg-type]


def span_of_chain(chain: Sequence[Atom], languages: Sequence[str]) -> Span | None:
    """Atoms joined by "to", a dash, "or" as one span from the first beginning to the last end."""
    atoms = list(chain)
    for i in range(len(atoms) - 1, 0, -1):
        atoms[i - 1], atoms[i] = completed(atoms[i - 1], atoms[i])
    if atoms[0].part == TURN and len(atoms) == 2 and atoms[1].unit == "century":
        atoms = [replace(atoms[1], part=TURN)]  # the turn of the 19th to the 20th century
    for i in range(1, len(atoms)):
        _accept_early_year(atoms[i - 1], atoms[i])
        _complete_short_year(atoms[i - 1], atoms[i])
        if atoms[0].circa and not atoms[i].circa:
            atoms[i].circa = True
    if atoms[-1].circa_behind:
        atoms[0].circa = True  # 1850-1860 env.
    if len(atoms) > 1:
        _close_limits(atoms[0], atoms[-1])
    spans = [span for atom in atoms if (span := span_of(atom, languages)) is not None]
    if not spans:
        return None
    whole = _hull(spans)
    whole.bare = all(atom.unit in (None, "year") and atom.era is None and not atom.named for atom in atoms)
    whole.descending = whole.bare and _falls(spans)
    return whole


def _falls(spans: Sequence[Span]) -> bool:
    return len(spans) == 2 and spans[0].start is not None and spans[1].end is not None and spans[0].start > spans[1].end


def before_christ(span: Span) -> Span:
    """The same figures read as years BC."""
    if span.start is None or span.end is None:
        return span
    start, end = 1 - span.end, 1 - span.start
    return replace(
        span,
        start=start,
        end=end,
        start_text=year_text(start),
        end_text=year_text(end),
        whole=year_text(start) if start == end else "",
        bare=False,
        descending=False,
    )


def _close_limits(first: Atom, last: Atom) -> None:
    """From 1850 to 1860; after 1850–before 1871: both ends are there."""
    if first.bound in ("after", "since", None) and last.bound in ("before", "till", None):
        first.bound = last.bound = None


def _accept_early_year(left: Atom, right: Atom) -> None:
    """50-320: a small number is a year when the range goes on to a greater one that is."""
    if None in (left.number, right.number) or left.unit or right.unit or left.named or right.named:
        return
    if left.digits <= 2 < right.digits <= 4 and not left.ordinal and left.number < right.number < _SCARCELY_FROM_ANTIQUITY:  # type: ignore[operator]
        left.unit = "year"


def _complete_short_year(left: Atom, right: Atom) -> None:
    """1832-3, 1834-42, 1930-40's: the later year has lost the digits that it shares with the earlier."""
    if (
        None in (left.number, right.number)
        or left.named
        or right.named
        or left.unit in ("century", "millennium")
        or "bc" in (left.era, right.era)
        or right.ordinal
    ):
        return
    if right.unit not in (None, "decade", "year") or not 0 < right.digits < left.digits or left.digits < 3:
        return
    power = 10**right.digits
    year = left.number // power * power + right.number  # type: ignore[operator]
    if right.number == 0 and right.digits == 2 and left.number % power:  # type: ignore[operator]
        year += power  # 1899-00
    if year >= left.number:  # type: ignore[operator]
        right.number, right.digits = year, left.digits
    elif right.digits < 3:
        if right.digits == 2 and 1 <= right.number <= 12 and left.month is None:  # type: ignore[operator]
            left.month = right.month = right.number  # 1832-05
        right.number, right.digits = left.number, left.digits


def _hull(spans: Sequence[Span]) -> Span:
    first, last = spans[0], spans[0]
    for span in spans[1:]:
        if first.start is not None and (span.start is None or span.start < first.start):
            first = span
        if last.end is not None and (span.end is None or span.end >= last.end):
            last = span
    if len(spans) == 1 or (first.whole and first.whole == last.whole):
        return first
    return Span(
        first.start,
        last.end,
        first.start_text,
        last.end_text,
        first.whole if first is last else "",
        circa_start=first.circa_start,
        circa_end=last.circa_end,
        uncertain=any(span.uncertain for span in spans),
        rough=all(span.rough for span in spans),
        period=all(span.period for span in spans),
        era=first.era if first.era == last.era else None,
        impossible=all(span.impossible for span in spans),
        label=first.label or last.label,
    )


def hull(spans: Sequence[Span]) -> Span:
    """One span over several."""
    return _hull(spans)


def span_of(atom: Atom, languages: Sequence[str]) -> Span | None:
    """The years of one atom; None when its number means no time (a bare 12, the 10,000 of an inventory)."""
    if atom.named:
        span = _named(atom, languages)
    elif atom.cycle is not None and atom.number is None:
        span = Span(None, None, cycle=atom.cycle)
    elif atom.number is None:
        return None
    else:
        span = _counted(atom)
    if span is None:
        return None
    span.namesakes = atom.named
    span.uncertain = span.uncertain or atom.uncertain
    span.circa_start = span.circa_end = atom.circa or span.circa_start
    if atom.cycle is not None:
        span.cycle = atom.cycle
    if atom.bound:
        _open(span, atom.bound, whole=atom.part is None and (span.period or atom.unit in ROUND_UNITS))
    return span


def _open(span: Span, bound: str, whole: bool) -> None:
    """Leave one end open. Before the 18th century (a ``whole`` one) ends with 1700, after it begins with 1799; "since" and "till" include it."""
    if bound in ("before", "till"):
        if whole and bound == "before":
            span.end, span.end_text = span.start, span.start_text
        span.start, span.whole = None, ""
    else:
        if whole and bound == "after":
            span.start, span.start_text = span.end, span.end_text
        span.end, span.whole = None, ""


def _counted(atom: Atom) -> Span | None:
    number = atom.number or 0
    if atom.unit in ("century", "millennium") and not atom.plural:
        return _numbered_span(number, SPANS[atom.unit], atom)
    if atom.unit in ("decade", "hundreds"):
        return _round_span(number, 10 if atom.unit == "decade" else 100, atom)
    if atom.ordinal and atom.digits <= 2 and atom.unit is None and atom.part is not None and number > 1:
        return _numbered_span(number, SPANS["century"], atom)  # seconde moitié du XVIIe
    if atom.ordinal and atom.digits <= 2 and not atom.roman and atom.unit is None:
        return None  # the 3rd of something that is not understood
    if number == 0 or (atom.roman and atom.era is None) or (atom.digits <= 2 and atom.era is None and atom.unit != "year"):
        return None
    if atom.era == "ah":
        start = int(number * 0.970224 + 621.5774)
        return plain_span(start, start + 1) if number < 1600 else None
    if atom.era == "saka":
        return plain_span(number + 78, number + 79) if number < 2000 else None
    if atom.era == "bp":
        return plain_span(1950 - number, 1950 - number, circa_start=True, circa_end=True)
    if atom.era == "bc":
        return plain_span(1 - number, 1 - number) if number <= -EARLIEST_YEAR else None
    if number > LATEST_YEAR or atom.digits > 4:
        return None
    if atom.margin:
        return plain_span(number - atom.margin, number + atom.margin)
    return _dated(atom, number)


def _dated(atom: Atom, year: int) -> Span:
    """A year, with month and days if they exist in the calendar."""
    span = plain_span(year, year)
    if atom.month:
        text = f"{year_text(year)}-{atom.month:02d}"
        last = calendar.monthrange(year, atom.month)[1] if year > 0 else 31
        if atom.day and atom.day <= last:
            span.start_text = span.end_text = span.whole = f"{text}-{atom.day:02d}"
            if atom.last_day and atom.day < atom.last_day <= last:
                span.end_text, span.whole = f"{text}-{atom.last_day:02d}", ""
        elif not atom.day:
            span.start_text = span.end_text = span.whole = text
    return span


def _numbered_span(number: int, size: int, atom: Atom) -> Span | None:
    if not 1 <= number <= (21 if size == 100 and atom.era != "bc" else 100):
        return None
    if atom.era == "bc":
        start, end = 1 - number * size, (1 - number) * size
        whole = f"-{number - 1:02d}XX" if size == 100 and number > 1 and atom.part is None else ""
    else:
        start, end = max(1, (number - 1) * size), number * size - 1
        whole = f"{number - 1:02d}XX" if size == 100 and atom.part is None else ""
    start, end = _portion(start, end, atom)
    return Span(start, end, year_text(start), year_text(end), whole, rough=True)


def _round_span(number: int, size: int, atom: Atom) -> Span | None:
    if number > LATEST_YEAR or number % size or (atom.digits <= 2 and atom.era is None):
        return None
    # The 800s BC are 899 to 800 BC.
    start, end = (2 - number - size, 1 - number) if atom.era == "bc" else (number, number + size - 1)
    whole = "" if atom.era == "bc" or atom.part else year_text(start)[: -len(str(size)) + 1] + "X" * (len(str(size)) - 1)
    start, end = _portion(start, end, atom)
    return Span(start, end, year_text(start), year_text(end), whole, rough=size == 100)


def _portion(start: int, end: int, atom: Atom) -> tuple[int, int]:
    if atom.part is None:
        return start, end
    a, b, n = atom.part
    size = end - start + 1
    first = start + size * a // n
    return first, max(first, start + size * b // n - 1)


def _named(atom: Atom, languages: Sequence[str]) -> Span | None:
    chosen, sure = choose(atom.named, languages, atom.era_year, atom.cycle)
    if atom.era_year is None:
        if chosen.year_one is not None and atom.cycle is not None and (fitting := sexagenary.years(atom.cycle, chosen.start, chosen.end)):
            return plain_span(
                fitting[0],
                fitting[-1],
                era=chosen,
                era_year=fitting[0] - chosen.year_one + 1 if len(fitting) == 1 else None,
                uncertain=not sure,
            )
        start, end = _portion(chosen.start, min(chosen.end, LATEST_YEAR), atom)
        reign = chosen if chosen.year_one is not None else None
        return Span(start, end, year_text(start), year_text(end), "", rough=True, period=True, era=reign, uncertain=not sure)
    if chosen.year_one is None:
        return None
    year = chosen.year_one + atom.era_year - 1
    if not 1 <= atom.era_year <= chosen.last_counted + 1 - chosen.year_one:
        return Span(None, None, era=chosen, era_year=atom.era_year, impossible=True, uncertain=True)
    if atom.plural:
        return plain_span(year, year + 9, era=chosen, uncertain=not sure)
    return plain_span(year, year, era=chosen, era_year=atom.era_year, uncertain=not sure)


def choose(
    named: Sequence[Era], languages: Sequence[str], era_year: int | None, cycle: int | None, year: int | None = None
) -> tuple[Era, bool]:
    """The era meant among those of one name, and whether that is sure: by year, cycle, the text's language; else the latest, of which most is left."""
    fitting = list(named)
    if era_year is not None:
        fitting = [era for era in fitting if era.year_one is not None and 1 <= era_year <= era.last_counted + 1 - era.year_one] or fitting
        if cycle is not None:
            fitting = [
                era for era in fitting if era.year_one is not None and sexagenary.position_of(era.year_one + era_year - 1) == cycle
            ] or fitting
    if year is not None:
        fitting = [era for era in fitting if era.start <= year <= era.end + 1] or fitting
    spoken = [language.split("-")[0].replace("lzh", "zh") for language in languages]
    fitting = [era for era in fitting if not era.rare or era.tradition in languages] or fitting
    if len(fitting) == 1:
        return fitting[0], True
    own = [era for era in fitting if era.tradition in spoken]
    pool = own or fitting
    pool.sort(key=lambda era: (spoken.index(era.tradition) if era.tradition in spoken else 9, -era.start))
    return pool[0], len(own) == 1
