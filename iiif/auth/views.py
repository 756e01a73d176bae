"""The pages and answers of the Authorization Flow: log-in, terminal, token, probe, log-out."""

from __future__ import annotations

import logging
import re
from typing import Any

import orjson
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from iiif.auth import offered, passes, visitors
from iiif.auth.attempts import Limit
from iiif.image import access, pictures, rules
from iiif.image.errors import NotFound
from iiif.image.refusals import answered
from media.models import Asset

log = logging.getLogger(__name__)

TRIES = Limit("iiif-auth-tries", 10)  # from one address
# it becomes a part of the content security policy: nothing that begins another directive
_ORIGIN = re.compile(r"https?://(?:[A-Za-z0-9_.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?", re.ASCII)
_ERRORS = {"invalidRequest", "invalidOrigin", "missingAspect"}


def _page(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page in the language of the one that the visitor comes from, else in the visitor's: these addresses carry none."""
    language = translation.get_language_from_path(context.get("back", "")) or translation.get_language_from_request(request)
    with translation.override(language):
        response = render(request, f"iiif/{template}.html", {"LANGUAGE_CODE": language, **context}, status=status)
    response.headers["Cache-Control"] = "no-store"
    # a viewer elsewhere opens these pages, waits until they are closed again, and has to see that (3.1)
    response.headers["Cross-Origin-Opener-Policy"] = "unsafe-none"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """The access service of pattern "active": whoever has an account with the permission gets the pass. No session is begun."""
    target = request.POST.get("next", request.GET.get("next", ""))
    context: dict[str, Any] = {"next": target, "name": request.POST.get("username", ""), "back": target if _is_ours(target) else ""}
    if request.method != "POST":
        return _page(request, "login", **context)
    if TRIES.exceeded(visitors.line_of(request)):
        return _page(request, "login", 429, failure=_("Too many attempts. Wait a quarter of an hour."), **context)
    user = authenticate(request, username=request.POST.get("username", ""), password=request.POST.get("password", ""))
    if user is None:
        return _page(request, "login", 403, failure=_("Name and password do not belong together."), **context)
    held = visitors.logged_in() if user.has_perm(visitors.PERMISSION) or user.has_perm("wagtailadmin.access_admin") else None
    if held is None:
        return _page(request, "login", 403, failure=_("This account is not allowed to see restricted pictures. Ask the museum."), **context)
    TRIES.forgive(visitors.line_of(request))
    return _let_in(request, held, target)


def _let_in(request: HttpRequest, held: passes.ReaderPass, target: str) -> HttpResponse:
    """The pass, and the way back: to the page of ours that the visitor came from, else the window is closed."""
    response: HttpResponse
    if _is_ours(target):
        response = HttpResponseRedirect(target)
        response.headers["Cache-Control"] = "no-store"
    else:
        response = _page(request, "close")
    passes.give(response, held)
    return response


def _is_ours(target: str) -> bool:
    return target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None)


@require_safe
def terminal(request: HttpRequest) -> HttpResponse:
    """The access service of pattern "kiosk": a machine in the museum's own networks gets the pass without a question."""
    target = request.GET.get("next", "")
    held = visitors.brought_along(request, rules.KIOSK)
    if held is None:
        return _page(request, "refused", 403, back=target if _is_ours(target) else "")
    return _let_in(request, held, target)


@xframe_options_exempt
@require_safe
def token(request: HttpRequest) -> HttpResponse:
    """The token service: a page for a hidden frame that tells the viewer's page, and nobody else, the token or why there is none (5)."""
    message, origin = request.GET.get("messageId", ""), request.GET.get("origin", "")
    if not message or len(message) > 500 or not _ORIGIN.fullmatch(origin):
        return HttpResponse("The token service is asked with messageId and origin (scheme and host of the page that asks).\n", status=400, content_type="text/plain; charset=utf-8")  # fmt: skip
    held = passes.of_cookies(request.META.get("HTTP_COOKIE", ""))
    brought = held is None
    if brought:
        held = visitors.brought_along(request, rules.EXTERNAL)
    if not visitors.trusts(origin):
        said = _token_error("invalidOrigin", message)
    elif held is None:
        said = _token_error("missingAspect", message)
    else:
        said = {"type": "AuthAccessToken2", "messageId": message, "accessToken": passes.token(held), "expiresIn": held.seconds}
    response = _page(request, "token", message={"@context": offered.CONTEXT, **said}, origin=origin)
    response._csp_update = {"frame-ancestors": [origin]}  # type: ignore[attr-defined]
    if brought and held is not None and "accessToken" in said:
        passes.give(response, held)
    return response


def _token_error(profile: str, message: str) -> dict[str, Any]:
    assert profile in _ERRORS
    fallback = rules.Rules()
    return {
        "type": "AuthAccessTokenError2",
        "profile": profile,
        "messageId": message,
        "heading": offered.heading(fallback),
        "note": offered.note(fallback),
    }


@csrf_exempt
def probe(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The probe service: always 200, what would be answered stands inside (4). It looks at the token alone, never at cookies."""
    return answered(request, lambda: _probed(request, public_id))


def _probed(request: HttpRequest, public_id: str) -> HttpResponse:
    asset = Asset.objects.ready().filter(public_id=public_id).exclude(tier=Asset.Tier.HIDDEN).first()
    if asset is None:
        raise NotFound
    scheme, _space, sent = request.headers.get("Authorization", "").partition(" ")
    held = passes.of_token(sent.strip()) if scheme.lower() == "bearer" else None
    museums = frozenset(asset.uses.values_list("artifact__museum_id", flat=True))
    allowed = asset.tier == Asset.Tier.PUBLIC or (held is not None and held.opens_those_of(museums))
    said = offered.result(pictures.find(public_id), rules.of(museums, lambda: asset.rights_uri), open_to_asker=allowed)
    response = HttpResponse(orjson.dumps(said), content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
def opens(request: HttpRequest, public_id: str) -> HttpResponse:
    """For our own pages: whether this browser opens the picture's pixels. Always 200; a picture that is hidden is answered like none.

    Whoever brings access along has the pass from here, as from the token service: on our page there is nothing to press either.
    """
    picture = pictures.find(public_id)
    seen = picture is not None and access.may_see(picture, request.META.get("HTTP_COOKIE", ""))
    brought = None
    if picture is not None and picture.tier == pictures.RESTRICTED and not seen:
        brought = visitors.brought_along(request, rules.EXTERNAL)
        seen = brought is not None and brought.opens(picture)
    response = HttpResponse(orjson.dumps({"open": seen}), content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    if brought is not None and seen:
        passes.give(response, brought)
    return response


@require_safe
def logout(request: HttpRequest) -> HttpResponse:
    """The log-out service: the pass is taken back (6)."""
    response = _page(request, "logged_out")
    passes.take(response)
    return response
