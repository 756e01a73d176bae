"""What curators keep in the workplace: columns, saved searches with their notices, worklists, batch edits. Never public."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from artifacts.models import Artifact


class ListColumns(models.Model):
    """The columns of the list of objects that a person has chosen, in their order."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    names = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.user_id}: {', '.join(self.names)}"


class Shareable(QuerySet):
    """Things that one person has made and may share."""

    def seen_by(self, user: object) -> Shareable:
        """Those of the person and those that are shared."""
        return self.filter(Q(owner=user) | Q(shared=True))


class Kept(models.Model):
    """Something with a name that one person has made and may share."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    shared = models.BooleanField(_("shared with all staff"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = Shareable.as_manager()

    class Meta:
        abstract = True
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class SavedSearch(Kept):
    """A question that is kept: the tree of the query, chosen values, the order. It is authorised anew for whoever runs it."""

    question = models.JSONField(default=dict, help_text="{tree, filters, ordering, numbers, worklist}")
    columns = models.JSONField(default=list)
    alert = models.BooleanField(_("tell me of new hits"), default=False)
    known = models.JSONField(default=list, help_text="Public ids of the hits that the owner has been told of.")
    checked_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)


class SearchNotice(models.Model):
    """New hits of a saved search, told to its owner."""

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="notices")
    count = models.PositiveIntegerField()
    numbers = models.JSONField(default=list, help_text="Accession numbers of the first of them.")
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed = models.BooleanField(default=False)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.search}: {self.count}"


class Worklist(Kept):
    """A list of objects to work through, put together by hand or from a search."""


class WorklistEntry(models.Model):
    """An object on a worklist."""

    worklist = models.ForeignKey(Worklist, on_delete=models.CASCADE, related_name="entries")
    artifact = models.ForeignKey(Artifact, on_delete=models.CASCADE, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["worklist", "artifact"], name="once_on_a_worklist")]

    def __str__(self) -> str:
        return f"{self.worklist_id}: {self.artifact_id}"


class BatchEdit(models.Model):
    """One change of many objects: what is done to which field, how far it has come, and what became of it."""

    class State(models.TextChoices):
        TRYING = "trying", _("being tried, nothing is changed")
        PREPARED = "prepared", _("tried, nothing is changed yet")
        RUNNING = "running", _("running")
        STOPPED = "stopped", _("stopped")
        FINISHED = "finished", _("finished")
        UNDOING = "undoing", _("being undone")
        UNDONE = "undone", _("undone")
        FAILED = "failed", _("failed")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    question = models.JSONField(default=dict)
    query = models.TextField(_("query"), blank=True)
    change = models.JSONField(default=dict, help_text="{field, act, language, old, new}")
    publish = models.BooleanField(_("publish what was published before"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.TRYING)
    stopping = models.BooleanField(default=False)
    total = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.pk}: {self.change.get('field')} {self.change.get('act')}"


class BatchRow(models.Model):
    """One object of a batch edit. ``before`` and ``after`` are the texts that were shown; the revisions are the undo."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("waiting")
        CHANGED = "changed", _("changed")
        SAME = "same", _("already so")
        CONFLICT = "conflict", _("in conflict")
        REFUSED = "refused", _("refused")
        RESTORED = "restored", _("restored")
        KEPT = "kept", _("left as it is")

    batch = models.ForeignKey(BatchEdit, on_delete=models.CASCADE, related_name="rows")
    artifact = models.ForeignKey(Artifact, null=True, on_delete=models.SET_NULL, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    expected = models.CharField(max_length=10, choices=Outcome.choices, blank=True, help_text="What the dry run came to; empty before it.")
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    message = models.TextField(blank=True)
    content_before = models.JSONField(null=True, blank=True, help_text="The record as it stood, as a revision holds it.")
    was_published = models.BooleanField(default=False)
    revision = models.BigIntegerField(null=True, blank=True, help_text="The revision that the batch made.")
    left_as = models.CharField(max_length=32, blank=True, help_text="A fingerprint of the stored record as the batch left it.")

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["batch", "outcome"], name="batch_by_outcome"),
            models.Index(fields=["batch", "expected"], name="batch_by_expected"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.artifact_id} {self.outcome}"
