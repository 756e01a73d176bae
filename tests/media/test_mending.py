"""A lost or changed access copy is noticed, by serving or by the nightly look, and made again without anybody's command."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django_tasks_db.models import DBTaskResult

from iiif.image import pictures
from media import derive, ingest, mending, storage, tasks
from media.access import set_tier
from media.models import AccessCopy, Asset
from tests.media import files

pytestmark = pytest.mark.django_db

JPEG = files.encoded(files.mosaic(12, 9))


@pytest.fixture
def shown() -> Asset:
    mending._reported.clear()
    pictures.forget()
    asset = ingest.receive(io.BytesIO(JPEG), "picture.jpg")
    derive.prepare(asset.pk)
    set_tier([asset.pk], "public")
    asset.refresh_from_db()
    return asset


def name(asset: Asset) -> str:
    return derive.pyramid_name(asset.public_id, asset.version)


def put(asset: Asset, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "changed"
    path.write_bytes(data)
    storage.replace(storage.DERIVATIVES, name(asset), path)


def waiting() -> list[str]:
    return [row.args_kwargs["args"][0] for row in DBTaskResult.objects.filter(task_path=tasks.mend.module_path)]


def lost(asset: Asset, tmp_path: Path) -> None:
    storage.delete(storage.DERIVATIVES, name(asset))


def cut(asset: Asset, tmp_path: Path) -> None:
    put(asset, b"".join(storage.chunks(storage.DERIVATIVES, name(asset)))[:5000], tmp_path)


def overwritten(asset: Asset, tmp_path: Path) -> None:
    put(asset, bytes(asset.access_copy.size), tmp_path)


@pytest.mark.parametrize("harm", [lost, cut, overwritten])
@pytest.mark.parametrize("rest", ["0,0,512,512/512,512/0/default.jpg", "10,10,700,700/300,/0/default.jpg"])
def test_serving_notices_and_the_next_visitor_sees_it_again(
    client: Client, shown: Asset, tmp_path: Path, harm: Any, rest: str, settings: Any
) -> None:
    settings.MUSEUM_IMAGE_CACHE_MB = 0
    path = f"/iiif/3/{shown.public_id}/{rest}"
    good = client.get(path).content
    harm(shown, tmp_path)
    storage.forget(storage.DERIVATIVES, name(shown))
    for _ in range(3):
        response = client.get(path)
        assert response.status_code == 503
        assert "Retry-After" in response.headers
    assert waiting() == [shown.public_id]
    assert mending.mend(shown.public_id) == "made again: ready"
    pictures.forget()
    assert client.get(path).content == good
    assert mending.mend(shown.public_id) == "success"


def test_one_changed_bit_is_noticed_by_the_nightly_look(shown: Asset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = bytearray(b"".join(storage.chunks(storage.DERIVATIVES, name(shown))))
    assert mending.look() == 0
    data[len(data) // 2] ^= 1
    put(shown, bytes(data), tmp_path)
    monkeypatch.setattr(mending.time, "time", lambda: shown.pk % mending.DAYS * 86400)
    assert mending.look() == 1
    assert waiting() == [shown.public_id]
    assert mending.mend(shown.public_id) == "made again: ready"
    assert mending.mend(shown.public_id) == "success"


@pytest.mark.parametrize("harm", [lost, cut])
def test_what_is_lost_or_cut_is_noticed_every_night(shown: Asset, tmp_path: Path, harm: Any) -> None:
    harm(shown, tmp_path)
    assert mending.look() == 1
    assert mending.look() == 0  # it waits already


def test_a_lost_index_and_an_older_recipe_are_noticed_as_well(shown: Asset) -> None:
    AccessCopy.objects.all().delete()
    assert mending.look() == 1
    assert mending.mend(shown.public_id) == "made again: ready"
    mending._reported.clear()
    DBTaskResult.objects.all().delete()
    Asset.objects.update(version="0" * 16)
    assert mending.look() == 1
    assert mending.mend(shown.public_id) == "made again: ready"


def test_an_access_copy_made_anew_is_read_from_its_new_place(client: Client, shown: Asset, tmp_path: Path) -> None:
    path = f"/iiif/3/{shown.public_id}/full/400,/0/default.jpg"
    tag = client.get(path).headers["ETag"]
    data = b"".join(storage.chunks(storage.DERIVATIVES, name(shown)))
    put(shown, data + b"\0", tmp_path)
    AccessCopy.objects.update(sha256="1" * 64, size=len(data) + 1)
    now = pictures.time.monotonic()
    from unittest import mock

    with mock.patch.object(pictures.time, "monotonic", lambda: now + 6):
        assert client.get(path).headers["ETag"] != tag


def test_what_could_not_be_reported_is_reported_when_it_is_met_again(shown: Asset, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(public_id: str) -> bool:
        raise OperationalError("the database is locked")

    with monkeypatch.context() as while_it_is_away:
        while_it_is_away.setattr(mending, "_enqueue", away)
        assert not mending.report(shown.public_id)
    assert mending.report(shown.public_id)
    assert waiting() == [shown.public_id]
