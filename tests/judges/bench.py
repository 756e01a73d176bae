"""A page for each judge on a site of its own: other people's viewers open our manifests from another origin, as at other museums."""

from __future__ import annotations

import base64
import json
import os
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parent.parent.parent
LISTED = Path(__file__).parent / "package.json"
# judge: (the page's head and body; {manifest} is put in as JSON, the selector that is there once a picture is open)
_PAGE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>{name}</title><link rel="icon" href="data:,"><style>html,body,#v{{margin:0;height:100%}}</style>{body}</html>'
PAGES = {
    "mirador": '<div id="v"></div><script src="/mirador/mirador.min.js"></script><script>Mirador.viewer({id:"v",windows:[{manifestId:MANIFEST}]})</script>',
    "universalviewer": '<link rel="stylesheet" href="/universalviewer/dist/uv.css"><div id="v" class="uv"></div><script src="/universalviewer/dist/umd/UV.js"></script>'
    '<script>UV.init("v",{manifest:MANIFEST,embedded:true})</script>',
    "clover": '<script src="/clover/dist/web-components/index.umd.js"></script><div id="v"></div>'
    '<script>const c=document.createElement("clover-viewer");c.setAttribute("iiif-content",MANIFEST);document.getElementById("v").append(c)</script>',
    "openseadragon": '<div id="v"></div><script src="/openseadragon/openseadragon.min.js"></script>'
    "<script>fetch(MANIFEST).then(r=>r.json()).then(m=>OpenSeadragon({id:'v',showNavigationControl:false,sequenceMode:false,"
    "tileSources:m.items.slice(0,1).map(c=>c.items[0].items[0].body.service[0].id+'/info.json')}))</script>",
}


def viewers() -> dict[str, Path]:
    """The judges' own files, fetched once and kept beside the tests' database."""
    import packages

    kept = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "museum-tests" / "judges"
    wanted = json.loads(LISTED.read_text())["bundles"]
    found = {"mirador": ROOT / "static" / "vendor" / "mirador", "openseadragon": ROOT / "static" / "vendor" / "openseadragon"}
    for name, folder in (("universalviewer", "universalviewer"), ("@samvera/clover-iiif", "clover")):
        place = kept / f"{folder}-{wanted[name]['version']}"
        if not place.is_dir():
            kept.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=kept) as scratch:
                packages.bundle(name, LISTED, Path(scratch)).rename(place)
        found[folder] = place
    return found


class _Site(SimpleHTTPRequestHandler):
    def __init__(self, folders: dict[str, Path], *arguments: Any) -> None:
        self.folders = folders
        super().__init__(*arguments)

    def log_message(self, *_: Any) -> None:
        pass

    def do_GET(self) -> None:
        judge = self.path.partition("?")[0].removeprefix("/judge/")
        if self.path.startswith("/judge/"):
            manifest = json.dumps(self.path.partition("?manifest=")[2])
            self._send("text/html; charset=utf-8", _PAGE.format(name=judge, body=PAGES[judge].replace("MANIFEST", manifest)).encode())
        elif self.path.startswith("/images/data:"):
            # Universal Viewer 4.4 gives OpenSeadragon its buttons as data: addresses, which OpenSeadragon looks for below /images/
            media_type, _, data = unquote(self.path.removeprefix("/images/data:")).partition(";base64,")
            self._send(media_type, base64.b64decode(data))
        else:
            super().do_GET()

    def _send(self, media_type: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def translate_path(self, path: str) -> str:
        name, _, rest = path.partition("?")[0].lstrip("/").partition("/")
        return str(self.folders.get(name, Path("/nonexistent")) / rest)


def serve(folders: dict[str, Path]) -> tuple[str, ThreadingHTTPServer]:
    """The judges' site; answers its origin and the server."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Site, folders))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}", server


if str(ROOT / "bin") not in sys.path:
    sys.path.append(str(ROOT / "bin"))
