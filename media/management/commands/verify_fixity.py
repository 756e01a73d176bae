"""Reads originals and compares them with their checksums; the longest unchecked first, so that it can be stopped and called again."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from media import fixity, preservation
from media.models import AccessCopy


class Command(BaseCommand):
    help = "Check originals against their SHA-256 and SHA-512, write a preservation event for each, and name what is missing, changed or foreign."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--older-than", type=float, default=90, metavar="DAYS", help="check what was not checked for so long (default 90; 0: all)"
        )
        parser.add_argument("--limit", type=int, default=0, metavar="N", help="stop after N originals")
        parser.add_argument("--rate", type=float, default=0, metavar="MB", help="read at most so many megabytes a second")
        parser.add_argument("--derivatives", action="store_true", help="check access copies too")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        counts = {"success": 0, "failure": 0, "could not run": 0}
        read = 0

        def told(verdict: fixity.Verdict) -> None:
            nonlocal read
            counts[verdict.outcome] += 1
            read += verdict.size
            if verdict.outcome != "success":
                self.stdout.write(f"{verdict.outcome.upper()}: {verdict.what}: {verdict.sentence}", self.style.ERROR)
            if options["rate"]:
                time.sleep(max(0.0, read / (options["rate"] * 1e6) - (time.monotonic() - started)))

        for number, blob in enumerate(fixity.due(timedelta(days=options["older_than"])), 1):
            told(fixity.check_original(blob))
            if number % 500 == 0:
                self.stdout.write(f"{number} originals checked, {read / 1e6:,.0f} MB read …")
            if number == options["limit"]:
                break
        if options["derivatives"]:
            for copy in AccessCopy.objects.select_related("asset").iterator(chunk_size=400):
                told(fixity.check_access_copy(copy))
        for verdict in fixity.foreign_originals():
            told(verdict)
        for sentence in preservation.broken_links():
            counts["failure"] += 1
            self.stdout.write(f"FAILURE: preservation events: {sentence}", self.style.ERROR)
        self.stdout.write(
            f"{counts['success']} whole, {counts['failure']} damaged, missing or foreign, {counts['could not run']} could not be checked; "
            f"{read / 1e6:,.1f} MB in {time.monotonic() - started:.1f} s."
        )
        if counts["failure"] or counts["could not run"]:
            raise CommandError("Not everything is whole; see above.")
