"""A database with all tables, made once for all processes and runs; each test database is a copy of it."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
_KEPT_DATABASES = 8  # one for each branch that somebody works on


def _migrations() -> dict[str, str]:
    """The digest of each file that says how tables are made; the lock stands for other people's migrations."""
    files = [ROOT / "requirements.txt", *ROOT.glob("*/migrations/*.py"), *ROOT.glob("collections/*/migrations/*.py")]
    return {str(file.relative_to(ROOT)): hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(files)}


def _digest(migrations: dict[str, str]) -> str:
    total = hashlib.sha256(json.dumps(migrations).encode())
    # what post_migrate makes stands in the file, too
    for pattern in ("*/apps.py", "*/*/apps.py", "museum/workplace/roles.py"):
        for file in sorted(ROOT.glob(pattern)):
            total.update(file.read_bytes())
    return total.hexdigest()[:16]


@contextlib.contextmanager
def _one_at_a_time(what: str) -> Iterator[Path]:
    """The folder of what is kept, for one process that makes such a database."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "museum-tests"
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield cache


def sqlite_file() -> Path:
    """An SQLite file with all tables and what belongs into them from the beginning; for copying."""
    migrations = _migrations()
    with _one_at_a_time("sqlite") as cache:
        migrated = cache / f"migrated-{_digest(migrations)}.sqlite3"
        if not migrated.exists():
            known = sorted(cache.glob("migrated-*.sqlite3"), key=lambda file: file.stat().st_mtime)
            for old in known[: -_KEPT_DATABASES + 1]:
                old.unlink()
                old.with_suffix(".json").unlink(missing_ok=True)
            _migrate_file(migrated, _furthest(cache, migrations))
            migrated.with_suffix(".json").write_text(json.dumps(migrations))
    return migrated


def postgresql_template() -> str:
    """The name of such a database on the server that DATABASE_URL names, as a template."""
    import psycopg

    name = f"museum_tests_{_digest(_migrations())}"
    address = os.environ["DATABASE_URL"]
    with _one_at_a_time("postgresql"), psycopg.connect(address, autocommit=True) as server:
        asked = "SELECT datname FROM pg_database WHERE datname LIKE 'museum\\_tests\\_%' ORDER BY oid"
        known = [row[0] for row in server.execute(asked)]
        if name not in known:
            fresh = f"{name}_new"
            for old in {*known[: -_KEPT_DATABASES + 1], fresh} & set(known):
                server.execute(f'DROP DATABASE "{old}"')
            server.execute(f'CREATE DATABASE "{fresh}"')
            _migrate(urlsplit(address)._replace(path=f"/{fresh}").geturl())
            server.execute(f'ALTER DATABASE "{fresh}" RENAME TO "{name}"')
    return name


def _furthest(cache: Path, migrations: dict[str, str]) -> Path | None:
    """A kept database to go on from: the one with the most migrations, all of which still stand in the tree as they were."""
    usable = {}
    for facts in cache.glob("migrated-*.json"):
        made = json.loads(facts.read_text())
        if made.items() <= migrations.items() and facts.with_suffix(".sqlite3").exists():
            usable[facts.with_suffix(".sqlite3")] = len(made)
    return max(usable, key=usable.__getitem__, default=None)


def _migrate_file(target: Path, begin: Path | None) -> None:
    """Migrate a new database, or a copy of ``begin`` further: all of Wagtail's migrations take most of a minute."""
    fresh = target.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    if begin:
        shutil.copy(begin, fresh)
    _migrate(f"sqlite:///{fresh}")
    with sqlite3.connect(fresh) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")
    fresh.rename(target)


def _migrate(address: str) -> None:
    environment = {**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, str(ROOT / "manage.py"), "migrate", "--no-input", "-v", "0"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"The migrations fail:\n{done.stderr[-3000:]}")


if __name__ == "__main__":  # bin/test has it made while the first run goes on
    postgresql_template()
