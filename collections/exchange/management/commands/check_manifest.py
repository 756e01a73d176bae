"""What is wrong with a manifest, ours or another museum's.

The operator names the address, and may name one inside. What a document of others names is fetched as everything of others is:
no way into private networks, but to the place that the operator has named already.
"""

from __future__ import annotations

import http.client
import time
import urllib.request
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson
from django.core.management.base import BaseCommand, CommandError, CommandParser

from exchange.peers import fetching
from iiif.presentation.check import advice, pages_elsewhere, problems, version_of
from iiif.presentation.problems import Problem

LARGEST = 50_000_000
PATIENCE = 20  # seconds for a connection, and between two pieces of an answer
DEADLINE = 120  # seconds for an answer, however it trickles
ACCEPT = "application/ld+json, application/json"
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
            content, reached = self._fetched(source) if is_address else (self._read(source), "")
            document = orjson.loads(content)
        except orjson.JSONDecodeError as error:
            raise CommandError(f"{source} is not JSON: {error}.") from error
        found = [
            *self._pages_elsewhere(document, _origin(source) if is_address else ""),
            *problems(document, address=_published(document, source, reached), thorough=True),
        ]
        for problem in found:
            self.stdout.write(str(problem))
        for problem in advice(document):
            self.stdout.write(f"Advice: {problem}")
        if found:
            raise CommandError(f"{len(found)} {'problem' if len(found) == 1 else 'problems'} in {source}.")
        kind = document["type"] if "type" in document else document["@type"].removeprefix("sc:")
        self.stdout.write(f"{source} is a valid {kind} of Presentation {'2.1' if version_of(document) == 2 else '3.0'}.")

    def _pages_elsewhere(self, document: Any, origin: str) -> Iterator[Problem]:
        """Presentation 3.0, 5.5: a page of paintings may be named alone, and is then fetched from its id. Puts what it holds in its place;
        answers the pages that are not to be had. ``origin``: of the document, as the operator named it.
        """
        for where, page in pages_elsewhere(document):
            try:
                fetched = orjson.loads(self._page(page["id"], origin))
            except (CommandError, orjson.JSONDecodeError) as error:
                yield Problem(where, f"The page has no items, and is not to be had from its id either: {error}")
                continue
            if not isinstance(fetched, dict) or fetched.get("type") != "AnnotationPage" or fetched.get("id") != page["id"]:
                yield Problem(where, f"The page has no items, and at {page['id']} is no annotation page of this id.")
            elif isinstance(fetched.get("items"), list):
                page["items"] = fetched["items"]

    def _page(self, address: str, origin: str) -> bytes:
        if origin and _origin(address) == origin:
            return self._fetched(address, stays=True)[0]
        try:
            return fetching.fetch(address, accept=ACCEPT, limits=fetching.Limits(DEADLINE, LARGEST)).body or b""
        except fetching.PeerError as error:
            raise CommandError(f"{address}: {error}") from error

    def _read(self, source: str) -> bytes:
        try:
            return Path(source).read_bytes()
        except OSError as error:
            raise CommandError(f"{source} cannot be read: {error.strerror}.") from error

    def _fetched(self, source: str, *, stays: bool = False) -> tuple[bytes, str]:
        """What is there, and the address that answered. ``stays``: no redirect leads to another place; a document of others has
        named the address, not the operator.
        """
        request = urllib.request.Request(source, headers={"Accept": ACCEPT})  # noqa: S310
        opener = urllib.request.build_opener(*([_Staying()] if stays else []))
        try:
            with opener.open(request, timeout=PATIENCE) as answer:
                content, reached = self._read_within(answer), answer.geturl()
        except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
            raise CommandError(f"{source} cannot be fetched: {getattr(error, 'reason', None) or error}.") from error
        if len(content) > LARGEST:
            raise CommandError(f"{source} is larger than {LARGEST // 1_000_000} MB.")
        return content, reached

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


def _published(document: Any, source: str, reached: str) -> str:
    """Where it is published; of a file, nowhere. A short or former address may lead to it: its id is then the address that answered."""
    said = (document.get("id") or document.get("@id")) if isinstance(document, dict) else None
    return reached if reached and said == reached else source if reached else ""


def _origin(address: str) -> str:
    """Scheme, host and port; of what is no address, nothing."""
    try:
        parts = urlsplit(address)
        return f"{parts.scheme}://{parts.hostname}:{parts.port or ''}"
    except ValueError:
        return ""


class _Staying(urllib.request.HTTPRedirectHandler):
    """Follows redirects within one place."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> urllib.request.Request | None:
        if _origin(newurl) != _origin(req.full_url):
            raise OSError(f"it leads elsewhere, to {newurl}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)
