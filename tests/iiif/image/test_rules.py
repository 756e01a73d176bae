"""Sizes where rights are not open, and the watermark: on every path, through the gate and past it."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.test import Client
from django_tasks_db.models import DBTaskResult
from PIL import Image

from artifacts.models import Right
from iiif.auth import passes
from iiif.image import pictures, rules
from iiif.models import PictureRules
from media import derive, lossless, mending
from media.models import Asset
from tests.factories import add_picture, make_department, make_museum, make_object
from tests.iiif.conftest import HEIGHT, WIDTH
from vocabularies.models import Museum

pytestmark = pytest.mark.django_db

OPEN = "https://creativecommons.org/publicdomain/zero/1.0/"
CLOSED = "http://rightsstatements.org/vocab/InC/1.0/"


def decide(**values: Any) -> None:
    PictureRules.objects.update_or_create(museum=Museum.objects.get(), defaults=values)
    pictures.forget()


def image(body: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(body)).convert("RGB")).astype(int)


@pytest.fixture
def shown(make_picture: Callable[..., Asset]) -> Asset:
    """A public picture of an object; nobody has stated its rights."""
    asset = make_picture()
    add_picture(make_object(), asset=asset)
    pictures.forget()
    return asset


def test_where_rights_are_not_open_a_picture_is_as_large_as_the_rule_says(
    gate_client: Callable[..., Any], client: Client, shown: Asset
) -> None:
    base = f"/iiif/3/{shown.public_id}"
    before = gate_client(f"{base}/full/max/0/default.jpg")
    assert image(before[2]).shape == (HEIGHT, WIDTH, 3)
    decide(longest=700)
    info = client.get(f"{base}/info.json").json()
    assert (info["width"], info["height"]) == (665, 485)
    assert info["tiles"] == [{"width": 512, "height": 512, "scaleFactors": [1, 2]}]
    status, headers, body = gate_client(f"{base}/full/max/0/default.jpg")
    assert (status, image(body).shape) == (200, (485, 665, 3))
    assert headers["ETag"] != before[1]["ETag"]
    # its tiles are those of the lower level, passed through as before
    tile = gate_client(f"{base}/512,0,153,485/153,485/0/default.jpg")
    assert (tile[0], image(tile[2]).shape) == (200, (485, 153, 3))
    assert gate_client(f"{base}/1024,512,306,458/306,458/0/default.jpg")[0] == 400
    assert np.abs(image(tile[2]) - image(body)[:, 512:]).mean() < 3
    # a region by per cent is cut from the smaller picture too
    assert image(gate_client(f"{base}/pct:0,0,50,50/max/0/default.jpg")[2]).shape[0] <= 243


def test_open_pictures_are_shown_in_full_by_their_own_statement_or_the_objects(client: Client, shown: Asset) -> None:
    decide(longest=700)
    base = f"/iiif/3/{shown.public_id}"
    artifact = shown.uses.get().artifact
    for statement, width in ((OPEN, WIDTH), (CLOSED, 665)):
        Right.objects.filter(artifact=artifact).delete()
        Right.objects.create(artifact=artifact, statement=statement)
        pictures.forget()
        assert client.get(f"{base}/info.json").json()["width"] == width
    Asset.objects.filter(pk=shown.pk).update(rights_uri=OPEN)
    pictures.forget()
    assert client.get(f"{base}/info.json").json()["width"] == WIDTH


def test_the_watermark_is_the_last_step_of_every_path(
    gate_client: Callable[..., Any], make_picture: Callable[..., Asset], shown: Asset
) -> None:
    paths = [
        "0,0,512,512/512,512/0/default.jpg",
        "full/400,292/0/default.jpg",
        "full/max/0/default.jpg",
        "full/401,/0/default.png",
        "37,41,300,200/max/0/color.jpg",
        "0,0,512,512/512,512/90/default.jpg",
        "0,0,512,512/512,512/0/gray.jpg",
        "full/300,/!0/gray.webp",
        "full/^1500,/0/default.jpg",
        "square/200,/180/default.avif",
        "full/300,/45/default.png",
        "full/300,/0/bitonal.png",
    ]
    plain = {path: gate_client(f"/iiif/3/{shown.public_id}/{path}") for path in paths}
    mark = make_picture(np.zeros((300, 900, 3), np.uint8), tier="hidden")
    decide(mark=mark)
    for path in paths:
        status, headers, body = gate_client(f"/iiif/3/{shown.public_id}/{path}")
        assert (status, plain[path][0]) == (200, 200), path
        assert headers["ETag"] != plain[path][1]["ETag"], path
        before, after = image(plain[path][2]), image(body)
        assert before.shape == after.shape
        height, width = after.shape[:2]
        corner = (
            slice(height - height // 50 - height // 16, height - height // 50),
            slice(width - width // 50 - width // 8, width - width // 50),
        )
        changed = before[corner].mean() - after[corner].mean()
        assert changed > 20 or before[corner].mean() < 40, path
        assert np.abs(before[: height // 2, : width // 2] - after[: height // 2, : width // 2]).mean() < 6, path
    Asset.objects.filter(pk=shown.pk).update(rights_uri=OPEN)
    pictures.forget()
    assert gate_client(f"/iiif/3/{shown.public_id}/{paths[0]}")[2] == plain[paths[0]][2]
    decide(mark=mark, mark_all=True)
    assert gate_client(f"/iiif/3/{shown.public_id}/{paths[0]}")[2] != plain[paths[0]][2]


def test_no_way_of_asking_brings_the_picture_without_its_watermark(
    gate_client: Callable[..., Any], make_picture: Callable[..., Asset], shown: Asset
) -> None:
    base = f"/iiif/3/{shown.public_id}"
    strips = ["0,0,512,20/max/0/default.jpg", "0,0,23,512/max/0/default.png", "0,0,1330,1/max/0/default.png", "100,100,8,8/max/0/gray.png"]
    plain = {path: image(gate_client(f"{base}/{path}")[2]) for path in strips}
    turned = image(gate_client(f"{base}/full/600,/45/default.jpg")[2])
    decide(mark=make_picture(np.zeros((300, 900, 3), np.uint8), tier="hidden"))
    for path, before in plain.items():
        after = image(gate_client(f"{base}/{path}")[2])
        assert after.shape == before.shape
        assert (before.mean(axis=2) - after.mean(axis=2) > 5).mean() > 0.8, f"{path} bears no mark from end to end"
    # turned by 45 degrees the corner of the answer is no part of the picture: the picture itself is marked
    after = image(gate_client(f"{base}/full/600,/45/default.jpg")[2])
    changed = np.abs(turned - after).mean(axis=2) > 20
    height, width = changed.shape
    changed[height * 7 // 10 :, width * 7 // 10 :] = False
    assert changed.sum() > 500


@pytest.mark.one_stack
@pytest.mark.parametrize("zeros", [False, True])
def test_a_lost_or_broken_watermark_is_handed_to_the_worker(
    gate_client: Callable[..., Any], make_picture: Callable[..., Asset], shown: Asset, settings: Any, zeros: bool
) -> None:
    settings.MUSEUM_IMAGE_CACHE_MB = 0
    mark = make_picture(np.zeros((310, 910, 3), np.uint8), tier="hidden")
    decide(mark=mark)
    file = Path(storages["derivatives"].path(derive.pyramid_name(mark.public_id, mark.version)))
    if zeros:
        os.truncate(file, 0)
        os.truncate(file, mark.access_copy.size)
    else:
        file.unlink()
    path = f"/iiif/3/{shown.public_id}/full/400,/0/default.jpg"
    assert gate_client(path)[0] == 503
    tasks = DBTaskResult.objects.filter(task_path="media.tasks.mend")
    assert [row.args_kwargs["args"] for row in tasks] == [[mark.public_id]]
    assert mending.mend(mark.public_id) == "could not be made again: its original is not here either"  # as for every picture of these tests


def test_without_its_watermark_at_hand_a_picture_is_not_shown(
    gate_client: Callable[..., Any], make_picture: Callable[..., Asset], shown: Asset
) -> None:
    mark = make_picture(np.zeros((300, 900, 3), np.uint8), tier="hidden")
    Asset.objects.filter(pk=mark.pk).update(state=Asset.State.PROCESSING)
    decide(mark=mark)
    path = f"/iiif/3/{shown.public_id}/full/401,/0/default.jpg"
    status, headers, _body = gate_client(path)
    assert (status, headers["Cache-Control"]) == (503, "no-store")
    Asset.objects.filter(pk=mark.pk).update(state=Asset.State.READY)
    pictures.forget()
    assert gate_client(path)[0] == 200


def test_a_cap_below_the_last_level_holds(client: Client, shown: Asset) -> None:
    decide(longest=250)  # the last level of tiles has 333 pixels
    info = client.get(f"/iiif/3/{shown.public_id}/info.json").json()
    assert max(info["width"], info["height"]) <= 250
    assert client.get(f"/iiif/3/{shown.public_id}/full/333,/0/default.jpg").status_code == 400
    row = PictureRules.objects.get()
    row.longest = 100
    with pytest.raises(ValidationError):
        row.full_clean()


def test_what_two_museums_use_is_shown_by_the_stricter_ones_rules(shown: Asset) -> None:
    decide(pattern=rules.ACTIVE, small=400)
    other = make_museum()
    add_picture(make_object(department=make_department(museum=other), museum=other), asset=shown)
    museums = [Museum.objects.order_by("pk")[0].pk, other.pk]
    pictures.forget()
    assert rules.of(museums, str).small == 0, "the other museum shows no substitute"
    PictureRules.objects.create(museum=other, pattern=rules.NONE, small=200)
    pictures.forget()
    for order in (museums, museums[::-1]):
        assert (rules.of(order, str).pattern, rules.of(order, str).small) == (rules.NONE, 200)
    reader = passes.new([museums[0]])
    assert reader.opens_those_of(frozenset(museums[:1]))
    assert not reader.opens_those_of(frozenset(museums)), "one of the museums shows it to nobody"


@pytest.mark.skipif(not lossless.available(), reason="libturbojpeg is not installed (apt-get install libturbojpeg0)")
@pytest.mark.parametrize("rotation", ["90", "180", "270", "!0", "!90", "!180", "!270"])
@pytest.mark.parametrize("quality", ["default", "gray"])
def test_single_tiles_are_turned_and_greyed_without_loss(
    client: Client, shown: Asset, rotation: str, quality: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/iiif/3/{shown.public_id}/0,0,512,512/512,512"
    stored = image(client.get(f"{path}/0/default.jpg").content)
    turned = stored[:, ::-1] if rotation.startswith("!") else stored
    turned = np.rot90(turned, k=-int(rotation.strip("!")) // 90)
    answered = image(client.get(f"{path}/{rotation}/{quality}.jpg").content)
    if quality == "gray":
        grey = np.asarray(Image.fromarray(turned.astype(np.uint8)).convert("L")).astype(int)
        assert np.abs(answered[:, :, 0] - grey).mean() < 1
    else:
        assert np.abs(answered - turned).mean() < 0.5
        # decoded and encoded again it would have lost something, and look the same
        monkeypatch.setattr(lossless, "available", lambda: False)
        from iiif.image.cache import CACHE

        monkeypatch.setattr(CACHE, "get", lambda key: None)
        again = image(client.get(f"{path}/{rotation}/{quality}.jpg").content)
        assert np.abs(again - turned).mean() < 4
