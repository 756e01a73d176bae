"""Wagtail's views of an object, with what the museum adds: record card, side panel, tidy autosave."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.widgets.button import Button
from wagtail.locks import BasicLock, WorkflowLock
from wagtail.models import WorkflowState
from wagtail.snippets.views.snippets import CopyView, CreateView, EditView, UnpublishView

from artifacts.models import Artifact
from artifacts.models.artifact import NOT_IN_VERSIONS
from museum.workplace.conflicts import ToldOfConflicts
from museum.workplace.media.listed import VIEW, list_context
from museum.workplace.media.viewset import small_picture
from museum.workplace.objects import restricted
from museum.workplace.objects.lying import followed, lying, main_picture
from museum.workplace.objects.rows import know_all, know_empty
from museum.workplace.objects.showing import standing_of, state_of
from museum.workplace.objects.side import RecordSidePanel

# Columns that others may change while an object is being edited.
STANDING = (
    *NOT_IN_VERSIONS,
    *("live", "has_unpublished_changes", "first_published_at", "last_published_at", "latest_revision_id"),
    *("locked", "locked_at", "locked_by_id"),
)


class KnowsAutosave:
    """Tells the form when it is saved in passing: what is still being typed is then left alone."""

    expects_json_response: bool

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)  # type: ignore[misc]
        form.in_passing = bool(self.expects_json_response)
        return form

    def get_available_actions(self) -> list[str]:
        """A form that saves itself presses no button: one that is being sent still holds the button's name, and would publish or approve twice."""
        return [] if self.expects_json_response else super().get_available_actions()  # type: ignore[misc]


def asked_for(artifact: Artifact) -> str:
    """What the reviewer wrote who sent the object back; empty when nobody did."""
    state = artifact.current_workflow_state
    task = state.current_task_state if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES else None
    if task is None:
        return ""
    who = task.finished_by and (task.finished_by.get_full_name() or task.finished_by.get_username())
    words = task.get_comment()
    if not words:
        return _now("%(name)s asks for changes.") % {"name": who or _now("The reviewer")}
    return _now("%(name)s asks for changes: “%(comment)s”") % {"name": who or _now("The reviewer"), "comment": words}


def closed_by(lock: Any) -> str:
    """Why a form cannot be saved that was open when its object was closed."""
    if isinstance(lock, BasicLock):
        who = lock.object.locked_by
        name = (who and (who.get_full_name() or who.get_username())) or _now("Somebody")
        return _now("Not saved: %(name)s has locked this object. What you typed stands below: save it when the lock is gone.") % {
            "name": name
        }
    if isinstance(lock, WorkflowLock):
        return _now("Not saved: this object is in review. What you typed stands below: save it when the review is over.")
    return _now("Not saved: this object waits for its hour to go live. What you typed stands below: save it when that is over.")


class NotSavedYet(KnowsAutosave):
    """Has the side panel in its place, which is filled when the object has saved itself."""

    form: Any
    request: Any

    def get_side_panels(self) -> MediaContainer:
        return MediaContainer([*super().get_side_panels(), RecordSidePanel(self.form.instance, self.request)])  # type: ignore[misc]


class ObjectCreate(NotSavedYet, CreateView):
    """A new object."""


class ObjectCopy(NotSavedYet, CopyView):
    """A copy: everything but its pictures, its schedule, and the numbers and keys by which one object alone is known."""

    def get_initial_form_instance(self) -> Any:
        copy = super().get_initial_form_instance()
        copy.accession_number = copy.source = copy.source_id = ""
        copy.go_live_at = copy.expire_at = None
        copy.identifiers.set([])
        return copy

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        restricted.point(form)
        return form


class ObjectEdit(ToldOfConflicts, KnowsAutosave, EditView):
    """An object, as a record card."""

    partials_template_name = "wagtailsnippets/snippets/artifacts/artifact/edit_partials.html"

    _shown: Any = None

    def get_object(self, queryset: Any = None) -> Any:
        """Wagtail asks twice for what it shows; what is sent is read anew, as it stands then."""
        if self._shown is not None:
            return self._shown
        draft = super().get_object(queryset)
        if self.request.method == "GET":
            _know_their_reviews(draft, self.live_object)
            know_empty(draft)
            self._shown = draft
        else:
            know_all(draft)
        return draft

    revision: Any = None  # the one that is to be restored
    locked_for_user: Any

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        if "data" in kwargs:
            kwargs["data"] = followed(kwargs["data"], self.object.pk)
        return kwargs

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        restricted.point(form, self.revision or self.latest_revision)
        return form

    def is_valid(self, form: Any) -> bool:
        """Somebody has closed the object while this form was open: who, and the form stays open with what was typed, to be saved when that is over."""
        if not self.locked_for_user:
            return super().is_valid(form)
        self.produced_error_code, self.produced_error_message = "locked", closed_by(self.lock)
        self.locked_for_user = False
        return False

    def held(self) -> None:
        """What was published, locked or withdrawn while this form was on its way stays so: a draft's row is saved whole."""
        self.form.instance.renew(STANDING)

    def workflow_action_action(self) -> Any:
        """Two reviewers may press their buttons at the same moment."""
        if self.object.current_workflow_task is None:
            messages.warning(self.request, _now("The review is over already: somebody else has decided. Your text is kept as a draft."))
            return None
        return super().workflow_action_action()

    def get_side_panels(self) -> MediaContainer:
        panels = list(super().get_side_panels())
        if not self.expects_json_response:
            panels.append(RecordSidePanel(self.object, self.request))
        return MediaContainer(panels)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        main = main_picture(self.object.pk)
        title = next((title.text for title in self.object.titles.all()), "")
        live = self.live_object
        live.review, live.scheduled = getattr(live.current_workflow_state, "status", None), live.approved_schedule
        picture = small_picture(main.asset if main else None)
        if self.hydrate_create_view and self.request.user.has_perm(VIEW):
            kwargs.update(list_context(live, self.request.user))
        card = {"picture": picture, "title": title, "state": state_of(live), "standing": standing_of(live), "asked": asked_for(live)}
        return super().get_context_data(card=card, lying=lying(main), **kwargs)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = list(super().header_more_buttons)
        user, pk = self.request.user, self.object.pk
        buttons.append(Button(_("Pictures"), url=reverse("workplace:pictures", args=[pk]), icon_name="image", priority=30))
        if user.has_perm("artifacts.withdraw_artifact"):
            if self.live_object.withdrawn_on:
                buttons.append(Button(_("Restore"), url=reverse("workplace:restore", args=[pk]), icon_name="resubmit", priority=40))
            else:
                buttons.append(Button(_("Withdraw"), url=reverse("workplace:withdraw", args=[pk]), icon_name="no-view", priority=40))
        if user.has_perm("artifacts.merge_artifact"):
            buttons.append(
                Button(_("Merge into another object"), url=reverse("workplace:merge", args=[pk]), icon_name="redirect", priority=50)
            )
        return buttons


class ObjectUnpublish(UnpublishView):
    """Takes an object out of sight, with all that follows from it or not at all."""

    @transaction.atomic
    def unpublish(self) -> Any:
        return super().unpublish()


def _know_their_reviews(*records: Any) -> None:
    """Ask once for the review that is under way: a form shown asks for it a dozen times. (``prefetch_workflow_states`` does it for lists.)"""
    reviews = list(records[0].workflow_states.active().select_related("current_task_state__task")[:1])
    for record in records:
        record._current_workflow_states = reviews
