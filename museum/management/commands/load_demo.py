"""The demo museum: a fictional museum of a river city, and as many synthetic records more as are wanted."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from artifacts.models import Artifact
from media.models import Asset
from museum import queue
from museum.demo import pictures, synthetic
from museum.demo.loading import objects, pages, people, words
from museum.worker import Supervisor, TaskProcess
from records.models import JournalEntry

PROCESSES = 2
PATIENCE = 45  # seconds that a first start waits for the rooms that visitors see first
STOPS_WITHIN = 15
MOST_DEATHS = 5


class Command(BaseCommand):
    help = (
        "Load the demo museum: make its records, users, home page and exhibitions, and draw its pictures. A second run changes nothing; "
        "stopped in the middle, it goes on where it was. With --objects N it adds N synthetic records for trying the museum at scale."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--objects", type=int, default=0, metavar="N", help="synthetic records more (default: none)")
        parser.add_argument(
            "--pictures",
            choices=["now", "later"],
            default="now",
            help="now: wait until all pictures are drawn (default); later: only for those of the home page and the exhibitions, "
            f"{PATIENCE} seconds at most. The worker draws the rest while the museum is open",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would be made, make nothing")

    def handle(self, *args: Any, objects: int, dry_run: bool, **options: Any) -> None:
        if objects < 0:
            raise CommandError("--objects must be 0 or more.")
        if dry_run:
            self._foresee(objects)
            return
        vocabulary = words.load()
        made = self._load(vocabulary)
        with self._drawing():
            self._furnish(vocabulary)
            if objects:
                self._add_synthetic(objects)
            self._catch_up()
            if options["pictures"] == "now":
                self._wait_for_all()
            else:
                self._wait_for_the_first()
                self.stderr.write("".join(f"    {trouble}\n" for trouble in self._troubles()), ending="")
        self._catch_up()
        self._sum_up(made)

    def _foresee(self, extra: int) -> None:
        known = set(Artifact.objects.filter(source=words.SOURCE).values_list("source_id", flat=True))
        missing = [entry for entry in objects.entries() if entry["key"] not in known]
        more = max(extra - Artifact.objects.filter(source=synthetic.SOURCE).count(), 0)
        wanted = len(objects.pictures_of(missing)) + pictures.standing().waiting
        self.stdout.write(f"Would make {len(missing)} demo objects, draw {wanted} pictures, and make {more:,} synthetic records.")

    def _load(self, vocabulary: words.Words) -> int:
        total, made = len(objects.entries()), 0
        for number, (_, written) in enumerate(objects.load(vocabulary), start=1):
            made += written
            self._progress("Objects", number, total)
        return made

    def _furnish(self, vocabulary: words.Words) -> None:
        if people.load(vocabulary):
            self.stdout.write(f"    Log-ins are kept in {settings.MUSEUM_VAR / people.LOGINS}")
        if pages.load(vocabulary):
            self.stdout.write("    Home page and exhibitions")

    @contextmanager
    def _drawing(self) -> Iterator[None]:
        """Processes that draw, and prepare what is drawn, meanwhile. What they have not done at the end stays in the queue."""
        pictures.order_failed_again()
        wanted = PROCESSES if pictures.waiting().exists() or self._unprepared().exists() else 0
        self._hands = [TaskProcess(["media"], subprocess.DEVNULL) for _ in range(wanted)]
        for hand in self._hands:
            hand.start()
        try:
            yield
        finally:
            for hand in self._hands:
                hand.ask_to_end()
            until = time.monotonic() + STOPS_WITHIN
            for hand in self._hands:
                hand.wait_for_end(until)
            if self._hands:
                queue.requeue_stale()  # what a process had in hand that had to be killed
            self._hands = []

    def _watch(self) -> None:
        """Keep the drawing processes alive. Raises CommandError when one dies again and again."""
        for hand in self._hands:
            hand.watch()
            if hand.deaths >= MOST_DEATHS:
                raise CommandError("The processes that draw end by themselves; their last words are above.")

    @staticmethod
    def _unprepared() -> Any:
        return Asset.objects.unfinished().filter(uses__artifact__source=words.SOURCE)

    def _wait_for_all(self) -> None:
        while self._hands and (pictures.waiting().exists() or self._unprepared().exists()):
            self._watch()
            now = pictures.standing()
            self._progress("Pictures", now.hung, now.ordered)
            time.sleep(1)
        now = pictures.standing()
        self._progress("Pictures", now.hung, now.ordered)
        if troubles := self._troubles():
            raise CommandError("\n".join(["Pictures failed; load_demo tries them again.", *troubles]))
        if now.waiting:
            raise CommandError("Not all pictures are drawn: run load_demo again to go on.")

    def _wait_for_the_first(self) -> None:
        """Those of the home page and the exhibitions, as far as they are drawn before patience ends."""
        shown = pictures.waiting().filter(priority__gte=pictures.SHOWN)
        until, total = time.monotonic() + PATIENCE, pictures.ordered(pictures.SHOWN)
        while self._hands:
            self._watch()
            left = shown.count()
            self._progress("Pictures of the home page and the exhibitions", total - left, total)
            if not left or time.monotonic() > until:
                break
            time.sleep(1)

    @staticmethod
    def _troubles() -> list[str]:
        """Five sentences at most about pictures that could not be drawn or prepared."""
        failed = Asset.objects.filter(state=Asset.State.FAILED, uses__artifact__source=words.SOURCE).distinct()
        return [*pictures.troubles(), *(f"{name}: {why}" for name, why in failed.values_list("original_filename", "failure"))][:5]

    def _sum_up(self, made: int) -> None:
        now = pictures.standing()
        rest = f"; the worker draws the other {now.waiting} while the museum is open" if now.waiting else ""
        ready = Asset.objects.ready().count()
        self.stdout.write(f"    {Artifact.objects.count():,} objects, {made} of the demo museum made or renewed; {ready} pictures{rest}.")

    def _add_synthetic(self, total: int) -> None:
        made = synthetic.add(total, lambda done, of: self._progress("Synthetic records", done, of))
        self.stdout.write(f"    {made:,} synthetic records made")

    def _catch_up(self) -> None:
        """Search index and manifests, by the journal as at any other time."""
        total = JournalEntry.objects.filter(dead=False).count()
        consumers = Supervisor.consumers()
        while total:
            self._watch()
            done = sum(process() for process in consumers.values())
            waiting = JournalEntry.objects.filter(dead=False).count()
            total = max(total, waiting)
            self._progress("Search and manifests", total - waiting, total)
            if not done:
                break
        if JournalEntry.objects.filter(dead=True).exists():
            raise CommandError("Some changes could not be carried out; the health page of the workplace says why.")

    def _progress(self, what: str, done: int, total: int) -> None:
        """One line that counts on a terminal; elsewhere a line at the end of each tenth."""
        if self.stdout.isatty():
            self.stdout.write(f"\r    {what}: {done:,} of {total:,}", ending="\n" if done >= total else "")
        elif done >= total or done * 10 // max(total, 1) != self._last.get(what):
            self.stdout.write(f"    {what}: {done:,} of {total:,}")
        self._last[what] = done * 10 // max(total, 1)
        self.stdout.flush()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._last: dict[str, int] = {}
        self._hands = []
