"""Small answers while a cataloguer types: is this number free, what does this date mean, how are these dimensions read."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views import View
from wagtail.permissions import policy_registry

from artifacts import numbering
from artifacts.models import Artifact
from museum.workplace.objects import dates, dimensions
from records import identifiers
from vocabularies.models import Museum
from vocabularies.roles import works_in

LONGEST = 500


class Staff(View):
    """Answers GET with JSON to those who may do any of ``actions`` with objects."""

    http_method_names = ["get"]
    actions: tuple[str, ...] = ("view", "add", "change")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not policy_registry.get_by_type(Artifact).user_has_any_permission(request.user, self.actions):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class Answer(Staff):
    """Answers those who may add or change objects."""

    actions = ("add", "change")

    def text(self, name: str) -> str:
        return self.request.GET.get(name, "").strip()[:LONGEST]

    def number(self, name: str) -> int | None:
        value = self.request.GET.get(name, "")
        return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else None


def told_taken(taken: Artifact, number: str, user: Any) -> str:
    """Who bears a number already. Of an object of another department nothing else is told."""
    if not works_in(user, taken.department_id):
        return _("An object of another department bears this number.")
    if taken.accession_number != number.strip():
        return _("The unpublished draft of “%(object)s” holds this number.") % {"object": taken}
    return _("“%(object)s” bears this number.") % {"object": taken}


class NumberAnswer(Answer):
    """``?museum=&number=&object=`` → ``{"free": bool | None, "message": str, "suggestion": str}``.

    Of objects in other departments nothing is told but that they bear the number.
    """

    def get(self, request: HttpRequest) -> JsonResponse:
        museum = Museum.objects.filter(pk=self.number("museum")).first()
        if museum is None:
            return JsonResponse({"free": None, "message": _("Choose the museum first."), "suggestion": ""})
        number, this = self.text("number"), self.number("object")
        suggestion = "" if this else numbering.next_number(museum)
        if not number:
            return JsonResponse({"free": None, "message": "", "suggestion": suggestion})
        taken = numbering.bearer(museum, number, but=this)
        if taken is not None:
            return JsonResponse({"free": False, "message": told_taken(taken, number, self.request.user), "suggestion": suggestion})
        return JsonResponse({"free": True, "message": self._alike(museum, number, this), "suggestion": suggestion})

    def _alike(self, museum: Museum, number: str, this: int | None) -> str:
        """Numbers that differ in punctuation, case or marks alone are often the same object twice."""
        norm = identifiers.norm(number)
        found = Artifact.objects.filter(museum=museum, accession_norm=norm).exclude(pk=this)[:5] if norm else []
        if not found:
            return ""
        known = [f"“{artifact.accession_number}”" for artifact in found if works_in(self.request.user, artifact.department_id)]
        return _("Free, but much like %(numbers)s. Is it the same object?") % {
            "numbers": ", ".join(known) or _("a number in another department")
        }


class DateAnswer(Answer):
    """``?text=`` → ``{"understood": "= 1836", "earliest": 1836, "latest": 1836, "edtf": "1836", …}``."""

    def get(self, request: HttpRequest) -> JsonResponse:
        text = self.text("text")
        values = dates.parsed(text)
        understood = dates.told(text, values["date_earliest"], values["date_latest"])
        if text and not understood:
            understood = _("No year was understood: the words are kept, give the years yourself under “Years and calendar”.")
        return JsonResponse({"understood": understood, **values})


class DimensionsAnswer(Answer):
    """``?text=`` → ``{"understood": "= height 12 cm; width 8 cm", "count": 2}``."""

    def get(self, request: HttpRequest) -> JsonResponse:
        text = self.text("text")
        found = dimensions.understood(text)
        told = dimensions.sentence(found)
        if text and not found:
            told = _("No measurement was understood: write figures with a unit, such as 12 × 8 cm.")
        return JsonResponse({"understood": told, "count": len(found)})


class SessionAnswer(View):
    """→ ``{"token": "…", "who": 3, "name": "Lan"}``: who is logged in, and the token with which forms are sent. Wagtail refuses everybody else."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> JsonResponse:
        user: Any = request.user  # somebody: Wagtail has looked
        return JsonResponse({"token": get_token(request), "who": user.pk, "name": user.get_full_name() or user.get_username()})


class LoggedIn(View):
    """Where a log-in leads that was made beside an open form."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> HttpResponse:
        return TemplateResponse(request, "workplace/logged_in.html")
