"""What the workplace adds to Wagtail's admin, and what it takes away."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.forms import Media
from django.templatetags.static import static
from django.urls import include, path, reverse, reverse_lazy
from django.utils.functional import classproperty
from django.utils.html import format_html, format_html_join, json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import PagesSummaryItem
from wagtail.admin.ui.sidebar import BaseSidebarAdapter
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.models import get_snippet_models, register_snippet

from museum.workplace.home import ObjectsPanel, ObjectsSummary
from museum.workplace.media.viewset import FileViewSet
from museum.workplace.missed import MissedSearches
from museum.workplace.objects import bulk, small, worklisting
from museum.workplace.objects.viewset import ObjectViewSet
from museum.workplace.peers import PeerViewSet
from museum.workplace.picture_rules import PictureRulesViewSet
from museum.workplace.words.viewsets import Words

EDITOR_SCRIPTS = ("understood", "mistakes", "choosing", "saving", "locked", "session", "standing")
STYLES = ("forms", "record", "pictures", "annotating", "finding", "pages")

register_snippet(ObjectViewSet)
register_snippet(FileViewSet)
register_snippet(Words)
register_snippet(PictureRulesViewSet)
register_snippet(PeerViewSet)
for act in (bulk.Publish, bulk.Unpublish, bulk.AddToCollection, worklisting.PutOnWorklist, worklisting.TakeOffWorklist):
    hooks.register("register_bulk_action", act)
# Every page of the workplace has a menu. Wagtail would draw the element of its script once per item, to throw them all away: the page names it.
BaseSidebarAdapter.media = Media()


def _deletable(cls: type) -> list[type]:
    """Records of the museum are withdrawn, merged or deprecated, never deleted by the dozen."""
    ours = ("artifacts", "vocabularies", "media")
    return [model for model in get_snippet_models() if model._meta.app_label not in ours]


DeleteBulkAction.models = classproperty(_deletable)


@hooks.register("construct_main_menu")
def one_world_of_pictures(request: Any, menu_items: list[Any]) -> None:
    """Pictures belong to objects and exhibitions; Wagtail's own images and documents have no menu."""
    menu_items[:] = [item for item in menu_items if item.name not in {"images", "documents", "snippets"}]


@hooks.register("construct_homepage_summary_items", order=1)  # after Wagtail's own
def objects_counted(request: Any, items: list[Any]) -> None:
    """Objects are counted on the first page; Wagtail's own images and documents are not, as they have no menu."""
    items[:] = [ObjectsSummary(request), *(item for item in items if isinstance(item, PagesSummaryItem))]


@hooks.register("register_permissions")
def permission_of_readers() -> Any:
    """Offered when groups are edited: readers of restricted pictures need no other right."""
    return Permission.objects.filter(content_type__app_label="media", codename="view_restricted")


@hooks.register("construct_homepage_panels")
def first_page(request: Any, panels: list[Any]) -> None:
    """Objects come first on the first page, for those who work on them."""
    objects = ObjectsPanel(request)
    if objects.is_shown:
        panels.insert(0, objects)


@hooks.register("register_reports_menu_item")
def health() -> MenuItem:
    """The health page, among the reports."""
    return MenuItem(gettext_lazy("Health"), reverse_lazy("workplace:health"), icon_name="success", order=50)


class ImportsMenuItem(MenuItem):
    """Shown to those who may see imports."""

    def is_shown(self, request: Any) -> bool:
        return request.user.has_perm("exchange.view_importjob")


@hooks.register("register_reports_menu_item")
def imports() -> MenuItem:
    """The list of imports, among the reports."""
    return ImportsMenuItem(gettext_lazy("Imports"), reverse_lazy("workplace:imports"), icon_name="download", order=60)


class MissedMenuItem(MenuItem):
    """Shown to those who keep synonyms."""

    def is_shown(self, request: Any) -> bool:
        return request.user.has_perms(MissedSearches.permissions)


@hooks.register("register_reports_menu_item")
def missed_searches() -> MenuItem:
    """What visitors did not find, among the reports."""
    return MissedMenuItem(gettext_lazy("Searches without results"), reverse_lazy("workplace:missed"), icon_name="search", order=55)


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """The workplace's own pages and answers."""
    return [path("workplace/", include("museum.workplace.urls"))]


@hooks.register("insert_editor_js")
def typing() -> SafeString:
    """Answers while a form is being filled, the focus kept where a choice was made, and the side panel."""
    facts = {
        "number": reverse("workplace:number"),
        "date": reverse("workplace:date"),
        "dimensions": reverse("workplace:dimensions"),
        "session": {
            "address": reverse("workplace:session"),
            "login": reverse("wagtailadmin_login") + "?next=" + reverse("workplace:logged_in"),
        },
        "words": {
            "next": _("The next free number:"),
            "moved": _("{row} is now at place {place} of {count}."),
            "removed": _("{row} was taken away; {left} left."),
            "loggedOut": _("You are no longer logged in, so nothing is saved at the moment. What you typed stays here:"),
            "another": _(
                "In this browser {name} is logged in now, but this form was opened by somebody else, so nothing is saved. What you typed stays here: log in as yourself in another tab, then come back and save."
            ),
            "login": _("log in in a new tab, then come back and save."),
        },
    }
    return format_html(
        "{}{}{}",
        small.language_list(),
        json_script(facts, "workplace-addresses"),
        format_html_join("", '<script type="module" src="{}"></script>', ((static(f"workplace/{name}.js"),) for name in EDITOR_SCRIPTS)),
    )


@hooks.register("insert_global_admin_css")
def styles() -> SafeString:
    """The workplace's own styles, on every page of the admin."""
    return format_html_join("", '<link rel="stylesheet" href="{}">', ((static(f"workplace/{name}.css"),) for name in STYLES))
