"""What an import leaves behind: the job, its row log and problems, and what it last wrote into each object."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from artifacts.models import Artifact
from exchange.problems import CATALOGUE, told


class Lease(models.Model):
    """Who may import now. ``token`` grows with every change of holder: a holder with an old token can no longer write."""

    name = models.CharField(max_length=40, primary_key=True)
    token = models.BigIntegerField(default=0)
    holder = models.CharField(max_length=200, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.name}: {self.holder or '–'} ({self.token})"


class ImportJob(models.Model):
    """One import of one file by one profile. Rows and cursor are committed together."""

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        STOPPED = "stopped", _("stopped")
        FAILED = "failed", _("failed")
        FINISHED = "finished", _("finished")
        SUPERSEDED = "superseded", _("given up for another file")
        UNDONE = "undone", _("undone")

    profile = models.CharField(_("profile"), max_length=60)
    profile_digest = models.CharField(max_length=64)
    source = models.CharField(_("source"), max_length=60)
    file_name = models.CharField(_("file"), max_length=300)
    file_digest = models.CharField(max_length=64)
    draft = models.BooleanField(_("as drafts"), default=False)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.RUNNING)
    cursor = models.PositiveIntegerField(_("rows read"), default=0)
    counts = models.JSONField(_("counts"), default=dict)
    notes = models.JSONField(_("notes"), default=list, help_text="Harmless repairs, added up: [[code, column, value, rows, first row]].")
    error = models.TextField(_("error"), blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["profile", "file_digest", "state"], name="import_by_file")]

    def __str__(self) -> str:
        return f"{self.pk}: {self.profile} {self.file_name}"


class ImportRow(models.Model):
    """One row that changed something, or was not let in. ``before`` holds what the row replaced: the undo."""

    class Outcome(models.TextChoices):
        CREATED = "created", _("created")
        UPDATED = "updated", _("updated")
        CONFLICT = "conflict", _("conflict")
        REFUSED = "refused", _("refused")
        RESTORED = "restored", _("restored")
        UNDONE = "undone", _("undone")

    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, related_name="rows")
    row = models.PositiveIntegerField(_("row"))
    source_id = models.CharField(_("id in the source"), max_length=200, blank=True)
    artifact = models.ForeignKey(Artifact, verbose_name=_("object"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    fields = models.JSONField(_("fields"), default=list)
    before = models.JSONField(_("before"), null=True, blank=True)

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        ordering = ["row", "pk"]

    def __str__(self) -> str:
        return f"{self.row}: {self.outcome}"


class ImportProblem(models.Model):
    """One problem with one row: what, where, why and what to do."""

    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, related_name="problems")
    row = models.PositiveIntegerField(_("row"))
    source_id = models.CharField(_("id in the source"), max_length=200, blank=True)
    column = models.CharField(_("column"), max_length=200, blank=True)
    value = models.TextField(_("value"), blank=True)
    severity = models.CharField(_("severity"), max_length=10)
    code = models.CharField(max_length=40)
    message = models.TextField(_("reason"))
    advice = models.TextField(_("what to do"), blank=True)
    facts = models.JSONField(null=True, editable=False, help_text="What the sentences are filled with; empty for older imports.")

    class Meta:
        verbose_name = _("import problem")
        verbose_name_plural = _("import problems")
        ordering = ["row", "pk"]
        indexes = [models.Index(fields=["job", "severity"], name="problem_by_severity")]

    def __str__(self) -> str:
        return f"{self.row} {self.column}: {self.message}"

    @property
    def told(self) -> tuple[str, str]:
        """Reason and advice in the reader's language; in that of whoever ran the import where its facts were not kept."""
        if self.facts is None or self.code not in CATALOGUE:
            return self.message, self.advice
        return told(self.code, self.column, self.value, self.facts)


class Imprint(models.Model):
    """What imports last wrote into an object, field by field, so that curators' edits can be told from the source's changes.

    ``columns`` is ``{column: fingerprint}``, ``rows`` is ``{relation: [fingerprint of each row]}``, ``record`` the source's own
    record, every column of it verbatim (after the repair of characters that the report names).
    """

    artifact = models.OneToOneField(Artifact, primary_key=True, on_delete=models.CASCADE, related_name="imprint")
    columns = models.JSONField(default=dict)
    rows = models.JSONField(default=dict)
    record = models.JSONField(_("as it came"), default=dict)
    job = models.ForeignKey(ImportJob, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"imprint of {self.artifact_id}"


class VocabularyImprint(models.Model):
    """What imports last wrote into a person or group: a fingerprint of the source's data and one of the written record."""

    kind = models.CharField(max_length=20)
    record_pk = models.BigIntegerField()
    wanted = models.CharField(max_length=32)
    written = models.CharField(max_length=32)
    job = models.ForeignKey(ImportJob, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "record_pk"], name="one_imprint_per_vocabulary_record")]

    def __str__(self) -> str:
        return f"imprint of {self.kind} {self.record_pk}"


from exchange.peers.models import Harvested, PeerFeed, PeerObject  # noqa: E402, F401
