"""The command over manifests of others: pages that lie elsewhere, and what is advice alone."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from exchange.management.commands import check_manifest
from tests.iiif.presentation.others import CONTEXT, Json, manifest

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]


@contextmanager
def serving(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[str]:
    """A museum of one's own; ``answer`` writes what it says to a GET."""

    class Museum(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with suppress(OSError):
                answer(self)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Museum)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def holding(page: Json) -> Callable[[BaseHTTPRequestHandler], None]:
    """This one annotation page, at /page.json."""

    def answer(asked: BaseHTTPRequestHandler) -> None:
        asked.send_response(200 if asked.path == "/page.json" else 404)
        asked.end_headers()
        if asked.path == "/page.json":
            asked.wfile.write(json.dumps({**page, "id": f"http://{asked.headers['Host']}/page.json"}).encode())

    return answer


def test_a_page_of_paintings_may_be_fetched_from_its_own_address(tmp_path: Any, capsys: Any, settings: Any) -> None:
    settings.MUSEUM_PEER_HOSTS = ["127.0.0.1"]
    document = manifest()
    page_of_paintings = document["items"][0]["items"][0]
    held = {"@context": CONTEXT, **page_of_paintings}
    page_of_paintings.pop("items")
    file = tmp_path / "manifest.json"
    with serving(holding(held)) as address:
        page_of_paintings["id"] = f"{address}/page.json"
        file.write_text(json.dumps(document))
        call_command("check_manifest", str(file))
        page_of_paintings["id"] = f"{address}/absent.json"
        file.write_text(json.dumps(document))
        with pytest.raises(CommandError):
            call_command("check_manifest", str(file))
    assert "items[0].items[0]: The page has no items" in capsys.readouterr().out


def test_a_page_that_a_document_of_others_names_is_no_way_into_private_networks(tmp_path: Any, capsys: Any) -> None:
    asked: list[str] = []

    def inside(request: BaseHTTPRequestHandler) -> None:
        asked.append(request.path)

    document = manifest()
    document["items"][0]["items"][0].pop("items")
    with serving(inside) as address:
        document["items"][0]["items"][0]["id"] = f"{address}/page.json"
        file = tmp_path / "manifest.json"
        file.write_text(json.dumps(document))
        with pytest.raises(CommandError):
            call_command("check_manifest", str(file))
    assert asked == []
    assert "items[0].items[0]: The page has no items, and is not to be had" in capsys.readouterr().out


@pytest.mark.parametrize("leads", [False, True], ids=["stays", "leads elsewhere"])
def test_a_page_beside_its_manifest_is_fetched_where_the_operator_has_asked(leads: bool, capsys: Any) -> None:
    document = manifest()
    held = dict(document["items"][0]["items"][0])
    document["items"][0]["items"][0].pop("items")
    asked: list[str] = []

    def elsewhere(request: BaseHTTPRequestHandler) -> None:
        asked.append(request.path)

    def museum(request: BaseHTTPRequestHandler) -> None:
        own = f"http://{request.headers['Host']}"
        page = {**held, "id": f"{own}/page.json"}
        document["items"][0]["items"][0]["id"] = page["id"]
        led = leads and request.path == "/page.json"
        request.send_response(302 if led else 200)
        if led:
            request.send_header("Location", f"{other}/page.json")
        request.end_headers()
        request.wfile.write(json.dumps(page if request.path == "/page.json" else {**document, "id": f"{own}/manifest.json"}).encode())

    with serving(elsewhere) as other, serving(museum) as address:
        if leads:
            with pytest.raises(CommandError):
                call_command("check_manifest", f"{address}/manifest.json")
            assert "it leads elsewhere" in capsys.readouterr().out
        else:
            call_command("check_manifest", f"{address}/manifest.json")
    assert asked == []


@pytest.mark.parametrize("own", [True, False], ids=["of the address that answers", "of another"])
def test_another_address_may_lead_to_a_manifest(own: bool, capsys: Any) -> None:
    """The id is that of the address that answered, or of the one that was asked for; another is a fault."""

    def museum(request: BaseHTTPRequestHandler) -> None:
        request.send_response(302 if request.path == "/short" else 200)
        request.send_header("Location", "/manifest.json")
        request.end_headers()
        name = "manifest.json" if own else "other.json"
        if request.path != "/short":
            request.wfile.write(json.dumps({**manifest(), "id": f"http://{request.headers['Host']}/{name}"}).encode())

    with serving(museum) as address:
        if own:
            call_command("check_manifest", f"{address}/short")
        else:
            with pytest.raises(CommandError, match="1 problem"):
                call_command("check_manifest", f"{address}/short")
            assert "is published at" in capsys.readouterr().out


def test_what_is_only_recommended_is_advice(tmp_path: Any, capsys: Any) -> None:
    file = tmp_path / "manifest.json"
    document = manifest()
    document["items"][1]["items"][0]["items"] = []
    document["metadata"] = [{"label": {"none": ["Remarks"]}, "value": {"en": [""]}}]
    file.write_text(json.dumps(document))
    call_command("check_manifest", str(file))
    said = capsys.readouterr().out
    assert "Advice: items[1].items[0].items: An annotation page should have" in said
    assert "Advice: metadata[0].value.en: An empty text says nothing." in said


def test_an_answer_that_trickles_comes_to_an_end(monkeypatch: Any) -> None:
    monkeypatch.setattr(check_manifest, "DEADLINE", 1)

    def trickling(asked: BaseHTTPRequestHandler) -> None:
        asked.send_response(200)
        asked.end_headers()
        for _ in range(100):
            asked.wfile.write(b" ")
            time.sleep(0.1)

    began = time.monotonic()
    with serving(trickling) as address, pytest.raises(CommandError, match="took longer than 1 second"):
        call_command("check_manifest", address)
    assert time.monotonic() - began < 5


def test_a_compressed_answer_is_read_as_far_as_any_other(monkeypatch: Any, capsys: Any) -> None:
    bodies = {"/small": json.dumps(manifest()).encode(), "/large": b" " * 3000}

    def packed(asked: BaseHTTPRequestHandler) -> None:
        body = bodies[asked.path].replace(b"https://m.example/manifest.json", f"http://{asked.headers['Host']}/small".encode())
        asked.send_response(200)
        asked.send_header("Content-Encoding", "gzip")
        asked.end_headers()
        asked.wfile.write(gzip.compress(body))

    with serving(packed) as address:
        call_command("check_manifest", f"{address}/small")
        assert "is a valid Manifest" in capsys.readouterr().out
        monkeypatch.setattr(check_manifest, "LARGEST", 2999)
        with pytest.raises(CommandError, match="is larger than"):
            call_command("check_manifest", f"{address}/large")
