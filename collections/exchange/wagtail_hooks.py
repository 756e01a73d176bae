"""What the workplace shows of imports: their entries in an object's history."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from exchange import undoing
from exchange.writing import ACTION


@hooks.register("register_log_actions")
def register_import_action(actions: Any) -> None:
    """“Import” in the history."""

    @actions.register_action(ACTION)
    class ImportFormatter(LogFormatter):
        label = _("Import")

        def format_message(self, log_entry: Any) -> str:
            data = log_entry.data
            changed = ", ".join(data.get("fields") or [])
            told = gettext("Import %(job)s, row %(row)s: %(outcome)s") % {
                "job": data.get("import"),
                "row": data.get("row"),
                "outcome": data.get("outcome"),
            }
            return f"{told} ({changed})" if changed else told

    @actions.register_action(undoing.ACTION)
    class UndoFormatter(LogFormatter):
        label = _("Undo of an import")

        def format_message(self, log_entry: Any) -> str:
            told = gettext("Import %(job)s was undone: %(fields)s")
            return told % {"job": log_entry.data.get("import"), "fields": ", ".join(log_entry.data.get("fields") or [])}
