"""The museum's files: originals (written once) and derivatives (rebuildable), in folders or in S3. The only module that speaks to S3.

Names are relative to their alias: ``originals/<sha256[:2]>/<sha256>`` is the name ``<sha256[:2]>/<sha256>`` in ``originals``.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

import urllib3
from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages

from media.errors import MissingFile, StorageUnavailable

ORIGINALS = "originals"
DERIVATIVES = "derivatives"
CHUNK = 1 << 20
OPEN_FILES = 512
SIGNED_FOR = 3600


@dataclass(frozen=True)
class Stored:
    """A file as the storage lists it: name, size in bytes, time of its last change (UTC)."""

    name: str
    size: int
    changed: datetime


def read_range(alias: str, name: str, offset: int, length: int) -> bytes:
    """``length`` bytes of a file from ``offset``: one ``pread``, or one ranged GET. Raises MissingFile, StorageUnavailable."""
    return _store(alias).read_range(name, offset, length)


def put_once(alias: str, name: str, path: Path) -> bool:
    """Stores the file at ``path`` under ``name`` unless something is there; True when it was written. Never overwrites."""
    return _store(alias).put_once(name, path)


def replace(alias: str, name: str, path: Path) -> None:
    """Stores the file at ``path`` under ``name``, in one step, over whatever is there. Refused for originals."""
    if alias == ORIGINALS:
        raise ValueError("Originals are written once.")
    _store(alias).replace(name, path)


def exists(alias: str, name: str) -> bool:
    """True when the file is there. Raises StorageUnavailable."""
    return _store(alias).exists(name)


def delete(alias: str, name: str) -> None:
    """Removes the file; nothing happens when it is not there."""
    _store(alias).delete(name)


def listing(alias: str, under: str = "") -> Iterator[Stored]:
    """Every file of the alias whose name starts with the folder ``under``."""
    return _store(alias).listing(under)


def chunks(alias: str, name: str, size: int = CHUNK) -> Iterator[bytes]:
    """The whole file in pieces of ``size`` bytes. Raises MissingFile, StorageUnavailable."""
    return _store(alias).chunks(name, size)


@contextlib.contextmanager
def local_copy(alias: str, name: str) -> Iterator[Path]:
    """A path from which the file can be read: the file itself in a folder storage, else a copy that is removed afterwards."""
    store = _store(alias)
    if isinstance(store, _Folder):
        path = store.path(name)
        if not path.is_file():
            raise MissingFile(f"{alias}: {name}")
        yield path
        return
    path = spool() / uuid4().hex
    try:
        with path.open("wb") as copy:
            for chunk in store.chunks(name, CHUNK):
                copy.write(chunk)
        yield path
    finally:
        path.unlink(missing_ok=True)


def spool() -> Path:
    """The folder for files on their way in and for work in progress, on the disk of MUSEUM_VAR."""
    folder = Path(settings.MUSEUM_VAR) / "spool"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


_stores: dict[str, tuple[object, _Folder | _Bucket]] = {}


def _store(alias: str) -> _Folder | _Bucket:
    storage = storages[alias]
    held = _stores.get(alias)
    if held is None or held[0] is not storage:  # tests change STORAGES
        if isinstance(storage, FileSystemStorage):
            store: _Folder | _Bucket = _Folder(Path(storage.location), read_only=alias == ORIGINALS)
        else:
            store = _Bucket(storage)
        held = _stores[alias] = (storage, store)
    return held[1]


class _OpenFile:
    """A file descriptor that closes when nobody holds it any more, so that a reader never meets a reused number."""

    __slots__ = ("number",)

    def __init__(self, path: Path) -> None:
        self.number = os.open(path, os.O_RDONLY | os.O_CLOEXEC)

    def __del__(self) -> None:
        if hasattr(self, "number"):
            os.close(self.number)


class _Folder:
    def __init__(self, root: Path, read_only: bool) -> None:
        self.root = root
        self.mode = 0o444 if read_only else 0o644
        self.open_files: OrderedDict[str, _OpenFile] = OrderedDict()
        self.lock = threading.Lock()

    def path(self, name: str) -> Path:
        path = self.root / name
        if ".." in Path(name).parts or Path(name).is_absolute():
            raise ValueError(f"Not a name inside the storage: {name!r}")
        return path

    def read_range(self, name: str, offset: int, length: int) -> bytes:
        held = self.open_files.get(name)
        if held is None:
            held = self._open(name)
        data = os.pread(held.number, length, offset)
        if len(data) != length:
            self._close(name)
            raise MissingFile(f"{name}: {length} bytes at {offset} are not there")
        return data

    def _open(self, name: str) -> _OpenFile:
        try:
            held = _OpenFile(self.path(name))
        except FileNotFoundError as error:
            raise MissingFile(name) from error
        except OSError as error:
            raise StorageUnavailable(f"{name}: {error.strerror}") from error
        with self.lock:
            self.open_files[name] = held
            while len(self.open_files) > OPEN_FILES:
                self.open_files.popitem(last=False)
        return held

    def _close(self, name: str) -> None:
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
        self._close(name)

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
        self._close(name)
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
        try:
            with self.path(name).open("rb") as file:
                while chunk := file.read(size):
                    yield chunk
        except FileNotFoundError as error:
            raise MissingFile(name) from error
        except OSError as error:
            raise StorageUnavailable(f"{name}: {error.strerror}") from error


def _sync_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


class _Bucket:
    """An S3 bucket. Reads use addresses signed once an hour and a pool of connections: a ranged GET then costs no signature."""

    def __init__(self, storage: Any) -> None:
        import boto3
        from botocore.config import Config

        self.bucket = storage.bucket_name
        self.location = storage.location.strip("/")
        config = Config(
            s3={"addressing_style": storage.addressing_style or "path"},
            signature_version=storage.signature_version or "s3v4",
            connect_timeout=3,
            read_timeout=20,
            retries={"max_attempts": 3, "mode": "standard"},
            max_pool_connections=32,
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        self.client = boto3.client(
            "s3",
            endpoint_url=storage.endpoint_url,
            region_name=storage.region_name,
            aws_access_key_id=storage.access_key,
            aws_secret_access_key=storage.secret_key,
            config=config,
        )
        self.pool = urllib3.PoolManager(
            maxsize=32, timeout=urllib3.Timeout(connect=3, read=20), retries=urllib3.Retry(2, status_forcelist=[502, 503, 504])
        )
        self.signed: OrderedDict[str, tuple[float, str]] = OrderedDict()
        self.lock = threading.Lock()

    def key(self, name: str) -> str:
        return f"{self.location}/{name}" if self.location else name

    def _address(self, name: str) -> str:
        now = time.monotonic()
        held = self.signed.get(name)
        if held and held[0] > now:
            return held[1]
        address = self.client.generate_presigned_url(
            "get_object", Params={"Bucket": self.bucket, "Key": self.key(name)}, ExpiresIn=SIGNED_FOR
        )
        with self.lock:
            self.signed[name] = (now + SIGNED_FOR / 2, address)
            while len(self.signed) > 10_000:
                self.signed.popitem(last=False)
        return address

    def read_range(self, name: str, offset: int, length: int) -> bytes:
        headers = {"Range": f"bytes={offset}-{offset + length - 1}"}
        try:
            answer = self.pool.request("GET", self._address(name), headers=headers)
        except urllib3.exceptions.HTTPError as error:
            raise StorageUnavailable(f"{name}: {type(error).__name__}") from error
        if answer.status in {404, 416}:
            raise MissingFile(name)
        if answer.status not in {200, 206}:
            raise StorageUnavailable(f"{name}: the storage answered {answer.status}")
        data = answer.data if answer.status == 206 else answer.data[offset : offset + length]
        if len(data) != length:
            raise MissingFile(f"{name}: {length} bytes at {offset} are not there")
        return data

    @contextlib.contextmanager
    def _spoken(self, name: str) -> Iterator[None]:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            yield
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in {"404", "NoSuchKey", "NotFound"}:
                raise MissingFile(name) from error
            raise StorageUnavailable(f"{name}: {error}") from error
        except BotoCoreError as error:
            raise StorageUnavailable(f"{name}: {error}") from error

    def put_once(self, name: str, path: Path) -> bool:
        if self.exists(name):
            return False
        self.replace(name, path)
        return True

    def replace(self, name: str, path: Path) -> None:
        from boto3.exceptions import Boto3Error

        try:
            with self._spoken(name):
                self.client.upload_file(str(path), self.bucket, self.key(name))
        except Boto3Error as error:
            raise StorageUnavailable(f"{name}: {error}") from error

    def exists(self, name: str) -> bool:
        try:
            with self._spoken(name):
                self.client.head_object(Bucket=self.bucket, Key=self.key(name))
        except MissingFile:
            return False
        return True

    def delete(self, name: str) -> None:
        with self._spoken(name):
            self.client.delete_object(Bucket=self.bucket, Key=self.key(name))

    def listing(self, under: str) -> Iterator[Stored]:
        root = self.key("")
        prefix = self.key(under.rstrip("/") + "/") if under else root
        with self._spoken(under):
            for page in self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=prefix):
                for each in page.get("Contents", []):
                    yield Stored(each["Key"].removeprefix(root), each["Size"], each["LastModified"])

    def chunks(self, name: str, size: int) -> Iterator[bytes]:
        with self._spoken(name):
            body: BinaryIO = self.client.get_object(Bucket=self.bucket, Key=self.key(name))["Body"]
            while chunk := body.read(size):
                yield chunk
