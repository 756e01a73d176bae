"""Years that visitors type as words: “c. 1820s”, “thế kỷ 19”, “Minh Mạng”, “500 BC”. The page offers what was made then."""

from __future__ import annotations

import re

from records import fuzzydates

LONGEST = 60  # characters
Years = tuple[int, int]
_PARTED = re.compile(r"\d[./]\d")  # 1987.12 is a number of an object


def years_of(text: str, *, among_words: bool) -> Years | None:
    """First and last astronomical year of a text that says when; ``among_words``: also of one that says something else besides."""
    typed = text.strip()
    if not typed or len(typed) > LONGEST or _PARTED.search(typed):
        return None
    found = _read(typed)
    if found is None:
        return None
    words = typed.split()
    said = len(words) == 1 or all(_read(" ".join([*words[:at], *words[at + 1 :]])) != found for at in range(len(words)))
    return found if said or among_words else None


def _read(text: str) -> Years | None:
    date = fuzzydates.parse(text)
    return None if date.earliest is None or date.latest is None else (date.earliest, date.latest)
