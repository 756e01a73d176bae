"""Documents of the Presentation API as they are sent, in both versions and every encoding, kept for a few seconds in each process.

What is asked for is a path below ``/iiif/``; whether it may be answered is asked anew when what is kept is older than
``KEPT_SECONDS``, as for pictures (``iiif.image.pictures``): a takedown holds everywhere within a minute. What the change feed has
told of meanwhile is asked anew at once: a harvester that reads the feed is given the manifest after the change, never the one before.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from functools import cache
from typing import Any

import brotli
import orjson
from django.conf import settings

from artifacts.standing import Standing, State
from iiif.asking import twice
from iiif.changes.pages import total
from iiif.models import StoredManifest
from iiif.presentation import collections, sources, store, version2
from iiif.presentation.addresses import PLACEHOLDER
from records.ids import PUBLIC_ID
from records.prepared import Prepared
from records.projection import view_of

KEPT_SECONDS = 5.0
KEPT_DOCUMENTS = 256
KEPT_BYTES = 32 * 1024 * 1024  # per process; a manifest of a thousand pages is 0.8 MB
_PATH = re.compile(
    rf"/iiif/(?:(?P<kind>object|exhibition)s/(?P<id>{PUBLIC_ID})/(?P<what>manifest|collection)"
    r"|(?P<top>collection)|collections/(?P<steps>[a-z]+(?:/[a-z0-9]+){0,2})/collection)(?P<v2>-v2)?\.json"
)


class Document:
    """One document: Presentation 3.0 as bytes with the museum's origin, the 2.1 form made from it when somebody asks."""

    __slots__ = ("_forms", "digest", "id")

    def __init__(self, body: bytes, digest: str) -> None:
        self.digest = digest
        self._forms: dict[tuple[int, str], bytes | None] = {(3, ""): body}

    def form(self, version: int, encoding: str = "") -> bytes | None:
        """Version 3; 2 (at the document's own id) or -2 (at the address of the 2.1 form); None when 2.1 cannot hold it."""
        key = (version, encoding)
        if key not in self._forms:
            self._forms[key] = self._made(version, encoding)
        return self._forms[key]

    def _made(self, version: int, encoding: str) -> bytes | None:
        if encoding:
            plain = self.form(version)
            return _encoded(plain, encoding) if plain is not None else None
        converted = version2.converted(orjson.loads(self._forms[3, ""] or b""), own_address=version == -2)
        return orjson.dumps(converted) if converted else None

    @property
    def weight(self) -> int:
        """Bytes that it holds."""
        return sum(len(form) for form in self._forms.values() if form)


def _encoded(body: bytes, encoding: str) -> bytes:
    return brotli.compress(body, quality=4) if encoding == "br" else gzip.compress(body, 5, mtime=0)


@dataclass(slots=True)
class Found:
    """What a path answers: a document, or the standing of a record that has none to show.

    ``until`` is on the monotonic clock; ``told``: how many changes the feed had told of when it was asked.
    """

    standing: Standing
    document: Document | None
    until: float
    elsewhere: str = ""
    told: int = 0


_kept: OrderedDict[str, Found] = OrderedDict()
_lock = threading.Lock()
_EVERYBODY = Standing(State.PUBLIC, "")


def split(path: str) -> tuple[str, bool] | None:
    """(path of the 3.0 form, whether the 2.1 form's own address was asked for); None for what is no manifest or collection."""
    match = _PATH.fullmatch(path)
    if match is None:
        return None
    return (path.removesuffix("-v2.json") + ".json", True) if match["v2"] else (path, False)


def find(path: str, *, asked_anew: bool = False) -> Found:
    """What the path of a manifest or collection answers, at most ``KEPT_SECONDS`` old, or as it is now when it is ``asked_anew``.

    ``path`` must be one that ``split`` gave.
    """
    held = _kept.get(path)
    told = twice(total)  # before the look-up: what is told of while it runs is asked for next time
    if held is not None and held.until > time.monotonic() and held.told == told and not asked_anew:
        return held
    return _look_up(path, held, told)


def fresh(path: str) -> Found:
    """The same as it is at this moment; nothing is kept."""
    return _asked(_parsed(path), None)


def forget() -> None:
    """Drop everything kept; for tests."""
    with _lock:
        _kept.clear()


def _look_up(path: str, held: Found | None, told: int) -> Found:
    until = time.monotonic() + KEPT_SECONDS
    match = _parsed(path)
    before = held.document if held else None
    found = twice(lambda: _asked(match, before))
    found.until, found.told = until, told
    if found.standing.state is State.PUBLIC:
        _keep(path, found)
    else:
        with _lock:
            _kept.pop(path, None)
    return found


def _parsed(path: str) -> re.Match[str]:
    match = _PATH.fullmatch(path)
    if match is None:
        raise ValueError(f"{path} is no address of a manifest or collection.")
    return match


def _asked(match: re.Match[str], before: Document | None) -> Found:
    if match["kind"] is None:
        steps = (match["steps"] or "").split("/") if match["steps"] else []
        found = _of_json(collections.find(steps), before)
        moved = "" if found else collections.moved(steps)
        return Found(Standing(State.MOVED, steps[-1]) if moved else _EVERYBODY, found, 0.0, moved)
    try:
        kind = sources.kind(match["kind"])
    except KeyError:
        return Found(Standing(State.NEVER, match["id"]), None, 0.0)
    standing = kind.standing(match["id"])
    if standing.state is not State.PUBLIC:
        moved = f"/iiif/{kind.name}s/{standing.moved_to}/{match['what']}.json" if standing.moved_to else ""
        return Found(standing, None, 0.0, moved)
    if match["what"] == "collection":
        view = view_of("object", standing.pk or 0) if kind.name == "object" else None
        return Found(standing, _of_json(collections.group(view) if view else None, before), 0.0)
    return Found(standing, _manifest(kind.name, standing, before), 0.0)


def _manifest(kind: str, standing: Standing, before: Document | None) -> Document | None:
    """The stored manifest. What the worker has not stored yet is built for this answer, and not stored: a GET writes nothing."""
    if before is not None:
        digest = next((row["sha256"] for row in _digests(kind)([standing.public_id])), "")
        if _tag(digest) == before.digest:
            return before
    stored = next(iter(_bodies(kind)([standing.public_id])), None)
    if stored is not None:
        return Document(_filled(bytes(stored["body"])), _tag(stored["sha256"])) if stored["body"] else None
    view = view_of(kind, standing.pk or 0)
    built = next((built for _id, built in store.build_views(kind, [view] if view else [])), None)
    if built is None or built.problems:
        return None
    return Document(_filled(built.body), _tag(hashlib.sha256(built.body).hexdigest()))


@cache
def _digests(kind: str) -> Prepared:
    return Prepared(
        lambda public_ids: StoredManifest.objects.filter(kind=kind, public_id__in=public_ids).values("sha256"), of=str, shared=True
    )


@cache
def _bodies(kind: str) -> Prepared:
    return Prepared(
        lambda public_ids: StoredManifest.objects.filter(kind=kind, public_id__in=public_ids).values("body", "sha256"), of=str, shared=True
    )


def _of_json(made: dict[str, Any] | None, before: Document | None) -> Document | None:
    if made is None:
        return None
    body = orjson.dumps(made)
    tag = _tag(hashlib.sha256(body).hexdigest())
    return before if before is not None and before.digest == tag else Document(_filled(body), tag)


def digest_of(body: bytes) -> str:
    """What tells these bytes from others."""
    return hashlib.sha256(body).hexdigest()[:24]


def _tag(digest: str) -> str:
    """Changes with the bytes and with the origin that is filled in."""
    return hashlib.sha256(f"{digest}@{settings.MUSEUM_ORIGIN}".encode()).hexdigest()[:24]


def _filled(body: bytes) -> bytes:
    """Stored bytes with the museum's own origin."""
    return body.replace(PLACEHOLDER.encode(), settings.MUSEUM_ORIGIN.encode())


def filled(made: dict[str, Any]) -> bytes:
    """A part of a document as bytes with the museum's own origin."""
    return _filled(orjson.dumps(made))


def _keep(path: str, found: Found) -> None:
    with _lock:
        _kept.pop(path, None)
        _kept[path] = found
        total = sum(one.document.weight for one in _kept.values() if one.document)
        while (total > KEPT_BYTES or len(_kept) > KEPT_DOCUMENTS) and len(_kept) > 1:
            _path, oldest = _kept.popitem(last=False)
            total -= oldest.document.weight if oldest.document else 0
