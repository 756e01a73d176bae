"""The object record. Repeatable facts are child rows; pictures are models of their own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, Revision, RevisionMixin, WorkflowMixin

from artifacts import required
from artifacts.models.object_types import ObjectType
from records.fields import DerivedField, LanguageMapField
from records.models import ClusteredRecord, PublicRecord
from vocabularies import merging
from vocabularies.models import Agent, Department, Museum

CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"


def accession_norm_of(artifact: Any) -> str:
    """The accession number as it is searched for."""
    from records import identifiers

    return identifiers.norm(artifact.accession_number or "")


def accession_sort_of(artifact: Any) -> str:
    """The accession number as it is sorted: digits padded, so that 2 comes before 10."""
    from records import identifiers

    return identifiers.sort_key(artifact.accession_number or "")


class ArtifactQuerySet(models.QuerySet):
    """Reads of object records."""

    def public(self) -> ArtifactQuerySet:
        """Objects that the public may see: the only definition of visible."""
        return self.filter(is_public=True)

    def was_public(self) -> ArtifactQuerySet:
        """Objects that were public once and are not now."""
        return self.filter(is_public=False, first_published_on__isnull=False)

    def in_departments(self, departments: Any) -> ArtifactQuerySet:
        """Objects of these departments."""
        return self.filter(department__in=departments)


# Said of the object as a whole, by artifacts.publishing alone: no version of its record brings them back.
NOT_IN_VERSIONS = (
    "is_public",
    "first_published_on",
    "visibility_changed_on",
    "withdrawn_on",
    "withdrawn_reason",
    "merged_into_id",
    "live_revision_id",
)


class Artifact(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, PublicRecord, ClusteredRecord):
    """One object, group, part or set that the museum keeps (Spectrum: object record)."""

    class Level(models.TextChoices):
        ITEM = "item", _("item")
        GROUP = "group", _("group")
        LOT = "lot", _("lot")
        PART = "part", _("part")
        SET = "set", _("set")

    class Status(models.TextChoices):
        ACCESSIONED = "accessioned", _("accessioned")
        DEPOSIT = "deposit", _("on deposit")
        LOAN = "loan", _("borrowed")
        PENDING = "pending", _("pending accession")
        DEACCESSIONED = "deaccessioned", _("deaccessioned")

    class Sensitivity(models.TextChoices):
        NONE = "", _("none known")
        SACRED = "sacred", _("sacred or ceremonial")
        REMAINS = "remains", _("human remains")
        DEAD = "dead", _("names or pictures of the dead")
        WORDING = "wording", _("harmful wording")

    class Access(models.TextChoices):
        OPEN = "open", _("open")
        LIMITED = "limited", _("limited: descriptions, inscriptions and pictures are for staff only")

    class ViewingDirection(models.TextChoices):
        """IIIF Presentation API 3.0, viewingDirection."""

        LEFT_TO_RIGHT = "left-to-right", _("from left to right")
        RIGHT_TO_LEFT = "right-to-left", _("from right to left")
        TOP_TO_BOTTOM = "top-to-bottom", _("from top to bottom")
        BOTTOM_TO_TOP = "bottom-to-top", _("from bottom to top")

    class PageDisplay(models.TextChoices):
        """IIIF Presentation API 3.0, behavior: the values that exclude each other."""

        PAGED = "paged", _("the pages of a book")
        INDIVIDUALS = "individuals", _("views, each by itself")
        CONTINUOUS = "continuous", _("parts of one long strip, such as a scroll")
        UNORDERED = "unordered", _("in no order")

    # identity
    museum = models.ForeignKey(Museum, verbose_name=_("museum"), on_delete=models.PROTECT, related_name="artifacts")
    department = models.ForeignKey(Department, verbose_name=_("department"), on_delete=models.PROTECT, related_name="artifacts")
    accession_number = models.CharField(
        _("accession number"), max_length=120, help_text=_("As it is written on the object and in the register.")
    )
    accession_norm = DerivedField(max_length=120, compute=accession_norm_of, db_index=True)
    accession_sort = DerivedField(max_length=255, compute=accession_sort_of)
    record_level = models.CharField(_("record level"), max_length=8, choices=Level.choices, default=Level.ITEM)
    object_type = models.ForeignKey(
        ObjectType, verbose_name=_("object type"), null=True, blank=True, on_delete=models.PROTECT, related_name="artifacts"
    )
    object_count = models.PositiveIntegerField(_("number of objects"), default=1)
    status = models.CharField(_("status"), max_length=14, choices=Status.choices, default=Status.ACCESSIONED)
    part_of = models.ForeignKey("self", verbose_name=_("part of"), null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    viewing_direction = models.CharField(
        _("read"),
        max_length=13,
        choices=ViewingDirection.choices,
        blank=True,
        default="",
        help_text=_("The order in which viewers lay out the pictures. Books in Chinese script are read from right to left."),
    )
    page_display = models.CharField(
        _("pictures are"),
        max_length=11,
        choices=PageDisplay.choices,
        blank=True,
        default="",
        help_text=_("How viewers show several pictures. Left open, the object type decides: books and albums are opened page by page."),
    )
    part_order = models.PositiveIntegerField(_("order among the parts"), default=0)
    sort_title = models.CharField(_("sort title"), max_length=255, blank=True)

    # display texts beside the indexed terms: the cataloguer's words are never rewritten
    makers_display = LanguageMapField(_("makers as shown"))
    materials_display = LanguageMapField(_("materials and techniques as shown"))
    measurements_display = LanguageMapField(_("measurements as shown"))
    style = LanguageMapField(_("style"))
    shape = LanguageMapField(_("shape"))
    colour = LanguageMapField(_("colour"))
    edition = LanguageMapField(_("edition or state"))
    distinguishing_features = models.TextField(
        _("distinguishing features"), blank=True, help_text=_("For recovery after theft; never public.")
    )

    # care
    sensitivity = models.CharField(_("sensitivity"), max_length=10, choices=Sensitivity.choices, blank=True, default=Sensitivity.NONE)
    care_warning = LanguageMapField(_("warning shown before the object"))
    access_limit = models.CharField(_("access"), max_length=8, choices=Access.choices, default=Access.OPEN)

    # custody
    credit_line = LanguageMapField(_("credit line"))
    owner = models.ForeignKey(Agent, verbose_name=_("owner"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    custodian = models.ForeignKey(Agent, verbose_name=_("custodian"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    acquisition_method = models.CharField(_("acquired by"), max_length=60, blank=True)
    acquired_text = models.CharField(_("acquired on"), max_length=120, blank=True)
    acquired_year = models.IntegerField(_("year acquired"), null=True, blank=True)
    acquisition_summary = LanguageMapField(_("acquisition"), multiline=True)
    gallery = LanguageMapField(_("on display in"))
    staff_notes = models.TextField(_("notes for staff"), blank=True)

    # the record itself
    source = models.CharField(_("source"), max_length=60, blank=True)
    source_id = models.CharField(_("id in the source"), max_length=200, blank=True)
    source_hash = models.CharField(max_length=64, blank=True, editable=False)
    recorder = models.CharField(_("recorded by"), max_length=200, blank=True)
    data_licence = models.URLField(_("licence of the data"), default=CC0)
    embargo_until = models.DateField(
        _("embargo until"), null=True, blank=True, help_text=_("Not public before this day, whatever else is set.")
    )
    extra = models.JSONField(_("additional fields"), default=dict, blank=True)

    # written by artifacts.publishing alone
    is_public = models.BooleanField(_("public"), default=False, editable=False, db_index=True)
    first_published_on = models.DateTimeField(_("first public"), null=True, blank=True, editable=False)
    visibility_changed_on = models.DateTimeField(_("visibility changed on"), null=True, blank=True, editable=False)
    withdrawn_on = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    withdrawn_reason = models.TextField(_("reason of withdrawal"), blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", verbose_name=_("merged into"), null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from", editable=False
    )

    objects = ArtifactQuerySet.as_manager()

    # the public page, as a string: a record knows nothing of how it is shown
    preview_template = "exhibits/object.html"

    class Meta:
        verbose_name = _("object")
        verbose_name_plural = _("objects")
        ordering = ["accession_sort"]
        constraints = [
            models.UniqueConstraint(
                fields=["museum", "accession_number"],
                name="accession_number_unique",
                violation_error_message=_("Another object of this museum bears this accession number."),
            ),
            models.UniqueConstraint(
                fields=["source", "source_id"],
                condition=~models.Q(source_id=""),
                name="artifact_natural_key",
                violation_error_message=_("Another object came from this source under the same key."),
            ),
        ]
        indexes = [
            models.Index(fields=["department", "accession_sort"], name="artifact_by_department"),
            models.Index(fields=["accession_sort"], name="artifact_by_number"),
            models.Index(fields=["is_public", "embargo_until"], name="artifact_embargo"),
        ]

    def __str__(self) -> str:
        titles = list(self.titles.all())
        title = next((t for t in titles if t.preferred), next(iter(titles), None))
        return f"{self.accession_number} {title.text}" if title else self.accession_number

    def clean(self) -> None:
        """A number that a draft of another object holds is taken, too."""
        super().clean()
        if self.accession_number and self.museum_id:
            held = AccessionReservation.objects.filter(museum=self.museum_id, accession_number=self.accession_number.strip())
            if held.exclude(artifact=self.pk).exists():
                raise ValidationError({"accession_number": _("This accession number is held by a draft of another object.")})

    def with_content_json(self, content: Any) -> Artifact:
        """A version of the record as an object. Whether the object is public, withdrawn or merged is not the version's to say,
        and what was merged since it was written is named by the record that stays.
        """
        version = super().with_content_json(merging.followed(content, type(self)))
        for name in NOT_IN_VERSIONS:
            setattr(version, name, getattr(self, name))
        return version

    def renew(self, names: Iterable[str]) -> None:
        """Take these columns from the database, where somebody may have changed them since this object was read."""
        stored = type(self)._base_manager.filter(pk=self.pk).values(*names).first()
        for name, value in (stored or {}).items():
            setattr(self, name, value)

    @transaction.atomic
    def publish(
        self,
        revision: Revision,
        user: Any = None,
        changed: bool = True,
        log_action: bool | str = True,
        previous_revision: Revision | None = None,
        skip_permission_checks: bool = False,
    ) -> None:
        """As Wagtail does, for every way of publishing and scheduling, and all of it or nothing.

        Raises NotComplete when its type asks for more.
        """
        from wagtail.actions.publish_revision import PublishRevisionAction  # wagtail.models has to be loaded before

        self.renew(NOT_IN_VERSIONS)
        act = PublishRevisionAction(revision, user=user, changed=changed, log_action=log_action, previous_revision=previous_revision)
        version: Artifact = act.object
        required.check(version)
        if version.expire_at and version.expire_at <= timezone.now():
            version.expire_at = None  # it has done its work; what is published now would be taken off again half a minute later
        waits = version.go_live_at is not None and version.go_live_at > timezone.now()
        if waits and self.live and not self.live_revision_id:
            version.live_revision = self._write_down_what_is_live(revision)
        act.execute(skip_permission_checks=skip_permission_checks)

    @transaction.atomic
    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        """As Wagtail does, and what follows from it is visible to nobody before the whole is done."""
        super().unpublish(*args, **kwargs)

    def _write_down_what_is_live(self, revision: Revision) -> Revision:
        """The version that an imported object lacks. Without one, Wagtail takes a live object off until changes that wait for their hour come."""
        stored = type(self)._default_manager.get(pk=self.pk)
        versions = Revision.objects.for_instance(self)
        first = versions.order_by("created_at").values_list("created_at", flat=True).first()
        self.live_revision = Revision.objects.create(
            content_object=stored,
            base_content_type=self.get_base_content_type(),
            created_at=first - timedelta(seconds=1) if first else None,
            content=stored.serializable_data(),
            object_str=str(stored),
        )
        type(self)._default_manager.filter(pk=self.pk).update(live_revision=self.live_revision)
        # read before, as the object was
        revision.content_object.live_revision = self.live_revision
        return self.live_revision

    def get_workflow(self) -> Any:
        """The department's workflow, else the default one."""
        return (self.department.workflow if self.department_id else None) or super().get_workflow()

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return self.preview_template

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        from records.projection import preview_of

        return {"request": request, "object": preview_of("object", self), "preview": True}


class AccessionReservation(models.Model):
    """An accession number that a draft of a live record has: nobody else may take it."""

    artifact = models.OneToOneField(Artifact, on_delete=models.CASCADE, related_name="reservation")
    museum = models.ForeignKey(Museum, on_delete=models.CASCADE, related_name="+")
    accession_number = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["museum", "accession_number"], name="one_reservation")]

    def __str__(self) -> str:
        return self.accession_number
