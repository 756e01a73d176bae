"""Who may see a picture's pixels: everybody, staff by a signed cookie that costs no session, readers by theirs (``iiif.auth``).

The cookie names its holder. It is set anew on each answer of the workplace, lives an hour and is sent to /iiif/ alone; what the holder may see
is asked every few seconds, so that a role that is taken away closes the pictures as soon as it closes the workplace.
"""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest, HttpResponse

from artifacts.permissions import under_review_by
from iiif import sealing
from iiif.asking import twice
from iiif.auth import passes
from iiif.image.errors import NotAllowed, NotFound
from iiif.image.limits import LOOKUP_SECONDS, STAFF_COOKIE_SECONDS, STAFF_COOKIES, STAFF_OBJECTS
from iiif.image.pictures import HIDDEN, PUBLIC, RESTRICTED
from iiif.sealing import Seal
from vocabularies.roles import departments_of, works_everywhere

COOKIE = "museum_pixels"
_STAFF = Seal("iiif.image.access.holder")
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
    """What somebody who works here may see: the pictures of departments (keys; None: of all), and of single objects sent for review."""

    departments: frozenset[int] | None
    objects: frozenset[int] = frozenset()

    def opens(self, picture: Guarded) -> bool:
        """True for pictures that these objects or departments use, and for those that no object uses, as in the workplace."""
        if self.departments is None or not picture.objects:
            return True
        return not self.departments.isdisjoint(picture.departments) or not self.objects.isdisjoint(picture.objects)

    @property
    def print(self) -> str:
        """Tells it from another pass of the same holder."""
        words = f"{sealing.joined(self.departments)}.{sealing.joined(self.objects)}"
        return hashlib.sha256(words.encode()).hexdigest()[:16]


def pass_of(user: Any) -> Pass | None:
    """What this account may see at this moment; None for one that does not work here, or no more."""
    if user is None or not user.is_authenticated or not user.is_active or not user.has_perm("wagtailadmin.access_admin"):
        return None
    return Pass(None) if works_everywhere(user) else Pass(departments_of(user), frozenset(under_review_by(user, STAFF_OBJECTS)))


def cookie_of(user: Any, held: Pass) -> str:
    """``<unix time of its end>.<key of its holder>.<print of the pass>.<seal>``: with another pass the cookie is another one."""
    return _STAFF.sealed(f"{int(time.time()) + STAFF_COOKIE_SECONDS}.{user.pk}.{held.print}")


def staff_pass(cookies: str) -> Pass | None:
    """What the Cookie header opens; None without a staff cookie, with a forged one, one whose time is over, or when its holder works here no more."""
    words = _STAFF.opened(sealing.cookie(cookies, COOKIE))
    if words is None:
        return None
    until, holder, _print = words.split(".")  # only sealed words come here
    return _present(int(holder), words) if int(until) > time.time() else None


_held: OrderedDict[str, tuple[float, Pass | None]] = OrderedDict()


def _present(holder: int, words: str) -> Pass | None:
    """The holder's pass, at most ``LOOKUP_SECONDS`` old, and not older than the cookie."""
    kept = _held.get(words)
    if kept is not None and kept[0] > time.monotonic():
        return kept[1]
    until = time.monotonic() + LOOKUP_SECONDS
    found = twice(lambda: pass_of(get_user_model()._default_manager.filter(pk=holder).first()))
    _held[words] = until, found
    while len(_held) > STAFF_COOKIES:
        _held.popitem(last=False)
    return found


def forget() -> None:
    """Drop every pass that is kept; for tests."""
    _held.clear()


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
            held = pass_of(user)
            if held is not None:
                response.set_cookie(
                    COOKIE,
                    cookie_of(user, held),
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
