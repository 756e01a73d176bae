"""Derived data of ``iiif``: manifests as they are served."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from iiif.rules import PictureRules

__all__ = ["PictureRules", "StoredManifest"]


class StoredManifest(models.Model):
    """The last good manifest of a record, as bytes with the placeholder origin, and what is wrong with a newer one.

    Disposable: ``manage.py rebuild_manifests`` makes all of them anew. ``label`` and ``thumbnail`` are what collections show.
    """

    kind = models.CharField(max_length=20)
    record_pk = models.BigIntegerField()
    public_id = models.CharField(max_length=12)
    body = models.BinaryField(null=True, help_text="Empty while no valid manifest has been built.")
    sha256 = models.CharField(max_length=64, blank=True)
    label = models.JSONField(default=dict)
    thumbnail = models.JSONField(null=True)
    pages = models.BinaryField(null=True, help_text="Where each canvas stands in the body, for books of many pages.")
    problems = models.JSONField(default=list, help_text="[[where, sentence], …] of the newest build, empty when it is valid.")
    refused = models.BooleanField(default=False, db_index=True, help_text="Whether the newest build has problems.")
    version = models.BigIntegerField(default=0, help_text="Drawn before the record was read; an older build never wins.")
    built_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("stored manifest")
        verbose_name_plural = _("stored manifests")
        constraints = [models.UniqueConstraint(fields=["kind", "public_id"], name="one_manifest")]
        indexes = [models.Index(fields=["kind", "record_pk"], name="manifest_by_record")]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class Activity(models.Model):
    """Something that became visible to others: a line of the change feed. Written once, never changed, never deleted.

    ``sequence`` has no gaps and follows the order of commits, so that the pages of the feed fill up one after the other.
    """

    class Type(models.TextChoices):
        CREATE = "Create"
        UPDATE = "Update"
        DELETE = "Delete"
        MOVE = "Move"

    sequence = models.BigIntegerField(primary_key=True)
    type = models.CharField(max_length=8, choices=Type.choices)
    kind = models.CharField(max_length=20)
    public_id = models.CharField(max_length=12)
    target = models.CharField(max_length=12, blank=True, help_text="Where a moved manifest is found now: a public id of the same kind.")
    sha256 = models.CharField(max_length=64, blank=True, help_text="Of the manifest as it was published, with the placeholder origin.")
    end_time = models.DateTimeField()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        indexes = [models.Index(fields=["kind", "public_id", "sequence"], name="activity_by_record")]

    def __str__(self) -> str:
        return f"{self.sequence}: {self.type} {self.kind} {self.public_id}"
