"""What the history of an object can tell beside Wagtail's own actions."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter

from artifacts import publishing, rescanning
from media.models import Turn


class ScheduleRefused(LogFormatter):
    """A scheduled publication that did not happen, and why."""

    label = _("Refuse a scheduled publication")

    def format_message(self, log_entry: Any) -> str:
        return gettext("Not published as scheduled: it lacks %(fields)s") % {"fields": ", ".join(log_entry.data["lacking"])}


class PictureTurned(LogFormatter):
    """Which picture, and how far."""

    label = _("Turn a picture")

    def format_message(self, log_entry: Any) -> str:
        told = {"file": log_entry.data["picture"], "way": Turn(log_entry.data["degrees"]).label}
        return gettext("Turned %(file)s: %(way)s") % told


class PictureReplaced(LogFormatter):
    """Which scan took the place of which."""

    label = _("Replace a picture")

    def format_message(self, log_entry: Any) -> str:
        return gettext("Replaced %(former)s by %(file)s") % {"file": log_entry.data["file"], "former": log_entry.data["former"]}


class FormerPutBack(PictureReplaced):
    """The same, with a scan that had been there before."""

    label = _("Put a former scan back")


class ScanOffered(LogFormatter):
    """A new scan waits to be compared."""

    label = _("Offer a new scan")

    def format_message(self, log_entry: Any) -> str:
        return gettext("Took in %(file)s as a new scan of %(picture)s") % _files(log_entry)


class ScanDiscarded(LogFormatter):
    """A new scan was not wanted."""

    label = _("Discard a new scan")

    def format_message(self, log_entry: Any) -> str:
        return gettext("Discarded %(file)s, a new scan of %(picture)s") % _files(log_entry)


def _files(log_entry: Any) -> dict[str, str]:
    return {"file": log_entry.data["file"], "picture": log_entry.data["picture"]}


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """Withdraw, restore, merge."""
    actions.register_action("artifacts.withdraw", _("Withdraw"), _("Withdrawn"))
    actions.register_action("artifacts.restore", _("Restore"), _("Restored after a withdrawal"))
    actions.register_action("artifacts.merge", _("Merge"), _("Merged into another object"))
    actions.register_action(publishing.SCHEDULE_REFUSED)(ScheduleRefused)
    actions.register_action("artifacts.media.attach", _("Attach a file"), _("A file was attached"))
    actions.register_action("artifacts.media.remove", _("Take files off"), _("Files were taken off"))
    actions.register_action(rescanning.TURNED)(PictureTurned)
    actions.register_action(rescanning.OFFERED)(ScanOffered)
    actions.register_action(rescanning.DISCARDED)(ScanDiscarded)
    actions.register_action(rescanning.REPLACED)(PictureReplaced)
    actions.register_action(rescanning.PUT_BACK)(FormerPutBack)
    actions.register_action("artifacts.text.attach", _("Attach a page's text"), _("The text of a page was attached"))
    actions.register_action("artifacts.text.change", _("Change a page's text"), _("Language or audience of a page's text was changed"))
    actions.register_action("artifacts.text.remove", _("Take a page's text off"), _("The text of a page was taken off"))
    actions.register_action("artifacts.annotation", _("Annotate a picture"), _("An annotation of a picture was changed"))
