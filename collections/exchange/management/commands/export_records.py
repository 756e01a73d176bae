"""manage.py export_records: object records as a table that import_records csv reads back."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from artifacts.models import Artifact
from exchange.exporting import export
from vocabularies.models import Department


class Command(BaseCommand):
    """Export object records."""

    help = (
        "Write object records as a CSV table in our own layout (every field, staff’s included; drafts as they were last published). "
        "Change it in a spreadsheet and give it to import_records csv."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and which."""
        parser.add_argument("file", metavar="FILE", help="the table to write; - for standard output")
        parser.add_argument("--department", metavar="CODE", help="only objects of this department")
        parser.add_argument("--source", metavar="NAME", help="only objects imported from this source")
        parser.add_argument("--public", action="store_true", help="only objects that the public may see")
        parser.add_argument("--dry-run", action="store_true", help="write nothing; say how many objects it would be")

    def handle(self, *args: Any, **options: Any) -> None:
        """Export and tell."""
        artifacts = Artifact.objects.filter(withdrawn_on=None, merged_into=None)
        if code := options["department"]:
            if not Department.objects.filter(code=code).exists():
                raise CommandError(
                    f"There is no department “{code}”. Choose one of {', '.join(Department.objects.values_list('code', flat=True))}."
                )
            artifacts = artifacts.filter(department__code=code)
        if options["source"]:
            artifacts = artifacts.filter(source=options["source"])
        if options["public"]:
            artifacts = artifacts.public()
        if options["dry_run"]:
            self.stdout.write(f"{artifacts.count():,} objects would be written.")
            return
        if options["file"] == "-":
            export(artifacts, sys.stdout)
            return
        path = Path(options["file"])
        try:
            with path.open("w", encoding="utf-8-sig", newline="") as out:
                count = export(artifacts, out, self._progress())
        except OSError as error:
            raise CommandError(f"{path} cannot be written ({error.strerror}). Choose another file.") from error
        self.stdout.write(f"{count:,} objects written to {path}.")

    def _progress(self) -> Any:
        told = time.monotonic()

        def show(what: str, count: int) -> None:
            nonlocal told
            if time.monotonic() - told >= 2:
                told = time.monotonic()
                self.stdout.write(f"  {what}: {count:,}")
                self.stdout.flush()

        return show
