"""The first page of the workplace: finding and adding objects, what one changed last, what waits."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.components import Component
from wagtail.models import ModelLogEntry
from wagtail.permissions import policy_registry

from artifacts.models import Artifact, ArtifactMedia
from artifacts.permissions import within_departments
from media.models import Asset
from museum.workplace.objects.showing import listed, picture_of, state_of, title_of
from vocabularies.models import Department

MOST = 8


class ObjectsPanel(Component):
    """Objects on the first page."""

    name = "objects"
    template_name = "workplace/home/objects.html"
    order = 50

    def __init__(self, request: Any) -> None:
        self.request = request

    @cached_property
    def is_shown(self) -> bool:
        return policy_registry.get_by_type(Artifact).user_has_any_permission(self.request.user, ["view", "add", "change"])

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = self.request.user
        own = within_departments(user, Artifact.objects.all())
        failed = ArtifactMedia.objects.filter(artifact__in=own, asset__state=Asset.State.FAILED).values("artifact").distinct()
        return {
            "recent": [
                {
                    "pk": each.pk,
                    "number": each.accession_number,
                    "title": title_of(each),
                    "picture": picture_of(each),
                    "state": state_of(each),
                }
                for each in changed_last(user)
            ],
            "first_steps": user.has_perm("vocabularies.add_department") and not Department.objects.exists(),
            "may_add": policy_registry.get_by_type(Artifact).user_has_permission(user, "add"),
            "may_upload": user.has_perm("artifacts.add_artifactmedia"),
            "drafts": own.filter(live=False, withdrawn_on=None).count(),
            "changed": own.filter(live=True, has_unpublished_changes=True).count(),
            "failed": failed.count(),
        }


class ObjectsSummary(SummaryItem):
    """How many objects there are that the user works with, above the panels of the first page."""

    template_name = "workplace/home/summary.html"

    def is_shown(self) -> bool:
        return policy_registry.get_by_type(Artifact).user_has_any_permission(self.request.user, ["view", "add", "change"])

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {
            "total": within_departments(self.request.user, Artifact.objects.all()).count(),
            "address": reverse("wagtailsnippets_artifacts_artifact:list"),
        }


def changed_last(user: Any) -> list[Artifact]:
    """The objects that this user changed last, the latest first, as the list of objects shows them."""
    entries = ModelLogEntry.objects.filter(user=user, content_type=ContentType.objects.get_for_model(Artifact))
    latest = entries.values("object_id").annotate(last=Max("timestamp")).order_by("-last")[:MOST]
    keys = [int(entry["object_id"]) for entry in latest]
    found = {artifact.pk: artifact for artifact in listed(user).filter(pk__in=keys)}
    return [found[key] for key in keys if key in found]
