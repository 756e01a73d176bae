"""Texts of records in the visitor's language, visibly marked where they are not; dates, numbers and names in words."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language

from records import languages
from records.fuzzydates import reading

_DAYS = {"en": "j F Y", "vi": r"j \t\h\á\n\g n \n\ă\m Y"}
# A text without language, or in one that needs no reading, is nobody's fallback.
_NEUTRAL = frozenset({"", "und", "zxx", "mul"})


@dataclass(frozen=True, slots=True)
class Said:
    """A text with the language that it is in. ``fallback`` is true when that is not the visitor's."""

    text: str
    lang: str = ""
    fallback: bool = False

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text

    @property
    def dir(self) -> str:
        """Value of the ``dir`` attribute."""
        return languages.direction(self.lang) if self.lang else "ltr"

    @property
    def lang_attribute(self) -> str:
        """Value of the ``lang`` attribute, empty when the page's own language holds."""
        return "" if self.lang in _NEUTRAL or self.lang == reader() else self.lang

    @property
    def language_name(self) -> str:
        """The language's name in the visitor's words, as it stands within a sentence."""
        name = languages.name(self.lang, reader())
        return name[:1].lower() + name[1:] if reader() == "vi" else name

    @property
    def paragraphs(self) -> list[str]:
        """The text's paragraphs."""
        return [part.strip() for part in self.text.replace("\r\n", "\n").split("\n") if part.strip()]


NOTHING = Said("")


def reader() -> str:
    """The language that the page is in."""
    return (get_language() or "en").split("-")[0]


def said(texts: Mapping[str, str] | None, otherwise: str = "") -> Said:
    """The text of a plain language map that the visitor reads best."""
    language = reader()
    tag, text = languages.pick(texts or {}, [language])
    if not text:
        return Said(otherwise)
    return Said(text, tag, tag not in _NEUTRAL and tag.split("-")[0] != language)


def number(value: Any, places: int | None = None) -> str:
    """A number as the visitor writes it, its thousands apart (3,476; 3.476), without empty decimals."""
    if type(value) is int and places is None:
        return _whole(value, get_language() or "en")
    text = f"{value:f}" if hasattr(value, "as_tuple") else str(value)
    if places is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return str(number_format(text, places, use_l10n=True, force_grouping=True))


@lru_cache(maxsize=2_000)
def _whole(value: int, language: str) -> str:
    """A search page counts a hundred things, most of them few."""
    return str(number_format(str(value), use_l10n=True, force_grouping=True))


def year(value: int) -> str:
    """An astronomical year in words: 1838, 400 BC."""
    return reading.year(value, reader())


def years(earliest: int | None, latest: int | None) -> str:
    """A span of astronomical years in words; empty when nothing is known."""
    return "" if earliest is None and latest is None else reading.years(earliest, latest, reader())


def day(value: datetime.date) -> str:
    """A day, as it stands within a sentence: 1 September 2026, 1 tháng 9 năm 2026."""
    return date_format(value, _DAYS.get(reader(), "DATE_FORMAT"))


def date(view: Mapping[str, Any] | None) -> Said:
    """A date as the cataloguer worded it for the visitor's language, else as written, else the years."""
    if not view:
        return Said("")
    display = said(view.get("display"))
    if display and not display.fallback:
        return display
    if view.get("text"):
        return Said(view["text"])
    return display or Said(years(view.get("earliest"), view.get("latest")))


def years_beside(view: Mapping[str, Any] | None) -> str:
    """The years that a worded date was understood as, where the words do not say them already."""
    if not view or not (view.get("text") or view.get("display")):
        return ""
    span = years(view.get("earliest"), view.get("latest"))
    shown = date(view).text
    named = [str(abs(value) if value > 0 else 1 - value) for value in (view.get("earliest"), view.get("latest")) if value is not None]
    return "" if not span or all(digits in shown for digits in named) else span
