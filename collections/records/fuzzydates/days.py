"""Days that no calendar has: the 31st of February, the 45th of the 13th month."""

from __future__ import annotations

import calendar
import re

from records.fuzzydates.parser import parse

_FIGURES = re.compile(r"(?<![\d/.-])(?:(\d{1,2})([/.-])(\d{1,2})\2(\d{3,4})|(\d{3,4})-(\d{1,2})-(\d{1,2}))(?![\d/.-])")
_WORDS = (
    re.compile(
        r"(?<!\d)(?P<day>\d{1,2}(?:st|nd|rd|th|\.)?\s+)(?:tháng\s+\d{1,2}|[^\W\d]{3,}\.?),?\s+(?:năm\s+)?\d{3,4}(?!\d)", re.IGNORECASE
    ),
    re.compile(r"[^\W\d]{3,}\.?\s+(?P<day>\d{1,2}(?:st|nd|rd|th)?,?\s+)\d{3,4}(?!\d)", re.IGNORECASE),
)


def impossible_day(text: str) -> str:
    """The part of ``text`` that names a day which the Gregorian calendar does not have; empty when there is none.

    Lunar months have other days: texts of reigns and lunar calendars are not doubted.
    """
    if parse(text).calendar != "gregorian" or "âm" in text.lower():
        return ""
    for found in _FIGURES.finditer(text):
        first, _, second, year, iso_year, month, day = found.groups()
        choices = [(iso_year, month, day)] if iso_year else [(year, second, first), (year, first, second)]
        if not any(_is_day(*map(int, choice)) for choice in choices):
            return found[0]
    for found in (match for words in _WORDS for match in words.finditer(text)):
        start, end = found.span("day")
        month_alone = text[found.start() : start] + text[end : found.end()]
        if len(parse(month_alone).edtf) == len("1820-02") and len(parse(found[0]).edtf) == len("1820"):
            return found[0]
    return ""


def _is_day(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year or 4, month)[1]
