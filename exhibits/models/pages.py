"""Pages that are written, not catalogued: the home page and text pages."""

from __future__ import annotations

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from artifacts.models import Artifact
from exhibits.blocks import SECTIONS
from records.forms import forget_expiry

REGION = RegexValidator(
    r"^\d{1,7},\d{1,7},[1-9]\d{0,6},[1-9]\d{0,6}$", _("Write the region as x,y,width,height in pixels, for example 1200,800,900,600.")
)


class VisitorPageForm(WagtailAdminPageForm):
    """The editor of a written page."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        forget_expiry(self, cleaned)
        return cleaned


class VisitorPage(Page):
    """What every written page has. It is served like the catalogue's pages: no cookie, an ETag, a short time in caches."""

    summary = models.TextField(_("summary"), blank=True, max_length=500, help_text=_("One or two sentences, for lists and shared links."))

    base_form_class = VisitorPageForm

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from exhibits.caching import public_response

        response = super().serve(request, *args, **kwargs)
        return public_response(request, response.render() if hasattr(response, "render") else response, self.last_published_at)


class HomePage(VisitorPage):
    """The front door: one exhibition in full width, the search, the wall of today."""

    hero_exhibition = models.ForeignKey(
        "exhibits.ExhibitionPage", verbose_name=_("exhibition"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    hero_object = models.ForeignKey(
        Artifact, verbose_name=_("object of the picture"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        help_text=_("Without one, the exhibition’s own cover is shown."),
    )  # fmt: skip
    hero_region = models.CharField(
        _("detail of the picture"),
        max_length=80,
        blank=True,
        validators=[REGION],
        help_text=_("x,y,width,height in pixels; empty for the whole."),
    )

    template = "exhibits/home.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["exhibits.TextPage", "exhibits.ExhibitionIndexPage"]
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel("hero_exhibition"), FieldPanel("hero_object"), FieldPanel("hero_region")], heading=_("At the top")),
    ]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from exhibits import front

        return {**super().get_context(request, *args, **kwargs), **front.context(self)}


class TextPage(VisitorPage):
    """A page of text and objects: visit, about, terms of use."""

    body = StreamField(SECTIONS, verbose_name=_("sections"), blank=True)

    template = "exhibits/text_page.html"
    parent_page_types = ["exhibits.HomePage", "exhibits.TextPage"]
    subpage_types = ["exhibits.TextPage"]
    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]

    class Meta:
        verbose_name = _("text page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from exhibits.sections import with_objects

        return {**super().get_context(request, *args, **kwargs), **with_objects(self.body)}
