"""What a list shows of an object, from a row that ``listed`` has fetched: no query per row."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, F, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision, WorkflowState

from artifacts.models import Artifact, ArtifactMedia, Title
from artifacts.permissions import within_departments
from museum.workplace.media.viewset import small_picture

# What a list shows of an object and of its picture. Both have dozens of columns more, among them texts in every language.
SHOWN = (
    *("public_id", "accession_number", "department", "latest_revision", "updated_at", "live", "has_unpublished_changes", "expired"),
    *("is_public", "withdrawn_on", "merged_into"),
)
SHOWN_OF_PICTURE = ("artifact", "primary", "asset__public_id", "asset__kind", "asset__state", "asset__color", "asset__version")


def listed(user: Any) -> QuerySet[Artifact]:
    """Objects of the user's departments with what a list shows of them: three queries for a page of fifty."""
    return dressed(within_departments(user, Artifact.objects.all()))


def dressed(objects: QuerySet[Artifact]) -> QuerySet[Artifact]:
    """These objects with what a list shows of them, and nothing else: another column of theirs would be asked for row by row."""
    titles = Title.objects.filter(artifact=OuterRef("pk")).order_by("-preferred", "sort_order").values("text")[:1]
    main = ArtifactMedia.objects.filter(primary=True).select_related("asset").only(*SHOWN_OF_PICTURE)
    return (
        objects.only(*SHOWN)
        .annotate(
            drafted=F("latest_revision__object_str"),
            changed=changed(),
            first_title=Subquery(titles),
            review=Subquery(_reviews().values("status")[:1]),
            scheduled=Exists(scheduled()),
        )
        .prefetch_related("department", Prefetch("media", main, to_attr="main_pictures"))
    )


def changed() -> Coalesce:
    """When an object was changed last: with its latest draft, or by an import."""
    return Coalesce("latest_revision__created_at", "updated_at")


def _reviews() -> QuerySet[WorkflowState]:
    return WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Artifact),
        object_id=Cast(OuterRef("pk"), CharField()),
        status__in=[WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES],
    )


def scheduled() -> QuerySet[Revision]:
    """The version that will go live by itself. A time to go live that stands in a draft does nothing before it is published."""
    kind = ContentType.objects.get_for_model(Artifact)
    return Revision.objects.filter(content_type=kind, object_id=Cast(OuterRef("pk"), CharField())).exclude(approved_go_live_at=None)


def title_of(artifact: Any) -> str:
    """The title as it stands in the latest draft."""
    if artifact.has_unpublished_changes and artifact.drafted:
        return artifact.drafted.removeprefix(artifact.accession_number).strip() or str(_("untitled"))
    return artifact.first_title or str(_("untitled"))


def picture_of(artifact: Any) -> Any:
    """The main picture, small."""
    return small_picture(artifact.main_pictures[0].asset if artifact.main_pictures else None)


def state_of(artifact: Any) -> str:
    """Draft, live, in review, scheduled: without a query per row."""
    if artifact.review:
        return str(_("changes asked for")) if artifact.review == WorkflowState.STATUS_NEEDS_CHANGES else str(_("in review"))
    if not artifact.live:
        if artifact.scheduled:
            return str(_("scheduled"))
        return str(_("expired")) if artifact.expired else str(_("draft"))
    if artifact.scheduled:
        return str(_("live, scheduled"))
    return str(_("live, changed")) if artifact.has_unpublished_changes else str(_("live"))


def standing_of(artifact: Artifact) -> str:
    """What hides a live object, in a word; empty for the others."""
    if artifact.withdrawn_on:
        return str(_("withdrawn"))
    if artifact.merged_into_id:
        return str(_("merged"))
    if artifact.live and not artifact.is_public:
        return str(_("embargo"))
    return str(_("public")) if artifact.is_public else ""
