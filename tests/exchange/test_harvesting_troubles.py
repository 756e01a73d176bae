"""A museum whose server fails in every way: the harvest says so, takes what it can, and catches up when the server is well again."""

from __future__ import annotations

import io
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from exchange.models import Harvested, PeerFeed
from exchange.peers import harvesting
from exchange.peers.fetching import Limits

pytestmark = pytest.mark.django_db
TROUBLES = ("error", "slow", "garbage", "list", "inside", "endless", "broken")


class Ailing(BaseHTTPRequestHandler):
    """A feed of one manifest for each trouble; ``well``: it has none any more."""

    well = False
    page: Any = None

    def log_message(self, *_: Any) -> None:
        pass

    def do_GET(self) -> None:
        name = self.path.strip("/").removesuffix(".json")
        host = f"http://{self.headers['Host']}"
        if name == "feed":
            self._send({"type": "OrderedCollection", "last": {"id": f"{host}/page.json"}})
        elif name == "page":
            items = [
                {
                    "id": f"{host}/a/{number}",
                    "type": "Create",
                    "object": {"id": f"{host}/{one}.json"},
                    "endTime": f"2026-01-01T00:00:0{number}Z",
                }
                for number, one in enumerate((*TROUBLES, "fine", "odd"))
            ]
            self._send({"orderedItems": items} if Ailing.page is None else Ailing.page)
        elif name == "odd":
            self._send({"label": {"@value": "na\0me", "@language": "en"}}, {"ETag": f'"{"x" * 400}"'})
        elif Ailing.well or name == "fine":
            self._send({"label": {"en": [name]}})
        else:
            getattr(self, f"_{name}")()

    def _error(self) -> None:
        self.send_error(500)

    def _slow(self) -> None:
        time.sleep(3)

    def _garbage(self) -> None:
        self._write(b"\xff\xfe<html>", {})

    def _list(self) -> None:
        self._send([1])

    def _inside(self) -> None:
        self.send_response(302)
        self.send_header("Location", "http://10.0.0.1/manifest.json")
        self.end_headers()

    def _endless(self) -> None:
        self._write(b'{"a": "' + b"x" * 3_000_000 + b'"}', {})

    def _broken(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "900")
        self.end_headers()
        self.wfile.write(b'{"label"')

    def _send(self, document: Any, headers: dict[str, str] | None = None) -> None:
        self._write(json.dumps(document).encode(), headers or {})

    def _write(self, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(200)
        for header, value in headers.items():
            self.send_header(header, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            return  # the reader has had enough


@pytest.fixture
def feed(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Ailing)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    settings.MUSEUM_PEER_HOSTS = (f"127.0.0.1:{server.server_port}",)
    monkeypatch.setattr(Ailing, "well", False)
    monkeypatch.setattr(Ailing, "page", None)
    real = harvesting.fetch

    def impatient(address: str, **options: Any) -> Any:
        return real(address, **{**options, "limits": Limits(seconds=1.5, bytes=1_000_000)})

    monkeypatch.setattr(harvesting, "fetch", impatient)
    yield f"http://127.0.0.1:{server.server_port}/feed.json"
    server.shutdown()
    server.server_close()


def run(feed: str) -> str:
    errors = io.StringIO()
    try:
        call_command("harvest", feed, stdout=io.StringIO(), stderr=errors)
    except CommandError as error:
        return f"{errors.getvalue()}{error}"
    return ""


def test_the_rest_is_taken_and_what_failed_is_caught_up_with(feed: str) -> None:
    said = run(feed)
    assert f"{len(TROUBLES)} manifests could not be fetched" in said
    assert all(f"/{name}.json: " in said for name in TROUBLES)
    read = Harvested.objects.filter(waiting=False)
    assert {one.uri.rpartition("/")[2]: one.label for one in read} == {"fine.json": {"en": ["fine"]}, "odd.json": {"none": ["name"]}}
    Ailing.well = True
    assert run(feed) == ""
    assert Harvested.objects.filter(waiting=False).count() == len(TROUBLES) + 2


@pytest.mark.parametrize(
    "page",
    [
        [],
        {"orderedItems": 5},
        {"orderedItems": ["x"]},
        {"orderedItems": [{"type": "Create", "object": {"id": "http://a.example/m"}}]},
        {"orderedItems": [{"type": "Create", "object": {"id": "http://a.example/m"}, "endTime": ["2026"]}]},
    ],
)
def test_a_feed_that_cannot_be_read_changes_nothing(feed: str, page: Any) -> None:
    run(feed)
    before = list(Harvested.objects.order_by("pk").values("uri", "sha256", "waiting", "label"))
    reached = PeerFeed.objects.get().reached_at
    Ailing.page = page
    assert run(feed).endswith(".")
    assert list(Harvested.objects.order_by("pk").values("uri", "sha256", "waiting", "label")) == before
    assert PeerFeed.objects.get().reached_at == reached


def test_what_is_no_address_is_passed_over(feed: str) -> None:
    odd = [{"id": "x"}, {"id": 5}, None, "javascript:1", {"id": f"http://a.example/{'x' * 900}"}]
    Ailing.page = {"orderedItems": [{"id": [1], "type": "Create", "object": one, "endTime": "2026-01-01T00:00:00Z"} for one in odd]}
    assert run(feed) == ""
    assert not Harvested.objects.exists()
