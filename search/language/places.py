"""Where the letters of the composed text stand in what was typed: a place in a sentence is one that the reader can count to."""

from __future__ import annotations

import unicodedata
from itertools import pairwise


def composed(text: str) -> tuple[str, list[int] | None]:
    """The text in composed letters (NFC), and for each of them, and for the end, the place in the text as typed; None: all the same places."""
    if unicodedata.is_normalized("NFC", text):
        return text, None
    pieces: list[str] = []
    places: list[int] = []
    starts = [*_starts(text), len(text)]
    for start, end in pairwise(starts):
        piece = unicodedata.normalize("NFC", text[start:end])
        pieces.append(piece)
        places += [min(start + at, end - 1) for at in range(len(piece))]
    return "".join(pieces), [*places, len(text)]


def _starts(text: str) -> list[int]:
    """Where something begins that no letter before it is composed with."""
    starts: list[int] = []
    for at, char in enumerate(text):
        if starts and (unicodedata.combining(char) or _joins(text[starts[-1] : at], char)):
            continue
        starts.append(at)
    return starts


def _joins(before: str, char: str) -> bool:
    """Hangul syllables, and a few vowels of India, are composed of letters that are no marks."""
    normal = unicodedata.normalize
    return not char.isascii() and normal("NFC", before + char) != normal("NFC", before) + normal("NFC", char)
