"""What the web server loads before it forks: everything that can be shared, nothing that must not be, whatever is away."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LOADED = """
from museum import serving
serving.load()
from django.db import connections
from iiif.image import pictures
from media import storage
import sys
print("driver", bool(sys.modules.get("psycopg")))
print("questions", len(pictures._copies._kept), "stores", sorted(storage._stores), "open", [c.alias for c in connections.all() if c.connection])
import os
if "ASKED" in os.environ:  # what each process does for itself
    application = serving.application()
    print("application", type(application).__name__, "open", [c.alias for c in connections.all() if c.connection])
    if "STORAGE_URL" in os.environ:
        reading = [each for each in __import__("threading").enumerate() if each.name == "first-read"]
        if "SILENT" in os.environ:
            print("still asking", bool(reading))
        else:
            [each.join(60) for each in reading]  # none: it was quick
            pools = storage._store("derivatives").pool.pools
            print("asked", [pools.get(key).num_requests for key in pools.keys()])
"""
READY = "driver False\nquestions 1 stores ['derivatives', 'originals'] open []\n"


def load(folder: Path, **given: str) -> subprocess.CompletedProcess:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "museum.settings", "MUSEUM_VAR": str(folder), **given}
    return subprocess.run([sys.executable, "-c", LOADED], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)


def test_without_a_database_the_web_server_starts_and_says_so(tmp_path):
    done = load(tmp_path, DATABASE_URL="postgres://nobody@127.0.0.1:1/none")
    assert done.returncode == 0 and "The database does not answer" in done.stderr
    assert done.stdout == READY.replace("False", "True", 1)


def test_a_web_process_leaves_no_connection_of_its_first_question(tmp_path):
    done = load(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path / 'empty.sqlite3'}", ASKED="yes")
    assert done.returncode == 0, done.stderr
    assert done.stdout == READY + "application Gate open []\n"


@pytest.mark.s3
def test_the_client_of_a_bucket_is_made_once_for_all_processes(tmp_path, s3_url):
    done = load(tmp_path, STORAGE_URL=s3_url, DATABASE_URL=f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    assert done.returncode == 0, done.stderr
    assert done.stdout == READY


@pytest.mark.s3
def test_a_web_process_has_a_connection_to_the_bucket_before_its_first_picture(tmp_path, s3_url):
    done = load(tmp_path, STORAGE_URL=s3_url, DATABASE_URL=f"sqlite:///{tmp_path / 'empty.sqlite3'}", ASKED="yes")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "asked [1]"


def test_a_storage_that_is_silent_keeps_no_web_process_waiting(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"s3://a:b@127.0.0.1:{silent.getsockname()[1]}/museum?tls=no"
        done = load(tmp_path, STORAGE_URL=url, DATABASE_URL=f"sqlite:///{tmp_path / 'empty.sqlite3'}", ASKED="yes", SILENT="yes")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[2:] == ["application Gate open []", "still asking True"]
