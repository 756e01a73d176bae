"""What a museum changes about its public face: name, logo, accent, footer, languages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from exhibits import colours
from media.models import Asset
from records.fields import DerivedField, LanguageMapField


def accent_light_of(row: MuseumSettings) -> str:
    """The accent on the light grounds."""
    return colours.accent_on_light(row.accent or colours.DEFAULT_ACCENT)


def accent_dark_of(row: MuseumSettings) -> str:
    """The accent on the dark grounds."""
    return colours.accent_on_dark(row.accent or colours.DEFAULT_ACCENT)


def every_language() -> list[str]:
    """The codes of all languages that the interface has."""
    return [code for code, _name in settings.LANGUAGES]


class MuseumSettingsForm(WagtailAdminModelForm):
    """Colour and languages are chosen, not typed."""

    accent = forms.CharField(
        label=_("Accent colour"),
        widget=forms.TextInput(attrs={"type": "color"}),
        help_text=_(
            "Links and buttons. Where it would be hard to read it is darkened, and lightened for the dark theme, as far as needed."
        ),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The languages that visitors may choose."),
    )


@register_setting(icon="site")
class MuseumSettings(BaseSiteSetting):
    """Name, logo, accent colour, footer and languages of the public site."""

    base_form_class = MuseumSettingsForm

    name = LanguageMapField(_("name"), help_text=_("Shown at the top of each page."))
    tagline = LanguageMapField(_("subtitle"), help_text=_("One line under the name in search engines and shared links."))
    logo = models.ForeignKey(
        Asset, verbose_name=_("logo"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        help_text=_("A picture that anybody may see. It stands beside the name, 40 pixels high."),
    )  # fmt: skip
    accent = models.CharField(_("accent colour"), max_length=7, default=colours.DEFAULT_ACCENT)
    accent_light = DerivedField(max_length=7, compute=accent_light_of)
    accent_dark = DerivedField(max_length=7, compute=accent_dark_of)
    footer = LanguageMapField(
        _("footer"), multiline=True, help_text=_("Address, opening hours, who is responsible. Each line is shown as one.")
    )
    languages = models.JSONField(_("languages"), default=every_language, blank=True)

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("tagline"), FieldPanel("logo"), FieldPanel("accent")], heading=_("Appearance")),
        FieldPanel("footer"),
        FieldPanel("languages"),
    ]

    class Meta:
        verbose_name = _("museum")

    def clean(self) -> None:
        super().clean()
        try:
            self.accent = colours.normalised(self.accent)
        except ValueError:
            raise ValidationError({"accent": _("Write the colour as # and six digits, such as #23408e.")}) from None
        unknown = [code for code in self.languages if code not in every_language()]
        if unknown or not self.languages:
            raise ValidationError({"languages": _("Choose at least one of the languages that the interface has.")})

    def offered_languages(self) -> list[str]:
        """Codes of the languages that visitors may choose, in the interface's order."""
        return [code for code in every_language() if code in (self.languages or every_language())]

    def __str__(self) -> str:
        return str(self.site)

    def get_texts(self) -> dict[str, Any]:
        """Name, subtitle and footer as plain language maps."""
        from records import languages

        return {name: languages.plain(getattr(self, name)) for name in ("name", "tagline", "footer")}
