"""manage.py audit_search: is the index what the database says?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.auditing import Findings, audit
from search.documents import AUDIENCES, Audience
from search.engines.base import EngineError
from search.texts import indexing

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Compare the search indices with the database: records that are missing, ghosts that should not be there and, with --contents, "
        "documents that are not what the record says now. Exits with an error while anything differs."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--audience", choices=AUDIENCES, action="append", help="only this index (default: both)")
        parser.add_argument(
            "--contents", action="store_true", help="compare the contents of every document too (takes as long as a rebuild)"
        )
        parser.add_argument("--repair", action="store_true", help="mend what differs (without it nothing is changed)")

    def handle(self, *args: Any, audience: list[str] | None, contents: bool, repair: bool, **options: Any) -> None:
        wrong = 0
        try:
            for one in AUDIENCES:
                if one in (audience or AUDIENCES):
                    findings = audit(one, contents=contents, repair=repair)
                    wrong += self._say(findings, repair)
                    wrong += self._pages(one, repair)
        except EngineError as error:
            raise CommandError(str(error)) from error
        if wrong:
            raise CommandError(f"{wrong} differences remain." if repair else f"{wrong} differences; mend them with --repair.")

    def _pages(self, audience: Audience, repair: bool) -> int:
        seen, differing = indexing.audit(audience, repair=repair)
        for ident in differing[:SHOWN]:
            self.stdout.write(f"{audience}: page {ident} differs")
        mended = f", {len(differing)} mended" if repair else ""
        self.stdout.write(f"{audience}: {seen} pages compared, {len(differing)} differences{mended}.")
        return 0 if repair else len(differing)

    def _say(self, findings: Findings, repair: bool) -> int:
        found = {"missing": findings.missing, "ghost": findings.ghosts, "outdated": findings.outdated}
        for name, idents in found.items():
            for ident in idents[:SHOWN]:
                self.stdout.write(f"{findings.audience}: {name} {ident}")
            if len(idents) > SHOWN:
                self.stdout.write(f"{findings.audience}: … and {len(idents) - SHOWN} more {name}")
        for what, reason in findings.failed.items():
            self.stderr.write(f"{what}: {reason}")
        differences = sum(len(idents) for idents in found.values())
        mended = f", {findings.repaired} mended" if repair else ""
        self.stdout.write(f"{findings.audience}: {findings.checked} records compared, {differences} differences{mended}.")
        return differences - findings.repaired
