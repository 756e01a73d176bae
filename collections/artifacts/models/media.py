"""The pictures, recordings and models of an object. They are not children of the revision: a book has 600."""

from __future__ import annotations

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
    published = models.BooleanField(_("published"), default=False)
    publication_class = models.CharField(_("shown to"), max_length=10, choices=PublicationClass.choices, default=PublicationClass.PUBLIC)

    class Meta:
        verbose_name = _("picture of an object")
        verbose_name_plural = _("pictures of objects")
        ordering = ["sort_order", "pk"]
        indexes = [models.Index(fields=["artifact", "sort_order"], name="media_by_artifact")]

    def __str__(self) -> str:
        return f"{self.artifact_id}/{self.public_id}"
