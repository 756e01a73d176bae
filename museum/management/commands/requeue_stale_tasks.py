"""Try tasks again whose worker died."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from museum import queue


class Command(BaseCommand):
    help = (
        "Put tasks whose worker died back into the queue. A task that killed "
        f"{queue.MOST_ATTEMPTS} workers is marked as failed instead. The worker does this by itself every minute."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        again, failed = queue.requeue_stale(dry_run=dry_run)
        would = "would be " if dry_run else ""
        self.stdout.write(f"{again} tasks {would}put back into the queue, {failed} {would}failed for good.")
