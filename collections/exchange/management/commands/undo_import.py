"""manage.py undo_import JOB: put back what an import changed and take away what it made."""

from __future__ import annotations

import signal
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exchange.errors import ExchangeError
from exchange.models import ImportJob
from exchange.undoing import undo


class Command(BaseCommand):
    """Undo an import."""

    help = (
        "Undo the import with the number JOB: changed objects get their former text, new ones are deleted, or withdrawn if they were public. "
        "Objects that somebody has touched since stay as they are. Without JOB, the imports are listed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which one."""
        parser.add_argument("job", metavar="JOB", type=int, nargs="?")
        parser.add_argument("--dry-run", action="store_true", help="change nothing; say what would be done")

    def handle(self, *args: Any, **options: Any) -> None:
        """Undo and tell."""
        if options["job"] is None:
            self._list()
            return
        job = ImportJob.objects.filter(pk=options["job"]).first()
        if job is None:
            raise CommandError(f"There is no import {options['job']}. Give the command without a number for a list.")
        asked: list[int] = []
        before = {number: signal.signal(number, lambda number, _frame: asked.append(number)) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            done = undo(job, dry_run=options["dry_run"], on_progress=self._progress, stop=lambda: bool(asked))
        except ExchangeError as error:
            raise CommandError(str(error)) from error
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
        for line in done.kept:
            self.stdout.write(f"kept: {line}")
        counts, would = done.counts, "would be " if options["dry_run"] else ""
        self.stdout.write(
            f"{counts['restored']:,} objects {would}put back, {counts['deleted']:,} {would}deleted, {counts['withdrawn']:,} {would}withdrawn, "
            f"{counts['kept']:,} left as they are."
        )
        if counts["stopped"]:
            raise CommandError("Stopped as asked. Give the same command again to go on.")
        if counts["kept"]:
            raise CommandError(f"{counts['kept']:,} objects were touched since the import; the lines above say how.")

    def _progress(self, done: int, total: int) -> None:
        self.stdout.write(f"  {done:,} of {total:,} rows")
        self.stdout.flush()

    def _list(self) -> None:
        for job in ImportJob.objects.all()[:50]:
            counts = job.counts
            self.stdout.write(
                f"{job.pk:>5}  {job.started_at:%Y-%m-%d %H:%M}  {job.profile:<10} {job.get_state_display():<12} {job.file_name}: "
                f"{counts.get('created', 0):,} created, {counts.get('updated', 0):,} changed"
            )
