"""What every way of making fields works with: the record's values, the profile's conventions, the plan."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from exchange.plans import Plan
from exchange.profile import Profile
from exchange.wanted import Wanted
from records import fuzzydates, languages
from records.fuzzydates import FuzzyDate

LARGEST = Decimal(10**10)  # what a measurement can hold
_YEAR = re.compile(r"([+-]?\d{1,6})(?:-\d{2}){0,2}(?:T.*)?$")


@dataclass(frozen=True)
class Make:
    """A way of making fields: its function, and which keys of an entry name columns (of the record, of its table)."""

    function: Callable[[Building, dict[str, Any]], None]
    reads: tuple[str, ...] = ("from",)
    table_reads: tuple[str, ...] = ()


class Building:
    """One record under construction."""

    def __init__(self, profile: Profile, plan: Plan) -> None:
        self.profile = profile
        self.plan = plan
        self.findings = plan.findings

    def text(self, entry: dict[str, Any], name: str = "from") -> str:
        """The value of the column that the entry names; empty when it says nothing by the entry's ``drop``."""
        column = entry.get(name)
        if not column:
            return ""
        value = self.plan.record.get(column, "")
        if isinstance(value, list):
            value = next((part for part in value if part), "") if not value or isinstance(value[0], str) else ""
        return self.kept(value, column, entry)

    def kept(self, value: str, column: str, entry: dict[str, Any]) -> str:
        """``value`` unless it is among the entry's ``drop``."""
        if value and value.casefold() in (str(word).casefold() for word in entry.get("drop", ())):
            self.findings.add("value_dropped", column, value)
            return ""
        return value

    def parts(self, entry: dict[str, Any]) -> list[str]:
        """The values of a column: a list as it came, or split at the entry's ``split``."""
        column = entry["from"]
        value = self.plan.record.get(column, "")
        if isinstance(value, str):
            value = value.split(entry["split"]) if entry.get("split") else [value]
        return [kept for part in value if (kept := self.kept(part.strip(), column, entry))]

    def map(self, text: str, entry: dict[str, Any] | None = None) -> dict[str, Any]:
        """A language map of one text in the profile's (or the entry's) language."""
        return language_map(text, (entry or {}).get("language") or self.profile.language)

    def term(self, label: str, vocabulary: str) -> Wanted:
        """A term of the vocabulary with that code."""
        return Wanted("term", label, self.profile.language, scope=vocabulary)

    def year(self, text: str, column: str, entry: dict[str, Any]) -> int | None:
        """A signed astronomical year out of a year or an ISO date; historical years have no year 0 (``-500`` is 500 BC)."""
        if not text:
            return None
        match = _YEAR.match(text)
        if match is None:
            self.findings.add("year_not_understood", column, text)
            return None
        year = int(match[1])
        return year + 1 if year < 0 and entry.get("years", "historical") == "historical" else year

    def number(self, text: str, column: str) -> Decimal | None:
        """A number above 0; 0 means that it is not known."""
        if not text:
            return None
        try:
            value = Decimal(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)
        except InvalidOperation:
            self.findings.add("number_not_understood", column, text)
            return None
        if not value.is_finite() or value < 0 or value >= LARGEST:
            self.findings.add("number_not_understood", column, text)
            return None
        if value == 0:
            self.findings.add("zero_unknown", column)
            return None
        return value


def language_map(text: str, language: str) -> dict[str, Any]:
    """A language map of one text, as the forms would store it."""
    return {language: languages.entry(text)} if text else {}


@lru_cache(maxsize=20_000)
def understood(text: str, language: str) -> FuzzyDate:
    """What the words of a date mean; cached, as collections repeat themselves."""
    return fuzzydates.parse(text, (language,))


def date_columns(date: FuzzyDate, text: str) -> dict[str, Any]:
    """A FuzzyDate as the columns of ``FuzzyDateColumns``."""
    return {
        "date_text": text,
        "date_edtf": date.edtf if len(date.edtf) <= 100 else "",
        "date_earliest": date.earliest,
        "date_latest": date.latest,
        "date_calendar": date.calendar if date.is_known else "",
        "date_era": date.era[:80],
        "date_era_year": date.era_year,
        "date_circa": date.circa,
        "date_uncertain": date.uncertain,
    }
