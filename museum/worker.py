"""The worker's supervisor: task processes beside it, a thread for each consumer of the journal, and the rounds.

Tasks run in processes of their own, so that a picture that kills its decoder takes neither the journal nor the rounds with it.
"""

from __future__ import annotations

import ctypes
import logging
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, close_old_connections, connections
from django.db.models import F
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from museum import queue
from records import journal, ticking
from records.models import Counter

logger = logging.getLogger("museum.worker")

IDLE = 0.5  # seconds between two looks at an empty journal or queue
HELD_BACK = 1  # seconds a consumer rests that found nothing to do in what is due (another one does it, or it waits for another)
LOOKS_ANYWAY = 30  # seconds after which a consumer looks by itself
NIGHTS = 30  # seconds between two looks at what is due at night
GRACE = 60  # seconds a task may take to finish after SIGTERM
SAID_AGAIN = 60  # seconds between two lines of the same part that waits for the database
SLOWEST_RESTART = 60
NIGHT_BEGINS = 2  # o'clock, the museum's own time
_PR_SET_PDEATHSIG = 1


def _end_with_parent() -> None:
    """In the child, before it starts: be told to end when the supervisor dies without a word (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class TaskProcess:
    """One process that works on the queues. It is started again when it dies, more slowly each time."""

    def __init__(self, queues: list[str], output: int | None = None) -> None:
        """``output``: where it prints (``subprocess.DEVNULL``: nowhere; None: where we do)."""
        self.queues, self.output = queues, output
        self.process: subprocess.Popen[bytes] | None = None
        self.worker_id = ""
        self.deaths = 0
        self.not_before = 0.0

    def start(self) -> None:
        self.worker_id = queue.new_worker_id()
        queue.sign_of_life(self.worker_id)
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "db_worker", "--no-reload", "--no-startup-delay"]
        command += ["--queue-name", ",".join(self.queues), "--interval", str(IDLE), "--worker-id", self.worker_id, "-v", "0"]
        # a session of its own: Ctrl-C reaches the supervisor alone, which lets the task finish
        self.process = subprocess.Popen(  # noqa: S603 our own command
            command, stdin=subprocess.DEVNULL, stdout=self.output, start_new_session=True, preexec_fn=_end_with_parent
        )
        self.started = time.monotonic()

    def watch(self) -> None:
        """Start the process if it is not there; note a sign of life if it is."""
        if self.process is not None and self.process.poll() is None:
            queue.sign_of_life(self.worker_id)
            return
        if self.process is not None:
            self._died(self.process.returncode)
        if time.monotonic() >= self.not_before:
            self.start()

    def _died(self, code: int) -> None:
        queue.signed_off(self.worker_id)
        again, failed = queue.requeue_stale()
        lived_long = time.monotonic() - self.started > SLOWEST_RESTART
        self.deaths = 1 if lived_long else self.deaths + 1
        self.not_before = time.monotonic() + (0 if lived_long else min(2**self.deaths, SLOWEST_RESTART))
        self.process = None
        logger.error("A task process ended by itself (%s); %s tasks are tried again, %s given up.", _cause(code), again, failed)

    def ask_to_end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait_for_end(self, until: float) -> None:
        """Wait for the running task; what is not done by then is killed and goes back into the queue."""
        if self.process is None:
            return
        try:
            self.process.wait(max(until - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        queue.signed_off(self.worker_id)


def _cause(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


class Supervisor:
    """Everything one worker does. ``run`` returns after SIGTERM or SIGINT, when all parts have ended."""

    def __init__(self, *, queues: list[str], processes: int = 1, journal: bool = True, rounds: bool = True) -> None:
        self.queues = queues
        self.tasks = [TaskProcess(queues) for _ in range(processes if queues else 0)]
        self.journal = journal
        self.rounds = rounds
        self.stopping = threading.Event()
        self.resting: dict[str, threading.Event] = {}  # consumers with nothing to do, and what wakes them
        self.told: dict[str, float] = {}  # what waits for the database, and when that was last said
        self.main = queue.new_worker_id()

    def describe(self) -> str:
        """One line for the operator."""
        parts = [f"queues {', '.join(self.queues)} in {len(self.tasks)} process{'es' if len(self.tasks) > 1 else ''}"] if self.tasks else []
        parts += [f"journal for {', '.join(self.consumers()) or 'nobody'}"] if self.journal else []
        parts += [f"rounds {', '.join(ticking.acts) or 'none'}"] if self.rounds else []
        return "; ".join(parts)

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())
        ticking.ending.clear()
        threads = self._threads()
        for thread in threads:
            thread.start()
        last = 0.0
        while not self.stopping.is_set():
            if time.monotonic() - last >= 10:
                last = time.monotonic()
                self._guarded("task processes", self._watch_tasks)
            elif any(task.process is None or task.process.poll() is not None for task in self.tasks):
                self._guarded("task processes", self._watch_tasks)
            self.stopping.wait(IDLE)
        for task in self.tasks:
            task.ask_to_end()
        until = time.monotonic() + GRACE
        for task in self.tasks:
            task.wait_for_end(until)
        for thread in threads:
            thread.join(max(until - time.monotonic(), 1))
        connections.close_all()

    def stop(self) -> None:
        """Ask all parts to end (any thread may ask)."""
        self.stopping.set()
        ticking.ending.set()

    @staticmethod
    def consumers() -> dict[str, Callable[[], int]]:
        """The journal's consumers that say how they work."""
        return {name: consumer.process for name, consumer in journal.consumers.items() if consumer.process}

    def run_once(self) -> tuple[int, int]:
        """Work until queue and journal are empty; returns how many tasks and changes were done."""
        ready = DBTaskResult.objects.ready().filter(queue_name__in=self.queues)
        tasks = changes = 0
        while True:
            waiting = ready.count()
            if waiting:
                self._drain()
                tasks += waiting
            done = sum(process() for process in self.consumers().values()) if self.journal else 0
            changes += done
            if not waiting and not done:
                return tasks, changes

    def _drain(self) -> None:
        Worker(
            queue_names=self.queues,
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=self.main,
            excluded_queue_names=[],
        ).run()

    def _watch_tasks(self) -> None:
        for task in self.tasks:
            task.watch()

    def _threads(self) -> list[threading.Thread]:
        works: list[tuple[str, Callable[[], Any]]] = []
        if self.journal:
            works += [(f"journal-{name}", partial(self._consume, name, process)) for name, process in self.consumers().items()]
            works.append(("journal", self._watch_journal))
        if self.rounds:
            # nights of their own: an audit of a large catalogue takes minutes, an embargo waits for none of them
            works += [("rounds", self._make_rounds), ("nights", self._make_night_rounds)]
        return [threading.Thread(target=self._with_connections, args=(act,), name=name, daemon=True) for name, act in works]

    def _with_connections(self, act: Callable[[], Any]) -> None:
        try:
            act()
        except ticking.ToldToEnd:
            logger.info("%s was interrupted between two portions.", threading.current_thread().name)
        finally:
            connections.close_all()

    def _watch_journal(self) -> None:
        """Wake the consumers for whom something is due: one question for all, so that an idle worker costs next to nothing."""
        while not self.stopping.wait(IDLE):
            if resting := dict(self.resting):
                close_old_connections()
                for name in self._guarded("journal", partial(journal.due_among, resting)) or ():
                    resting[name].set()
        for waking in list(self.resting.values()):
            waking.set()

    def _consume(self, name: str, batch: Callable[[], int]) -> None:
        pause, woken = IDLE, False
        while not self.stopping.is_set():
            close_old_connections()
            done = self._guarded(f"journal for {name}", batch)
            if done is None:  # an error (the database is away) is not hammered at
                pause = min(pause * 2, 30)
                self.stopping.wait(pause)
                continue
            pause = IDLE
            if done:
                woken = False
            elif woken:
                woken = self.stopping.wait(HELD_BACK)
            else:
                woken = self._rest(name)

    def _rest(self, name: str) -> bool:
        """Wait until something is due for this consumer; False when nothing was for a long time."""
        self.resting[name] = waking = threading.Event()
        try:
            return not self.stopping.is_set() and waking.wait(LOOKS_ANYWAY)
        finally:
            del self.resting[name]

    def _make_rounds(self) -> None:
        due: dict[str, float] = {}
        while not self.stopping.is_set():
            close_old_connections()
            for act in list(ticking.acts.values()):
                if self.stopping.is_set():
                    return
                if act.seconds >= ticking.NIGHTLY or time.monotonic() < due.get(act.name, 0):
                    continue
                due[act.name] = time.monotonic() + act.seconds
                self._guarded(act.name, act.run)
            self.stopping.wait(1)

    def _make_night_rounds(self) -> None:
        while not self.stopping.is_set():
            close_old_connections()
            while act := self._guarded("nights", claim_night):
                begun = timezone.now()
                try:
                    self._guarded(act.name, act.run)
                except ticking.ToldToEnd:
                    give_back(act)
                    logger.info("Nightly %s was interrupted; the next worker begins it again.", act.name)
                    return
                logger.info("Nightly %s took %s.", act.name, timezone.now() - begun)
                if self.stopping.is_set():
                    return
            self.stopping.wait(NIGHTS)

    def _tell_of_waiting(self, name: str, error: Exception) -> None:
        """Once a minute: what waits asks twice a second, and its lines would fill the disk in a long night."""
        now = time.monotonic()
        if now - self.told.get(name, -SAID_AGAIN) >= SAID_AGAIN:
            self.told[name] = now
            logger.warning("%s waits for the database and will be tried again: %s", name, " ".join(str(error).split()))

    def _guarded(self, name: str, act: Callable[[], Any]) -> Any:
        """The result of ``act``; None when it failed, which is logged and does not end the worker. Raises ``ticking.ToldToEnd``."""
        try:
            return act()
        except ticking.ToldToEnd:
            raise
        except OperationalError as error:  # busy or away: nothing is wrong with the act
            self._tell_of_waiting(name, error)
            connections["default"].close_if_unusable_or_obsolete()
            return None
        except Exception:
            logger.exception("%s failed and will be tried again.", name)
            connections["default"].close_if_unusable_or_obsolete()
            return None


def claim_night(now: datetime | None = None) -> ticking.Act | None:
    """A nightly act that nobody has begun since last night. The caller has claimed it: no other worker gets the same."""
    local = timezone.localtime(now)
    if local.hour < NIGHT_BEGINS:
        return None
    today = local.date().toordinal()
    for act in list(ticking.acts.values()):
        if act.seconds < ticking.NIGHTLY:
            continue
        # the first night counts from the first sight, so that a new museum does not begin with an audit
        _, made = Counter.objects.get_or_create(name=_night(act), defaults={"value": today})
        if not made and Counter.objects.filter(name=_night(act), value__lt=today).update(value=today):
            return act
    return None


def give_back(act: ticking.Act) -> None:
    """A night that was claimed and not finished is due again."""
    Counter.objects.filter(name=_night(act)).update(value=F("value") - 1)


def _night(act: ticking.Act) -> str:
    return f"night:{act.name}"[:40]


def register() -> None:
    """The house's own rounds (in ``ready()``)."""
    ticking.register("stale tasks", queue.requeue_stale, seconds=60)
    ticking.register("finished tasks", queue.forget_finished, seconds=ticking.NIGHTLY)
    ticking.register("sessions", partial(call_command, "clearsessions", verbosity=0), seconds=ticking.NIGHTLY)
