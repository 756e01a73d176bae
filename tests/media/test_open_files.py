"""A file that a web process holds open is looked at again: what was taken away, cut, written to or exchanged is noticed within seconds."""

from __future__ import annotations

import io
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from django.core.files.storage import storages
from django.test import Client
from django_tasks_db.models import DBTaskResult

from iiif.image import pictures
from media import derive, fixity, folders, ingest, mending, storage, tasks
from media.access import set_tier
from media.models import AccessCopy, Asset
from tests.media import files

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]  # files are harmed in a folder, or in a bucket of their own

TILE = "0,0,512,512/512,512/0/default.jpg"


@pytest.fixture
def on_files(shown_by: Callable[[bytes], Asset]) -> Asset:
    return shown_by(files.encoded(files.mosaic(12, 9)))


@pytest.fixture
def on_s3(s3_storage: str, shown_by: Callable[[bytes], Asset]) -> Asset:
    return shown_by(files.encoded(files.mosaic(12, 9)))


@pytest.fixture
def shown_by(settings: object) -> Iterator[Callable[[bytes], Asset]]:
    """A public picture of these bytes whose first tile was asked for, so that its file is known and held open."""
    settings.MUSEUM_IMAGE_CACHE_MB = 0  # type: ignore[attr-defined]
    mending._reported.clear()
    pictures.forget()

    def show(data: bytes) -> Asset:
        asset = ingest.receive(io.BytesIO(data), "picture.jpg")
        derive.prepare(asset.pk)
        set_tier([asset.pk], "public")
        asset.refresh_from_db()
        return asset

    yield show
    pictures.forget()


def name(asset: Asset) -> str:
    return derive.pyramid_name(asset.public_id, asset.version)


def path(asset: Asset) -> Path:
    return Path(storages["derivatives"].path(name(asset)))


def address(asset: Asset) -> str:
    return f"/iiif/3/{asset.public_id}/{TILE}"


def a_second_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every open file is due to be looked at."""
    monkeypatch.setattr(folders, "LOOK_EVERY", -1.0)
    for held in storage._store(storage.DERIVATIVES).open_files.values():  # type: ignore[union-attr]
        held.look_at = 0.0


def waiting() -> list[str]:
    return [row.args_kwargs["args"][0] for row in DBTaskResult.objects.filter(task_path=tasks.mend.module_path)]


def mended(client: Client, asset: Asset, good: bytes) -> None:
    assert waiting() == [asset.public_id]
    assert mending.mend(asset.public_id) == "made again: ready"
    pictures.forget()
    assert client.get(address(asset)).content == good
    assert mending.mend(asset.public_id) == "success"


def another(shown_by: Callable[[bytes], Asset]) -> Asset:
    return shown_by(files.encoded(np.full((700, 900, 3), 90, np.uint8)))


def test_a_deleted_file_serves_from_where_it_is_open_until_it_is_made_again(
    client: Client, on_files: Asset, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = client.get(address(on_files)).content
    path(on_files).unlink()
    a_second_later(monkeypatch)
    assert client.get(address(on_files)).content == good
    mended(client, on_files, good)


def test_a_truncated_file_is_noticed_while_it_is_open(client: Client, on_files: Asset, monkeypatch: pytest.MonkeyPatch) -> None:
    good = client.get(address(on_files)).content
    os.truncate(path(on_files), path(on_files).stat().st_size - 10)  # behind every tile that is asked for here
    a_second_later(monkeypatch)
    assert client.get(address(on_files)).status_code == 503
    mended(client, on_files, good)


def test_a_file_that_is_written_to_is_noticed_while_it_is_open(client: Client, on_files: Asset, monkeypatch: pytest.MonkeyPatch) -> None:
    good = client.get(address(on_files)).content
    with path(on_files).open("r+b") as file:  # one byte in the midst of a tile: nothing else could tell
        file.seek(path(on_files).stat().st_size // 2)
        file.write(b"\x5a\xa5\x5a")
    a_second_later(monkeypatch)
    assert client.get(address(on_files)).status_code == 200
    mended(client, on_files, good)


def test_another_pictures_file_put_over_an_open_one_is_never_shown(
    client: Client, on_files: Asset, shown_by: Callable[[bytes], Asset], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = another(shown_by)
    good = client.get(address(on_files)).content
    shutil.copyfile(path(other), path(on_files))
    a_second_later(monkeypatch)
    assert client.get(address(on_files)).status_code == 503
    mended(client, on_files, good)


def test_another_pictures_file_moved_into_the_place_of_an_open_one_is_never_shown(
    client: Client, on_files: Asset, shown_by: Callable[[bytes], Asset], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = another(shown_by)
    good = client.get(address(on_files)).content
    path(other).replace(path(on_files))
    a_second_later(monkeypatch)
    assert client.get(address(on_files)).content == good
    mended(client, on_files, good)


def test_a_file_written_to_before_it_was_opened_is_compared_with_its_checksum(client: Client, on_files: Asset) -> None:
    AccessCopy.objects.update(created_at="2020-01-01T00:00:00Z")
    assert client.get(address(on_files)).status_code == 200
    assert waiting() == [on_files.public_id]
    assert mending.mend(on_files.public_id) == "success"
    assert AccessCopy.objects.get(asset=on_files).verified_at is not None


def test_a_file_that_was_found_whole_is_doubted_no_more(client: Client, on_files: Asset) -> None:
    AccessCopy.objects.update(created_at="2020-01-01T00:00:00Z")
    assert fixity.check_access_copy(AccessCopy.objects.get(asset=on_files)).outcome == fixity.OUTCOME.SUCCESS
    assert client.get(address(on_files)).status_code == 200
    assert waiting() == []
    assert mending.look() == 0


def test_the_nightly_look_compares_what_was_written_to(on_files: Asset, monkeypatch: pytest.MonkeyPatch) -> None:
    data = bytearray(path(on_files).read_bytes())
    data[len(data) // 2] ^= 1
    path(on_files).write_bytes(data)
    monkeypatch.setattr(mending, "DAYS", 10**9)  # its turn among all is far away
    assert mending.look() == 0
    AccessCopy.objects.update(created_at="2020-01-01T00:00:00Z")
    assert mending.look() == 1


def test_an_unchanged_open_file_is_neither_opened_anew_nor_doubted(
    client: Client, on_files: Asset, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get(address(on_files))
    store = storage._store(storage.DERIVATIVES)
    held = store.open_files[name(on_files)]  # type: ignore[union-attr]
    a_second_later(monkeypatch)
    client.get(address(on_files))
    assert store.open_files[name(on_files)] is held  # type: ignore[union-attr]
    assert waiting() == []


@pytest.mark.parametrize("number", [13, 5])
def test_a_file_that_the_disk_does_not_give_out_is_made_again(
    client: Client, on_files: Asset, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    good = client.get(address(on_files)).content
    storage.forget(storage.DERIVATIVES, name(on_files))
    opened = os.open

    def refused(which: Path, *others: int) -> int:
        if str(which) == str(path(on_files)):
            raise OSError(number, os.strerror(number))
        return opened(which, *others)

    with monkeypatch.context() as while_it_is_so:
        while_it_is_so.setattr(folders.os, "open", refused)
        assert client.get(address(on_files)).status_code == 503
    assert waiting() == [on_files.public_id]
    assert client.get(address(on_files)).content == good


def test_the_same_picture_broken_a_second_time_is_noticed_as_well(client: Client, on_files: Asset, monkeypatch: pytest.MonkeyPatch) -> None:
    good = client.get(address(on_files)).content
    for status in [503, 200, 503, 200]:
        if status == 503:
            os.truncate(path(on_files), 5000)
        else:
            path(on_files).unlink()
        a_second_later(monkeypatch)
        assert client.get(address(on_files)).status_code == status
        mended(client, on_files, good)
        DBTaskResult.objects.all().delete()


def test_what_was_sent_of_a_broken_file_is_not_confirmed_afterwards(client: Client, on_files: Asset) -> None:
    tag = client.get(address(on_files)).headers["ETag"]
    path(on_files).unlink()
    assert mending.mend(on_files.public_id) == "made again: ready"
    pictures.forget()
    assert client.get(address(on_files), headers={"If-None-Match": tag}).status_code == 200


def test_a_former_file_that_is_still_open_makes_way_for_the_one_that_is_recorded(tmp_path: Path) -> None:
    folder = folders.Folder(tmp_path, read_only=False)
    (tmp_path / "picture").write_bytes(b"former")
    assert folder.read_range("picture", 0, 6) == b"former"
    (tmp_path / "next").write_bytes(b"the next one")
    (tmp_path / "next").replace(tmp_path / "picture")
    assert folder.read_range("picture", 0, 8, folders.Recorded(12, time.time())) == b"the next"


def put(asset: Asset, data: bytes, tmp_path: Path) -> None:
    """Past the museum, as another program would."""
    held = storage._store(storage.DERIVATIVES)
    held.client.put_object(Bucket=held.bucket, Key=held.key(name(asset)), Body=data)  # type: ignore[union-attr]


@pytest.mark.parametrize("harm", ["cut behind", "another", "one byte", "zeros"])
def test_an_exchanged_file_in_a_bucket_is_noticed(
    client: Client, on_s3: Asset, shown_by: Callable[[bytes], Asset], tmp_path: Path, harm: str
) -> None:
    good = client.get(address(on_s3)).content
    data = bytearray(b"".join(storage.chunks(storage.DERIVATIVES, name(on_s3))))
    if harm == "cut behind":
        del data[-10:]
    elif harm == "another":
        data = bytearray(b"".join(storage.chunks(storage.DERIVATIVES, name(another(shown_by)))))
    elif harm == "one byte":
        data[len(data) // 2] ^= 1
    else:
        data[len(data) // 4 : len(data) // 2] = bytes(len(data) // 2 - len(data) // 4)
    put(on_s3, bytes(data), tmp_path)
    assert client.get(address(on_s3)).status_code == (200 if harm in {"one byte", "zeros"} else 503)
    mended(client, on_s3, good)


def test_a_file_that_is_gone_from_a_bucket_is_made_again(client: Client, on_s3: Asset) -> None:
    good = client.get(address(on_s3)).content
    held = storage._store(storage.DERIVATIVES)
    held.client.delete_object(Bucket=held.bucket, Key=held.key(name(on_s3)))  # type: ignore[union-attr]
    assert client.get(address(on_s3)).status_code == 503
    mended(client, on_s3, good)
