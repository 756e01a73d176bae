"""What is said about an object, and what stands written on it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from artifacts.models.artifact import Artifact
from records.fields import LanguageMapField
from records.models import Assertion


class Description(Orderable, Assertion):
    """A text about the object."""

    class Kind(models.TextChoices):
        LABEL = "label", _("label")
        SUMMARY = "summary", _("public summary")
        PHYSICAL = "physical", _("physical description")
        CONTENT = "content", _("content")
        SIGNIFICANCE = "significance", _("significance")
        HISTORY = "history", _("history")
        COMMENT = "comment", _("comment")

    class WrittenFor(models.TextChoices):
        GENERAL = "general", _("everybody")
        CHILDREN = "children", _("children")
        SPECIALIST = "specialist", _("specialists")

    artifact = ParentalKey(Artifact, on_delete=models.CASCADE, related_name="descriptions")
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices, default=Kind.SUMMARY)
    text = LanguageMapField(_("text"), multiline=True, blank=False)
    audience = models.CharField(_("written for"), max_length=12, choices=WrittenFor.choices, default=WrittenFor.GENERAL)

    def __str__(self) -> str:
        return self.get_kind_display()


class Inscription(Orderable, Assertion):
    """An inscription, mark or signature: original, transcription, reading, translation side by side."""

    class Kind(models.TextChoices):
        INSCRIPTION = "inscription", _("inscription")
        SIGNATURE = "signature", _("signature")
        MARK = "mark", _("mark")
        SEAL = "seal", _("seal")
        STAMP = "stamp", _("stamp")
        LABEL = "label", _("old label")

    artifact = ParentalKey(Artifact, on_delete=models.CASCADE, related_name="inscriptions")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.INSCRIPTION)
    position = LanguageMapField(_("position"))
    language = models.CharField(
        _("language and script"), max_length=20, blank=True, help_text=_("By name or code: Hán văn (lzh), Hán-Nôm (vi-Hani), vi, fr …")
    )
    original = models.TextField(_("as it stands there"), blank=True)
    transcription = models.TextField(_("transcription"), blank=True)
    reading = models.TextField(_("reading"), blank=True, help_text=_("The Hán-Việt reading, or a transliteration."))
    translation = LanguageMapField(_("translation"), multiline=True)
    interpretation = LanguageMapField(_("interpretation"), multiline=True)
    region = models.CharField(_("region of the picture"), max_length=80, blank=True, help_text=_("x,y,width,height in pixels."))

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.original[:40]}"
