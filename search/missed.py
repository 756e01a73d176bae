"""What visitors typed and did not find: counted by day and folded text, for staff to add synonyms. No person, address or hour is kept.

A request only counts in the memory of its process, which is bounded; a thread of that process writes the counts down every half minute.
So no page waits for it, no GET writes a record, and it works with any number of processes and machines. A process that is killed loses
at most its last half minute: these are statistics.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections, transaction
from django.db.models import F, Max, Sum
from django.utils import timezone

from search.models import MissedSearch
from search.text import fold
from search.visitor import SearchPage

LONGEST = 80  # characters of a text; longer ones are pasted, not searched
MOST_WORDS = 8
MOST_BUFFERED = 1_000  # texts in the memory of a process; more are not counted until it is written
MOST_A_DAY = 2_000  # texts of one day that are kept
KEPT_DAYS = 90
KEPT_SINGLE_DAYS = 14  # what was typed once on a day: it may be a name, and says little

logger = logging.getLogger(__name__)
# Addresses of people, telephone and card numbers: never kept.
_PERSONAL = re.compile(r"@|https?:|www\.|\d[\d .\-/()]{6,}\d|[\x00-\x1f\x7f]")


@dataclass(slots=True)
class _Count:
    typed: str
    times: int = 0
    similar: int = 0


_lock = threading.Lock()
_buffer: dict[tuple[date, str], _Count] = {}
_writer: threading.Thread | None = None


def note(page: SearchPage) -> None:
    """Count a search of a visitor that found nothing as it was typed. Numbers, narrowed lists and further pages are not counted."""
    request = page.request
    if page.degraded or request.offset or request.numbers or request.filters or request.dates or request.box:
        return
    if page.total and not page.relaxed:
        return
    text = countable(request.text)
    if text:
        _count(text, " ".join(request.text.split()), similar=bool(page.relaxed))


def countable(typed: str) -> str:
    """The folded text under which a search is counted; empty for what is not kept."""
    if not typed or len(typed) > LONGEST or _PERSONAL.search(typed):
        return ""
    text = fold(typed)
    return text if text and len(text) <= LONGEST and len(text.split()) <= MOST_WORDS and re.search(r"\w", text) else ""


def _count(text: str, typed: str, *, similar: bool) -> None:
    key = (timezone.localdate(), text)
    with _lock:
        if key not in _buffer and len(_buffer) >= MOST_BUFFERED:
            return
        found = _buffer.setdefault(key, _Count(typed))
        found.times += 1
        found.similar += similar
        _start_writer()


def _start_writer() -> None:
    """Begin to write, once in a process; the caller holds the lock."""
    global _writer
    if settings.MISSED_SEARCHES_EVERY and (_writer is None or not _writer.is_alive()):
        _writer = threading.Thread(target=_write_for_ever, name="missed-searches", daemon=True)
        _writer.start()


def _write_for_ever() -> None:
    pause = threading.Event()
    while seconds := settings.MISSED_SEARCHES_EVERY:
        pause.wait(seconds)
        try:
            flush()
        except DatabaseError as error:
            logger.warning("Searches without results wait for the database: %s", str(error).strip())
        finally:
            connections.close_all()


def flush() -> int:
    """Add what was counted to the database; answers how many texts. What cannot be written is counted again next time."""
    with _lock:
        counted = dict(_buffer)
        _buffer.clear()
    if not counted:
        return 0
    try:
        with transaction.atomic():
            for day in {day for day, _text in counted}:
                _add(day, {text: count for (on, text), count in counted.items() if on == day})
    except DatabaseError:
        with _lock:
            for key, count in counted.items():
                if key in _buffer or len(_buffer) < MOST_BUFFERED:
                    kept = _buffer.setdefault(key, _Count(count.typed))
                    kept.times += count.times
                    kept.similar += count.similar
        raise
    return len(counted)


def _add(day: date, counted: dict[str, _Count]) -> None:
    of_day = MissedSearch.objects.filter(day=day)
    room = MOST_A_DAY - of_day.count()
    known = set(of_day.filter(text__in=list(counted)).values_list("text", flat=True))
    new = [text for text in counted if text not in known][: max(room, 0)]
    # two processes may meet the same new text: whoever comes second only adds
    MissedSearch.objects.bulk_create((MissedSearch(day=day, text=text, typed=counted[text].typed) for text in new), ignore_conflicts=True)
    for text in sorted(known.union(new)):
        of_day.filter(text=text).update(count=F("count") + counted[text].times, similar=F("similar") + counted[text].similar)


def most_missed(days: int = 30) -> Any:
    """``{text, typed, times, shown, last}`` of the last days, the most frequent first."""
    since = timezone.localdate() - timedelta(days=days)
    rows = MissedSearch.objects.filter(day__gt=since).order_by().values("text")
    return rows.annotate(times=Sum("count"), shown=Sum("similar"), last=Max("day"), typed=Max("typed")).order_by("-times", "text")


def forget(texts: Iterable[str]) -> int:
    """Take these texts off the list; answers how many rows."""
    return MissedSearch.objects.filter(text__in=list(texts)).delete()[0]


def nightly() -> int:
    """Forget what is old, what was typed once even earlier. Answers how many rows."""
    today = timezone.localdate()
    old = MissedSearch.objects.filter(day__lt=today - timedelta(days=KEPT_DAYS)).delete()[0]
    return old + MissedSearch.objects.filter(day__lt=today - timedelta(days=KEPT_SINGLE_DAYS), count=1).delete()[0]
