"""Wagtail's reports, without what lies outside the reader's departments. These addresses stand before Wagtail's own."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.admin.views.reports.workflows import WorkflowTasksView, WorkflowView

from artifacts.models import Artifact
from artifacts.permissions import within_departments as objects_within
from media.models import Asset
from museum.workplace.media.permissions import within_departments as files_within
from vocabularies.roles import works_everywhere

_WITHIN: dict[Any, Any] = {Artifact: objects_within, Asset: files_within}


def outside(user: Any, prefix: str = "") -> Q:
    """Matches rows that point (by ``content_type`` and ``object_id``) at objects or files outside the user's departments."""
    found = Q(pk__in=[])
    for model, within in _WITHIN.items():
        inside = within(user, model._default_manager.all()).order_by().values(key=Cast("pk", CharField()))
        found |= Q(**{f"{prefix}content_type": ContentType.objects.get_for_model(model)}) & ~Q(**{f"{prefix}object_id__in": inside})
    return found


class SiteHistory(LogEntriesView):
    """Who did what, as far as the reader's departments go."""

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        queryset = super().filter_queryset(queryset)
        fields = {field.name for field in queryset.model._meta.get_fields()}
        if "object_id" not in fields or works_everywhere(self.request.user):
            return queryset
        return queryset.exclude(outside(self.request.user))


class Workflows(WorkflowView):
    def get_queryset(self) -> QuerySet:
        found = super().get_queryset()
        return found if works_everywhere(self.request.user) else found.exclude(outside(self.request.user))


class Tasks(WorkflowTasksView):
    def get_queryset(self) -> QuerySet:
        found = super().get_queryset()
        return found if works_everywhere(self.request.user) else found.exclude(outside(self.request.user, "workflow_state__"))


def _guarded(view: type, **kwargs: Any) -> Any:
    return never_cache(require_admin_access(view.as_view(**kwargs)))  # type: ignore[attr-defined]


urlpatterns = [
    path(f"reports/{address}/{rest}", _guarded(view, results_only=bool(rest)))
    for address, view in (("site-history", SiteHistory), ("workflow", Workflows), ("workflow_tasks", Tasks))
    for rest in ("", "results/")
]
