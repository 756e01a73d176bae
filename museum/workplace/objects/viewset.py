"""Objects in the workplace: list, form, history, preview, chooser."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from artifacts.models import Artifact
from museum.workplace.access import Checked
from museum.workplace.conflicts import RevertsHeld
from museum.workplace.objects.chooser import ObjectChooserViewSet
from museum.workplace.objects.comparing import ObjectCompare
from museum.workplace.objects.forms import ArtifactForm
from museum.workplace.objects.inspect import ObjectInspect
from museum.workplace.objects.listing import ObjectIndex
from museum.workplace.objects.sections import object_form
from museum.workplace.objects.showing import listed
from museum.workplace.objects.views import ObjectCopy, ObjectCreate, ObjectEdit, ObjectUnpublish


class ObjectViewSet(RevertsHeld, Checked, SnippetViewSet):
    """Objects."""

    model = Artifact
    icon = "clipboard-list"
    menu_label = _("Objects")
    menu_order = 100
    add_to_admin_menu = True
    list_per_page = 50
    index_view_class = ObjectIndex
    add_view_class = ObjectCreate
    copy_view_class = ObjectCopy
    edit_view_class = ObjectEdit
    unpublish_view_class = ObjectUnpublish
    revisions_compare_view_class = ObjectCompare
    inspect_view_class = ObjectInspect
    inspect_view_enabled = True
    add_to_reference_index = False
    chooser_viewset_class = ObjectChooserViewSet
    chooser_per_page = 25

    @cached_property
    def edit_handler(self) -> Any:
        return object_form(ArtifactForm)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Artifact]:
        return listed(request.user)

    def get_urlpatterns(self) -> list[Any]:
        """Nothing is deleted: objects are withdrawn."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "delete"]

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        made = {**super().get_index_view_kwargs(**kwargs), "delete_url_name": None}
        made.pop("list_display", None)  # each person chooses columns
        made.pop("default_ordering", None)
        return made

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_edit_view_kwargs(**kwargs), "delete_url_name": None}
