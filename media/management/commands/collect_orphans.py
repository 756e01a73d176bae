"""Lists, and with --delete removes, files that nothing refers to, and originals whose tombstone has stood long enough."""

from __future__ import annotations

from datetime import timedelta
from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from media import removal
from media.errors import MediaError


class Command(BaseCommand):
    help = "List files in the storage and the spool that no record knows, and removed originals whose delay is over. Removes only with --delete."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--delete", action="store_true", help="remove what is listed; without it nothing is changed")
        parser.add_argument("--older-than", type=float, default=24, metavar="HOURS", help="spare files younger than this (default 24)")
        parser.add_argument("--delay", type=float, default=30, metavar="DAYS", help="how long a removed original is kept (default 30)")

    def handle(self, *args: Any, **options: Any) -> None:
        count = size = failed = 0
        young = timedelta(hours=options["older_than"])
        verb = "removed" if options["delete"] else "found"
        for orphan in chain(removal.orphans(young), removal.spooled(young)):
            try:
                if options["delete"] and not removal.discard(orphan):
                    continue
            except (MediaError, OSError) as error:
                failed += 1
                self.stderr.write(f"{orphan.alias}/{orphan.name}: {error}")
                continue
            count += 1
            size += orphan.size
            self.stdout.write(f"{verb} {orphan.alias}/{orphan.name} ({orphan.size:,} bytes, {orphan.changed:%Y-%m-%d %H:%M})")
        tombs = removal.expired_tombstones(timedelta(days=options["delay"]))
        for blob in tombs:
            if options["delete"]:
                removal.purge(blob)
            self.stdout.write(f"{verb} original {blob.sha256} (unused since {blob.tombstoned_at:%Y-%m-%d}, {blob.size:,} bytes)")
        self.stdout.write(f"{count} files without a record ({size:,} bytes) and {len(tombs)} unused originals {verb}; {failed} failed.")
        if failed:
            raise CommandError(f"{failed} files could not be removed; see above.")
