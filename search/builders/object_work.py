"""What the workplace knows of an object besides its record: who made and changed it, where its draft stands, what it lacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_save
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import GroupApprovalTask, ModelLogEntry, TaskState, WorkflowState

from artifacts.models import Artifact
from records import journal
from records.projection import RecordData, View
from search.builders.column_values import day_of
from search.builders.object_columns import stale_translations
from search.columns import Columns

# Codes of ``state:`` with what they mean.
STATES = {
    "draft": _("never published"),
    "live": _("live"),
    "public": _("public"),
    "changed": _("with unpublished changes"),
    "review": _("in review"),
    "scheduled": _("scheduled"),
    "embargo": _("under embargo"),
    "withdrawn": _("withdrawn"),
    "merged": _("merged into another object"),
    "locked": _("locked"),
    "no_picture": _("no picture"),
    "failed_picture": _("a picture that failed"),
    "waiting_picture": _("a picture that is being prepared or waits for publication"),
    "rights_missing": _("no rights statement"),
    "translation_stale": _("a translation that is out of date"),
}


def connect() -> None:
    """A workflow's steps change no record, and yet what is found by ``state:review`` and ``reviewer:me``."""
    post_save.connect(_stepped, sender=WorkflowState, dispatch_uid="search-workflow-state")
    for model in (TaskState, *TaskState.__subclasses__()):
        post_save.connect(_stepped, sender=model, dispatch_uid=f"search-{model.__name__}")


def _stepped(instance: Any, raw: bool = False, **_: Any) -> None:
    state = instance if isinstance(instance, WorkflowState) else instance.workflow_state
    if not raw and state.base_content_type_id == ContentType.objects.get_for_model(Artifact).pk and str(state.object_id).isdigit():
        journal.changed("object", int(state.object_id))


@dataclass(slots=True)
class Work:
    """Facts of one object. People are (key, names)."""

    created_by: tuple[int, tuple[str, ...]] | None = None
    changed_by: tuple[int, tuple[str, ...]] | None = None
    locked_by: tuple[int, tuple[str, ...]] | None = None
    created: date | None = None
    changed: date | None = None
    merged: bool = False
    in_review: bool = False
    reviewers: set[str] = field(default_factory=set)


def works(pks: Sequence[int]) -> dict[int, Work]:
    """What the workplace knows of these objects: a few queries for the whole batch."""
    found = {pk: Work() for pk in pks}
    people: dict[str, dict[int, int]] = {"created_by": {}, "changed_by": {}, "locked_by": {}}
    columns = (
        "pk",
        "created_at",
        "updated_at",
        "locked_by_id",
        "merged_into_id",
        "latest_revision__user_id",
        "latest_revision__created_at",
    )
    for pk, created, updated, locked_by, merged, editor, edited in Artifact.objects.filter(pk__in=pks).values_list(*columns):
        work = found[pk]
        work.created, work.changed, work.merged = day_of(created), day_of(edited or updated), merged is not None
        people["locked_by"] |= {pk: locked_by} if locked_by else {}
        people["changed_by"] |= {pk: editor} if editor else {}
    people["created_by"] = _creators(pks)
    names = _names({key for of in people.values() for key in of.values()})
    for what, of in people.items():
        for pk, key in of.items():
            if pk in found and key in names:
                setattr(found[pk], what, (key, names[key]))
    for pk, groups in _reviews(pks).items():
        found[pk].in_review, found[pk].reviewers = True, groups
    return found


def _creators(pks: Sequence[int]) -> dict[int, int]:
    """Who entered the objects, by the log. The first revision does not say so: of what was imported it is the first change, perhaps a batch edit's."""
    kind = ContentType.objects.get_for_model(Artifact)
    entries = ModelLogEntry.objects.filter(
        content_type=kind, object_id__in=[str(pk) for pk in pks], action="wagtail.create", user_id__isnull=False
    )
    return {int(pk): user for pk, user in entries.order_by("-pk").values_list("object_id", "user_id")}


def _names(keys: set[int]) -> dict[int, tuple[str, ...]]:
    users = get_user_model().objects.filter(pk__in=keys)
    return {user.pk: tuple(dict.fromkeys(filter(None, (user.get_full_name(), user.get_username())))) for user in users}


def _reviews(pks: Sequence[int]) -> dict[int, set[str]]:
    """Objects in a workflow, with the groups whose decision they wait for."""
    kind = ContentType.objects.get_for_model(Artifact)
    states = WorkflowState.objects.filter(
        base_content_type=kind,
        object_id__in=[str(pk) for pk in pks],
        status__in=[WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES],
    )
    tasks: dict[int, set[str]] = defaultdict(set)
    rows = list(states.values_list("object_id", "current_task_state__task_id", "current_task_state__status"))
    wanted = {task for _, task, status in rows if task and status == TaskState.STATUS_IN_PROGRESS}
    for task, group in GroupApprovalTask.objects.filter(pk__in=wanted).values_list("pk", "groups__name"):
        if group:
            tasks[task].add(group)
    return {int(pk): tasks.get(task, set()) if status == TaskState.STATUS_IN_PROGRESS else set() for pk, task, status in rows}


def put(made: Columns, data: RecordData, view: View, work: Work) -> None:
    """The columns of what the workplace knows."""
    for name in ("created_by", "changed_by", "locked_by"):
        if person := getattr(work, name):
            made.values[name].add(f"user:{person[0]}")
            made.texts[name] += person[1]
    for name in ("created", "changed"):
        if day := getattr(work, name):
            made.numbers[name].add(day.toordinal())
    made.values["reviewer"] |= {f"team:{group}" for group in work.reviewers}
    made.texts["reviewer"] += sorted(work.reviewers)
    made.values["state"] |= set(states(data, view, work))
    made.numbers["pictures"].add(len(view["media"]) * 10_000)
    for ref in view.get("exhibitions", ()):
        made.texts["exhibition"] += ref["label"].values()
        made.values["exhibition"].add(ref["id"])
    if view["date"] and (view["date"]["earliest"] is not None or view["date"]["latest"] is not None):
        made.also.add("date")


def states(data: RecordData, view: View, work: Work) -> Iterator[str]:
    """The codes of STATES that hold."""
    row: Any = data.row
    tests = {
        "live": row.get("live"),
        "draft": not row.get("live") and not row.get("first_published_on"),
        "public": row.get("is_public"),
        "changed": row.get("live") and row.get("has_unpublished_changes"),
        "review": work.in_review,
        "scheduled": not row.get("live") and row.get("go_live_at"),
        "embargo": row.get("embargo_until") and row["embargo_until"] > timezone.localdate(),
        "withdrawn": row.get("withdrawn_on"),
        "merged": work.merged,
        "locked": row.get("locked"),
        "no_picture": not view["media"],
        "failed_picture": any(use["state"] == "failed" for use in view["media"]),
        "waiting_picture": any(use["state"] not in {"failed", "ready"} for use in view["media"])
        or any(use.get("published") is False for use in data.children.get("media", ())),
        "rights_missing": not any(right.get("statement") for right in view["rights"]),
        "translation_stale": stale_translations(data, restricted=True),
    }
    return (name for name, holds in tests.items() if holds)
