"""The servers beside which the image service is measured: Debian's IIPImage, nginx with static files, and nginx as it is shipped in deploy/."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import load

ROOT = Path(__file__).resolve().parent.parent
IIPSRV = Path("/usr/lib/iipimage-server/iipsrv.fcgi")
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


def nginx() -> str:
    """The program, or an empty string."""
    return shutil.which("nginx") or ("/usr/sbin/nginx" if Path("/usr/sbin/nginx").exists() else "")


def shipped(place: Path, port: int, behind: int) -> str:
    """deploy/nginx.conf as it is, in front of a server on the port ``behind``; only ports and folders are others. Raises SystemExit."""
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    for old, new in (
        ("server web:8000;", f"server 127.0.0.1:{behind};"),
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("/var/cache/nginx/tiles", f"{place}/tiles"),
        ("access_log /dev/stdout museum;", f"access_log {place}/access museum;"),
        ("error_log /dev/stderr warn;", f"error_log {place}/errors crit;"),
        ("worker_processes auto;", "worker_processes 2;"),
    ):
        if old not in text:
            raise SystemExit(f"deploy/nginx.conf has no line {old!r} any more: benchmarks/image_peers.py has to follow it.")
        text = text.replace(old, new)
    user = "user root; " if os.geteuid() == 0 else ""
    temporary = " ".join(f"{name}_temp_path {place}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    text = re.sub(r"http \{", f"http {{ {temporary} keepalive_requests 1000000;", text, count=1)
    return f"{user}daemon off; pid {place}/pid;\n{text}"


def behind_shipped_nginx(folder: Path, stack: contextlib.ExitStack, museum: Server) -> Server:
    """The shipped nginx in front of the museum, without its log: the others write none."""
    place = folder / "shipped"
    place.mkdir()
    port = free_port()
    config = place / "nginx.conf"
    config.write_text(shipped(place, port, museum.port).replace(f"access_log {place}/access museum;", "access_log off;"))
    master = stack.enter_context(child([nginx(), "-p", str(place), "-c", str(config)], dict(os.environ)))
    time.sleep(1)
    front = {master.pid} | load.descendants(master.pid)
    paths = {"aligned tiles": museum.paths["aligned tiles"], "deep-zoom session": museum.paths["deep-zoom session"]}
    return Server("museum behind the shipped nginx", port, front | museum.pids, paths)


def peers(
    folder: Path, stack: contextlib.ExitStack, pyramid: Path, spans: list[tuple[str, int, int]], scenarios: dict[str, list[str]]
) -> list[Server]:
    """IIPImage behind nginx, and nginx alone with the same tiles as files."""
    program = nginx()
    if not program or not IIPSRV.exists():
        print("nginx or iipimage-server is not installed: the museum is measured alone (apt-get install nginx-light iipimage-server).")
        return []
    static = folder / "static"
    static.mkdir()
    data = pyramid.read_bytes()
    for name, offset, length in spans:
        (static / name).write_bytes(data[offset : offset + length])
    ports = [free_port() for _ in range(3)]
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
        process = stack.enter_context(child([str(IIPSRV), "--bind", f"127.0.0.1:{port}", "--backlog", "512"], environment))
        iip.add(process.pid)
    config = folder / "nginx.conf"
    config.write_text(
        _NGINX.format(user="user root;" if os.geteuid() == 0 else "", folder=folder, first=ports[0], second=ports[1], port=ports[2])
    )
    master = stack.enter_context(child([program, "-p", str(folder), "-c", str(config)], dict(os.environ)))
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
def child(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen]:
    """A server that ends with the block."""
    process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=sys.stderr)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
