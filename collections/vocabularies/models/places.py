"""Places, historic and modern."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from records.models import ExternalLinkColumns, FuzzyDateColumns
from vocabularies.models.base import VocabularyRecord, natural_key


class Place(VocabularyRecord):
    """Somewhere: a country, a province, a village, a kiln, a site."""

    class Precision(models.TextChoices):
        EXACT = "exact", _("exact")
        KM = "km", _("to about a kilometre")
        DISTRICT = "district", _("to about ten kilometres")
        HIDDEN = "hidden", _("not shown")

    kind = models.CharField(_("kind"), max_length=40, blank=True, help_text=_("Country, province, village, kiln, archaeological site …"))
    broader = models.ForeignKey("self", verbose_name=_("part of"), null=True, blank=True, on_delete=models.PROTECT, related_name="narrower")
    latitude = models.FloatField(_("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)])
    longitude = models.FloatField(_("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)])
    geometry = models.JSONField(_("geometry (GeoJSON)"), null=True, blank=True)
    public_precision = models.CharField(
        _("shown to the public"),
        max_length=10,
        choices=Precision.choices,
        default=Precision.EXACT,
        help_text=_("Sites at risk of looting are shown less exactly."),
    )

    class Meta(VocabularyRecord.Meta):
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [natural_key("place_natural_key")]

    def clean(self) -> None:
        super().clean()
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError({"longitude": _("Give both latitude and longitude, or neither.")})
        refuse_own_ancestor(self, "broader")


def refuse_own_ancestor(record: models.Model, field: str) -> None:
    """A tree has no rings."""
    seen = {record.pk} - {None}
    above = getattr(record, field)
    while above is not None:
        if above.pk in seen:
            raise ValidationError(
                {field: _("“%(name)s” lies below this record itself: choose another one.") % {"name": getattr(record, field)}}
            )
        seen.add(above.pk)
        above = getattr(above, field)


class PlaceName(Orderable, FuzzyDateColumns):
    """A name that the place has or had, with its years of validity."""

    place = ParentalKey(Place, on_delete=models.CASCADE, related_name="names")
    text = models.CharField(_("name"), max_length=300)
    language = models.CharField(_("language"), max_length=20, blank=True)

    def __str__(self) -> str:
        return self.text


class PlaceLink(Orderable, ExternalLinkColumns):
    """The place in TGN, GeoNames, Wikidata …"""

    place = ParentalKey(Place, on_delete=models.CASCADE, related_name="links")

    def __str__(self) -> str:
        return self.uri
