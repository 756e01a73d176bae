"""Follow the change feed of another museum."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exchange.models import Harvested, PeerFeed
from exchange.peers.fetching import PeerError
from exchange.peers.harvesting import harvest


class Command(BaseCommand):
    help = (
        "Follow the IIIF change feed (Change Discovery 1.0) at ADDRESS until our list of that museum's manifests is what theirs is. "
        "Interrupted, it goes on where it stopped. Exit status 1 when a manifest could not be fetched."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="of the feed, such as https://museum.example/iiif/changes/collection.json")
        parser.add_argument("--dry-run", action="store_true", help="read the feed and say what would change; write nothing")
        parser.add_argument("--list-only", action="store_true", help="do not fetch the manifests themselves")
        parser.add_argument("--forget", action="store_true", help="forget what was harvested from this address, and end")

    def handle(self, *args: Any, address: str, dry_run: bool, list_only: bool, forget: bool, **options: Any) -> None:
        if forget:
            count, _ = PeerFeed.objects.filter(address=address).delete()
            self.stdout.write("Forgotten." if count else "Nothing was known of this address.")
            return
        quiet = options["verbosity"] == 0
        try:
            outcome = harvest(address, say=(lambda _line: None) if quiet else self.stderr.write, dry_run=dry_run, documents=not list_only)
        except PeerError as error:
            raise CommandError(str(error)) from error
        words = ", ".join(f"{number:,} {what}" for what, number in sorted(outcome.counts.items()) if number) or "nothing new"
        known = Harvested.objects.filter(feed__address=address).count()
        self.stdout.write(f"{'Would have: ' if dry_run else ''}{words}. {known:,} manifests are known of this museum.")
        for failure in outcome.failures[:20]:
            self.stderr.write(failure)
        if outcome.failures:
            raise CommandError(f"{len(outcome.failures):,} manifests could not be fetched; the next run tries them again.")
