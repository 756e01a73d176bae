"""What is wrong with a manifest, ours or another museum's."""

from __future__ import annotations

import urllib.request
from pathlib import Path
from typing import Any
from urllib.error import URLError

import orjson
from django.core.management.base import BaseCommand, CommandError, CommandParser

from iiif.presentation.check import problems, version_of

LARGEST = 50_000_000
PATIENCE = 20


class Command(BaseCommand):
    help = (
        "Say what is wrong with a IIIF manifest or collection, Presentation 3.0 or 2.1, ours or another museum's: "
        "a file, or an http(s) address. Exit status 1 when anything is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", metavar="FILE|ADDRESS")

    def handle(self, *args: Any, source: str, **options: Any) -> None:
        is_address = source.startswith(("http://", "https://"))
        try:
            document = orjson.loads(self._fetched(source) if is_address else self._read(source))
        except orjson.JSONDecodeError as error:
            raise CommandError(f"{source} is not JSON: {error}.") from error
        found = problems(document, address=source if is_address else "", thorough=True)
        for problem in found:
            self.stdout.write(str(problem))
        if found:
            raise CommandError(f"{len(found)} {'problem' if len(found) == 1 else 'problems'} in {source}.")
        kind = document["type"] if "type" in document else document["@type"].removeprefix("sc:")
        self.stdout.write(f"{source} is a valid {kind} of Presentation {'2.1' if version_of(document) == 2 else '3.0'}.")

    def _read(self, source: str) -> bytes:
        try:
            return Path(source).read_bytes()
        except OSError as error:
            raise CommandError(f"{source} cannot be read: {error.strerror}.") from error

    def _fetched(self, source: str) -> bytes:
        # an operator names the address; nothing that a visitor sends comes here
        request = urllib.request.Request(source, headers={"Accept": "application/ld+json, application/json"})  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
                return answer.read(LARGEST)
        except (URLError, TimeoutError, ValueError) as error:
            raise CommandError(f"{source} cannot be fetched: {getattr(error, 'reason', error)}.") from error
