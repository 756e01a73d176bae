"""The pictures, recordings and models of an object. They are not children of the revision: a book has 600."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from artifacts.models.artifact import Artifact
from media.models import Asset
from records.fields import LanguageMapField, PublicIdField


class ArtifactMedia(models.Model):
    """One use of an asset by an object: a view, a page, a recording.

    What is added to a live record waits (``published`` off) until the record's next publish or its own button.
    """

    class PublicationClass(models.TextChoices):
        PUBLIC = "public", _("public")
        RESTRICTED = "restricted", _("restricted: seen on request")
        STAFF = "staff", _("staff only")

    class Leaf(models.TextChoices):
        """What a picture of a book shows, where that is not one page (IIIF: facing-pages, non-paged)."""

        PAGE = "", _("one page or view")
        SPREAD = "spread", _("two facing pages")
        INSERT = "insert", _("not a page: a fold-out, an insert, a colour chart")

    class Role(models.TextChoices):
        """What a file is to the one that it accompanies."""

        CAPTIONS = "captions", _("its captions")
        POSTER = "poster", _("shown before it plays")
        COMPANION = "companion", _("shown while it plays")
        ALTERNATIVE = "alternative", _("the same view in another light: X-ray, infrared …")

    public_id = PublicIdField()
    artifact = models.ForeignKey(Artifact, verbose_name=_("object"), on_delete=models.CASCADE, related_name="media")
    asset = models.ForeignKey(Asset, verbose_name=_("media file"), on_delete=models.PROTECT, related_name="uses")
    sort_order = models.PositiveIntegerField(_("order"), default=0)
    primary = models.BooleanField(_("main picture"), default=False)
    label = LanguageMapField(_("view or page label"))
    caption = LanguageMapField(_("caption"))
    region = models.CharField(
        _("region"), max_length=80, blank=True, help_text=_("x,y,width,height in pixels; empty for the whole picture.")
    )
    leaf = models.CharField(_("shows"), max_length=8, choices=Leaf.choices, blank=True, default=Leaf.PAGE)
    chapter = LanguageMapField(
        _("a chapter begins here"), help_text=_("Its title. The table of contents of a book is made of these; empty for none.")
    )
    chapter_level = models.PositiveSmallIntegerField(
        _("level of the chapter"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(6)],
        help_text=_("1 for a chapter, 2 for a section within it, and so on."),
    )
    accompanies = models.ForeignKey(
        "self", verbose_name=_("accompanies"), null=True, blank=True, on_delete=models.SET_NULL, related_name="companions",
        help_text=_("The recording or picture of this object that it belongs to."),
    )  # fmt: skip
    role = models.CharField(_("as"), max_length=11, choices=Role.choices, blank=True, default="")
    language = models.CharField(_("language"), max_length=20, blank=True, help_text=_("Of captions and documents: vi, en, fr …"))
    published = models.BooleanField(_("published"), default=False)
    publication_class = models.CharField(_("shown to"), max_length=10, choices=PublicationClass.choices, default=PublicationClass.PUBLIC)

    class Meta:
        verbose_name = _("picture of an object")
        verbose_name_plural = _("pictures of objects")
        ordering = ["sort_order", "pk"]
        indexes = [models.Index(fields=["artifact", "sort_order"], name="media_by_artifact")]

    def __str__(self) -> str:
        return f"{self.artifact_id}/{self.public_id}"
