"""Who may see a picture's pixels: everybody, staff by a signed cookie that costs no session and no query, readers by theirs (``iiif.auth``).

The cookie names the departments its holder works in. It is set anew on each answer of the workplace, lives an hour and is sent to /iiif/ alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol, TypeVar

from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest, HttpResponse

from artifacts.permissions import under_review_by
from iiif import sealing
from iiif.auth import passes
from iiif.image.errors import NotAllowed, NotFound
from iiif.image.limits import STAFF_COOKIE_OBJECTS, STAFF_COOKIE_SECONDS
from iiif.image.pictures import HIDDEN, PUBLIC, RESTRICTED
from iiif.sealing import Seal
from vocabularies.roles import departments_of, works_everywhere

COOKIE = "museum_pixels"
_STAFF = Seal("iiif.image.access.staff")
PATH = "/iiif/"


class Guarded(Protocol):
    """A picture or file as far as access is concerned: its tier, and for one that is not public the keys of what uses it."""

    @property
    def tier(self) -> str: ...

    @property
    def objects(self) -> frozenset[int]: ...

    @property
    def departments(self) -> frozenset[int]: ...

    @property
    def museums(self) -> frozenset[int]: ...


Asked = TypeVar("Asked", bound=Guarded)


@dataclass(frozen=True, slots=True)
class Pass:
    """What a staff cookie opens until when (unix time): departments (keys; None: all of them), and single objects sent for review."""

    until: int
    departments: frozenset[int] | None
    objects: frozenset[int] = frozenset()

    def opens(self, picture: Guarded) -> bool:
        """True for pictures that these objects or departments use, and for those that no object uses, as in the workplace."""
        if self.departments is None or not picture.objects:
            return True
        return not self.departments.isdisjoint(picture.departments) or not self.objects.isdisjoint(picture.objects)


def new_cookie(departments: Iterable[int] | None, objects: Iterable[int] = ()) -> str:
    """``<unix time of its end>.<departments>.<objects>.<seal>``: keys joined by ``-``; the departments are ``all`` for None."""
    until = int(time.time()) + STAFF_COOKIE_SECONDS
    return _STAFF.sealed(f"{until}.{sealing.joined(departments)}.{sealing.joined(objects)}")


def cookie_of(user: Any) -> str:
    """The cookie for somebody who works here."""
    return new_cookie(None) if works_everywhere(user) else new_cookie(departments_of(user), under_review_by(user, STAFF_COOKIE_OBJECTS))


def staff_pass(cookies: str) -> Pass | None:
    """What the Cookie header opens; None without a staff cookie, with a forged one or one whose time is over."""
    words = _STAFF.opened(sealing.cookie(cookies, COOKIE))
    found = None if words is None else _read(words)
    return found if found is not None and found.until > time.time() else None


@lru_cache(maxsize=1024)
def _read(words: str) -> Pass:
    """Only sealed words come here, so they are as ``new_cookie`` wrote them."""
    until, departments, objects = words.split(".")
    return Pass(int(until), sealing.keys(departments), sealing.keys(objects) or frozenset())


def may_see(picture: Guarded, cookies: str) -> bool:
    """True when the pixels may be sent to whoever sent these cookies."""
    if picture.tier == PUBLIC:
        return True
    held = staff_pass(cookies)
    if held is not None and held.opens(picture):
        return True
    reader = passes.of_cookies(cookies) if picture.tier == RESTRICTED else None
    return reader is not None and reader.opens(picture)


def check(picture: Asked | None, cookies: str, *, pixels: bool) -> Asked:
    """The picture, for whoever sent these cookies. Raises NotFound for a hidden one as for none, NotAllowed for restricted pixels."""
    if picture is None:
        raise NotFound
    if may_see(picture, cookies):
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
            if request.method == "HEAD":
                _send_no_body(response)
        elif getattr(request, "pixels_ended", False):
            response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
        elif getattr(request, "pixels_begun", False) or request.path.startswith("/admin/"):
            user = getattr(request, "user", None)
            if user is not None and user.is_authenticated and user.is_active and user.has_perm("wagtailadmin.access_admin"):
                response.set_cookie(
                    COOKIE,
                    cookie_of(user),
                    max_age=STAFF_COOKIE_SECONDS,
                    path=PATH,
                    secure=settings.SESSION_COOKIE_SECURE,
                    httponly=True,
                    samesite="Lax",
                )
        return response


def _send_no_body(response: HttpResponse) -> None:
    """An answer to HEAD, whatever server stands in front; a length of 0 means that nothing was made, so that it is not known."""
    length = response.headers.get("Content-Length")
    if not response.streaming:
        response.content = b""
    if length == "0":
        del response.headers["Content-Length"]
    elif length:
        response.headers["Content-Length"] = length


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
