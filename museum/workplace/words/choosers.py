"""Choosing vocabulary records: search over labels and names, and a tab to add a new one that warns of duplicates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist, PermissionDenied, ValidationError
from django.db.models import ForeignKey, Model, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.forms.models import WagtailAdminModelForm, register_form_field_override
from wagtail.admin.ui.tables import Column
from wagtail.permissions import policy_registry
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
    SnippetCreateView,
)

from museum.workplace.compact import KnowingChooser
from museum.workplace.words.finding import found, same_label
from vocabularies import merging
from vocabularies.models import Department, Vocabulary
from vocabularies.roles import departments_of, works_everywhere


class WordFilterForm(BaseFilterForm):
    """A field for any label or name; for terms, the vocabulary too."""

    q = forms.CharField(label=_("Label or name"), required=False)

    def filter(self, records: QuerySet) -> QuerySet:
        records = super().filter(records)
        if words := self.cleaned_data.get("q"):
            self.is_searching, self.search_query = True, words
            records = found(records, words)
        return records


class TermFilterForm(WordFilterForm):
    vocabulary = forms.ModelChoiceField(Vocabulary.objects.all(), label=_("Vocabulary"), required=False, empty_label=_("all vocabularies"))

    def filter(self, records: QuerySet) -> QuerySet:
        records = super().filter(records)
        if vocabulary := self.cleaned_data.get("vocabulary"):
            records = records.filter(vocabulary=vocabulary)
        return records


class MayView:
    """Choosers are part of the workplace: they ask for the right to see such records."""

    request: HttpRequest
    model_class: type[Model]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        policy = policy_registry.get_by_type(self.model_class)
        if not policy.user_has_any_permission(request.user, ["view", "add", "change"]):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class Words(MayView):
    """What the list and its results share."""

    filter_form_class: Any = WordFilterForm

    def get_filter_form_class(self) -> Any:
        return TermFilterForm if hasattr(self.model_class, "vocabulary") else WordFilterForm

    def get_object_list(self) -> QuerySet:
        records = self.model_class._default_manager.all()
        if self.model_class is Department and not works_everywhere(self.request.user):
            records = records.filter(pk__in=departments_of(self.request.user))
        related = [name for name in ("vocabulary", "broader", "museum") if _has(self.model_class, name)]
        return records.select_related(*related)

    @property
    def columns(self) -> list[Column]:
        columns = super().columns  # type: ignore[misc]
        for name, label in (("vocabulary", _("Vocabulary")), ("broader", _("Part of")), ("life_dates", _("Dates"))):
            if _has(self.model_class, name):
                columns.append(Column(name, label=label))
        return columns


class Adding:
    """The form of the tab “Add new”. Its fields have ids of their own: the search beside it and the form behind the window have a vocabulary and a museum, too."""

    def get_creation_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_creation_form_kwargs(), "auto_id": "id_new_%s"}  # type: ignore[misc]


class Choose(Adding, Words, ChooseView):
    pass


class ChooseResults(Adding, Words, ChooseResultsView):
    pass


class Chosen(MayView, SnippetChosenView):
    pass


class ChosenMultiple(MayView, SnippetChosenMultipleView):
    pass


class Create(Adding, SnippetCreateView):
    """Adds a record; one that bears the same label already is named first, and the second press of the button adds it."""


class NewWordForm(WagtailAdminModelForm):
    """The tab “create new”: a label, what kind it is, and the confirmation asked for when such a label exists."""

    confirmed = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        label = cleaned.get("label")
        if not label or self.errors:
            return cleaned
        key = "|".join(sorted(item["text"] for item in label.values()))
        twins = list(same_label(self._meta.model, label, vocabulary=cleaned.get("vocabulary"))[:5])
        if twins and cleaned.get("confirmed") != key:
            # the hidden field comes back with the next press
            self.data = self.data.copy()  # type: ignore[has-type]
            self.data[self.add_prefix("confirmed")] = key
            names = ", ".join(f"{twin} ({twin.public_id})" for twin in twins)
            self.add_error(
                "label",
                _("There is already: %(names)s. Choose it under “Search”, or press the button again to add another one.")
                % {"names": names},
            )
        return cleaned


class WordField(forms.ModelChoiceField):
    """A record of a vocabulary. A form that was open while its record was merged means the one that stayed."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError:
            stays = self._merged_into(value)
            if stays is None:
                raise
            return super().to_python(stays)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What a form that is refused for another reason goes on showing."""
        return super().bound_data(self._merged_into(data) or data, initial)

    def _merged_into(self, value: Any) -> int | None:
        key = str(value or "")
        model = self.queryset.model if self.queryset is not None else None
        return merging.stays(model, int(key)) if model and key.isdecimal() and len(key) < 19 else None


class WordChooserViewSet(SnippetChooserViewSet):
    """The chooser of a vocabulary's records."""

    base_widget_class = KnowingChooser

    choose_view_class = Choose
    choose_results_view_class = ChooseResults
    chosen_view_class = Chosen
    chosen_multiple_view_class = ChosenMultiple
    create_view_class = Create
    creation_tab_label = _("Add new")
    create_action_label = _("Add and choose")

    def on_register(self) -> None:
        super().on_register()
        if self.model in merging.MERGEABLE:
            register_form_field_override(ForeignKey, to=self.model, override={"widget": self.widget_class, "form_class": WordField})

    @cached_property
    def creation_form_class(self) -> Any:
        from wagtail.admin.panels.base import get_form_for_model

        fields = [name for name in ("label", "kind", "vocabulary", "broader", "museum", "code") if _has(self.model, name)]
        if self.model is Vocabulary:
            fields = ["label", "code"]
        return get_form_for_model(self.model, form_class=NewWordForm, fields=[*fields, "confirmed"])


def _has(model: type[Model], name: str) -> bool:
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True
