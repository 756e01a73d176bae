"""What the history of vocabulary records tells."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter


class Merged(LogFormatter):
    """Which duplicate."""

    label = _("Merge")

    def format_message(self, log_entry: Any) -> str:
        return gettext("Took the place of its duplicate “%(record)s” (%(public_id)s)") % log_entry.data


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Merge."""
    actions.register_action("vocabularies.merge")(Merged)
