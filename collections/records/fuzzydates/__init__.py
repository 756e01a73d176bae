"""Dates as people write them: "c. 1911", "500 BC", "Minh Mạng năm thứ 17", "thế kỷ XIX", "19世紀後半"."""

from records.fuzzydates.days import impossible_day
from records.fuzzydates.edtf import bounds as edtf_bounds
from records.fuzzydates.edtf import from_edtf, validate
from records.fuzzydates.parser import parse
from records.fuzzydates.reading import format
from records.fuzzydates.value import CALENDARS, DateError, FuzzyDate, century_bounds, century_of, decade_of

__all__ = [
    "CALENDARS",
    "DateError",
    "FuzzyDate",
    "century_bounds",
    "century_of",
    "decade_of",
    "edtf_bounds",
    "format",
    "from_edtf",
    "impossible_day",
    "parse",
    "validate",
]
