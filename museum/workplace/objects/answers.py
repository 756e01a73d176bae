"""Small answers while a cataloguer types: is this number free, what does this date mean, how are these dimensions read."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from wagtail.permissions import policy_registry

from artifacts import numbering
from artifacts.models import Artifact
from museum.workplace.objects import dates
from vocabularies.models import Museum
from vocabularies.roles import works_in

LONGEST = 500


class Answer(View):
    """Answers GET with JSON to those who may add or change objects."""

    http_method_names = ["get"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not policy_registry.get_by_type(Artifact).user_has_any_permission(request.user, ["add", "change"]):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def text(self, name: str) -> str:
        return self.request.GET.get(name, "").strip()[:LONGEST]

    def number(self, name: str) -> int | None:
        value = self.request.GET.get(name, "")
        return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else None


class NumberAnswer(Answer):
    """``?museum=&number=&object=`` → ``{"free": bool, "message": str, "suggestion": str}``.

    Of objects in other departments nothing is told but that they bear the number.
    """

    def get(self, request: HttpRequest) -> JsonResponse:
        museum = Museum.objects.filter(pk=self.number("museum")).first()
        if museum is None:
            return JsonResponse({"free": None, "message": _("Choose the museum first."), "suggestion": ""})
        number, this = self.text("number"), self.number("object")
        suggestion = _suggestion(museum)
        if not number:
            return JsonResponse({"free": None, "message": "", "suggestion": suggestion})
        taken = numbering.bearer(museum.pk, number, but_not=this)
        if taken is not None:
            return JsonResponse({"free": False, "message": self.told(taken), "suggestion": suggestion})
        alike = numbering.similar(museum.pk, number, but_not=this)
        message = ""
        if alike:
            message = _("Free, but much like %(numbers)s: not the same object twice?") % {
                "numbers": ", ".join(f"“{found.accession_number}”" for found in alike if works_in(request.user, found.department_id))
                or _("a number in another department")
            }
        return JsonResponse({"free": True, "message": message, "suggestion": "" if this else suggestion})

    def told(self, taken: numbering.Bearer) -> str:
        if not works_in(self.request.user, taken.department_id):
            return _("An object of another department bears this number.")
        artifact = Artifact.objects.get(pk=taken.pk)
        if taken.draft:
            return _("The unpublished draft of “%(object)s” bears this number.") % {"object": artifact}
        return _("“%(object)s” bears this number.") % {"object": artifact}


def _suggestion(museum: Museum) -> str:
    try:
        return numbering.suggest(museum.pk, museum.accession_pattern, timezone.localdate())
    except numbering.PatternError:
        return ""


class DateAnswer(Answer):
    """``?text=`` → ``{"understood": "= 1836", "earliest": 1836, "latest": 1836, "edtf": "1836", …}``."""

    def get(self, request: HttpRequest) -> JsonResponse:
        text = self.text("text")
        values = dates.parsed(text)
        understood = dates.sentence(values["date_earliest"], values["date_latest"])
        if text and not understood:
            understood = _("No year was understood: the words are kept, give the years yourself under “Years and calendar”.")
        return JsonResponse({"understood": understood, **values})


