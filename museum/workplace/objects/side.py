"""The side panel of an object: how complete it is, and what is or is not published."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.side_panels import BaseSidePanel

from artifacts.completeness import GROUPS, Completeness, completeness
from artifacts.models import Artifact
from museum.workplace import status
from records.projection import preview_of
from vocabularies.roles import audience_of


def completeness_of(artifact: Artifact, user: Any) -> Completeness:
    """Of the record as it stands in the form: its latest draft."""
    return completeness(preview_of("object", artifact, audience_of(user)))


class RecordSidePanel(BaseSidePanel):
    """Completeness and publication."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle completeness and publication")
        icon_name = "tasks"
        has_counter = False

    name = "record"
    title = _("Completeness and publication")
    template_name = "workplace/objects/side.html"
    order = 150

    def __init__(self, instance: Artifact, request: Any, live: Artifact) -> None:
        super().__init__(instance, request)
        self.live = live

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        found = completeness_of(self.object, self.request.user)
        return {
            **context,
            "completeness": found,
            "groups": [(GROUPS[group], checks) for group, checks in found.by_group().items() if checks],
            "told": status.told(self.live, self.request.user),
        }
