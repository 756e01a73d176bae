"""Rules for pictures in the workplace's settings: size where rights are not open, watermark, access to restricted pictures."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from iiif.models import PictureRules
from museum.workplace.choosing import ChoosingOnly


class PictureRulesViewSet(SnippetViewSet):
    """One row for each museum that wants other rules than the usual ones."""

    model = PictureRules
    chooser_viewset_class = ChoosingOnly
    icon = "image"
    menu_label = _("Rules for pictures")
    menu_name = "picture-rules"
    menu_order = 400
    add_to_settings_menu = True
    copy_view_enabled = False
    list_display = ["museum", "get_pattern_display", "longest"]
    add_to_reference_index = False

    @cached_property
    def edit_handler(self) -> Any:
        panels = [
            FieldPanel("museum"),
            MultiFieldPanel([FieldPanel("longest"), FieldPanel("mark"), FieldPanel("mark_all")], heading=_("What everybody sees")),
            MultiFieldPanel(
                [FieldPanel(name) for name in ("pattern", "small", "networks", "origins", "heading", "note")],
                heading=_("Restricted pictures"),
            ),
        ]
        return ObjectList(panels).bind_to_model(self.model)
