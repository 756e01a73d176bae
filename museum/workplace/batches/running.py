"""Batch edits on their way: row by row, each in a transaction of its own, by the worker; stopped and gone on with; undone.

Every change is a revision in the object's history, made as the person who ordered it, with the permissions that he has now.
"""

from __future__ import annotations

import hashlib
import json
import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import OperationalError, transaction
from django.db.models import Count
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task
from wagtail.actions.edit import EditAction
from wagtail.permissions import policy_registry

from artifacts.models import Artifact
from museum.workplace.batches.changing import Change, ChangeError, change_of
from museum.workplace.models import BatchEdit, BatchRow
from museum.workplace.searching import cells
from records import clusters, languages
from records.models import RecordError
from search.language import reader_of

log = logging.getLogger(__name__)

CHUNK = 20
SHOWN = 2_000  # characters of a text that is shown before and after
_VOLATILE = ("updated_at", "latest_revision", "last_published_at", "first_published_at", "live_revision", "has_unpublished_changes")


def prepare(user: Any, question: dict[str, Any], query: str, keys: list[int], change: dict[str, Any], *, publish: bool) -> BatchEdit:
    """A batch of these objects, in their order; nothing is tried or changed yet."""
    with transaction.atomic():
        batch = BatchEdit.objects.create(user=user, question=question, query=query, change=change, publish=publish, total=len(keys))
        BatchRow.objects.bulk_create((BatchRow(batch=batch, artifact_id=key) for key in keys), batch_size=500)
    return batch


def start(batch: BatchEdit) -> None:
    """Hand the batch to the worker, for the first time or after a stop; one that was not tried to its end is not begun."""
    if batch.rows.filter(expected="").exists():
        return
    with transaction.atomic():
        moved = BatchEdit.objects.filter(pk=batch.pk, state__in=[BatchEdit.State.PREPARED, BatchEdit.State.STOPPED, BatchEdit.State.FAILED])
        if moved.update(state=BatchEdit.State.RUNNING, stopping=False, error=""):
            _count(batch)  # until now it counted what the dry run expects: no progress of this run
            run_batch.enqueue(batch.pk)


def start_undo(batch: BatchEdit) -> None:
    """Have the worker undo it; what an undo had to leave as it is (locked, changed by a later batch) is tried once more."""
    ended = [BatchEdit.State.FINISHED, BatchEdit.State.STOPPED, BatchEdit.State.FAILED, BatchEdit.State.UNDONE]
    with transaction.atomic():
        moved = BatchEdit.objects.filter(pk=batch.pk, state__in=ended)
        if moved.update(state=BatchEdit.State.UNDOING, stopping=False, error=""):
            batch.rows.filter(outcome=BatchRow.Outcome.KEPT).update(outcome=BatchRow.Outcome.CHANGED, message="")
            _count(batch)
            undo_batch.enqueue(batch.pk)


@task(queue_name="default")
def run_batch(pk: int) -> str:
    """Change what still waits. A worker that dies in between is followed by one that goes on."""
    return _worked(pk, BatchEdit.State.RUNNING, BatchRow.Outcome.WAITING, _change_row, BatchEdit.State.FINISHED)


@task(queue_name="default")
def undo_batch(pk: int) -> str:
    """Put back what nobody has touched since, the last first."""
    return _worked(pk, BatchEdit.State.UNDOING, BatchRow.Outcome.CHANGED, _restore_row, BatchEdit.State.UNDONE)


def _worked(pk: int, state: str, outcome: str, act: Any, done: str) -> str:
    batch = BatchEdit.objects.select_related("user").get(pk=pk)
    if batch.state != state:
        return batch.state
    with translation.override(language_of(batch.user)):
        try:
            change = change_of(batch.change, reader_of(batch.user))
        except ChangeError as error:
            return _end(batch, BatchEdit.State.FAILED, str(error))
        try:
            return _end(batch, done if _all_rows(batch, change, outcome, act) else BatchEdit.State.STOPPED)
        except OperationalError:
            log.exception("Batch edit %d stopped: the database does not answer.", batch.pk)
            return _end(
                batch,
                BatchEdit.State.FAILED,
                _("The database was busy or did not answer. What is done stays done; start it again to go on."),
            )


def _all_rows(batch: BatchEdit, change: Change, outcome: str, act: Any) -> bool:
    """Do it to every row that stands at that outcome; False when it was stopped in between."""
    order = "pk" if outcome == BatchRow.Outcome.WAITING else "-pk"
    while rows := list(batch.rows.filter(outcome=outcome).order_by(order)[:CHUNK]):
        for row in rows:
            _guarded(row, batch, change, act)
        batch.refresh_from_db(fields=["stopping"])
        _count(batch)
        if batch.stopping:
            return False
    return True


def language_of(user: Any) -> str:
    """The language in which the person is told what becomes of a batch."""
    profile = getattr(user, "wagtail_userprofile", None)
    return (profile.get_preferred_language() if profile else "") or "en"


def _guarded(row: BatchRow, batch: BatchEdit, change: Change, act: Any) -> None:
    """One row; what goes wrong with it is written down and hinders no other."""
    try:
        with transaction.atomic():
            act(row, batch, change)
            row.save()
    except OperationalError:  # busy or away: nothing is wrong with the row, and it goes on waiting
        raise
    except (RecordError, ValidationError) as error:
        _refuse(row, sentence_of(error))
    except Exception:
        log.exception("Batch edit %d: object %s could not be changed.", batch.pk, row.artifact_id)
        _refuse(row, _("An error in the software; the server’s log says more."))


def _refuse(row: BatchRow, sentence: str) -> None:
    row.refresh_from_db()
    row.outcome = BatchRow.Outcome.REFUSED if row.outcome == BatchRow.Outcome.WAITING else BatchRow.Outcome.KEPT
    row.message = sentence
    row.save()


def sentence_of(error: RecordError | ValidationError) -> str:
    """What is wrong, in one line."""
    return "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)


def _count(batch: BatchEdit) -> None:
    batch.counts = dict(batch.rows.order_by().values_list("outcome").annotate(n=Count("pk")))
    BatchEdit.objects.filter(pk=batch.pk).update(counts=batch.counts)


def _end(batch: BatchEdit, state: str, error: str = "") -> str:
    _count(batch)
    BatchEdit.objects.filter(pk=batch.pk).update(state=state, error=error, stopping=False, finished_at=timezone.now())
    return state


# -- one row


def hindrance(artifact: Artifact | None, user: Any) -> tuple[str, str]:
    """(outcome, sentence) of why this person cannot change the object by a batch now; empty when nothing hinders."""
    refused, conflict = BatchRow.Outcome.REFUSED, BatchRow.Outcome.CONFLICT
    if artifact is None:
        return refused, _("The object is gone.")
    if not policy_registry.get(artifact).user_has_permission_for_instance(user, "change", artifact):
        return refused, _("You may not change this object.")
    if artifact.withdrawn_on or artifact.merged_into_id:
        return refused, _("The object is withdrawn or merged.")
    lock = artifact.get_lock()
    if lock is not None and lock.for_user(user):
        return conflict, _("The object is locked.")
    if artifact.current_workflow_state is not None:
        return conflict, _("The object is in review.")
    if artifact.live and artifact.has_unpublished_changes:
        editor = artifact.latest_revision.user if artifact.latest_revision else None
        return conflict, _("There is an unpublished draft by %(who)s.") % {"who": editor or _("somebody")}
    return "", ""


def tried(draft: Artifact, change: Change) -> tuple[bool, str, str]:
    """Make the change in the draft, in memory: whether it is another one now, and the field's text before and after. Raises ChangeError."""
    before = text_of(draft, change)
    changed = change.apply(draft)
    if changed and not change.target.relation:
        draft.clean_fields(exclude=[field.name for field in Artifact._meta.fields if field.name != change.target.field])
    return changed, before, text_of(draft, change) if changed else before


def text_of(draft: Artifact, change: Change) -> str:
    """What the field says, as it is shown."""
    target = change.target
    holders = getattr(draft, target.relation).all() if target.relation else [draft]
    texts = []
    for holder in holders:
        if any(getattr(holder, name) != value for name, value in target.fixed):
            continue
        value = getattr(holder, target.field)
        if isinstance(value, dict):
            texts += [f"{text} [{tag}]" for tag, text in languages.plain(value).items()]
        elif value not in (None, ""):
            shown = getattr(holder, f"get_{target.field}_display", None)
            texts.append(str(shown() if shown else value))
    return cells.JOINT.join(texts)[:SHOWN]


def _held(pk: int | None) -> Artifact | None:
    """The object, held until it is saved: what somebody else is saving just now is waited for, and seen."""
    return Artifact.objects.select_for_update(of=("self",)).select_related("latest_revision").filter(pk=pk).first()


def _change_row(row: BatchRow, batch: BatchEdit, change: Change) -> None:
    artifact = _held(row.artifact_id)
    row.before = row.after = row.message = ""  # what the dry run said
    outcome, sentence = hindrance(artifact, batch.user)
    if outcome or artifact is None:
        row.outcome, row.message = outcome, sentence
        return
    draft = artifact.get_latest_revision_as_object()
    clusters.hold(draft)
    content = _content(draft)
    changed, row.before, row.after = tried(draft, change)
    if not changed:
        row.outcome = BatchRow.Outcome.SAME
        return
    publish = will_publish(batch, artifact)
    action = EditAction(draft, user=batch.user, publish=publish, clean=False)
    action.execute(skip_permission_checks=True)  # hindrance() has asked, department by department
    row.content_before, row.was_published = content, publish
    row.revision, row.left_as = action.revision.pk, fingerprint(artifact.pk)
    row.outcome = BatchRow.Outcome.CHANGED
    row.message = what_waits(artifact, publish)


def will_publish(batch: BatchEdit, artifact: Artifact) -> bool:
    """Whether the change goes live: the batch says so, the object is live, and its orderer may publish it."""
    return bool(batch.publish and artifact.live and _may_publish(batch.user, artifact))


def what_waits(artifact: Artifact, publish: bool) -> str:
    """What is said of a change of a live object that does not go live."""
    return "" if publish or not artifact.live else _("A draft; it waits for publication.")


def _may_publish(user: Any, artifact: Artifact) -> bool:
    return bool(policy_registry.get(artifact).user_has_permission_for_instance(user, "publish", artifact))


def _restore_row(row: BatchRow, batch: BatchEdit, change: Change) -> None:
    artifact = _held(row.artifact_id)
    sentence = _touched(row, artifact, batch.user)
    if sentence or artifact is None:
        row.outcome, row.message = BatchRow.Outcome.KEPT, sentence
        return
    draft = artifact.with_content_json(row.content_before)
    publish = row.was_published and artifact.live and _may_publish(batch.user, artifact)
    action = EditAction(draft, user=batch.user, publish=publish, clean=False)
    action.execute(skip_permission_checks=True)
    if artifact.live and not row.was_published:
        _nothing_waits(artifact.pk)
    _free_earlier(row, action.revision.pk)
    waits = row.was_published and artifact.live and not publish
    row.outcome, row.message = BatchRow.Outcome.RESTORED, _("A draft; it waits for publication.") if waits else ""


def _nothing_waits(pk: int) -> None:
    """The draft says again what is live: the batch took no object with unpublished changes, and nobody has touched it since. Left as a
    draft, it would stand in the way of the next batch.
    """
    stored = Artifact.objects.get(pk=pk)
    stored.has_unpublished_changes = False
    stored.save(update_fields=["has_unpublished_changes"])


def _free_earlier(row: BatchRow, revision: int) -> None:
    """The batch before this one finds the object again as it had left it, and so nothing stands in the way of its own undo.

    Only when nobody came between the two, and only when what is stored is the same to the letter.
    """
    before = (row.content_before or {}).get("latest_revision")
    if not before or row.artifact_id is None:
        return
    standing = [BatchRow.Outcome.CHANGED, BatchRow.Outcome.KEPT]
    earlier = BatchRow.objects.filter(artifact_id=row.artifact_id, revision=before, outcome__in=standing)
    if earlier.exists():
        earlier.filter(left_as=fingerprint(row.artifact_id)).update(revision=revision)


def _touched(row: BatchRow, artifact: Artifact | None, user: Any) -> str:
    """Why the object is left as it is; empty when nobody has touched it since."""
    if artifact is None:
        return _("The object is gone.")
    lock = artifact.get_lock()  # asked first: a lock is a change as well, and not the one that the person looks for in the history
    if lock is not None and lock.for_user(user):
        return _("It is locked now.")
    if artifact.latest_revision_id != row.revision or fingerprint(artifact.pk) != row.left_as:
        return _("It was edited since.")
    if artifact.current_workflow_state is not None:
        return _("It is in review now.")
    if not policy_registry.get(artifact).user_has_permission_for_instance(user, "change", artifact):
        return _("You may not change this object.")
    return ""


def _content(draft: Artifact) -> dict[str, Any]:
    return json.loads(json.dumps(draft.serializable_data(), cls=DjangoJSONEncoder))


def fingerprint(pk: int) -> str:
    """Of the stored record with its rows, without what saving itself moves."""
    stored = Artifact.objects.get(pk=pk)
    clusters.hold(stored)
    content = _content(stored)
    said = {name: value for name, value in content.items() if name not in _VOLATILE}
    return hashlib.blake2b(json.dumps(said, sort_keys=True).encode(), digest_size=16).hexdigest()
