"""Load on HTTP servers for benchmarks: wrk where it is installed, else a plain Python client; CPU time of the servers beside it."""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import re
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_LUA = """
local paths = {}
for line in io.lines("%(paths)s") do paths[#paths + 1] = line end
math.randomseed(%(seed)d)
wrk.headers["Cookie"] = "%(cookie)s"
request = function() return wrk.format("GET", paths[math.random(#paths)]) end
done = function(summary, latency, requests)
  io.write(string.format("DONE %%d %%d %%d %%d %%f %%f\\n", summary.requests, summary.duration, summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout, latency:percentile(50), latency:percentile(99)))
end
"""
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Load:
    """What a run brought: requests per second, median and 99th percentile in ms, CPU microseconds of the servers per request."""

    rate: float
    p50: float
    p99: float
    cpu: float


def descendants(pid: int) -> set[int]:
    """The processes below ``pid``."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                parents.setdefault(int((entry / "stat").read_text().rpartition(")")[2].split()[1]), []).append(int(entry.name))
    found: set[int] = set()
    todo = [pid]
    while todo:
        for child in parents.get(todo.pop(), []):
            found.add(child)
            todo.append(child)
    return found


def cpu_seconds(pids: set[int]) -> float:
    """CPU time that these processes have used."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
    return total / TICK


def memory(pids: set[int]) -> float:
    """Proportional set size of these processes together, in MB."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
            total += int(found[1]) if found else 0
    return total / 1024


def run(port: int, paths: Sequence[str], servers: set[int], *, clients: int, seconds: float, cookie: str = "") -> Load:
    """Ask for random paths. Raises SystemExit when a server answers with errors: such a figure would be worth nothing."""
    before = cpu_seconds(servers)
    if shutil.which("wrk"):
        requests, took, bad, p50, p99 = _wrk(port, paths, clients, seconds, cookie)
    else:
        requests, took, bad, p50, p99 = _python(port, paths, clients, seconds, cookie)
    if bad or not requests:
        raise SystemExit(f"{bad} of {requests} requests to port {port} failed, such as {paths[0]}.")
    return Load(requests / took, p50, p99, (cpu_seconds(servers) - before) / requests * 1e6)


def _wrk(port: int, paths: Sequence[str], clients: int, seconds: float, cookie: str) -> tuple[int, float, int, float, float]:
    with tempfile.TemporaryDirectory() as folder:
        listed, script = Path(folder) / "paths", Path(folder) / "load.lua"
        listed.write_text("\n".join(paths))
        script.write_text(_LUA % {"paths": listed, "seed": random.randrange(10**6), "cookie": cookie})
        command = ["wrk", "-t1", f"-c{clients}", f"-d{max(1, round(seconds))}s", "-s", str(script), f"http://127.0.0.1:{port}/"]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    numbers = said.rpartition("DONE ")[2].split()
    requests, micros, status, broken = (int(value) for value in numbers[:4])
    return requests, micros / 1e6, status + broken, float(numbers[4]) / 1000, float(numbers[5]) / 1000


def _python(port: int, paths: Sequence[str], clients: int, seconds: float, cookie: str) -> tuple[int, float, int, float, float]:
    times: list[float] = []
    bad = 0
    end = time.perf_counter() + seconds

    def client() -> None:
        nonlocal bad
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.perf_counter() < end:
            begun = time.perf_counter()
            connection.request("GET", random.choice(paths), headers={"Cookie": cookie})
            answer = connection.getresponse()
            answer.read()
            times.append(time.perf_counter() - begun)
            bad += answer.status >= 400

    begun = time.perf_counter()
    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.sort()
    return len(times), time.perf_counter() - begun, bad, 1000 * times[len(times) // 2], 1000 * times[len(times) * 99 // 100]
