"""Stems by the language of the text: ``paintings`` finds *painting*. Each carries its language, so that no language's rules touch another's."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

import Stemmer

from search.text.folding import exact_form, fold_word

# Languages without inflected words (Vietnamese, Chinese, Japanese) need none.
_ALGORITHMS = {
    "en": "english", "fr": "french", "de": "german", "es": "spanish", "it": "italian", "pt": "portuguese", "nl": "dutch",
    "id": "indonesian", "ru": "russian",
}  # fmt: skip
STEMMED_LANGUAGES = tuple(_ALGORITHMS)
SHORTEST = 4


@cache
def _stemmer(language: str) -> Any:
    return Stemmer.Stemmer(_ALGORITHMS[language], 0)  # what was stemmed is kept below: no second memory of the library's own


@lru_cache(maxsize=200)
def has_stems(language: str) -> bool:
    """Whether words of the language (BCP 47, its first part counts) are stemmed."""
    return language.partition("-")[0].lower() in _ALGORITHMS


@lru_cache(maxsize=200_000)
def stem_token(word: str, language: str) -> str | None:
    """``en:paint`` for a written word; None where the language (BCP 47, its first part counts) has no stems or the word is too short."""
    primary = language.partition("-")[0].lower()
    if primary not in _ALGORITHMS or len(word) < SHORTEST or not word.isalpha():
        return None
    stem = fold_word(_stemmer(primary).stemWord(exact_form(word)))
    return f"{primary}:{stem}" if len(stem) > 2 else None


@lru_cache(maxsize=20_000)
def query_stems(word: str) -> tuple[str, ...]:
    """The stem of a typed word in every language that has stems, since nobody says in which language they type."""
    return tuple(filter(None, (stem_token(word, language) for language in STEMMED_LANGUAGES)))
