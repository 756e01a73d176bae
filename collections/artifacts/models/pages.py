"""What is written on a picture, and what is written about parts of it: text layers and annotations of regions."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from artifacts import georeferences
from artifacts.models.media import ArtifactMedia
from artifacts.regions import Region, RegionError
from media.models import Asset
from records.fields import LanguageMapField
from records.models import PublicRecord


class TextLayer(PublicRecord):
    """The text of one page: the file as it came (an asset), and its compact form, which is derived from it.

    ``packed`` holds lines and words with boxes measured on ``width`` × ``height`` of the file's own page (``media.textlayers``);
    ``turn``: how many degrees clockwise its picture was turned since the file was made.
    """

    class State(models.TextChoices):
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    class PublicationClass(models.TextChoices):
        PUBLIC = "public", _("public, with its picture")
        STAFF = "staff", _("staff only")

    use = models.OneToOneField(ArtifactMedia, verbose_name=_("picture"), on_delete=models.CASCADE, related_name="text_layer")
    asset = models.OneToOneField(Asset, verbose_name=_("file"), on_delete=models.PROTECT, related_name="text_layer")
    language = models.CharField(
        _("language"), max_length=35, blank=True, help_text=_("A language tag such as vi, lzh or de; empty: unknown.")
    )
    publication_class = models.CharField(_("shown to"), max_length=10, choices=PublicationClass.choices, default=PublicationClass.PUBLIC)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.READY)
    failure = models.TextField(_("why it failed"), blank=True)
    lines = models.PositiveIntegerField(_("lines"), default=0)
    words = models.PositiveIntegerField(_("words"), default=0)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    recipe = models.PositiveSmallIntegerField(default=0)
    turn = models.PositiveSmallIntegerField(_("turned with its picture"), default=0)
    packed = models.BinaryField(null=True)

    class Meta:
        verbose_name = _("text of a page")
        verbose_name_plural = _("texts of pages")

    def __str__(self) -> str:
        return f"{self.use_id}: {self.words}"

    @property
    def shape(self) -> tuple[int, int]:
        """Width and height of its page as its picture now stands; zeros without places."""
        return (self.height, self.width) if self.turn in {90, 270} else (self.width, self.height)


class Annotation(PublicRecord):
    """Something said about a region of a picture: a W3C Web Annotation with one body. ``shape`` and ``points`` as in ``artifacts.regions``.

    One kind says where a map lies on the earth (``artifacts.georeferences``); its region is the part of the picture that the map covers.
    A description or comment that is for everybody waits (``published`` off) like a picture; a note on condition never leaves the house.
    """

    class Kind(models.TextChoices):
        DESCRIPTION = "description", _("description")
        COMMENT = "comment", _("comment")
        TAG = "tag", _("tag")
        CONDITION = "condition", _("note on condition")
        GEOREFERENCE = "georeference", _("place of a map on the earth")

    class Transformation(models.TextChoices):
        POLYNOMIAL_1 = "polynomial1", _("straight: shifted, turned, scaled and slanted (3 points)")
        POLYNOMIAL_2 = "polynomial2", _("bent: polynomial of the second order (6 points)")
        POLYNOMIAL_3 = "polynomial3", _("more bent: polynomial of the third order (10 points)")
        THIN_PLATE_SPLINE = "thinPlateSpline", _("stretched like rubber, through every point (3 points)")

    class PublicationClass(models.TextChoices):
        PUBLIC = "public", _("public, with its picture")
        STAFF = "staff", _("staff only")

    use = models.ForeignKey(ArtifactMedia, verbose_name=_("picture"), on_delete=models.CASCADE, related_name="annotations")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.DESCRIPTION)
    shape = models.CharField(_("shape"), max_length=8, choices=[(shape, shape) for shape in Region.SHAPES])
    points = models.JSONField(_("points"), help_text=_("Pixels of the picture: [[x, y], …]."))
    text = LanguageMapField(_("text"))
    control_points = models.JSONField(
        _("control points"), default=list, blank=True, help_text=_("Of a map: [[x, y, longitude, latitude], …], pixels and degrees.")
    )
    transformation = models.CharField(
        _("transformation"), max_length=20, choices=Transformation.choices, default=Transformation.POLYNOMIAL_1, blank=True
    )
    publication_class = models.CharField(_("shown to"), max_length=10, choices=PublicationClass.choices, default=PublicationClass.STAFF)
    published = models.BooleanField(_("published"), default=False)
    sort_order = models.PositiveIntegerField(_("order"), default=0)
    removed = models.BooleanField(_("removed"), default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("author"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("annotation")
        verbose_name_plural = _("annotations")
        ordering = ["sort_order", "pk"]
        indexes = [models.Index(fields=["use", "removed", "sort_order"], name="annotations_of_picture")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(kind="condition", publication_class="public"), name="condition_notes_are_internal")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @property
    def region(self) -> Region:
        """Where it is."""
        return Region(self.shape, tuple((x, y) for x, y in self.points))

    def clean(self) -> None:
        super().clean()
        if self.kind == self.Kind.CONDITION and self.publication_class == self.PublicationClass.PUBLIC:
            raise ValidationError({"publication_class": _("Notes on condition are for staff only. Write a description for the public.")})
        try:
            self.region.checked(self.use.asset.width or 0, self.use.asset.height or 0)
        except (RegionError, TypeError, ValueError) as error:
            raise ValidationError({"points": str(error)}) from error
        if self.kind == self.Kind.GEOREFERENCE:
            self._check_georeference()

    def _check_georeference(self) -> None:
        if self.shape == Region.POINT:
            raise ValidationError({"points": _("A map covers a box or a polygon of the picture, not a point.")})
        try:
            georeferences.check(self.control_points, self.transformation, self.use.asset.width or 0, self.use.asset.height or 0)
        except (georeferences.GeoreferenceError, TypeError, ValueError) as error:
            raise ValidationError({"control_points": str(error)}) from error


class AnnotationVersion(models.Model):
    """How an annotation was after each change. Rows are added, never changed."""

    annotation = models.ForeignKey(Annotation, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    act = models.CharField(_("act"), max_length=20)
    at = models.DateTimeField(_("time"), auto_now_add=True)
    by = models.CharField(_("by"), max_length=150, blank=True)
    content = models.JSONField(_("content"))

    class Meta:
        verbose_name = _("version of an annotation")
        verbose_name_plural = _("versions of annotations")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["annotation", "number"], name="one_version_of_a_number")]

    def __str__(self) -> str:
        return f"{self.annotation_id}/{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise ValidationError(_("Versions are never changed."))
        super().save(*args, **kwargs)
