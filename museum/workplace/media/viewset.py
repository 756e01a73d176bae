"""Media files in the workplace: the list of all, what is known of one, its texts and rights."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from media.models import Asset
from media.status import sentence
from museum.workplace.access import Checked
from museum.workplace.media.choosing import FileFilterForm
from museum.workplace.media.permissions import within_departments
from museum.workplace.media.uses import small_address
from museum.workplace.objects.panels import group
from museum.workplace.words.forms import WordForm


def small_picture(asset: Asset | None) -> Any:
    """A thumbnail for a list, or its dominant colour while there is none."""
    if asset is None:
        return ""
    if asset.kind == Asset.Kind.IMAGE and asset.state == Asset.State.READY:
        return format_html(
            '<img class="list-picture" src="{}" alt="" loading="lazy" style="background-color: {}">',
            small_address(asset, 120),
            asset.color or "transparent",
        )
    return format_html('<span class="list-picture list-picture--none">{}</span>', asset.get_kind_display())


class FileIndex(IndexView):
    """All files, newest first; found by their names."""

    is_searchable = True

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        return queryset.filter(original_filename__icontains=self.search_query) if self.search_query else queryset

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not self.request.user.has_perms(["artifacts.add_artifactmedia", "media.add_asset"]):
            return []
        return [HeaderButton(_("Upload by number"), url=reverse("workplace:by_number"), icon_name="upload")]


class InDepartments:
    """Offers files of the user's departments."""

    request: HttpRequest
    filter_form_class = FileFilterForm

    def get_object_list(self) -> QuerySet[Asset]:
        return within_departments(self.request.user, Asset.objects.select_related("blob"))

    @property
    def columns(self) -> list[Column]:
        return [Column("picture", label="", accessor=small_picture), *super().columns, Column("get_kind_display", label=_("Kind"))]  # type: ignore[misc]

    def can_create(self) -> bool:
        return False


class Choose(InDepartments, ChooseView):
    pass


class ChooseResults(InDepartments, ChooseResultsView):
    pass


class Chosen(SnippetChosenView):
    def get_object(self, pk: Any) -> Asset:
        return within_departments(self.request.user, Asset.objects.all()).get(pk=pk)


class ChosenMultiple(SnippetChosenMultipleView):
    def get_objects(self, pks: Any) -> QuerySet[Asset]:
        return within_departments(self.request.user, Asset.objects.filter(pk__in=pks))


class FileChooserViewSet(SnippetChooserViewSet):
    """The chooser of media files: for pages and stories."""

    choose_view_class = Choose
    choose_results_view_class = ChooseResults
    chosen_view_class = Chosen
    chosen_multiple_view_class = ChosenMultiple

    def get_urlpatterns(self) -> list[Any]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]


class FileViewSet(Checked, SnippetViewSet):
    """Media files. They come in by upload and are never edited: only what is said of them is."""

    model = Asset
    icon = "image"
    menu_label = _("Media")
    menu_order = 150
    add_to_admin_menu = True
    list_per_page = 50
    list_filter = ["kind", "state", "tier"]
    index_view_class = FileIndex
    chooser_viewset_class = FileChooserViewSet
    chooser_per_page = 25
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields_exclude = ["embedded", "technical", "blob"]
    add_to_reference_index = False

    @cached_property
    def list_display(self) -> list[Any]:
        return [
            "original_filename",
            Column("picture", label=_("Picture"), accessor=small_picture),
            Column("get_kind_display", label=_("Kind")),
            Column("state", label=_("State"), accessor=sentence, sort_key="state"),
            Column("uses_count", label=_("Used by")),
            Column("created_at", label=_("Added"), sort_key="created_at"),
        ]

    @cached_property
    def edit_handler(self) -> Any:
        return ObjectList(
            [
                group("texts", _("What it shows"), "alt_text"),
                group("rights", _("Rights"), "rights_uri", "credit"),
            ],
            base_form_class=WordForm,
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Asset]:
        return within_departments(request.user, Asset.objects.annotate(uses_count=Count("uses")).select_related("blob"))

    def get_urlpatterns(self) -> list[Any]:
        """Files come in by upload and are not deleted here."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name not in {"add", "delete"}]

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_index_view_kwargs(**kwargs), "add_url_name": None, "delete_url_name": None}
