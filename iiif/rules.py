"""The model of what a museum decides about its pictures: how large they are shown, what is laid over them, how restricted ones are seen."""

from __future__ import annotations

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from artifacts.models import ArtifactMedia
from iiif.image import rules
from media.models import Asset
from records.fields import LanguageMapField
from vocabularies.models import Museum

SMALLEST = 200  # pixels: no smaller picture than that is kept


class PictureRules(models.Model):
    """One museum's rules. Without a row: full size, no watermark, restricted pictures by log-in alone and without a substitute."""

    class Pattern(models.TextChoices):
        ACTIVE = rules.ACTIVE, _("by log-in")
        KIOSK = rules.KIOSK, _("on the museum’s own terminals")
        EXTERNAL = rules.EXTERNAL, _("by what visitors bring along: their network, or a log-in that they have already")
        NONE = rules.NONE, _("not over the internet")

    class Small(models.IntegerChoices):
        NOTHING = 0, _("nothing")
        TINY = 200, _("at most 200 pixels")
        SMALL = 400, _("at most 400 pixels")

    museum = models.OneToOneField(Museum, verbose_name=_("museum"), on_delete=models.CASCADE, related_name="picture_rules")
    longest = models.PositiveIntegerField(
        _("longest side where the rights are not open"),
        default=0,
        help_text=_("In pixels; 0 for no limit. Visitors get such a picture as if it were no larger, details too."),
    )
    mark = models.ForeignKey(
        Asset,
        verbose_name=_("watermark"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("A picture in dark on white: its white stays invisible. It is laid over the lower right corner."),
    )
    mark_all = models.BooleanField(_("watermark on pictures of open rights too"), default=False)
    pattern = models.CharField(_("restricted pictures are seen"), max_length=10, choices=Pattern.choices, default=Pattern.ACTIVE)
    small = models.PositiveSmallIntegerField(_("what everybody sees of them"), choices=Small.choices, default=Small.NOTHING)
    networks = models.TextField(
        _("networks"),
        blank=True,
        help_text=_("Of the terminals, or of those who bring their access along: one a line, such as 192.0.2.0/24."),
    )
    origins = models.TextField(
        _("viewers elsewhere"),
        blank=True,
        help_text=_(
            "Sites whose viewers may ask for access on behalf of a visitor: one a line, such as https://viewer.example.org. * means every site."
        ),
    )
    heading = LanguageMapField(_("heading"), help_text=_("Shown where a picture is restricted. Empty: a sentence of our own."))
    note = LanguageMapField(_("how to get access"), multiline=True)

    class Meta:
        verbose_name = _("rules for pictures")
        verbose_name_plural = _("rules for pictures")

    longest_before = 0  # as it was read from the database

    def __str__(self) -> str:
        return str(self.museum)

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> PictureRules:
        row = super().from_db(*args, **kwargs)
        row.longest_before = row.__dict__.get("longest", 0)
        return row

    def clean(self) -> None:
        """Networks and origins are written as they should be."""
        wrong: dict[str, Any] = {}
        if 0 < self.longest < SMALLEST:
            wrong["longest"] = _("At least %(pixels)d pixels, or 0 for no limit.") % {"pixels": SMALLEST}
        for name, read in (("networks", ipaddress.ip_network), ("origins", _origin)):
            for line in rules.lines(getattr(self, name)):
                try:
                    read(line)
                except ValueError:
                    wrong[name] = _("This line is not understood: %(line)s") % {"line": line}
        if wrong:
            raise ValidationError(wrong)


def objects_concerned(row: PictureRules) -> list[tuple[str, int]]:
    """What the journal hears of when rules change: objects whose manifests show the substitute of a restricted picture, and all with pictures
    when the longest side is another one, since manifests say how large pictures are.
    """
    uses = ArtifactMedia.objects.filter(artifact__museum=row.museum_id, artifact__is_public=True)
    gone = not PictureRules.objects.filter(pk=row.pk).exists()
    if row.longest == row.longest_before and not (gone and row.longest):
        uses = uses.filter(publication_class=ArtifactMedia.PublicationClass.RESTRICTED)
    return [("object", pk) for pk in uses.order_by("artifact_id").values_list("artifact_id", flat=True).distinct()]


def _origin(line: str) -> Any:
    """Raises ValueError unless the line is ``*`` or scheme and host alone."""
    parts = urlsplit(line)
    if line != "*" and (parts.scheme not in {"https", "http"} or not parts.netloc or line != f"{parts.scheme}://{parts.netloc}"):
        raise ValueError(line)
