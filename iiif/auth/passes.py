"""What somebody holds who may see restricted pictures: a sealed cookie for pixels, and a token with which a viewer asks about it.

Both name the museums whose restricted pictures they open, and when that ends. Neither opens anything hidden, nor the workplace.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponseBase

from iiif import sealing
from iiif.sealing import Seal

if TYPE_CHECKING:
    from iiif.image.access import Guarded

COOKIE = "museum_access"
PATH = "/iiif/"
SECONDS = 3600
_COOKIE, _TOKEN = Seal("iiif.auth.passes.cookie"), Seal("iiif.auth.passes.token")


@dataclass(frozen=True, slots=True)
class ReaderPass:
    """Opens restricted pictures and files of these museums (keys; None: of all) until then (unix time)."""

    until: int
    museums: frozenset[int] | None

    @property
    def words(self) -> str:
        """As it is written in cookies and tokens, before its seal."""
        return f"{self.until}.{sealing.joined(self.museums)}"

    @property
    def seconds(self) -> int:
        """How long it lasts from now on."""
        return max(0, self.until - int(time.time()))

    def opens(self, asked: Guarded) -> bool:
        """True for what these museums show on request; the caller has seen that it is restricted and not hidden.

        What several museums use, all of them have to show so.
        """
        return self.opens_those_of(asked.museums)

    def opens_those_of(self, museums: frozenset[int]) -> bool:
        """The same for what these museums use."""
        return self.museums is None or (bool(museums) and museums <= self.museums)


def new(museums: Iterable[int] | None) -> ReaderPass:
    """A pass from now on."""
    return ReaderPass(int(time.time()) + SECONDS, None if museums is None else frozenset(museums))


def _opened(seal: Seal, sealed: str) -> ReaderPass | None:
    words = seal.opened(sealed)
    found = None if words is None else _read(words)
    return found if found is not None and found.until > time.time() else None


@lru_cache(maxsize=1024)
def _read(words: str) -> ReaderPass:
    """Only sealed words come here."""
    until, _, museums = words.partition(".")
    return ReaderPass(int(until), sealing.keys(museums))


def token(held: ReaderPass) -> str:
    """The access token (Authorization Flow 2.0, 5): it opens no pixel, a viewer only asks the probe service with it."""
    return _TOKEN.sealed(held.words)


def of_token(sent: str) -> ReaderPass | None:
    """The pass of a token that is ours and not over."""
    return _opened(_TOKEN, sent)


def of_cookies(cookies: str) -> ReaderPass | None:
    """The pass in a Cookie header; None without one, with a forged one or one whose time is over."""
    return _opened(_COOKIE, sealing.cookie(cookies, COOKIE))


def give(response: HttpResponseBase, held: ReaderPass) -> None:
    """Set the cookie. Viewers of other sites show our pictures in their pages, so it has to be sent from there: None, and then only by https."""
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(
        COOKIE,
        _COOKIE.sealed(held.words),
        max_age=held.seconds,
        path=PATH,
        secure=secure,
        httponly=True,
        samesite="None" if secure else "Lax",
    )


def take(response: HttpResponseBase) -> None:
    """Remove the cookie."""
    response.delete_cookie(COOKIE, path=PATH, samesite="None" if settings.SESSION_COOKIE_SECURE else "Lax")
