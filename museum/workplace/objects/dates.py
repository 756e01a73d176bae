"""Dates in forms: what was understood is shown and stored, and the museum's own years win over it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from records import fuzzydates
from records.fuzzydates import FuzzyDate

# column of records.models.FuzzyDateColumns → attribute of FuzzyDate
COLUMNS = {
    "date_edtf": "edtf",
    "date_earliest": "earliest",
    "date_latest": "latest",
    "date_calendar": "calendar",
    "date_era": "era",
    "date_era_year": "era_year",
    "date_circa": "circa",
    "date_uncertain": "uncertain",
}


def parsed(text: str) -> dict[str, Any]:
    """What a text means, as the values of the date columns; all empty when nothing was understood."""
    found = fuzzydates.parse(text, [get_language() or "en"]) if text.strip() else FuzzyDate()
    values = {column: getattr(found, attribute) for column, attribute in COLUMNS.items()}
    if not found.is_known:
        values["date_calendar"] = ""
    return values


def fill(cleaned: dict[str, Any], text_before: str) -> None:
    """Fill the date columns of a form from its words.

    A column keeps what it holds when somebody has typed that by hand: when it is neither empty nor what the words that stood there
    before were understood as. The years are one thing: own earliest or latest years keep both of them.
    """
    if "date_text" not in cleaned:
        return
    before, now = parsed(text_before), parsed(cleaned["date_text"] or "")
    own_years = any(_is_own(cleaned, column, before) and _is_own(cleaned, column, now) for column in ("date_earliest", "date_latest"))
    for column in COLUMNS:
        if column not in cleaned or (own_years and column in {"date_earliest", "date_latest"}):
            continue
        if own_years and column == "date_edtf" and not cleaned[column]:
            cleaned[column] = _edtf(cleaned["date_earliest"], cleaned["date_latest"])
        elif not _is_own(cleaned, column, before):
            cleaned[column] = now[column]


def _is_own(cleaned: dict[str, Any], column: str, understood: dict[str, Any]) -> bool:
    value = cleaned.get(column)
    return value not in (None, "") and value != understood[column]


def _edtf(earliest: int | None, latest: int | None) -> str:
    """The years as EDTF: what the words were understood as is no longer true."""
    if earliest is not None and earliest == latest:
        return _edtf_year(earliest)
    return f"{'..' if earliest is None else _edtf_year(earliest)}/{'..' if latest is None else _edtf_year(latest)}"


def _edtf_year(year: int) -> str:
    return f"{year:04d}" if 0 <= year <= 9999 else (f"-{-year:04d}" if -9999 <= year < 0 else f"Y{year}")


def sentence(earliest: int | None, latest: int | None) -> str:
    """Years as people read them: “= 1836”, “= 1831–1841”, “= before 1800”, “= 500 BC”; empty when there are none."""
    if earliest is None and latest is None:
        return ""
    if earliest is None:
        return _("= until %(year)s") % {"year": _year(latest)}
    if latest is None:
        return _("= from %(year)s") % {"year": _year(earliest)}
    if earliest == latest:
        return f"= {_year(earliest)}"
    if (earliest > 0) == (latest > 0) and earliest <= 0:
        return "= " + _("%(first)s–%(last)s BC") % {"first": 1 - earliest, "last": 1 - latest}
    return f"= {_year(earliest)}–{_year(latest)}"


def told(text: str, earliest: int | None, latest: int | None) -> str:
    """What stands under the words: the years, and a doubt about a day that no calendar has."""
    years = sentence(earliest, latest)
    day = fuzzydates.impossible_day(text)
    if not day:
        return years
    doubt = _("There is no day “%(day)s”: check it; your words are kept.") % {"day": day}
    return f"{years}. {doubt}" if years else doubt


def _year(year: int | None) -> str:
    assert year is not None
    return str(year) if year > 0 else _("%(year)s BC") % {"year": 1 - year}
