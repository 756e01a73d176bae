"""The demo museum's pictures: ordered with each object, then drawn and hung by tasks, while the museum is open already.

An order is a task on the queue ``media``; what is waited for, and how far the drawing is, is read from the task table.
"""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django_tasks import TaskContext, task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.models import Site

from artifacts import annotating, georeferences, page_texts, publishing
from artifacts.models import Annotation, Artifact, ArtifactMedia
from exhibits.models import MuseumSettings
from media import dimensions, formats, ingest
from museum.demo import draw
from museum.demo.loading.words import DATA, text

logger = logging.getLogger("museum.demo")

# What people send in has priority 0: it waits for one drawing at most.
FIRST, SHOWN, LATER = -10, -20, -30
LOGO = "emblem"
HUNG, AGAIN, GONE = "hung", "again", "the object is gone"
NICENESS = 5


class DrawingFailed(Exception):
    """A picture could not be drawn; the message has the drawing program's own last line."""


@dataclass(frozen=True)
class Standing:
    """How far the pictures are: how many were ordered, are hung, could not be drawn."""

    ordered: int
    hung: int
    failed: int

    @property
    def waiting(self) -> int:
        return self.ordered - self.hung - self.failed


def order(artifact: Artifact, pictures: Sequence[dict[str, Any]], priority: int) -> None:
    """Have an object's pictures (entries of the YAML files) drawn, the main one first; called in the transaction that makes the object."""
    main = next((number for number, picture in enumerate(pictures) if picture.get("primary")), 0)
    for number, picture in enumerate(pictures):
        urgent = draw_and_hang.using(priority=priority if number == main else LATER)
        urgent.enqueue(artifact.pk, number, {**picture, "primary": number == main})


@task(queue_name="media", priority=LATER, takes_context=True)
def draw_and_hang(context: TaskContext, artifact_id: int, number: int, picture: dict[str, Any]) -> str:
    """Draw one picture and hang it at its place in the object. Done twice, it hangs once; told to stop, it goes back into the queue."""
    artifact = Artifact.objects.filter(pk=artifact_id).first()
    if artifact is None:
        return GONE
    filename = draw.filename(picture["draw"])
    if ArtifactMedia.objects.filter(artifact=artifact, sort_order=number, asset__original_filename=filename).exists():
        return HUNG
    drawing = folder() / filename
    written = folder() / (draw.text_filename(picture["draw"]) or filename)
    if not (drawing.exists() and written.exists()) and not _drawn(picture["draw"]):
        context.task_result.task.enqueue(artifact_id, number, picture)
        return AGAIN
    _hang(artifact, number, picture, drawing)
    for leftover in folder().glob(f"{picture['draw']}.*"):
        leftover.unlink(missing_ok=True)
    _tell()
    return HUNG


@task(queue_name="media", priority=LATER, takes_context=True)
def draw_logo(context: TaskContext) -> str:
    """Draw the museum's logo, unless a curator has chosen one; told to stop, it goes back into the queue."""
    drawing = folder() / draw.filename(LOGO)
    if not drawing.exists() and not _drawn(LOGO):
        context.task_result.task.enqueue()
        return AGAIN
    with transaction.atomic():
        chosen = MuseumSettings.for_site(Site.objects.get(is_default_site=True))
        if chosen.logo is None:
            chosen.logo = ingest.receive(drawing, drawing.name, alt_text=chosen.name)
            chosen.save()
    drawing.unlink(missing_ok=True)
    return HUNG


@transaction.atomic
def _hang(artifact: Artifact, number: int, picture: dict[str, Any], drawing: Path) -> None:
    """Give the object its picture, and show it if the object is live: it was published with this picture in mind."""
    asset = ingest.receive(drawing, drawing.name, alt_text=text(picture.get("alt")))
    use = ArtifactMedia.objects.create(
        artifact=artifact,
        asset=asset,
        sort_order=number,
        primary=picture["primary"],
        label=text(picture.get("label")),
        caption=text(picture.get("caption")),
        chapter=text(picture.get("chapter")),
        publication_class=picture.get("class", "public"),
    )
    if name := draw.text_filename(picture["draw"]):
        with (folder() / name).open("rb") as written:
            page_texts.take(use, written, name)
    _annotate(use, picture, drawing)
    captions = [
        _captions(use, place, language, name) for place, (language, name) in enumerate(picture.get("captions", {}).items(), start=1)
    ]
    if artifact.live:
        publishing.release_media([use, *captions])


def _annotate(use: ArtifactMedia, picture: dict[str, Any], drawing: Path) -> None:
    """What parts of a picture show, and where a map lies on the earth, for everybody."""
    regions, placed = picture.get("regions", []), picture.get("map")
    if regions or placed:
        with drawing.open("rb") as file:  # regions are held against the picture's size, which is written when it has been prepared
            said = dimensions.claim(file, formats.JPEG, drawing.stat().st_size)
        use.asset.width, use.asset.height = said.width, said.height
    for region in regions:
        _publish(use, region["box"], kind=Annotation.Kind.DESCRIPTION, text=text(region["text"]))
    if placed:
        points = georeferences.read("\n".join(placed["points"]), use.asset.width or 0, use.asset.height or 0).points
        _publish(use, placed["box"], kind=Annotation.Kind.GEOREFERENCE, control_points=[list(point) for point in points])


def _publish(use: ArtifactMedia, box: Sequence[int], **said: Any) -> None:
    x, y, width, height = box
    corners = [[x, y], [x + width, y + height]]
    note = Annotation(use=use, shape="box", points=corners, publication_class=Annotation.PublicationClass.PUBLIC, **said)
    annotating.publish([annotating.write(note, user=None)], user=None)


def _captions(use: ArtifactMedia, place: int, language: str, filename: str) -> ArtifactMedia:
    """A recording's captions in one language (WebVTT, among the demo museum's data), after it in the object's order."""
    return ArtifactMedia.objects.create(
        artifact=use.artifact,
        asset=ingest.receive(DATA / filename, filename),
        sort_order=use.sort_order + place,
        accompanies=use,
        role=ArtifactMedia.Role.CAPTIONS,
        language=language,
        publication_class=use.publication_class,
    )


def _drawn(key: str) -> bool:
    """Draw in a process of its own, so that its memory goes with it and the museum comes first. False when told to stop.

    Raises DrawingFailed.
    """
    command = [sys.executable, "-m", "museum.demo.draw", "--out", str(folder()), "--processes", "0", "--only", key]
    children: list[subprocess.Popen[str]] = []
    with _ended_by_signals(children) as told:
        # a session of its own: Ctrl-C is for the worker, which ends its child in order
        child = subprocess.Popen(  # noqa: S603 our own command
            command,
            cwd=settings.BASE_DIR,
            env={**os.environ, "VIPS_CONCURRENCY": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_behind_the_museum,
            text=True,
            errors="replace",
        )
        children.append(child)
        if told:  # between the two
            child.terminate()
        said, _ = child.communicate()
    if told:
        return False
    if child.returncode:
        last = said.strip().splitlines()[-1:] or [f"exit code {child.returncode}"]
        raise DrawingFailed(f"The picture {key} could not be drawn: {last[0]}")
    return True


def _behind_the_museum() -> None:
    """In the child, before it starts: yield to visitors; end when the worker is killed (Linux only)."""
    os.nice(NICENESS)
    if sys.platform == "linux":  # 1: PR_SET_PDEATHSIG
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


@contextmanager
def _ended_by_signals(children: list[subprocess.Popen[str]]) -> Iterator[list[int]]:
    """A signal that ends the worker ends its children first, those that are started later are told by what is yielded: the signals that came."""
    told: list[int] = []
    if threading.current_thread() is not threading.main_thread():  # signals reach the main thread alone
        yield told
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def stop(number: int, frame: Any) -> None:
        told.append(number)
        for child in children:
            child.terminate()
        former = before[signal.Signals(number)]
        if callable(former):
            former(number, frame)

    for number in before:
        signal.signal(number, stop)
    try:
        yield told
    finally:
        for number, former in before.items():
            signal.signal(number, former)


def folder() -> Path:
    """Where drawings lie between drawing and hanging."""
    return Path(settings.MUSEUM_VAR) / "demo-drawings"


def _orders() -> QuerySet[DBTaskResult]:
    return DBTaskResult.objects.filter(task_path=draw_and_hang.module_path)


def waiting() -> QuerySet[DBTaskResult]:
    """Orders that are not done yet."""
    return _orders().filter(status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING])


def ordered(least: int) -> int:
    """How many pictures were ordered with at least this priority."""
    return _orders().filter(priority__gte=least).exclude(return_value=AGAIN).count()


def standing() -> Standing:
    """How far the pictures are."""
    states = [state for state, answer in _orders().order_by().values_list("status", "return_value") if answer != AGAIN]
    return Standing(len(states), states.count(TaskResultStatus.SUCCESSFUL), states.count(TaskResultStatus.FAILED))


def waited_for(artifact: Artifact) -> int:
    """How many pictures of this object are still to be drawn."""
    orders = waiting().values_list("args_kwargs", flat=True)
    return sum(order["args"][0] == artifact.pk for order in orders)


def troubles() -> list[str]:
    """Why pictures could not be drawn, each once."""
    traces = _orders().filter(status=TaskResultStatus.FAILED).values_list("traceback", flat=True)
    return list(dict.fromkeys(trace.strip().splitlines()[-1].split(": ", 1)[-1] for trace in traces if trace.strip()))


def order_failed_again() -> int:
    """Put orders that failed back into the queue; answers how many."""
    return (
        _orders()
        .filter(status=TaskResultStatus.FAILED)
        .update(status=TaskResultStatus.READY, started_at=None, finished_at=None, exception_class_path="", traceback="", worker_ids=[])
    )


def _tell() -> None:
    """A line at the end of each tenth, for the terminal in which the museum was started."""
    now = standing()
    hung = now.hung + 1  # this one, whose task ends in a moment
    if hung * 10 // now.ordered != (hung - 1) * 10 // now.ordered:
        rest = "" if now.waiting > 1 else " (all of them)"
        logger.info("Pictures of the demo museum: %d of %d%s", hung, now.ordered, rest)
