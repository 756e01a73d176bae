"""manage.py read_text_layers: the compact form of pages' texts, made anew from the files as they came."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from artifacts import page_texts


class Command(BaseCommand):
    """Read texts of pages again."""

    help = (
        "Read the texts of pages (ALTO, PAGE, hOCR, plain text) again from their original files: those that could not be read and those that "
        "were read by the rules of an earlier version, or all of them. It can be stopped and repeated; what was read stays."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which, and whether to write."""
        parser.add_argument("--all", action="store_true", help="every text, also those that are up to date")
        parser.add_argument("--dry-run", action="store_true", help="only say how many there are")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, tell, and fail when one could not be read."""
        wanted = set(page_texts.outdated().values_list("pk", flat=True)) if not options["all"] else None
        told, done, failed = time.monotonic(), 0, 0
        for layer in page_texts.all_layers():
            if wanted is not None and layer.pk not in wanted:
                continue
            done += 1
            if options["dry_run"]:
                continue
            if not page_texts.read_again(layer):
                failed += 1
                self.stderr.write(f"{layer.use.artifact}: {layer.asset.original_filename}: {layer.failure}")
            if time.monotonic() - told >= 2:
                told = time.monotonic()
                self.stdout.write(f"  {done:,} texts read")
                self.stdout.flush()
        self.stdout.write(f"{done:,} texts {'would be ' if options['dry_run'] else ''}read, {failed:,} of them failed.")
        if failed:
            raise CommandError("Some texts could not be read; the lines above say why.")
