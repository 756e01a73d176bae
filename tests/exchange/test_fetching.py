"""Fetching from other museums: no way into private networks, no endless answers, sentences for everything."""

from __future__ import annotations

import contextlib
import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from exchange.peers import fetching
from exchange.peers.fetching import NOTHING, Limits, PeerError, fetch, is_public


class Peer(BaseHTTPRequestHandler):
    """A museum that answers in every way a museum should not."""

    seen: list[str] = []

    def log_message(self, *_: Any) -> None:
        pass

    def do_GET(self) -> None:
        Peer.seen.append(f"{self.headers['Host']}{self.path}")
        kind = self.path.strip("/")
        redirects = {
            "inside": "http://10.1.2.3/secret",
            "metadata": "http://169.254.169.254/latest/meta-data/",
            "loop": "/loop",
            "file": "file:///etc/passwd",
            "onward": "/plain",
        }
        if kind in redirects:
            self._answer(b"", {"Location": redirects[kind]}, 302)
        else:
            getattr(self, f"_{kind}", self._missing)()

    def _plain(self) -> None:
        self._answer(b'{"a": 1}', {"ETag": '"x"'}, 304 if self.headers.get("If-None-Match") == '"x"' else 200)

    def _packed(self) -> None:
        self._answer(gzip.compress(b"a" * 1000), {"Content-Encoding": "gzip"})

    def _bomb(self) -> None:
        self._answer(gzip.compress(b"\0" * 50_000_000), {"Content-Encoding": "gzip"})

    def _short(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"only this")

    def _trickle(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        with contextlib.suppress(OSError):
            for number in range(200):
                self.wfile.write(f"X-{number}: y\r\n".encode())
                time.sleep(0.1)

    def _missing(self) -> None:
        self._answer(b"no", {}, 404)

    def _answer(self, body: bytes, headers: dict[str, str], status: int = 200) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if status != 304:
            self.wfile.write(body)


@pytest.fixture
def peer(settings: Any) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Peer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    Peer.seen.clear()
    settings.MUSEUM_PEER_HOSTS = (f"127.0.0.1:{server.server_port}",)
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_answers_are_read_packed_or_not_and_not_twice(peer: str) -> None:
    found = fetch(f"{peer}/plain")
    assert (found.body, found.etag) == (b'{"a": 1}', '"x"')
    assert fetch(f"{peer}/plain", etag='"x"').body is None
    assert fetch(f"{peer}/packed").body == b"a" * 1000
    assert fetch(f"{peer}/onward").address == f"{peer}/plain"


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("inside", NOTHING),
        ("metadata", NOTHING),
        ("loop", "without end"),
        ("file", "Only addresses"),
        ("short", "broke off"),
        ("bomb", "larger than"),
        ("nowhere", "404"),
    ],
)
def test_what_must_not_be_followed_or_read_is_refused_with_a_sentence(peer: str, path: str, sentence: str) -> None:
    with pytest.raises(PeerError) as refused:
        fetch(f"{peer}/{path}", limits=Limits(seconds=10, bytes=1_000_000))
    assert str(sentence) in str(refused.value)
    assert str(refused.value).endswith(".")


def test_an_answer_that_trickles_is_cut_at_the_deadline(peer: str) -> None:
    begun = time.monotonic()
    with pytest.raises(PeerError, match="too long"):
        fetch(f"{peer}/trickle", limits=Limits(seconds=1.0))
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://0.0.0.0/", "http://10.0.0.1/", "http://172.16.0.1/", "http://192.168.1.1/",
        "http://169.254.169.254/latest/", "http://100.64.0.1/", "http://[fe80::1]/", "http://[fc00::1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:10.0.0.1]/",
        "http://[64:ff9b::a00:1]/", "http://[2002:7f00:1::]/", "http://2130706433/", "http://0x7f000001/", "http://127.1/", "http://224.0.0.1/", "http://[::]/",
        "http://museum.invalid/", "https://8.8.8.8:22/", "http://192.0.2.1:5432/", "http://192.0.0.8/", "http://192.88.99.1/", "http://[3fff::1]/",
    ],
)  # fmt: skip
def test_inside_addresses_in_every_spelling_are_one_and_the_same_nothing(address: str, settings: Any) -> None:
    settings.MUSEUM_PEER_HOSTS = ()
    with pytest.raises(PeerError) as refused:
        fetch(address, limits=Limits(seconds=5))
    assert str(refused.value) == NOTHING


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ftp://example.org/",
        "file:///etc/passwd",
        "javascript:1",
        "http://",
        "http://user:pw@example.org/",
        "http://[::1",
        "http://a:99999/",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(PeerError):
        fetch(address)


def test_the_open_internet_is_public() -> None:
    assert all(is_public(one) for one in ("8.8.8.8", "193.0.6.139", "2001:4860:4860::8888", "::ffff:8.8.8.8"))


def test_a_name_is_resolved_once_and_that_address_is_used(peer: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(peer.rpartition(":")[2])
    settings.MUSEUM_PEER_HOSTS = ()
    monkeypatch.setattr(fetching, "PORTS", {port})
    asked: list[str] = []
    numbers = iter(["93.184.215.14", "127.0.0.1", "127.0.0.1"])
    connected: list[Any] = []

    def resolve(host: str, *_: Any, **__: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(numbers), port))]

    def connect(where: Any, timeout: float | None = None) -> Any:
        connected.append(where)
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(PeerError):
        fetch(f"http://rebinding.example:{port}/plain")
    assert connected == [("93.184.215.14", port)]
    assert asked == ["rebinding.example"]


def test_one_inside_address_among_others_spoils_the_name(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MUSEUM_PEER_HOSTS = ()
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 80)) for number in ("93.184.215.14", "10.0.0.7")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("connected"))
    with pytest.raises(PeerError, match="nothing at this address"):
        fetch("http://mixed.example/")
