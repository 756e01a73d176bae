"""Who may see a picture's pixels: everybody, or staff by a signed cookie that costs no session and no query.

The cookie is set on answers of the workplace, lives an hour and is sent to /iiif/ alone.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest, HttpResponse

from iiif.image.errors import NotAllowed, NotFound
from iiif.image.limits import STAFF_COOKIE_SECONDS
from iiif.image.pictures import HIDDEN, PUBLIC, Known

COOKIE = "museum_pixels"
_MARK = COOKIE + "="
PATH = "/iiif/"


@lru_cache(maxsize=8)
def _key(secret: str) -> bytes:
    return hashlib.sha256(b"iiif.image.access" + secret.encode()).digest()


def _seal(until: str) -> str:
    return hmac.new(_key(settings.SECRET_KEY), b"staff." + until.encode(), hashlib.sha256).hexdigest()[:32]


def new_cookie() -> str:
    """``<unix time of its end>.<seal>``."""
    until = str(int(time.time()) + STAFF_COOKIE_SECONDS)
    return f"{until}.{_seal(until)}"


def is_staff(cookies: str) -> bool:
    """True when the Cookie header holds a valid, living staff cookie."""
    at = cookies.find(_MARK)
    if at < 0:
        return False
    until, _, seal = cookies[at + len(_MARK) :].split(";", 1)[0].strip().partition(".")
    if not (until.isascii() and until.isdigit() and len(until) < 12) or not hmac.compare_digest(seal.encode(), _seal(until).encode()):
        return False
    return int(until) > time.time()


def may_see(picture: Known, cookies: str) -> bool:
    """True when the pixels may be sent to whoever sent these cookies."""
    return picture.tier == PUBLIC or is_staff(cookies)


def check(picture: Known | None, cookies: str, *, pixels: bool) -> Known:
    """The picture, for whoever sent these cookies. Raises NotFound for a hidden one as for none, NotAllowed for restricted pixels."""
    if picture is None:
        raise NotFound
    if picture.tier == PUBLIC or is_staff(cookies):
        return picture
    if picture.tier == HIDDEN:
        raise NotFound
    if pixels:
        raise NotAllowed
    return picture


class StaffPixelsMiddleware:
    """Gives staff the cookie on answers of the workplace, takes it back at log-out, and keeps language out of the image service's headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith("/iiif/"):
            _speak_no_language(response)
            if request.method == "HEAD" and response.headers.get("Content-Length") == "0":
                del response.headers["Content-Length"]  # nothing was rendered: its length is not known
        elif getattr(request, "pixels_ended", False):
            response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
        elif getattr(request, "pixels_begun", False) or request.path.startswith("/admin/"):
            user = getattr(request, "user", None)
            if user is not None and user.is_authenticated and user.is_active and user.has_perm("wagtailadmin.access_admin"):
                response.set_cookie(
                    COOKIE,
                    new_cookie(),
                    max_age=STAFF_COOKIE_SECONDS,
                    path=PATH,
                    secure=settings.SESSION_COOKIE_SECURE,
                    httponly=True,
                    samesite="Lax",
                )
        return response


def _speak_no_language(response: HttpResponse) -> None:
    """Machine addresses answer the same in every language: a shared cache need not keep one copy for each."""
    response.headers.pop("Content-Language", None)
    vary = [name for name in response.headers.get("Vary", "").split(",") if name.strip() and name.strip().lower() != "accept-language"]
    if vary:
        response.headers["Vary"] = ", ".join(name.strip() for name in vary)
    else:
        response.headers.pop("Vary", None)


def connect() -> None:
    """Listen for log-in and log-out."""
    user_logged_in.connect(_logged_in, dispatch_uid="iiif-image-logged-in")
    user_logged_out.connect(_logged_out, dispatch_uid="iiif-image-logged-out")


def _logged_in(request: HttpRequest | None = None, **_: Any) -> None:
    if request is not None:
        request.pixels_begun = True  # type: ignore[attr-defined]


def _logged_out(request: HttpRequest | None = None, **_: Any) -> None:
    if request is not None:
        request.pixels_ended = True  # type: ignore[attr-defined]
