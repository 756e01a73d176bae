"""The demo museum's pictures are ordered with their objects, then drawn and hung by tasks."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from PIL import Image
from wagtail.models import Site

from artifacts.models import Artifact, ArtifactMedia
from exhibits.models import ExhibitionPage, MuseumSettings
from iiif.presentation import store
from media.models import Asset
from museum.demo import draw, pictures
from museum.demo.drawing import alto, sounds
from museum.management.commands import load_demo
from tests.factories import make_department, make_object
from tests.museum.workplace.people import client_of, make_user
from vocabularies.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]

SASH = {"draw": "sash", "label": {"en": "front"}, "alt": {"vi": "một dải lụa", "en": "a sash"}, "class": "public"}
BACK = {"draw": "robe", "class": "staff"}


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Drawing leaves a small JPEG; answers the keys that were drawn."""
    keys: list[str] = []

    def quickly(key: str) -> bool:
        keys.append(key)
        pictures.folder().mkdir(exist_ok=True)
        if key in draw.FILES:
            (pictures.folder() / draw.filename(key)).write_bytes(sounds.bell_strokes())
            return True
        Image.new("RGB", (64, 48), (len(key) * 9, 90, 20)).save(pictures.folder() / f"{key}.jpg")
        if name := draw.text_filename(key):
            page = alto.Page(64, 48, [alto.Block([[alto.Word("天地玄黃", (4, 4, 10, 40))]], "lzh")])
            (pictures.folder() / name).write_bytes(alto.alto(page, 64, 48, f"{key}.jpg"))
        return True

    monkeypatch.setattr(pictures, "_drawn", quickly)
    return keys


def work(most: int | None = None) -> None:
    """What a worker of the queue ``media`` does until nothing is left, or ``most`` tasks."""
    hand = Worker(
        queue_names=["media"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    )
    while most is None or most > 0:
        row = DBTaskResult.objects.ready().filter(queue_name="media").first()
        if row is None:
            return
        row.claim("test")
        hand.run_task(row)
        most = None if most is None else most - 1


def test_a_picture_is_drawn_hung_and_shown_with_its_live_object(drawn: list[str]):
    artifact = make_object()
    pictures.order(artifact, [SASH, BACK], pictures.SHOWN)
    assert pictures.waited_for(artifact) == 2
    work()
    assert drawn == ["sash", "robe"]
    front, back = artifact.media.order_by("sort_order")
    assert (front.primary, back.primary) == (True, False)
    assert front.label["en"]["text"] == "front"
    assert front.asset.alt_text["vi"]["text"] == "một dải lụa"
    assert (front.asset.state, front.asset.tier) == (Asset.State.READY, Asset.Tier.PUBLIC)
    assert back.asset.tier == Asset.Tier.HIDDEN
    assert pictures.standing() == pictures.Standing(ordered=2, hung=2, failed=0)
    assert list(pictures.folder().iterdir()) == []


def test_a_draft_keeps_its_picture_to_itself(drawn: list[str]):
    artifact = make_object(public=False)
    pictures.order(artifact, [SASH], pictures.LATER)
    work()
    assert not artifact.media.get().published
    assert artifact.media.get().asset.tier == Asset.Tier.HIDDEN


def test_what_was_hung_by_a_worker_that_died_is_not_hung_again(drawn: list[str]):
    artifact = make_object()
    pictures.order(artifact, [SASH], pictures.LATER)
    work()
    DBTaskResult.objects.filter(task_path=pictures.draw_and_hang.module_path).update(status=TaskResultStatus.READY)
    work()
    assert artifact.media.count() == 1
    assert drawn == ["sash"]


def test_the_main_picture_of_an_object_is_drawn_first_and_uploads_before_all(drawn: list[str]):
    book = make_object()
    pictures.order(book, [BACK, {**SASH, "primary": True}], pictures.FIRST)
    assert [row.args_kwargs["args"][2]["draw"] for row in pictures.waiting()] == ["sash", "robe"]
    work(1)
    # what was drawn is prepared, as an upload would be, before the next one is drawn
    assert DBTaskResult.objects.ready().first().priority == 0
    assert ArtifactMedia.objects.get().primary


def test_a_page_brings_its_text_and_a_recording_its_captions(drawn: list[str]):
    artifact = make_object()
    recording = {"draw": "bell-strokes", "captions": {"vi": "bell-strokes.vi.vtt", "en": "bell-strokes.en.vtt"}}
    pictures.order(artifact, [{"draw": "primer-03", "chapter": {"vi": "Trời đất", "en": "Heaven"}}, recording], pictures.LATER)
    work()
    page, sound, *captions = artifact.media.order_by("sort_order")
    assert page.chapter["en"]["text"] == "Heaven"
    assert (page.text_layer.language, page.text_layer.words, page.text_layer.state) == ("lzh", 1, "ready")
    assert sound.asset.kind == Asset.Kind.AUDIO
    assert [(each.language, each.role, each.accompanies_id) for each in captions] == [
        ("vi", "captions", sound.pk),
        ("en", "captions", sound.pk),
    ]
    assert {each.asset.tier for each in (page, sound, *captions)} == {Asset.Tier.PUBLIC}
    assert {each.asset.state for each in (page, sound, *captions)} == {Asset.State.READY}


def test_described_regions_come_with_their_picture(drawn: list[str], client: Client):
    artifact = make_object()
    pictures.order(artifact, [{**SASH, "regions": [{"box": [0, 0, 2, 1], "text": {"vi": "Tua", "en": "Tassels"}}]}], pictures.LATER)
    work()
    use = artifact.media.get()
    store.refresh("object", [artifact.pk])
    page = client.get(f"/iiif/objects/{artifact.public_id}/canvas/{use.public_id}/page/regions").json()
    [note] = page["items"]
    assert note["motivation"] == "describing" and note["target"].endswith(f"/canvas/{use.public_id}#xywh=0,0,2,1")


def test_told_to_stop_it_goes_back_into_the_queue_as_urgent_as_it_was(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pictures, "_drawn", lambda key: False)
    artifact = make_object()
    pictures.order(artifact, [SASH], pictures.FIRST)
    work(1)
    assert pictures.waiting().get().priority == pictures.FIRST
    assert pictures.standing() == pictures.Standing(ordered=1, hung=0, failed=0)
    assert pictures.ordered(pictures.FIRST) == 1
    assert not artifact.media.exists()


def test_a_signal_ends_the_drawing_first_and_then_does_what_it_did_before(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    heard: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, frame: heard.append(number))
    program = tmp_path / "drawing"
    program.write_text(f"#!/bin/sh\nkill -TERM {os.getpid()}\nexec sleep 60\n")
    program.chmod(0o700)
    monkeypatch.setattr(pictures.sys, "executable", str(program))
    try:
        assert not pictures._drawn("sash")
    finally:
        signal.signal(signal.SIGTERM, before)
    assert heard == [signal.SIGTERM]


def test_a_signal_that_comes_while_the_drawing_is_being_started_ends_it(monkeypatch: pytest.MonkeyPatch):
    before = signal.signal(signal.SIGTERM, lambda number, frame: None)
    real = subprocess.Popen

    def started(*args: Any, **kwargs: Any) -> Any:
        child = real(["sleep", "60"], **{**kwargs, "preexec_fn": None})
        os.kill(os.getpid(), signal.SIGTERM)
        return child

    monkeypatch.setattr(pictures.subprocess, "Popen", started)
    begun = time.monotonic()
    try:
        assert not pictures._drawn("sash")
    finally:
        signal.signal(signal.SIGTERM, before)
    assert time.monotonic() - begun < 30


def test_what_cannot_be_drawn_says_why_and_is_tried_again(monkeypatch: pytest.MonkeyPatch, drawn: list[str]):
    working = pictures._drawn
    monkeypatch.undo()
    artifact = make_object()
    pictures.order(artifact, [{**SASH, "draw": "unicorn"}], pictures.LATER)
    work()
    (trouble,) = pictures.troubles()
    assert "no drawing called unicorn" in trouble
    assert pictures.standing().failed == 1
    monkeypatch.setattr(pictures, "_drawn", working)
    health = client_of(make_user(Role.ADMINISTRATOR))
    page = health.get(reverse("workplace:health")).content.decode()
    assert "0 of 1 drawn" in page
    assert "no drawing called unicorn" in page
    page = health.post(reverse("workplace:health"), {"act": "drawings"}, follow=True).content.decode()
    assert "1 picture is drawn again." in page
    work()
    assert artifact.media.count() == 1
    assert "drawn." not in health.get(reverse("workplace:health")).content.decode()


def test_the_cataloguer_sees_what_is_still_to_be_drawn(drawn: list[str]):
    department = make_department()
    artifact = make_object(department=department)
    pictures.order(artifact, [SASH, BACK], pictures.LATER)
    work(1)
    page = client_of(make_user(Role.CATALOGUER, department)).get(reverse("workplace:pictures_list", args=[artifact.pk])).content.decode()
    assert "1 picture of the demo museum is waiting to be drawn" in page
    assert 'data-unfinished="true"' in page


@pytest.mark.conformance  # it takes its time: seventy objects are made
def test_the_demo_museum_is_complete_before_its_pictures_are_and_loading_it_twice_changes_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(load_demo, "PROCESSES", 0)
    said = StringIO()
    call_command("load_demo", pictures="later", stdout=said)
    made = Artifact.objects.count()
    assert made >= 60
    assert ExhibitionPage.objects.live().count() == 4
    assert f"the worker draws the other {pictures.standing().ordered} while the museum is open" in said.getvalue()
    call_command("load_demo", pictures="later", stdout=said)
    assert Artifact.objects.count() == made
    assert "0 of the demo museum made or renewed" in said.getvalue()
    assert pictures.standing().waiting == pictures.standing().ordered >= 90
    with pytest.raises(CommandError, match="run load_demo again"):
        call_command("load_demo", stdout=said)


def test_the_logo_is_drawn_for_everybody_unless_one_was_chosen(drawn: list[str]):
    chosen = MuseumSettings.for_site(Site.objects.get(is_default_site=True))
    pictures.draw_logo.enqueue()
    work()
    chosen.refresh_from_db()
    assert (drawn, chosen.logo.tier, chosen.logo.state) == (["emblem"], Asset.Tier.PUBLIC, Asset.State.READY)
    pictures.draw_logo.enqueue()
    work()
    assert MuseumSettings.objects.get(pk=chosen.pk).logo_id == chosen.logo_id
    assert list(pictures.folder().iterdir()) == []
