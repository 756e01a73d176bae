"""Build all manifests anew."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from iiif.models import StoredManifest
from iiif.presentation import sources, store
from records import collecting, frugal, projection


def _place(text: str) -> tuple[str, int]:
    kind, _, key = text.rpartition(":")
    return kind, int(key)


class Command(BaseCommand):
    help = (
        "Build the manifests of all public records anew, check and store them. Manifests that did not change are left as they are. "
        "Stopped in the middle it can go on with --after. Exit status 1 when a manifest was refused."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kind", choices=sources.kinds(), help="this kind of records only")
        parser.add_argument(
            "--after",
            type=_place,
            metavar="KIND:KEY",
            help="go on after this record (printed with the progress), with the kinds that follow",
        )
        parser.add_argument("--dry-run", action="store_true", help="build and check, store nothing")

    def handle(self, *args: Any, kind: str | None, after: tuple[str, int] | None, dry_run: bool, **options: Any) -> None:
        frugal.read_without_keeping()
        counts: Counter[str] = Counter()
        kinds = [kind] if kind else list(sources.kinds())
        if after:
            if after[0] not in kinds:
                raise CommandError(f"--after {after[0]}:{after[1]}: the kinds to be built are {', '.join(kinds)}.")
            kinds = kinds[kinds.index(after[0]) :]
        for name in kinds:
            counts += self._rebuild(name, after[1] if after and after[0] == name else 0, dry_run)
        words = ", ".join(f"{number:,} {what}" for what, number in sorted(counts.items())) or "nothing to do"
        self.stdout.write(f"{'Would have: ' if dry_run else ''}{words}.")
        if counts["refused"]:
            refused = StoredManifest.objects.filter(refused=True).defer("body", "pages").order_by("record_pk")[:20]
            for row in refused:
                for where, sentence in row.problems[:3]:
                    self.stderr.write(f"{row.kind} {row.public_id}: {where or 'document'}: {sentence}")
            raise CommandError(
                f"{counts['refused']} manifests are not valid and were not published; their objects say why in the workplace."
            )

    def _rebuild(self, kind: str, after: int, dry_run: bool) -> Counter[str]:
        known = StoredManifest.objects.filter(kind=kind).values_list("record_pk", flat=True)
        pks = sorted(pk for pk in {*sources.kind(kind).keys(), *known} if pk > after)
        counts: Counter[str] = Counter()
        for start in range(0, len(pks), store.BATCH):
            batch = pks[start : start + store.BATCH]
            with collecting.resting():
                counts.update(self._try(kind, batch) if dry_run else store.refresh(kind, batch))
            done = start + len(batch)
            self.stderr.write(f"{kind}: {done:,} of {len(pks):,} (to go on from here: --after {kind}:{batch[-1]})")
        return counts

    def _try(self, kind: str, batch: list[int]) -> Counter[str]:
        counts: Counter[str] = Counter()
        for _public_id, built in store.build_views(kind, projection.views(kind, batch)):
            counts["without pictures" if built is None else "refused" if built.problems else "built"] += 1
        return counts
