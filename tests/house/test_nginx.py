"""The shipped nginx (deploy/nginx.conf), with a server behind it that answers as the museum does: what is kept, for how long, and for whom."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from benchmarks import image_peers

TILE = "/iiif/3/abcdefghijkl/0,0,512,512/512,/0/default.jpg"


@dataclass
class Museum:
    """What lies behind, and what it was asked."""

    body: bytes = b"first"
    cache: str = "public, max-age=1"
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)


@dataclass
class Front:
    """nginx, and its folder."""

    port: int
    place: Path

    def get(self, path: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        found = answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()}
        connection.close()
        return found


@pytest.fixture
def behind() -> Iterator[tuple[Museum, int]]:
    museum = Museum()

    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            museum.asked.append((self.path, dict(self.headers)))
            self.send_response(200)
            self.send_header("Cache-Control", museum.cache)
            self.send_header("Content-Type", "image/jpeg")
            self.send_header("Content-Length", str(len(museum.body)))
            self.end_headers()
            self.wfile.write(museum.body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield museum, server.server_port
    server.shutdown()
    server.server_close()


@pytest.fixture
def front(nginx: str, behind: tuple[Museum, int], tmp_path: Path) -> Iterator[Front]:
    port = image_peers.free_port()
    config = tmp_path / "nginx.conf"
    config.write_text(image_peers.shipped(tmp_path, port, behind[1]))
    with image_peers.child([nginx, "-p", str(tmp_path), "-c", str(config)], {}):
        made = Front(port, tmp_path)
        for _attempt in range(100):
            try:
                made.get("/livez")
                break
            except OSError:
                time.sleep(0.1)
        yield made


def test_a_tile_is_kept_and_what_was_exchanged_is_shown_when_its_time_is_over(front: Front, behind: tuple[Museum, int]) -> None:
    museum, _ = behind
    for expected in ("MISS", "HIT", "HIT"):
        status, body, headers = front.get(TILE)
        assert (status, body, headers["x-cache"]) == (200, b"first", expected)
    assert len(museum.asked) == 1
    for version in (b"second, longer", b"third"):  # more than once: files of the cache stay open
        museum.body = version
        time.sleep(2.1)
        seen = {front.get(TILE)[1] for _ in range(20)}
        assert seen == {version}


def test_what_is_not_for_everybody_is_not_kept(front: Front, behind: tuple[Museum, int]) -> None:
    museum, _ = behind
    museum.cache = "private, max-age=60"
    assert [front.get(TILE)[2]["x-cache"] for _ in range(2)] == ["MISS", "MISS"]
    museum.cache = "public, max-age=60"
    other = TILE.replace("0,0,", "512,0,")
    assert front.get(other, Cookie="sessionid=abc")[2]["x-cache"] == "BYPASS"
    assert front.get(other)[2]["x-cache"] == "MISS"
    museum.body = b"for staff"
    assert front.get(other, Cookie="sessionid=abc")[1] == b"for staff"
    assert front.get(other)[1] == b"first"


def test_the_operators_addresses_and_the_words_of_visitors_stay_inside(front: Front, behind: tuple[Museum, int]) -> None:
    museum, _ = behind
    for path in ("/metrics", "/readyz", "/livez"):
        assert front.get(path)[0] == 404
    assert not museum.asked
    assert front.get("/en/search/?q=grandfather", Host="museum.example.org")[0] == 200
    path, headers = museum.asked[-1]
    assert path == "/en/search/?q=grandfather"
    assert headers["Host"] == "museum.example.org" and headers["X-Forwarded-Proto"] == "http"
    log = written(front.place / "access", '"GET /en/search/ HTTP/1.1" 200')
    assert "grandfather" not in log


def written(path: Path, text: str) -> str:
    """The log, when it has that text: nginx writes it after the answer."""
    for _attempt in range(50):
        log = path.read_text()
        if text in log:
            return log
        time.sleep(0.1)
    raise AssertionError(log)
