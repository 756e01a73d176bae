"""Who may see which file: those that objects of the user's departments use, and those that no object uses."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from artifacts.models import ArtifactMedia
from media.models import Asset
from vocabularies.roles import departments_of, works_everywhere


class FilePolicy(ModelPermissionPolicy):
    """Permissions on media files, by the departments of the objects that use them. Files are never deleted here."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Asset) -> bool:
        return self.user_has_permission(user, action) and within_departments(user, Asset.objects.filter(pk=instance.pk)).exists()

    def instances_user_has_any_permission_for(self, user: Any, actions: Collection[str]) -> QuerySet[Asset]:
        if not self.user_has_any_permission(user, actions):
            return Asset.objects.none()
        return within_departments(user, Asset.objects.all())


def within_departments(user: Any, assets: QuerySet[Asset]) -> QuerySet[Asset]:
    """Those of ``assets`` that the user's departments use, or nobody's objects. Texts of pages, and new scans, are seen with their pictures alone."""
    assets = assets.exclude(kind=Asset.Kind.TEXT).filter(replaces=None)
    if works_everywhere(user):
        return assets
    uses = ArtifactMedia.objects.filter(asset=OuterRef("pk"))
    return assets.filter(Q(Exists(uses.filter(artifact__department__in=departments_of(user)))) | ~Q(Exists(uses)))
