"""The museum's worker: queued tasks, the journal, and the rounds, until it is told to stop."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from museum.worker import Supervisor


class Command(BaseCommand):
    help = (
        "Do what the web server leaves for later: queued tasks (pictures, imports), the journal (search index, manifests) "
        "and the rounds (schedules, embargoes, nightly audits). SIGTERM or Ctrl-C finishes what runs, then ends."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        queues = ",".join(settings.TASKS["default"]["QUEUES"])
        parser.add_argument("--queues", default=queues, help=f"queues to work on, by comma (default: {queues}); '' for none")
        parser.add_argument("--processes", type=int, default=1, help="task processes (default: 1)")
        parser.add_argument("--no-journal", action="store_false", dest="journal", help="leave the journal to another worker")
        parser.add_argument("--no-rounds", action="store_false", dest="rounds", help="leave the rounds to another worker")
        parser.add_argument("--once", action="store_true", help="work until nothing is left, then end")

    def handle(self, *args: Any, queues: str, processes: int, journal: bool, rounds: bool, once: bool, **options: Any) -> None:
        known = settings.TASKS["default"]["QUEUES"]
        wanted = [name.strip() for name in queues.split(",") if name.strip()]
        if unknown := sorted(set(wanted) - set(known)):
            raise CommandError(f"No such queue: {', '.join(unknown)}. The queues are {', '.join(known)}.")
        if processes < 1:
            raise CommandError("--processes must be 1 or more.")
        supervisor = Supervisor(queues=wanted, processes=processes, journal=journal, rounds=rounds)
        if once:
            tasks, changes = supervisor.run_once()
            self.stdout.write(f"{tasks} tasks and {changes} changes of the journal done.")
            return
        self.stdout.write(f"Worker started: {supervisor.describe()}.")
        self.stdout.flush()
        supervisor.run()
        self.stdout.write("Worker ended; nothing was left half done.")
