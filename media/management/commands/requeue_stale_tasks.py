"""Puts back tasks that a killed worker left running, and gives media files without a task a new one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from media import queue


class Command(BaseCommand):
    help = "Put tasks back that were begun long ago and never ended (their worker was killed). Tasks are written so that doing them twice does no harm."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--older-than", type=float, default=30, metavar="MINUTES", help="how long a task may run (default 30)")
        parser.add_argument("--dry-run", action="store_true", help="list them, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        age = timedelta(minutes=options["older_than"])
        put_back = given = 0
        for task in queue.stale(age):
            self.stdout.write(f"{task.task_path} {task.args_kwargs['args']}, begun {task.started_at:%Y-%m-%d %H:%M:%S}")
            put_back += 1 if options["dry_run"] else queue.requeue(task)
        for asset in queue.forgotten(age):
            self.stdout.write(f"media file {asset.public_id} has no task")
            given += 1
            if not options["dry_run"]:
                queue.enqueue(asset)
        verb = "would be put back" if options["dry_run"] else "put back"
        self.stdout.write(f"{put_back} tasks {verb}, {given} media files without a task.")
