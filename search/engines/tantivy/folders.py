"""The folders of the embedded index: which one serves, which one is being built, what was deleted, and the locks between processes."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import orjson

from search.documents import Audience, schema_hash
from search.engines.base import EngineError
from search.engines.compiled import Compiled
from search.engines.tantivy.schema import COMMITS_FILE, FORM

KEPT = 2  # the index that serves and the one before it


class Folder:
    """One audience's folder: ``current`` and ``building`` name its index folders, ``lock`` is held while writing."""

    def __init__(self, root: Path, audience: Audience) -> None:
        self.audience = audience
        self.path = root / audience

    def current(self) -> str:
        """Name of the index that serves, or empty; one whose folder was deleted does not."""
        name = self._name("current")
        return name if name and (self.path / name / COMMITS_FILE).exists() else ""

    def is_current(self, name: str) -> bool:
        """True when the index was built for today's fields."""
        return name.partition("-")[0] == schema_hash(self.audience, FORM)

    def fresh_name(self) -> str:
        """A name for a new index: hash of the fields and time."""
        return f"{schema_hash(self.audience, FORM)}-{datetime.now(UTC):%Y%m%d%H%M%S%f}"

    def serve(self, name: str) -> None:
        """Makes ``name`` the index that serves, in one step, and removes those before the last."""
        self._write("current", name)
        others = sorted((entry for entry in self._indices() if entry.name != name), key=lambda entry: entry.stat().st_mtime, reverse=True)
        for old in others[KEPT - 1 :]:
            shutil.rmtree(old, ignore_errors=True)

    # -- locks

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Held by whoever writes to, or swaps, the index; others wait."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / "lock").open("a") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def claim_rebuild(self) -> int:
        """The right to rebuild, as an open file; it ends with the process. Raises EngineError while another process has it."""
        self.path.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.path / "rebuild.lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            raise EngineError(f"The {self.audience} index is being rebuilt by another process; wait for it, or stop it first.") from None
        return handle

    def building(self) -> str:
        """Name of the index that a living process is building, or empty. What a dead one left behind is cleared away."""
        name = self._name("building")
        if not name:
            return ""
        with (self.path / "rebuild.lock").open("a") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return name
        self.end_building(name, keep=False)
        return ""

    def left_over(self) -> str:
        """The name of the index that an earlier rebuild was building; only for the one who has the claim."""
        return self._name("building")

    def start_building(self, name: str) -> None:
        """Says that ``name`` is being built: from now on writes are noted for it too."""
        self._write("building", name)

    def end_building(self, name: str, *, keep: bool) -> None:
        """Ends the noting; ``keep`` the new index or throw it away."""
        (self.path / "building").unlink(missing_ok=True)
        self._notes_path(name).unlink(missing_ok=True)
        if not keep:
            shutil.rmtree(self.path / name, ignore_errors=True)

    # -- writes noted for the index that is being built

    def note(self, name: str, documents: Iterable[Compiled], deleted: Iterable[tuple[str, int]]) -> None:
        """Keeps writes for the index that is being built; of one document the highest version stays."""
        rows = [(one.id, one.version, orjson.dumps(one)) for one in documents] + [(ident, version, None) for ident, version in deleted]
        with self._notes(name) as notes:
            notes.executemany(
                "INSERT INTO note VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET version = excluded.version, document = excluded.document"
                " WHERE excluded.version >= version",
                rows,
            )

    def noted(self, name: str) -> Iterator[tuple[str, int, Compiled | None]]:
        """(id, version, document or None for deleted)."""
        with self._notes(name) as notes:
            for ident, version, stored in notes.execute("SELECT id, version, document FROM note"):
                yield ident, version, Compiled(**orjson.loads(stored)) if stored else None

    # -- deletions

    @contextmanager
    def deletions(self) -> Iterator[sqlite3.Connection]:
        """The versions at which documents were deleted: ``deleted(id, version)``."""
        with _database(self.path / "deleted.sqlite3", "CREATE TABLE IF NOT EXISTS deleted (id TEXT PRIMARY KEY, version INTEGER)") as db:
            yield db

    @contextmanager
    def _notes(self, name: str) -> Iterator[sqlite3.Connection]:
        table = "CREATE TABLE IF NOT EXISTS note (id TEXT PRIMARY KEY, version INTEGER, document BLOB)"
        with _database(self._notes_path(name), table) as db:
            yield db

    def _notes_path(self, name: str) -> Path:
        return self.path / f"{name}.notes.sqlite3"

    def _indices(self) -> list[Path]:
        return [entry for entry in self.path.iterdir() if entry.is_dir()] if self.path.is_dir() else []

    def _name(self, pointer: str) -> str:
        try:
            return (self.path / pointer).read_text().strip()
        except FileNotFoundError:
            return ""

    def _write(self, pointer: str, name: str) -> None:
        fresh = self.path / f"{pointer}.{os.getpid()}"
        fresh.write_text(name)
        fresh.replace(self.path / pointer)


@contextmanager
def _database(path: Path, table: str) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(path, timeout=30)
    try:
        connection.execute(table)
        with connection:
            yield connection
    finally:
        connection.close()
