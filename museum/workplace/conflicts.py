"""Two people edit one record at the same time: whoever saves second is told first, with all that was typed still in the form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.views.generic import RevisionsRevertMixin

# Sent by a form whose reader has read Wagtail's own warning, and pressed “Continue”.
KNOWN = "conflict_known"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody's version that is newer than the one in the form. ``compare``: where the two are put side by side."""

    name: str
    saved_at: datetime
    compare: str

    def __str__(self) -> str:
        return _("Not saved yet: %(name)s saved this record while you were editing it.") % {"name": self.name}


class Overtaken(Exception):
    """Somebody (a batch edit, another form) saved a version between the reading of this form's record and its own saving."""


class ToldOfConflicts:
    """For Wagtail's edit views of records with versions. (Wagtail's own warning comes a few seconds late, and from the browser alone.)"""

    conflict: Conflict | None = None
    request: Any
    object: Any
    model: Any
    is_out_of_date: bool
    expects_json_response: bool
    latest_revision: Any

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()  # type: ignore[misc]
        if "data" in kwargs and self.is_out_of_date:
            kwargs["data"] = without_gone_rows(kwargs["data"], self.get_form_class(), self.object)  # type: ignore[attr-defined]
        return kwargs

    def is_valid(self, form: Any) -> bool:
        if not self.expects_json_response and self.is_out_of_date and KNOWN not in self.request.POST:
            self._tell(self.object)
            return False
        return super().is_valid(form)  # type: ignore[misc]

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except Overtaken:
            self._read_anew()
            return self.form_invalid(self.get_form())  # type: ignore[attr-defined]

    def _read_anew(self) -> None:
        """The page that tells of it is about the newest version: whoever sends it once more has been told."""
        self.object = self.get_object()  # type: ignore[attr-defined]
        for known in ("latest_revision", "latest_revision_created_at"):
            self.__dict__.pop(known, None)
        self.is_out_of_date = True
        self._tell(self.object)

    def save_instance(self) -> Any:
        """Within the transaction that saves: the record is held as batch edits hold it, and is still what the form was checked against."""
        self._hold()
        self.held()
        return super().save_instance()  # type: ignore[misc]

    def held(self) -> None:
        """Called when nobody else can save the record until this form has."""

    def _hold(self) -> None:
        read = self.latest_revision
        record = self.model._default_manager.filter(pk=self.object.pk).order_by()
        record.select_for_update().values_list("pk").first()  # waits for whoever saves it just now
        now = record.values_list("latest_revision_id", "latest_revision__created_at").first()
        if now is not None and now != ((read.pk, read.created_at) if read else (None, None)):
            raise Overtaken

    def _tell(self, draft: Any) -> None:
        self.conflict = conflict_of(draft, self.request.POST.get("loaded_revision_id", ""))
        self.produced_error_code, self.produced_error_message = "invalid_revision", str(self.conflict)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(conflict=self.conflict, **kwargs)  # type: ignore[misc]
        # with a conflict on the page, only a button covers what the other person saved
        return {**context, "autosave_enabled": context["autosave_enabled"] and self.conflict is None}


class HeldRevert(RevisionsRevertMixin):
    """Wagtail's way back to an older version, which saves by itself: it holds the record as the form does."""

    def save_instance(self) -> Any:
        self._hold()
        self.held()
        return super().save_instance()


class RevertsHeld:
    """For viewsets whose edit view is told of conflicts."""

    edit_view_class: Any

    @cached_property
    def revisions_revert_view_class(self) -> Any:
        return type("RevertView", (HeldRevert, self.edit_view_class), {"view_name": "revisions_revert"})


def conflict_of(draft: Any, loaded: str) -> Conflict:
    """What is told about the newest version of ``draft`` to who began with the version ``loaded``."""
    newest = draft.latest_revision
    user = newest.user
    name = (user.get_full_name() or user.get_username()) if user else _("Somebody")
    names = type(draft).snippet_viewset.get_url_name
    known = loaded.isascii() and loaded.isdigit() and len(loaded) < 19 and int(loaded) != newest.pk
    if known and draft.revisions.filter(pk=int(loaded)).exists():
        compare = reverse(names("revisions_compare"), args=[draft.pk, loaded, newest.pk])
    else:
        compare = reverse(names("history"), args=[draft.pk])
    return Conflict(name, newest.created_at, compare)


def without_gone_rows(data: QueryDict, form_class: Any, draft: Any) -> QueryDict:
    """The form as sent, in which rows that the other person took away are new ones: their keys lead nowhere any more."""
    data = data.copy()
    for relation in form_class.formsets:
        there = {str(row.pk) for row in getattr(draft, relation).all()}
        for name in [name for name in data if name.startswith(f"{relation}-") and name.endswith("-id")]:
            if data[name] and data[name] not in there:
                data[name] = ""
    return data
