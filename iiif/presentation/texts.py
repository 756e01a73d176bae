"""Texts as the Presentation API writes them (4.1, language of property values)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from iiif.presentation.markup import as_said
from iiif.presentation.sources import Text

LanguageMap = dict[str, list[str]]


def language_map(text: Text) -> LanguageMap:
    """``{lang: text}`` → ``{lang: [text]}``; "und" becomes "none"."""
    return {"none" if tag == "und" else tag: [words] for tag, words in text.items()}


def prose_map(text: Text) -> LanguageMap:
    """The same where HTML may stand (summary, requiredStatement): ours is plain text and stays so."""
    return language_map({tag: as_said(words) for tag, words in text.items()})


def statement(attribution: Text) -> dict[str, LanguageMap]:
    """The requiredStatement of what may be shown only with these words."""
    return {"label": language_map(in_interface_languages(_("Attribution"))), "value": prose_map(attribution)}


def merged(values: Iterable[Text]) -> LanguageMap:
    """Several values of metadata as one map, each under its language."""
    found: LanguageMap = {}
    for value in values:
        for tag, words in value.items():
            found.setdefault("none" if tag == "und" else tag, []).append(as_said(words))
    return found


def interface_languages() -> list[str]:
    """Codes of the languages that the interface has."""
    return [code for code, _name in settings.LANGUAGES]


def in_interface_languages(label: Any) -> Text:
    """A label of ours (a lazily translated text) in each language of the interface."""
    languages = tuple(interface_languages())
    if isinstance(label, Promise):
        _made, (act, words, named, *_types) = label.__reduce__()  # type: ignore[misc]
        if not named:
            return dict(_translated(languages, act, words))
    return _in_each(languages, lambda: str(label))


@lru_cache(maxsize=2048)
def _translated(languages: tuple[str, ...], act: Callable[..., str], words: tuple[Any, ...]) -> Text:
    """The catalogues stay as they are as long as the process, and every manifest has a dozen such labels."""
    return _in_each(languages, lambda: str(act(*words)))


def _in_each(languages: Iterable[str], said: Callable[[], str]) -> Text:
    found = {}
    for lang in languages:
        with translation.override(lang):
            found[lang] = said()
    return found
