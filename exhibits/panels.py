"""What the editors of pages are told about them."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import HelpPanel


class ManifestPanel(HelpPanel):
    """Why the exhibition's newest IIIF manifest was refused; not there while it is as it should be."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"template": "exhibits/editing/manifest.html", **kwargs})

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(self.instance.pk and self.problems)

        @property
        def problems(self) -> list[str]:
            """Of the exhibition, whichever of its languages leads."""
            from iiif.presentation import store  # models are loaded with this module, the store reads models

            keys = type(self.instance).objects.filter(translation_key=self.instance.translation_key).values_list("pk", flat=True)
            return store.problems_of("exhibition", *keys)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "problems": self.problems}
