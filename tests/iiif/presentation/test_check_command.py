"""The command over manifests of others: pages that lie elsewhere, and what is advice alone."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.iiif.presentation.others import CONTEXT, Json, manifest

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]


@contextmanager
def serving(page: Json) -> Iterator[str]:
    """A museum that has this one annotation page, at /page.json."""

    class Museum(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/page.json" else 404)
            self.end_headers()
            if self.path == "/page.json":
                self.wfile.write(json.dumps({**page, "id": f"http://127.0.0.1:{server.server_port}/page.json"}).encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Museum)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def test_a_page_of_paintings_may_be_fetched_from_its_own_address(tmp_path: Any, capsys: Any) -> None:
    document = manifest()
    page_of_paintings = document["items"][0]["items"][0]
    held = {"@context": CONTEXT, **page_of_paintings}
    page_of_paintings.pop("items")
    file = tmp_path / "manifest.json"
    with serving(held) as address:
        page_of_paintings["id"] = f"{address}/page.json"
        file.write_text(json.dumps(document))
        call_command("check_manifest", str(file))
        page_of_paintings["id"] = f"{address}/absent.json"
        file.write_text(json.dumps(document))
        with pytest.raises(CommandError):
            call_command("check_manifest", str(file))
    assert "items[0].items[0]: The page has no items" in capsys.readouterr().out


def test_what_is_only_recommended_is_advice(tmp_path: Any, capsys: Any) -> None:
    file = tmp_path / "manifest.json"
    document = manifest()
    document["items"][1]["items"][0]["items"] = []
    file.write_text(json.dumps(document))
    call_command("check_manifest", str(file))
    assert "Advice: items[1].items[0].items: An annotation page should have" in capsys.readouterr().out
