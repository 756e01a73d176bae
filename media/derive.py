"""Makes what is derived from an original: decoding in a child process with limits, then one transaction that makes the asset ready."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import OperationalError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop

from media import limits, preservation, recordings, reshaping, storage
from media.errors import DamagedFile, MediaError, MissingFile, NoColours, StorageUnavailable
from media.formats import BY_KEY
from media.models import AccessCopy, Asset, Blob, PreservationEvent
from media.pyramid import RECIPE
from media.reshaping import Reshaped

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parent.parent
RETRY_AFTER = timedelta(seconds=20)
TELL_EVERY = 1.0

DAMAGED = gettext_noop("The file is damaged: its pixels cannot be read to the end. Copy or export it again, then upload it anew.")
NO_COLOURS = gettext_noop(
    "The file is whole, but its numbers are no colours (floating-point or signed samples, as of heights or measurements). "
    "Export it as a picture of 8 or 16 bits."
)
TOO_MUCH = gettext_noop("Decoding this picture took more memory or time than allowed. Export it as a baseline JPEG or a tiled TIFF.")
LOST = gettext_noop("The original is not in the storage any more. Tell the operator; upload the file again if you have it.")
NO_STORAGE = gettext_noop("The storage could not be reached, several times. Press “Try again” later.")
NO_DATABASE = gettext_noop("The database was away or busy, several times. Press “Try again” later.")
CRASHED = gettext_noop("The picture could not be decoded: the decoder stopped several times. Export it in another format.")
ENDLESS = gettext_noop("The recording does not say how long it is: it cannot stand in a IIIF manifest. Export it again.")
WARNED = gettext_noop("The decoder met errors in the file and mended them: compare the picture with the original.")
SEVERAL = gettext_noop("The file has several pages, of which the first is shown. Save each page as a file of its own, and upload those.")
MOVING = gettext_noop("The file has several pictures that follow each other, of which the first is shown. Upload a film as MP4 or WebM.")
_SAID_OF_SEVERAL = {"tiff": SEVERAL, "gif": MOVING, "webp": MOVING, "avif": MOVING}


class _Stopped(MediaError):
    """The child process ended without an answer. ``sentence`` says why, as far as can be known."""

    def __init__(self, sentence: str, detail: str) -> None:
        super().__init__(detail)
        self.sentence = sentence


@dataclass(frozen=True)
class _Made:
    facts: dict[str, Any]
    index: bytes


def version_of(asset: Asset) -> str:
    """The version of an asset's derivatives: changes with its original, its turn, and the recipe."""
    recipe = RECIPE if asset.blob.mime.startswith("image/") else recordings.RECIPE
    turned = f" turned {asset.turn}" if asset.turn else ""
    return hashlib.sha256(f"{asset.blob.sha256} {recipe}{turned}".encode()).hexdigest()[:16]


def pyramid_name(public_id: str, version: str) -> str:
    """The name of an access copy in the storage ``derivatives``."""
    return f"{public_id}/{version}/pyramid.tif"


def is_current(asset: Asset) -> bool:
    """True when the asset is ready and its derivatives are those of today's recipe."""
    if asset.state != Asset.State.READY or asset.version != version_of(asset):
        return False
    return asset.kind != Asset.Kind.IMAGE or AccessCopy.objects.filter(asset=asset, version=asset.version).exists()


def prepare(asset_pk: int, *, force: bool = False) -> str:
    """Make the asset ready, or failed with a sentence; returns its state. Idempotent; a passing trouble is tried again later, a few times."""
    asset = Asset.objects.select_related("blob").filter(pk=asset_pk).first()
    if asset is None:  # removed since the task was made
        return "removed"
    if is_current(asset) and not force:
        Asset.objects.filter(pk=asset_pk, progress__lt=100).update(progress=100)  # turned, and back again
        return asset.state
    ready_before = asset.state == Asset.State.READY
    Asset.objects.filter(pk=asset_pk).update(
        state=Asset.State.READY if ready_before else Asset.State.PROCESSING,
        progress=0,
        attempts=F("attempts") + 1,
        updated_at=timezone.now(),
    )
    asset.refresh_from_db(fields=["attempts"])
    try:
        if asset.kind == Asset.Kind.IMAGE:
            _derive(asset)
        else:
            _describe(asset)
    except NoColours as error:
        _fail(asset, NO_COLOURS, str(error))
    except DamagedFile as error:
        _fail(asset, DAMAGED, str(error))
    except MissingFile as error:
        _fail(asset, LOST, str(error))
    except _Stopped as error:
        _again(asset, error.sentence, str(error))
    except StorageUnavailable as error:
        _again(asset, NO_STORAGE, str(error))
    except OSError as error:
        _again(asset, NO_STORAGE, f"{type(error).__name__}: {error}")
    except OperationalError as error:  # nothing is wrong with the picture
        _again(asset, NO_DATABASE, str(error))
    return asset.state


def _derive(asset: Asset) -> None:
    target = storage.spool() / f"{uuid4().hex}.tif"
    version = version_of(asset)
    try:
        with storage.local_copy(storage.ORIGINALS, asset.blob.name) as original:
            made = _decode(original, asset.technical.get("format", ""), target, asset.turn, _teller(asset.pk))
        storage.replace(storage.DERIVATIVES, pyramid_name(asset.public_id, version), target)
    finally:
        target.unlink(missing_ok=True)
        target.with_suffix(".index").unlink(missing_ok=True)
    _finish(asset, made)


def _describe(asset: Asset) -> None:
    """Read what a recording, model or document says of itself; its bytes are served as they are, but for what is blanked."""
    key = asset.technical.get("format", "")
    warning = ""
    with storage.opened(storage.ORIGINALS, asset.blob.name, asset.blob.size) as file:
        found = recordings.read(file, key, asset.blob.size)
    if asset.kind in {Asset.Kind.AUDIO, Asset.Kind.VIDEO}:
        warning = "" if found.duration else ENDLESS
        if found.codecs:  # a film without pictures is a sound recording, whatever its container is called
            asset.kind = Asset.Kind.VIDEO if found.width else Asset.Kind.AUDIO
            asset.blob.mime = f"{asset.kind}/{asset.blob.mime.partition('/')[2]}"
    asset.width, asset.height, asset.duration = found.width, found.height, found.duration and round(found.duration, 3)
    asset.technical = {"format": key, "codecs": found.codecs, "blanks": [blank.plain() for blank in found.blanks]}
    asset.warning = warning
    _finish(asset, None)


@transaction.atomic
def _finish(asset: Asset, made: _Made | None) -> None:
    """The asset is ready. ``save`` tells those who show it; those who marked places on it follow in the same transaction."""
    wanted = Asset.objects.select_for_update(of=("self",)).select_related("blob").filter(pk=asset.pk).first()
    if wanted is None:  # removed meanwhile: its derivatives are collected as orphans
        return
    if version_of(wanted) != version_of(asset):  # turned or replaced meanwhile: that has a task of its own
        asset.state = wanted.state
        return
    reshaped = _reshaped(asset, made)
    asset.state, asset.progress, asset.failure, asset.attempts = Asset.State.READY, 100, "", 0
    asset.version = version_of(asset)
    changed = [
        "state",
        "progress",
        "failure",
        "attempts",
        "version",
        "kind",
        "width",
        "height",
        "duration",
        "technical",
        "warning",
        "updated_at",
    ]
    if made:
        facts = made.facts
        AccessCopy.objects.update_or_create(
            asset=asset,
            defaults={
                "version": asset.version,
                "original": asset.blob.sha256,
                "turn": asset.turn,
                "size": facts["size"],
                "sha256": facts["sha256"],
                "index": made.index,
            },
        )
        asset.width, asset.height = facts["width"], facts["height"]
        asset.palette, asset.perceptual_hash = facts["palette"], facts["perceptual_hash"]
        asset.color = facts["palette"][0]["color"]
        asset.technical = {"format": asset.technical.get("format", ""), **facts["technical"]}
        asset.embedded = facts["embedded"]
        several = asset.technical.get("pages", 1) > 1
        asset.warning = WARNED if facts["warning"] else _SAID_OF_SEVERAL.get(asset.technical["format"], "") if several else ""
        changed += ["palette", "perceptual_hash", "color", "embedded"]
    asset.save(update_fields=changed)
    if reshaped:
        reshaping.tell(asset.pk, reshaped)
    Blob.objects.filter(pk=asset.blob_id).exclude(mime=asset.blob.mime).update(mime=asset.blob.mime)
    if made:
        outcome = PreservationEvent.Outcome.WARNING if made.facts["warning"] else PreservationEvent.Outcome.SUCCESS
        detail = {"recipe": RECIPE, "version": asset.version, "turn": asset.turn, "decoder": made.facts["warning"]}
        preservation.record(PreservationEvent.Type.DERIVATION, outcome, sha256=asset.blob.sha256, asset=asset.public_id, detail=detail)


def _reshaped(asset: Asset, made: _Made | None) -> Reshaped | None:
    """How the new access copy differs from the one that was shown. Another original is shown as it was compared: it is only stretched."""
    copy = AccessCopy.objects.filter(asset=asset).defer("index").first()
    if copy is None or made is None or not (asset.width and asset.height):
        return None
    turn = (asset.turn - copy.turn) % 360 if copy.original == asset.blob.sha256 else 0
    return Reshaped(asset.width, asset.height, made.facts["width"], made.facts["height"], turn)


@transaction.atomic
def _fail(asset: Asset, sentence: str, detail: str) -> None:
    """Failed, and why. A picture that was ready before stays so: its older derivatives are still good."""
    log.warning("asset %s: %s", asset.public_id, detail)
    if not Asset.objects.filter(pk=asset.pk).exists():
        return
    if asset.state == Asset.State.READY:
        asset.warning, asset.progress = sentence, 100
    else:
        asset.state, asset.failure, asset.progress = Asset.State.FAILED, sentence, 0
    asset.save(update_fields=["state", "failure", "warning", "progress", "updated_at"])
    preservation.record(
        PreservationEvent.Type.VALIDATION,
        PreservationEvent.Outcome.FAILURE,
        sha256=asset.blob.sha256,
        asset=asset.public_id,
        detail={"decoder": detail},
    )


def given_up(asset_pk: int, detail: str) -> None:
    """The task of this asset will not be tried again by itself: say so, unless the asset is ready or waits for another task."""
    asset = Asset.objects.select_related("blob").filter(pk=asset_pk).first()
    if asset and (asset.state == Asset.State.PROCESSING or (asset.state == Asset.State.READY and not is_current(asset))):
        _fail(asset, CRASHED, detail)


def _again(asset: Asset, sentence: str, detail: str) -> None:
    """Another attempt later, or failed when there were enough."""
    from media import tasks

    if asset.attempts >= limits.DECODE_ATTEMPTS:
        _fail(asset, sentence, detail)
        return
    log.warning("asset %s, attempt %d: %s", asset.public_id, asset.attempts, detail)
    with transaction.atomic():
        Asset.objects.filter(pk=asset.pk).exclude(state=Asset.State.READY).update(state=Asset.State.WAITING, progress=0)
        tasks.prepare.using(run_after=timezone.now() + RETRY_AFTER * 2**asset.attempts).enqueue(asset.pk)
    asset.refresh_from_db(fields=["state"])


def _teller(asset_pk: int) -> Callable[[int], None]:
    """Writes the progress down, at most once a second."""
    told = time.monotonic()

    def tell(percent: int) -> None:
        nonlocal told
        if time.monotonic() - told >= TELL_EVERY:
            told = time.monotonic()
            with suppress(OperationalError):  # a busy database: the next figure is as good
                Asset.objects.filter(pk=asset_pk).update(progress=percent)

    return tell


def _decode(original: Path, key: str, target: Path, turn: int, tell: Callable[[int], None]) -> _Made:
    """Run the child process. Raises DamagedFile (or NoColours) with the decoder's words, _Stopped when it was ended or crashed."""
    if key not in BY_KEY:
        with original.open("rb") as file:
            from media import formats

            key = formats.recognise(formats.head_of(file), original.stat().st_size).key
    command = [sys.executable, "-m", "media.pyramid", str(original), key, str(target), "--turn", str(turn)]
    with (
        tempfile.TemporaryFile() as complaints,
        subprocess.Popen(  # noqa: S603 (our own module, no shell)
            command, cwd=ROOT, env=_environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=complaints, text=True
        ) as child,
    ):
        watch = threading.Timer(limits.DECODE_WALL_SECONDS, child.kill)
        try:
            _limit(child.pid)
            watch.start()
            answer = _listen(child, tell)
            code = child.wait()
        finally:
            watch.cancel()
            if child.poll() is None:
                child.kill()
                child.wait()
        complaints.seek(0)
        said = complaints.read()[-2000:].decode("utf-8", "replace").strip()
    if "no_colours" in answer:
        raise NoColours(answer["no_colours"])
    if "damaged" in answer:
        raise DamagedFile(answer["damaged"])
    if "made" not in answer or code:
        too_much = code in {-9, -24} or "MemoryError" in said or "out of memory" in said.lower()
        raise _Stopped(TOO_MUCH if too_much else CRASHED, f"exit code {code}; {said.splitlines()[-1] if said else 'no words'}")
    return _Made(answer["made"], target.with_suffix(".index").read_bytes())


def _listen(child: subprocess.Popen, tell: Callable[[int], None]) -> dict[str, Any]:
    answer: dict[str, Any] = {}
    assert child.stdout is not None
    for line in child.stdout:
        message = json.loads(line)
        if "progress" in message:
            tell(message["progress"])
        else:
            answer = message
    return answer


def _environment() -> dict[str, str]:
    """No secrets, little memory: the child gets only what it needs."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH") if name in os.environ}
    return {
        **kept,
        "VIPS_CONCURRENCY": str(os.cpu_count() or 1),
        "MALLOC_ARENA_MAX": "2",
        "VIPS_BLOCK_UNTRUSTED": "1",
        "TMPDIR": str(storage.spool()),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _limit(pid: int) -> None:
    try:
        resource.prlimit(pid, resource.RLIMIT_AS, (limits.DECODE_MEMORY, limits.DECODE_MEMORY))
        resource.prlimit(pid, resource.RLIMIT_CPU, (limits.DECODE_CPU_SECONDS, limits.DECODE_CPU_SECONDS))
        resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))
    except ProcessLookupError:  # ended already
        return
