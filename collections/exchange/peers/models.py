"""What we know of other museums: their change feeds, the manifests found by them, and copies of single objects that we show."""

from __future__ import annotations

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from records.models import PublicRecord, in_current_language


class PeerFeed(models.Model):
    """A change feed that is followed, and the place that was reached: the newest moment, and the activities of that moment."""

    address = models.URLField(_("address"), max_length=500, unique=True)
    reached_at = models.DateTimeField(null=True, blank=True)
    reached_keys = models.JSONField(default=list)
    harvested_at = models.DateTimeField(_("harvested"), null=True, blank=True)

    def __str__(self) -> str:
        return self.address


class Harvested(models.Model):
    """A manifest that another museum publishes now, as its feed says. ``waiting``: it has still to be fetched."""

    feed = models.ForeignKey(PeerFeed, on_delete=models.CASCADE, related_name="manifests")
    uri = models.CharField(max_length=500)
    changed_at = models.DateTimeField(help_text="The moment of its newest activity.")
    waiting = models.BooleanField(default=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=500, blank=True)
    label = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64, blank=True)
    etag = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "uri"], name="one_row_for_a_harvested_manifest")]
        indexes = [models.Index(fields=["feed", "waiting"], name="harvested_waiting")]

    def __str__(self) -> str:
        return self.uri


class PeerObject(PublicRecord):
    """Another museum's object as we show it: what its manifest says of it, and a copy of one picture. Refreshed by a task."""

    class State(models.TextChoices):
        WAITING = "waiting", _("is being fetched")
        READY = "ready", _("ready")
        FAILED = "failed", _("could not be fetched")

    address = models.URLField(
        _("address of the IIIF manifest"), max_length=1000, unique=True, help_text=_("Presentation 2.1 or 3.0, from any museum.")
    )
    page_number = models.PositiveIntegerField(
        _("number of the picture"), default=1, help_text=_("Which of the manifest’s pictures is shown, counted from 1.")
    )
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    problem = models.CharField(_("why"), max_length=500, blank=True)
    checked_at = models.DateTimeField(_("asked for"), null=True, blank=True)
    fetched_at = models.DateTimeField(_("fetched"), null=True, blank=True)
    etag = models.CharField(max_length=200, blank=True)
    label = models.JSONField(_("title"), default=dict)
    summary = models.JSONField(_("summary"), default=dict)
    provider = models.JSONField(_("museum"), default=dict)
    attribution = models.JSONField(_("attribution"), default=dict)
    rights = models.CharField(_("rights"), max_length=500, blank=True)
    homepage = models.CharField(_("page of the museum"), max_length=1000, blank=True)
    canvas = models.CharField(max_length=1000, blank=True)
    picture = models.CharField(max_length=200, blank=True, help_text="Name of the copy in the storage “default”.")
    picture_sha256 = models.CharField(max_length=64, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    color = models.CharField(max_length=7, blank=True)

    class Meta:
        verbose_name = _("object of another museum")
        verbose_name_plural = _("objects of other museums")
        ordering = [F("fetched_at").desc(nulls_first=True), "-pk"]

    def __str__(self) -> str:
        return in_current_language(self.label, self.address)
