"""What is done with many ticked objects at once. Objects outside the user's departments are not even named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.permissions import policy_registry
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from artifacts.models import Artifact, ArtifactSet
from artifacts.permissions import within_departments
from artifacts.required import NotComplete
from museum.workplace.searching import asking
from museum.workplace.searching.saved import keys_of
from records.models import RecordError
from vocabularies.models import CollectionSet

MOST = 500
SENTENCES = 10  # refusals that are told one by one


def is_locked_for(artifact: Artifact, user: Any) -> bool:
    """True while somebody else keeps it closed: by a lock, in a review, or until its hour comes."""
    lock = artifact.get_lock()
    return lock is not None and lock.for_user(user)


class ObjectBulkAction(SnippetBulkAction):
    """An act on objects of the user's departments, at most 500 at once."""

    models = [Artifact]
    permission = "change"
    changes = True  # the objects themselves: not while somebody else has locked them
    template_name = "workplace/objects/bulk.html"

    @classmethod
    def is_offered(cls, user: Any) -> bool:
        """False for those who may do it with no object at all."""
        return policy_registry.get_by_type(Artifact).user_has_permission(user, cls.permission)

    def check_perm(self, obj: Artifact) -> bool:
        return self.permission_policy.user_has_permission_for_instance(self.request.user, self.permission, obj)

    def get_all_objects_in_listing_query(self, parent_id: Any) -> Any:
        """What the list shows from which the act was chosen."""
        address = QueryDict(urlsplit(self.request.GET.get("next", "")).query)
        return keys_of(asking.asked(address, self.request.user), self.request.user, most=MOST + 1)

    def get_actionable_objects(self) -> tuple[list[Artifact], dict[str, list[Artifact]]]:
        ids = self.request.GET.getlist("id")
        ids = list(self.get_all_objects_in_listing_query(None)) if "all" in ids else [pk for pk in ids if pk.isascii() and pk.isdigit()]
        known = within_departments(self.request.user, Artifact.objects.filter(pk__in=ids[:MOST])).prefetch_related("titles")
        allowed = [artifact for artifact in known if self.check_perm(artifact)]
        closed = [artifact for artifact in allowed if self.changes and is_locked_for(artifact, self.request.user)]
        return [artifact for artifact in allowed if artifact not in closed], {
            "items_with_no_access": [artifact for artifact in known if artifact not in allowed],
            "locked_items": closed,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "action": self, "most": MOST}

    def get_execution_context(self) -> dict[str, Any]:
        return {**super().get_execution_context(), "user": self.request.user, "form": self.cleaned_form}

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        return ngettext("%(n)d object was changed.", "%(n)d objects were changed.", num_parent_objects) % {"n": num_parent_objects}


class Publish(ObjectBulkAction):
    """Publish the latest drafts."""

    display_name = _("Publish")
    action_type = "publish"
    aria_label = _("Publish the ticked objects")
    action_priority = 10
    permission = "publish"
    explanation = _(
        "Their latest drafts go live, with the pictures that wait for it. What lacks something that its type requires stays a draft."
    )
    refused: Sequence[str] = ()

    @classmethod
    def execute_action(cls, objects: list[Artifact], user: Any = None, refused: list[str] | None = None, **kwargs: Any) -> tuple[int, int]:
        """Publishes all that may be; a sentence for each that its type keeps back goes to ``refused``."""
        done = 0
        for artifact in objects:
            try:
                with transaction.atomic():
                    revision = artifact.latest_revision if artifact.has_unpublished_changes or not artifact.live else None
                    (revision or artifact.save_revision(user=user)).publish(user=user)
                    done += 1
            except NotComplete as lacking:
                if refused is None:
                    raise
                refused.append(str(lacking))
        return done, 0

    def get_execution_context(self) -> dict[str, Any]:
        self.refused = []
        return {**super().get_execution_context(), "refused": self.refused}

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        return super().get_success_message(num_parent_objects, num_child_objects) if num_parent_objects or not self.refused else None

    def form_valid(self, form: Any) -> Any:
        response = super().form_valid(form)
        for told in self.refused[:SENTENCES]:
            messages.error(self.request, told)
        more = len(self.refused) - SENTENCES
        if more > 0:
            messages.error(
                self.request, ngettext("%(n)d more object was not published.", "%(n)d more objects were not published.", more) % {"n": more}
            )
        return response


class Unpublish(ObjectBulkAction):
    """Take objects off the public pages."""

    display_name = _("Unpublish")
    action_type = "unpublish"
    aria_label = _("Unpublish the ticked objects")
    action_priority = 20
    permission = "publish"
    explanation = _("Their pages answer that the object was here and is not shown now.")

    @classmethod
    def execute_action(cls, objects: list[Artifact], user: Any = None, **kwargs: Any) -> tuple[int, int]:
        live = [artifact for artifact in objects if artifact.live]
        for artifact in live:
            artifact.unpublish(user=user)
        return len(live), 0


class SetForm(forms.Form):
    """To which collection."""

    collection = forms.ModelChoiceField(CollectionSet.objects.all(), label=_("Collection"))


class AddToCollection(ObjectBulkAction):
    """Put objects into a named collection."""

    display_name = _("Add to a collection")
    action_type = "add-to-collection"
    aria_label = _("Add the ticked objects to a collection")
    action_priority = 30
    form_class = SetForm
    explanation = _(
        "Live objects show it at once if you may publish; otherwise it waits in their drafts. Those that are in it already stay as they are."
    )

    @classmethod
    def execute_action(cls, objects: list[Artifact], user: Any = None, form: Any = None, **kwargs: Any) -> tuple[int, int]:
        if form is None:
            raise RecordError(_("Choose the collection."))
        chosen = form.cleaned_data["collection"]
        changed = 0
        for artifact in objects:
            with transaction.atomic():
                changed += _add(artifact, chosen, user)
        return changed, 0


def _add(artifact: Artifact, chosen: CollectionSet, user: Any) -> int:
    """Into the row, and into the draft that would otherwise take it away again; of a live object into the draft alone by who may not publish."""
    added = 0
    waits = artifact.live and not (user and user.has_perm("artifacts.publish_artifact"))
    if not waits and not ArtifactSet.objects.filter(artifact=artifact, set=chosen).exists():
        ArtifactSet.objects.create(artifact=artifact, set=chosen)
        added = 1
    if waits or artifact.has_unpublished_changes:
        draft = artifact.get_latest_revision_as_object()
        if not any(member.set_id == chosen.pk for member in draft.sets.all()):
            draft.sets.add(ArtifactSet(set=chosen))
            draft.save_revision(user=user)
            added = 1
    return added
