"""Two museums on one machine: one changes a thousand times at random, the other follows its feed and ends with what its database says."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings

pytestmark = [pytest.mark.conformance, pytest.mark.one_stack]
ROOT = Path(__file__).resolve().parent.parent.parent
CHANGES = 1000
SEED = 20261128
# In the first museum: changes, one by one, with what the worker would do after every few; then what its database says.
CHANGING = f"""
import hashlib, json, random, django
django.setup()
from django.conf import settings
from iiif.models import StoredManifest
from iiif.presentation.addresses import PLACEHOLDER
from tests.iiif.changes import random_changes
dice = random.Random({SEED})
pks = [one.pk for one in random_changes.objects(60)]
random_changes.settle()
done = 0
while done < {CHANGES}:
    done += random_changes.change(dice, pks) != "nothing"
    if dice.random() < 0.2:
        random_changes.settle()
random_changes.settle()
random_changes.published()
rows = StoredManifest.objects.filter(kind="object").exclude(sha256="").values_list("public_id", "body")
origin = settings.MUSEUM_ORIGIN
print(json.dumps({{
    f"{{origin}}/iiif/objects/{{public_id}}/manifest.json": hashlib.sha256(bytes(body).replace(PLACEHOLDER.encode(), origin.encode())).hexdigest()
    for public_id, body in rows
}}))
"""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Instance:
    """A museum with a folder of its own."""

    def __init__(self, var: Path) -> None:
        var.mkdir()
        shutil.copy(django_settings.DATABASES["default"]["NAME"], var / "museum.sqlite3")
        self.port = _free_port()
        self.var = var
        kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
        origin = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **kept, "MUSEUM_VAR": str(var), "PORT": str(self.port), "MUSEUM_ORIGIN": origin, "DJANGO_SETTINGS_MODULE": "museum.settings",
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'collections'}", "MUSEUM_PEER_HOSTS": "127.0.0.1",
        }  # fmt: skip
        self.feed = f"{origin}/iiif/changes/collection.json"

    def start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "museum.serving", "--host", "127.0.0.1", "--port", str(self.port), "--log-level", "warning"]
        process = subprocess.Popen(command, cwd=ROOT, env=self.environment)
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/livez", timeout=5).close()
                return process
            except OSError:
                assert process.poll() is None
                time.sleep(0.2)
        raise AssertionError("The museum does not answer.")

    def manage(self, *arguments: str, killed_after: float | None = None) -> int:
        """Its exit status. ``killed_after``: by SIGKILL, so many seconds after it began."""
        running = subprocess.Popen(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.environment, stderr=subprocess.PIPE, text=True
        )
        try:
            _out, said = running.communicate(timeout=killed_after)
        except subprocess.TimeoutExpired:
            running.kill()
            running.communicate()
            return -signal.SIGKILL
        print(said)
        return running.returncode


@pytest.fixture
def museums(db: None, tmp_path: Path) -> Iterator[tuple[Instance, Instance]]:
    """The one that changes, with its server running, and the one that follows."""
    first, second = Instance(tmp_path / "first"), Instance(tmp_path / "second")
    server = first.start()
    yield first, second
    server.terminate()
    server.wait(20)


def _harvested(instance: Instance) -> dict[str, str]:
    with sqlite3.connect(instance.var / "museum.sqlite3") as connection:
        return dict(connection.execute("SELECT uri, sha256 FROM exchange_harvested"))


def test_a_thousand_changes_later_both_say_the_same(museums: tuple[Instance, Instance]) -> None:
    first, second = museums
    changing: Any = subprocess.Popen([sys.executable, "-c", CHANGING], cwd=ROOT, env=first.environment, stdout=subprocess.PIPE, text=True)
    dice = random.Random(SEED)
    runs = killed = 0
    taken = 5.0  # seconds of a run that nobody disturbs
    while changing.poll() is None:  # the follower reads while the other changes, and is killed now and then, sooner than it would end
        began, ends = time.monotonic(), dice.uniform(0.3, 0.95) if runs and dice.random() < 0.6 else None
        status = second.manage("harvest", first.feed, killed_after=taken * ends if ends else None)
        if not ends:
            taken = time.monotonic() - began
        runs += status == 0
        killed += status == -signal.SIGKILL
    assert changing.returncode == 0
    truth = json.loads(changing.stdout.read())
    assert second.manage("harvest", first.feed) == 0
    assert runs > 1
    assert killed > 1
    assert len(truth) > 10
    assert _harvested(second) == truth
