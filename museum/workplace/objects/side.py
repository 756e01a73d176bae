"""The side panel of an object: how complete it is, and what is or is not published. It is asked for when it is opened."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.side_panels import BaseSidePanel

from artifacts.completeness import GROUPS, Completeness, completeness
from artifacts.models import Artifact
from museum.workplace import status
from museum.workplace.pages import ObjectPage
from records.projection import preview_of
from vocabularies.roles import audience_of


def completeness_of(artifact: Artifact, user: Any) -> Completeness:
    """Of the record as it stands in the form: its latest draft."""
    return completeness(preview_of("object", artifact, audience_of(user)))


class RecordSidePanel(BaseSidePanel):
    """Completeness and publication. To project the record costs a tenth of the whole form, so that is left for when somebody looks."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle completeness and publication")
        icon_name = "tasks"
        has_counter = False

    name = "record"
    title = _("Completeness and publication")
    template_name = "workplace/objects/side.html"
    order = 150

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Without an address while the object is not saved yet."""
        address = reverse("workplace:standing", args=[self.object.pk]) if self.object.pk else ""
        return {**super().get_context_data(parent_context), "address": address}


class Standing(ObjectPage):
    """What the side panel says of the record as last saved, as a fragment of HTML."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = completeness_of(self.artifact.get_latest_revision_as_object(), request.user)
        context = {
            "completeness": found,
            "groups": [(GROUPS[group], checks) for group, checks in found.by_group().items() if checks],
            "told": status.told(self.artifact, request.user),
        }
        return render(request, "workplace/objects/standing.html", context)
