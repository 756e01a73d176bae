"""Stems by the language of the text: ``paintings`` finds *painting*. Each carries its language, so that no language's rules touch another's."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

import Stemmer

from search.text.folding import exact_form, fold_word

# Languages without inflected words (Chinese, Japanese) need none, Vietnamese only one for its two spellings of i.
_ALGORITHMS = {
    "en": "english", "fr": "french", "de": "german", "es": "spanish", "it": "italian", "pt": "portuguese", "nl": "dutch",
    "id": "indonesian", "ru": "russian", "ar": "arabic",
}  # fmt: skip
STEMMED_LANGUAGES = tuple(_ALGORITHMS)
SHORTEST = 4
_ARABIC = re.compile("[\u0600-\u06ff]")  # whose rules are asked about nothing else: they leave other letters as they are
# Vietnamese writes the last i of these syllables as i or as y, by school and by newspaper: lý and lí, thế kỷ and thế kỉ, quý and quí.
_I_OR_Y = re.compile("([hklmstv]|qu)[iy]")


@cache
def _stemmer(language: str) -> Any:
    return Stemmer.Stemmer(_ALGORITHMS[language], 0)  # what was stemmed is kept below: no second memory of the library's own


@lru_cache(maxsize=200)
def has_stems(language: str) -> bool:
    """Whether words of the language (BCP 47, its first part counts) are stemmed."""
    primary = language.partition("-")[0].lower()
    return primary in _ALGORITHMS or primary == "vi"


@lru_cache(maxsize=200_000)
def stem_token(word: str, language: str) -> str | None:
    """``en:paint`` for a written word; None where the language (BCP 47, its first part counts) has no stems or the word is too short."""
    primary = language.partition("-")[0].lower()
    if primary == "vi":
        syllable = _I_OR_Y.fullmatch(fold_word(word)) if len(word) < SHORTEST * 2 else None
        return f"vi:{syllable[1]}" if syllable else None
    if primary not in _ALGORITHMS or len(word) < SHORTEST or not word.isalpha() or (primary == "ar" and not _ARABIC.match(word)):
        return None
    stem = fold_word(_stemmer(primary).stemWord(exact_form(word)))
    return f"{primary}:{stem}" if len(stem) > 2 else None


@lru_cache(maxsize=20_000)
def query_stems(word: str) -> tuple[str, ...]:
    """The stem of a typed word in every language that has stems, since nobody says in which language they type."""
    return tuple(filter(None, (stem_token(word, language) for language in (*STEMMED_LANGUAGES, "vi"))))
