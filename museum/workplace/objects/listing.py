"""The list of objects: number, picture, title, department, state; filters; search by the engine."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, F, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.models import WorkflowState
from wagtail.snippets.views.snippets import IndexView

from artifacts.models import Artifact, ArtifactMedia, ObjectType, Title
from artifacts.permissions import within_departments
from museum.workplace.media.viewset import small_picture
from museum.workplace.objects.finding import searched
from vocabularies.models import CollectionSet, Department
from vocabularies.roles import departments_of, works_everywhere

YES_NO = [("yes", _("yes")), ("no", _("no"))]


def listed(user: Any) -> QuerySet[Artifact]:
    """Objects of the user's departments with what the list shows of them: three queries for a page of fifty."""
    titles = Title.objects.filter(artifact=OuterRef("pk")).order_by("-preferred", "sort_order").values("text")[:1]
    main = ArtifactMedia.objects.filter(primary=True).select_related("asset")
    return (
        within_departments(user, Artifact.objects.all())
        .annotate(
            drafted=F("latest_revision__object_str"),
            changed=Coalesce("latest_revision__created_at", "updated_at"),
            first_title=Subquery(titles),
            in_review=Exists(_reviews()),
        )
        .select_related("department")
        .prefetch_related(Prefetch("media", main, to_attr="main_pictures"))
    )


def _reviews() -> QuerySet[WorkflowState]:
    return WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Artifact),
        object_id=Cast(OuterRef("pk"), CharField()),
        status__in=[WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES],
    )


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
    if artifact.in_review:
        return str(_("in review"))
    if not artifact.live:
        return str(_("scheduled")) if artifact.go_live_at else str(_("draft"))
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


def _own_departments(request: Any) -> QuerySet[Department]:
    departments = Department.objects.all()
    return departments if request is None or works_everywhere(request.user) else departments.filter(pk__in=departments_of(request.user))


class ObjectFilterSet(WagtailFilterSet):
    """Filters of the list of objects."""

    department = django_filters.ModelChoiceFilter(label=_("Department"), queryset=_own_departments)
    object_type = django_filters.ModelChoiceFilter(label=_("Object type"), queryset=ObjectType.objects.all())
    status = django_filters.ChoiceFilter(label=_("Status"), choices=Artifact.Status.choices)
    public = django_filters.ChoiceFilter(label=_("Public"), choices=YES_NO, method="filter_public")
    picture = django_filters.ChoiceFilter(label=_("Has a picture"), choices=YES_NO, method="filter_picture")
    draft = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[("draft", _("never published")), ("changed", _("with unpublished changes")), ("live", _("live"))],
        method="filter_draft",
    )
    collection = django_filters.ModelChoiceFilter(label=_("Collection"), queryset=CollectionSet.objects.all(), method="filter_collection")

    class Meta:
        model = Artifact
        fields: list[str] = []

    def filter_public(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(is_public=value == "yes")

    def filter_picture(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        there = Exists(ArtifactMedia.objects.filter(artifact=OuterRef("pk")))
        return queryset.filter(there if value == "yes" else ~there)

    def filter_draft(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(
            **{"draft": {"live": False}, "changed": {"live": True, "has_unpublished_changes": True}, "live": {"live": True}}[value]
        )

    def filter_collection(self, queryset: QuerySet, name: str, value: CollectionSet) -> QuerySet:
        return queryset.filter(sets__set=value)


class KeyPaginator(WagtailPaginator):
    """Finds the keys of a page first and fetches those rows alone: far pages of a wide table stay quick."""

    def page(self, number: Any) -> Any:
        page = super().page(number)
        first = page.start_index() - 1 if self.count else 0
        keys = list(self.object_list.values_list("pk", flat=True)[first : first + self.per_page])
        rows = {row.pk: row for row in self.object_list.filter(pk__in=keys)}
        page.object_list = [rows[key] for key in keys if key in rows]
        return page

    @cached_property
    def count(self) -> int:
        """Counted without the annotations and joins that only the columns need: Django leaves out what nothing refers to."""
        return self.object_list.order_by().values("pk").count()


class ObjectIndex(IndexView):
    """The list."""

    is_searchable = True
    filterset_class = ObjectFilterSet
    paginator_class = KeyPaginator
    default_ordering = "accession_sort"
    list_export = ()

    def get_base_queryset(self) -> QuerySet:
        return listed(self.request.user)

    def get_list_buttons(self, instance: Artifact) -> list[Any]:
        """The number leads to the record card, and that to everything else: fifty menus would take as long as the list."""
        return []

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        """By number means as people count: 2 before 10."""
        if self.ordering in {"accession_number", "-accession_number"}:
            return queryset.order_by(self.ordering.replace("number", "sort"))
        return super().order_queryset(queryset)

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        if not self.is_searching:
            return queryset
        return searched(queryset, self.search_query, self.request.user, ranked=not self.is_explicitly_ordered)


COLUMNS: list[Any] = [
    "accession_number",
    Column("picture", label=_("Picture"), accessor=picture_of, width="5rem"),
    Column("object_title", label=_("Title"), accessor=title_of),
    Column("department", label=_("Department"), sort_key="department__sort_label"),
    StatusTagColumn("state", label=_("State"), accessor=state_of, primary=lambda artifact: artifact.live, sort_key="live"),
    Column("standing", label=_("Visible"), accessor=standing_of),
    DateColumn("changed", label=_("Changed"), sort_key="changed", width="12%"),
]
