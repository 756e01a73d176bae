"""Language maps: texts in many languages."""

from collections.abc import Mapping, Sequence
from typing import Any

OFFERED = ("vi", "en")
STATES = ("source", "human", "machine", "reviewed", "stale")


def plain(language_map: Mapping[str, Any]) -> dict[str, str]:
    """``{lang: text}`` of a stored map."""
    return {tag: (value["text"] if isinstance(value, dict) else value) for tag, value in language_map.items()}


def pick(texts: Mapping[str, str], preferred: Sequence[str]) -> tuple[str, str]:
    """(language, text) of the best text."""
    for tag in preferred:
        if texts.get(tag):
            return tag, texts[tag]
    return next(iter(texts.items()), ("", ""))


def validate(language_map: Any) -> None:
    """Raise ValueError with a sentence when this is no language map."""
    if not isinstance(language_map, dict):
        raise ValueError("A text in languages is a table of language tags and texts.")


def name(tag: str) -> str:
    """The language's own name."""
    return {"vi": "Tiếng Việt", "en": "English"}.get(tag, tag)


def direction(tag: str) -> str:
    """ltr or rtl."""
    return "rtl" if tag.split("-")[0] in {"ar", "he", "fa", "ur"} else "ltr"
