"""What all vocabulary records share: a label in many languages, a status, an identity in the imported source."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import RevisionMixin

from records.fields import DerivedField, LanguageMapField
from records.models import ClusteredRecord, PublicRecord, in_current_language


def sort_label_of(record: Any) -> str:
    """The label in its source language, for sorting and for finding duplicates: folded, digits padded."""
    from records import identifiers, languages

    return identifiers.sort_key(languages.pick(languages.plain(record.label or {}), ["vi", "en"])[1])


class VocabularyRecordQuerySet(models.QuerySet):
    """Reads that all vocabularies have."""

    def public(self) -> VocabularyRecordQuerySet:
        """Records that the public may see."""
        return self.filter(is_public=True)


class VocabularyRecord(RevisionMixin, PublicRecord, ClusteredRecord):
    """A record that objects are described with."""

    class Status(models.TextChoices):
        CANDIDATE = "candidate", _("candidate")
        APPROVED = "approved", _("approved")
        DEPRECATED = "deprecated", _("deprecated")

    label = LanguageMapField(_("label"), blank=False, help_text=_("The preferred name, in each language that has one."))
    sort_label = DerivedField(_("sort label"), max_length=200, compute=sort_label_of, db_index=True)
    description = LanguageMapField(_("description"), multiline=True)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.APPROVED)
    is_public = models.BooleanField(_("public"), default=True, help_text=_("Off: the record and every mention of it are for staff only."))
    staff_note = models.TextField(_("note for staff"), blank=True)
    source = models.CharField(_("source"), max_length=60, blank=True, editable=False)
    source_id = models.CharField(_("id in the source"), max_length=200, blank=True, editable=False)

    objects = VocabularyRecordQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["sort_label"]

    def __str__(self) -> str:
        return in_current_language(self.label, fallback=self.public_id)


def natural_key(name: str) -> models.UniqueConstraint:
    """One record per (source, id in the source), where an import gave one."""
    return models.UniqueConstraint(fields=["source", "source_id"], condition=~models.Q(source_id=""), name=name)
