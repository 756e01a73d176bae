"""Days as curators say them: 2026-11-28, 2026-11, 2026, today, last_week, 7d (the last seven days), -3m, +30d; in Vietnamese, too."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from search.text import fold

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_LOCAL = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_AWAY = re.compile(r"(?:now|today)?([+-]?)(\d{1,5})([dwmyq])")
_WORDS = {
    "now": "today", "homnay": "today", "homqua": "yesterday", "ngaymai": "tomorrow",
    "tuannay": "thisweek", "tuantruoc": "lastweek", "tuansau": "nextweek", "thangnay": "thismonth", "thangtruoc": "lastmonth",
    "thangsau": "nextmonth", "namnay": "thisyear", "namngoai": "lastyear", "namtruoc": "lastyear", "namsau": "nextyear",
}  # fmt: skip


def span(text: str, today: date) -> tuple[date, date] | None:
    """First and last day of what the text says; None for what is no day."""
    words = fold(text).replace(" ", "").replace("_", "")
    words = _WORDS.get(words, words)
    try:
        return _named(words, today) or _written(words) or _away(words, today)
    except (ValueError, OverflowError):
        return None


def _named(words: str, today: date) -> tuple[date, date] | None:
    near = {"today": 0, "yesterday": -1, "tomorrow": 1}
    if words in near:
        day = today + timedelta(days=near[words])
        return day, day
    for prefix, steps in (("this", 0), ("last", -1), ("next", 1)):
        match words.removeprefix(prefix) if words.startswith(prefix) else "":
            case "week":
                monday = today + timedelta(days=7 * steps - today.weekday())
                return monday, monday + timedelta(days=6)
            case "month":
                first = moved(today.replace(day=1), months=steps)
                return first, _month_end(first)
            case "year":
                return date(today.year + steps, 1, 1), date(today.year + steps, 12, 31)
    return None


def _written(words: str) -> tuple[date, date] | None:
    if local := _LOCAL.fullmatch(words):
        day = date(int(local[3]), int(local[2]), int(local[1]))
        return day, day
    if not (found := _DAY.fullmatch(words)):
        return None
    year, month, day_ = int(found[1]), found[2], found[3]
    if day_:
        return (one := date(year, int(month), int(day_))), one
    if month:
        first = date(year, int(month), 1)
        return first, _month_end(first)
    return date(year, 1, 1), date(year, 12, 31)


def _away(words: str, today: date) -> tuple[date, date] | None:
    """``7d``: from seven days ago until today; ``-7d`` and ``+7d``: that day itself."""
    found = _AWAY.fullmatch(words)
    if not found:
        return None
    count, unit = int(found[2]), found[3]
    steps = count if found[1] == "+" else -count
    match unit:
        case "d":
            day = today + timedelta(days=steps)
        case "w":
            day = today + timedelta(days=7 * steps)
        case "m":
            day = moved(today, months=steps)
        case "q":
            day = moved(today, months=3 * steps)
        case _:
            day = moved(today, months=12 * steps)
    return (day, day) if found[1] else (day, today)


def moved(day: date, *, months: int) -> date:
    """The same day some months on, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _month_end(first: date) -> date:
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])
