"""Searches without results: what is counted, what never is, and for how long."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from search import missed
from search.models import MissedSearch
from search.requests import SearchRequest
from search.visitor import SearchPage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty() -> Any:
    missed._buffer.clear()
    yield
    missed._buffer.clear()


def page(text: str, total: int = 0, **facts: Any) -> SearchPage:
    request = replace(SearchRequest(text=text), **facts.pop("request", {}))
    return SearchPage(request=request, total=total, hits=(), **facts)


def rows() -> dict[str, tuple[str, int, int]]:
    return {row.text: (row.typed, row.count, row.similar) for row in MissedSearch.objects.all()}


def test_texts_are_counted_by_day_however_they_are_typed() -> None:
    for text in ("Trống  Đồng", "trong dong", "TRỐNG ĐỒNG"):
        missed.note(page(text))
    assert not MissedSearch.objects.exists(), "a request writes nothing"
    assert missed.flush() == 1
    missed.note(page("trong dong", total=3, relaxed="fuzzy"))
    assert missed.flush() == 1 and missed.flush() == 0
    assert rows() == {"trong dong": ("Trống Đồng", 4, 1)}
    assert [(row["text"], row["times"], row["shown"]) for row in missed.most_missed()] == [("trong dong", 4, 1)]


@pytest.mark.parametrize(
    "typed",
    [
        "hoa@example.org", "0905 123 456", "+84 (90) 512-3456", "www.example.org", "https://example.org/a", "x" * 81, "a b c d e f g h i", "…", "",
        "tab\x00null",
    ],
)  # fmt: skip
def test_what_may_be_personal_or_is_no_word_is_never_kept(typed: str) -> None:
    missed.note(page(typed))
    assert missed.flush() == 0 and not MissedSearch.objects.exists()


@pytest.mark.parametrize(
    "facts",
    [
        {"total": 2},
        {"degraded": True},
        {"request": {"offset": 24}},
        {"request": {"numbers": ("BT 1",)}},
        {"request": {"filters": {"material": ("a",)}}},
        {"request": {"dates": (1, 2)}},
        {"request": {"box": (0.0, 0.0, 1.0, 1.0)}},
    ],
)
def test_only_a_bare_search_that_found_nothing_counts(facts: dict[str, Any]) -> None:
    missed.note(page("celadon", **facts))
    assert missed.flush() == 0


def test_memory_and_days_have_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(missed, "MOST_BUFFERED", 3)
    monkeypatch.setattr(missed, "MOST_A_DAY", 4)
    for text in ("a1", "a2", "a3", "a4"):
        missed.note(page(text))
    assert missed.flush() == 3
    for text in ("a1", "b1", "b2"):
        missed.note(page(text))
    missed.flush()
    assert len(rows()) == 4 and rows()["a1"][1] == 2


def test_what_the_database_refuses_is_counted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    missed.note(page("celadon"))

    def busy(*_: Any) -> None:
        raise DatabaseError("database is locked")

    with monkeypatch.context() as patched, transaction.atomic():
        patched.setattr(missed, "_add", busy)
        with pytest.raises(DatabaseError):
            missed.flush()
    missed.note(page("celadon"))
    assert missed.flush() == 1 and rows()["celadon"][1] == 2


def test_the_night_forgets_what_is_old_and_what_was_typed_once() -> None:
    today = timezone.localdate()
    for text, days, count in (("old", missed.KEPT_DAYS + 1, 9), ("once", missed.KEPT_SINGLE_DAYS + 1, 1), ("often", 60, 3), ("new", 0, 1)):
        MissedSearch.objects.create(day=today - timedelta(days=days), text=text, typed=text, count=count)
    assert missed.nightly() == 2
    assert set(rows()) == {"often", "new"}
    assert missed.forget(["often"]) == 1


def test_a_thread_of_the_process_writes_them_down(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    written = threading.Event()
    settings.MISSED_SEARCHES_EVERY = 0.01
    monkeypatch.setattr(missed, "flush", written.set)
    missed.note(page("celadon"))
    assert written.wait(5)
    settings.MISSED_SEARCHES_EVERY = 0
    assert missed._writer is not None
    missed._writer.join(5)
    assert not missed._writer.is_alive()
