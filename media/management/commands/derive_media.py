"""Makes derivatives again: what is missing, cut, failed or out of date, or everything. Can be stopped and called again."""

from __future__ import annotations

import time
from argparse import ArgumentTypeError
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from media import derive, status, storage
from media.models import AccessCopy, Asset


class Command(BaseCommand):
    help = "Make access copies and metadata of media files: by default of those that are not ready, whose copy is not in the storage, or were made by an older recipe."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("assets", nargs="*", metavar="ID", help="public ids of media files; without any, all that need it")
        parser.add_argument("--force", action="store_true", help="make them again even when they are current")
        parser.add_argument(
            "--made-before",
            type=_moment,
            metavar="MOMENT",
            help="with --force: leave the pictures that were made at this moment or later (ISO 8601), so that a run that was stopped goes on",
        )
        parser.add_argument("--failed", action="store_true", help="only those that failed")
        parser.add_argument("--limit", type=int, default=0, metavar="N", help="stop after N files")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        # without the index of its tiles, of which a large museum has a gigabyte
        chosen = Asset.objects.select_related("blob", "access_copy").defer("access_copy__index").order_by("pk")
        if options["assets"]:
            chosen = chosen.filter(public_id__in=options["assets"])
            unknown = set(options["assets"]) - set(chosen.values_list("public_id", flat=True))
            if unknown:
                raise CommandError(f"No media file has the id {', '.join(sorted(unknown))}.")
        if options["failed"]:
            chosen = chosen.filter(state=Asset.State.FAILED)
        if options["made_before"]:
            if not options["force"]:
                raise CommandError("--made-before is for --force: without that, what is current is left anyway.")
            chosen = chosen.exclude(kind=Asset.Kind.IMAGE, state=Asset.State.READY, access_copy__created_at__gte=options["made_before"])
        sizes = {} if options["force"] else {each.name: each.size for each in storage.listing(storage.DERIVATIVES)}
        todo = [asset for asset in chosen.iterator(chunk_size=400) if options["force"] or not _is_there(asset, sizes)]
        todo = todo[: options["limit"] or None]
        failed = 0
        started = time.monotonic()
        if options["force"] and todo and not options["dry_run"]:
            since = (options["made_before"] or timezone.now()).isoformat()
            self.stdout.write(f"If this run is stopped, go on with --force --made-before {since}")
        for number, asset in enumerate(todo, 1):
            if options["dry_run"]:
                self.stdout.write(f"would make {asset.public_id} {asset.original_filename}")
                continue
            Asset.objects.filter(pk=asset.pk).update(attempts=0)
            begun = timezone.now()
            lost = derive.is_current(asset)  # and to be made all the same
            state = derive.prepare(asset.pk, force=options["force"] or lost)
            asset.refresh_from_db()
            bad = state != Asset.State.READY or asset.version != derive.version_of(asset) or not _was_made(asset, begun)
            failed += bad
            said = status.sentence(asset)
            self.stdout.write(
                f"[{number}/{len(todo)}] {asset.public_id} {asset.original_filename}: {said}", self.style.ERROR if bad else None
            )
        verb = "would be made" if options["dry_run"] else "made"
        self.stdout.write(f"{len(todo) - failed} {verb}, {failed} failed, in {time.monotonic() - started:.1f} s.")
        if failed:
            raise CommandError(f"{failed} of {len(todo)} media files could not be made ready; see above.")


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} is no moment such as 2026-11-30T21:00 (in the museum's time zone unless it names one).") from None
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def _is_there(asset: Asset, sizes: dict[str, int]) -> bool:
    """Whether the derivatives are today's, and the access copy lies in the storage at its length. The database alone does not know what was lost."""
    if not derive.is_current(asset):
        return False
    copy = getattr(asset, "access_copy", None)
    return copy is None or sizes.get(derive.pyramid_name(asset.public_id, asset.version)) == copy.size


def _was_made(asset: Asset, begun: datetime) -> bool:
    """A picture that was ready stays so when nothing could be made of it: its older copy may still be good."""
    return asset.kind != Asset.Kind.IMAGE or AccessCopy.objects.filter(asset=asset, created_at__gte=begun).exists()
