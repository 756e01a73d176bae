"""Digital assets of every kind, the blobs that hold their bytes, their access copies, and what happened to them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from records.fields import LanguageMapField, PublicIdField
from records.models import PublicRecord


class Blob(models.Model):
    """The bytes of an original, stored once under their SHA-256 and never written again."""

    sha256 = models.CharField(max_length=64, unique=True)
    sha512 = models.CharField(max_length=128)
    size = models.BigIntegerField(_("size in bytes"))
    mime = models.CharField(_("media type"), max_length=80)
    created_at = models.DateTimeField(auto_now_add=True)
    verified_at = models.DateTimeField(_("checksum last verified"), null=True, blank=True, db_index=True)
    fixity = models.CharField(_("result of the last check"), max_length=20, blank=True)
    tombstoned_at = models.DateTimeField(_("unused since"), null=True, blank=True, db_index=True)

    class Meta:
        verbose_name = _("original")
        verbose_name_plural = _("originals")

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def name(self) -> str:
        """Its name in the storage ``originals``."""
        return f"{self.sha256[:2]}/{self.sha256}"


class Turn(models.IntegerChoices):
    """How far a picture is turned from the way its file has it, in degrees clockwise."""

    NONE = 0, _("as in the file")
    RIGHT = 90, _("a quarter to the right")
    HALF = 180, _("upside down")
    LEFT = 270, _("a quarter to the left")


class AssetQuerySet(models.QuerySet):
    """Reads of assets."""

    def images(self) -> AssetQuerySet:
        return self.filter(kind=Asset.Kind.IMAGE)

    def ready(self) -> AssetQuerySet:
        """Assets that can be shown, whoever may see them."""
        return self.filter(state=Asset.State.READY)

    def public(self) -> AssetQuerySet:
        """Assets whose pixels or bytes everybody may have."""
        return self.ready().filter(tier=Asset.Tier.PUBLIC)

    def unfinished(self) -> AssetQuerySet:
        return self.filter(state__in=[Asset.State.WAITING, Asset.State.PROCESSING])


class Asset(PublicRecord):
    """A picture, recording, model or document. ``width`` and ``height`` are those of the upright picture or film, in pixels."""

    class Kind(models.TextChoices):
        IMAGE = "image", _("picture")
        AUDIO = "audio", _("audio")
        VIDEO = "video", _("video")
        MODEL = "model", _("3D model")
        DOCUMENT = "document", _("document")
        TEXT = "text", _("text of a page")

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
    blob = models.ForeignKey(Blob, verbose_name=_("original"), on_delete=models.PROTECT, related_name="assets")
    original_filename = models.CharField(_("file name"), max_length=255)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING, db_index=True)
    progress = models.PositiveSmallIntegerField(_("progress in per cent"), default=0)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    failure = models.TextField(_("why it failed"), blank=True)
    warning = models.TextField(_("remark on its condition"), blank=True)
    width = models.PositiveIntegerField(_("width"), null=True, blank=True)
    height = models.PositiveIntegerField(_("height"), null=True, blank=True)
    duration = models.FloatField(_("length in seconds"), null=True, blank=True)
    color = models.CharField(
        _("dominant colour"), max_length=7, blank=True, validators=[RegexValidator(r"^#[0-9a-f]{6}$", _("A colour is written #rrggbb."))]
    )
    palette = models.JSONField(_("colours"), default=list, blank=True)
    perceptual_hash = models.CharField(_("perceptual hash"), max_length=16, blank=True, db_index=True)
    technical = models.JSONField(_("technical metadata"), default=dict, blank=True)
    embedded = models.JSONField(_("embedded metadata"), default=dict, blank=True)
    turn = models.PositiveSmallIntegerField(
        _("turned"), choices=Turn.choices, default=Turn.NONE, help_text=_("On top of what the file itself says of its orientation.")
    )
    version = models.CharField(_("version of its derivatives"), max_length=16, blank=True)
    tier = models.CharField(_("access"), max_length=10, choices=Tier.choices, default=Tier.HIDDEN)
    alt_text = LanguageMapField(_("alternative text"))
    rights_uri = models.URLField(
        _("licence or rights statement"), blank=True, help_text=_("The URI of a Creative Commons licence or of RightsStatements.org.")
    )
    credit = LanguageMapField(_("credit line of the picture"))

    objects = AssetQuerySet.as_manager()

    class Meta:
        verbose_name = _("media file")
        verbose_name_plural = _("media files")
        ordering = ["-id"]
        permissions = [("view_restricted", _("Can see restricted pictures and files"))]

    def __str__(self) -> str:
        return self.original_filename


class AccessCopy(models.Model):
    """Where the pyramid of a picture lies in ``derivatives``, and the packed index of its tiles (``media.pyramid.index``).

    ``original`` (a SHA-256) and ``turn`` are those that it was made of: the asset may be ahead of it for as long as the next one is made.
    """

    asset = models.OneToOneField(Asset, on_delete=models.CASCADE, related_name="access_copy")
    version = models.CharField(max_length=16)
    original = models.CharField(_("made of the original"), max_length=64, blank=True)
    turn = models.PositiveSmallIntegerField(_("turned"), choices=Turn.choices, default=Turn.NONE)
    size = models.BigIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    index = models.BinaryField()
    created_at = models.DateTimeField(auto_now=True)
    verified_at = models.DateTimeField(_("checksum last verified"), null=True, blank=True)

    class Meta:
        verbose_name = _("access copy")
        verbose_name_plural = _("access copies")

    def __str__(self) -> str:
        return f"{self.asset_id}/{self.version}"

    @property
    def whole_at(self) -> float:
        """Unix time at which the file was last known to be whole."""
        return max(self.created_at, self.verified_at or self.created_at).timestamp()


class Replacement(models.Model):
    """A better scan that waits to take a picture's place: an asset of its own until somebody has compared the two (``media.rescans``)."""

    asset = models.OneToOneField(Asset, verbose_name=_("picture"), on_delete=models.CASCADE, related_name="replacement")
    scan = models.OneToOneField(Asset, verbose_name=_("new scan"), on_delete=models.CASCADE, related_name="replaces")
    by = models.CharField(_("by"), max_length=150, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("new scan of a picture")
        verbose_name_plural = _("new scans of pictures")

    def __str__(self) -> str:
        return f"{self.asset_id} ← {self.scan_id}"


class FormerOriginal(models.Model):
    """An original that once stood behind a picture's address, and until when. It is kept as long as the picture is, and can be put back."""

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="former_originals")
    blob = models.ForeignKey(Blob, verbose_name=_("original"), on_delete=models.PROTECT, related_name="formerly_of")
    original_filename = models.CharField(_("file name"), max_length=255)
    format = models.CharField(_("format"), max_length=20, blank=True)
    width = models.PositiveIntegerField(_("width"), null=True)
    height = models.PositiveIntegerField(_("height"), null=True)
    turn = models.PositiveSmallIntegerField(_("turned"), choices=Turn.choices, default=Turn.NONE)
    until = models.DateTimeField(_("shown until"), auto_now_add=True)
    by = models.CharField(_("replaced by"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("former original")
        verbose_name_plural = _("former originals")
        ordering = ["-until", "-pk"]

    def __str__(self) -> str:
        return f"{self.asset_id}: {self.original_filename}"


class EventQuerySet(models.QuerySet):
    """Events are written once."""

    def update(self, **kwargs: Any) -> int:
        raise ValidationError(_("Preservation events are never changed."))

    def delete(self) -> tuple[int, dict[str, int]]:
        raise ValidationError(_("Preservation events are never removed."))


class PreservationEvent(models.Model):
    """What happened to an original or an asset, in the terms of PREMIS 3 (event type, outcome, agent). Append-only and hash-chained.

    Rows are written by ``media.preservation.record`` alone.
    """

    class Type(models.TextChoices):
        INGESTION = "ingestion", _("ingestion")
        DIGEST = "message digest calculation", _("message digest calculation")
        IDENTIFICATION = "format identification", _("format identification")
        VALIDATION = "validation", _("validation")
        FIXITY = "fixity check", _("fixity check")
        DERIVATION = "creation", _("creation of a derivative")
        MODIFICATION = "modification", _("another original, or another orientation")
        DELETION = "deletion", _("deletion")

    class Outcome(models.TextChoices):
        SUCCESS = "success", _("success")
        WARNING = "warning", _("warning")
        FAILURE = "failure", _("failure")
        NOT_RUN = "could not run", _("could not run")

    number = models.PositiveBigIntegerField(_("number"), unique=True, editable=False)
    public_id = PublicIdField()
    type = models.CharField(_("event"), max_length=40, choices=Type.choices)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices)
    sha256 = models.CharField(_("original"), max_length=64, db_index=True)
    asset = models.CharField(_("media file"), max_length=12, blank=True, db_index=True)
    agent = models.CharField(_("agent"), max_length=150)
    detail = models.JSONField(_("detail"), default=dict)
    at = models.DateTimeField(_("time"))
    previous = models.CharField(max_length=64, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("preservation event")
        verbose_name_plural = _("preservation events")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.type}: {self.outcome}"

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise ValidationError(_("Preservation events are never removed."))


class EventChain(models.Model):
    """The head of the chain of events: one row, locked while an event is added."""

    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.length} events"
