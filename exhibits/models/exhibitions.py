"""Exhibitions: pages that show objects, and which object is shown in which."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from artifacts.models import Artifact
from exhibits.blocks import SECTIONS
from exhibits.models.pages import REGION, VisitorPage
from exhibits.panels import ManifestPanel
from records.fields import PublicIdField


class ExhibitionIndexPage(VisitorPage):
    """All exhibitions, current ones first."""

    template = "exhibits/exhibitions.html"
    parent_page_types = ["exhibits.HomePage"]
    subpage_types = ["exhibits.ExhibitionPage"]
    content_panels = [*Page.content_panels, FieldPanel("summary")]

    class Meta:
        verbose_name = _("list of exhibitions")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from exhibits.showing import listed

        exhibitions = ExhibitionPage.objects.child_of(self).live().public().order_by("-opens_on", "path")
        return {**super().get_context(request, *args, **kwargs), "exhibitions": listed(exhibitions)}


class ExhibitionPage(VisitorPage):
    """A virtual exhibition, with the facts of the physical one if there is any."""

    public_id = PublicIdField()
    subtitle = models.CharField(_("subtitle"), max_length=200, blank=True)
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    opens_on = models.DateField(_("opens on"), null=True, blank=True)
    closes_on = models.DateField(_("closes on"), null=True, blank=True)
    cover_object = models.ForeignKey(
        Artifact, verbose_name=_("object of the picture"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        help_text=_("Without one, the first object shown lends its picture."),
    )  # fmt: skip
    cover_region = models.CharField(
        _("detail of the picture"),
        max_length=80,
        blank=True,
        validators=[REGION],
        help_text=_("x,y,width,height in pixels; empty for the whole."),
    )
    body = StreamField(SECTIONS, verbose_name=_("sections"), blank=True)
    credits = RichTextField(_("credits"), blank=True, features=["bold", "italic", "link"])

    template = "exhibits/exhibition.html"
    parent_page_types = ["exhibits.ExhibitionIndexPage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["public_id"]
    content_panels = [
        ManifestPanel(heading=_("IIIF manifest")),
        *Page.content_panels,
        FieldPanel("subtitle"),
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel("cover_object"), FieldPanel("cover_region")], heading=_("Picture at the top")),
        MultiFieldPanel([FieldPanel("venue"), FieldRowPanel([FieldPanel("opens_on"), FieldPanel("closes_on")])], heading=_("In the house")),
        FieldPanel("body"),
        FieldPanel("credits"),
    ]

    class Meta:
        verbose_name = _("exhibition")

    def clean(self) -> None:
        super().clean()
        if self.opens_on and self.closes_on and self.closes_on < self.opens_on:
            raise ValidationError(
                {"closes_on": _("The exhibition closes before it opens. Swap the two days, or mend the one that is wrong.")}
            )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from exhibits.showing import exhibition_context

        return {**super().get_context(request, *args, **kwargs), **exhibition_context(self)}


class Shown(models.Model):
    """That an exhibition, as published, shows an object. Derived from its sections whenever it is published."""

    exhibition = models.ForeignKey(ExhibitionPage, on_delete=models.CASCADE, related_name="shown")
    artifact = models.ForeignKey(Artifact, on_delete=models.CASCADE, related_name="shown_in")
    sort_order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["sort_order"]
        constraints = [models.UniqueConstraint(fields=["exhibition", "artifact"], name="shown_once")]

    def __str__(self) -> str:
        return f"{self.artifact_id} in {self.exhibition_id}"
