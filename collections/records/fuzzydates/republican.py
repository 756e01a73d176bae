"""Years of the French Republic (an VII, 18 brumaire an VIII), which began on 22 September 1792, written as the years that they lie in."""

from __future__ import annotations

import re

from records.fuzzydates import numerals

_FIRST = 1791  # the year I began in 1792
_AUTUMN = ("vendemiaire", "brumaire", "frimaire")
_WINTER = ("nivose",)
_SPRING = ("pluviose", "ventose", "germinal", "floreal", "prairial", "messidor", "thermidor", "fructidor", "complementaire")
_YEAR = re.compile(
    rf"(?:\b\d{{1,2}}(?:er)? )?(?:\b(?P<month>{'|'.join((*_AUTUMN, *_WINTER, *_SPRING))}) )?(?:de )?"
    r"(?P<article>\bl')?\ban (?P<year>x?(?:iv|ix|v?i{0,3})|1[0-4]|[1-9])(?:e)?\b"
    r"(?P<republic> (?:de la republique(?: francaise)?|republicain))?"
)
_NOTHING_ELSE = re.compile(r"[\s\d/(),.\u2013-]*")


def in_western_years(plain: str) -> str:
    """The folded text with its republican years replaced: "an vii de la republique" → "1798-1799".

    "An" is an article in English and a name in Vietnamese: it is such a year where month, republic or "l'" say so, or where nothing else is written.
    """
    alone = _NOTHING_ELSE.fullmatch(_YEAR.sub("", plain)) is not None
    return _YEAR.sub(lambda match: _western(match, alone), plain)


def _western(match: re.Match[str], alone: bool) -> str:
    month, figure = match["month"], match["year"]
    number = int(figure) if figure.isdigit() else numerals.roman(figure)
    said = month or match["republic"] or ((match["article"] or alone) and not figure.isdigit())
    if not number or not said or number > 14:
        return match[0]
    first, last = _FIRST + number, _FIRST + number + 1
    if month in _AUTUMN:
        return f" {first} "
    return f" {last} " if month in _SPRING else f" {first}-{last} "
