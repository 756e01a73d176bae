"""A chooser of records that are made in forms of their own, not in passing."""

from __future__ import annotations

from typing import Any

from wagtail.snippets.views.chooser import SnippetChooserViewSet


class ChoosingOnly(SnippetChooserViewSet):
    """Wagtail's address for making a record while choosing fails where the model has no form for it: here there is none."""

    def get_urlpatterns(self) -> list[Any]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]
