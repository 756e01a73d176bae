"""Ticked objects of the list go on a worklist, or are taken off it. A worklist is changed by its owner alone."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from artifacts.models import Artifact
from museum.workplace.models import Worklist, WorklistEntry
from museum.workplace.objects.bulk import ObjectBulkAction
from museum.workplace.searching.asking import MOST_IN_WORKLIST
from records.models import RecordError


class WorklistForm(forms.Form):
    """Which of the person's worklists."""

    worklist = forms.ModelChoiceField(Worklist.objects.none(), label=_("Worklist"))

    def __init__(self, *args: Any, owner: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worklist"].queryset = Worklist.objects.filter(owner=owner)  # type: ignore[attr-defined]


class WorklistAction(ObjectBulkAction):
    """Something done with a worklist of one's own; the one that the list shows is chosen already."""

    permission = "view"
    changes = False
    form_class = WorklistForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "owner": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "worklist": QueryDict(urlsplit(self.request.GET.get("next", "")).query).get("worklist")}

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        return ngettext("%(n)d object: done.", "%(n)d objects: done.", num_parent_objects) % {"n": num_parent_objects}


class PutOnWorklist(WorklistAction):
    """Put objects on a worklist."""

    display_name = _("Put on a worklist")
    action_type = "put-on-worklist"
    aria_label = _("Put the ticked objects on a worklist")
    action_priority = 40
    explanation = _("The objects themselves are not changed. A worklist holds at most 10,000 of them.")

    @classmethod
    def execute_action(cls, objects: list[Artifact], form: Any = None, **kwargs: Any) -> tuple[int, int]:
        worklist = _chosen(form)
        there = set(worklist.entries.filter(artifact__in=objects).values_list("artifact_id", flat=True))
        new = [WorklistEntry(worklist=worklist, artifact=artifact) for artifact in objects if artifact.pk not in there]
        new = new[: max(MOST_IN_WORKLIST - worklist.entries.count(), 0)]
        WorklistEntry.objects.bulk_create(new, ignore_conflicts=True)
        return len(new), 0


class TakeOffWorklist(WorklistAction):
    """Take objects off a worklist."""

    display_name = _("Take off a worklist")
    action_type = "take-off-worklist"
    aria_label = _("Take the ticked objects off a worklist")
    action_priority = 50
    explanation = _("The objects themselves are not changed.")

    @classmethod
    def execute_action(cls, objects: list[Artifact], form: Any = None, **kwargs: Any) -> tuple[int, int]:
        gone, _by_kind = _chosen(form).entries.filter(artifact__in=objects).delete()
        return gone, 0


def _chosen(form: Any) -> Worklist:
    if form is None:
        raise RecordError(_("Choose the worklist."))
    return form.cleaned_data["worklist"]
