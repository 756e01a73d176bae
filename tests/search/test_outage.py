"""The engine is away: visitors are answered, saves succeed, and it catches up by itself."""

import socket
import threading
import time
from contextlib import suppress

import pytest
from django.http import QueryDict

from records import journal
from records.models import JournalEntry
from search import building, health, indexing, outage, visibility, visitor
from search.engines import engine
from search.engines.base import EngineUnavailableError
from search.fallback import FallbackEntry
from tests.factories import Maker, make_agent, make_object
from tests.search.conftest import NOWHERE, catch_up

pytestmark = pytest.mark.django_db(transaction=True)  # changes are noted once per transaction


def search(query):
    return visitor.run(visitor.parse_request(QueryDict(query)))


@pytest.fixture
def kept(settings, museum_search):
    """Two objects, found while the engine was there."""
    agent = make_agent("Katsushika Hokusai")
    made = [
        make_object("BT 1987.12.3a", "Trống đồng Ngọc Lũ", rows={"makers": [Maker(agent=agent)]}),
        make_object("BT 2.1", "神奈川沖浪裏"),
    ]
    make_object("BT 3", "Trống đồng giấu kín", public=False)
    catch_up()
    settings.SEARCH_URL = NOWHERE
    return made


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [("trong+dong", ["BT 1987.12.3a"]), ("hokusai&kind=object", ["BT 1987.12.3a"]), ("1987.12", ["BT 1987.12.3a"]), ("bt1987123a", ["BT 1987.12.3a"]), ("神奈川", ["BT 2.1"]), ("浪", ["BT 2.1"]), ("trong+-ngoc", []), ("dong+nothing", []), ("giau", [])],
)  # fmt: skip
def test_titles_makers_and_numbers_are_found_without_the_engine(kept, typed, numbers):
    page = search(f"q={typed}")
    assert page.degraded and [hit.display["number"] for hit in page.hits] == numbers and page.total == len(numbers)


def test_a_list_of_numbers_is_found_without_the_engine(kept):
    page = search("q=BT+1987.12.3a%0ABT+2.1")
    assert {hit.display["number"] for hit in page.hits} == {"BT 1987.12.3a", "BT 2.1"}


def test_suggestions_come_from_the_database(kept):
    assert [s.label for s in visitor.suggest("ngo")] == ["Trống đồng Ngọc Lũ"]
    assert visitor.suggest("giau") == []


def test_the_answer_does_not_wait_for_an_engine_that_is_silent(kept, settings):
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes connections and never answers
        settings.SEARCH_URL = f"elasticsearch://127.0.0.1:{silent.getsockname()[1]}/silent"
        began = time.monotonic()
        page = search("q=trong")
        assert page.degraded and page.total == 1 and time.monotonic() - began < 1.5
        began = time.monotonic()
        search("q=dong")
        assert time.monotonic() - began < 0.5  # it is left in peace for a while


@pytest.mark.parametrize("rest", ["content-t", "Content-Length: 0\r\n\r\n", "Content-Length: 99\r\n\r\n{"])
def test_an_answer_that_is_cut_off_is_none(kept, settings, rest):
    with socket.create_server(("127.0.0.1", 0)) as between:

        def cut() -> None:
            with suppress(OSError):
                while True:
                    asked, _ = between.accept()
                    with asked:
                        asked.recv(65536)
                        asked.sendall(
                            f"HTTP/1.1 200 OK\r\nX-elastic-product: Elasticsearch\r\nContent-Type: application/json\r\n{rest}".encode()
                        )

        threading.Thread(target=cut, daemon=True).start()
        settings.SEARCH_URL = f"elasticsearch://127.0.0.1:{between.getsockname()[1]}/cut"
        page = search("q=trong")
        assert page.degraded and page.total == 1
        assert "SEARCH_URL" in health.status().sentence and health.sentence()
        assert indexing.catch_up() == 0


@pytest.mark.elasticsearch
@pytest.mark.parametrize("trouble", ["closed", "silent"])
def test_of_several_nodes_one_may_be_dead(trouble, elasticsearch_url, settings):
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes connections and never answers
        dead = silent.getsockname()[1] if trouble == "silent" else 1
        server = elasticsearch_url.removeprefix("elasticsearch://")
        settings.SEARCH_URL = elasticsearch_url
        make_object("BT 1", "Trống đồng")
        catch_up()
        settings.SEARCH_URL = f"elasticsearch://127.0.0.1:{dead},{server}"
        patience = engine().patience = 6.0  # half of it for each node: a living one answers within that on a crowded machine, too
        for _ in range(4):  # each node is asked first in its turn
            began = time.monotonic()
            page = search("q=trong")
            assert page.total == 1 and not page.degraded and time.monotonic() - began < patience


def test_staff_are_told_and_get_no_wrong_answer(kept):
    page = visitor.run(visitor.parse_request(QueryDict("q=trong")), "curatorial")
    assert page.degraded and page.hits == ()


def test_saves_meanwhile_reach_the_fallback_at_once_and_the_index_later(kept, settings, museum_search, tmp_path):
    kept[0].unpublish()
    make_object("BT 4", "Trống mới")
    assert indexing.catch_up() == 0
    while indexing.catch_up_fallback():
        pass
    assert [hit.display["number"] for hit in search("q=trong").hits] == ["BT 4"]
    outage.over()
    settings.SEARCH_URL = f"tantivy://{tmp_path}/index" if museum_search.name == "tantivy" else museum_search_url(museum_search)
    # The engine is back but has not heard of it: no ghosts.
    page = search("q=trong")
    assert not page.degraded and "BT 1987.12.3a" not in [hit.display["number"] for hit in page.hits]
    JournalEntry.objects.update(not_before=None)
    catch_up()
    visibility._looked = 0.0
    page = search("q=trong")
    assert [hit.display["number"] for hit in page.hits] == ["BT 4"] and not visibility.lagging()


def museum_search_url(opened):
    return f"elasticsearch://{opened.address.hosts[0].removeprefix('http://')}/{opened.address.prefix}"


def test_hits_are_looked_at_while_the_journal_is_late(museum_search, monkeypatch):
    artifact = make_object("BT 5", "Trống đồng")
    catch_up()
    type(artifact).objects.filter(pk=artifact.pk).update(is_public=False)
    assert search("q=trong").total == 1  # nothing waits: the index is trusted
    journal.changed("object", artifact.pk)
    from datetime import timedelta

    from django.utils import timezone

    JournalEntry.objects.update(created_at=timezone.now() - timedelta(seconds=30))
    visibility._looked = 0.0
    page = search("q=trong")
    assert page.total == 0 and page.hits == ()


@pytest.mark.parametrize("trouble", ["put off", "given up"])
def test_hits_are_looked_at_as_soon_as_a_change_could_not_be_written(museum_search, trouble):
    artifact = make_object("BT 7", "Trống đồng")
    catch_up()
    type(artifact).objects.filter(pk=artifact.pk).update(is_public=False)
    journal.changed("object", artifact.pk)
    entries = list(JournalEntry.objects.filter(consumer="search"))
    for _ in range(1 if trouble == "put off" else journal.MAX_ATTEMPTS):
        journal.failed(entries, "read-only", count_attempt=trouble == "given up")
    assert JournalEntry.objects.filter(consumer="search", dead=True).exists() == (trouble == "given up")
    visibility._looked = 0.0
    page = search("q=trong")
    assert page.total == 0 and page.hits == ()


def test_health_says_why_changes_wait_for_an_engine_that_answers(museum_search, monkeypatch):
    make_object("BT 7", "Trống đồng")
    catch_up()
    assert health.status().sentence == ""
    make_object("BT 8", "Trống cơm")

    def full(*_):
        raise EngineUnavailableError("Elasticsearch does not take writes now: the disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(type(museum_search), "write", full)
        indexing.catch_up()
    assert "the disk is full" in health.status().sentence
    JournalEntry.objects.update(not_before=None)
    catch_up()
    assert health.status().sentence == ""


def test_the_fallback_shows_nothing_that_was_hidden_while_no_worker_ran(kept):
    type(kept[0]).objects.filter(pk=kept[0].pk).update(is_public=False)
    page = search("q=trong")
    assert page.degraded and page.hits == () and page.total == 0
    assert visitor.suggest("ngo") == []


def test_no_query_is_made_for_hits_while_nothing_waits(museum_search, django_assert_num_queries):
    make_object("BT 6", "Trống đồng")
    catch_up()
    search("q=trong")
    with django_assert_num_queries(0):
        assert search("q=trong&kind=object").total == 1


def test_health_says_that_the_engine_is_away(kept):
    status = health.status()
    assert not status.answers and "does not answer" in status.sentence and health.sentence() == status.sentence


def test_health_counts_what_waits(museum_search):
    make_object("BT 8")
    catch_up()
    assert health.status().answers and health.status().waiting == 0 and health.sentence() == ""
    make_object("BT 9")
    assert health.status().waiting > 0
    assert building.CONSUMER == "search" and engine().name == health.status().engine


def test_the_fallback_holds_only_what_is_public(kept):
    assert FallbackEntry.objects.filter(kind="object").count() == 2


def _slowly(answers, server):
    """A server whose every answer takes its time: ``answers`` are the pieces and the seconds before each."""

    def answer(asked):
        with suppress(OSError), asked:
            while asked.recv(65536):
                for seconds, piece in answers:
                    time.sleep(seconds)
                    asked.sendall(piece)

    def listen():
        with suppress(OSError):
            while True:
                threading.Thread(target=answer, args=(server.accept()[0],), daemon=True).start()

    threading.Thread(target=listen, daemon=True).start()


HEAD = b"HTTP/1.1 200 OK\r\nX-elastic-product: Elasticsearch\r\nContent-Type: application/json\r\n"
NOTHING = b'{"responses":[{"hits":{"total":{"value":0},"hits":[]},"_shards":{"total":1}}],"suggest":{}}'
WHOLE = HEAD + b"Content-Length: %d\r\n\r\n" % len(NOTHING) + NOTHING
DRIBBLE = [(0.0, HEAD + b"Content-Length: 5000\r\n\r\n"), *[(0.1, b" " * 50)] * 100]


@pytest.mark.parametrize("answers", [[(0.7, WHOLE)], DRIBBLE], ids=["each question late", "in drops"])
@pytest.mark.parametrize("act", [lambda: search("q=trongg+doong"), lambda: visitor.suggest("trong"), lambda: visitor.neighbours("object", "abc"), health.sentence], ids=["search", "suggest", "neighbours", "readyz"])  # fmt: skip
def test_all_questions_of_one_page_together_wait_no_longer_than_one(kept, settings, answers, act):
    with socket.create_server(("127.0.0.1", 0)) as slow:
        _slowly(answers, slow)
        settings.SEARCH_URL = f"elasticsearch://127.0.0.1:{slow.getsockname()[1]}/slow"
        began = time.monotonic()
        act()
        assert time.monotonic() - began < 1.5


def test_nobody_waits_for_a_connection_that_others_hold(kept, settings):
    """Thirty visitors at once, more than the client keeps connections by itself: none waits for the others' second, too."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as silent:
        settings.SEARCH_URL = f"elasticsearch://127.0.0.1:{silent.getsockname()[1]}/silent"
        took = []

        def ask():
            began = time.monotonic()
            with suppress(EngineUnavailableError):
                engine().suggest("public", "trong", groups=("p",))
            took.append(time.monotonic() - began)

        engine()
        threads = [threading.Thread(target=ask) for _ in range(30)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(took) == 30 and max(took) < 1.8


def test_many_who_ask_in_one_silent_moment_are_one_silence(kept):
    for _ in range(16):
        outage.rest()
    assert outage._away_until - time.monotonic() <= outage.FIRST_SECONDS
