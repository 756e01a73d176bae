"""Objects of other museums in the workplace: added by the address of their manifest, fetched by a task, removable."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.snippets.views.snippets import CreateView, DeleteView, EditView, SnippetViewSet

from exchange.models import PeerObject
from exchange.peers import keeping
from exchange.peers.tasks import refresh_peer_object
from museum.workplace.choosing import ChoosingOnly


class _Fetched:
    """Has what was saved fetched anew; the form itself asks nobody."""

    def save_instance(self) -> Any:
        with transaction.atomic():
            kept = super().save_instance()
            PeerObject.objects.filter(pk=kept.pk).update(state=PeerObject.State.WAITING, problem="", etag="")
            refresh_peer_object.enqueue(kept.pk)
        return kept


class PeerCreate(_Fetched, CreateView):
    """Adds an object by the address of its manifest."""


class PeerEdit(_Fetched, EditView):
    """Another address or picture; saving also asks the other museum again."""


class PeerDelete(DeleteView):
    """Takes the object out of every exhibition and comparison, and our copy of its picture with it."""

    def delete_action(self) -> None:
        with transaction.atomic():
            super().delete_action()
        keeping.forget_picture(self.object)


class PeerViewSet(SnippetViewSet):
    """Objects of other museums."""

    model = PeerObject
    chooser_viewset_class = ChoosingOnly
    icon = "globe"
    menu_label = _("Other museums")
    menu_order = 350
    add_to_admin_menu = True
    list_display = [
        "__str__",
        Column("state", label=_("State"), accessor="get_state_display"),
        Column("problem", label=_("Why")),
        DateColumn("fetched_at", label=_("Fetched")),
    ]
    list_filter = ["state"]
    search_fields = ["address"]
    add_view_class = PeerCreate
    edit_view_class = PeerEdit
    delete_view_class = PeerDelete
    copy_view_enabled = False
    panels = [
        FieldPanel("address"),
        FieldPanel("page_number"),
        MultiFieldPanel(
            [
                FieldPanel("state", read_only=True),
                FieldPanel("problem", read_only=True),
                FieldPanel("fetched_at", read_only=True),
                FieldPanel("rights", read_only=True),
                FieldPanel("homepage", read_only=True),
            ],
            heading=_("What the other museum says"),
        ),
    ]
