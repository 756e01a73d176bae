"""Writing a batch of plans: objects with their rows, imprints, row log, history and journal, all in the caller's transaction."""

from __future__ import annotations

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from wagtail.models import ModelLogEntry

from artifacts import publishing
from artifacts.models import Artifact
from exchange.merging import fingerprint, merge_column, merge_rows, row_fingerprint
from exchange.models import ImportJob, ImportRow, Imprint
from exchange.plans import Plan, Row, content_fields, relations
from records import journal
from records.fields import DerivedField

CHUNK = 400
ACTION = "exchange.import"
DERIVED = tuple(column for column in Artifact._meta.concrete_fields if isinstance(column, DerivedField))


@dataclass
class Written:
    """What a batch came to."""

    rows: list[ImportRow] = field(default_factory=list)
    created: list[int] = field(default_factory=list)
    updated: list[int] = field(default_factory=list)
    unchanged: int = 0
    conflicts: int = 0


def create(plans: Sequence[Plan], job: ImportJob, licence: str, written: Written) -> None:
    """Make new objects, live and public unless the job makes drafts."""
    if not plans:
        return
    artifacts = Artifact.objects.bulk_create(_artifact(plan, job, licence) for plan in plans)
    rows_of: dict[str, list[models.Model]] = defaultdict(list)
    imprints = []
    for artifact, plan in zip(artifacts, plans, strict=True):
        prints: dict[str, list[str]] = {}
        for relation, rows in plan.rows.items():
            model = relations()[relation]
            prints[relation] = [row_fingerprint(model, row) for row in rows]
            rows_of[relation] += [model(artifact_id=artifact.pk, sort_order=order, **row) for order, row in enumerate(rows)]
        imprints.append(Imprint(artifact_id=artifact.pk, columns=column_prints(plan.columns), rows=prints, record=plan.record, job=job))
        written.created.append(artifact.pk)
        written.rows.append(
            ImportRow(job=job, row=plan.row, source_id=plan.key, artifact_id=artifact.pk, outcome=ImportRow.Outcome.CREATED)
        )
    for relation, instances in rows_of.items():
        relations()[relation]._default_manager.bulk_create(instances)
    Imprint.objects.bulk_create(imprints)


def _artifact(plan: Plan, job: ImportJob, licence: str) -> Artifact:
    """A new object; a plan without a digest (a table in our own layout) brings source and id among its columns."""
    values: Row = {"data_licence": licence} if licence else {}
    if plan.digest:
        values |= {"source": job.source, "source_id": plan.key, "source_hash": plan.digest}
    if plan.public_id:
        values["public_id"] = plan.public_id
    values["live"] = plan.published and not job.draft
    if values["live"]:
        values["first_published_at"] = values["last_published_at"] = timezone.now()
    return Artifact(**values | {name: value for name, value in plan.columns.items() if value is not None})


def column_prints(columns: Row) -> dict[str, str]:
    """Fingerprints of an object's own columns."""
    return {name: fingerprint(value) for name, value in columns.items()}


@dataclass
class Standing:
    """An object as it stands: its columns, its rows by relation as ``(key, columns)``, its imprint."""

    artifact: Artifact
    rows: dict[str, list[tuple[int, Row]]]
    imprint: Imprint | None


def standing(pks: Sequence[int]) -> dict[int, Standing]:
    """Objects as they stand now, with everything an import may touch."""
    found: dict[int, Standing] = {}
    for start in range(0, len(pks), CHUNK):
        chunk = pks[start : start + CHUNK]
        imprints = Imprint.objects.in_bulk(chunk)
        for artifact in Artifact.objects.filter(pk__in=chunk):
            found[artifact.pk] = Standing(artifact, {relation: [] for relation in relations()}, imprints.get(artifact.pk))
        for relation, model in relations().items():
            columns = [column.attname for column in content_fields(model)]
            for row in model._default_manager.filter(artifact__in=chunk).order_by("sort_order", "pk").values("pk", "artifact_id", *columns):
                found[row.pop("artifact_id")].rows[relation].append((row.pop("pk"), row))
    return found


@dataclass
class Change:
    """What an import changes in one object, and the fields where it yields to a curator."""

    columns: Row = field(default_factory=dict)
    remove: dict[str, list[int]] = field(default_factory=dict)
    add: dict[str, list[Row]] = field(default_factory=dict)
    arrangement: dict[str, list[int | Row]] = field(default_factory=dict)
    conflicts: list[str] = field(default_factory=list)
    column_prints: dict[str, str] = field(default_factory=dict)
    row_prints: dict[str, list[str]] = field(default_factory=dict)

    @property
    def fields(self) -> list[str]:
        """Names of what changes."""
        return sorted({*self.columns, *self.remove, *self.add})


def compare(plan: Plan, stands: Standing, *, overwrite: bool = False) -> Change:
    """Three-way comparison of a plan with an object. ``overwrite`` takes the plan's word for everything it mentions."""
    change = Change()
    imprint = stands.imprint or Imprint(artifact=stands.artifact)
    for name in sorted({*plan.columns, *imprint.columns}):
        column = _column(name)
        there = plan.columns.get(name, column.get_default())
        there = column.get_default() if there is None else there
        here = getattr(stands.artifact, name)
        base = fingerprint(here) if overwrite else imprint.columns.get(name)
        verdict = merge_column(base, here, there)
        if verdict == "take":
            change.columns[name] = there
        elif verdict == "conflict":
            change.conflicts.append(name)
        change.column_prints[name] = fingerprint(there) if verdict != "conflict" else imprint.columns.get(name, "")
    for relation in sorted({*plan.rows, *imprint.rows}):
        _compare_rows(relation, plan, stands, imprint, change, overwrite)
    return change


def _compare_rows(relation: str, plan: Plan, stands: Standing, imprint: Imprint, change: Change, overwrite: bool) -> None:
    model = relations()[relation]
    here = [(pk, row_fingerprint(model, row)) for pk, row in stands.rows[relation]]
    there = [(row, row_fingerprint(model, row)) for row in plan.rows.get(relation, [])]
    base = [print_ for _, print_ in here] if overwrite else imprint.rows.get(relation, [])
    merged = merge_rows(base, here, there)
    if merged.conflict:
        change.conflicts.append(relation)
        change.row_prints[relation] = imprint.rows.get(relation, [])
        return
    change.row_prints[relation] = [print_ for _, print_ in there]
    if merged.remove:
        change.remove[relation] = merged.remove
    if merged.add:
        change.add[relation] = merged.add
        change.arrangement[relation] = merged.arrangement


def _column(name: str) -> models.Field:
    column = Artifact._meta.get_field(name.removesuffix("_id") if name.endswith("_id") and name != "source_id" else name)
    assert isinstance(column, models.Field)
    return column


def update(plan: Plan, stands: Standing, change: Change, job: ImportJob, written: Written, *, keep_source: bool = False) -> None:
    """Write a change, its before-image and the new imprint. An object without a change only remembers the record's digest.

    ``keep_source``: a table of our own is the museum's word, as if a curator had typed it. The imprint stays what the source said last.
    """
    artifact = stands.artifact
    before = _before(stands, change)
    for relation, pks in change.remove.items():
        remove(relations()[relation], pks)
    for relation, arrangement in change.arrangement.items():
        _arrange(relations()[relation], artifact.pk, arrangement)
    if not keep_source:
        values: Row = {**change.columns, "source_hash": plan.digest}
    else:
        values = dict(change.columns)
    if change.fields:
        values |= _settled(artifact, change)
    if values:
        Artifact.objects.filter(pk=artifact.pk).update(**values)
    if not keep_source:
        Imprint.objects.update_or_create(
            artifact_id=artifact.pk,
            defaults={"columns": change.column_prints, "rows": change.row_prints, "job": job, "record": plan.record},
        )
    if change.fields:
        written.updated.append(artifact.pk)
        written.rows.append(
            ImportRow(
                job=job,
                row=plan.row,
                source_id=plan.key,
                artifact_id=artifact.pk,
                outcome=ImportRow.Outcome.UPDATED,
                fields=change.fields,
                before=before,
            )
        )


def bring_back(plan: Plan, stands: Standing, job: ImportJob, written: Written) -> None:
    """An object that the undo of an import had withdrawn is in the source again; by an import of drafts it comes back as one."""
    if job.draft:
        Artifact.objects.filter(pk=stands.artifact.pk).update(live=False)
    publishing.restore(Artifact.objects.get(pk=stands.artifact.pk), user=job.user)
    written.rows.append(
        ImportRow(job=job, row=plan.row, source_id=plan.key, artifact_id=stands.artifact.pk, outcome=ImportRow.Outcome.RESTORED)
    )


def _arrange(model: type[models.Model], artifact: int, arrangement: Sequence[int | Row]) -> None:
    """Put new rows in their places; rows that stay are only given another place where they must."""
    places = dict(model._default_manager.filter(artifact=artifact).values_list("pk", "sort_order"))
    fresh = []
    for order, item in enumerate(arrangement):
        if not isinstance(item, int):
            fresh.append(model(artifact_id=artifact, sort_order=order, **item))
        elif places.get(item) != order:
            model._default_manager.filter(pk=item).update(sort_order=order)
    model._default_manager.bulk_create(fresh)


def remove(model: type[models.Model], pks: Sequence[int]) -> None:
    """Without signals: this batch tells the journal itself, and nothing hangs on the row of a relation."""
    rows = model._default_manager.filter(pk__in=pks)
    rows._raw_delete(rows.db)  # type: ignore[attr-defined]


def _settled(artifact: Artifact, change: Change) -> Row:
    """What goes with a change of the live row: derived columns, and no revision that would bring the old text back into the form."""
    for name, value in change.columns.items():
        setattr(artifact, name, value)
    derived = {column.attname: column.compute(artifact)[: column.max_length] for column in DERIVED}
    return {**derived, "updated_at": timezone.now(), "latest_revision": None, "live_revision": None, "has_unpublished_changes": False}


def _before(stands: Standing, change: Change) -> dict[str, Any]:
    """The before-image: enough to put everything back."""
    kept_rows = {}
    for relation in {*change.remove, *change.add}:
        kept_rows[relation] = [plain(row) for _, row in stands.rows[relation]]
    imprint = stands.imprint
    return {
        "columns": plain({name: getattr(stands.artifact, name) for name in change.columns}),
        "rows": kept_rows,
        "source_hash": stands.artifact.source_hash,
        "imprint": {"columns": imprint.columns, "rows": imprint.rows, "record": imprint.record} if imprint else None,
    }


def plain(row: Row) -> Row:
    """A row as JSON can hold it: numbers and dates as text."""
    return {name: value if isinstance(value, str | int | bool | dict | list | None) else str(value) for name, value in row.items()}


def announce(written: Written, job: ImportJob) -> None:
    """Publish what is new, and tell the history and the journal of everything that changed."""
    if not job.draft:
        publishing.refresh(written.created)
    quiet = _not_announced(written.created) if not job.draft else written.created
    journal.changed("object", [*quiet, *written.updated])
    _log(written.rows, job)


def _not_announced(created: Sequence[int]) -> list[int]:
    """New objects that something else hides: publishing said nothing of them."""
    hidden: list[int] = []
    for start in range(0, len(created), CHUNK):
        hidden += Artifact.objects.filter(pk__in=created[start : start + CHUNK], is_public=False).values_list("pk", flat=True)
    return hidden


def _log(rows: Iterable[ImportRow], job: ImportJob) -> None:
    now = datetime.datetime.now(datetime.UTC)
    together = uuid.uuid4()
    kind = ContentType.objects.get_for_model(Artifact)
    ModelLogEntry.objects.bulk_create(
        ModelLogEntry(
            content_type=kind,
            label=row.source_id,
            object_id=str(row.artifact_id),
            action=ACTION,
            data={"import": job.pk, "row": row.row, "outcome": row.outcome, "fields": row.fields},
            timestamp=now,
            uuid=together,
            user_id=job.user_id,
            content_changed=True,
        )
        for row in rows
        if row.outcome in (ImportRow.Outcome.CREATED, ImportRow.Outcome.UPDATED)
    )
