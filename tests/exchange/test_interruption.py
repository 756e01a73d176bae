"""An import that is killed and started again ends where an uninterrupted one does; two imports never interleave."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.utils import timezone, translation

from artifacts.models import Artifact
from exchange import leasing
from exchange.errors import ExchangeError, LeaseLost
from exchange.importing import Importer
from exchange.models import ImportJob, Lease
from exchange.plans import content_fields, relations
from exchange.profile import load
from exchange.sources import inspect
from records.models import JournalEntry
from tests.exchange.conftest import CREATOR, painting, run
from vocabularies.models import Agent, Place, Term

ROOT = Path(__file__).resolve().parent.parent.parent
MANY = 60


def corpus() -> list[dict[str, Any]]:
    """Records that share people, terms and numbers across batches."""
    people = [{**CREATOR, "artist_id": f"party/{n}", "full_name": f"Painter {n}", "birth_place": f"Town {n % 4}"} for n in range(7)]
    return [
        painting(
            number,
            title=None if number % 11 == 0 else f"View {number}",
            accession_number=f"00.{number - 1 if number % 13 == 0 else number}",
            creator=[people[number % 7], people[number % 5]],
            medium=("oil on canvas", "ink on paper", "Bronze")[number % 3],
        )
        for number in range(1, MANY + 1)
    ]


def state() -> dict[str, Any]:
    """The catalogue without what is different in every run: keys, public ids, times."""
    names = {
        model: {row["id"]: row["source_id"] for row in model._default_manager.values("id", "source_id")} for model in (Agent, Place, Term)
    }
    objects = {}
    for artifact in Artifact.objects.order_by("source_id"):
        rows = {}
        for relation, model in relations().items():
            columns = [column.attname for column in content_fields(model)]
            told = []
            for row in model._default_manager.filter(artifact=artifact).order_by("sort_order", "pk").values(*columns):
                for column in content_fields(model):
                    if column.is_relation and column.related_model in names:
                        row[column.attname] = names[column.related_model].get(row[column.attname])
                told.append(row)
            rows[relation] = told
        objects[artifact.source_id] = (artifact.accession_number, artifact.source_hash, artifact.is_public, artifact.credit_line, rows)
    return {
        "objects": objects,
        "vocabulary": {model.__name__: sorted(found.values()) for model, found in names.items()},
        "log": sorted(ImportJob.objects.latest("pk").rows.values_list("row", "source_id", "outcome")),
        "problems": sorted(ImportJob.objects.latest("pk").problems.values_list("row", "code", "column", "value", "message")),
        "counts": ImportJob.objects.latest("pk").counts,
        "notes": sorted(ImportJob.objects.latest("pk").notes),
        "journal": Counter(JournalEntry.objects.values_list("consumer", "kind")),
    }


def database_url() -> str:
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    return f"postgres://{quote(facts['USER'])}:{quote(facts['PASSWORD'])}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}"


def begin(path: Path, var: Path, batch: int) -> subprocess.Popen[bytes]:
    """The command in a process of its own, on this test's database."""
    environment = {**os.environ, "DATABASE_URL": database_url(), "MUSEUM_VAR": str(var), "DJANGO_SETTINGS_MODULE": "museum.settings"}
    command = [sys.executable, str(ROOT / "manage.py"), "import_records", "cmoa", str(path), "--batch", str(batch)]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def kill_at(process: subprocess.Popen[bytes], cursor: int) -> bool:
    """kill -9 as soon as the import has got so far; False when it was over before."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if process.poll() is not None:
            return False
        job = ImportJob.objects.order_by("-pk").first()
        if job is not None and job.cursor >= cursor:
            break
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return True


@pytest.mark.django_db(transaction=True)
def test_killed_again_and_again_an_import_ends_as_if_nothing_had_happened(lines, tmp_path, django_db_setup):
    translation.deactivate()  # a page of a test before this one may have left its language, and the process beside us has none
    path = lines(*corpus())
    run("cmoa", path, batch=3)
    expected = state()
    assert expected["counts"]["created"] == MANY
    django_db_setup.restore()

    killed = 0
    for cursor in (1, 16, 40):
        killed += kill_at(begin(path, tmp_path, 3), cursor)
    last = begin(path, tmp_path, 3)
    _, told = last.communicate(timeout=120)
    assert last.returncode == 0, told.decode()
    assert killed >= 2, "the machine was too fast for the test: nothing was killed"
    assert ImportJob.objects.count() == 1
    assert state() == expected


@pytest.mark.django_db
def test_an_import_that_was_stopped_goes_on_where_it_was(lines):
    path = lines(*corpus())
    profile = load("cmoa")
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) == 2

    first = Importer(profile, inspect(path, profile), batch=10, stop=stop).run()
    assert first.stopped and first.job.state == ImportJob.State.STOPPED and first.job.cursor == 20
    second = Importer(profile, inspect(path, profile), batch=10).run()
    assert second.job.pk == first.job.pk and second.resumed_at == 20
    assert second.counts["created"] == MANY and second.job.state == ImportJob.State.FINISHED


@pytest.mark.django_db
def test_a_batch_that_fails_leaves_neither_rows_nor_cursor(lines, monkeypatch):
    from exchange import writing

    path = lines(*corpus())
    real = writing.announce

    def fail(written, job):
        if Artifact.objects.count() > 20:
            raise OSError("the disk is full")
        real(written, job)

    monkeypatch.setattr(writing, "announce", fail)
    with pytest.raises(OSError, match="disk is full"):
        run("cmoa", path, batch=10)
    job = ImportJob.objects.get()
    assert (job.cursor, Artifact.objects.count(), job.state) == (20, 20, ImportJob.State.FAILED)
    assert "the disk is full" in job.error
    monkeypatch.setattr(writing, "announce", real)
    assert run("cmoa", path, batch=10).counts["created"] == MANY


@pytest.mark.django_db
def test_another_file_does_not_go_on_with_the_import_of_the_first(lines):
    profile = load("cmoa")
    path = lines(*corpus(), name="first.jsonl.gz")
    Importer(profile, inspect(path, profile), batch=10, stop=lambda: True).run()
    run("cmoa", lines(painting(1, title="View 1"), name="second.jsonl.gz"))
    states = list(ImportJob.objects.order_by("pk").values_list("state", flat=True))
    assert states == [ImportJob.State.SUPERSEDED, ImportJob.State.FINISHED]


@pytest.mark.django_db
def test_a_second_import_is_told_who_is_importing(lines):
    Lease.objects.create(name="import", token=4, holder="elsewhere 17 1", expires_at=timezone.now() + timedelta(minutes=1))
    with pytest.raises(ExchangeError, match="process 17 on elsewhere"):
        run("cmoa", lines(painting()))
    assert not Artifact.objects.exists() and not ImportJob.objects.exists()


@pytest.mark.django_db
def test_a_lease_that_has_run_out_is_taken(lines):
    Lease.objects.create(name="import", token=4, holder="elsewhere 17 1", expires_at=timezone.now() - timedelta(seconds=1))
    assert run("cmoa", lines(painting())).counts["created"] == 1


@pytest.mark.django_db
def test_a_holder_that_was_replaced_can_write_nothing_more(lines):
    profile = load("cmoa")
    importer = Importer(
        profile, inspect(lines(*corpus()), profile), batch=10, stop=lambda: bool(leasing.Lease.objects.update(token=99)) and False
    )
    with pytest.raises(LeaseLost):
        importer.run()
    assert Artifact.objects.count() == 10
    assert ImportJob.objects.get().state == ImportJob.State.RUNNING
