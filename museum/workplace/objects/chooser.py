"""Choosing objects: by number or title, within the user's departments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChosenMultipleView,
    SnippetChosenView,
)

from artifacts.models import Artifact
from artifacts.permissions import within_departments
from museum.workplace.choosing import ChoosingOnly
from museum.workplace.compact import KnowingChooser
from museum.workplace.objects.finding import found
from museum.workplace.objects.showing import listed, picture_of, title_of


class ObjectFilterForm(BaseFilterForm):
    """A field for number or title."""

    q = forms.CharField(label=_("Number or title"), required=False)

    def filter(self, objects: QuerySet[Artifact]) -> QuerySet[Artifact]:
        objects = super().filter(objects)
        if words := self.cleaned_data.get("q"):
            self.is_searching, self.search_query = True, words
            objects = found(objects, words)
        return objects


class WithinDepartments:
    """Offers objects of the user's departments alone."""

    request: Any
    filter_form_class = ObjectFilterForm

    def get_object_list(self) -> QuerySet[Artifact]:
        return listed(self.request.user)

    @property
    def columns(self) -> list[Column]:
        """Without Wagtail's column of states, which asks the database once per row."""
        number = self.title_column  # type: ignore[attr-defined]
        number.label, number.accessor = _("Number"), "accession_number"
        return [
            number,
            Column("picture", label=_("Picture"), accessor=picture_of),
            Column("object_title", label=_("Title"), accessor=title_of),
            Column("department", label=_("Department")),
        ]

    def can_create(self) -> bool:
        return False


class Choose(WithinDepartments, ChooseView):
    pass


class ChooseResults(WithinDepartments, ChooseResultsView):
    pass


class Chosen(SnippetChosenView):
    def get_object(self, pk: Any) -> Artifact:
        return within_departments(self.request.user, Artifact.objects.all()).get(pk=pk)


class ChosenMultiple(SnippetChosenMultipleView):
    def get_objects(self, pks: Any) -> QuerySet[Artifact]:
        return within_departments(self.request.user, Artifact.objects.filter(pk__in=pks))


class ObjectChooserViewSet(ChoosingOnly):
    """The chooser of objects. They are made in their own form."""

    base_widget_class = KnowingChooser

    choose_view_class = Choose
    choose_results_view_class = ChooseResults
    chosen_view_class = Chosen
    chosen_multiple_view_class = ChosenMultiple
