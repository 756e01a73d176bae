"""The pictures on the object form."""

from __future__ import annotations

from typing import Any

from django.forms import Media, Script
from wagtail.admin.panels import Panel

from museum.workplace.media.listed import list_context


class Pictures(Panel):
    """The object's media, kept apart from the form: they are saved at once, and no revision holds them."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "workplace/media/panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            if self.instance.pk and not self.request.resolver_match.view_name.endswith(":copy"):
                return {**context, **list_context(self.instance, self.request.user)}
            return {**context, "artifact": None}

        def is_shown(self) -> bool:
            return self.request.user.has_perm("artifacts.view_artifactmedia")

        @property
        def media(self) -> Media:
            return Media(js=[Script("workplace/pictures.js", type="module")])  # type: ignore[list-item]
