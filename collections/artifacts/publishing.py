"""The only writer of what is visible: publish, unpublish, embargo, schedule, withdraw, merge, and the pictures' tiers."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Revision

from artifacts import annotating, required
from artifacts.models import Annotation, Artifact, ArtifactMedia
from media.access import refresh_tiers
from media.models import Asset
from records import journal
from records.models import RecordError

CHUNK = 400
SCHEDULE_REFUSED = "artifacts.schedule_refused"

logger = logging.getLogger(__name__)


def refresh(pks: Iterable[int]) -> int:
    """Set ``is_public`` of these objects from what they are now; returns how many changed.

    An object is public when it is live, no embargo lasts, and it is neither withdrawn nor merged into another one.
    """
    changed = 0
    todo = list(pks)
    for start in range(0, len(todo), CHUNK):
        changed += _refresh_chunk(todo[start : start + CHUNK])
    return changed


@transaction.atomic
def _refresh_chunk(pks: Sequence[int]) -> int:
    now = timezone.now()
    today = timezone.localdate(now)
    open_to_all = Q(live=True, withdrawn_on=None, merged_into=None) & (Q(embargo_until=None) | Q(embargo_until__lte=today))
    chosen = Artifact.objects.filter(pk__in=pks)
    appearing = list(chosen.filter(open_to_all, is_public=False).values_list("pk", flat=True))
    vanishing = list(chosen.exclude(open_to_all).filter(is_public=True).values_list("pk", flat=True))
    Artifact.objects.filter(pk__in=appearing, first_published_on=None).update(first_published_on=now)
    Artifact.objects.filter(pk__in=appearing).update(is_public=True, visibility_changed_on=now)
    Artifact.objects.filter(pk__in=vanishing).update(is_public=False, visibility_changed_on=now)
    refresh_tiers(ArtifactMedia.objects.filter(artifact__in=pks).values_list("asset_id", flat=True))
    if appearing or vanishing:
        journal.changed("object", appearing + vanishing)
    return len(appearing) + len(vanishing)


def uses_of(asset_ids: Sequence[int]) -> dict[int, str]:
    """The tiers that objects on view give these assets."""
    uses = ArtifactMedia.objects.filter(
        asset__in=asset_ids, published=True, artifact__is_public=True, artifact__access_limit=Artifact.Access.OPEN
    )
    tiers: dict[int, str] = {}
    for asset, shown in uses.values_list("asset_id", "publication_class"):
        if shown == ArtifactMedia.PublicationClass.PUBLIC:
            tiers[asset] = Asset.Tier.PUBLIC.value
        elif shown == ArtifactMedia.PublicationClass.RESTRICTED:
            tiers.setdefault(asset, Asset.Tier.RESTRICTED.value)
    return tiers


@transaction.atomic
def released(artifact: Artifact, user: Any = None) -> None:
    """What follows a publish: pictures and annotations that waited are released, the object becomes visible if nothing else hides it.

    ``user``: who published, for the history of the annotations.
    """
    ArtifactMedia.objects.filter(artifact=artifact, published=False).update(published=True)
    waiting = Annotation.objects.filter(use__artifact=artifact, published=False, removed=False)
    annotating.publish(
        waiting.filter(publication_class=Annotation.PublicationClass.PUBLIC).select_related("use", "use__artifact"), user=user
    )
    _refresh_chunk([artifact.pk])
    journal.changed("object", artifact.pk)


@transaction.atomic
def retracted(artifact: Artifact) -> None:
    """What follows an unpublish or an expiry."""
    _refresh_chunk([artifact.pk])
    journal.changed("object", artifact.pk)


@transaction.atomic
def release_media(uses: Iterable[ArtifactMedia]) -> None:
    """Publish waiting pictures of live objects by themselves (their own button)."""
    chosen = list(uses)
    ArtifactMedia.objects.filter(pk__in=[use.pk for use in chosen]).update(published=True)
    refresh_tiers(use.asset_id for use in chosen)
    journal.changed("object", sorted({use.artifact_id for use in chosen}))


@transaction.atomic
def withdraw(artifact: Artifact, reason: str, user: Any = None) -> None:
    """Take an object out of sight for good, with a reason. Its address then answers 410. Nothing is deleted."""
    if not reason.strip():
        raise RecordError(_("Say why the object is withdrawn: the reason stays on record."))
    Artifact.objects.filter(pk=artifact.pk).update(withdrawn_on=timezone.now(), withdrawn_reason=reason)
    log(artifact, "artifacts.withdraw", user=user, data={"reason": reason})
    _refresh_chunk([artifact.pk])
    artifact.refresh_from_db()


@transaction.atomic
def restore(artifact: Artifact, user: Any = None) -> None:
    """Undo a withdrawal."""
    Artifact.objects.filter(pk=artifact.pk).update(withdrawn_on=None, withdrawn_reason="")
    log(artifact, "artifacts.restore", user=user)
    _refresh_chunk([artifact.pk])
    artifact.refresh_from_db()


@transaction.atomic
def merge(duplicate: Artifact, into: Artifact, user: Any = None) -> None:
    """Make ``duplicate`` an address of ``into``. Its data stay, its pictures stay with it, its address redirects."""
    target = into
    while target.merged_into_id:
        target = target.merged_into  # type: ignore[assignment]
    if target.pk == duplicate.pk:
        raise RecordError(_("An object cannot be merged into itself."))
    Artifact.objects.filter(pk=duplicate.pk).update(merged_into=target)
    Artifact.objects.filter(merged_into=duplicate).update(merged_into=target)
    log(duplicate, "artifacts.merge", user=user, data={"into": target.public_id})
    _refresh_chunk([duplicate.pk])
    journal.changed("object", [duplicate.pk, target.pk])
    duplicate.refresh_from_db()


def run_schedule() -> None:
    """Publish and expire what is due by Wagtail's own schedule (``go_live_at``, ``expire_at``), pages too."""
    for revision in _due():
        lacking = required.missing(revision.as_object())
        if lacking:
            _refuse_schedule(revision, lacking)
    call_command("publish_scheduled", verbosity=0)


def _due() -> QuerySet[Revision]:
    """Revisions of objects whose time to go live has come."""
    return Revision.objects.filter(content_type=ContentType.objects.get_for_model(Artifact), approved_go_live_at__lt=timezone.now())


@transaction.atomic
def _refuse_schedule(revision: Revision, lacking: list[str]) -> None:
    """What was complete when it was scheduled is not any more: it stays as it is, and its history, its side panel and the log say why."""
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    Artifact.objects.filter(pk=revision.object_id).update(go_live_at=None)
    artifact = Artifact.objects.get(pk=revision.object_id)
    log(artifact, SCHEDULE_REFUSED, revision=revision, data={"lacking": lacking})
    logger.warning("%s was not published as scheduled: it lacks %s.", artifact, ", ".join(lacking))


def refused_schedule(artifact: Artifact) -> list[str]:
    """What kept the object from being published as scheduled, when that is the last that was tried; empty otherwise."""
    tried = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Artifact),
        object_id=str(artifact.pk),
        action__in=[SCHEDULE_REFUSED, "wagtail.publish", "wagtail.publish.schedule", "wagtail.publish.scheduled"],
    )
    last = tried.order_by("-timestamp", "-pk").first()
    return list(last.data["lacking"]) if last and last.action == SCHEDULE_REFUSED else []


def tick() -> int:
    """End embargoes whose day has come, and begin those that were set on public objects. Run by the worker every 30 s."""
    today = timezone.localdate()
    over = Artifact.objects.filter(is_public=False, live=True, embargo_until__lte=today, withdrawn_on=None, merged_into=None)
    begun = Artifact.objects.filter(is_public=True, embargo_until__gt=today)
    return refresh(list(over.values_list("pk", flat=True)) + list(begun.values_list("pk", flat=True)))
