"""Digital assets of every kind, and the blobs that hold their bytes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from records.fields import LanguageMapField
from records.models import PublicRecord


class Blob(models.Model):
    """The bytes of an original, stored once under their SHA-256 and never written again."""

    sha256 = models.CharField(max_length=64, unique=True)
    sha512 = models.CharField(max_length=128)
    size = models.BigIntegerField()
    mime = models.CharField(max_length=80)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.sha256[:12]


class Asset(PublicRecord):
    """A picture, recording, model or document."""

    class Kind(models.TextChoices):
        IMAGE = "image", _("picture")
        AUDIO = "audio", _("audio")
        VIDEO = "video", _("video")
        MODEL = "model", _("3D model")
        DOCUMENT = "document", _("document")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        PROCESSING = "processing", _("processing")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    class Tier(models.TextChoices):
        PUBLIC = "public", _("public")
        RESTRICTED = "restricted", _("restricted")
        HIDDEN = "hidden", _("hidden")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.IMAGE)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="assets")
    original_filename = models.CharField(_("file name"), max_length=255)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING, db_index=True)
    failure = models.TextField(_("why it failed"), blank=True)
    width = models.PositiveIntegerField(_("width"), null=True, blank=True)
    height = models.PositiveIntegerField(_("height"), null=True, blank=True)
    color = models.CharField(_("dominant colour"), max_length=7, blank=True)
    version = models.CharField(max_length=16, blank=True)
    tier = models.CharField(_("access"), max_length=10, choices=Tier.choices, default=Tier.HIDDEN)
    alt_text = LanguageMapField(_("alternative text"))

    class Meta:
        verbose_name = _("media file")
        verbose_name_plural = _("media files")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.original_filename
