"""Dates as spans of time: xsd:dateTime with astronomical years (1 BC is 0000), as XML Schema 1.1 and our records count them."""

from __future__ import annotations

import calendar
import re

from exchange.linked_art import aat
from exchange.linked_art.nodes import Node, View, filled, name, names

_DAY = re.compile(r"(-?\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")
# a day of another calendar is not that day of ours
_OURS = {"", "gregorian"}


def timespan(date: View | None) -> Node:
    """A date: its words in all their languages, and from when to when it lies. An open end is left out. Empty when nothing is known."""
    if not date:
        return {}
    begin, end = _ends(date)
    words = names(date["display"], aat.DISPLAY)
    # the cataloguer's own words, whatever language they are in, unless they are among the others
    if date["text"] and date["text"] not in date["display"].values():
        words.append(name(date["text"], "", aat.DISPLAY))
    if not (begin or end or words):
        return {}
    return filled(type="TimeSpan", identified_by=words, begin_of_the_begin=begin, end_of_the_end=end)


def year(value: int | None, words: str = "") -> Node:
    """One year, as a span."""
    if value is None and not words:
        return {}
    return filled(
        type="TimeSpan",
        identified_by=[name(words, "", aat.DISPLAY)] if words else [],
        begin_of_the_begin="" if value is None else _begin(value),
        end_of_the_end="" if value is None else _end(value),
    )


def _ends(date: View) -> tuple[str, str]:
    """To the day where it was understood to the day; "about" widens years, and is left to them."""
    first, last = date["earliest"], date["latest"]
    exact = [_DAY.fullmatch(part) for part in date["edtf"].split("/")]
    if date["calendar"] in _OURS and not date["circa"] and all(exact) and len(exact) <= 2:
        start, stop = exact[0], exact[-1]
        if start and stop and (int(start[1]), int(stop[1])) == (first, last):
            return _begin(first, *_numbers(start)), _end(last, *_numbers(stop))
    return "" if first is None else _begin(first), "" if last is None else _end(last)


def _numbers(found: re.Match[str]) -> tuple[int, int]:
    return int(found[2] or 0), int(found[3] or 0)


def _begin(value: int, month: int = 0, day: int = 0) -> str:
    return f"{_year(value)}-{month or 1:02d}-{day or 1:02d}T00:00:00Z"


def _end(value: int, month: int = 0, day: int = 0) -> str:
    month = month or 12
    # the calendar module begins with the year 1; leap years come again every 400 years
    most = calendar.monthrange(value % 400 + 400, month)[1]
    return f"{_year(value)}-{month:02d}-{min(day or most, most):02d}T23:59:59Z"


def _year(value: int) -> str:
    return f"-{-value:04d}" if value < 0 else f"{value:04d}"
