"""A picture is turned or replaced: the original is untouched, the address stays, nobody is served what it was before."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from django.test import Client
from PIL import Image

from iiif.image import pictures
from media import derive, ingest, removal, rescans, status, storage, tasks
from media.access import set_tier
from media.models import AccessCopy, Asset, Blob, FormerOriginal, PreservationEvent, Replacement
from media.reshaping import Reshaped

pytestmark = pytest.mark.django_db

RED, GREEN, BLUE, WHITE = (200, 30, 30), (30, 160, 30), (30, 30, 200), (240, 240, 240)


def corners(width: int = 1200, height: int = 800, fmt: str = "JPEG", **options: Any) -> bytes:
    """A picture whose four quarters are red, green (top), blue, white (bottom)."""
    pixels = np.empty((height, width, 3), np.uint8)
    half = height // 2, width // 2
    pixels[: half[0], : half[1]], pixels[: half[0], half[1] :] = RED, GREEN
    pixels[half[0] :, : half[1]], pixels[half[0] :, half[1] :] = BLUE, WHITE
    body = io.BytesIO()
    Image.fromarray(pixels).save(body, fmt, **options)
    return body.getvalue()


def taken_in(data: bytes, name: str = "view.jpg") -> Asset:
    asset = ingest.receive(io.BytesIO(data), name)
    derive.prepare(asset.pk)
    set_tier([asset.pk], "public")
    asset.refresh_from_db()
    assert asset.state == Asset.State.READY
    return asset


def quarters(client: Client, asset: Asset, address: str = "full/max") -> list[str]:
    """The colours of the four quarters as they are served, row by row."""
    pictures.forget()
    answer = client.get(f"/iiif/3/{asset.public_id}/{address}/0/default.jpg")
    assert answer.status_code == 200, answer.content
    image = Image.open(io.BytesIO(answer.content)).convert("RGB")
    wide, high = image.size
    found = []
    for y in (high // 4, 3 * high // 4):
        for x in (wide // 4, 3 * wide // 4):
            seen = np.array(image.getpixel((x, y)), int)
            found.append(min("RGBW", key=lambda name: np.abs(seen - dict(zip("RGBW", (RED, GREEN, BLUE, WHITE), strict=True))[name]).sum()))
    return found


@pytest.mark.parametrize(("degrees", "seen"), [(90, "BRWG"), (180, "WBGR"), (270, "GWRB")])
@pytest.mark.parametrize("fmt", ["JPEG", *(pytest.param(fmt, marks=pytest.mark.one_stack) for fmt in ("PNG", "TIFF", "JPEG2000"))])
def test_a_picture_is_turned_clockwise_and_its_original_is_not(client: Client, degrees: int, seen: str, fmt: str):
    asset = taken_in(corners(fmt=fmt))
    before = b"".join(storage.chunks(storage.ORIGINALS, asset.blob.name))
    assert quarters(client, asset) == list("RGBW")
    rescans.turn(asset, degrees)
    assert derive.prepare(asset.pk) == Asset.State.READY
    asset.refresh_from_db()
    assert (asset.width, asset.height) == ((800, 1200) if degrees != 180 else (1200, 800))
    assert quarters(client, asset) == list(seen)
    assert quarters(client, asset, "full/200,") == list(seen)
    assert b"".join(storage.chunks(storage.ORIGINALS, asset.blob.name)) == before


def test_the_cameras_own_orientation_comes_first(client: Client):
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees to be upright
    asset = taken_in(corners(exif=exif.tobytes()))
    assert quarters(client, asset) == list("BRWG")
    rescans.turn(asset, 270)
    derive.prepare(asset.pk)
    assert quarters(client, asset) == list("RGBW")


def test_what_is_shown_stays_until_the_turned_one_is_made_and_no_cache_mixes_them(client: Client):
    asset = taken_in(corners())
    address = f"/iiif/3/{asset.public_id}/full/max/0/default.jpg"
    tag = client.get(address).headers["ETag"]
    rescans.turn(asset, 90)
    pictures.forget()
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    asset.refresh_from_db()
    assert asset.state == Asset.State.READY
    assert "being made" in status.sentence(asset)
    derive.prepare(asset.pk)
    pictures.forget()
    answer = client.get(address, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert answer.headers["ETag"] != tag
    asset.refresh_from_db()
    assert status.sentence(asset) == "Ready: 800 × 1200 pixels."


def test_turned_four_times_it_is_what_it_was():
    asset = taken_in(corners())
    version = asset.version
    for _ in range(4):
        rescans.turn(asset, 90)
    derive.prepare(asset.pk)
    asset.refresh_from_db()
    assert (asset.turn, asset.version) == (0, version)
    assert asset.progress == 100


def test_a_task_that_is_overtaken_by_another_turn_shows_nothing_old(monkeypatch: pytest.MonkeyPatch):
    """Two workers: the slower one has the older order."""
    asset = taken_in(corners())
    rescans.turn(asset, 90)
    decode = derive._decode

    def overtaken(*args: Any) -> Any:
        monkeypatch.setattr(derive, "_decode", decode)
        made = decode(*args)
        rescans.turn(asset, 90)
        derive.prepare(asset.pk)
        return made

    monkeypatch.setattr(derive, "_decode", overtaken)
    derive.prepare(asset.pk)
    copy = AccessCopy.objects.get(asset=asset)
    asset.refresh_from_db()
    assert (copy.turn, asset.turn, asset.width, asset.height) == (180, 180, 1200, 800)
    assert copy.version == asset.version == derive.version_of(asset)


def replaced(asset: Asset, data: bytes, name: str = "better.jpg") -> Asset:
    """The asset of a new scan that was offered."""
    scan = ingest.receive(io.BytesIO(data), name)
    derive.prepare(scan.pk)
    rescans.offer(asset, scan)
    scan.refresh_from_db()
    return scan


def test_a_better_scan_takes_the_place_at_the_same_address(client: Client):
    asset = taken_in(corners(600, 400))
    first = asset.blob
    scan = replaced(asset, corners(2400, 1600, "PNG"), "better.png")
    pictures.forget()
    assert client.get(f"/iiif/3/{scan.public_id}/info.json").status_code == 404
    rescans.put_in_place(asset.replacement, agent="lan")
    asset.refresh_from_db()
    assert (asset.width, asset.height) == (600, 400)  # until it is made
    derive.prepare(asset.pk)
    asset.refresh_from_db()
    assert (asset.width, asset.height, asset.original_filename, asset.technical["format"]) == (2400, 1600, "better.png", "png")
    pictures.forget()
    assert client.get(f"/iiif/3/{asset.public_id}/info.json").json()["width"] == 2400
    assert not Asset.objects.filter(pk=scan.pk).exists()
    assert not Replacement.objects.exists()
    former = FormerOriginal.objects.get(asset=asset)
    assert (former.blob, former.by, former.original_filename, former.width) == (first, "lan", "view.jpg", 600)
    first.refresh_from_db()
    assert first.tombstoned_at is None
    told = PreservationEvent.objects.get(type=PreservationEvent.Type.MODIFICATION)
    assert told.detail["former_original"] == first.sha256


def test_a_former_original_is_kept_and_put_back(client: Client):
    asset = taken_in(corners(600, 400))
    replaced(asset, corners(1200, 800))
    rescans.put_in_place(asset.replacement)
    derive.prepare(asset.pk)
    assert removal.expired_tombstones(removal.timedelta(0)) == []
    rescans.put_back(asset.former_originals.get())
    derive.prepare(asset.pk)
    asset.refresh_from_db()
    assert (asset.width, asset.original_filename) == (600, "view.jpg")
    assert [former.width for former in asset.former_originals.all()] == [1200]


def test_when_the_asset_goes_all_its_originals_get_a_tombstone():
    asset = taken_in(corners(600, 400))
    replaced(asset, corners(1200, 800))
    rescans.put_in_place(asset.replacement)
    removal.remove(Asset.objects.get(pk=asset.pk))
    assert Blob.objects.filter(tombstoned_at=None).count() == 0
    assert all(removal.purge(blob) for blob in removal.expired_tombstones(removal.timedelta(0)))
    assert not Blob.objects.exists()


def test_a_scan_that_is_discarded_goes_as_every_removed_file():
    asset = taken_in(corners(600, 400))
    scan = replaced(asset, corners(1200, 800))
    rescans.discard(asset.replacement)
    assert not Asset.objects.filter(pk=scan.pk).exists()
    assert Blob.objects.get(pk=scan.blob_id).tombstoned_at is not None


def test_what_makes_no_sense_is_refused_with_a_sentence():
    asset = taken_in(corners(600, 400))
    scan = ingest.receive(io.BytesIO(corners(1200, 800)), "better.jpg")
    rescans.offer(asset, scan)
    with pytest.raises(rescans.NotNow, match="not ready"):
        rescans.put_in_place(asset.replacement)
    derive.prepare(scan.pk)
    rescans.put_in_place(asset.replacement)
    with pytest.raises(rescans.NotNow, match="just being prepared"):
        rescans.turn(asset, 90)
    derive.prepare(asset.pk)
    replaced(asset, corners(1200, 800))
    with pytest.raises(rescans.NotNow, match="very same file"):
        rescans.put_in_place(Replacement.objects.get(asset=asset))


def test_a_failed_new_copy_leaves_the_former_one_on_show(client: Client):
    asset = taken_in(corners(600, 400))
    replaced(asset, corners(1200, 800))
    rescans.put_in_place(asset.replacement)
    storage.delete(storage.ORIGINALS, Asset.objects.get(pk=asset.pk).blob.name)
    derive.prepare(asset.pk)
    asset.refresh_from_db()
    assert asset.state == Asset.State.READY
    assert "not in the storage" in status.sentence(asset)
    pictures.forget()
    assert client.get(f"/iiif/3/{asset.public_id}/full/max/0/default.jpg").status_code == 200


def test_places_follow_by_turn_and_by_scale():
    quarter = Reshaped(1000, 600, 600, 1000, 90)
    assert quarter.box(0, 0, 100, 50) == (550, 0, 50, 100)
    assert quarter.point(1000, 600) == (0, 1000)
    back = Reshaped(600, 1000, 1000, 600, 270)
    assert back.box(*quarter.box(10, 20, 300, 200)) == (10, 20, 300, 200)
    assert Reshaped(1000, 600, 1000, 600, 180).box(0, 0, 100, 50) == (900, 550, 100, 50)
    assert Reshaped(1000, 600, 4000, 2400).region("10,20,30,40") == "40,80,120,160"
    assert Reshaped(4000, 2400, 40, 24).region("10,20,30,40") == "0,0,1,1"
    assert quarter.region("somewhere") == "somewhere"
    assert not Reshaped(10, 20, 10, 20)


def test_a_turn_is_one_task():
    asset = taken_in(corners(600, 400))
    from django_tasks_db.models import DBTaskResult

    before = DBTaskResult.objects.filter(task_path=tasks.prepare.module_path).count()
    rescans.turn(asset, 90)
    assert DBTaskResult.objects.filter(task_path=tasks.prepare.module_path).count() == before + 1
