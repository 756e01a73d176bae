"""The task queue's upkeep, and the worker that does queue, journal and rounds."""

import time
from datetime import timedelta
from functools import partial

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks.signals import task_finished
from django_tasks_db.models import DBTaskResult

from museum import queue, worker
from records import journal, ticking
from records.models import Counter, JournalEntry

pytestmark = pytest.mark.django_db(transaction=True)
done: list[int] = []


@task(queue_name="default")
def note(number: int) -> None:
    done.append(number)


def running_task(workers: list[str]) -> DBTaskResult:
    result = note.enqueue(1)
    DBTaskResult.objects.filter(pk=result.id).update(status=TaskResultStatus.RUNNING, worker_ids=workers, started_at=timezone.now())
    return DBTaskResult.objects.get(pk=result.id)


def test_a_task_whose_worker_died_is_tried_again():
    row = running_task(["gone"])
    assert queue.requeue_stale() == (1, 0)
    row.refresh_from_db()
    assert row.status == TaskResultStatus.READY
    assert row.worker_ids == ["gone"]


def test_a_task_whose_worker_lives_is_left_alone():
    living = queue.new_worker_id()
    queue.sign_of_life(living)
    row = running_task(["gone", living])
    assert queue.requeue_stale() == (0, 0)
    row.refresh_from_db()
    assert row.status == TaskResultStatus.RUNNING
    queue.signed_off(living)
    assert queue.requeue_stale() == (1, 0)


def test_a_task_that_kills_every_worker_is_failed_and_its_room_hears_of_it():
    heard = []

    def listen(sender, task_result, **_):
        heard.append(task_result.status)

    task_finished.connect(listen)
    try:
        row = running_task(["one", "two", "three"])
        assert queue.requeue_stale() == (0, 1)
    finally:
        task_finished.disconnect(listen)
    row.refresh_from_db()
    assert row.status == TaskResultStatus.FAILED
    assert "died 3 times" in row.traceback
    assert heard == [TaskResultStatus.FAILED]


def test_the_command_says_what_it_would_do_and_does_not_do_it(capsys):
    row = running_task(["gone"])
    call_command("requeue_stale_tasks", "--dry-run")
    assert "1 tasks would be put back" in capsys.readouterr().out
    row.refresh_from_db()
    assert row.status == TaskResultStatus.RUNNING


def test_finished_tasks_are_forgotten_after_a_month_and_failed_ones_are_not():
    long_ago = timezone.now() - timedelta(days=40)
    for status in (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED):
        result = note.enqueue(2)
        DBTaskResult.objects.filter(pk=result.id).update(status=status, finished_at=long_ago)
    queue.forget_finished()
    assert list(DBTaskResult.objects.values_list("status", flat=True)) == [TaskResultStatus.FAILED]


def test_the_worker_empties_queue_and_journal_in_one_go(monkeypatch):
    DBTaskResult.objects.all().delete()  # a test before this one may have left some to be done
    waiting = [3, 2, 0]
    monkeypatch.setattr(journal, "consumers", {"counted": journal.Consumer("counted", None, lambda: waiting.pop(0) if waiting else 0)})
    done.clear()
    for number in range(3):
        note.enqueue(number)
    tasks, changes = worker.Supervisor(queues=["default"]).run_once()
    assert (tasks, changes) == (3, 5)
    assert sorted(done) == [0, 1, 2]


def test_a_nightly_act_is_claimed_by_one_worker_each_night(monkeypatch):
    monkeypatch.setattr(ticking, "acts", {})
    ticking.register("audit", lambda: None, seconds=ticking.NIGHTLY)
    ticking.register("tick", lambda: None, seconds=30)
    morning = timezone.localtime().replace(hour=3)
    assert worker.claim_night(morning) is None  # the first sight of it is not a night
    tomorrow = morning + timedelta(days=1)
    assert worker.claim_night(tomorrow.replace(hour=1)) is None
    act = worker.claim_night(tomorrow)
    assert act.name == "audit"
    assert worker.claim_night(tomorrow) is None
    worker.give_back(act)
    assert worker.claim_night(tomorrow).name == "audit"
    assert worker.claim_night(tomorrow) is None


@pytest.fixture
def long_night(monkeypatch):
    """A worker in whose night an audit has begun that goes through a large catalogue; yields the worker and what ran."""
    ran = {"portions": 0, "embargoes": 0}

    def audit():
        while True:
            ticking.go_on()
            ran["portions"] += 1
            time.sleep(0.01)

    def tick():
        ran["embargoes"] += 1

    monkeypatch.setattr(ticking, "acts", {})
    monkeypatch.setattr(worker, "NIGHT_BEGINS", 0)
    ticking.register("long audit", audit, seconds=ticking.NIGHTLY)
    ticking.register("embargoes", tick, seconds=0)
    assert worker.claim_night() is None
    Counter.objects.filter(name="night:long audit").update(value=1)
    supervisor = worker.Supervisor(queues=[], journal=False)
    threads = supervisor._threads()
    for thread in threads:
        thread.start()
    yield supervisor, threads, ran
    supervisor.stop()
    for thread in threads:
        thread.join(10)
    ticking.ending.clear()


def test_no_embargo_waits_for_a_long_night(long_night):
    _, _, ran = long_night
    assert eventually(lambda: ran["portions"])
    before = ran["embargoes"]
    assert eventually(lambda: ran["embargoes"] > before)


def test_a_worker_that_has_to_end_leaves_its_night_to_the_next(long_night):
    supervisor, threads, ran = long_night
    assert eventually(lambda: ran["portions"])
    supervisor.stop()
    for thread in threads:
        thread.join(5)
    assert not any(thread.is_alive() for thread in threads)
    assert worker.claim_night().name == "long audit"


def eventually(true, seconds=20.0):
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.02)
    return true()


@pytest.fixture
def working(monkeypatch):
    """A supervisor's threads for the consumers "busy" and "quiet"; yields how often each looked into the journal."""
    looks = {"busy": 0, "quiet": 0}

    def look(name):
        looks[name] += 1
        entries = journal.take(name)
        journal.done(entries)
        return len(entries)

    monkeypatch.setattr(journal, "consumers", {name: journal.Consumer(name, None, partial(look, name)) for name in looks})
    monkeypatch.setattr(worker, "IDLE", 0.05)
    supervisor = worker.Supervisor(queues=[], rounds=False)
    threads = supervisor._threads()
    for thread in threads:
        thread.start()
    yield looks
    supervisor.stopping.set()
    for thread in threads:
        thread.join(10)
    assert not any(thread.is_alive() for thread in threads)


def test_who_rests_is_woken_by_what_is_due_and_by_nothing_else(working):
    JournalEntry.objects.all().delete()
    assert eventually(lambda: working == {"busy": 1, "quiet": 1})
    time.sleep(0.5)  # ten looks' worth
    assert working == {"busy": 1, "quiet": 1}
    journal.changed("object", 7, only="busy")
    assert eventually(lambda: not JournalEntry.objects.exists())
    assert eventually(lambda: working["busy"] == 3)  # the entry, and nothing more
    assert working["quiet"] == 1


def test_what_was_put_off_wakes_nobody_before_its_time(working):
    JournalEntry.objects.all().delete()
    later = timezone.now() + timedelta(hours=1)
    assert eventually(lambda: working == {"busy": 1, "quiet": 1})
    JournalEntry.objects.create(consumer="busy", kind="object", record_pk=7, not_before=later)
    time.sleep(0.3)
    assert working["busy"] == 1
    JournalEntry.objects.update(not_before=timezone.now())
    assert eventually(lambda: not JournalEntry.objects.exists())


def test_a_worker_that_waits_for_the_database_says_so_once_a_minute(caplog: pytest.LogCaptureFixture):
    def away() -> None:
        raise OperationalError("connection refused\n\tIs the server running?")

    supervisor = worker.Supervisor(queues=[])
    for name in ("journal", "journal", "nights", "journal"):
        supervisor._guarded(name, away)
    said = [record.getMessage() for record in caplog.records]
    assert said == [
        f"{name} waits for the database and will be tried again: connection refused Is the server running?"
        for name in ("journal", "nights")
    ]
