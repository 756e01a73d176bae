"""The image service stays within its bounds: work, disk, single flight."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from iiif.image import limits
from iiif.image.cache import DerivativeCache
from iiif.image.errors import Busy
from iiif.image.pool import Pool
from museum import serving


def test_equal_requests_at_the_same_time_are_made_once() -> None:
    pool, made, go = Pool(workers=2, waiting=10), [], threading.Event()
    results: list[bytes] = []

    def work() -> bytes:
        made.append(1)
        go.wait(5)
        return b"picture"

    threads = [threading.Thread(target=lambda: results.append(pool.run("same", work))) for _ in range(6)]
    for thread in threads:
        thread.start()
    time.sleep(0.1)
    go.set()
    for thread in threads:
        thread.join()
    assert (len(made), results) == (1, [b"picture"] * 6)
    assert (pool.inside, pool.flights) == (0, {})


def test_beyond_the_queue_the_answer_is_busy_and_later_all_is_well() -> None:
    pool, go = Pool(workers=1, waiting=1, patience=0.2), threading.Event()
    first = threading.Thread(target=lambda: pool.run("a", lambda: bytes(go.wait(5))))
    first.start()
    time.sleep(0.05)
    with pytest.raises(Busy):
        pool.run("waits too long", lambda: b"")
    go.set()
    first.join()
    assert pool.run("b", lambda: b"fine") == b"fine"


def test_a_failure_reaches_everyone_who_waits_and_is_not_kept() -> None:
    pool = Pool(workers=1, waiting=5)

    def fail() -> bytes:
        raise OSError("disk")

    with pytest.raises(OSError):
        pool.run("key", fail)
    assert pool.run("key", lambda: b"now") == b"now"


@pytest.fixture
def cache(settings: Any, tmp_path: Path) -> DerivativeCache:
    settings.MUSEUM_VAR, settings.MUSEUM_IMAGE_CACHE_MB = tmp_path, 1
    return DerivativeCache()


def test_the_cache_gives_back_what_it_was_given(cache: DerivativeCache) -> None:
    assert cache.get("a") is None
    cache.put("a", b"bytes")
    assert cache.get("a") == b"bytes"


def test_the_cache_stays_within_its_bound_and_drops_the_longest_unused(cache: DerivativeCache) -> None:
    for number in range(20):
        cache.put(str(number), bytes(100_000))
        os.utime(cache._path(str(number)), (number, number))
    assert cache.trim() <= 1_000_000
    assert cache.get("0") is None
    assert cache.get("19") is not None


def test_a_failing_disk_costs_speed_and_one_line_in_the_log(
    cache: DerivativeCache, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "image-cache").touch()
    for _ in range(3):
        cache.put("a", b"bytes")
        assert cache.get("a") is None
    assert caplog.text.count("cannot be used") == 1


def test_the_cache_can_be_switched_off(cache: DerivativeCache, settings: Any, tmp_path: Path) -> None:
    settings.MUSEUM_IMAGE_CACHE_MB = 0
    cache.put("a", b"bytes")
    assert cache.get("a") is None
    assert not (tmp_path / "image-cache").exists()


def test_whatever_is_asked_of_pictures_threads_are_left_for_pages() -> None:
    threads = int(serving.DEFAULTS[serving.DEFAULTS.index("--blocking-threads") + 1])
    assert threads - limits.WORKERS - limits.WAITING >= 4
    assert limits.WORKERS <= 4
