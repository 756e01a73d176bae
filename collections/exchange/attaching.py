"""Giving pictures to objects: by file name = accession number, or by a table; a file that is there already is not taken twice."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction

from artifacts import page_texts
from artifacts.models import Artifact, ArtifactMedia, TextLayer
from exchange import leasing
from exchange.building.base import language_map
from exchange.errors import ExchangeError
from exchange.picture_tables import Wish
from media import access, formats, ingest, textlayers
from media.errors import MediaError
from media.models import Asset
from records import identifiers, journal
from records.models import RecordError

LEASE = "attach"
# “1987.12_01”, “1987.12-2”, “1987.12 (3)”, “1987.12_recto”: the number, then a view
_VIEW = re.compile(r"(?P<number>.+?)[\s_\-–(]+(?P<view>[0-9]{1,4}[a-z]?|recto|verso|front|back|detail ?\d*|[a-z])\)?$", re.IGNORECASE)
_PICTURES = {".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".avif", ".gif", ".jp2", ".j2k"}
_SIDECARS = {".txt", ".csv", ".json", ".jsonl", ".xml", ".gz", ".md", ".ds_store", ".db"}


@dataclass
class Attached:
    """What was done."""

    counts: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)
    tried: set[tuple[int, str]] = field(default_factory=set)  # object and checksum of what a dry run would attach


def wishes_of_files(paths: Iterable[Path]) -> list[Wish]:
    """Every file of the folders and the files themselves, by name; texts of pages come with them."""
    return [Wish(path, page_texts.bare_name(path.name) if _is_text(path) else path.stem) for given in paths for path in _files(given)]


def _files(given: Path) -> Iterator[Path]:
    if not given.exists():
        raise ExchangeError(f"There is no file or folder {given}. Check the path.")
    if given.is_file():
        yield given
        return
    for path in sorted(given.rglob("*"), key=lambda p: identifiers.sort_key(str(p))):
        if path.is_symlink() and not path.exists():
            yield path  # a link to nowhere is told as missing
        elif path.is_file() and not path.name.startswith(".") and (path.suffix.lower() not in _SIDECARS or _belongs_to_a_page(path)):
            yield path


def _is_text(path: Path) -> bool:
    """True for the text of a page (a file that is not there is none)."""
    if path.suffix.lower() not in page_texts.SUFFIXES or not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return page_texts.looks_like_text(path.name, file.read(formats.HEAD))
    except OSError:  # told when it is to be attached
        return False


def _belongs_to_a_page(path: Path) -> bool:
    """True for ALTO, PAGE and hOCR, and for plain text beside a picture of the same name. Other lists and notes in a folder are left alone."""
    if not _is_text(path):
        return False
    with path.open("rb") as file:
        if textlayers.kind_of(file.read(formats.HEAD)) is not None:
            return True
    stem = page_texts.stem_of(path.name)
    return any(page_texts.stem_of(other.name) == stem for other in path.parent.iterdir() if other.suffix.lower() in _PICTURES)


class Records:
    """Objects by what a file or a table may call them: accession number, id in a source, public id; by the normalised number last."""

    def __init__(self) -> None:
        self._exact: dict[str, set[int]] = defaultdict(set)
        self._tight: dict[str, set[int]] = defaultdict(set)
        for pk, number, source_id, public_id in Artifact.objects.values_list("pk", "accession_number", "source_id", "public_id").iterator(
            chunk_size=2000
        ):
            for name in (number, source_id, public_id):
                if name:
                    self._exact[name].add(pk)
            self._tight[identifiers.tight(number)].add(pk)

    def find(self, name: str) -> tuple[set[int], str]:
        """(objects, view) that a name may mean; the view is what follows the number in a file's name."""
        name = unicodedata.normalize("NFC", name)  # some systems write accents of file names apart
        for number, view in ((name, ""), *_with_view(name)):
            if found := self._exact.get(number):
                return found, view
        for number, view in ((name, ""), *_with_view(name)):
            if found := self._tight.get(identifiers.tight(number)):
                return found, view
        return set(), ""


def _with_view(name: str) -> list[tuple[str, str]]:
    match = _VIEW.match(name)
    return [(match["number"], match["view"])] if match else []


def attach(
    wishes: list[Wish],
    *,
    dry_run: bool = False,
    on_progress: Callable[[int, Counter[str]], None] | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Attached:
    """Take every file in and give it to its object. Each file is one transaction: an interrupted run is simply repeated."""
    done = Attached()
    records = Records()
    wishes = sorted(wishes, key=lambda wish: _is_text(wish.path))  # texts find their pages when the pictures are there
    holding = None if dry_run else leasing.take(LEASE)
    try:
        for number, wish in enumerate(wishes, 1):
            if holding:
                holding.renew()
            try:
                _attach_one(wish, records, done, dry_run)
            except OSError as error:
                _tell(done, "refused", f"{wish.path}: it cannot be read ({error.strerror or error}). Check the file and its permissions.")
            if on_progress:
                on_progress(number, done.counts)
            if stop():
                done.counts["stopped"] += 1
                break
    finally:
        if holding:
            holding.release()
    return done


def _attach_one(wish: Wish, records: Records, done: Attached, dry_run: bool) -> None:
    where = f"row {wish.row}, {wish.path.name}" if wish.row else str(wish.path)
    if wish.path.is_dir():
        _tell(done, "missing", f"{where}: this is a folder, not a file. Name the file in it.")
        return
    if not wish.path.is_file():
        _tell(done, "missing", f"{where}: there is no such file. Check the name in the table and the folder.")
        return
    found, view = records.find(wish.record)
    if not found:
        _tell(done, "unmatched", f"{where}: no object has the number or id “{wish.record}”. Rename the file, or give a table.")
        return
    if len(found) > 1:
        _tell(done, "unmatched", f"{where}: “{wish.record}” may be any of {len(found)} objects. Give a table with their ids.")
        return
    pk = next(iter(found))
    digest = _sha256(wish.path)
    if _is_text(wish.path):
        _attach_text(wish, pk, digest, where, done, dry_run)
        return
    if (pk, digest) in done.tried or ArtifactMedia.objects.filter(artifact=pk, asset__blob__sha256=digest).exists():
        done.counts["already there"] += 1
        return
    try:
        if dry_run:
            with wish.path.open("rb") as file:
                ingest.check_upload(file, wish.path.stat().st_size)
            done.tried.add((pk, digest))
        else:
            _take_in(wish, pk, view)
    except MediaError as error:
        _tell(done, "refused", f"{where}: {error}")
        return
    done.counts["attached"] += 1


def _attach_text(wish: Wish, pk: int, digest: str, where: str, done: Attached, dry_run: bool) -> None:
    """The text of a page goes to the picture of the same name, else to the one at the table's place."""
    if TextLayer.objects.filter(use__artifact=pk, asset__blob__sha256=digest).exists():
        done.counts["already there"] += 1
        return
    if dry_run:  # its picture may be among the files that are only looked at
        done.counts["attached"] += 1
        return
    try:
        use = _page(wish, pk)
        with wish.path.open("rb") as file:
            page_texts.take(use, file, wish.path.name)
    except (MediaError, RecordError) as error:
        _tell(done, "refused", f"{where}: {error}")
        return
    done.counts["attached"] += 1


def _page(wish: Wish, pk: int) -> ArtifactMedia:
    try:
        return page_texts.page_for(Artifact.objects.get(pk=pk), wish.path.name)
    except RecordError:
        if wish.position is None:
            raise
        found = ArtifactMedia.objects.filter(artifact=pk, sort_order=wish.position, asset__kind=Asset.Kind.IMAGE).select_related("asset")
        if len(found) != 1:
            raise
        return found[0]


def _tell(done: Attached, kind: str, sentence: str) -> None:
    done.counts[kind] += 1
    done.told.append(f"{kind}: {sentence}")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@transaction.atomic
def _take_in(wish: Wish, pk: int, view: str) -> None:
    artifact = Artifact.objects.select_for_update().only("pk", "live").get(pk=pk)
    asset = ingest.receive(wish.path, wish.path.name)
    uses = ArtifactMedia.objects.filter(artifact=pk)
    last = uses.order_by("-sort_order").values_list("sort_order", flat=True).first()
    ArtifactMedia.objects.create(
        artifact_id=pk,
        asset=asset,
        sort_order=wish.position if wish.position is not None else 0 if last is None else last + 1,
        primary=not uses.filter(primary=True).exists(),
        label=_label(wish, view),
        chapter=language_map(wish.chapter, "und") if wish.chapter else {},
        chapter_level=wish.chapter_level,
        leaf=wish.leaf,
        published=artifact.live,
    )
    access.refresh_tiers([asset.pk])
    journal.changed("object", pk)


def _label(wish: Wish, view: str) -> dict[str, Any]:
    if wish.label:
        return language_map(wish.label, "und")
    return language_map(view, "en") if view and not view[:1].isdigit() and len(view) > 1 else {}
