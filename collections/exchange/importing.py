"""An import: rows in batches, each batch and its cursor in one transaction, under a lease; a dry run writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from artifacts.models import Artifact
from exchange import leasing, writing
from exchange.building import digest_of, key_of, plan_of
from exchange.errors import ExchangeError, LeaseLost
from exchange.models import ImportJob, ImportProblem, ImportRow
from exchange.numbering import Numbers
from exchange.plans import Plan
from exchange.problems import Findings, Notes, Problem
from exchange.profile import Profile
from exchange.sources import SourceFile, SourceRow, rows
from exchange.vanishing import missed
from exchange.vocabulary import Resolver
from exchange.writing import Written

LEASE = "import"
UNDONE = "Undone: import"  # how the reason begins for which an undo withdraws what an import had made
BATCH = 500
LOOKED_AT = (
    "source_id",
    "source_hash",
    "live",
    "has_unpublished_changes",
    "latest_revision_id",
    "withdrawn_on",
    "merged_into_id",
    "locked",
)
OPEN = (ImportJob.State.RUNNING, ImportJob.State.STOPPED, ImportJob.State.FAILED)


@dataclass
class Outcome:
    """What an import came to: counts, problems (of a dry run; else they are with the job), notes, the new vocabulary."""

    job: ImportJob | None
    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    notes: Notes = field(default_factory=Notes)
    stopped: bool = False
    resumed_at: int = 0


class Importer:
    """One run over one file. ``on_progress(share, counts)`` is called between batches; ``stop()`` true ends after the batch."""

    def __init__(
        self,
        profile: Profile,
        source: SourceFile,
        *,
        dry_run: bool = False,
        draft: bool = False,
        batch: int = BATCH,
        user: Any = None,
        on_progress: Callable[[float, Counter[str]], None] | None = None,
        stop: Callable[[], bool] = lambda: False,
    ) -> None:
        self.profile = profile
        self.source = source
        self.dry_run = dry_run
        self.draft = draft
        self.batch = max(batch, 1)
        self.user = user
        self.on_progress = on_progress
        self.stop = stop
        self.share = 0.0
        self.holding: leasing.Holding | None = None
        self.job: ImportJob | None = None
        self.keys: dict[str, int] = {}
        self.numbers = Numbers(profile)

    def run(self) -> Outcome:
        """Import the file, or go on where an interrupted import of the same file stopped. Raises ExchangeError."""
        if self.dry_run:
            self.outcome = Outcome(None)
            self.resolver = Resolver(self.profile.source, None, any_source=bool(self.profile.layout))
            self._take_note(self.source.findings)
            self._go()
            return self.outcome
        self.holding = leasing.take(LEASE)
        try:
            self._open_job()
            self._go()
        except BaseException as error:
            self._failed(error)
            raise
        else:
            self._close_job()
        finally:
            self.holding.release()
        return self.outcome

    def _open_job(self) -> None:
        wanted = {
            "profile": self.profile.name,
            "profile_digest": self.profile.digest,
            "source": self.profile.source,
            "file_digest": self.source.digest,
            "draft": self.draft,
        }
        job = ImportJob.objects.filter(source=self.profile.source, state__in=OPEN).order_by("-pk").first()
        if job is not None and any(getattr(job, name) != value for name, value in wanted.items()):
            ImportJob.objects.filter(source=self.profile.source, state__in=OPEN).update(state=ImportJob.State.SUPERSEDED)
            job = None
        with transaction.atomic():
            if job is None:
                job = ImportJob.objects.create(**wanted, file_name=self.source.name[:300], user=self.user)
            else:
                ImportJob.objects.filter(pk=job.pk).update(state=ImportJob.State.RUNNING, error="")
                job.state, job.error = ImportJob.State.RUNNING, ""
            self.job = job
            self.outcome = Outcome(job, Counter(job.counts), notes=Notes(job.notes), resumed_at=job.cursor)
            self.resolver = Resolver(self.profile.source, job, any_source=bool(self.profile.layout))
            if job.cursor == 0 and not job.problems.exists():
                self._take_note(self.source.findings)
                self._save_problems(self.source.findings)

    def _close_job(self) -> None:
        assert self.job is not None and self.holding is not None
        state = ImportJob.State.STOPPED if self.outcome.stopped else ImportJob.State.FINISHED
        with transaction.atomic():
            self.holding.renew()
            ended = None if self.outcome.stopped else timezone.now()
            if not self.outcome.stopped:
                self._miss()
            ImportJob.objects.filter(pk=self.job.pk).update(state=state, finished_at=ended, counts=dict(self.outcome.counts))
        self.job.refresh_from_db()

    def _failed(self, error: BaseException) -> None:
        """Say in the job why it ended; the batch itself has been rolled back."""
        if self.job is not None and not isinstance(error, LeaseLost):
            sentence = str(error) if isinstance(error, ExchangeError) else f"{type(error).__name__}: {error}"
            ImportJob.objects.filter(pk=self.job.pk, state=ImportJob.State.RUNNING).update(
                state=ImportJob.State.FAILED, error=sentence[:2000]
            )

    def _go(self) -> None:
        cursor = self.job.cursor if self.job else 0
        waiting: list[SourceRow] = []
        count = 0
        for row in self._read():
            count += 1
            if count <= cursor:
                self._remember(row)
                continue
            if waiting and waiting[0].again != row.again:
                self._batch(waiting, count - 1)
                waiting = []
            waiting.append(row)
            if len(waiting) >= self.batch:
                self._batch(waiting, count)
                waiting = []
                if self.stop():
                    self.outcome.stopped = True
                    return
        if waiting:
            self._batch(waiting, count)
        if self.dry_run:
            self._miss()

    def _miss(self) -> None:
        findings = missed(self.profile.source, self.profile.key, self.keys.keys())
        self._take_note(findings)
        self._save_problems(findings)

    def _read(self) -> Iterator[SourceRow]:
        def progress(share: float) -> None:
            self.share = share

        return rows(self.source, self.profile, progress)

    def _remember(self, row: SourceRow) -> None:
        """A row that an earlier run has dealt with: only its key and number matter for those that follow."""
        if key := self._key(row):
            self.keys.setdefault(key, row.number)
        self.numbers.remember(row)

    def _batch(self, batch: list[SourceRow], cursor: int) -> None:
        before = Counter(self.outcome.counts)
        notes = self.outcome.notes.stored() if not self.dry_run else []
        keys, numbers = dict(self.keys), self.numbers.copy()
        marks = [len(row.findings.problems) for row in batch]
        try:
            self._transact(batch, cursor)
        except (IntegrityError, DataError) as error:
            self._restore(before, notes, keys, numbers)
            for row, mark in zip(batch, marks, strict=True):
                del row.findings.problems[mark:]
            if len(batch) == 1:
                self._refuse(batch[0], cursor, error)
            else:
                for place, row in enumerate(batch):
                    self._batch([row], cursor - len(batch) + place + 1)
        if self.on_progress:
            self.on_progress(self.share, self.outcome.counts)

    def _restore(self, counts: Counter[str], notes: list[list[Any]], keys: dict[str, int], numbers: Numbers) -> None:
        self.outcome.counts, self.outcome.notes = counts, Notes(notes)
        self.keys, self.numbers = keys, numbers
        self.resolver.forget()

    def _transact(self, batch: list[SourceRow], cursor: int) -> None:
        if self.dry_run:
            self._apply(batch)
            return
        assert self.job is not None and self.holding is not None
        with transaction.atomic():
            self.holding.renew()
            self._apply(batch)
            self._move(cursor)

    def _move(self, cursor: int) -> None:
        assert self.job is not None
        self.job.cursor = cursor
        ImportJob.objects.filter(pk=self.job.pk).update(cursor=cursor, counts=dict(self.outcome.counts), notes=self.outcome.notes.stored())

    def _refuse(self, row: SourceRow, cursor: int, error: Exception) -> None:
        """A single row that the database will not have."""
        why = str(error.__cause__ or error).split("\n")[0]
        row.findings.add("refused_by_database", "", row.findings.key, why=why)
        self.outcome.counts.update(read=1, refused=1)
        self._take_note(row.findings)
        if self.job is not None and self.holding is not None:
            with transaction.atomic():
                self.holding.renew()
                self._save_problems(row.findings)
                ImportRow.objects.create(job=self.job, row=row.number, source_id=row.findings.key, outcome=ImportRow.Outcome.REFUSED)
                self._move(cursor)

    def _apply(self, batch: list[SourceRow]) -> None:
        written = Written()
        plans = self._plans(batch, written)
        existing = {plan.key: plan for plan in plans if plan.key in self._standing}
        self.resolver.resolve(plans)
        self.outcome.counts.update({f"new_{kind}": number for kind, number in self.resolver.take_counts().items()})
        fresh = [plan for plan in plans if plan.key not in existing]
        standing = self._open(existing, written)
        self.numbers.settle(fresh, standing)
        changes = [(plan, stands, self._compare(plan, stands)) for plan, stands in standing]
        self._note_conflicts(changes, written)
        if self.job is not None:
            writing.create(fresh, self.job, self.profile.licence, written)
            for plan, stands, change in changes:
                if stands.artifact.withdrawn_on:
                    writing.bring_back(plan, stands, self.job, written)
                writing.update(plan, stands, change, self.job, written, keep_source=bool(self.profile.layout))
            writing.announce(written, self.job)
            ImportRow.objects.bulk_create(written.rows)
        updated = sum(1 for _, stands, change in changes if change.fields or stands.artifact.withdrawn_on)
        self.outcome.counts.update(
            read=len(batch),
            created=len(fresh),
            updated=updated,
            unchanged=written.unchanged
            + sum(1 for _, stands, change in changes if not (change.fields or change.conflicts or stands.artifact.withdrawn_on)),
            conflict=written.conflicts,
        )
        for row in batch:
            self._take_note(row.findings)
        self._save_problems(*(row.findings for row in batch))

    def _plans(self, batch: list[SourceRow], written: Written) -> list[Plan]:
        """Plans of the rows that are new or say something else than last time."""
        keyed = [(row, self._checked_key(row)) for row in batch]
        self._standing = self._look_up(keyed)
        plans = []
        for row, key in keyed:
            if key:
                digest = digest_of(row.record, self.profile)
                if not self.profile.layout and key in self._standing and self._standing[key].source_hash == digest:
                    self.numbers.remember(row)
                    row.findings.notes.clear()
                    row.findings.problems.clear()
                    written.unchanged += 1
                    continue
                plan = self._plan(row, key, digest)
                if not row.findings.refused:
                    plans.append(plan)
                    continue
            self.outcome.counts["refused"] += 1
            written.rows.append(ImportRow(job=self.job, row=row.number, source_id=key, outcome=ImportRow.Outcome.REFUSED))
        return plans

    def _checked_key(self, row: SourceRow) -> str:
        key = self._key(row)
        if not key:
            return ""
        first = self.keys.setdefault(key, row.number)
        if first != row.number:
            row.findings.add("key_twice", self.profile.key, key, other=first)
            return ""
        return key

    def _key(self, row: SourceRow) -> str:
        return key_of(row, self.profile)

    def _plan(self, row: SourceRow, key: str, digest: str) -> Plan:
        return plan_of(row, key, digest, self.profile)

    def _compare(self, plan: Plan, stands: writing.Standing) -> writing.Change:
        return writing.compare(plan, stands)

    def _look_up(self, keyed: list[tuple[SourceRow, str]]) -> dict[str, Artifact]:
        """The objects that these records are already, by key."""
        found: dict[str, Artifact] = {}
        keys = [key for _, key in keyed if key]
        for start in range(0, len(keys), writing.CHUNK):
            named = Artifact.objects.filter(source=self.profile.source, source_id__in=keys[start : start + writing.CHUNK])
            chunk = named.exclude(source_id="")  # else SQLite does not see that the index of natural keys will do
            found |= {artifact.source_id: artifact for artifact in chunk.only("pk", *LOOKED_AT)}
        return found

    def _open(self, existing: dict[str, Plan], written: Written) -> list[tuple[Plan, writing.Standing]]:
        """Objects that may be changed; one with a draft, or withdrawn, or merged away is left alone and reported."""
        open_plans = {}
        for key, plan in existing.items():
            artifact = self._standing[key]
            code = obstacle(artifact)
            if code:
                plan.findings.add(code, "", key)
                written.conflicts += 1
                written.rows.append(
                    ImportRow(job=self.job, row=plan.row, source_id=key, artifact_id=artifact.pk, outcome=ImportRow.Outcome.CONFLICT)
                )
            else:
                open_plans[artifact.pk] = plan
        stands = writing.standing(list(open_plans))
        return [(plan, stands[pk]) for pk, plan in open_plans.items()]

    def _note_conflicts(self, changes: list[tuple[Plan, writing.Standing, writing.Change]], written: Written) -> None:
        for plan, stands, change in changes:
            for name in change.conflicts:
                plan.findings.add("both_changed", name, plan.columns.get(name, ""), field=name)
            if change.conflicts and not (change.fields or stands.artifact.withdrawn_on):  # one brought back counts as changed
                written.conflicts += 1
                written.rows.append(
                    ImportRow(
                        job=self.job,
                        row=plan.row,
                        source_id=plan.key,
                        artifact_id=stands.artifact.pk,
                        outcome=ImportRow.Outcome.CONFLICT,
                        fields=change.conflicts,
                    )
                )

    def _take_note(self, findings: Findings) -> None:
        self.outcome.notes.add(findings)
        for problem in findings.problems:
            self.outcome.counts[f"{problem.severity}s"] += 1
        if self.dry_run:
            self.outcome.problems += findings.problems

    def _save_problems(self, *found: Findings) -> None:
        if self.job is None:
            return
        ImportProblem.objects.bulk_create(
            ImportProblem(
                job=self.job,
                row=problem.row,
                source_id=problem.key[:200],
                column=problem.column[:200],
                value=problem.value,
                severity=problem.severity,
                code=problem.code,
                message=problem.message,
                advice=problem.advice,
                facts=problem.facts,
            )
            for findings in found
            for problem in findings.problems
        )


def obstacle(artifact: Artifact) -> str:
    """Why an object may not be changed by an import (the code of a problem); empty when it may."""
    if has_draft(artifact):
        return "draft"
    if artifact.merged_into_id or (artifact.withdrawn_on and not artifact.withdrawn_reason.startswith(UNDONE)):
        return "withdrawn"
    return "locked" if artifact.locked else ""


def has_draft(artifact: Artifact) -> bool:
    """True when something was typed in the form that the live row does not show yet."""
    return artifact.latest_revision_id is not None and (artifact.has_unpublished_changes or not artifact.live)
