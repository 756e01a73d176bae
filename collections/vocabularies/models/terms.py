"""Controlled terms (SKOS concepts) in vocabularies (SKOS concept schemes)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from records.models import ExternalLinkColumns
from vocabularies.models.base import VocabularyRecord, natural_key
from vocabularies.models.places import refuse_own_ancestor


class Vocabulary(VocabularyRecord):
    """A list of terms with one purpose: materials, techniques, object names, subjects …"""

    code = models.SlugField(_("code"), unique=True, help_text=_("Used in addresses, imports and searches."))
    uri = models.URLField(_("URI"), blank=True)

    class Meta(VocabularyRecord.Meta):
        verbose_name = _("vocabulary")
        verbose_name_plural = _("vocabularies")


class Term(VocabularyRecord):
    """A concept with one preferred label per language, placed under a broader one."""

    vocabulary = models.ForeignKey(Vocabulary, verbose_name=_("vocabulary"), on_delete=models.PROTECT, related_name="terms")
    broader = models.ForeignKey(
        "self", verbose_name=_("broader term"), null=True, blank=True, on_delete=models.PROTECT, related_name="narrower"
    )
    notation = models.CharField(_("notation"), max_length=60, blank=True)
    scope_note = models.TextField(_("scope note"), blank=True)
    related = models.ManyToManyField("self", verbose_name=_("related terms"), blank=True)
    replaced_by = models.ForeignKey(
        "self", verbose_name=_("replaced by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="replaces"
    )

    class Meta(VocabularyRecord.Meta):
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [natural_key("term_natural_key")]
        indexes = [models.Index(fields=["vocabulary", "sort_label"], name="term_by_vocabulary")]

    def clean(self) -> None:
        super().clean()
        refuse_own_ancestor(self, "broader")


class TermLabel(Orderable):
    """Another label: alternative, hidden (misspellings that people search for), or offensive (found, but not shown)."""

    class Kind(models.TextChoices):
        ALTERNATIVE = "alternative", _("alternative")
        HIDDEN = "hidden", _("hidden")
        OFFENSIVE = "offensive", _("offensive")

    term = ParentalKey(Term, on_delete=models.CASCADE, related_name="names")
    text = models.CharField(_("label"), max_length=300)
    language = models.CharField(_("language"), max_length=20, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.ALTERNATIVE)

    def __str__(self) -> str:
        return self.text


class TermBroader(Orderable):
    """One more broader term: thesauri are not always trees."""

    term = ParentalKey(Term, on_delete=models.CASCADE, related_name="extra_broader")
    broader = models.ForeignKey(Term, verbose_name=_("broader term"), on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return str(self.broader)


class TermLink(Orderable, ExternalLinkColumns):
    """The concept in AAT, Iconclass, Nomenclature, Wikidata …"""

    term = ParentalKey(Term, on_delete=models.CASCADE, related_name="links")

    def __str__(self) -> str:
        return self.uri
