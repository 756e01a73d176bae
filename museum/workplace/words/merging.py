"""Merging a duplicate: a person, place, term, period, source or set whose every mention becomes one of another."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from artifacts import dependents
from museum.workplace.pages import WorkplacePage
from records.models import RecordError
from vocabularies import merging
from vocabularies.models import Agent, VocabularyRecord
from vocabularies.resolving import KINDS

MODELS = {KINDS[model]: model for model in merging.MERGEABLE}


_EXPLANATION = gettext_lazy(
    "This record is a duplicate. Everything that names it will name the record that you choose, drafts and older versions too; names, links, dates and texts that the other lacks are taken over, and its public address leads there. The duplicate is then gone from lists and searches; what it said is kept in the database, but no button brings it back."
)


def _used(number: int) -> str:
    sentence = ngettext("%(n)d object shows it, or something below it.", "%(n)d objects show it, or something below it.", number)
    return sentence % {"n": number}


def may_merge(user: Any, record: Any) -> bool:
    """Those who merge objects and may change records of this kind."""
    model = type(record)
    change = f"{model._meta.app_label}.change_{model._meta.model_name}"
    return model in merging.MERGEABLE and user.has_perms(["artifacts.merge_artifact", change])


class MergeWordForm(forms.Form):
    """Into which record."""

    into = forms.ModelChoiceField(Agent.objects.none(), label=gettext_lazy("The record that stays"))

    def __init__(self, *args: Any, duplicate: VocabularyRecord, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        model = type(duplicate)
        self.fields["into"].queryset = model._default_manager.exclude(pk=duplicate.pk)  # type: ignore[attr-defined]
        self.fields["into"].widget = model.snippet_viewset.chooser_viewset.widget_class()  # type: ignore[attr-defined]


class MergeWord(WorkplacePage):
    """How often the duplicate is named, what will happen, which record stays."""

    template_name = "workplace/objects/act.html"
    page_title = gettext_lazy("Merge")
    header_icon = "redirect"

    @cached_property
    def record(self) -> Any:
        model = MODELS.get(self.kwargs["kind"])
        if model is None:
            raise Http404("No records of that kind are merged.")
        return get_object_or_404(model, pk=self.kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_merge(request.user, self.record):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def edit_address(self, record: Any) -> str:
        return reverse(record.snippet_viewset.get_url_name("edit"), args=[record.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or MergeWordForm(duplicate=self.record)
        return super().get_context_data(
            form=form,
            media=form.media,
            artifact=self.record,
            explanation=f"{_EXPLANATION} {_used(dependents.count(self.record))}",
            button=self.page_title,
            edit_url=self.edit_address(self.record),
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = MergeWordForm(request.POST, duplicate=self.record)
        if form.is_valid():
            into, name = form.cleaned_data["into"], str(self.record)
            try:
                moved = merging.merge(self.record, into, request.user)
            except RecordError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _told(name, str(into), moved))
                return redirect(self.edit_address(into))
        return self.render_to_response(self.get_context_data(form=form))


def _told(name: str, into: str, moved: int) -> str:
    mentions = ngettext("%(n)d mention was moved.", "%(n)d mentions were moved.", moved) % {"n": moved}
    return _("“%(record)s” is now “%(into)s”.") % {"record": name, "into": into} + " " + mentions
