"""Originals stay what they are: fixity, the sealed record of events, tombstones, orphans; folders and S3 alike."""

from __future__ import annotations

import io
import os
import re
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import ProtectedError
from django.utils import timezone

from media import access, derive, fixity, ingest, preservation, removal, rounds, storage
from media.errors import MissingFile
from media.models import AccessCopy, Asset, Blob, PreservationEvent
from tests.factories import add_picture, make_object
from tests.media import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def asset() -> Asset:
    made = ingest.receive(io.BytesIO(files.encoded(files.mosaic())), "a.jpg")
    derive.prepare(made.pk)
    made.refresh_from_db()
    return made


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """Storage in folders, whatever this run uses otherwise: these tests reach behind it."""
    from museum.settings import seams

    where = tmp_path / "kept"
    settings.STORAGES = {**settings.STORAGES, **seams.storages_for({"kind": "file", "root": where})}
    return where


def test_originals_are_written_once_and_write_protected(folder: Path, tmp_path: Path) -> None:
    first, second = files.saved(tmp_path, "a", b"first"), files.saved(tmp_path, "b", b"second")
    assert storage.put_once("originals", "ab/abc", first)
    assert not storage.put_once("originals", "ab/abc", second)
    stored = folder / "originals" / "ab" / "abc"
    assert (stored.read_bytes(), stored.stat().st_mode & 0o777) == (b"first", 0o444)
    with pytest.raises(ValueError):
        storage.replace("originals", "ab/abc", second)
    with pytest.raises(ValueError):
        storage.put_once("originals", "../outside", second)


def test_ranges_are_read_exactly_or_not_at_all(folder: Path, tmp_path: Path) -> None:
    storage.replace("derivatives", "x/y/pyramid.tif", files.saved(tmp_path, "a", b"0123456789"))
    assert storage.read_range("derivatives", "x/y/pyramid.tif", 3, 4) == b"3456"
    for name, offset, length in [("x/y/pyramid.tif", 8, 4), ("x/y/other", 0, 1)]:
        with pytest.raises(MissingFile):
            storage.read_range("derivatives", name, offset, length)
    storage.replace("derivatives", "x/y/pyramid.tif", files.saved(tmp_path, "b", b"abcdefghij"))
    assert storage.read_range("derivatives", "x/y/pyramid.tif", 0, 3) == b"abc"


def test_s3_keeps_the_same_promises(s3_storage: str, tmp_path: Path) -> None:
    first, second = files.saved(tmp_path, "a", b"0123456789"), files.saved(tmp_path, "b", b"second")
    assert storage.put_once("originals", "ab/abc", first)
    assert not storage.put_once("originals", "ab/abc", second)
    assert b"".join(storage.chunks("originals", "ab/abc", 4)) == b"0123456789"
    assert storage.read_range("originals", "ab/abc", 3, 4) == b"3456"
    assert [(each.name, each.size) for each in storage.listing("originals")] == [("ab/abc", 10)]
    assert list(storage.listing("derivatives")) == []
    with storage.local_copy("originals", "ab/abc") as path:
        assert path.read_bytes() == b"0123456789"
    assert not path.exists()
    for name, offset in [("ab/abc", 20), ("no/such", 0)]:
        with pytest.raises(MissingFile):
            storage.read_range("originals", name, offset, 4)
    storage.delete("originals", "ab/abc")
    assert not storage.exists("originals", "ab/abc")


def test_s3_takes_a_picture_from_upload_to_ready(s3_storage: str, asset: Asset) -> None:
    assert asset.state == "ready"
    assert {each.name for each in storage.listing("derivatives")} == {derive.pyramid_name(asset.public_id, asset.version)}
    assert fixity.check_original(asset.blob).outcome == "success"


def test_events_are_chained_and_a_change_is_seen(asset: Asset) -> None:
    assert list(preservation.broken_links()) == []
    event = PreservationEvent.objects.first()
    with pytest.raises(ValidationError):
        event.delete()
    with pytest.raises(ValidationError):
        PreservationEvent.objects.filter(pk=event.pk).update(agent="somebody")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE media_preservationevent SET agent = 'somebody' WHERE id = %s", [event.pk])
        assert len(list(preservation.broken_links())) == 1
        cursor.execute("DELETE FROM media_preservationevent WHERE number = (SELECT max(number) FROM media_preservationevent)")
    assert any("should have" in sentence for sentence in preservation.broken_links())


def test_one_bit_one_file_gone_one_swapped_one_foreign_are_all_named(folder: Path, tmp_path: Path) -> None:
    blobs = []
    for number in range(5):
        pixels = files.mosaic(2, 2)
        pixels[0, 0] = number * 40
        blobs.append(ingest.receive(io.BytesIO(files.encoded(pixels, "PNG")), f"{number}.png").blob)
    root = folder / "originals"
    flipped, gone, swapped, _whole, other = (root / blob.name for blob in blobs)
    for path in (flipped, swapped):
        path.chmod(0o644)
    data = bytearray(flipped.read_bytes())
    data[40] ^= 1
    flipped.write_bytes(bytes(data))
    gone.unlink()
    swapped.write_bytes(other.read_bytes())
    (root / "zz").mkdir()
    (root / "zz" / "added").write_bytes(b"x")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_fixity", "--older-than", "0", stdout=out)
    said = out.getvalue()
    for blob in blobs[:3]:
        assert blob.sha256 in said
    assert "zz/added" in said
    assert "2 whole, 4 damaged" in said
    assert PreservationEvent.objects.filter(type="fixity check", outcome="failure").count() == 3


def test_an_unreachable_storage_is_not_called_damage(asset: Asset, monkeypatch: pytest.MonkeyPatch) -> None:
    from media.errors import StorageUnavailable

    def down(*args: Any) -> Any:
        raise StorageUnavailable("down")
        yield b""

    monkeypatch.setattr(storage, "chunks", down)
    assert fixity.check_original(asset.blob).outcome == "could not run"
    asset.blob.refresh_from_db()
    assert asset.blob.verified_at is None


def test_a_checked_original_is_not_due_again(asset: Asset) -> None:
    assert list(fixity.due()) == [asset.blob]
    fixity.check_original(asset.blob)
    assert list(fixity.due()) == []


def test_a_removed_asset_leaves_a_tombstone_and_its_bytes_for_a_while(asset: Asset) -> None:
    name = asset.blob.name
    removal.remove(asset)
    blob = Blob.objects.get()
    assert blob.tombstoned_at is not None
    assert removal.expired_tombstones() == []
    call_command("collect_orphans", "--delete", "--delay", "0", "--older-than", "0", stdout=StringIO())
    assert not Blob.objects.exists()
    assert not storage.exists("originals", name)
    assert list(storage.listing("derivatives")) == []
    assert list(preservation.broken_links()) == []


def test_a_file_that_comes_back_lifts_the_tombstone(asset: Asset) -> None:
    data = b"".join(storage.chunks("originals", asset.blob.name))
    removal.remove(asset)
    again = ingest.receive(io.BytesIO(data), "again.jpg")
    assert again.blob.tombstoned_at is None
    assert not removal.purge(again.blob)


def test_an_asset_in_use_cannot_be_removed(asset: Asset) -> None:
    add_picture(make_object(), asset=asset)
    with pytest.raises(ProtectedError):
        removal.remove(asset)


def test_orphans_are_listed_first_and_removed_only_when_told(folder: Path, asset: Asset, tmp_path: Path) -> None:
    storage.put_once("originals", "ff/lost", files.saved(tmp_path, "a", b"x"))
    out = StringIO()
    call_command("collect_orphans", "--older-than", "0", stdout=out)
    assert "ff/lost" in out.getvalue()
    assert storage.exists("originals", "ff/lost")
    assert list(removal.orphans(timedelta(hours=24))) == []
    call_command("collect_orphans", "--older-than", "0", "--delete", stdout=StringIO())
    assert not storage.exists("originals", "ff/lost")
    assert storage.exists("originals", asset.blob.name)


def test_derive_media_makes_what_the_storage_has_lost(asset: Asset) -> None:
    name = derive.pyramid_name(asset.public_id, asset.version)
    whole = b"".join(storage.chunks(storage.DERIVATIVES, name))
    out = StringIO()
    call_command("derive_media", stdout=out)
    assert out.getvalue().startswith("0 made")
    storage.delete(storage.DERIVATIVES, name)
    call_command("derive_media", stdout=out)
    assert "1 made, 0 failed" in out.getvalue()
    assert b"".join(storage.chunks(storage.DERIVATIVES, name)) == whole
    storage.delete(storage.DERIVATIVES, name)
    storage.delete(storage.ORIGINALS, asset.blob.name)
    with pytest.raises(CommandError):
        call_command("derive_media", stdout=out)
    assert "0 made, 1 failed" in out.getvalue()


def test_derive_media_by_force_goes_on_where_it_was_stopped(asset: Asset) -> None:
    second = ingest.receive(io.BytesIO(files.encoded(files.mosaic(3, 3))), "second.jpg")
    derive.prepare(second.pk)
    out = StringIO()
    call_command("derive_media", "--force", "--limit", "1", stdout=out)  # as if it was stopped after one
    said = re.search("go on with (.*)", out.getvalue())
    assert said and f"[1/1] {asset.public_id}" in out.getvalue()
    AccessCopy.objects.filter(asset=second).update(created_at=timezone.now() - timedelta(hours=1))
    call_command("derive_media", *said[1].split(), stdout=out)
    assert f"[1/1] {second.public_id}" in out.getvalue()
    call_command("derive_media", *said[1].split(), stdout=out)
    assert out.getvalue().splitlines()[-1].startswith("0 made, 0 failed")
    for wrong in (["--force", "--made-before", "yesterday"], ["--made-before", "2026-11-30"]):
        with pytest.raises(CommandError, match="made-before"):
            call_command("derive_media", *wrong, stdout=out)


def test_derive_media_makes_what_is_missing_and_says_what_failed(asset: Asset) -> None:
    bad = ingest.receive(io.BytesIO(files.encoded(files.mosaic(12, 9))[:5000]), "bad.jpg")
    waiting = ingest.receive(io.BytesIO(files.encoded(files.mosaic(3, 3))), "waiting.jpg")
    out = StringIO()
    call_command("derive_media", "--dry-run", stdout=out)
    assert "2 would be made" in out.getvalue()
    assert Asset.objects.get(pk=waiting.pk).state == "waiting"
    with pytest.raises(CommandError):
        call_command("derive_media", stdout=out)
    assert {each.public_id: each.state for each in Asset.objects.all()} == {
        asset.public_id: "ready",
        bad.public_id: "failed",
        waiting.public_id: "ready",
    }
    call_command("derive_media", asset.public_id, "--force", stdout=out)
    with pytest.raises(CommandError):
        call_command("derive_media", "nosuchasset1", stdout=out)


def test_a_tier_is_set_for_many_and_only_changes_are_counted(asset: Asset) -> None:
    assert access.set_tier([asset.pk], Asset.Tier.PUBLIC) == 1
    assert access.set_tier([asset.pk], Asset.Tier.PUBLIC) == 0
    assert list(Asset.objects.public()) == [asset]


def test_the_nightly_rounds_verify_originals_and_leave_riddles_to_people(
    folder: Path, asset: Asset, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    rounds.verify()
    asset.blob.refresh_from_db()
    assert asset.blob.fixity == "success"
    stray = [("originals", "ff/lost"), ("derivatives", f"{asset.public_id}/olderversion/pyramid.tif")]
    for alias, name in stray:
        storage.put_once(alias, name, files.saved(tmp_path, "a", b"x"))
        os.utime(folder / alias / name, (1, 1))
    rounds.clean()
    assert [storage.exists(alias, name) for alias, name in stray] == [True, False]
    assert storage.exists("derivatives", derive.pyramid_name(asset.public_id, asset.version))
    Blob.objects.update(verified_at=None)
    path = folder / "originals" / asset.blob.name
    path.chmod(0o644)
    path.write_bytes(b"changed")
    rounds.verify()
    assert asset.blob.sha256 in caplog.text
