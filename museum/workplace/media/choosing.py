"""The search field of the chooser of files."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm

from media.models import Asset


class FileFilterForm(BaseFilterForm):
    """A file's name, and its kind."""

    q = forms.CharField(label=_("File name"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("all kinds")), *Asset.Kind.choices])

    def filter(self, objects: QuerySet[Asset]) -> QuerySet[Asset]:
        objects = super().filter(objects)
        if name := self.cleaned_data.get("q"):
            self.is_searching, self.search_query = True, name
            objects = objects.filter(original_filename__icontains=name)
        if kind := self.cleaned_data.get("kind"):
            objects = objects.filter(kind=kind)
        return objects
