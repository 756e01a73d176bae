"""Takes a file into the museum: checks its header, hashes it on the way in, stores it once, makes its asset and the task that follows."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from media import containers, dimensions, formats, limits, preservation, storage
from media.errors import RefusedFile, StorageUnavailable
from media.models import Asset, Blob, PreservationEvent

log = logging.getLogger(__name__)

LONGEST_NAME = 255


@dataclass(frozen=True)
class _Spooled:
    path: Path
    size: int
    sha256: str
    sha512: str
    format: formats.Format


def receive(
    file: Any,
    filename: str,
    *,
    agent: str = preservation.SYSTEM,
    sha256: str = "",
    recognised: formats.Format | None = None,
    alt_text: dict[str, Any] | None = None,
    rights_uri: str = "",
    credit: dict[str, Any] | None = None,
) -> Asset:
    """The asset of a new file. ``file`` is a binary file, an uploaded file, or a path.

    The header is checked before anything is decoded; the original is stored once for equal files; the asset, its events and the task
    that makes its derivatives are written in one transaction. ``sha256``, when the sender knows it, must be that of what arrived.
    ``recognised``: the format of a file that the caller has read already (``media.textlayers``); its header is not checked again.
    Raises RefusedFile with a sentence for the curator, StorageUnavailable when nothing could be stored.
    """
    with _spooled(file, recognised) as spooled, _told_to_people():
        if sha256 and sha256.lower() != spooled.sha256:
            raise RefusedFile(_("The file arrived changed: its checksum is not the one that was announced. Send it again."), "checksum")
        if recognised is None:
            check(spooled.path, spooled.format, spooled.size)
        name = f"{spooled.sha256[:2]}/{spooled.sha256}"
        storage.put_once(storage.ORIGINALS, name, spooled.path)
        return _registered(
            spooled,
            agent,
            original_filename=clean_filename(filename),
            kind=spooled.format.kind,
            technical={"format": spooled.format.key},
            alt_text=alt_text or {},
            rights_uri=rights_uri,
            credit=credit or {},
        )


def check(path: Path, found: formats.Format, size: int) -> None:
    """The header check of a whole file of a recognised format. Raises RefusedFile."""
    with path.open("rb") as file:
        if found.kind == "image":
            dimensions.check(dimensions.claim(file, found, size), found, size, limits.current())
        else:
            containers.check(file, found, size)


def check_upload(file: BinaryIO, size: int) -> formats.Format:
    """The header check alone, for forms that want to answer before the file is taken in. The file is left at its start. Raises RefusedFile."""
    found = formats.recognise(formats.head_of(file), size)
    if found.kind == "image":
        dimensions.check(dimensions.claim(file, found, size), found, size, limits.current())
    else:
        containers.check(file, found, size)
    return found


@transaction.atomic
def _registered(spooled: _Spooled, agent: str, **fields: Any) -> Asset:
    from media import tasks

    blob, fresh = Blob.objects.get_or_create(
        sha256=spooled.sha256, defaults={"sha512": spooled.sha512, "size": spooled.size, "mime": spooled.format.mime}
    )
    if not fresh:
        blob = Blob.objects.select_for_update().get(pk=blob.pk)
        if blob.tombstoned_at:
            blob.tombstoned_at = None
            blob.save(update_fields=["tombstoned_at"])
    if not storage.exists(storage.ORIGINALS, blob.name):  # removed between storing and this transaction
        storage.put_once(storage.ORIGINALS, blob.name, spooled.path)
    needs_no_work = spooled.format in formats.TEXTS
    asset = Asset.objects.create(blob=blob, state=Asset.State.READY if needs_no_work else Asset.State.WAITING, **fields)
    if not needs_no_work:
        tasks.prepare.enqueue(asset.pk)
    told = {"sha256": blob.sha256, "asset": asset.public_id, "agent": agent}
    event = PreservationEvent.Type
    success = PreservationEvent.Outcome.SUCCESS
    if fresh:
        preservation.record(event.DIGEST, success, detail={"sha512": blob.sha512, "size": blob.size}, **told)
        preservation.record(event.IDENTIFICATION, success, detail={"format": spooled.format.name, "mime": blob.mime}, **told)
    preservation.record(event.INGESTION, success, detail={"filename": asset.original_filename, "already_held": not fresh}, **told)
    return asset


@contextlib.contextmanager
def _spooled(file: Any, recognised: formats.Format | None = None) -> Iterator[_Spooled]:
    """The file's bytes on our own disk, recognised and hashed; removed afterwards."""
    most = limits.current().bytes
    path = storage.spool() / uuid4().hex
    sha256, sha512 = hashlib.sha256(), hashlib.sha512()
    size = 0
    found = recognised
    try:
        with path.open("xb") as copy:
            for chunk in _chunks(file):
                if found is None:
                    found = formats.recognise(chunk[: formats.HEAD], len(chunk))
                size += len(chunk)
                if size > most:
                    raise RefusedFile(_("The file is larger than %(gb)d GB, the most that is accepted.") % {"gb": most >> 30}, "too-large")
                sha256.update(chunk)
                sha512.update(chunk)
                copy.write(chunk)
        if found is None:
            found = formats.recognise(b"", 0)
        yield _Spooled(path, size, sha256.hexdigest(), sha512.hexdigest(), found)
    except OSError as error:
        raise StorageUnavailable(
            _("The museum's disk could not take the file (%(reason)s). Tell the operator, then send it again.")
            % {"reason": os.strerror(error.errno or 5)}
        ) from error
    finally:
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def _told_to_people() -> Iterator[None]:
    """A storage that does not answer speaks of endpoints and keys: that is for the log, and the sender gets a sentence."""
    try:
        yield
    except StorageUnavailable as error:
        log.warning("The storage for originals did not take a file: %s", error)
        raise StorageUnavailable(
            _("The museum’s storage cannot be reached right now, so the file was not taken. Send it again in a while.")
        ) from error


def _chunks(file: Any) -> Iterator[bytes]:
    if isinstance(file, (str, os.PathLike)):
        with Path(file).open("rb") as opened:
            yield from iter(lambda: opened.read(storage.CHUNK), b"")
        return
    if hasattr(file, "seek") and file.seekable():
        file.seek(0)
    yield from iter(lambda: file.read(storage.CHUNK), b"")


def clean_filename(name: str) -> str:
    """The last part of a path, in NFC, without control characters, at most 255 characters with its ending kept. For people; never used as a path."""
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    name = "".join(char for char in name if unicodedata.category(char)[0] != "C").strip() or "file"
    if len(name) > LONGEST_NAME:
        stem, dot, ending = name.rpartition(".")
        name = stem[: LONGEST_NAME - len(ending) - 1] + dot + ending if dot and len(ending) < 10 else name[:LONGEST_NAME]
    return name
