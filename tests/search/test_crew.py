"""Processes that make documents stay for a moment, end by themselves, and are never used for another database."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest

from search import crew


@pytest.fixture(autouse=True)
def alone() -> Iterator[None]:
    crew.dismiss()
    yield
    crew.dismiss()


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The name of the database, to be changed by a test; the processes never open it."""
    name = ["one"]
    monkeypatch.setattr(crew, "_database", lambda: name[0])
    return name


def worker(processes: int = 1) -> int:
    with crew.at_work(processes) as pool:
        return pool.submit(os.getpid).result(120)


def is_gone(pid: int) -> bool:
    """Waits for it: ending takes a moment."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if os.waitpid(pid, os.WNOHANG)[0]:
            return True
        time.sleep(0.05)
    return False


def test_work_that_follows_at_once_finds_the_same_process(database: list[str]) -> None:
    assert worker() == worker()


def test_another_database_has_processes_of_its_own(database: list[str]) -> None:
    first = worker()
    database[0] = "two"
    assert worker() != first
    assert is_gone(first)


def test_a_process_that_rests_ends(database: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "REST_SECONDS", 0.1)
    assert is_gone(worker())


def test_after_an_error_nobody_is_kept(database: list[str]) -> None:
    with pytest.raises(RuntimeError, match="in the middle"), crew.at_work(1) as pool:
        first = pool.submit(os.getpid).result(120)
        raise RuntimeError("in the middle")
    assert is_gone(first)
    assert worker() != first
