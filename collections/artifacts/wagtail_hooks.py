"""What the history of an object can tell beside Wagtail's own actions."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter

from artifacts import publishing


class ScheduleRefused(LogFormatter):
    """A scheduled publication that did not happen, and why."""

    label = _("Refuse a scheduled publication")

    def format_message(self, log_entry: Any) -> str:
        return gettext("Not published as scheduled: it lacks %(fields)s") % {"fields": ", ".join(log_entry.data["lacking"])}


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """Withdraw, restore, merge."""
    actions.register_action("artifacts.withdraw", _("Withdraw"), _("Withdrawn"))
    actions.register_action("artifacts.restore", _("Restore"), _("Restored after a withdrawal"))
    actions.register_action("artifacts.merge", _("Merge"), _("Merged into another object"))
    actions.register_action(publishing.SCHEDULE_REFUSED)(ScheduleRefused)
    actions.register_action("artifacts.media.attach", _("Attach a file"), _("A file was attached"))
    actions.register_action("artifacts.media.remove", _("Take files off"), _("Files were taken off"))
    actions.register_action("artifacts.text.attach", _("Attach a page's text"), _("The text of a page was attached"))
    actions.register_action("artifacts.text.change", _("Change a page's text"), _("Language or audience of a page's text was changed"))
    actions.register_action("artifacts.text.remove", _("Take a page's text off"), _("The text of a page was taken off"))
    actions.register_action("artifacts.annotation", _("Annotate a picture"), _("An annotation of a picture was changed"))
