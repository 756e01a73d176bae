"""manage.py rebuild_search: both indices anew, without a moment in which nothing is found."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from records import frugal
from search import making, rebuilding
from search.documents import AUDIENCES
from search.engines.base import EngineError
from search.texts import indexing

WORTH_PROCESSES = rebuilding.WORTH_PROCESSES


class Command(BaseCommand):
    help = (
        "Build the search indices anew beside those that serve, and swap them when they are complete. Searches are answered meanwhile, "
        "saves made meanwhile reach both. Stopped with Ctrl-C, nothing has changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--audience", choices=AUDIENCES, action="append", help="only this index (default: both)")
        parser.add_argument("--if-needed", action="store_true", help="only indices that are missing or built for other fields")
        parser.add_argument(
            "--processes",
            type=int,
            default=making.default_processes(),
            metavar="N",
            help="processes that make documents (default: %(default)s)",
        )
        parser.add_argument("--force", action="store_true", help="swap even when many documents failed")

    def handle(
        self, *args: Any, audience: list[str] | None, if_needed: bool, force: bool, processes: int, verbosity: int = 1, **options: Any
    ) -> None:
        failed = 0
        try:
            wanted = [one for one in AUDIENCES if one in (audience or AUDIENCES)]
            pages = wanted
            if if_needed:
                due, due_pages = rebuilding.needed(), indexing.needed()
                pages = [one for one in wanted if one in due_pages]
                wanted = [one for one in wanted if one in due]
                if not wanted and not pages:
                    self.stdout.write("The search indices are up to date with this version.")
                    return
            frugal.read_without_keeping()
            total = rebuilding.total()
            progress = _Progress(self, " and ".join(wanted), total, verbosity)
            # Starting processes takes longer than a few thousand documents.
            many = max(1, processes) if total >= WORTH_PROCESSES else 1
            for report in rebuilding.rebuild_all(wanted, progress=progress, force=force, processes=many):
                failed += len(report.failed)
                self._say(report)
            for one in pages:
                stats = indexing.rebuild(one, progress=_Counted(self, one, verbosity))
                self.stdout.write(
                    f"{one}, pages: {stats.documents} documents, {stats.bytes / 1e6:.1f} MB, in {stats.engine} as {stats.name}."
                )
        except EngineError as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            raise CommandError("Stopped; the indices that serve are as they were.") from None
        if failed:
            raise CommandError(f"{failed} documents could not be indexed; see above.")

    def _say(self, report: rebuilding.Report) -> None:
        for what, reason in list(report.failed.items())[:20]:
            self.stderr.write(f"{what}: {reason}")
        stats = report.stats
        assert stats is not None
        self.stdout.write(f"{report.audience}: {stats.documents} documents, {stats.bytes / 1e6:.1f} MB, in {stats.engine} as {stats.name}.")


class _Progress:
    """A line every five seconds."""

    def __init__(self, command: Command, audience: str, total: int, verbosity: int) -> None:
        self.command, self.audience, self.total, self.verbosity = command, audience, total, verbosity
        self.done = 0
        self.began = self.said = time.monotonic()

    def __call__(self, kind: str, count: int) -> None:
        self.done += count
        now = time.monotonic()
        if self.verbosity and now - self.said >= 5:
            self.said = now
            rate = self.done / (now - self.began)
            self.command.stdout.write(f"{self.audience}: {self.done} of {self.total} records ({rate:.0f} a second)")
            self.command.stdout.flush()


class _Counted:
    """A line every two seconds for pages, whose number is not known before."""

    def __init__(self, command: Command, audience: str, verbosity: int) -> None:
        self.command, self.audience, self.verbosity = command, audience, verbosity
        self.done = 0
        self.said = time.monotonic()

    def __call__(self, count: int) -> None:
        self.done += count
        if self.verbosity and time.monotonic() - self.said >= 2:
            self.said = time.monotonic()
            self.command.stdout.write(f"{self.audience}: {self.done} pages")
            self.command.stdout.flush()
