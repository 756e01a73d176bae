"""EDTF (ISO 8601-2:2019, levels 0-2): the years that an expression covers, with a clear error for what is none.

Written here because the bounds are needed as whole years with open ends, thousands of times a second.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

from records.fuzzydates.value import DateError, FuzzyDate

SEASONS = range(21, 42)
CIRCA_YEARS = 5  # the margin read into "~" at either end of a range
_RECENT = 1900


@dataclass(frozen=True, slots=True)
class Bounds:
    """Years covered by an expression, without any margin; None is an open or unknown end."""

    earliest: int | None
    latest: int | None
    circa: bool = False
    uncertain: bool = False
    circa_start: bool = False
    circa_end: bool = False


_OPEN = Bounds(None, None)
_QUALIFIER = "[?~%]?"
_DATE = re.compile(
    rf"(?P<q0>{_QUALIFIER})(?:"
    rf"Y(?P<long>-?\d+)(?:E(?P<exponent>\d+))?(?:S(?P<long_digits>\d+))?"
    rf"|(?P<year>-?[\dX]{{4}})(?:S(?P<digits>\d+))?(?P<q1>{_QUALIFIER})"
    rf"(?:-(?P<q2>{_QUALIFIER})(?P<month>[\dX]{{2}})(?P<q3>{_QUALIFIER})(?:-(?P<q4>{_QUALIFIER})(?P<day>[\dX]{{2}})(?P<q5>{_QUALIFIER}))?)?"
    rf")(?P<q6>{_QUALIFIER})"
)
_TIME = re.compile(r"T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}(:?\d{2})?)?$")
LONGEST = 100  # as a record stores it


def bounds(text: str) -> Bounds:
    """The years of an EDTF expression; raises DateError with a sentence that says what is wrong."""
    text = text.strip().replace("\u2212", "-")
    if not text:
        raise DateError("Write a date in EDTF, such as 1836, 1836-05, 18XX, 1836~ or 1800/1850.")
    if len(text) > LONGEST:
        raise DateError(f"This EDTF date is longer than {LONGEST} characters; write a shorter one.")
    if (text[0], text[-1]) in {("[", "]"), ("{", "}")}:
        return _set(text)
    if "/" in text:
        return _interval(text)
    return _date(text)


def from_edtf(text: str, display: str = "") -> FuzzyDate:
    """A FuzzyDate from a typed EDTF expression, with the usual margin for "approximate"; raises DateError."""
    found = bounds(text)
    earliest, latest = margin(found)
    if text.strip() == "..":
        earliest = latest = None
    return FuzzyDate(display or text, text.strip(), earliest, latest, circa=found.circa, uncertain=found.uncertain)


def validate(edtf: str = "", earliest: int | None = None, latest: int | None = None) -> None:
    """Raise DateError when an EDTF expression or a pair of astronomical years cannot be right."""
    if edtf:
        bounds(edtf)
    if earliest is not None and latest is not None and earliest > latest:
        raise DateError(f"The earliest year ({earliest}) lies after the latest ({latest}). Swap them, or mend the one that is wrong.")


def circa_years(year: int, single: bool = True) -> int:
    """How far "circa" reaches on either side: five years, or ten for one single year of an earlier age."""
    return CIRCA_YEARS if not single or year >= _RECENT else 2 * CIRCA_YEARS


def margin(found: Bounds) -> tuple[int | None, int | None]:
    """Earliest and latest year with the margin of approximate ends. A century needs none: it is rough by nature."""
    earliest, latest = found.earliest, found.latest
    if earliest is not None and latest is not None and latest - earliest == 99 and found.circa_start and found.circa_end:
        return earliest, latest
    single = earliest == latest
    if earliest is not None and found.circa_start:
        earliest -= circa_years(earliest, single)
    if latest is not None and found.circa_end:
        latest += circa_years(latest, single)
    return earliest, latest


def year_text(year: int) -> str:
    """A year as EDTF writes it: 0044, -0499, Y12000."""
    if abs(year) > 9999:
        return f"Y{year}"
    return f"-{-year:04d}" if year < 0 else f"{year:04d}"


def _interval(text: str) -> Bounds:
    ends = text.split("/")
    if len(ends) != 2:
        raise DateError(f"“{text}” has more than one “/”; a range has two ends, such as 1800/1850.")
    start, end = (_OPEN if end in ("", "..") else _date(end) for end in ends)
    if ends[0] in ("", "..") and ends[1] in ("", ".."):
        raise DateError(f"“{text}” is open at both ends; give at least one year, such as ../1850.")
    if start.earliest is not None and end.latest is not None and start.earliest > end.latest:
        raise DateError(f"“{text}” ends before it begins. Write the earlier end first.")
    return Bounds(start.earliest, end.latest, start.circa or end.circa, start.uncertain or end.uncertain, start.circa, end.circa)


def _set(text: str) -> Bounds:
    found: list[Bounds] = []
    for member in text[1:-1].split(","):
        first, dots, last = member.strip().partition("..")
        if dots:
            start = _date(first) if first else _OPEN
            end = _date(last) if last else _OPEN
            if start.earliest is not None and end.latest is not None and start.earliest > end.latest:
                raise DateError(f"“{member}” in “{text}” ends before it begins. Write the earlier end first.")
            found.append(Bounds(start.earliest, end.latest, start.circa or end.circa, start.uncertain or end.uncertain))
        else:
            found.append(_date(first))
    starts, ends = [b.earliest for b in found], [b.latest for b in found]
    circa = any(b.circa for b in found)
    return Bounds(
        None if None in starts else min(y for y in starts if y is not None),
        None if None in ends else max(y for y in ends if y is not None),
        circa,
        any(b.uncertain for b in found),
        circa,
        circa,
    )


def _date(text: str) -> Bounds:
    match = _DATE.fullmatch(_TIME.sub("", text))
    if match is None:
        raise DateError(f"“{text}” is not an EDTF date. Write one such as 1836, -0499 (500 BC), 1836-05, 18XX, 1836~, 1836? or 1800/1850.")
    marks = "".join(match[f"q{n}"] or "" for n in range(7))
    circa, uncertain = any(c in "~%" for c in marks), any(c in "?%" for c in marks)
    if match["long"] is not None:
        earliest, latest = _long_year(match, text)
    else:
        earliest, latest = _year(match["year"], match["digits"], text)
        _check_day(match, text, earliest)
    return Bounds(earliest, latest, circa, uncertain, circa, circa)


def _long_year(match: re.Match[str], text: str) -> tuple[int, int]:
    exponent = int(match["exponent"] or 0)
    if exponent > 9 or len(match["long"]) > 12:
        raise DateError(f"“{text}” is farther away than any museum's object. Write a year of at most ten digits.")
    year = int(match["long"]) * 10**exponent
    return _significant(year, match["long_digits"], text)


def _year(written: str, digits: str | None, text: str) -> tuple[int, int]:
    if written == "-0000":
        raise DateError("There is no year -0000. Year 0000 is 1 BC, and -0001 is 2 BC.")
    if "X" in written.rstrip("X"):
        raise DateError(f"“{text}” leaves out a digit in the middle of the year; only the last digits can be unknown, such as 18XX.")
    if digits and "X" in written:
        raise DateError(f"“{text}” gives both unknown digits and a number of certain digits; use one of them.")
    sign = -1 if written[0] == "-" else 1
    plain = written.lstrip("-")
    low, high = sign * int(plain.replace("X", "0")), sign * int(plain.replace("X", "9"))
    if digits:
        return _significant(low, digits, text)
    return min(low, high), max(low, high)


def _significant(year: int, digits: str | None, text: str) -> tuple[int, int]:
    if not digits:
        return year, year
    size = len(str(abs(year)))
    if not 0 < int(digits) <= size:
        raise DateError(f"“{text}” says that {digits} digits are certain, but the year has {size}.")
    step = 10 ** (size - int(digits))
    return year // step * step, year // step * step + step - 1


def _check_day(match: re.Match[str], text: str, year: int) -> None:
    month, day = match["month"], match["day"]
    if month is None or "X" in month:
        return
    number = int(month)
    if number in SEASONS and day is None:
        return
    if not 1 <= number <= 12:
        raise DateError(f"There is no month {month} in “{text}”. Months are 01 to 12, seasons 21 to 24.")
    if day is not None and "X" not in day:
        leap = calendar.isleap(year) or "X" in match["year"]
        last = 29 if number == 2 and leap else calendar.monthrange(2001, number)[1]
        if not 1 <= int(day) <= last:
            raise DateError(f"There is no day {day} in month {month} of “{text}”: that month has {last} days.")
