"""The gate in front of Django answers stored tiles and nothing else, with what Django would have said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection

from iiif.image import access, gate, pictures
from iiif.presentation import documents
from iiif.presentation import gate as manifest_gate
from media.access import set_tier
from media.errors import StorageUnavailable
from media.models import AccessCopy, Asset
from tests.iiif.conftest import HEIGHT, WIDTH

pytestmark = pytest.mark.django_db

TILES = [
    "0,0,512,512/512,512",
    "512,0,512,512/512,",
    "1024,512,306,458/306,458",
    "0,0,1330,970/333,243",
    "full/333,",
    "full/400,292",
    "0,0,1024,970/512,485",
]


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """The gate in front of an application that fails the test when it is asked."""

    def unexpected(environ: Any, start: Any) -> list[bytes]:
        pytest.fail(f"Django was asked for {environ['PATH_INFO']}")

    application = gate.Gate(unexpected)

    def ask(path: str, method: str = "GET", **environ: str) -> tuple[int, dict[str, str], bytes]:
        said: dict[str, Any] = {}
        body = application(
            {"PATH_INFO": path, "REQUEST_METHOD": method, **environ},
            lambda status, lines: said.update(status=int(status[:3]), headers=dict(lines)),
        )
        return said["status"], said["headers"], b"".join(body)

    return ask


@pytest.mark.parametrize("version", [2, 3])
@pytest.mark.parametrize("rest", TILES)
def test_stored_tiles_are_answered_before_django_as_django_would(
    alone: Callable[..., Any], client: Any, picture: Asset, rest: str, version: int
) -> None:
    path = f"/iiif/{version}/{picture.public_id}/{rest}/0/default.jpg"
    status, headers, body = alone(path)
    behind = client.get(path)
    assert status == behind.status_code == 200
    assert body == behind.content
    for name in ("ETag", "Link", "Cache-Control", "Content-Type", "Content-Length", "Access-Control-Allow-Origin"):
        assert headers[name] == behind.headers[name]


def test_everything_else_goes_on_to_django(client: Any, picture: Asset) -> None:
    asked: list[str] = []
    application = gate.Gate(lambda environ, start: asked.append(environ["PATH_INFO"]) or [])
    paths = [
        f"/iiif/3/{picture.public_id}/{rest}"
        for rest in (
            "info.json",
            "full/max/90/default.jpg",
            "1,0,512,512/512,512/0/default.jpg",
            "full/400,292/0/gray.jpg",
            "",
            "full/401,/0/default.jpg",
        )
    ] + [
        "/",
        "/iiif/3/",
        "/iiif/3/abcdefghijkl/full/400,/0/default.jpg",
        "/iiif/3/../../etc/passwd/full/400,/0/default.jpg",
        "/iiif/collection.json",
    ]
    for path in paths:
        application({"PATH_INFO": path, "REQUEST_METHOD": "GET"}, lambda *_: None)
    application({"PATH_INFO": f"/iiif/3/{picture.public_id}/full/400,292/0/default.jpg", "REQUEST_METHOD": "OPTIONS"}, lambda *_: None)
    assert asked == [*paths, f"/iiif/3/{picture.public_id}/full/400,292/0/default.jpg"]


def test_head_and_known_tiles_send_no_bytes(alone: Callable[..., Any], picture: Asset) -> None:
    path = f"/iiif/3/{picture.public_id}/0,0,512,512/512,512/0/default.jpg"
    _, headers, body = alone(path)
    status, head, empty = alone(path, "HEAD")
    assert (status, empty, head["Content-Length"]) == (200, b"", str(len(body)))
    status, known, empty = alone(path, HTTP_IF_NONE_MATCH=headers["ETag"])
    assert (status, empty) == (304, b"")
    assert "Content-Length" not in known


def test_a_tile_taken_down_is_gone_within_five_seconds(
    gate_client: Callable[..., Any], picture: Asset, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/iiif/3/{picture.public_id}/0,0,512,512/512,512/0/default.jpg"
    status, headers, _ = gate_client(path)
    assert (status, headers["Cache-Control"]) == (200, "public, max-age=20")
    set_tier([picture.pk], Asset.Tier.HIDDEN)
    now = pictures.time.monotonic()
    monkeypatch.setattr(pictures.time, "monotonic", lambda: now + 5.01)
    assert gate_client(path)[0] == 404
    assert gate_client(path, HTTP_IF_NONE_MATCH=headers["ETag"])[0] == 404


def test_what_is_kept_of_an_address_ends_with_what_is_known_of_the_picture(
    gate_client: Callable[..., Any], alone: Callable[..., Any], picture: Asset, admin_user: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/iiif/3/{picture.public_id}/0,0,512,512/512,512/0/default.jpg"
    _, before, body = alone(path)
    AccessCopy.objects.filter(asset=picture).update(version="elsewhere")
    set_tier([picture.pk], Asset.Tier.RESTRICTED)
    assert alone(path)[1:] == (before, body)  # for some seconds, with what belongs to it
    now = pictures.time.monotonic()
    monkeypatch.setattr(pictures.time, "monotonic", lambda: now + 5.01)
    monkeypatch.setattr(gate, "jpeg", lambda known, *place: known.version.encode())
    cookies = f"{access.COOKIE}={access.cookie_of(admin_user, access.Pass(None))}"
    status, headers, version = gate_client(path, HTTP_COOKIE=cookies)
    assert (status, headers["Cache-Control"], headers["Vary"]) == (200, "private, max-age=20", "Cookie")
    assert version.decode() in headers["ETag"] != before["ETag"]


def test_restricted_tiles_need_the_staff_cookie(
    gate_client: Callable[..., Any], make_picture: Callable[..., Asset], admin_user: Any, django_assert_num_queries: Any
) -> None:
    path = f"/iiif/3/{make_picture(tier='restricted').public_id}/0,0,512,512/512,512/0/default.jpg"
    assert gate_client(path)[0] == 401
    cookies = f"a=b; {access.COOKIE}={access.cookie_of(admin_user, access.Pass(None))}; c=d"
    status, headers, _ = gate_client(path, HTTP_COOKIE=cookies)
    assert (status, headers["Cache-Control"], headers["Vary"]) == (200, "private, max-age=20", "Cookie")
    with django_assert_num_queries(0):  # who holds the cookie is known for some seconds
        assert gate_client(path, HTTP_COOKIE=cookies)[0] == 200


def test_a_warm_tile_asks_the_database_nothing(alone: Callable[..., Any], picture: Asset, django_assert_num_queries: Any) -> None:
    path = f"/iiif/3/{picture.public_id}/0,0,512,512/512,512/0/default.jpg"
    with django_assert_num_queries(3):  # what it is, the rules, where its tiles lie
        alone(path)
    with django_assert_num_queries(0):
        alone(path)


def test_tiles_come_from_s3_by_one_ranged_get(
    s3_storage: str, alone: Callable[..., Any], picture: Asset, monkeypatch: pytest.MonkeyPatch
) -> None:
    from media import storage

    store = storage._store(storage.DERIVATIVES)
    sent: list[Any] = []
    request = store.pool.request
    monkeypatch.setattr(store.pool, "request", lambda *args, **kwargs: sent.append(kwargs["headers"]) or request(*args, **kwargs))
    status, headers, body = alone(f"/iiif/3/{picture.public_id}/512,512,512,458/512,458/0/default.jpg")
    assert (status, len(body)) == (200, int(headers["Content-Length"]))
    assert [list(each) for each in sent] == [["Range"]]
    assert (picture.width, picture.height) == (WIDTH, HEIGHT)


def test_without_its_database_the_gates_leave_the_answer_to_django(monkeypatch: pytest.MonkeyPatch, picture: Asset) -> None:
    def unreachable(*_: Any, **__: Any) -> None:
        raise OperationalError("gone")

    asked: list[str] = []

    def django(environ: Any, _start: Any) -> list[bytes]:
        asked.append(environ["PATH_INFO"])
        return []

    pictures.forget()
    documents.forget()
    monkeypatch.setattr(connection, "cursor", unreachable)
    paths = [f"/iiif/3/{picture.public_id}/{TILES[0]}/0/default.jpg", "/iiif/collection.json"]
    for path in paths:
        gate.Gate(manifest_gate.Gate(django))({"PATH_INFO": path, "REQUEST_METHOD": "GET"}, pytest.fail)
    assert asked == paths


def test_a_storage_that_does_not_answer_is_waited_for_once(client: Any, picture: Asset, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def silent(*_about: Any) -> bytes:
        asked.append("storage")
        raise StorageUnavailable("read timed out")

    monkeypatch.setattr(gate, "jpeg", silent)
    monkeypatch.setattr(pictures, "jpeg", silent)
    path = f"/iiif/3/{picture.public_id}/{TILES[0]}/0/default.jpg"
    environ: dict[str, Any] = {"PATH_INFO": path, "REQUEST_METHOD": "GET"}
    gate.Gate(lambda _environ, _start: [])(environ, lambda *_: None)
    answer = client.get(path, **{pictures.UNAVAILABLE: environ[pictures.UNAVAILABLE]})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert asked == ["storage"]
