"""Words that only this museum can have written. Cookies and tokens carry them with a seal, so that no session and no query is needed.

A seal is the first half of an HMAC-SHA256 (RFC 2104) with a key made of SECRET_KEY and the purpose: what is sealed for one
purpose opens nothing else.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from functools import lru_cache

from django.conf import settings

ALL = "all"


class Seal:
    """Seals and opens words of one ``purpose``."""

    def __init__(self, purpose: str) -> None:
        self.purpose = purpose.encode()

    def sealed(self, words: str) -> str:
        """The words with their seal behind the last full stop."""
        return f"{words}.{self._seal(words)}"

    def opened(self, text: str) -> str | None:
        """The words, when the seal is ours."""
        words, _, seal = text.rpartition(".")
        if not words.isascii() or not hmac.compare_digest(seal.encode(), self._seal(words).encode()):
            return None
        return words

    def _seal(self, words: str) -> str:
        return hmac.new(_key(settings.SECRET_KEY, self.purpose), words.encode(), hashlib.sha256).hexdigest()[:32]


@lru_cache(maxsize=16)
def _key(secret: str, purpose: bytes) -> bytes:
    return hashlib.sha256(purpose + b"." + secret.encode()).digest()


def cookie(header: str, name: str) -> str:
    """The value of a cookie in a Cookie header (RFC 6265, 4.2.1); empty without one."""
    for pair in header.split(";"):
        found, equals, value = pair.partition("=")
        if equals and found.strip() == name:
            return value.strip()
    return ""


def joined(keys: Iterable[int] | None) -> str:
    """Keys as they stand in sealed words: ``3-17``; ``all`` for None."""
    return ALL if keys is None else "-".join(map(str, sorted(keys)))


def keys(text: str) -> frozenset[int] | None:
    """The other way round."""
    return None if text == ALL else frozenset(map(int, filter(None, text.split("-"))))
