"""Keys by which titles, makers and numbers are put in order: plain strings, compared by code point in both engines."""

from __future__ import annotations

import re
import unicodedata

from search.text.folding import fold_word

_DIGITS = re.compile(r"\d+")
_WORDS = re.compile(r"\w+")
_ARTICLES = {
    "en": {"the", "a", "an"},
    "fr": {"le", "la", "les", "un", "une", "l", "des"},
    "de": {"der", "die", "das", "ein", "eine"},
    "es": {"el", "la", "los", "las", "un", "una"},
    "it": {"il", "lo", "la", "i", "gli", "le", "un", "una", "l"},
    "nl": {"de", "het", "een"},
    "pt": {"o", "a", "os", "as", "um", "uma"},
}
LONGEST = 160


def _padded(text: str) -> str:
    """Runs of digits written with twelve places, so that 2 comes before 10. (Of thousands of them Python makes no number.)"""
    return _DIGITS.sub(lambda match: str(int(match[0][-1_000:])).zfill(12)[-24:], text)


def sort_key(text: str, language: str = "") -> str:
    """Folded words without punctuation and leading article, numbers by value; equal ones in the order of their marks."""
    words = [fold_word(word) for word in _WORDS.findall(unicodedata.normalize("NFC", text))]
    if len(words) > 1 and words[0] in _ARTICLES.get(language.partition("-")[0], ()):
        words = words[1:]
    return f"{_padded(' '.join(words))[:LONGEST]}\x1f{unicodedata.normalize('NFC', text)[:40]}"
