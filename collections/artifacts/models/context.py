"""What surrounds an object: subjects, relations, sets, provenance, rights, care, references."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from artifacts.models.artifact import Artifact
from records.fields import LanguageMapField
from records.models import Assertion, FuzzyDateColumns
from vocabularies.models import Agent, CollectionSet, Place, Reference, Term


class Subject(Orderable, Assertion):
    """What the object shows or is about: a term, a person, a place, or an Iconclass notation."""

    artifact = ParentalKey(Artifact, on_delete=models.CASCADE, related_name="subjects")
    term = models.ForeignKey(Term, verbose_name=_("term"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agent = models.ForeignKey(Agent, verbose_name=_("person or group"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, verbose_name=_("place"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    iconclass = models.CharField(_("Iconclass"), max_length=40, blank=True)
    extent = models.CharField(_("extent"), max_length=120, blank=True)

    def clean(self) -> None:
        super().clean()
        if not (self.term_id or self.agent_id or self.place_id or self.iconclass):
            raise ValidationError(_("Choose a term, a person or a place, or give an Iconclass notation."))

    def __str__(self) -> str:
        return str(self.term or self.agent or self.place or self.iconclass)


class Relation(Orderable, Assertion):
    """How this object belongs to another one, here or elsewhere."""

    class Kind(models.TextChoices):
        PAIR = "pair", _("pair with")
        COPY = "copy", _("copy after")
        MODEL = "model", _("model for")
        CONTAINS = "contains", _("contains")
        DISPLAYED = "displayed", _("displayed with")
        RELATED = "related", _("related to")

    artifact = ParentalKey(Artifact, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.RELATED)
    other = models.ForeignKey(
        Artifact, verbose_name=_("object"), null=True, blank=True, on_delete=models.PROTECT, related_name="related_from"
    )
    other_uri = models.URLField(_("object elsewhere"), max_length=500, blank=True)
    other_label = models.CharField(_("its name"), max_length=300, blank=True)
    note = LanguageMapField(_("note"))

    def clean(self) -> None:
        super().clean()
        if bool(self.other_id) == bool(self.other_uri):
            raise ValidationError(_("Choose an object of this museum, or give the address of one elsewhere: one of the two."))

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.other or self.other_label}"


class ArtifactSet(Orderable):
    """Membership in a named collection."""

    artifact = ParentalKey(Artifact, on_delete=models.CASCADE, related_name="sets")
    set = models.ForeignKey(CollectionSet, verbose_name=_("collection"), on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.set)


class ProvenanceStep(Orderable, Assertion, FuzzyDateColumns):
    """One step in the object's history of ownership."""

    artifact = ParentalKey(Artifact, on_delete=models.CASCADE, related_name="provenance")
    text = LanguageMapField(_("as told"), multiline=True)
    from_agent = models.ForeignKey(Agent, verbose_name=_("from"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    to_agent = models.ForeignKey(Agent, verbose_name=_("to"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    method = models.CharField(_("by"), max_length=120, blank=True, help_text=_("Purchase, gift, inheritance, finding …"))
    place = models.ForeignKey(Place, verbose_name=_("place"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    price_amount = models.DecimalField(_("price"), max_digits=16, decimal_places=2, null=True, blank=True)
    price_currency = models.CharField(_("currency"), max_length=3, blank=True)
    gap = models.BooleanField(_("gap"), default=False, help_text=_("Nothing is known of this time."))
    evidence = models.TextField(_("evidence"), blank=True)
    risk_flags = models.CharField(_("risk"), max_length=200, blank=True, help_text=_("1933–1945, colonial context, illicit trade …"))

    def __str__(self) -> str:
        return self.date_text or str(self.to_agent or "")


class Right(Orderable):
    """A right in the work, its pictures or its data (RightsStatements.org or Creative Commons)."""

    class AppliesTo(models.TextChoices):
        WORK = "work", _("the work")
        IMAGE = "image", _("its pictures")
        DATA = "data", _("its data")

    artifact = ParentalKey(Artifact, on_delete=models.CASCADE, related_name="rights")
    applies_to = models.CharField(_("right in"), max_length=6, choices=AppliesTo.choices, default=AppliesTo.WORK)
    kind = models.CharField(_("kind"), max_length=40, blank=True, help_text=_("Copyright, moral right, reproduction right …"))
    holder = models.ForeignKey(Agent, verbose_name=_("holder"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    holder_text = models.CharField(_("holder as written"), max_length=300, blank=True)
    statement = models.URLField(_("statement"), max_length=200, blank=True, help_text=_("URI of the rights statement or licence."))
    jurisdiction = models.CharField(_("jurisdiction"), max_length=40, blank=True)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("to"), null=True, blank=True)
    credit_line = LanguageMapField(_("credit line"))
    restrictions = models.TextField(_("restrictions"), blank=True)

    def __str__(self) -> str:
        return self.statement or self.kind


class CareNotice(Orderable):
    """A notice of a community: Traditional Knowledge or Biocultural label, or words of its own."""

    artifact = ParentalKey(Artifact, on_delete=models.CASCADE, related_name="care_notices")
    label = LanguageMapField(_("notice"), blank=False)
    uri = models.URLField(_("URI of the label"), max_length=300, blank=True)
    community = models.ForeignKey(Agent, verbose_name=_("community"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    protocol = models.TextField(_("agreed protocol"), blank=True)

    def __str__(self) -> str:
        return self.uri or str(_("notice"))


class ArtifactReference(Orderable):
    """Where the object is published or documented."""

    artifact = ParentalKey(Artifact, on_delete=models.CASCADE, related_name="references")
    reference = models.ForeignKey(Reference, verbose_name=_("reference"), on_delete=models.PROTECT, related_name="+")
    pages = models.CharField(_("pages"), max_length=80, blank=True)

    def __str__(self) -> str:
        return str(self.reference)
