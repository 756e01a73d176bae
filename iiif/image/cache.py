"""Made pictures on the disk of MUSEUM_VAR, shared by all processes and bounded in bytes: what was not asked for longest goes first."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import threading
import time
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from iiif.image.limits import CACHE_LARGEST

log = logging.getLogger(__name__)

TOUCH_AFTER = 3600  # seconds: a hit is noted in the file's time no more often than that
COUNT_EVERY = 256  # writes of this process between two looks at the whole
COMPLAIN_EVERY = 60  # seconds: a broken disk is reported, not the log filled


class DerivativeCache:
    """Files named by a hash of the source's version and the canonical request. A full or failing disk costs speed, never an answer."""

    def __init__(self) -> None:
        self.written = 0
        self.complained = -float(COMPLAIN_EVERY)
        self.since = COUNT_EVERY  # the first write looks
        self.lock = threading.Lock()

    @property
    def most(self) -> int:
        """The bound in bytes; 0 keeps nothing."""
        return settings.MUSEUM_IMAGE_CACHE_MB * 1_000_000

    def _complain(self, error: OSError) -> None:
        if time.monotonic() - self.complained >= COMPLAIN_EVERY:
            self.complained = time.monotonic()
            log.warning("the image cache cannot be used: %s", error)

    def _path(self, key: str) -> Path:
        name = hashlib.sha256(key.encode()).hexdigest()[:40]
        return Path(settings.MUSEUM_VAR) / "image-cache" / name[:2] / name[2:]

    def get(self, key: str) -> bytes | None:
        """The bytes, or None."""
        if not self.most:
            return None
        path = self._path(key)
        try:
            data = path.read_bytes()
            if time.time() - path.stat().st_mtime > TOUCH_AFTER:
                os.utime(path)
        except FileNotFoundError:
            return None
        except OSError as error:
            self._complain(error)
            return None
        return data or None

    def put(self, key: str, data: bytes) -> None:
        """Keep the bytes, unless they are too large or the disk refuses."""
        if not self.most or len(data) > CACHE_LARGEST:
            return
        path = self._path(key)
        fresh = path.with_name(f".{uuid4().hex}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(data)
            fresh.replace(path)
        except OSError as error:
            self._complain(error)
            with contextlib.suppress(OSError):
                fresh.unlink(missing_ok=True)
            return
        with self.lock:
            self.written += len(data)
            self.since += 1
            look = self.since >= COUNT_EVERY or self.written > self.most // 16
            if look:
                self.since = self.written = 0
        if look:
            self.trim()

    def trim(self) -> int:
        """Remove the files unused for longest until nine tenths of the bound are left; returns the bytes that remain."""
        files = []
        for path in (Path(settings.MUSEUM_VAR) / "image-cache").glob("*/*"):
            with contextlib.suppress(FileNotFoundError):
                facts = path.stat()
                files.append((facts.st_mtime, facts.st_size, path))
        total = sum(size for _, size, _ in files)
        if total <= self.most:
            return total
        for _, size, path in sorted(files, key=lambda each: each[0]):
            if total <= self.most * 9 // 10:
                break
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
                total -= size
        return total


CACHE = DerivativeCache()
