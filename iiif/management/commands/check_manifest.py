"""What is wrong with a manifest, ours or another museum's."""

from __future__ import annotations

import http.client
import time
import urllib.request
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError, CommandParser

from iiif.presentation.check import advice, pages_elsewhere, problems, version_of
from iiif.presentation.problems import Problem

LARGEST = 50_000_000
PATIENCE = 20  # seconds for a connection, and between two pieces of an answer
DEADLINE = 120  # seconds for an answer, however it trickles
_CHUNK = 1 << 16


class Command(BaseCommand):
    help = (
        "Say what is wrong with a IIIF manifest or collection, Presentation 3.0 or 2.1, ours or another museum's: "
        "a file, or an http(s) address. Exit status 1 when anything is; what the specification only recommends is advice, and no fault."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", metavar="FILE|ADDRESS")

    def handle(self, *args: Any, source: str, **options: Any) -> None:
        is_address = source.startswith(("http://", "https://"))
        try:
            document = orjson.loads(self._fetched(source) if is_address else self._read(source))
        except orjson.JSONDecodeError as error:
            raise CommandError(f"{source} is not JSON: {error}.") from error
        found = [
            *self._pages_elsewhere(document),
            *problems(document, address=source if is_address else "", thorough=True),
        ]
        for problem in found:
            self.stdout.write(str(problem))
        for problem in advice(document):
            self.stdout.write(f"Advice: {problem}")
        if found:
            raise CommandError(f"{len(found)} {'problem' if len(found) == 1 else 'problems'} in {source}.")
        kind = document["type"] if "type" in document else document["@type"].removeprefix("sc:")
        self.stdout.write(f"{source} is a valid {kind} of Presentation {'2.1' if version_of(document) == 2 else '3.0'}.")

    def _pages_elsewhere(self, document: Any) -> Iterator[Problem]:
        """Presentation 3.0, 5.5: a page of paintings may be named alone, and is then fetched from its id. Puts what it holds in its place;
        answers the pages that are not to be had.
        """
        for where, page in pages_elsewhere(document):
            try:
                fetched = orjson.loads(self._fetched(page["id"]))
            except (CommandError, orjson.JSONDecodeError) as error:
                yield Problem(where, f"The page has no items, and is not to be had from its id either: {error}")
                continue
            if not isinstance(fetched, dict) or fetched.get("type") != "AnnotationPage" or fetched.get("id") != page["id"]:
                yield Problem(where, f"The page has no items, and at {page['id']} is no annotation page of this id.")
            elif isinstance(fetched.get("items"), list):
                page["items"] = fetched["items"]

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
                content = self._read_within(answer)
        except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
            raise CommandError(f"{source} cannot be fetched: {getattr(error, 'reason', None) or error}.") from error
        if len(content) > LARGEST:
            raise CommandError(f"{source} is larger than {LARGEST // 1_000_000} MB.")
        return content

    def _read_within(self, answer: Any) -> bytes:
        """The body, up to one byte more than is read at all. Raises TimeoutError."""
        until = time.monotonic() + DEADLINE
        content = bytearray()
        while len(content) <= LARGEST and (piece := answer.read1(_CHUNK)):
            content += piece
            if time.monotonic() > until:
                raise TimeoutError(f"its answer took longer than {DEADLINE} seconds")
        if len(content) <= LARGEST and answer.length:
            raise http.client.IncompleteRead(bytes(content), answer.length)
        packed = (answer.headers.get("Content-Encoding") or "").lower() == "gzip"  # some send it unasked
        return zlib.decompressobj(wbits=31).decompress(content, LARGEST + 1) if packed else bytes(content)
