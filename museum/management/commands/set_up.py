"""Bring the museum's database and files to the state that this version expects, before the servers start."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils.text import slugify

from museum import health
from search import rebuilding
from search.engines.base import EngineError

WORTH_SAYING = 2_000  # records: fewer are indexed in a moment


class Command(BaseCommand):
    help = (
        "Check database, storage and disk, bring the tables up to date, collect static files, and (with --demo) fill an empty "
        "museum with the demo museum. What is done already is not done again."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="load the demo museum if this museum has never had anybody in it")
        parser.add_argument(
            "--pictures",
            choices=["now", "later"],
            default="later",
            help="with --demo: wait until all its pictures are drawn, or leave most of them to the worker (default)",
        )
        parser.add_argument("--make-bucket", action="store_true", help="make the S3 bucket that STORAGE_URL names if it is not there")

    def handle(self, *args: Any, demo: bool, pictures: str, make_bucket: bool, **options: Any) -> None:
        if make_bucket and health.make_missing_bucket():
            self.stdout.write("  The bucket was made.")
        for check in (health.database, health.storage, health.disk):
            finding = check()
            if finding.state != health.OK:
                raise CommandError(finding.sentence)
        pending = health.pending_migrations()
        if pending:
            with self.step(f"Database ({len(pending)} migrations)"):
                call_command("migrate", interactive=False, verbosity=0)
        self.collect_static()
        if demo:
            self.load_demo(pictures)
        self.index()

    def index(self) -> None:
        """Search indices that are missing, or were built for another version's fields. Without its engine the museum opens all the same."""
        try:
            total = rebuilding.total() if rebuilding.needed() else 0
            if total < WORTH_SAYING:
                call_command("rebuild_search", if_needed=True, verbosity=0, stdout=StringIO())
                return
            # a new version may want other fields: minutes, which nobody should spend before a screen that says nothing
            self.stdout.write(f"  Search index of {total} records (Ctrl-C ends it; the museum then begins it again at its next start) …")
            call_command("rebuild_search", if_needed=True, stdout=self.stdout, stderr=self.stderr)
        except (CommandError, EngineError) as error:
            self.stderr.write(self.style.WARNING(f"  Search is degraded: {error} The museum opens without it and catches up by itself."))

    def collect_static(self) -> None:
        """Collect when a file was added, removed or changed since the last time; elsewhere than in production they are served from where they lie."""
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # whitenoise warns of a folder that is not there
        if settings.WHITENOISE_USE_FINDERS:
            Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # whose absence would be warned of at every start
            return
        total = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
        for finder in get_finders():
            for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
                facts = Path(storage.path(name)).stat()
                total.update(f"{name}\0{facts.st_mtime_ns}\0{facts.st_size}\0".encode())
        stamp = Path(settings.STATIC_ROOT) / ".collected"
        if stamp.exists() and stamp.read_text() == total.hexdigest():
            return
        with self.step("Static files"):
            call_command("collectstatic", interactive=False, clear=True, verbosity=0)
            stamp.write_text(total.hexdigest())

    def load_demo(self, pictures: str) -> None:
        """The demo museum, once: into a database without accounts, or where a former attempt was broken off."""
        facts = connection.settings_dict
        key = slugify(f"{connection.vendor} {facts.get('HOST', '')} {facts['NAME']}")[-60:]
        begun, loaded = (Path(settings.MUSEUM_VAR) / f"demo-{key}.{state}" for state in ("begun", "loaded"))
        if loaded.exists() and get_user_model().objects.exists():
            return
        if get_user_model().objects.exists() and not begun.exists():
            return
        begun.touch()
        self.stdout.write("  Demo museum …")
        call_command("load_demo", pictures=pictures, stdout=self.stdout, stderr=self.stderr)
        loaded.touch()
        begun.unlink()

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """One line of progress."""
        self.stdout.write(f"  {title} …", ending="")
        self.stdout.flush()
        began = time.monotonic()
        yield
        self.stdout.write(f" {time.monotonic() - began:.0f} s")
        self.stdout.flush()
