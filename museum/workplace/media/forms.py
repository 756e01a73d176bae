"""Forms about pictures of objects."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from artifacts import attaching
from artifacts.models import ArtifactMedia
from records import languages
from records.forms import LanguageMapFormField, mark_stale


class LabelPagesForm(forms.Form):
    """Labels for many pages at once: “p. 1, p. 2 …”, “f. 1r, f. 1v …”."""

    first = forms.IntegerField(label=gettext_lazy("from picture"), min_value=1)
    last = forms.IntegerField(label=gettext_lazy("to picture"), min_value=1)
    prefix = forms.CharField(  # type: ignore[assignment]
        label=gettext_lazy("before the number"), max_length=40, required=False, strip=False, initial="p. "
    )
    start = forms.IntegerField(label=gettext_lazy("count from"), min_value=1, max_value=100_000, initial=1)
    style = forms.ChoiceField(
        label=gettext_lazy("numbers"),
        choices=[
            (attaching.Pages.ARABIC, gettext_lazy("1, 2, 3 …")),
            (attaching.Pages.ROMAN, gettext_lazy("i, ii, iii …")),
            (attaching.Pages.FOLIO, gettext_lazy("leaves: 1r, 1v, 2r …")),
        ],
    )
    verso_first = forms.BooleanField(label=gettext_lazy("the first picture is a verso"), required=False)
    language = forms.CharField(label=gettext_lazy("language of the labels"), max_length=20, initial="en")

    def clean_language(self) -> str:
        try:
            return languages.canonical(self.cleaned_data["language"])
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last picture comes before the first."))
        if cleaned.get("style") == attaching.Pages.ROMAN and first and last and cleaned.get("start", 0) + last - first > 3999:
            self.add_error("start", _("Roman numbers go from 1 to 3999."))
        return cleaned


class PictureForm(forms.ModelForm):
    """One picture of an object, with the alternative text of its file."""

    alt_text = LanguageMapFormField(
        label=gettext_lazy("Alternative text"),
        required=False,
        multiline=True,
        help_text=gettext_lazy("What somebody who cannot see the picture should know of it. It goes with the file, wherever it is used."),
    )

    class Meta:
        model = ArtifactMedia
        fields = ["label", "caption", "publication_class", "region"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["alt_text"] = self.instance.asset.alt_text
        self.order_fields(["label", "caption", "alt_text", "publication_class", "region"])

    def clean_region(self) -> str:
        region = self.cleaned_data["region"].replace(" ", "")
        if not region:
            return ""
        if not re.fullmatch(r"\d{1,9},\d{1,9},[1-9]\d{0,8},[1-9]\d{0,8}", region, re.ASCII):
            raise ValidationError(_("Write four whole numbers: left, top, width, height in pixels, such as 120,80,640,480."))
        x, y, width, height = map(int, region.split(","))
        asset = self.instance.asset
        if asset.width and asset.height and (x + width > asset.width or y + height > asset.height):
            raise ValidationError(
                _("The region reaches beyond the picture of %(w)d × %(h)d pixels.") % {"w": asset.width, "h": asset.height}
            )
        return region

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        mark_stale(self, cleaned)
        return cleaned

    @transaction.atomic
    def save(self, commit: bool = True) -> ArtifactMedia:
        asset = self.instance.asset
        if asset.alt_text != self.cleaned_data["alt_text"]:
            asset.alt_text = self.cleaned_data["alt_text"]
            asset.save(update_fields=["alt_text", "updated_at"])
        use = super().save(commit)
        if "publication_class" in self.changed_data:
            attaching.show_to([use], use.publication_class)
        return use
