"""What every answer below /admin/ goes through: a policy of its own for scripts, and readable words for what is refused."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from wagtail.admin import messages

from museum.workplace import kept
from records.models import RecordError

PREFIX = "/admin/"
HEADER = "Content-Security-Policy"


def policy() -> str:
    """Wagtail's edit and history views carry inline scripts, so those are allowed here; nothing is loaded from elsewhere."""
    pictures = " ".join(
        dict.fromkeys(["'self'", "data:", "blob:", *map(_origin, filter(None, [settings.MUSEUM_ORIGIN, settings.IMAGE_SERVICE_URL]))])
    )
    return "; ".join(
        [
            "default-src 'self'",
            "script-src 'self' 'unsafe-inline'",
            "style-src 'self' 'unsafe-inline'",
            f"img-src {pictures}",
            f"media-src {pictures}",
            f"connect-src {pictures}",
            "font-src 'self' data:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        ]
    )


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


class HeldForms:
    """Stands before all that asks the database, whose absence may be met anywhere behind."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 503 or request.method != "POST" or not request.path_info.startswith(PREFIX):
            return response
        try:
            held = kept.instead_of_closed(request, response)
        except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
            return response
        if held is None:
            return response
        held.headers[HEADER] = policy()
        return held


class WorkplaceAnswers:
    """Stands before the check of the form's token, which is the first to read the form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        response = self._refused(request) or self.get_response(request)
        response = kept.instead_of_login(request, response) or response
        response.headers.setdefault(HEADER, policy())
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """An act that a record refuses is told on the page it was asked from; nothing of it was done."""
        if not isinstance(exception, RecordError) or request.method != "POST" or not request.path_info.startswith(PREFIX):
            return None
        if request.accepts("text/html"):
            messages.error(request, str(exception))
            came_from = request.headers.get("Referer", "")
            safe = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
            return HttpResponseRedirect(came_from if safe else PREFIX)
        return JsonResponse({"success": False, "error_message": str(exception)}, status=400)

    def _refused(self, request: HttpRequest) -> HttpResponse | None:
        if request.method != "POST":
            return None
        try:
            _read = request.POST
        except TooManyFieldsSent:
            limit = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
            told = _("The form has more than %(n)s fields, the most that is accepted at once.") % {"n": f"{limit:,}"}
        except RequestDataTooBig:
            megabytes = settings.DATA_UPLOAD_MAX_MEMORY_SIZE / 1_000_000
            told = _("The texts of the form are larger than %(n).1f MB, the most that is accepted at once.") % {"n": megabytes}
        except TooManyFilesSent:
            told = _("More than %(n)d files were sent at once.") % {"n": settings.DATA_UPLOAD_MAX_NUMBER_FILES}
        else:
            return None
        return render(request, "workplace/too_large.html", {"told": told}, status=413)
