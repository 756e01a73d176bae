"""The parser: from a cataloguer's words to a FuzzyDate. It never raises on words; what it cannot read is unknown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from records.fuzzydates import edtf, sexagenary
from records.fuzzydates.collecting import spans_of
from records.fuzzydates.eras import Era
from records.fuzzydates.lexer import Token, read
from records.fuzzydates.spans import Span, before_christ, choose, hull, plain_span
from records.fuzzydates.value import DateError, FuzzyDate

_YEAR = re.compile(r"\d{4}")
_SIGNED = re.compile(r"(-\d{1,5})(?:\s*(?:/|to|-|\u2013)\s*(-?\d{1,5}))?")
_SIGNED_DAY = re.compile(r"-\d{4}-\d\d(?:-\d\d)?")
_EDTF = re.compile(r"[\dXYSE/.\-?~%,{}\[\]T:Z]+")
_SHORT_ROMAN = (9, 10, 11, 15, 20)  # of one letter or two
LONGEST_REMEMBERED = 200
MOST_CHOICES = 6  # EDTF lists the possible years up to so many, else their range


def parse(text: str, languages: Sequence[str] = ()) -> FuzzyDate:
    """What a date text means. ``languages`` (BCP 47) help where a name or an order of figures is ambiguous, the first one most.

    The text is kept in ``display`` as written; a text without a date gives a FuzzyDate without years, never an error.
    """
    tags = (languages,) if isinstance(languages, str) else tuple(languages)
    # Long texts are rare and not worth a place among the remembered.
    return _parse(text, tags) if len(text) <= LONGEST_REMEMBERED else _parse.__wrapped__(text, tags)


@lru_cache(maxsize=20_000)
def _parse(text: str, languages: tuple[str, ...]) -> FuzzyDate:
    stripped = text.strip()
    if _YEAR.fullmatch(stripped) and stripped.isascii() and 0 < int(stripped) <= 2100:
        year = int(stripped)
        return FuzzyDate(text, stripped, year, year)
    if (typed := _typed_edtf(text, stripped)) is not None:
        return typed
    if stripped.startswith("-") and _SIGNED_DAY.fullmatch(stripped):
        return _signed(text, int(stripped[:5]), int(stripped[:5]))
    if stripped.startswith("-") and (signed := _SIGNED.fullmatch(stripped)):
        return _signed(text, int(signed[1]), int(signed[2] or signed[1]))
    return _understood(text, languages)


def _signed(text: str, first: int, last: int) -> FuzzyDate:
    """-0499 or -500/-400: years with a sign, as EDTF and databases count them."""
    first, last = min(first, last), max(first, last)
    return FuzzyDate(text, plain_span(first, last).edtf(), first, last)


def _typed_edtf(text: str, stripped: str) -> FuzzyDate | None:
    """An expression that only EDTF writes so, such as 18XX or 1836~/1840."""
    if not any(c in stripped for c in "X~%{[/.") or not _EDTF.fullmatch(stripped):
        return None
    if not any(c in stripped for c in "X~%{") and ".." not in stripped:
        return None
    try:
        return edtf.from_edtf(stripped, text)
    except DateError:
        return None


def _understood(text: str, languages: tuple[str, ...]) -> FuzzyDate:
    found, complete = read(text)
    spans = spans_of(found, languages)
    if not spans and complete:
        spans = spans_of(_as_centuries(found), languages)
    lunar = any(kind == "lunar" for kind, _ in found)
    if not spans:
        return FuzzyDate(text)
    span = _together(spans)
    earliest, latest = span.bounds()
    calendar = "reign" if span.era else "sexagenary" if span.cycle is not None else "lunar" if lunar else "gregorian"
    return FuzzyDate(
        text,
        _edtf_of(span),
        earliest,
        latest,
        calendar,
        span.era.name if span.era else sexagenary.name(span.cycle) if span.cycle is not None else "",
        span.era_year,
        span.circa_start or span.circa_end,
        span.uncertain,
    )


def _as_centuries(found: Sequence[Token]) -> list[Token]:
    """XVIII-XIX, XIXe, or 19th, standing alone: centuries whose noun was left out. X and XX may be anything, 24 x 36 is a size."""
    numerals = [value for kind, value in found if kind == "r"]
    lone = len(numerals) == 1 and numerals[0].value in _SHORT_ROMAN and numerals[0].suffix != "o"
    if lone or (numerals and any(kind == "n" for kind, _ in found)):
        return []
    meant: list[Token] = []
    for kind, value in found:
        meant.append((kind, value))
        if len(meant) > 1 and meant[-2][0] == "label":
            continue  # Plate XIX
        if (kind == "r" and value.value >= 9) or (kind == "n" and value.suffix == "o" and 9 <= value.value <= 21):
            meant.append(("century", None))
    return meant


def _edtf_of(span: Span) -> str:
    if span.cycle is not None and span.start is not None and span.end is not None and span.end > span.start and not span.era:
        years = sexagenary.years(span.cycle, span.start, span.end)
        if 1 < len(years) <= MOST_CHOICES:
            return "[" + ",".join(edtf.year_text(year) for year in years) + "]"
    return span.edtf()


def _together(spans: list[Span]) -> Span:
    """One span for the whole text."""
    cycles = [span for span in spans if span.cycle is not None and span.start is None and span.end is None and span.era is None]
    rest = [span for span in spans if span not in cycles]
    result = _combined(_chosen(rest)) if rest else None
    if result is not None and result.cycle is not None and result.start != result.end:
        cycles.append(result)
    for cycle in cycles:
        result = _placed(cycle, result)
    if result is None:
        return spans[0]
    return result


def _chosen(spans: list[Span]) -> list[Span]:
    """The spans that date the object itself: not those of later prints, of models and copies, or of a period made precise by a year."""
    known = [span for span in spans if not span.impossible]
    spans = known or spans
    own = [span for span in spans if span.label != "other"] or spans
    first = [span for span in own if span.label in ("", "union")]
    if first and not any(span.label == "prep" for span in own):
        own = [span for span in own if span.label != "later"]
    own = _explained(own)
    own = _counted_back(own)
    precise = [span for span in own if not span.period]
    if precise and len(precise) < len(own):
        eras = [span for span in own if span.period and span.era is not None]
        if len(precise) == 1 and len(eras) == 1 and precise[0].era is None:
            precise[0].era = _era_of(eras[0], precise[0])
        own = [_within(span, own) for span in precise]
    return own


def _counted_back(spans: list[Span]) -> list[Span]:
    """New Kingdom, 1570-1200; 5th century BC (ca. 450): figures beside a time before Christ that lie in it, or fall, are years BC."""
    if len(spans) == 1:
        return spans
    old = [span for span in spans if span.end is not None and span.end <= 0]
    if not old or len(old) == len(spans):
        return spans
    return [
        back
        if span.bare
        and ((back := before_christ(span)).start != span.start)
        and ((span.descending and any(other.period for other in old)) or any(_contains(other, back) for other in old))
        else span
        for span in spans
    ]


def _explained(spans: list[Span]) -> list[Span]:
    """Edo period (1603-1867): the years in brackets behind a name are the period's as this museum sees it, not a date of the object."""
    result: list[Span] = []
    for span in spans:
        if span.bracketed and result and result[-1].period and not span.period and not span.rough and not span.is_open:
            named = result.pop()
            span.period, span.explained, span.era = True, True, _era_of(named, span)
        result.append(span)
    return result


def _within(span: Span, others: list[Span]) -> Span:
    """Ming dynasty, 17th century: the part of the century that lies in the period."""
    for period in others:
        if not (period.period and span.rough) or None in (span.start, span.end, period.start, period.end):
            continue
        if span.start < period.start <= span.end:  # type: ignore[operator]
            span.start, span.start_text, span.whole = period.start, period.start_text, ""
        if span.start <= period.end < span.end:  # type: ignore[operator]
            span.end, span.end_text, span.whole = period.end, period.end_text, ""
    return span


def _era_of(period: Span, precise: Span) -> Era | None:
    era = period.era
    if (
        era is not None
        and precise.start is not None
        and precise.end is not None
        and era.start <= precise.start
        and precise.end <= era.end + 1
    ):
        return era
    return None


def _combined(spans: list[Span]) -> Span:
    result = spans[0]
    for span in spans[1:]:
        result = _both(result, span)
    return result


def _both(a: Span, b: Span) -> Span:
    """Two mentions of one making: the same year in two calendars, a narrower within a wider, a limit, or two times."""
    if {a.label, b.label} & {"prep", "union"}:
        return hull([a, b])
    if a.is_open or b.is_open:
        return _limited(a, b)
    if a.era_year is not None and b.era is None and b.start is not None:
        return _with_era(b, a)
    if b.era_year is not None and a.era is None and a.start is not None:
        return _with_era(a, b)
    if a.period and b.period and a.explained != b.explained and not _apart(a, b):
        return a if a.explained else b
    wide, narrow = (a, b) if _contains(a, b) else (b, a)
    if _contains(wide, narrow):
        return wide if narrow.uncertain and not wide.uncertain and not wide.period else narrow
    return hull([a, b])


def _contains(a: Span, b: Span) -> bool:
    if None in (a.start, a.end, b.start, b.end):
        return False
    return a.start <= b.start and b.end <= a.end  # type: ignore[operator]


def _apart(a: Span, b: Span) -> bool:
    return None in (a.start, a.end, b.start, b.end) or a.end < b.start or b.end < a.start  # type: ignore[operator]


def _limited(a: Span, b: Span) -> Span:
    """18th century, after 1713; after 1945, before 1957."""
    first = a if b.start is None or (a.start is not None and a.start >= b.start) else b
    last = a if b.end is None or (a.end is not None and a.end <= b.end) else b
    if first.start is not None and last.end is not None and first.start > last.end:
        return hull([a, b])
    if first is last:
        return first
    return Span(
        first.start,
        last.end,
        first.start_text,
        last.end_text,
        "",
        first.circa_start,
        last.circa_end,
        a.uncertain or b.uncertain,
        a.rough and b.rough,
        era=a.era or b.era,
    )


def _with_era(western: Span, reign: Span) -> Span:
    """Minh Mạng 17 (1836): the western year holds; the era is kept as its other name, the right one of two of that name."""
    era = reign.era
    if era is not None and western.start == western.end and western.start is not None:
        fitting = choose(reign.namesakes or (era,), (), None, None, western.start)[0]
        era = fitting
        western.uncertain = western.uncertain or fitting.year_one is None or fitting.year_one + (reign.era_year or 1) - 1 != western.start
    western.era, western.era_year = era, reign.era_year
    return western


def _placed(cycle: Span, known: Span | None) -> Span:
    """A year of the cycle of sixty, placed by the time named beside it."""
    if known is None or known.start is None or known.end is None:
        return known or cycle
    years = sexagenary.years(cycle.cycle or 0, known.start, known.end)
    if not years:
        known.uncertain = True
        return known
    era_year = known.era_year
    if known.era is not None and len(years) == 1 and known.era.year_one is not None:
        era_year = years[0] - known.era.year_one + 1
    placed = plain_span(years[0], years[-1], uncertain=known.uncertain, era=known.era, era_year=era_year)
    placed.cycle = cycle.cycle
    if known.start == known.end:
        placed.start_text, placed.end_text, placed.whole = known.start_text, known.end_text, known.whole
        placed.circa_start, placed.circa_end = known.circa_start, known.circa_end
    return placed
