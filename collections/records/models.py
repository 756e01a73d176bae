"""What every record has: abstract bases, and the journal of changes."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel

from records import clusters
from records.fields import LanguageMapField, PublicIdField


class PublicRecord(models.Model):
    """A record with an opaque public id and two dates of its own."""

    public_id = PublicIdField()
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True, db_index=True)

    class Meta:
        abstract = True


class ClusteredRecord(ClusterableModel):
    """A record that is saved, versioned and compared together with its rows in other tables."""

    class Meta:
        abstract = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if kwargs:
            super().__init__(*args, **kwargs)
        else:
            # What the database gives has places and no names, so there are no rows of other tables to be looked for among them.
            super(ClusterableModel, self).__init__(*args)

    @classmethod
    def from_serializable_data(cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False) -> Any:
        """A version as an object. What it points to and is no longer there is left out, as django-modelcluster does."""
        gone = clusters.missing(cls, data) if check_fks else {}
        return super().from_serializable_data(clusters.without(cls, data, gone) if gone else data, bool(gone), strict_fks)

    def save(self, **kwargs: Any) -> None:
        """The record and its rows at once, or nothing of them; rows that are as they were are left alone."""
        with transaction.atomic(savepoint=False):
            if not self._state.adding:
                clusters.forget_unchanged(self, kwargs.get("update_fields"))
            super().save(**kwargs)


class FuzzyDateColumns(models.Model):
    """A ``records.fuzzydates.FuzzyDate`` as columns: the cataloguer's words beside what was understood.

    ``date_earliest`` and ``date_latest`` are signed astronomical years (1 BC = 0), ``None`` for open or unknown.
    """

    class Calendar(models.TextChoices):
        GREGORIAN = "gregorian", _("Gregorian")
        LUNAR = "lunar", _("lunar")
        REIGN = "reign", _("reign")
        SEXAGENARY = "sexagenary", _("sexagenary (can chi)")

    date_text = models.CharField(
        _("date as written"),
        max_length=500,
        blank=True,
        help_text=_("Your words are kept as they are; what was understood stands right under them."),
    )
    date_display = LanguageMapField(_("date for display"), help_text=_("Only where the words above need translating."))
    date_edtf = models.CharField(_("EDTF"), max_length=100, blank=True)
    date_earliest = models.IntegerField(
        _("earliest year"), null=True, blank=True, help_text=_("Years BC are negative: 1 BC is 0, 2 BC is -1.")
    )
    date_latest = models.IntegerField(_("latest year"), null=True, blank=True)
    date_calendar = models.CharField(_("calendar"), max_length=12, choices=Calendar.choices, blank=True)
    date_era = models.CharField(_("era"), max_length=80, blank=True)
    date_era_year = models.PositiveSmallIntegerField(_("year of the era"), null=True, blank=True)
    date_circa = models.BooleanField(_("circa"), default=False)
    date_uncertain = models.BooleanField(_("uncertain"), default=False)

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.date_earliest is not None and self.date_latest is not None and self.date_earliest > self.date_latest:
            raise ValidationError(
                {"date_latest": _("The latest year lies before the earliest. Swap the two, or mend the one that is wrong.")}
            )


class Assertion(models.Model):
    """Who says so, since when, how sure: carried by every repeatable fact (catalogue rule 5)."""

    class Certainty(models.TextChoices):
        CERTAIN = "certain", _("certain")
        PROBABLE = "probable", _("probable")
        POSSIBLE = "possible", _("possible")
        DISPUTED = "disputed", _("disputed")
        REJECTED = "rejected", _("rejected")

    class Perspective(models.TextChoices):
        CURATORIAL = "curatorial", _("curatorial")
        COMMUNITY = "community", _("community")
        MAKER = "maker", _("maker")
        OWNER = "owner", _("owner")
        VISITOR = "visitor", _("visitor")
        MACHINE = "machine", _("machine")

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("public")
        STAFF = "staff", _("staff only")

    certainty = models.CharField(_("certainty"), max_length=10, choices=Certainty.choices, blank=True)
    source_note = models.CharField(_("source"), max_length=500, blank=True, help_text=_("Who says so: a catalogue, a label, a person."))
    asserted_by = models.CharField(_("asserted by"), max_length=200, blank=True)
    asserted_on = models.DateField(_("asserted on"), null=True, blank=True)
    perspective = models.CharField(_("perspective"), max_length=12, choices=Perspective.choices, default=Perspective.CURATORIAL)
    superseded = models.BooleanField(_("superseded"), default=False, help_text=_("A former statement that stays on record."))
    visibility = models.CharField(_("visible to"), max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC)

    class Meta:
        abstract = True


class ExternalLinkColumns(models.Model):
    """The same thing in somebody else's data."""

    class Match(models.TextChoices):
        EXACT = "exact", _("exact match")
        CLOSE = "close", _("close match")
        BROAD = "broad", _("broader")
        RELATED = "related", _("related")

    uri = models.URLField(_("URI"), max_length=500)
    scheme = models.CharField(_("scheme"), max_length=40, blank=True, help_text=_("AAT, ULAN, TGN, Wikidata, VIAF …"))
    match = models.CharField(_("match"), max_length=10, choices=Match.choices, default=Match.EXACT)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    class Meta:
        abstract = True


class JournalEntry(models.Model):
    """One change that one consumer has still to carry out of the transaction. It is deleted when that is done."""

    class Op(models.TextChoices):
        CHANGED = "changed", _("changed")
        DELETED = "deleted", _("deleted")

    consumer = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    record_pk = models.BigIntegerField()
    public_id = models.CharField(max_length=12, blank=True, help_text="Kept for deletions, when the record can no longer be asked.")
    op = models.CharField(max_length=10, choices=Op.choices, default=Op.CHANGED)
    in_bulk = models.BooleanField(default=False, help_text="Noted together with many others: single acts of people go before it.")
    created_at = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)
    dead = models.BooleanField(default=False, help_text="Given up after too many attempts; shown to staff.")

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal")
        indexes = [
            models.Index(fields=["consumer", "dead", "in_bulk", "id"], name="journal_queue"),
            models.Index(fields=["consumer", "created_at"], name="journal_age"),
        ]

    def __str__(self) -> str:
        return f"{self.consumer}: {self.kind} {self.record_pk} {self.op}"


class Counter(models.Model):
    """A number that only grows, shared by all processes: versions of built documents are drawn from it."""

    name = models.CharField(max_length=40, primary_key=True)
    value = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} = {self.value}"


class RecordError(Exception):
    """A sentence that a curator can act on."""


def in_current_language(language_map: dict[str, Any], fallback: str = "") -> str:
    """The text of a stored language map in the interface's language, else in the best other one."""
    from records import languages

    return languages.pick(languages.plain(language_map or {}), [get_language() or "en"])[1] or fallback
