"""The image service against Debian's IIPImage and nginx's static files: the same pictures, the same machine, in one run.

    python -m benchmarks.images [--seconds 4] [--rounds 3]

Wants wrk, nginx and iipimage-server (Debian packages); what is missing is left out and said so. Everything is made in a temporary folder.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import load

IIPSRV = Path("/usr/lib/iipimage-server/iipsrv.fcgi")
WIDTH, HEIGHT = 8000, 6000
_NGINX = """
{user} daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log crit; worker_processes 2;
events {{ worker_connections 512; }}
http {{
  access_log off; sendfile on; tcp_nopush off; keepalive_requests 1000000; open_file_cache max=20000;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  upstream iip {{ server 127.0.0.1:{first}; server 127.0.0.1:{second}; }}
  types {{ image/jpeg jpg; }}
  server {{
    listen 127.0.0.1:{port};
    location /static/ {{ alias {folder}/static/; }}
    location /iip {{ fastcgi_pass iip; fastcgi_param QUERY_STRING $query_string; fastcgi_param REQUEST_METHOD $request_method;
      fastcgi_param SERVER_NAME localhost; fastcgi_param SERVER_PORT {port}; fastcgi_param SERVER_PROTOCOL $server_protocol; fastcgi_param REQUEST_URI $request_uri; }}
  }}
}}
"""


@dataclass
class Server:
    """A server under load: its port, its processes, its addresses for each scenario, and what was measured."""

    name: str
    port: int
    pids: set[int]
    paths: dict[str, list[str]]
    found: dict[str, list[load.Load]] = field(default_factory=dict)
    cookie: str = ""


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=4, help="length of one measurement (default: 4)")
    parser.add_argument("--rounds", type=int, default=3, help="measurements of each figure; the median counts (default: 3)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="museum-bench-") as name:
        folder = Path(name)
        for variable in ("DATABASE_URL", "STORAGE_URL", "SEARCH_URL", "IMAGE_SERVICE_URL", "CACHE_URL"):
            os.environ.pop(variable, None)
        os.environ["MUSEUM_VAR"] = str(folder)
        os.environ["MUSEUM_IMAGE_CACHE_MB"] = "0"  # what is measured is the making
        os.environ["DJANGO_SETTINGS_MODULE"] = "museum.settings"
        _measure(folder, given.seconds, given.rounds)


def _measure(folder: Path, seconds: float, rounds: int) -> None:
    from benchmarks.serving import machine, museum

    public, restricted, pyramid, spans = _pictures(folder)
    scenarios = _scenarios()
    with contextlib.ExitStack() as stack:
        mine = load.descendants(os.getpid())
        port = stack.enter_context(museum(workers=2))
        time.sleep(1)
        ours = Server(
            "museum",
            port,
            load.descendants(os.getpid()) - mine,
            {key: [f"/iiif/2/{public}/{path}" for path in paths] for key, paths in scenarios.items()},
        )
        servers = [ours]
        sealed = Server(
            "museum, restricted with staff cookie",
            port,
            ours.pids,
            {"aligned tiles": [f"/iiif/2/{restricted}/{path}" for path in scenarios["aligned tiles"]]},
        )
        sealed.cookie = _cookie()
        servers.append(sealed)
        servers += _peers(folder, stack, pyramid, spans, scenarios)
        print(f"Measured {machine()}; a picture of {WIDTH} × {HEIGHT} pixels, {len(scenarios['aligned tiles'])} aligned tiles.\n")
        _warm(servers)
        for _round in range(rounds):
            for scenario in scenarios:
                for clients in (8, 32) if scenario == "aligned tiles" else (8,):
                    for server in servers:
                        if scenario in server.paths:
                            key = f"{scenario}, {clients} clients"
                            paths = server.paths[scenario]
                            server.found.setdefault(key, []).append(
                                load.run(server.port, paths, server.pids, clients=clients, seconds=seconds, cookie=server.cookie)
                            )
        _tell(servers)
        print(f"\nMemory of the museum's processes (PSS): {load.memory(ours.pids):.0f} MB for 2 workers and their parent.")


def _pictures(folder: Path) -> tuple[str, str, Path, list[tuple[str, int, int]]]:
    """Ids of a public and a restricted picture, the pyramid, and name, offset and length of each tile."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from benchmarks.images_ingest import painted
    from media import derive, ingest, storage
    from media.models import Asset
    from media.pyramid.index import TileIndex

    source = folder / "source.jpg"
    painted(source, WIDTH, HEIGHT)
    ids = []
    for tier in ("public", "restricted"):
        asset = ingest.receive(source, f"{tier}.jpg")
        derive.prepare(asset.pk)
        Asset.objects.filter(pk=asset.pk).update(tier=tier)
        asset.refresh_from_db()
        ids.append(asset.public_id)
    name = derive.pyramid_name(asset.public_id, asset.version)
    pyramid = folder / "pictures" / "picture.tif"
    pyramid.parent.mkdir()
    with storage.local_copy("derivatives", name) as path:
        shutil.copy(path, pyramid)
    index = TileIndex.unpack(asset.access_copy.index)
    level = index.levels[0]
    spans = []
    for row in range(level.rows):
        for column in range(level.columns):
            span = index.span(0, column, row)
            spans.append((f"{column}-{row}.jpg", span.offset, span.length))
    return ids[0], ids[1], pyramid, spans


def _scenarios() -> dict[str, list[str]]:
    """Paths after the picture's id, in the words of Image API 2.1 (which IIPImage 1.1 speaks)."""
    chance = random.Random(7)
    tiles = []
    for x in range(0, WIDTH, 512):
        for y in range(0, HEIGHT, 512):
            w, h = min(512, WIDTH - x), min(512, HEIGHT - y)
            tiles.append(f"{x},{y},{w},{h}/{w},/0/default.jpg")
    session = list(tiles)
    for scale in (2, 4, 8, 16):
        step = 512 * scale
        for x in range(0, WIDTH, step):
            for y in range(0, HEIGHT, step):
                w, h = min(step, WIDTH - x), min(step, HEIGHT - y)
                session.append(f"{x},{y},{w},{h}/{-(-w // scale)},/0/default.jpg")
    regions = []
    for _ in range(4000):
        w, h = chance.randrange(600, 3000), chance.randrange(600, 3000)
        x, y = chance.randrange(0, WIDTH - w), chance.randrange(0, HEIGHT - h)
        regions.append(f"{x},{y},{w},{h}/{chance.randrange(300, min(w, 800))},/0/default.jpg")
    inner = [path for path in tiles if ",512,512/" in path]
    turned = [path.replace("/0/default", f"/{way}") for path in inner for way in ("90/default", "270/default", "0/gray")]
    return {
        "aligned tiles": tiles,
        "tiles of a whole zoom session": session,
        "thumbnails not made at ingest": [f"full/!{side},{side}/0/default.jpg" for side in range(700, 840)],
        "unaligned regions": regions,
        "rotated or grey tiles": turned,
    }


def _cookie() -> str:
    from iiif.image import access

    return f"{access.COOKIE}={access.new_cookie([1])}"


def _peers(
    folder: Path, stack: contextlib.ExitStack, pyramid: Path, spans: list[tuple[str, int, int]], scenarios: dict[str, list[str]]
) -> list[Server]:
    nginx = shutil.which("nginx") or ("/usr/sbin/nginx" if Path("/usr/sbin/nginx").exists() else "")
    if not nginx or not IIPSRV.exists():
        print("nginx or iipimage-server is not installed: the museum is measured alone (apt-get install nginx-light iipimage-server).")
        return []
    static = folder / "static"
    static.mkdir()
    data = pyramid.read_bytes()
    for name, offset, length in spans:
        (static / name).write_bytes(data[offset : offset + length])
    ports = [_port() for _ in range(3)]
    environment = {
        **os.environ,
        "FILESYSTEM_PREFIX": f"{pyramid.parent}/",
        "JPEG_QUALITY": "85",
        "VERBOSITY": "0",
        "MAX_CVT": "10000",
        "LOGFILE": "/dev/null",
    }
    iip: set[int] = set()
    for port in ports[:2]:
        process = stack.enter_context(_child([str(IIPSRV), "--bind", f"127.0.0.1:{port}", "--backlog", "512"], environment))
        iip.add(process.pid)
    config = folder / "nginx.conf"
    config.write_text(
        _NGINX.format(user="user root;" if os.geteuid() == 0 else "", folder=folder, first=ports[0], second=ports[1], port=ports[2])
    )
    master = stack.enter_context(_child([nginx, "-p", str(folder), "-c", str(config)], dict(os.environ)))
    time.sleep(1)
    front = {master.pid} | load.descendants(master.pid)
    return [
        Server(
            "IIPImage 1.1 (Debian)",
            ports[2],
            iip | front,
            {key: [f"/iip?IIIF=picture.tif/{path}" for path in paths] for key, paths in scenarios.items()},
        ),
        Server("nginx, static files", ports[2], front, {"aligned tiles": [f"/static/{name}" for name, _, _ in spans]}),
    ]


@contextlib.contextmanager
def _child(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen]:
    process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=sys.stderr)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


def _port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _warm(servers: list[Server]) -> None:
    """A few requests of each kind to every worker, one after another."""
    for server in servers:
        for scenario, paths in server.paths.items():
            for path in paths[:8]:
                connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
                connection.request("GET", path, headers={"Cookie": server.cookie} if server.cookie else {})
                try:
                    answer = connection.getresponse()
                    answer.read()
                except TimeoutError:
                    raise SystemExit(f"{server.name} does not answer in “{scenario}” to {path}.") from None
                finally:
                    connection.close()
                if answer.status != 200:
                    raise SystemExit(f"{server.name} answers {answer.status} in “{scenario}” to {path}.")


def _tell(servers: list[Server]) -> None:
    peer = next((server for server in servers if server.name.startswith("IIPImage")), None)
    print("| scenario | server | req/s | p50 ms | p99 ms | CPU µs/request | rate × IIPImage | CPU × IIPImage |\n|-|-|-|-|-|-|-|-|")
    for key in servers[0].found:
        base = _middle(peer.found[key]) if peer and key in peer.found else None
        for server in servers:
            if key not in server.found:
                continue
            got = _middle(server.found[key])
            ratios = f"{got.rate / base.rate:.1f} | {base.cpu / got.cpu:.1f}" if base and got.cpu else "- | -"
            print(f"| {key} | {server.name} | {got.rate:,.0f} | {got.p50:.2f} | {got.p99:.1f} | {got.cpu:,.0f} | {ratios} |")


def _middle(runs: list[load.Load]) -> load.Load:
    return load.Load(*(statistics.median(getattr(each, name) for each in runs) for name in ("rate", "p50", "p99", "cpu")))


if __name__ == "__main__":
    main()
