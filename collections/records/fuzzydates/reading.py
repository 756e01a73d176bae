"""What was understood, as people read it: "= 1836", "= c. 1800–1850", "= 400–200 BC"; in English and Vietnamese."""

from __future__ import annotations

from records.fuzzydates.edtf import Bounds, bounds
from records.fuzzydates.value import DateError, FuzzyDate

_ENGLISH = {
    "circa": "c. {}", "before": "before {}", "until": "until {}", "after": "{} or later", "bc": "{} BC", "ad": "AD {}", "or": " or ", "century": "{} century",
    "decade": "{}s", "era": "{era} {year}", "month": "{month} {year}", "day": "{day} {month} {year}",
}  # fmt: skip
_VIETNAMESE = {
    "circa": "khoảng {}", "before": "trước {}", "until": "đến {}", "after": "từ {} trở đi", "bc": "{} TCN", "ad": "{} SCN", "or": " hoặc ", "century": "thế kỷ {}",
    "decade": "thập niên {}", "era": "{era} năm thứ {year}", "month": "tháng {month} năm {year}", "day": "ngày {day} tháng {month} năm {year}",
}  # fmt: skip
_MONTHS = ("", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def format(date: FuzzyDate, lang: str = "en") -> str:
    """The understood date with a sign of equality before it; empty when nothing was understood."""
    text = plain(date, lang)
    return f"= {text}" if text else ""


def plain(date: FuzzyDate, lang: str = "en") -> str:
    """The understood date alone: ``c. 1800–1850``. Bounds without EDTF (a museum's own years) are read too."""
    words = _words(lang)
    text = _expression(date, lang)
    if text and date.era and date.era_year:
        text += f" ({words['era'].format(era=date.era, year=date.era_year)})"
    return text


def year(value: int, lang: str = "en") -> str:
    """An astronomical year as people read it: 1836, 500 BC, AD 40."""
    words = _words(lang)
    if value <= 0:
        return words["bc"].format(1 - value)
    return words["ad"].format(value) if value < 100 else str(value)


def years(earliest: int | None, latest: int | None, lang: str = "en") -> str:
    """A range of astronomical years: 1800–1850, 400–200 BC, 100 BC–AD 99, AD 1–99, until 1850, 1950 or later."""
    words = _words(lang)
    if earliest is None and latest is None:
        return ""
    if earliest is None:
        return words["until"].format(year(latest or 0, lang))
    if latest is None:
        return words["after"].format(year(earliest, lang))
    if earliest == latest:
        return year(earliest, lang)
    if latest <= 0:
        return words["bc"].format(f"{1 - earliest}–{1 - latest}")
    if 0 < earliest < 100:
        return words["ad"].format(f"{earliest}–{latest}")
    return f"{year(earliest, lang)}–{year(latest, lang)}"


def century(value: int, lang: str = "en") -> str:
    """The name of a century (``century_of``): 19th century, 5th century BC, thế kỷ 19."""
    words = _words(lang)
    number = str(abs(value)) if words is _VIETNAMESE else _ordinal(abs(value))
    text = words["century"].format(number)
    return words["bc"].format(text) if value < 0 else text


def decade(value: int, lang: str = "en") -> str:
    """The name of a decade (``decade_of``): 1830s, thập niên 1830; one BC as its years."""
    if value <= 0:
        return years(value, value + 9, lang)
    return _words(lang)["decade"].format(value)


def _words(lang: str) -> dict[str, str]:
    return _VIETNAMESE if lang.split("-")[0] == "vi" else _ENGLISH


def _ordinal(number: int) -> str:
    ending = "th" if 10 < number % 100 < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _expression(date: FuzzyDate, lang: str) -> str:
    text = date.edtf
    if not text:
        return years(date.earliest, date.latest, lang)
    try:
        if text[0] in "[{":
            return (
                _words(lang)["or"].join(_end(part.strip(), lang) for part in text[1:-1].split(","))
                if ".." not in text
                else _bounded(bounds(text), lang)
            )
        if "/" in text:
            return _interval(text, lang)
        return _end(text, lang)
    except DateError:
        return years(date.earliest, date.latest, lang)


def _interval(text: str, lang: str) -> str:
    words = _words(lang)
    first, _, last = text.partition("/")
    if first in ("", ".."):
        return words["until"].format(_end(last, lang))
    if last in ("", ".."):
        return words["after"].format(_end(first, lang))
    start, end = bounds(first), bounds(last)
    plain_years = all(part.strip("?~%").lstrip("-").isdigit() for part in (first, last))
    if plain_years and start.circa == end.circa:
        return _marked(years(start.earliest, end.latest, lang), start.circa, start.uncertain or end.uncertain, words)
    return f"{_end(first, lang)}–{_end(last, lang)}"


def _end(text: str, lang: str) -> str:
    """One date of an expression, without a range."""
    words = _words(lang)
    found = bounds(text)
    parts = text.strip("?~%").lstrip("-").split("-")
    if text.startswith("-") or len(parts) == 1 or not all(part.isdigit() for part in parts) or not 1 <= int(parts[1]) <= 12:
        return _bounded(found, lang)
    month = parts[1].lstrip("0") if words is _VIETNAMESE else _MONTHS[int(parts[1])]
    shape = words["day"] if len(parts) == 3 else words["month"]
    written = shape.format(day=parts[-1].lstrip("0"), month=month, year=year(int(parts[0]), lang))
    return _marked(written, found.circa, found.uncertain, words)


def _bounded(found: Bounds, lang: str) -> str:
    return _marked(years(found.earliest, found.latest, lang), found.circa, found.uncertain, _words(lang))


def _marked(text: str, circa: bool, uncertain: bool, words: dict[str, str]) -> str:
    text = words["circa"].format(text) if circa else text
    return f"{text}?" if uncertain else text
