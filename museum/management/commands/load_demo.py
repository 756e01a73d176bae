"""The demo museum: a fictional museum of a river city, and as many synthetic records more as are wanted."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from artifacts.models import Artifact
from media.models import Asset
from museum.demo import synthetic
from museum.demo.loading import objects, pages, people, words
from museum.worker import Supervisor
from records.models import JournalEntry

PROCESSES = 2
PATIENCE = 900


class Command(BaseCommand):
    help = (
        "Load the demo museum: draw its pictures, make its records, users, home page and exhibitions. A second run changes nothing; "
        "stopped in the middle, it goes on where it was. With --objects N it adds N synthetic records for trying the museum at scale."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--objects", type=int, default=0, metavar="N", help="synthetic records more (default: none)")
        parser.add_argument("--dry-run", action="store_true", help="say what would be made, make nothing")

    def handle(self, *args: Any, objects: int, dry_run: bool, **options: Any) -> None:
        if objects < 0:
            raise CommandError("--objects must be 0 or more.")
        if dry_run:
            self._foresee(objects)
            return
        drawings = self._draw()
        try:
            made = self._load(drawings)
        finally:
            shutil.rmtree(self._folder(), ignore_errors=True)
        if objects:
            self._add_synthetic(objects)
        self._catch_up()
        total = Artifact.objects.count()
        self.stdout.write(
            f"    {total:,} objects, {made} of the demo museum made or renewed; {Asset.objects.filter(state='ready').count()} pictures."
        )

    def _foresee(self, extra: int) -> None:
        missing = [
            entry["key"] for entry in objects.entries() if not Artifact.objects.filter(source=words.SOURCE, source_id=entry["key"]).exists()
        ]
        known = Artifact.objects.filter(source=synthetic.SOURCE).count()
        self.stdout.write(
            f"Would make {len(missing)} demo objects with {len(objects.pictures_of(self._missing()))} pictures, and {max(extra - known, 0):,} synthetic records."
        )

    @staticmethod
    def _folder() -> Path:
        return Path(settings.MUSEUM_VAR) / "demo-drawings"

    @staticmethod
    def _missing() -> list[dict[str, Any]]:
        """Entries that have no record yet: only their pictures have to be drawn."""
        known = set(Artifact.objects.filter(source=words.SOURCE).values_list("source_id", flat=True))
        return [entry for entry in objects.entries() if entry["key"] not in known]

    def _draw(self) -> dict[str, Path]:
        from museum.demo import draw

        wanted = objects.pictures_of(self._missing())
        if not wanted:
            return {}
        return draw.draw(
            wanted, self._folder(), processes=PROCESSES, progress=lambda done, total, key: self._progress("Drawing pictures", done, total)
        )

    def _load(self, drawings: dict[str, Path]) -> int:
        vocabulary = words.load()
        total, made = len(objects.entries()), 0
        for number, (_, written) in enumerate(objects.load(vocabulary, drawings), start=1):
            made += written
            self._progress("Objects", number, total)
        if people.load(vocabulary):
            self.stdout.write(f"    Log-ins are kept in {Path(settings.MUSEUM_VAR) / people.LOGINS}")
        self._prepare_pictures()
        if pages.load(vocabulary):
            self.stdout.write("    Home page and exhibitions")
        return made

    def _prepare_pictures(self) -> None:
        """Access copies in two processes, while this one counts."""
        waiting = Asset.objects.filter(state__in=[Asset.State.WAITING, Asset.State.PROCESSING])
        total = waiting.count()
        if not total:
            return
        command = [
            sys.executable,
            str(settings.BASE_DIR / "manage.py"),
            "db_worker",
            "--batch",
            "--queue-name",
            "media",
            "--interval",
            "0.2",
            "--no-startup-delay",
            "-v",
            "0",
        ]
        workers = [subprocess.Popen(command) for _ in range(PROCESSES)]  # noqa: S603 - our own command
        until = time.monotonic() + PATIENCE
        try:
            while any(worker.poll() is None for worker in workers) and time.monotonic() < until:
                self._progress("Deep zoom", total - waiting.count(), total)
                time.sleep(1)
        finally:
            for worker in workers:
                worker.terminate()
                worker.wait(60)
        self._progress("Deep zoom", total - waiting.count(), total)
        failed = list(Asset.objects.filter(state=Asset.State.FAILED).values_list("original_filename", "failure")[:5])
        if failed:
            raise CommandError("Pictures failed: " + "; ".join(f"{name}: {why}" for name, why in failed))

    def _add_synthetic(self, total: int) -> None:
        made = synthetic.add(total, lambda done, of: self._progress("Synthetic records", done, of))
        self.stdout.write(f"    {made:,} synthetic records made")

    def _catch_up(self) -> None:
        """Search index and manifests, by the journal as at any other time."""
        total = JournalEntry.objects.filter(dead=False).count()
        consumers = Supervisor.consumers()
        while total:
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
