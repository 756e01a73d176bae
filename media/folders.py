"""Files of a storage in a folder of this machine: opened once, read by ``pread``, written in one step. Used by ``media.storage`` alone."""

from __future__ import annotations

import errno
import os
import shutil
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from media.errors import DamagedFile, MediaError, MissingFile, StorageUnavailable

CHUNK = 1 << 20
OPEN_FILES = 512
LOOK_EVERY = 1.0  # seconds between two looks whether an open file is still what it was: a microsecond each
LATER = 2.0  # seconds by which a storage's clock may be ahead of ours; where it is more, each new file is compared once


@dataclass(frozen=True)
class Stored:
    """A file as the storage lists it: name, size in bytes, time of its last change (UTC)."""

    name: str
    size: int
    changed: datetime


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is written down of a file: its size in bytes, and when (unix time) it was last known to be whole."""

    size: int
    whole_at: float


Doubt = Callable[[str, str], None]  # the name of a file that may not be what it was, and the state in which it was met


class _OpenFile:
    """A file descriptor that closes when nobody holds it any more, so that a reader never meets a reused number."""

    __slots__ = ("changed", "look_at", "number", "size")

    def __init__(self, path: Path) -> None:
        self.number = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        facts = os.fstat(self.number)
        self.size, self.changed = facts.st_size, facts.st_mtime_ns
        self.look_at = time.monotonic() + LOOK_EVERY

    def __del__(self) -> None:
        if hasattr(self, "number"):
            os.close(self.number)


class Folder:
    """A storage in a folder; ``read_only`` files are never writable again. ``doubt`` is told of files that may have been changed."""

    def __init__(self, root: Path, read_only: bool, doubt: Doubt | None = None) -> None:
        self.root = root
        self.read_only = read_only
        self.doubt: Doubt = doubt or (lambda name, state: None)
        self.mode = 0o444 if read_only else 0o644
        self.open_files: OrderedDict[str, _OpenFile] = OrderedDict()
        self.lock = threading.Lock()

    def path(self, name: str) -> Path:
        path = self.root / name
        if ".." in Path(name).parts or Path(name).is_absolute():
            raise ValueError(f"Not a name inside the storage: {name!r}")
        return path

    def read_range(self, name: str, offset: int, length: int, recorded: Recorded | None = None) -> bytes:
        held = self.open_files.get(name)
        if held is None or held.look_at < time.monotonic():
            held = self._looked(name, held, recorded)
        if recorded is not None and held.size != recorded.size:
            self.forget(name)
            held = self._looked(name, None, recorded)  # the one that was held may be the former one
            if held.size != recorded.size:
                self.forget(name)
                raise DamagedFile(f"{name}: {held.size} bytes instead of {recorded.size}")
        try:
            data = os.pread(held.number, length, offset)
        except OSError as error:
            self.forget(name)
            raise self._trouble(name, error) from error
        if len(data) != length:
            self.forget(name)
            raise MissingFile(f"{name}: {length} bytes at {offset} are not there")
        return data

    def _looked(self, name: str, held: _OpenFile | None, recorded: Recorded | None) -> _OpenFile:
        """The file as it lies there now. One that was only taken away still has all its bytes: it serves until its place is filled again."""
        as_it_was = True
        if held is not None:
            held.look_at = time.monotonic() + LOOK_EVERY
            facts = os.fstat(held.number)
            as_it_was = (facts.st_size, facts.st_mtime_ns) == (held.size, held.changed)
            if as_it_was and facts.st_nlink:
                return held
            if as_it_was and recorded is not None and (there := self._size(name)) != recorded.size:
                self.doubt(name, f"instead of {held.changed}: {there}")
                return held
            self.forget(name)
        fresh = self._open(name)
        if recorded is not None and (not as_it_was or fresh.changed > (recorded.whole_at + LATER) * 1e9):
            self.doubt(name, f"changed {fresh.size} {fresh.changed}")
        return fresh

    def _size(self, name: str) -> int | None:
        try:
            return self.path(name).stat().st_size
        except OSError:
            return None

    def _open(self, name: str) -> _OpenFile:
        try:
            held = _OpenFile(self.path(name))
        except OSError as error:
            raise self._trouble(name, error) from error
        with self.lock:
            self.open_files[name] = held
            while len(self.open_files) > OPEN_FILES:
                self.open_files.popitem(last=False)
        return held

    def _trouble(self, name: str, error: OSError) -> MediaError:
        """A single derivative that the disk does not give out is as good as missing: another is made. Of an original that is not known."""
        missing = isinstance(error, FileNotFoundError)
        if not self.read_only and error.errno in {errno.EACCES, errno.EIO}:
            missing = os.access(self.path(name).parent, os.W_OK | os.X_OK)
        return MissingFile(f"{name}: {error.strerror}") if missing else StorageUnavailable(f"{name}: {error.strerror}")

    def forget(self, name: str) -> None:
        """Close a file that is held open."""
        with self.lock:
            self.open_files.pop(name, None)

    def put_once(self, name: str, path: Path) -> bool:
        target = self.path(name)
        if target.exists():
            os.utime(target)  # a collector of orphans must see that somebody wants it
            return False
        fresh = self._copy_beside(target, path)
        try:
            os.link(fresh, target)
        except FileExistsError:
            return False
        finally:
            fresh.unlink()
        _sync_folder(target.parent)
        return True

    def replace(self, name: str, path: Path) -> None:
        target = self.path(name)
        fresh = self._copy_beside(target, path)
        fresh.replace(target)
        _sync_folder(target.parent)
        self.forget(name)

    def _copy_beside(self, target: Path, path: Path) -> Path:
        """A synced copy in the target's folder (a hard link where the disk allows it), ready to be put in place."""
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = target.with_name(f".{uuid4().hex}")
            shutil.copyfile(path, fresh)
            with fresh.open("rb") as copied:
                os.fsync(copied.fileno())
            fresh.chmod(self.mode)
        except OSError as error:
            raise StorageUnavailable(f"{target.name}: {error.strerror}") from error
        return fresh

    def exists(self, name: str) -> bool:
        return self.path(name).is_file()

    def delete(self, name: str) -> None:
        self.forget(name)
        path = self.path(name)
        path.unlink(missing_ok=True)
        for folder in path.parents:
            if folder == self.root:
                break
            try:
                folder.rmdir()
            except OSError:  # not empty: something else lives there
                break

    def listing(self, under: str) -> Iterator[Stored]:
        start = self.path(under) if under else self.root
        for folder, _folders, files in os.walk(start):
            for file in files:
                path = Path(folder) / file
                try:
                    facts = path.stat()
                except FileNotFoundError:  # removed meanwhile
                    continue
                yield Stored(path.relative_to(self.root).as_posix(), facts.st_size, datetime.fromtimestamp(facts.st_mtime, UTC))

    def chunks(self, name: str, size: int) -> Iterator[bytes]:
        return self.stream(name, 0, None, size)

    def stream(self, name: str, offset: int, length: int | None, size: int = CHUNK) -> Iterator[bytes]:
        """``length`` bytes from ``offset`` (None: to the end) in pieces of ``size``."""
        try:
            with self.path(name).open("rb") as file:
                file.seek(offset)
                left = length
                while chunk := file.read(size if left is None else min(size, left)):
                    yield chunk
                    if left is not None:
                        left -= len(chunk)
        except OSError as error:
            raise self._trouble(name, error) from error


def _sync_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
