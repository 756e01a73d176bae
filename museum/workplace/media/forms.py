"""Forms about pictures of objects."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from artifacts import attaching
from artifacts.models import ArtifactMedia
from media.models import Asset
from museum.workplace.objects import small
from records.forms import LanguageMapFormField, mark_stale
from records.models import in_current_language


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
        return small.language(self.cleaned_data["language"])

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
        fields = ["label", "caption", "publication_class", "region", "leaf", "chapter", "chapter_level", "accompanies", "role", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["alt_text"] = self.instance.asset.alt_text
        self.order_fields(["label", "caption", "alt_text", "publication_class", "region"])
        self._leave_out()

    def _leave_out(self) -> None:
        """What makes no sense for a file of its kind, or beside nothing, is not asked."""
        image = self.instance.asset.kind == Asset.Kind.IMAGE
        self.fields["chapter_level"].required = False
        for name in () if image else ("region", "leaf", "chapter", "chapter_level", "alt_text"):
            del self.fields[name]
        if image:
            del self.fields["language"]
        leads = ArtifactMedia.objects.filter(artifact=self.instance.artifact_id, accompanies=None).exclude(pk=self.instance.pk)
        if not leads.exists() or self.instance.companions.exists():
            del self.fields["accompanies"], self.fields["role"]
            return
        field = self.fields["accompanies"]
        field.queryset = leads.select_related("asset")  # type: ignore[attr-defined]
        field.label_from_instance = lambda use: in_current_language(use.label) or use.asset.original_filename  # type: ignore[attr-defined]

    def clean_chapter_level(self) -> int:
        return self.cleaned_data["chapter_level"] or 1

    def clean_language(self) -> str:
        return small.language(self.cleaned_data["language"])

    def clean_region(self) -> str:
        region = small.region(self.cleaned_data["region"])
        if not region:
            return ""
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
        if "accompanies" in self.fields and bool(cleaned.get("accompanies")) != bool(cleaned.get("role")):
            self.add_error("role", _("Say both: which file this one belongs to, and as what."))
        return cleaned

    @transaction.atomic
    def save(self, commit: bool = True) -> ArtifactMedia:
        asset = self.instance.asset
        if "alt_text" in self.fields and asset.alt_text != self.cleaned_data["alt_text"]:
            asset.alt_text = self.cleaned_data["alt_text"]
            asset.save(update_fields=["alt_text", "updated_at"])
        use = super().save(commit)
        if "publication_class" in self.changed_data:
            attaching.show_to([use], use.publication_class)
        return use
