"""manage.py attach_media FOLDER: pictures to objects, by file name or by a table."""

from __future__ import annotations

import signal
import time
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exchange.attaching import Attached, attach, wishes_of_files
from exchange.errors import ExchangeError
from exchange.picture_tables import wishes_of_table

FAILURES = ("refused", "missing", "unmatched", "stopped")


class Command(BaseCommand):
    """Attach files to objects."""

    help = (
        "Give pictures, recordings and models to objects: every file of FOLDER whose name is an accession number (a view may follow: "
        "1987.12_01.jpg, 1987.12-verso.tif), or the files of a table. A file that its object has already is left alone. The text of a page "
        "(ALTO, PAGE, hOCR, or plain text) goes to the picture of the same name: 1987.12_01.xml, 1987.12_01_alto.xml, 1987.12_01.txt."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Folder or files, and perhaps a table."""
        parser.add_argument("paths", metavar="FOLDER|FILE", nargs="+", type=Path)
        parser.add_argument(
            "--table", type=Path, metavar="FILE", help="CSV with the columns file (below FOLDER), record (number or id), label, page_no"
        )
        parser.add_argument("--dry-run", action="store_true", help="write nothing; say what would be attached")

    def handle(self, *args: Any, **options: Any) -> None:
        """Attach, tell, and fail when a file was left out."""
        asked: list[int] = []
        before = {number: signal.signal(number, lambda number, _frame: asked.append(number)) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            wishes = self._wishes(options)
            if not wishes:
                where = options["table"] or ", ".join(map(str, options["paths"]))
                raise ExchangeError(f"There is nothing to attach in {where}. Check the path.")
            done = attach(wishes, dry_run=options["dry_run"], on_progress=self._progress(len(wishes)), stop=lambda: bool(asked))
        except ExchangeError as error:
            raise CommandError(str(error)) from error
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
        self._summary(done, options["dry_run"])

    def _wishes(self, options: dict[str, Any]) -> Any:
        paths = options["paths"]
        if not options["table"]:
            return wishes_of_files(paths)
        if len(paths) != 1:
            raise ExchangeError("With --table give one FOLDER: the files of the table are looked for below it.")
        folder = paths[0] if paths[0].is_dir() else paths[0].parent
        return wishes_of_table(options["table"], folder)

    def _progress(self, total: int) -> Any:
        told = time.monotonic()

        def show(number: int, counts: Counter[str]) -> None:
            nonlocal told
            if time.monotonic() - told >= 2:
                told = time.monotonic()
                self.stdout.write(f"  {number:,} of {total:,} files, {counts['attached']:,} attached")
                self.stdout.flush()

        return show

    def _summary(self, done: Attached, dry_run: bool) -> None:
        for line in done.told:
            self.stdout.write(line)
        counts = done.counts
        self.stdout.write(
            f"{counts['attached']:,} files {'would be ' if dry_run else ''}attached, {counts['already there']:,} already there, "
            f"{counts['unmatched']:,} without an object, {counts['missing']:,} not found, {counts['refused']:,} refused."
        )
        if counts["stopped"]:
            raise CommandError("Stopped as asked. Give the same command again to go on.")
        failed = sum(counts[kind] for kind in FAILURES)
        if failed:
            raise CommandError(f"{failed:,} files were left out; the lines above say why.")
