"""Upload by number: files find their objects by the accession number that their names begin with."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from django.contrib import messages as django_messages
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from artifacts import page_texts
from artifacts.attaching import Match, match
from artifacts.models import Artifact
from artifacts.permissions import within_departments
from museum.workplace.media.receiving import pictures_first, receive
from museum.workplace.pages import WorkplacePage
from records import identifiers

MOST_NAMES = 2000


def matches(user: Any, names: list[str]) -> list[Match]:
    """What each name says, among the objects of the user's departments that nobody else has locked; by object and what follows its number."""
    among = within_departments(user, Artifact.objects.filter(locked=False))
    bare = {name: _without_text_endings(name) for name in names}
    found = [replace(each, filename=name) for name, each in zip(names, match([bare[name] for name in names], among), strict=True)]
    return sorted(found, key=lambda each: (each.pk is None, identifiers.sort_key(each.accession_number), identifiers.sort_key(each.suffix)))


def _without_text_endings(name: str) -> str:
    """“HUE 12_3_alto.xml” is the text of “HUE 12_3.jpg”: what programs add is no part of a number."""
    return page_texts.bare_name(name) + ".xml" if PurePath(name).suffix.lower() in page_texts.SUFFIXES else name


class UploadByNumber(WorkplacePage):
    """Choose many files, see what would happen, then send them. Without a script the two steps are two buttons."""

    permissions = ("artifacts.add_artifactmedia", "media.add_asset")
    template_name = "workplace/media/by_number.html"
    page_title = gettext_lazy("Upload by number")
    header_icon = "upload"

    def post(self, request: HttpRequest) -> HttpResponseBase:
        files = request.FILES.getlist("files")
        found = matches(request.user, [file.name for file in files])
        if request.POST.get("act") != "attach":
            return self.render_to_response(self.get_context_data(found=found))
        by_name = {file.name: file for file in files}
        results = []
        order = {file.name: place for place, file in enumerate(pictures_first(files))}
        for each in sorted(found, key=lambda match: order[match.filename]):
            if each.pk is None:
                results.append({"match": each, "problem": each.problem})
                continue
            artifact = Artifact.objects.get(pk=each.pk)
            results.append({"match": each, "problem": receive(artifact, by_name[each.filename], request.user).problem})
        kept = sum(1 for result in results if not result["problem"])
        if kept:
            django_messages.success(request, _("%(n)d files were attached.") % {"n": kept})
        return self.render_to_response(self.get_context_data(results=results))


class MatchNames(WorkplacePage):
    """``{"names": [...]}`` → ``{"matches": [{"name", "object", "number", "suffix", "problem"}, …]}``. Writes nothing."""

    permissions = ("artifacts.add_artifactmedia", "media.add_asset")
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> JsonResponse:
        if request.content_type != "application/json":
            return JsonResponse({"message": _("The list of names could not be read.")}, status=415)
        try:
            names = json.loads(request.body)["names"]
        except (ValueError, KeyError, TypeError):
            return JsonResponse({"message": _("The list of names could not be read.")}, status=400)
        if not isinstance(names, list) or not all(isinstance(name, str) and len(name) <= 300 for name in names):
            return JsonResponse({"message": _("The list of names could not be read.")}, status=400)
        if len(names) > MOST_NAMES:
            return JsonResponse({"message": _("At most %(n)d files at once.") % {"n": MOST_NAMES}}, status=413)
        found = [
            {"name": each.filename, "object": each.pk, "number": each.accession_number, "suffix": each.suffix, "problem": each.problem}
            for each in matches(request.user, names)
        ]
        return JsonResponse({"matches": found})
