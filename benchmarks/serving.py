"""A museum served for a benchmark, and a client with a cookie jar that times its requests."""

from __future__ import annotations

import contextlib
import http.client
import os
import platform
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 180
END_SECONDS = 30


@contextlib.contextmanager
def museum(*, workers: int = 2, other: Mapping[str, str] | None = None) -> Iterator[int]:
    """The museum under granian, as ``bin/run`` starts it, on a free port; answers the port.

    With the environment's database, search and storage, but for what ``other`` sets.
    """
    port = _free_port()
    own = {"PORT": str(port), "MUSEUM_ORIGIN": f"http://localhost:{port}", "MALLOC_ARENA_MAX": "2"}
    environment = {**os.environ, **own, **(other or {})}
    command = [sys.executable, "-m", "museum.serving", "--workers", str(workers)]
    command += ["--host", "127.0.0.1", "--port", str(port), "--no-access-log", "--log-level", "error"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    try:
        _wait(port, server)
        yield port
    finally:
        _end(server)


def _end(server: subprocess.Popen) -> None:
    """End it, by force when it does not end within its time: a server left over would spoil the next figures."""
    server.terminate()
    try:
        server.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        print(f"The museum did not end within {END_SECONDS} s and was killed.", file=sys.stderr)
        os.killpg(server.pid, signal.SIGKILL)  # its workers, too
        server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise SystemExit("The museum did not start; its messages stand above.")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.2)
    raise SystemExit(f"The museum did not answer within {START_SECONDS} s.")


@dataclass
class Client:
    """One visitor with one connection and a cookie jar."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    connection: http.client.HTTPConnection | None = None

    def request(
        self, method: str, path: str, *, form: Sequence[tuple[str, str]] | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """One request with its time until the last byte. Redirects are not followed."""
        sent = {"Host": f"localhost:{self.port}", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), **(headers or {})}
        body = None
        if form is not None:
            body = urlencode(form)
            sent |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"http://localhost:{self.port}{path}"}
        self.connection = self.connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        begun = time.perf_counter()
        try:
            self.connection.request(method, path, body, sent)
            answer = self.connection.getresponse()
            content = answer.read()
        except (http.client.HTTPException, ConnectionError):
            self.connection = None
            raise
        took = (time.perf_counter() - begun) * 1000
        for line in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return Answer(answer.status, content, {name.lower(): value for name, value in answer.headers.items()}, took)

    def get(self, path: str, **headers: str) -> Answer:
        """GET."""
        return self.request("GET", path, headers=headers)


@dataclass(frozen=True)
class Answer:
    """Status, body, headers (names in small letters) and the milliseconds that it took."""

    status: int
    body: bytes
    headers: dict[str, str]
    ms: float


@dataclass(frozen=True)
class Figure:
    """A row of the results: what was measured, in milliseconds, and the goal."""

    name: str
    times: Sequence[float]
    goal: str

    def line(self) -> str:
        """A row of the table in docs/benchmarks.md."""
        ordered = sorted(self.times)
        p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
        return f"| {self.name} | {statistics.median(ordered):.1f} | {p95:.1f} | {len(ordered)} | {self.goal} |"


def machine() -> str:
    """What this was measured on, for the head of a table."""
    model = "unknown processor"
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    return (
        f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, {model}, Python {platform.python_version()}, "
        f"two million additions in {_fixed_work():.0f} ms, load average {os.getloadavg()[0]:.1f}"
    )


def _fixed_work() -> float:
    """Milliseconds for the same work everywhere: virtual machines of one name differ by half, and so does one from minute to minute."""
    begun, total = time.perf_counter(), 0
    for number in range(2_000_000):
        total += number
    return (time.perf_counter() - begun) * 1000
