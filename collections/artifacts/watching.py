"""Which saves the journal hears of, and what follows Wagtail's publish and unpublish."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from modelcluster.models import get_all_child_relations
from wagtail.signals import published, unpublished

from artifacts import publishing
from artifacts.models import Artifact, ArtifactMedia
from media.models import Asset
from records import journal
from records.watching import watch, watch_part


def connect() -> None:
    """Watch objects, their rows, their pictures and the pictures' assets."""
    watch(Artifact, "object")
    for relation in get_all_child_relations(Artifact):
        watch_part(relation.related_model, lambda row: [("object", row.artifact_id)])
    watch_part(ArtifactMedia, lambda use: [("object", use.artifact_id)])
    post_save.connect(_asset_saved, sender=Asset, dispatch_uid="artifacts-asset-saved")
    published.connect(_published, sender=Artifact, dispatch_uid="artifacts-published")
    unpublished.connect(_unpublished, sender=Artifact, dispatch_uid="artifacts-unpublished")


def _asset_saved(instance: Asset, raw: bool = False, created: bool = False, **_: Any) -> None:
    if not raw and not created:
        journal.changed("object", list(ArtifactMedia.objects.filter(asset=instance).values_list("artifact_id", flat=True).distinct()))


def _published(instance: Artifact, **_: Any) -> None:
    publishing.released(instance)
    instance.refresh_from_db(fields=["is_public", "first_published_on", "visibility_changed_on"])


def _unpublished(instance: Artifact, **_: Any) -> None:
    publishing.retracted(instance)
    instance.refresh_from_db(fields=["is_public", "visibility_changed_on"])
