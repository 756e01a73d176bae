"""Eras, dynasties and reigns."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from records.models import ExternalLinkColumns
from vocabularies.models.agents import Agent
from vocabularies.models.base import VocabularyRecord, natural_key
from vocabularies.models.places import refuse_own_ancestor


class Period(VocabularyRecord):
    """A named span of time. Years are signed and astronomical (1 BC is 0)."""

    class Kind(models.TextChoices):
        ERA = "era", _("era")
        CULTURE = "culture", _("archaeological culture")
        DYNASTY = "dynasty", _("dynasty")
        REIGN = "reign", _("reign")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.ERA)
    broader = models.ForeignKey("self", verbose_name=_("part of"), null=True, blank=True, on_delete=models.PROTECT, related_name="narrower")
    earliest = models.IntegerField(_("earliest year"), null=True, blank=True, help_text=_("Years BC are negative: 1 BC is 0, 2 BC is -1."))
    latest = models.IntegerField(_("latest year"), null=True, blank=True)
    ruler = models.ForeignKey(Agent, verbose_name=_("ruler"), null=True, blank=True, on_delete=models.PROTECT, related_name="reigns")
    calendar = models.CharField(_("calendar"), max_length=20, blank=True)
    year_one = models.IntegerField(_("first year of the era"), null=True, blank=True)

    class Meta(VocabularyRecord.Meta):
        verbose_name = _("period")
        verbose_name_plural = _("periods")
        constraints = [natural_key("period_natural_key")]

    def clean(self) -> None:
        super().clean()
        refuse_own_ancestor(self, "broader")
        if self.earliest is not None and self.latest is not None and self.earliest > self.latest:
            raise ValidationError({"latest": _("The latest year lies before the earliest. Swap the two, or mend the one that is wrong.")})


class PeriodLink(Orderable, ExternalLinkColumns):
    """The period in AAT, PeriodO, Wikidata …"""

    period = ParentalKey(Period, on_delete=models.CASCADE, related_name="links")

    def __str__(self) -> str:
        return self.uri
