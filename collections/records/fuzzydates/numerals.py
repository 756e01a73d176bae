"""Numbers as texts write them: Roman, Chinese, Sino-Vietnamese, words for ordinals."""

from __future__ import annotations

import re

_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10}
ROMAN = re.compile(r"(x{0,2}(?:ix|iv|v?i{0,3}))(e|es|eme|ieme|er|re|th|st|nd|rd|o|a|te|de)?")
CJK_DIGITS = {
    "〇": 0,
    "零": 0,
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "壹": 1,
    "贰": 2,
    "叁": 3,
    "两": 2,
}
CJK_UNITS = {"十": 10, "百": 100, "千": 1000}
CJK_TENS = {"廿": 20, "卅": 30, "卌": 40}
CJK_NUMERALS = frozenset([*CJK_DIGITS, *CJK_UNITS, *CJK_TENS])


def roman(word: str) -> int | None:
    """The value of a Roman numeral up to 29, with or without an ordinal ending (``xix``, ``xviiie``); None for other words."""
    match = ROMAN.fullmatch(word)
    if match is None or not match[1]:
        return None
    values = [_ROMAN_DIGITS[c] for c in match[1]]
    return sum(-v if any(w > v for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))


_FULL_ROMAN = re.compile(r"(m{1,2})(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})")
_FULL_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def roman_year(word: str) -> int | None:
    """A year on a title page or a stone (``mdcccxl``), from 1000 on; None for other words."""
    if len(word) < 3 or (len(word) == 3 and not word.endswith(("c", "d", "m"))) or _FULL_ROMAN.fullmatch(word) is None:
        return None
    values = [_FULL_DIGITS[c] for c in word]
    return sum(-v if any(w > v for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))


def chinese(text: str) -> int | None:
    """The value of a Chinese number, by position (一八三六) or by units (十七, 五十); None when it is none."""
    if not text:
        return None
    if all(c in CJK_DIGITS for c in text):
        return int("".join(str(CJK_DIGITS[c]) for c in text))
    total = digit = 0
    for c in text:
        if c in CJK_DIGITS:
            digit = CJK_DIGITS[c]
        elif c in CJK_TENS:
            total += CJK_TENS[c]
        elif c in CJK_UNITS:
            total += (digit or 1) * CJK_UNITS[c]
            digit = 0
        else:
            return None
    return total + digit


_SINO = ("", "nhat", "nhi", "tam", "tu", "ngu", "luc", "that", "bat", "cuu")
_VIETNAMESE = ("", "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin")


def sino_vietnamese(number: int) -> str:
    """1-99 in Sino-Vietnamese without marks: 17 → ``thap that``."""
    tens, ones = divmod(number, 10)
    return " ".join(part for part in (_SINO[tens] if tens > 1 else "", "thap" if tens else "", _SINO[ones]) if part)


def vietnamese(number: int) -> str:
    """1-99 in Vietnamese without marks: 19 → ``muoi chin``, 21 → ``hai muoi mot``."""
    tens, ones = divmod(number, 10)
    last = "lam" if ones == 5 and tens else _VIETNAMESE[ones]
    return " ".join(part for part in (_VIETNAMESE[tens] if tens > 1 else "", "muoi" if tens else "", last) if part)


ENGLISH_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth")  # fmt: skip
FRENCH_ORDINALS = ("premier", "deuxieme", "troisieme", "quatrieme", "cinquieme", "sixieme", "septieme", "huitieme", "neuvieme", "dixieme", "onzieme", "douzieme", "treizieme", "quatorzieme", "quinzieme", "seizieme", "dix-septieme", "dix-huitieme", "dix-neuvieme", "vingtieme")  # fmt: skip
GERMAN_ORDINALS = ("erste", "zweite", "dritte", "vierte", "funfte", "sechste", "siebte", "achte", "neunte", "zehnte", "elfte", "zwolfte", "dreizehnte", "vierzehnte", "funfzehnte", "sechzehnte", "siebzehnte", "achtzehnte", "neunzehnte", "zwanzigste")  # fmt: skip
