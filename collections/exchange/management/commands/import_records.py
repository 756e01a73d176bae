"""manage.py import_records PROFILE FILE: object records out of a file, by a profile."""

from __future__ import annotations

import signal
import time
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exchange import reporting
from exchange.errors import ExchangeError
from exchange.importing import BATCH, Importer, Outcome
from exchange.profile import load, names
from exchange.sheets import SheetImporter
from exchange.sources import inspect

EVERY = 2.0


class Command(BaseCommand):
    """Import object records."""

    help = (
        f"Import object records from FILE (CSV or JSON Lines, plain or gzip) by PROFILE ({', '.join(names())}, or the path of a profile). "
        "The same file a second time changes nothing. An import that was interrupted goes on where it stopped."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Profile, file and how to go about it."""
        parser.add_argument("profile", metavar="PROFILE")
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="write nothing; report what would be done")
        parser.add_argument("--draft", action="store_true", help="make the new objects as drafts, not public")
        parser.add_argument("--report", type=Path, metavar="FILE", help="write every problem to this file (.csv or .jsonl)")
        parser.add_argument("--batch", type=int, default=BATCH, metavar="N", help=f"records in one transaction (default {BATCH})")
        parser.add_argument(
            "--encoding", default="", help="of the file, when it is not found out rightly (utf-8, windows-1252, windows-1258, utf-16)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run, tell, and fail when a record was refused."""
        try:
            outcome = self._run(options)
        except ExchangeError as error:
            raise CommandError(str(error)) from error
        for line in reporting.summary(outcome, dry_run=options["dry_run"]):
            self.stdout.write(line)
        self._report(outcome, options)
        if outcome.stopped:
            raise CommandError("Stopped as asked. Give the same command again to go on.")
        if outcome.counts["refused"]:
            raise CommandError(f"{outcome.counts['refused']:,} records were refused. Mend them and import the file again.")

    def _run(self, options: dict[str, Any]) -> Outcome:
        profile = load(options["profile"])
        source = inspect(options["file"], profile, options["encoding"])
        self.stdout.write(f"{profile.title}: {source.name}{' (dry run)' if options['dry_run'] else ''}")
        asked: list[int] = []
        kind = SheetImporter if profile.layout else Importer
        importer = kind(
            profile,
            source,
            dry_run=options["dry_run"],
            draft=options["draft"],
            batch=options["batch"],
            on_progress=self._progress(),
            stop=lambda: bool(asked),
        )
        before = {number: signal.signal(number, lambda number, _frame: asked.append(number)) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            return importer.run()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _progress(self) -> Any:
        began = told = time.monotonic()
        first: list[int] = []

        def show(share: float, counts: Counter[str]) -> None:
            nonlocal told
            first.append(counts["read"]) if not first else None
            now = time.monotonic()
            if now - told < EVERY:
                return
            told = now
            speed = (counts["read"] - first[0]) / (now - began)
            problems = counts["errors"] + counts["conflicts"] + counts["warnings"]
            self.stdout.write(f"  {share:4.0%}  {counts['read']:,} records, {speed:,.0f} a second, {problems:,} problems")
            self.stdout.flush()

        return show

    def _report(self, outcome: Outcome, options: dict[str, Any]) -> None:
        if options["report"]:
            count = reporting.save(reporting.lines(outcome), options["report"])
            self.stdout.write(f"{count:,} lines of report in {options['report']}.")
        elif outcome.problems or len(outcome.notes) or (outcome.job and outcome.job.problems.exists()):
            self.stdout.write("For every problem with row, column and value, give --report FILE.")
