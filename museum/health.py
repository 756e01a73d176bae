"""Whether the museum is well: the checks behind /livez, /readyz and /metrics, also made by ``manage.py set_up`` before a start.

Nothing internal reaches the answers: names of parts and states only. The sentences are for the operator's terminal and log.
"""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hmac import compare_digest
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import storages
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from artifacts.models import Artifact
from media.models import Asset
from media.storage import s3_client
from museum import queue
from records.models import JournalEntry
from search import health as search_health

logger = logging.getLogger("museum.health")

LEAST_FREE_BYTES = 256 * 1024 * 1024
PATIENCE = 5  # seconds for a storage that takes the question and does not answer: who probes has gone by then
OK, FAILED, DEGRADED = "ok", "failed", "degraded"


@dataclass(frozen=True)
class Finding:
    """What one check found. ``sentence`` says what is wrong and what to do; it is empty when all is well."""

    part: str
    state: str = OK
    sentence: str = ""


def database() -> Finding:
    """Does the database answer?"""
    facts = settings.DATABASES["default"]
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, OSError) as error:
        reason = str(error).strip().splitlines()[0]
        if connection.vendor == "postgresql":
            where = f"PostgreSQL at {facts['HOST']}:{facts['PORT']}, database {facts['NAME']}"
            return Finding("database", FAILED, f"DATABASE_URL: {where}, cannot be used ({reason}). Start it, or mend the address.")
        return Finding("database", FAILED, f"DATABASE_URL: the file {facts['NAME']} cannot be used ({reason}).")
    return Finding("database")


def migrations() -> Finding:
    """Are the tables what this version of the museum expects?"""
    if pending := pending_migrations():
        return Finding("migrations", FAILED, f"{len(pending)} migrations are missing in the database: run manage.py migrate.")
    return Finding("migrations")


def pending_migrations() -> list[str]:
    """Names of migrations that the database has not had yet."""
    executor = MigrationExecutor(connection)
    return [f"{migration.app_label}.{migration.name}" for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def storage() -> Finding:
    """Can originals and derivatives be reached (and, on a disk, written)?"""
    for alias in ("originals", "derivatives", "default"):
        try:
            problem = _storage_problem(alias)
        except Exception as error:  # disk, network and S3 have errors of their own; all of them mean the same here
            problem = _cause(error)
        if problem:
            return Finding(
                "storage", FAILED, f"STORAGE_URL: the storage for {alias} cannot be used ({problem}). Start it, or mend the address."
            )
    return Finding("storage")


def _cause(error: Exception) -> str:
    answer = getattr(error, "response", None)
    code = answer.get("Error", {}).get("Code", "") if isinstance(answer, dict) else ""
    no_bucket = "there is no such bucket: make it, or run manage.py set_up --make-bucket"
    known = {"404": no_bucket, "NoSuchBucket": no_bucket, "403": "key or secret is refused"}
    said = known.get(str(code)) or str(error).strip().splitlines()[0]
    plain = "WRONG_VERSION_NUMBER" in said
    return f"{said}; if this server speaks plain HTTP, add ?tls=no to the address" if plain else said


def _storage_problem(alias: str) -> str:
    target: Any = storages[alias]
    if location := getattr(target, "base_location", None):
        Path(location).mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=location):
            return ""
    # exists() answers False for a missing bucket too
    _prober(target).head_bucket(Bucket=target.bucket_name)
    return ""


@lru_cache(maxsize=4)
def _prober(target: Any) -> Any:
    return s3_client(target, read_timeout=PATIENCE, attempts=1)


def make_missing_bucket() -> bool:
    """Make the bucket of STORAGE_URL; False when it is there, or when the storage is a folder."""
    target: Any = storages["originals"]
    if getattr(target, "base_location", None) or "no such bucket" not in storage().sentence:
        return False
    target.bucket.create()
    return True


def disk() -> Finding:
    """Is there room left where the museum writes?"""
    free = shutil.disk_usage(settings.MUSEUM_VAR).free
    if free < LEAST_FREE_BYTES:
        return Finding("disk", FAILED, f"Only {free // 2**20} MB are free in {settings.MUSEUM_VAR}: make room, 256 MB at least.")
    return Finding("disk")


def search() -> Finding:
    """Does the search engine answer? The museum runs without it and says so."""
    if sentence := search_health.sentence():
        return Finding("search", DEGRADED, sentence)
    return Finding("search")


CHECKS: list[Callable[[], Finding]] = [database, migrations, storage, disk, search]


def examine() -> list[Finding]:
    """All checks. What stands on the database is not asked while the database is away."""
    first = database()
    if first.state != OK:
        return [first, storage(), disk()]
    return [first, *(check() for check in CHECKS[1:])]


def livez(request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all."""
    return _answer({"state": OK}, 200)


def readyz(request: HttpRequest) -> HttpResponse:
    """200 when requests can be served (a missing search engine only degrades), else 503."""
    findings = examine()
    for finding in findings:
        if finding.state != OK:
            logger.warning("%s is %s: %s", finding.part, finding.state, finding.sentence)
    states = {finding.state for finding in findings}
    state = FAILED if FAILED in states else DEGRADED if DEGRADED in states else OK
    return _answer({"state": state, "parts": {finding.part: finding.state for finding in findings}}, 503 if state == FAILED else 200)


def metrics(request: HttpRequest) -> HttpResponse:
    """Figures in Prometheus' text format 0.0.4, for operators alone: everyone else gets the 404 of an unknown address."""
    if not _is_operator(request):
        return HttpResponse("Not found\n", status=404, content_type="text/plain; charset=utf-8")
    text = cache.get("museum:metrics")
    if text is None:
        text = "".join(_exposition())
        cache.set("museum:metrics", text, 5)
    return HttpResponse(text, content_type="text/plain; version=0.0.4; charset=utf-8", headers={"Cache-Control": "no-store"})


def _is_operator(request: HttpRequest) -> bool:
    """By METRICS_TOKEN as a bearer token; without that setting only from this machine and not through a proxy."""
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return compare_digest(given.encode(), settings.METRICS_TOKEN.encode())
    forwarded = any(name in request.headers for name in ("X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "X-Real-Ip"))
    return request.META.get("REMOTE_ADDR", "") in {"127.0.0.1", "::1"} and not forwarded


def _exposition() -> Iterator[str]:
    now = timezone.now()
    waiting = DBTaskResult.objects.ready().values_list("queue_name").annotate(number=Count("id"), oldest=Min("enqueued_at"))
    ages = [(name, number, (now - oldest).total_seconds()) for name, number, oldest in waiting.order_by("queue_name")]
    yield from _figure("museum_tasks_waiting", "Tasks that wait in a queue.", {f'queue="{name}"': number for name, number, _ in ages})
    yield from _figure("museum_tasks_lag_seconds", "Age of the oldest waiting task.", {f'queue="{name}"': age for name, _, age in ages})
    states = DBTaskResult.objects.values_list("status").annotate(number=Count("id")).order_by("status")
    yield from _figure("museum_tasks", "Tasks by state.", {f'state="{state.lower()}"': number for state, number in states})
    yield from _figure("museum_workers", "Task processes that gave a sign of life lately.", {"": len(queue.living_workers())})
    entries = JournalEntry.objects.order_by("consumer").values_list("consumer")
    alive = entries.filter(dead=False).annotate(number=Count("id"), oldest=Min("created_at"))
    lags = [(name, number, (now - oldest).total_seconds()) for name, number, oldest in alive]
    yield from _figure("museum_journal_waiting", "Changes not yet carried out.", {f'consumer="{name}"': number for name, number, _ in lags})
    yield from _figure("museum_journal_lag_seconds", "Age of the oldest such change.", {f'consumer="{name}"': age for name, _, age in lags})
    dead = entries.filter(dead=True).annotate(number=Count("id"))
    yield from _figure(
        "museum_journal_dead", "Changes given up after too many attempts.", {f'consumer="{n}"': number for n, number in dead}
    )
    yield from _figure("museum_search_documents", "Documents in each search index.", search_health.documents())
    objects = Artifact.objects.values_list("is_public").annotate(number=Count("id")).order_by("is_public")
    yield from _figure("museum_objects", "Objects.", {f'public="{str(public).lower()}"': number for public, number in objects})
    assets = Asset.objects.values_list("state").annotate(number=Count("id")).order_by("state")
    yield from _figure("museum_assets", "Media files by state.", {f'state="{state}"': number for state, number in assets})
    usage = shutil.disk_usage(settings.MUSEUM_VAR)
    yield from _figure("museum_disk_free_bytes", "Free room where the museum writes.", {"": usage.free})


def _figure(name: str, help_text: str, values: dict[str, Any]) -> Iterator[str]:
    yield f"# HELP {name} {help_text}\n# TYPE {name} gauge\n"
    for labels, value in values.items():
        yield f"{name}{{{labels}}} {value:g}\n" if labels else f"{name} {value:g}\n"


def _answer(body: dict[str, Any], status: int) -> HttpResponse:
    return HttpResponse(json.dumps(body) + "\n", status=status, content_type="application/json", headers={"Cache-Control": "no-store"})


urlpatterns = [
    path("livez", livez, name="livez"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
]
_PROBES = {"/livez": livez, "/readyz": readyz, "/metrics": metrics}


class ProbesFirst:
    """Middleware: probes call by IP address, so they are answered before the Host header is checked or https demanded."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        probe = _PROBES.get(request.path)
        return probe(request) if probe else self.get_response(request)
