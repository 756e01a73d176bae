"""The HTTP matrix of the image service and of files: every method with every kind of Accept in every case, through the whole application."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from media.models import Asset

pytestmark = pytest.mark.django_db

ACCEPTS = [
    None,
    "*/*",
    "application/json",
    "application/ld+json",
    'application/ld+json;profile="http://iiif.io/api/image/2/context.json"',
    'application/ld+json;profile="http://iiif.io/api/image/3/context.json"',
    "text/html,application/xhtml+xml,*/*;q=0.8",
    "image/avif,image/webp,*/*",
]
CASES = {
    "base": ("{base}", 303),
    "base with a slash": ("{base}/", 303),
    "info": ("{base}/info.json", 200),
    "stored tile": ("{base}/0,0,512,512/512,/0/default.jpg", 200),
    "fixed size": ("{base}/full/400,/0/default.jpg", 200),
    "made picture": ("{base}/full/77,/0/default.png", 200),
    "syntax": ("{base}/full/0,/0/default.jpg", 400),
    "too few parts": ("{base}/full/max/default.jpg", 400),
    "region outside": ("{base}/9000,9000,10,10/max/0/default.jpg", 400),
    "format not offered": ("{base}/full/77,/0/default.tif", 501),
    "unknown": ("/iiif/{version}/zzzzzzzzzzzz/full/77,/0/default.jpg", 404),
    "unknown info": ("/iiif/{version}/zzzzzzzzzzzz/info.json", 404),
    "no picture": ("/iiif/{version}/", 404),
    "the prefix alone": ("/iiif/{version}", 404),
    "no id": ("/iiif/{version}/a%2Fb/info.json", 404),
    "restricted": ("{restricted}/full/77,/0/default.jpg", 401),
    "restricted tile": ("{restricted}/0,0,512,512/512,/0/default.jpg", 401),
    "restricted info": ("{restricted}/info.json", 200),
    "hidden": ("{hidden}/full/77,/0/default.jpg", 404),
    "hidden info": ("{hidden}/info.json", 404),
}
VARYING = {"date", "content-length"}


@pytest.fixture
def addresses(make_picture: Callable[..., Asset]) -> dict[str, str]:
    return {tier: make_picture(tier=tier).public_id for tier in ("public", "restricted", "hidden")}


def _environ(accept: str | None, **others: str) -> dict[str, str]:
    return {**({"HTTP_ACCEPT": accept} if accept else {}), **others}


@pytest.mark.parametrize("version", [2, 3])
@pytest.mark.parametrize("case", CASES)
def test_every_method_and_accept(gate_client: Callable[..., Any], addresses: dict[str, str], version: int, case: str) -> None:
    pattern, expected = CASES[case]
    ids = {("base" if tier == "public" else tier): f"/iiif/{version}/{public_id}" for tier, public_id in addresses.items()}
    path = pattern.format(version=version, **ids)
    for accept in ACCEPTS:
        status, headers, body = gate_client(path, **_environ(accept))
        assert status == expected, accept
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "Content-Language" not in headers
        assert "Set-Cookie" not in headers
        said, head, nothing = gate_client(path, "HEAD", **_environ(accept))
        assert (said, nothing) == (status, b"")
        assert _steady(head) == _steady(headers), "HEAD says something else than GET"
        if "Content-Length" in head and status == 200:
            assert head["Content-Length"] == str(len(body))
        said, preflight, nothing = gate_client(
            path, "OPTIONS", **_environ(accept, HTTP_ORIGIN="https://v.example", HTTP_ACCESS_CONTROL_REQUEST_METHOD="GET")
        )
        assert (said, nothing, preflight["Access-Control-Allow-Origin"]) == (204, b"", "*")
        assert {"GET", "HEAD", "OPTIONS"} <= set(preflight["Access-Control-Allow-Methods"].split(", "))
        assert "Authorization" in preflight["Access-Control-Allow-Headers"]
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            said, refused, _ = gate_client(path, method, **_environ(accept))
            assert (said, refused["Access-Control-Allow-Origin"]) == (405, "*")
        if status == 200:
            _conditional(gate_client, path, accept, headers)
        elif status == 303:
            assert headers["Location"].endswith(f"/iiif/{version}/{addresses['public']}/info.json")
        else:
            assert body.strip().endswith(b".")
            assert headers["Content-Type"].startswith("text/plain")


def _steady(headers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() not in VARYING}


def _conditional(gate_client: Callable[..., Any], path: str, accept: str | None, headers: dict[str, str]) -> None:
    for sent in (headers["ETag"], f'"other", {headers["ETag"]}', f"W/{headers['ETag']}", "*"):
        for method in ("GET", "HEAD"):
            said, known, nothing = gate_client(path, method, **_environ(accept, HTTP_IF_NONE_MATCH=sent))
            assert (said, nothing) == (304, b"")
            assert (known["ETag"], known["Access-Control-Allow-Origin"]) == (headers["ETag"], "*")
            assert known["Cache-Control"] == headers["Cache-Control"]
    assert gate_client(path, **_environ(accept, HTTP_IF_NONE_MATCH='"other"'))[0] == 200


def test_nothing_is_made_for_a_head_request_or_a_known_picture(
    gate_client: Callable[..., Any], addresses: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from iiif.image import views

    path = f"/iiif/3/{addresses['public']}/full/77,/0/default.png"
    tag = gate_client(path)[1]["ETag"]
    monkeypatch.setattr(views.render, "render", lambda *_: pytest.fail("rendered"))
    monkeypatch.setattr(views.CACHE, "get", lambda key: pytest.fail("read"))
    assert gate_client(path, "HEAD")[0] == 200
    assert gate_client(path, HTTP_IF_NONE_MATCH=tag)[0] == 304


@pytest.mark.parametrize("version", [2, 3])
def test_the_media_type_of_info_json_follows_accept(gate_client: Callable[..., Any], addresses: dict[str, str], version: int) -> None:
    wanted = {
        3: ['application/ld+json;profile="http://iiif.io/api/image/3/context.json"'] * 2
        + ["application/json"]
        + ['application/ld+json;profile="http://iiif.io/api/image/3/context.json"'] * 5,
        2: ["application/json"] * 3 + ["application/ld+json"] * 3 + ["application/json"] * 2,
    }[version]
    for accept, kind in zip(ACCEPTS, wanted, strict=True):
        _, headers, _ = gate_client(f"/iiif/{version}/{addresses['public']}/info.json", **_environ(accept))
        assert headers["Content-Type"] == kind, accept
        assert "Accept" in headers["Vary"]


def test_canonical_links_name_an_address_that_answers_the_same(gate_client: Callable[..., Any], addresses: dict[str, str]) -> None:
    for version in (2, 3):
        base = f"/iiif/{version}/{addresses['public']}"
        for rest in (
            "pct:0,0,50,50/100,/0/default.jpg",
            "square/max/360/color.jpg",
            "full/!400,400/0.0/default.jpg",
            "1200,900,9000,9000/pct:50/!90/gray.png",
            "0,0,512,512/512,512/0/default.jpg",
        ):
            _, headers, body = gate_client(f"{base}/{rest}")
            canonical = headers["Link"].split(">")[0].lstrip("<")
            status, again, same = gate_client(canonical.partition("localhost:8000")[2])
            assert (status, again["ETag"], again["Link"]) == (200, headers["ETag"], headers["Link"]), rest
            assert body == same


def test_a_format_that_is_not_offered_is_no_fault_of_ours(addresses: dict[str, str], gate_client: Callable[..., Any], caplog: Any) -> None:
    status, _, _ = gate_client(f"/iiif/3/{addresses['public']}/full/77,/0/default.tif")
    assert status == 501
    assert [record.levelname for record in caplog.records if record.name == "django.request"] == ["WARNING"]
