"""What an object is called: numbers, titles, names, classification."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from artifacts.models.artifact import Artifact
from records.fields import DerivedField
from records.models import Assertion
from vocabularies.models import Term


def identifier_norm_of(row: "Identifier") -> str:
    """The number as it is searched for."""
    from records import identifiers

    return identifiers.norm(row.value)


class Identifier(Orderable):
    """Any other number ever written on the object or its record."""

    class Kind(models.TextChoices):
        FORMER = "former", _("former number")
        BARCODE = "barcode", _("barcode")
        NFC = "nfc", _("NFC id")
        EXCAVATION = "excavation", _("excavation number")
        TREASURE = "treasure", _("national treasure decision")
        LENDER = "lender", _("lender’s number")
        OTHER = "other", _("other")

    artifact = ParentalKey(Artifact, on_delete=models.CASCADE, related_name="identifiers")
    value = models.CharField(_("number"), max_length=200)
    value_norm = DerivedField(max_length=200, compute=identifier_norm_of, db_index=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.FORMER)
    issuer = models.CharField(_("given by"), max_length=200, blank=True)
    valid_from = models.CharField(_("from"), max_length=40, blank=True)
    valid_to = models.CharField(_("to"), max_length=40, blank=True)
    current = models.BooleanField(_("still in use"), default=False)

    def __str__(self) -> str:
        return self.value


class Title(Orderable, Assertion):
    """A title in one language."""

    class Kind(models.TextChoices):
        GIVEN = "given", _("given by the museum")
        ORIGINAL = "original", _("original")
        TRANSLATED = "translated", _("translated")
        TRANSLITERATED = "transliterated", _("transliterated")
        FORMER = "former", _("former")
        SERIES = "series", _("series")

    artifact = ParentalKey(Artifact, on_delete=models.CASCADE, related_name="titles")
    text = models.CharField(_("title"), max_length=1000)
    language = models.CharField(
        _("language"), max_length=20, blank=True, help_text=_("By name or code: Vietnamese (vi), en, fr, Hán-Nôm (vi-Hani), lzh …")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.GIVEN)
    preferred = models.BooleanField(_("preferred"), default=True, help_text=_("One for each language."))

    def __str__(self) -> str:
        return self.text


class ObjectName(Orderable, Assertion):
    """What kind of thing it is: an object name, or a class of the museum's classification."""

    class Role(models.TextChoices):
        NAME = "name", _("object name")
        CLASSIFICATION = "classification", _("classification")

    artifact = ParentalKey(Artifact, on_delete=models.CASCADE, related_name="object_names")
    role = models.CharField(_("role"), max_length=14, choices=Role.choices, default=Role.NAME)
    term = models.ForeignKey(Term, verbose_name=_("term"), on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.term)
