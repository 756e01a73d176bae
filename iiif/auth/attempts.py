"""How often a password may be tried: counted in the cache, so that nothing is written for whoever guesses."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass

from django.core.cache import cache

QUARTER = 900  # seconds


@dataclass(frozen=True)
class Limit:
    """At most ``most`` attempts within ``seconds`` of the first, for each key (an address, or an address and a name)."""

    name: str
    most: int
    seconds: int = QUARTER

    def exceeded(self, *key: str) -> bool:
        """Count an attempt; True beyond the limit."""
        counted = self._counted(key)
        cache.add(counted, 0, self.seconds)
        try:
            return cache.incr(counted) > self.most
        except ValueError:  # the count ended between the two lines
            return False

    def forgive(self, *key: str) -> None:
        """Take back one attempt, which was none of guessing. Those before it count on: an account of one's own buys no more of them."""
        with suppress(ValueError):  # the count ended meanwhile
            cache.decr(self._counted(key))

    def _counted(self, key: tuple[str, ...]) -> str:
        return f"{self.name}-{hashlib.sha256('|'.join(key).encode()).hexdigest()[:32]}"
