"""Recordings, models, captions and documents: whole, in ranges, conditionally, to whoever may have them, from files and from S3."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from artifacts import publishing
from iiif.files.addresses import file_path, file_url
from iiif.files.ranges import Unsatisfiable, asked
from iiif.image.access import COOKIE
from media import derive, ingest, storage
from media.access import set_tier
from media.models import Asset
from tests.factories import add_picture, make_object
from tests.media import files
from tests.media.recordings import samples

pytestmark = pytest.mark.django_db

EVERYTHING = {**samples.ALL, "pdf": files.PDF, "vtt": files.WEBVTT, "glb": files.glb()}
TYPES = {
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "m4a": "audio/mp4",
    "webm": "video/webm",
    "ogg": "audio/ogg",
    "mp3": "audio/mpeg",
    "flac": "audio/flac",
    "wav": "audio/wav",
    "pdf": "application/pdf",
    "vtt": "text/vtt",
    "glb": "model/gltf-binary",
}


def received(data: bytes, name: str, tier: str = "public") -> Asset:
    asset = ingest.receive(io.BytesIO(data), name)
    derive.prepare(asset.pk)
    set_tier([asset.pk], tier)
    asset.refresh_from_db()
    asset.blob.refresh_from_db()
    return asset


def address(asset: Asset) -> str:
    return file_path(asset.public_id, asset.blob.mime)


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize("key", EVERYTHING)
def test_every_kind_of_file_has_an_address_and_the_right_type(client: Client, key: str) -> None:
    data = EVERYTHING[key]
    asset = received(data, f"named by hand.{key}")
    response = client.get(address(asset))
    content = body(response)
    assert response.status_code == 200
    assert (response.headers["Content-Type"], response.headers["Content-Length"]) == (TYPES[key], str(len(data)))
    assert len(content) == len(data)
    assert b"ZQKPRIVATE" not in content
    assert response.headers["Accept-Ranges"] == "bytes"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "public, max-age=20"
    assert "hand" not in response.headers["Content-Disposition"]
    head = client.head(address(asset))
    assert (head.status_code, body(head), head.headers["Content-Length"]) == (200, b"", str(len(data)))
    assert file_url(asset.public_id, asset.blob.mime, origin="https://x.example") == f"https://x.example{address(asset)}"


def test_what_a_recording_says_of_itself_is_known() -> None:
    asset = received(samples.mp4(turned=True), "film.mp4")
    assert (asset.kind, asset.width, asset.height, asset.duration) == ("video", 1080, 1920, 12.5)
    sound = received(samples.webm(sound_only=True), "voice.webm")
    assert (sound.kind, sound.width, sound.duration, sound.blob.mime) == ("audio", None, 8.0, "audio/webm")
    assert received(files.mp4(), "empty.mp4").warning == derive.ENDLESS


@pytest.mark.parametrize("piece", [1, 7, 1 << 20])
@pytest.mark.parametrize("start, end", [(0, 1), (10, 60), (30, None), (-50, None)])
def test_ranges_are_parts_of_what_is_sent_as_a_whole(
    client: Client, monkeypatch: pytest.MonkeyPatch, start: int, end: int | None, piece: int
) -> None:
    stream = storage.stream
    monkeypatch.setattr(storage, "stream", lambda *args: stream(*args, piece))
    asset = received(samples.mp4(), "film.mp4")
    whole = body(client.get(address(asset)))
    wanted = f"bytes={start}-{end - 1}" if end else f"bytes={start}-" if start >= 0 else f"bytes={start}"
    response = client.get(address(asset), headers={"range": wanted})
    part = whole[start:end]
    assert (response.status_code, body(response)) == (206, part)
    first = start % len(whole)
    assert response.headers["Content-Range"] == f"bytes {first}-{first + len(part) - 1}/{len(whole)}"
    assert response.headers["Content-Length"] == str(len(part))


@pytest.mark.parametrize(
    "header, found",
    [
        ("", None),
        ("bytes=0-9", (0, 10)),
        ("bytes=90-500", (90, 100)),
        ("bytes=-10", (90, 100)),
        ("bytes=-1000", (0, 100)),
        ("bytes=5-", (5, 100)),
        ("bytes=9-5", None),
        ("bytes=-", None),
        ("bytes=0-1,5-6", None),
        ("items=0-1", None),
        ("bytes=²-3", None),
    ],
)
def test_a_range_is_read_as_the_standard_says(header: str, found: Any) -> None:
    assert asked(header, 100) == found


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=1000-2000", "bytes=-0"])
def test_a_range_without_a_byte_of_the_file_is_refused(client: Client, header: str) -> None:
    with pytest.raises(Unsatisfiable):
        asked(header, 100)
    asset = received(files.WEBVTT, "a.vtt")
    response = client.get(address(asset), headers={"range": header})
    assert (response.status_code, response.headers["Content-Range"]) == (416, f"bytes */{len(files.WEBVTT)}")
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_known_files_are_not_sent_again_and_changed_ones_as_a_whole(client: Client) -> None:
    asset = received(files.PDF, "a.pdf")
    tag = client.get(address(asset)).headers["ETag"]
    assert client.get(address(asset), headers={"if-none-match": tag}).status_code == 304
    assert client.get(address(asset), headers={"range": "bytes=0-3", "if-range": tag}).status_code == 206
    assert client.get(address(asset), headers={"range": "bytes=0-3", "if-range": '"older"'}).status_code == 200
    head = client.head(address(asset), headers={"range": "bytes=0-3"})  # ranges are of GET alone
    assert (head.status_code, head.headers["Content-Length"]) == (200, str(len(files.PDF)))


def test_scripts_elsewhere_may_ask_for_ranges_and_read_which_they_got(client: Client) -> None:
    asset = received(files.PDF, "a.pdf")
    assert {"Range", "If-Range"} <= set(client.options(address(asset)).headers["Access-Control-Allow-Headers"].split(", "))
    exposed = client.get(address(asset), headers={"range": "bytes=0-3"}).headers["Access-Control-Expose-Headers"].split(", ")
    assert {"Content-Range", "Accept-Ranges", "ETag"} <= set(exposed)


def test_other_methods_and_wrong_addresses_are_refused_with_cors(client: Client, make_picture: Callable[..., Asset]) -> None:
    asset = received(files.PDF, "a.pdf")
    assert client.options(address(asset)).status_code == 204
    assert client.post(address(asset)).status_code == 405
    picture = make_picture()
    for path in (
        f"/iiif/files/{asset.public_id}.mp4",
        "/iiif/files/zzzzzzzzzzzz.pdf",
        f"/iiif/files/{picture.public_id}.jpg",
        f"/iiif/files/{picture.public_id}.png",
    ):
        response = client.get(path)
        assert response.status_code == 404, path
        assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("tier, status", [("restricted", 401), ("hidden", 404)])
def test_files_are_as_closed_as_pictures(client: Client, admin_client: Client, tier: str, status: int) -> None:
    asset = received(files.PDF, "a.pdf", tier)
    for headers in ({}, {"range": "bytes=0-3"}, {"if-none-match": f'"{asset.version}"'}):
        assert client.get(address(asset), headers=headers).status_code == status
    admin_client.get("/admin/")
    assert COOKIE in admin_client.cookies
    response = admin_client.get(address(asset))
    assert (response.status_code, response.headers["Cache-Control"], response.headers["Vary"]) == (200, "private, max-age=20", "Cookie")


def test_a_file_follows_its_object_out_of_sight_at_once(client: Client) -> None:
    asset = received(samples.mp3(), "voice.mp3", "hidden")
    artifact = make_object()
    add_picture(artifact, asset=asset)
    assert client.get(address(asset)).status_code == 200
    publishing.withdraw(artifact, "asked for by the family")
    assert client.get(address(asset)).status_code == 404


def test_a_storage_that_does_not_answer_is_said_so(client: Client) -> None:
    asset = received(files.PDF, "a.pdf")
    storage.delete(storage.ORIGINALS, asset.blob.name)
    response = client.get(address(asset))
    assert (response.status_code, response.headers["Retry-After"]) == (503, "2")


def test_files_come_from_s3_by_one_ranged_get(s3_storage: str, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asset = received(samples.mp4(), "film.mp4")
    assert (asset.width, asset.duration) == (1920, 12.5)
    store = storage._store(storage.ORIGINALS)
    sent: list[Any] = []
    request = store.pool.request  # type: ignore[union-attr]
    monkeypatch.setattr(store.pool, "request", lambda *args, **kwargs: sent.append(kwargs["headers"]) or request(*args, **kwargs))  # type: ignore[union-attr]
    response = client.get(address(asset), headers={"range": "bytes=10-59"})
    assert (response.status_code, len(body(response))) == (206, 50)
    assert sent == [{"Range": "bytes=10-59"}]
    storage.delete(storage.ORIGINALS, asset.blob.name)
    assert client.get(address(asset)).status_code == 503
