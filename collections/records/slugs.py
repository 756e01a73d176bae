"""Slugs: decoration of addresses, never their identity."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

LONGEST = 60
# letters that have no decomposition
_LETTERS = str.maketrans(
    {"đ": "d", "Đ": "d", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ı": "i"}
)


def slug_of(texts: Mapping[str, str], otherwise: str) -> str:
    """The title folded to ASCII (English, Vietnamese, then any other Latin one); else the number; else "object"."""
    candidates = [texts.get("en", ""), texts.get("vi", ""), *texts.values(), otherwise]
    return next((slug for slug in map(_folded, candidates) if slug), "object")


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return words if len(words) <= LONGEST else words[:LONGEST].rsplit("-", 1)[0].strip("-")
