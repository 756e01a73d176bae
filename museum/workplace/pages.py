"""What the workplace's own pages share: the admin's furniture, and objects that the user may work on."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from artifacts.models import Artifact, ArtifactMedia
from museum.workplace.access import require


def storable(sent: QueryDict) -> QueryDict:
    """What was sent, without the one character that no text of PostgreSQL holds: a program sends it, never a keyboard."""
    if not any("\0" in value for _name, values in sent.lists() for value in values):
        return sent
    kept = QueryDict(mutable=True)
    for name, values in sent.lists():
        kept.setlist(name, [value.replace("\0", "") for value in values])
    return kept


class WorkplacePage(WagtailAdminTemplateMixin, View):
    """A page with the admin's furniture. ``permissions``: all of them are needed."""

    permissions: tuple[str, ...] = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perms(self.permissions):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.render_to_response(self.get_context_data(**kwargs))


class ObjectPage(WorkplacePage):
    """A page about one object of the user's departments. ``actions``: one of them must be allowed on that object."""

    actions: tuple[str, ...] = ("view", "change")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.artifact = get_object_or_404(Artifact.objects.select_related("department", "museum"), pk=kwargs["pk"])
        require(request.user, self.artifact, *self.actions)
        if request.method not in {"GET", "HEAD"} and (reason := self.locked()):
            raise PermissionDenied(reason)
        return super().dispatch(request, *args, **kwargs)

    def locked(self) -> str:
        """Why nobody, or not this user, may change the object now; empty when there is no lock."""
        lock = self.artifact.get_lock()
        if lock is None or not lock.for_user(self.request.user):
            return ""
        return str(lock.get_message(self.request.user) or _("The object is locked."))

    @cached_property
    def edit_url(self) -> str:
        return reverse("wagtailsnippets_artifacts_artifact:edit", args=[self.artifact.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("wagtailsnippets_artifacts_artifact:list"), "label": _("Objects")},
            {"url": self.edit_url, "label": str(self.artifact)},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_page_subtitle(self) -> str:
        return str(self.artifact)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(artifact=self.artifact, edit_url=self.edit_url, **kwargs)


class UsePage(ObjectPage):
    """A page about one picture or file of an object. ``related``: what is read with it; ``kind``: what alone it may be, empty for any."""

    related: tuple[str, ...] = ("asset", "artifact")
    kind = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        uses = ArtifactMedia.objects.select_related(*self.related).filter(artifact=kwargs["pk"])
        self.use = get_object_or_404(uses.filter(asset__kind=self.kind) if self.kind else uses, public_id=kwargs["use"])
        return super().dispatch(request, *args, **kwargs)
