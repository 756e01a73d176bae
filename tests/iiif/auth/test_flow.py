"""Authorization Flow 2.0 as a viewer goes through it: probe, access, token, pixels, log-out; by log-in, on terminals, from networks."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from django.contrib.auth.models import Permission, User
from django.core.cache import cache
from django.test import Client
from PIL import Image

from iiif.auth import passes
from iiif.image import pictures, rules
from iiif.models import PictureRules
from media.models import Asset
from tests.factories import add_picture, make_museum, make_object
from vocabularies.models import Museum

pytestmark = pytest.mark.django_db

VIEWER = "https://viewer.example.org"
TILE = "0,0,512,512/512,512/0/default.jpg"
REGIONS = (
    TILE,
    "full/max/0/default.jpg",
    "full/200,/0/default.jpg",
    "0,0,64,64/max/0/default.png",
    "full/!90,90/90/gray.jpg",
    "square/^600,/0/bitonal.webp",
)


@pytest.fixture
def restricted(make_picture: Callable[..., Asset]) -> Asset:
    """A restricted picture of a public object."""
    cache.clear()
    asset = make_picture()
    add_picture(make_object(), asset=asset, publication_class="restricted")
    asset.refresh_from_db()
    pictures.forget()
    assert asset.tier == "restricted"
    return asset


@pytest.fixture
def reader() -> User:
    """Somebody who may see restricted pictures and nothing else."""
    user = User.objects.create_user("reader", password="a long enough password")
    user.user_permissions.add(Permission.objects.get(codename="view_restricted"))
    return user


def decide(**values: Any) -> None:
    PictureRules.objects.update_or_create(museum=Museum.objects.get(), defaults=values)
    pictures.forget()


def pixels(client: Client, asset: Asset) -> set[int]:
    return {
        client.get(f"/iiif/{version}/{asset.public_id}/{rest}").status_code
        for rest in REGIONS
        for version in (2, 3)
        if version == 3 or "^" not in rest
    }


def told(response: Any) -> tuple[dict[str, Any], str]:
    """What the token page says, and to whom."""
    text = response.content.decode()
    message, origin = (json.loads(re.search(rf'id="{name}"[^>]*>(.*?)</script>', text, re.DOTALL)[1]) for name in ("message", "origin"))  # type: ignore[index]
    return message, origin


def probed(client: Client, asset: Asset, token: str = "") -> dict[str, Any]:
    response = client.get(f"/iiif/auth/probe/{asset.public_id}", headers={"authorization": f"Bearer {token}"} if token else {})
    assert (response.status_code, response.headers["Access-Control-Allow-Origin"], response.headers["Cache-Control"]) == (
        200,
        "*",
        "no-store",
    )
    return response.json()


def test_info_json_names_the_services_from_the_probe_down(client: Client, restricted: Asset) -> None:
    info = client.get(f"/iiif/3/{restricted.public_id}/info.json").json()
    assert info["@context"] == ["http://iiif.io/api/auth/2/context.json", "http://iiif.io/api/image/3/context.json"]
    (probe,) = info["service"]
    (access,) = probe["service"]
    assert (probe["type"], access["type"], access["profile"]) == ("AuthProbeService2", "AuthAccessService2", "active")
    assert [service["type"] for service in access["service"]] == ["AuthAccessTokenService2", "AuthLogoutService2"]
    for service in (probe, access, *access["service"]):
        assert service["id"].startswith("http://localhost:8000/iiif/auth/")
    for name in ("label", "heading", "note"):
        assert set(access[name]) == {"en", "vi"}
    assert client.get(f"/iiif/2/{restricted.public_id}/info.json").json()["service"] == info["service"]


def test_our_own_page_asks_by_its_cookie_and_is_always_answered(client: Client, restricted: Asset, reader: User, make_picture: Any) -> None:
    hidden = make_picture(tier="hidden")

    def opened(asset_id: str) -> bool:
        response = client.get(f"/iiif/auth/open/{asset_id}")
        assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
        assert "Access-Control-Allow-Origin" not in response.headers
        return response.json()["open"]

    assert not opened(restricted.public_id)
    client.post("/iiif/auth/login", {"username": "reader", "password": "a long enough password"})
    assert opened(restricted.public_id)
    assert client.get(f"/iiif/auth/open/{hidden.public_id}").content == client.get("/iiif/auth/open/000000000000").content
    assert not opened(hidden.public_id)
    client.get("/iiif/auth/logout")
    assert not opened(restricted.public_id)


def test_a_viewer_elsewhere_goes_the_whole_way_and_out_again(client: Client, restricted: Asset, reader: User, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = True
    decide(origins=VIEWER)
    refused = probed(client, restricted)
    assert (refused["type"], refused["status"]) == ("AuthProbeResult2", 401)
    assert pixels(client, restricted) == {401}
    assert told(client.get("/iiif/auth/token", {"messageId": "1", "origin": VIEWER}))[0]["profile"] == "missingAspect"
    assert client.get("/iiif/auth/login", {"origin": VIEWER}).status_code == 200
    assert client.post("/iiif/auth/login", {"username": "reader", "password": "wrong"}).status_code == 403
    logged = client.post("/iiif/auth/login", {"username": "reader", "password": "a long enough password"})
    assert logged.status_code == 200
    cookie = logged.cookies[passes.COOKIE]
    assert (cookie["samesite"], cookie["secure"], cookie["httponly"], cookie["path"]) == ("None", True, True, "/iiif/")
    assert "sessionid" not in logged.cookies
    response = client.get("/iiif/auth/token", {"messageId": "2", "origin": VIEWER})
    message, target = told(response)
    assert (target, message["type"], message["messageId"]) == (VIEWER, "AuthAccessToken2", "2")
    assert 0 < message["expiresIn"] <= 3600
    policy = [directive.strip() for directive in response.headers["Content-Security-Policy"].split(";")]
    assert f"frame-ancestors 'self' {VIEWER}" in policy
    assert "X-Frame-Options" not in response.headers
    assert probed(client, restricted, message["accessToken"])["status"] == 200
    assert pixels(client, restricted) == {200}
    client.get("/iiif/auth/logout")
    assert client.cookies[passes.COOKIE].value == ""
    assert pixels(client, restricted) == {401}


def test_no_token_leaves_for_a_site_that_nobody_named(client: Client, restricted: Asset, reader: User) -> None:
    client.post("/iiif/auth/login", {"username": "reader", "password": "a long enough password"})
    message, target = told(client.get("/iiif/auth/token", {"messageId": "1", "origin": VIEWER}))
    assert (message["profile"], target) == ("invalidOrigin", VIEWER)
    assert "accessToken" not in message
    for wrong in (
        {},
        {"messageId": "1"},
        {"origin": VIEWER},
        {"messageId": "1", "origin": "https://a.example/path"},
        {"messageId": "1", "origin": "*"},
        {"messageId": "1", "origin": "https://a.example; script-src *"},
        {"messageId": "1", "origin": "https://a.example https://b.example"},
    ):
        assert client.get("/iiif/auth/token", wrong).status_code == 400


def test_tokens_and_cookies_open_nothing_of_each_other_and_cannot_be_forged(
    client: Client, restricted: Asset, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = passes.new(None)
    token = passes.token(held)
    assert probed(client, restricted, token)["status"] == 200
    client.cookies[passes.COOKIE] = token
    assert pixels(client, restricted) == {401}
    response = Client().get("/iiif/auth/logout")
    passes.give(response, held)
    sealed = response.cookies[passes.COOKIE].value
    assert probed(client, restricted, sealed)["status"] == 401
    for forged in (sealed.replace("all", "1-2"), "9999999999.all." + "0" * 32, sealed[:-1], "", "…", "a.b.c"):
        assert passes.of_cookies(f"{passes.COOKIE}={forged}") is None
    assert passes.of_cookies(f"a=b; {passes.COOKIE}={sealed}; c=d") == held
    monkeypatch.setattr(passes.time, "time", lambda: held.until + 1)
    assert passes.of_cookies(f"{passes.COOKIE}={sealed}") is None
    assert passes.of_token(token) is None


def test_a_pass_opens_nothing_hidden_and_nothing_of_other_museums(restricted: Asset, make_picture: Callable[..., Asset]) -> None:
    museum = Museum.objects.get()
    hidden = make_picture(tier="hidden")
    for museums, expected in ((None, 200), ([museum.pk], 200), ([museum.pk + 1], 401), ([], 401)):
        client = Client()
        response = client.get("/iiif/auth/logout")
        passes.give(response, passes.new(museums))
        client.cookies[passes.COOKIE] = response.cookies[passes.COOKIE].value
        assert pixels(client, restricted) == {expected}
        assert pixels(client, hidden) == {404}
        assert client.get(f"/iiif/auth/probe/{hidden.public_id}").status_code == 404


def test_an_account_without_the_permission_gets_nothing(client: Client, restricted: Asset) -> None:
    User.objects.create_user("visitor", password="a long enough password")
    response = client.post("/iiif/auth/login", {"username": "visitor", "password": "a long enough password"})
    assert response.status_code == 403
    assert passes.COOKIE not in response.cookies


def test_guessing_passwords_ends_soon(client: Client, restricted: Asset, reader: User) -> None:
    statuses = [client.post("/iiif/auth/login", {"username": "reader", "password": str(number)}).status_code for number in range(12)]
    assert statuses == [403] * 10 + [429] * 2
    assert client.post("/iiif/auth/login", {"username": "reader", "password": "a long enough password"}).status_code == 429


def test_an_account_of_one_s_own_buys_no_more_guesses(client: Client, restricted: Asset, reader: User) -> None:
    for number in range(9):
        client.post("/iiif/auth/login", {"username": "director", "password": str(number)})
    assert client.post("/iiif/auth/login", {"username": "reader", "password": "a long enough password"}).status_code == 200
    statuses = [client.post("/iiif/auth/login", {"username": "director", "password": f"b{number}"}).status_code for number in range(2)]
    assert statuses == [403, 429]


def test_all_addresses_of_a_visitor_s_own_network_count_as_one(client: Client, restricted: Asset) -> None:
    statuses = [
        client.post("/iiif/auth/login", {"username": "reader", "password": "x"}, REMOTE_ADDR=f"2001:db8:1:2::{number:x}").status_code
        for number in range(1, 12)
    ]
    assert statuses == [403] * 10 + [429]
    assert client.post("/iiif/auth/login", {"username": "reader", "password": "x"}, REMOTE_ADDR="2001:db8:1:3::1").status_code == 403


@pytest.mark.parametrize("pattern", ["kiosk", "external", "none"])
def test_a_log_in_opens_nothing_that_is_shown_another_way(client: Client, restricted: Asset, reader: User, pattern: str) -> None:
    decide(pattern=pattern, networks="192.0.2.0/24")
    credentials = {"username": "reader", "password": "a long enough password"}
    assert client.post("/iiif/auth/login", credentials).status_code == 403
    assert pixels(client, restricted) == {401}
    make_museum()  # one that shows its own by log-in
    assert client.post("/iiif/auth/login", credentials).status_code == 200
    assert passes.COOKIE in client.cookies
    assert pixels(client, restricted) == {401}


@pytest.mark.parametrize(
    "target, status",
    [("/en/objects/x/", 302), ("//evil.example/", 200), ("https://evil.example/", 200), ("javascript:alert(1)", 200), ("", 200)],
)
def test_after_the_log_in_one_returns_to_our_pages_only(client: Client, restricted: Asset, reader: User, target: str, status: int) -> None:
    response = client.post("/iiif/auth/login", {"username": "reader", "password": "a long enough password", "next": target})
    assert response.status_code == status
    assert passes.COOKIE in response.cookies


def test_terminals_in_the_museum_need_no_question(client: Client, restricted: Asset) -> None:
    decide(pattern="kiosk", networks="192.0.2.0/24\n2001:db8::/32")
    access = client.get(f"/iiif/3/{restricted.public_id}/info.json").json()["service"][0]["service"][0]
    assert (access["profile"], access["id"]) == ("kiosk", "http://localhost:8000/iiif/auth/terminal")
    assert client.get("/iiif/auth/terminal", REMOTE_ADDR="198.51.100.7").status_code == 403
    # a stranger's word about where it comes from is not believed, our own proxy's is
    assert client.get("/iiif/auth/terminal", REMOTE_ADDR="198.51.100.7", HTTP_X_FORWARDED_FOR="192.0.2.9").status_code == 403
    assert client.get("/iiif/auth/terminal", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="192.0.2.9, 198.51.100.7").status_code == 403
    assert pixels(client, restricted) == {401}
    assert client.get("/iiif/auth/terminal", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="10.1.1.1, 2001:db8::5").status_code == 200
    assert pixels(client, restricted) == {200}


@pytest.mark.parametrize("target, status", [("/en/objects/x/?view=y", 302), ("//evil.example/", 200), ("", 200)])
def test_from_a_terminal_one_returns_to_the_page_that_one_came_from(client: Client, restricted: Asset, target: str, status: int) -> None:
    decide(pattern="kiosk", networks="192.0.2.0/24")
    response = client.get("/iiif/auth/terminal", {"next": target}, REMOTE_ADDR="192.0.2.4")
    assert response.status_code == status
    assert response.headers.get("Location", "") == (target if status == 302 else "")
    assert pixels(client, restricted) == {200}
    refused = client.get("/iiif/auth/terminal", {"next": target}, REMOTE_ADDR="198.51.100.7")
    assert refused.status_code == 403
    assert ("Back to the object" in refused.text) == (status == 302)


def test_whoever_brings_access_along_gets_token_and_pixels_at_once(client: Client, restricted: Asset) -> None:
    decide(pattern="external", networks="192.0.2.0/24", origins="*")
    access = client.get(f"/iiif/3/{restricted.public_id}/info.json").json()["service"][0]["service"][0]
    assert access["profile"] == "external"
    assert "id" not in access
    asked = {"messageId": "1", "origin": VIEWER}
    assert told(client.get("/iiif/auth/token", asked, REMOTE_ADDR="198.51.100.7"))[0]["profile"] == "missingAspect"
    message, _ = told(client.get("/iiif/auth/token", asked, REMOTE_ADDR="192.0.2.4"))
    assert probed(client, restricted, message["accessToken"])["status"] == 200
    assert pixels(client, restricted) == {200}


def test_whoever_brings_access_along_sees_the_picture_on_our_own_page_without_a_question(client: Client, restricted: Asset) -> None:
    decide(pattern="external", networks="192.0.2.0/24")
    asks = f"/iiif/auth/open/{restricted.public_id}"
    assert client.get(asks, REMOTE_ADDR="198.51.100.7").json() == {"open": False}
    assert passes.COOKIE not in client.cookies
    assert pixels(client, restricted) == {401}
    assert client.get(asks, REMOTE_ADDR="192.0.2.4").json() == {"open": True}
    assert pixels(client, restricted) == {200}
    decide(pattern="kiosk", networks="192.0.2.0/24")  # a terminal is asked for by its own button
    assert Client().get(asks, REMOTE_ADDR="192.0.2.4").json() == {"open": False}


@pytest.mark.parametrize("side, size", [(200, (200, 146)), (400, (400, 292))])
def test_everybody_sees_the_substitute_and_not_a_pixel_more(client: Client, restricted: Asset, side: int, size: tuple[int, int]) -> None:
    assert client.get(f"/iiif/3/{restricted.public_id}-small/info.json").status_code == 404
    decide(small=side, note={"en": {"text": "Come and see us.", "state": "source"}})
    refused = probed(client, restricted)
    assert refused["note"] == {"en": ["Come and see us."]}
    base = refused["substitute"]["id"].removeprefix("http://localhost:8000")
    assert base == f"/iiif/3/{restricted.public_id}-small"
    info = client.get(f"{base}/info.json").json()
    assert (info["width"], info["height"]) == size == (refused["substitute"]["width"], refused["substitute"]["height"])
    assert "service" not in info
    whole = client.get(f"{base}/full/max/0/default.jpg")
    assert whole.status_code == 200
    assert Image.open(io.BytesIO(whole.content)).size == size
    assert whole.headers["Cache-Control"].startswith("public")
    # no region of it shows more than the same region of the small picture, enlarged
    small = Image.open(io.BytesIO(whole.content)).convert("RGB")
    part = client.get(f"{base}/40,40,60,60/^600,600/0/default.png")
    enlarged = np.asarray(small.crop((40, 40, 100, 100)).resize((600, 600), Image.Resampling.BICUBIC)).astype(int)
    assert np.abs(np.asarray(Image.open(io.BytesIO(part.content)).convert("RGB")).astype(int) - enlarged).mean() < 4
    assert client.get(f"{base}/{TILE}").status_code == 400
    assert client.get(f"{base}/1024,512,306,458/306,458/0/default.jpg").status_code == 400
    assert pixels(client, restricted) == {401}
    # gone with the picture
    Asset.objects.filter(pk=restricted.pk).update(tier="hidden")
    pictures.forget()
    assert client.get(f"{base}/full/max/0/default.jpg").status_code == 404


def test_rules_are_checked_when_they_are_written(restricted: Asset) -> None:
    from django.core.exceptions import ValidationError

    row = PictureRules(museum=Museum.objects.get(), networks="192.0.2.0/24\nhere", origins="https://a.example/path")
    with pytest.raises(ValidationError) as caught:
        row.clean()
    assert set(caught.value.message_dict) == {"networks", "origins"}
    assert rules.covers((__import__("ipaddress").ip_network("192.0.2.0/24"),), "::ffff:192.0.2.1")


def test_methods_that_the_flow_does_not_know_are_refused(client: Client, restricted: Asset) -> None:
    asked = ("terminal", "token?messageId=1&origin=https://a.example", f"open/{restricted.public_id}", "logout", "login")
    for path in asked:
        for method in ("TRACE", "PUT", "DELETE", "PROPFIND"):
            response = client.generic(method, f"/iiif/auth/{path}")
            assert (response.status_code, set(response["Allow"].split(", ")) >= {"GET", "HEAD"}) == (405, True), (method, path)
            assert not response.cookies
