"""The museum's files: originals (written once) and derivatives (rebuildable), in folders or in S3. The only module that speaks to S3.

Names are relative to their alias: ``originals/<sha256[:2]>/<sha256>`` is the name ``<sha256[:2]>/<sha256>`` in ``originals``.
"""

from __future__ import annotations

import contextlib
import io
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

import urllib3
from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages

from media.errors import DamagedFile, MissingFile, StorageUnavailable
from media.folders import CHUNK, LATER, Doubt, Folder, Recorded, Stored

ORIGINALS = "originals"
DERIVATIVES = "derivatives"
SIGNED_FOR = 3600


def read_range(alias: str, name: str, offset: int, length: int, recorded: Recorded | None = None) -> bytes:
    """``length`` bytes of a file from ``offset``: one ``pread``, or one ranged GET. Raises MissingFile, StorageUnavailable.

    With what is ``recorded`` of the file it is held against that: one of another size raises DamagedFile, and one that was changed since
    is told to those who asked for it (``when_doubted``). A file that is held open is looked at again every second.
    """
    return _store(alias).read_range(name, offset, length, recorded)


def when_doubted(tell: Callable[[str, str, str], None]) -> None:
    """Have alias, name and state of a file told that may not be what it was: taken away, exchanged, written to."""
    _tell.append(tell)


_tell: list[Callable[[str, str, str], None]] = []


def _doubted(alias: str) -> Doubt:
    def doubt(name: str, state: str) -> None:
        for tell in _tell:
            tell(alias, name, state)

    return doubt


def prepare() -> None:
    """Make what reading needs, without a connection: processes forked from this one have it, and hold it once."""
    for alias in (ORIGINALS, DERIVATIVES):
        store = _store(alias)
        if isinstance(store, _Bucket):
            store.sign("-")


def go_first() -> None:
    """Where files lie in a bucket, ask for one that does not exist: the first one that does finds a connection and waits for nothing but itself.

    Beside whatever else the process begins with, which so never waits for a storage that is away.
    """
    if isinstance(_store(DERIVATIVES), _Bucket):
        threading.Thread(target=_ask_for_nothing, name="first-read", daemon=True).start()


def _ask_for_nothing() -> None:
    with contextlib.suppress(MissingFile, StorageUnavailable):  # whoever reads first is told
        read_range(DERIVATIVES, "-", 0, 1)


def forget(alias: str, name: str) -> None:
    """Close the file if it is held open: another one was put in its place."""
    _store(alias).forget(name)


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


def stream(alias: str, name: str, offset: int, length: int, size: int = CHUNK) -> Iterator[bytes]:
    """``length`` bytes from ``offset`` in pieces of about ``size``: one open file, or one ranged GET. Raises MissingFile, StorageUnavailable."""
    return _store(alias).stream(name, offset, length, size)


def opened(alias: str, name: str, length: int) -> BinaryIO:
    """A file of ``length`` bytes to read and seek in; of a bucket only those parts are fetched that are read."""
    store = _store(alias)
    if isinstance(store, Folder):
        try:
            return store.path(name).open("rb")
        except FileNotFoundError as error:
            raise MissingFile(name) from error
    return io.BufferedReader(_Ranged(store, name, length), 1 << 18)


@contextlib.contextmanager
def local_copy(alias: str, name: str) -> Iterator[Path]:
    """A path from which the file can be read: the file itself in a folder storage, else a copy that is removed afterwards."""
    store = _store(alias)
    if isinstance(store, Folder):
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


_stores: dict[str, tuple[object, Folder | _Bucket]] = {}


def _store(alias: str) -> Folder | _Bucket:
    storage = storages[alias]
    held = _stores.get(alias)
    if held is None or held[0] is not storage:  # tests change STORAGES
        if isinstance(storage, FileSystemStorage):
            store: Folder | _Bucket = Folder(Path(storage.location), read_only=alias == ORIGINALS, doubt=_doubted(alias))
        else:
            store = _Bucket(storage, _doubted(alias))
        held = _stores[alias] = (storage, store)
    return held[1]


class _Ranged(io.RawIOBase):
    """A file in a bucket, read by ranged GETs."""

    def __init__(self, store: _Bucket, name: str, length: int) -> None:
        self.store, self.name, self.length, self.at = store, name, length, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self.at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self.at, io.SEEK_END: self.length}[whence]
        return self.at

    def readinto(self, buffer: Any) -> int:
        count = min(len(buffer), max(0, self.length - self.at))
        if count:
            buffer[:count] = self.store.read_range(self.name, self.at, count)
            self.at += count
        return count


def s3_client(storage: Any, *, read_timeout: int, attempts: int) -> Any:
    """boto3's client for this storage of django-storages, with a patience of our own: theirs is five times a minute."""
    import boto3
    from botocore.config import Config

    config = Config(
        s3={"addressing_style": storage.addressing_style or "path"},
        signature_version=storage.signature_version or "s3v4",
        connect_timeout=3,
        read_timeout=read_timeout,
        retries={"total_max_attempts": attempts, "mode": "standard"},
        max_pool_connections=32,
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    return boto3.client(
        "s3",
        endpoint_url=storage.endpoint_url,
        region_name=storage.region_name,
        aws_access_key_id=storage.access_key,
        aws_secret_access_key=storage.secret_key,
        config=config,
    )


def _when(date: str) -> float:
    """Unix time of a date of HTTP; 0 for anything else."""
    try:
        return parsedate_to_datetime(date).timestamp()
    except ValueError:
        return 0.0


class _Bucket:
    """An S3 bucket. Reads use addresses signed once an hour and a pool of connections: a ranged GET then costs no signature."""

    def __init__(self, storage: Any, doubt: Doubt) -> None:
        self.doubt = doubt
        self.bucket = storage.bucket_name
        self.location = storage.location.strip("/")
        self.client = s3_client(storage, read_timeout=20, attempts=4)
        # a page waits for such a read: one that is not answered is asked once more, on a fresh connection, and then the storage is away
        self.pool = urllib3.PoolManager(
            maxsize=32, timeout=urllib3.Timeout(connect=3, read=5), retries=urllib3.Retry(2, read=1, status_forcelist=[502, 503, 504])
        )
        self.signed: OrderedDict[str, tuple[float, str]] = OrderedDict()
        self.tags: OrderedDict[str, str] = OrderedDict()  # the entity tag with which a file was last read
        self.lock = threading.Lock()

    def key(self, name: str) -> str:
        return f"{self.location}/{name}" if self.location else name

    def _address(self, name: str) -> str:
        now = time.monotonic()
        held = self.signed.get(name)
        if held and held[0] > now:
            return held[1]
        address = self.sign(name)
        with self.lock:
            self.signed[name] = (now + SIGNED_FOR / 2, address)
            while len(self.signed) > 10_000:
                self.signed.popitem(last=False)
        return address

    def sign(self, name: str) -> str:
        params = {"Bucket": self.bucket, "Key": self.key(name)}
        return str(self.client.generate_presigned_url("get_object", Params=params, ExpiresIn=SIGNED_FOR))

    def read_range(self, name: str, offset: int, length: int, recorded: Recorded | None = None) -> bytes:
        headers = {"Range": f"bytes={offset}-{offset + length - 1}"}
        try:
            answer = self.pool.request("GET", self._address(name), headers=headers)
        except urllib3.exceptions.HTTPError as error:
            raise StorageUnavailable(f"{name}: {type(error).__name__}") from error
        if answer.status in {404, 416}:
            raise MissingFile(name)
        if answer.status not in {200, 206}:
            raise StorageUnavailable(f"{name}: the storage answered {answer.status}")
        if recorded is not None:
            self._compare(name, answer.headers, recorded)
        data = answer.data if answer.status == 206 else answer.data[offset : offset + length]
        if len(data) != length:
            raise MissingFile(f"{name}: {length} bytes at {offset} are not there")
        return data

    def _compare(self, name: str, said: Mapping[str, str], recorded: Recorded) -> None:
        """What the storage says of the file beside its bytes. Raises DamagedFile when it has another size."""
        size = said.get("Content-Range", "").rpartition("/")[2] or said.get("Content-Length", "")
        if size.isdigit() and int(size) != recorded.size:
            raise DamagedFile(f"{name}: {size} bytes instead of {recorded.size}")
        tag = said.get("ETag", "")
        before = self.tags.get(name)
        if tag == before:
            return
        with self.lock:
            self.tags[name] = tag
            while len(self.tags) > 10_000:
                self.tags.popitem(last=False)
        if before is not None or _when(said.get("Last-Modified", "")) > recorded.whole_at + LATER:
            self.doubt(name, f"changed {tag}")

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

    def forget(self, name: str) -> None:
        """Nothing is held open; another file is expected where it lay."""
        with self.lock:
            self.tags.pop(name, None)

    def stream(self, name: str, offset: int, length: int, size: int) -> Iterator[bytes]:
        headers = {"Range": f"bytes={offset}-{offset + length - 1}"}
        try:
            answer = self.pool.request("GET", self._address(name), headers=headers, preload_content=False)
        except urllib3.exceptions.HTTPError as error:
            raise StorageUnavailable(f"{name}: {type(error).__name__}") from error
        try:
            if answer.status in {404, 416}:
                raise MissingFile(name)
            if answer.status != 206:
                raise StorageUnavailable(f"{name}: the storage answered {answer.status}")
            yield from answer.stream(size)
        except urllib3.exceptions.HTTPError as error:
            raise StorageUnavailable(f"{name}: {type(error).__name__}") from error
        finally:
            answer.close()  # a connection whose answer was read to its end has gone back to the pool already

    def chunks(self, name: str, size: int) -> Iterator[bytes]:
        with self._spoken(name):
            body: BinaryIO = self.client.get_object(Bucket=self.bucket, Key=self.key(name))["Body"]
            while chunk := body.read(size):
                yield chunk
