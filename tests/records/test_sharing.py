"""One connection for the threads of a web process."""

import threading

import pytest
from django.db import connection, transaction

from museum import serving
from records import sharing
from records.prepared import Prepared
from tests.factories import make_term
from vocabularies.models import Term

pytestmark = pytest.mark.django_db(transaction=True)
KEYS = Prepared(lambda keys: Term.objects.filter(pk__in=keys).values("pk"), shared=True)


@pytest.fixture(autouse=True)
def _shared():
    sharing.begin()
    yield
    sharing.end()


def in_threads(ask, count=6):
    answers = []

    def run():
        answers.append((ask(), connection.connection is None))
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.one_stack
def test_threads_ask_over_one_connection_and_open_none_of_their_own():
    term = make_term("Trống")
    assert in_threads(lambda: KEYS.tuples([term.pk])) == [([(term.pk,)], True)] * 6
    first = sharing._shared.connection
    assert in_threads(lambda: KEYS.tuples([term.pk]))[0][0] == [(term.pk,)]
    assert sharing._shared.connection is first


@pytest.mark.one_stack
def test_a_broken_one_is_opened_anew():
    term = make_term("Trống")
    assert KEYS.tuples([term.pk]) == [(term.pk,)]
    sharing._shared.connection.close()  # behind Django's back
    with pytest.raises(Exception, match="closed"):
        KEYS.tuples([term.pk])
    assert KEYS.tuples([term.pk]) == [(term.pk,)]


@pytest.mark.one_stack
def test_an_old_one_is_opened_anew(monkeypatch):
    term = make_term("Trống")
    KEYS.tuples([term.pk])
    first = sharing._shared.connection
    monkeypatch.setattr(sharing, "MAX_AGE", -1)
    assert KEYS.tuples([term.pk]) == [(term.pk,)]
    assert sharing._shared.connection is not first


def test_what_a_transaction_has_written_is_seen_in_it():
    with transaction.atomic():
        term = make_term("Trống")
        assert KEYS.tuples([term.pk]) == [(term.pk,)]


def test_other_databases_are_asked_by_each_thread_itself():
    assert (sharing._shared is None) == (connection.vendor != "sqlite")
    term = make_term("Trống")
    assert [answer for answer, _ in in_threads(lambda: KEYS.tuples([term.pk]), 2)] == [[(term.pk,)]] * 2


@pytest.mark.one_stack
@pytest.mark.skipif(connection.vendor != "sqlite", reason="of SQLite's connections")
def test_the_connections_of_all_threads_keep_little_besides_the_file_that_they_share():
    fresh = connection.copy()  # a test before this one may have read without keeping
    with fresh.cursor() as cursor:
        kept, mapped = (cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("cache_size", "mmap_size"))
    fresh.close()
    assert 0 < -kept * serving.THREADS <= 128 << 10, "KiB that a web process may hold of its own"
    assert mapped >= 2_000_000_000, "the file of a large museum, in memory once for all"
