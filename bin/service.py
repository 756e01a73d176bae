"""A real server for tests: how it is found, started, asked and stopped. Standard library only."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

from preparation import Refusal


def folder() -> Path:
    """Where servers and their data lie. Other users must be able to reach it when we are root: two servers refuse to be root."""
    if set_by_hand := os.environ.get("TEST_SERVICES_FOLDER"):
        return Path(set_by_hand)
    if os.geteuid() == 0:
        return Path("/var/tmp/museum-test-services")
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "museum-test-services"


class Service:
    """One server. ``start`` raises Refusal with a sentence when it cannot be had."""

    name = ""
    port = 0
    variable = ""
    version = ""
    run: Path  # its folder: data, logs, the number of its process

    def __init__(self) -> None:
        given = os.environ.get(self.variable, "")
        self.given = urlsplit(given) if given else None
        self.run = folder() / "run" / self.name
        if self.given:
            self.port = self.given.port or self.port
        self.host = (self.given.hostname or "127.0.0.1") if self.given else "127.0.0.1"

    @property
    def address(self) -> str:
        """``host:port``."""
        return f"{self.host}:{self.port}"

    def answers(self) -> bool:
        """Whether the server can be used now."""
        raise NotImplementedError

    def missing(self) -> str:
        """What this machine lacks to start it, as a sentence; empty when nothing."""
        raise NotImplementedError

    def hint(self) -> str:
        """Why it is not there and how it comes."""
        return self.missing() or "it does not run (bin/services start)"

    def launch(self) -> None:
        """Fetch what is needed, start the server; returns at once."""
        raise NotImplementedError

    def start(self, patience: float = 90) -> bool:
        """Start it unless it answers already; True when it was started by this call."""
        if self.answers():
            return False
        if self.given:
            raise Refusal(f"{self.variable} names {self.address}, where nothing answers.")
        if missing := self.missing():
            raise Refusal(missing)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                raise Refusal(f"Port {self.port} is used by another program.")
        self.stop()
        self.run.mkdir(parents=True)
        (folder() / "run").chmod(0o755)
        self.launch()
        until = time.monotonic() + patience
        while not self.answers():
            if time.monotonic() > until:
                raise Refusal(f"It does not answer after {patience:.0f} s:\n{self.last_lines()}")
            time.sleep(0.25)
        return True

    def stop(self) -> None:
        """End the server and drop its data."""
        pid = self.run / "pid"
        if pid.exists() and (text := pid.read_text().split()):
            _end(int(text[0]), self.name)
        shutil.rmtree(self.run, ignore_errors=True)

    def last_lines(self) -> str:
        logs = sorted([*self.run.glob("*log"), *self.run.glob("logs/*.log")], key=lambda log: log.stat().st_mtime)
        return "\n".join(f"    {line}" for log in logs[-2:] for line in log.read_text(errors="replace").splitlines()[-6:])


def _end(pid: int, name: str) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                os.kill(pid, 0)
                if Path(f"/proc/{pid}/stat").exists() and Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                    return
            except ProcessLookupError:
                return
            time.sleep(0.1)
    raise Refusal(f"{name} (process {pid}) does not end.")


def run_as(user: str, owned: Path) -> dict:
    """Arguments for subprocess that run the server as ``user``, who gets ``owned``, when we are root."""
    if os.geteuid() != 0:
        return {}
    try:
        entry = pwd.getpwnam(user)
    except KeyError:
        subprocess.run(["useradd", "--system", "--no-create-home", user], check=True)
        entry = pwd.getpwnam(user)
    for path in [owned, *owned.rglob("*")]:
        os.chown(path, entry.pw_uid, entry.pw_gid)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
