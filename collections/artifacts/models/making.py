"""How an object came to be: events with dates and places, makers, materials, techniques, measurements."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from artifacts.models.artifact import Artifact
from records.fields import LanguageMapField
from records.measurements import UNITS, unit_name
from records.models import Assertion, FuzzyDateColumns
from vocabularies.models import Agent, Period, Place, Term

# What kinds of measurements measure, where that is not a length.
MEASURED = {"weight": "weight", "volume": "volume", "duration": "duration", "count": "", "other": ""}

NOT_NEGATIVE = MinValueValidator(0, _("A measurement cannot be negative."))


class Event(Orderable, Assertion, FuzzyDateColumns):
    """Something that happened to the object: production first, then finding, collecting, use …"""

    class Kind(models.TextChoices):
        PRODUCTION = "production", _("production")
        COLLECTING = "collecting", _("collecting")
        EXCAVATION = "excavation", _("excavation")
        USE = "use", _("use")
        DEPICTION = "depiction", _("time shown")
        PUBLICATION = "publication", _("publication")
        MODIFICATION = "modification", _("modification")

    artifact = ParentalKey(Artifact, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.PRODUCTION)
    place = models.ForeignKey(Place, verbose_name=_("place"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    culture = models.ForeignKey(Term, verbose_name=_("culture"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    period = models.ForeignKey(Period, verbose_name=_("period"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = LanguageMapField(_("note"))

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.date_text}"


class Maker(Orderable, Assertion):
    """Who made it, in which role, and how sure that is."""

    class Qualifier(models.TextChoices):
        NONE = "", _("by")
        ATTRIBUTED = "attributed", _("attributed to")
        WORKSHOP = "workshop", _("workshop of")
        CIRCLE = "circle", _("circle of")
        FOLLOWER = "follower", _("follower of")
        SCHOOL = "school", _("school of")
        STYLE = "style", _("style of")
        AFTER = "after", _("after")
        COPY = "copy", _("copy after")
        FORMERLY = "formerly", _("formerly attributed to")

    artifact = ParentalKey(Artifact, on_delete=models.CASCADE, related_name="makers")
    agent = models.ForeignKey(Agent, verbose_name=_("maker"), on_delete=models.PROTECT, related_name="+")
    role = models.ForeignKey(Term, verbose_name=_("role"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    qualifier = models.CharField(_("attribution"), max_length=12, choices=Qualifier.choices, blank=True, default=Qualifier.NONE)
    part_done = models.CharField(_("part done"), max_length=200, blank=True)
    name_as_written = models.CharField(_("name as written"), max_length=300, blank=True)

    def __str__(self) -> str:
        return str(self.agent)


class Material(Orderable, Assertion):
    """A material or a technique, of the whole or of a part."""

    class Role(models.TextChoices):
        MATERIAL = "material", _("material")
        TECHNIQUE = "technique", _("technique")

    artifact = ParentalKey(Artifact, on_delete=models.CASCADE, related_name="materials")
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.MATERIAL)
    term = models.ForeignKey(Term, verbose_name=_("term"), on_delete=models.PROTECT, related_name="+")
    part = models.CharField(_("part"), max_length=120, blank=True)
    extent = models.CharField(_("extent"), max_length=120, blank=True)

    def __str__(self) -> str:
        return str(self.term)


class MeasurementRow(Orderable, Assertion):
    """A ``records.measurements.Measurement`` as columns; units are UCUM codes."""

    class Kind(models.TextChoices):
        HEIGHT = "height", _("height")
        WIDTH = "width", _("width")
        DEPTH = "depth", _("depth")
        LENGTH = "length", _("length")
        DIAMETER = "diameter", _("diameter")
        THICKNESS = "thickness", _("thickness")
        CIRCUMFERENCE = "circumference", _("circumference")
        WEIGHT = "weight", _("weight")
        VOLUME = "volume", _("volume")
        DURATION = "duration", _("duration")
        COUNT = "count", _("count")
        OTHER = "other", _("other")

    artifact = ParentalKey(Artifact, on_delete=models.CASCADE, related_name="measurements")
    part = models.CharField(_("part measured"), max_length=120, blank=True)
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices, default=Kind.HEIGHT)
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=4, validators=[NOT_NEGATIVE])
    upper_value = models.DecimalField(_("to"), max_digits=14, decimal_places=4, null=True, blank=True, validators=[NOT_NEGATIVE])
    unit = models.CharField(_("unit"), max_length=16, default="cm", blank=True, choices=[(code, unit_name(code)) for code in UNITS])
    qualifier = models.CharField(_("qualifier"), max_length=40, blank=True, help_text=_("About, maximum, without frame …"))
    method = models.CharField(_("method"), max_length=120, blank=True)
    display = models.CharField(_("as written"), max_length=500, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")

    def clean(self) -> None:
        super().clean()
        wrong: dict[str, Any] = {}
        measured = MEASURED.get(self.kind, "length")
        units = [code for code, (what, _factor) in UNITS.items() if measured in {"", what}]
        if self.kind == self.Kind.COUNT:
            self.unit = ""
        elif self.unit not in units:
            names = ", ".join(unit_name(code) for code in units)
            wrong["unit"] = _("What is measured here has another unit. Choose one of %(units)s.") % {"units": names}
        if self.value is not None and self.upper_value is not None and self.upper_value < self.value:
            wrong["upper_value"] = _("The upper value is smaller than the lower. Swap the two, or mend the one that is wrong.")
        if wrong:
            raise ValidationError(wrong)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.value.normalize():f} {unit_name(self.unit)}"
