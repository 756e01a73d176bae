"""Whether a navDate is a day that the calendar has: XSD dateTime, years before our era too, which Python's own dates do not know."""

from __future__ import annotations

import calendar
import re

_WRITTEN = re.compile(r"(-?\d{4,})-(\d\d)-(\d\d)T.*?(?:Z|[+-](\d\d):(\d\d))")
_FARTHEST = 14 * 60  # minutes from UTC (XML Schema 1.1, 3.3.7)


def fault(text: str) -> str:
    """A sentence; empty when nothing is wrong, and for what is no dateTime at all, which the schema has refused."""
    found = _WRITTEN.fullmatch(text)
    if not found:
        return ""
    year, month, day = (int(number) for number in found.groups()[:3])
    if not 1 <= month <= 12:
        return ""
    # a year of the same kind (leap or not) that Python's calendar has
    if not 1 <= day <= calendar.monthrange(2000 if calendar.isleap(year) else 2001, month)[1]:
        return f"{text} is no day of the calendar."
    if found[4] and (int(found[4]) * 60 + int(found[5]) > _FARTHEST or int(found[5]) > 59):
        return f"{text} lies farther from UTC than any place on earth."
    return ""
