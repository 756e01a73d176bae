"""A form that arrives after its log-in has ended, or while the database is away, is not thrown away: the page that answers holds it, and sends it again."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirectBase
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure as djangos

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 the name of a field
SECRET = "password"  # noqa: S105 part of the names of fields that are never sent back


def instead_of_login(request: HttpRequest, response: HttpResponse) -> HttpResponse | None:
    """The page with the form, where ``response`` would send a form's reader to the log-in and forget the form; None otherwise."""
    if request.method != "POST" or not isinstance(response, HttpResponseRedirectBase) or not _wants_a_page(request):
        return None
    login = reverse("wagtailadmin_login")
    user = getattr(request, "user", None)
    own_ways = {login, reverse("wagtailadmin_logout")}  # who logs out has sent no form that could be lost
    if user is None or user.is_authenticated or request.path in own_ways or urlsplit(response.url).path != login:
        return None
    return _page(request, _("Your log-in ended before the form arrived."))


def instead_of_closed(request: HttpRequest, response: HttpResponse) -> HttpResponse | None:
    """The page with the form, where ``response`` only says that the museum is closed for a moment; None otherwise. It asks the database for nothing."""
    if not _wants_a_page(request) or request.path == reverse("wagtailadmin_login"):
        return None
    context = {
        "fields": _fields(request),
        "files": bool(request.FILES),
        "address": request.get_full_path(),
        "token": request.POST.get(TOKEN, ""),
    }
    language = get_language_from_request(request)
    with override(language):
        held = HttpResponse(render_to_string("workplace/held.html", {**context, "LANGUAGE_CODE": language}), status=503)
    held.headers["Retry-After"] = response.headers.get("Retry-After", "30")
    add_never_cache_headers(held)
    return held


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form of the workplace whose token is of an earlier log-in is held; one that comes from elsewhere is refused, as everywhere."""
    inside = request.path.startswith(reverse("wagtailadmin_home")) and request.path != reverse("wagtailadmin_login")
    if inside and _from_here(request) and _wants_a_page(request):
        return _page(request, _("Your log-in has ended, or is another one, since this form was opened."))
    return djangos(request, reason=reason)


def _page(request: HttpRequest, told: str) -> HttpResponse:
    context = {
        "told": told,
        "fields": _fields(request),
        "files": bool(request.FILES),
        "address": request.get_full_path(),
        "token": get_token(request),
        "login": reverse("wagtailadmin_login") + "?next=" + reverse("workplace:logged_in"),
        "session": reverse("workplace:session"),
    }
    response = render(request, "workplace/kept.html", context, status=403)
    add_never_cache_headers(response)
    return response


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, value) for name, values in request.POST.lists() if _is_kept(name) for value in values]


def _is_kept(name: str) -> bool:
    return name != TOKEN and SECRET not in name.lower()


def _wants_a_page(request: HttpRequest) -> bool:
    """Not the scripts, which know what to do with a refusal."""
    return request.accepts("text/html") and request.headers.get("X-Requested-With") != "XMLHttpRequest" and not _is_json(request)


def _is_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _from_here(request: HttpRequest) -> bool:
    """True for a form that one of the museum's own pages has sent, by what the browser itself says of it."""
    if request.headers.get("Sec-Fetch-Site"):
        return request.headers["Sec-Fetch-Site"] == "same-origin"
    origins = {settings.MUSEUM_ORIGIN, f"{request.scheme}://{request.get_host()}"}
    return request.headers.get("Origin") in origins
