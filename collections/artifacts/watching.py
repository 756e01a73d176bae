"""Which saves the journal hears of, and what follows Wagtail's publish and unpublish."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_save
from modelcluster.models import get_all_child_relations
from wagtail.log_actions import get_active_log_context
from wagtail.models import Revision
from wagtail.signals import published, unpublished

from artifacts import numbering, publishing
from artifacts.models import AccessionReservation, Artifact, ArtifactMedia, ObjectType
from media.models import Asset
from records import journal
from records.watching import watch, watch_part


def connect() -> None:
    """Watch objects, their rows, their pictures and the pictures' assets."""
    watch(Artifact, "object")
    watch(ObjectType, "object_type")
    for relation in get_all_child_relations(Artifact):
        watch_part(relation.related_model, lambda row: [("object", row.artifact_id)])
    watch_part(ArtifactMedia, lambda use: [("object", use.artifact_id)])
    post_save.connect(_asset_saved, sender=Asset, dispatch_uid="artifacts-asset-saved")
    post_save.connect(_revised, sender=Revision, dispatch_uid="artifacts-revision-saved")
    published.connect(_published, sender=Artifact, dispatch_uid="artifacts-published")
    unpublished.connect(_unpublished, sender=Artifact, dispatch_uid="artifacts-unpublished")


def _asset_saved(instance: Asset, raw: bool = False, created: bool = False, **_: Any) -> None:
    if not raw and not created:
        journal.changed("object", list(ArtifactMedia.objects.filter(asset=instance).values_list("artifact_id", flat=True).distinct()))


def _revised(instance: Revision, raw: bool = False, created: bool = False, **_: Any) -> None:
    """A draft's new accession number is reserved with the draft."""
    if raw or instance.content_type_id != ContentType.objects.get_for_model(Artifact).pk:
        return
    artifact = Artifact.objects.filter(pk=instance.object_id).first()
    number, museum = instance.content.get("accession_number"), instance.content.get("museum")
    is_latest = created or (artifact is not None and artifact.latest_revision_id == instance.pk)
    if artifact is not None and is_latest and number and museum:
        numbering.reserve(artifact, museum, number)


def _published(instance: Artifact, **_: Any) -> None:
    publishing.released(instance, get_active_log_context().user)  # the signal does not say who published
    AccessionReservation.objects.filter(artifact=instance).delete()
    instance.refresh_from_db(fields=["is_public", "first_published_on", "visibility_changed_on"])


def _unpublished(instance: Artifact, **_: Any) -> None:
    publishing.retracted(instance)
    instance.refresh_from_db(fields=["is_public", "visibility_changed_on"])
