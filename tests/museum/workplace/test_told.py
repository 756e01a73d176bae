"""What staff are told: manifests with a fault, addresses that lead nowhere; and what a new logo sets going."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from exhibits.models import MuseumSettings
from iiif.models import StoredManifest
from iiif.presentation import build, house, store
from records.models import JournalEntry
from tests.exhibits import scene
from tests.factories import add_picture, make_department, make_object, text
from tests.museum.workplace.people import client_of, make_user
from vocabularies.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def hung() -> Any:
    """An exhibition that shows one object with a picture."""
    artifact = make_object("EX 1", title="Trống đồng", department=make_department())
    add_picture(artifact, primary=True)
    return scene.exhibition([artifact]), artifact


def test_a_refused_manifest_is_told_to_whoever_can_mend_it(hung: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    exhibition, artifact = hung
    store.refresh("exhibition", [exhibition.pk])
    store.refresh("object", [artifact.pk])
    chief = Client()
    chief.force_login(get_user_model().objects.create_superuser("chief", "chief@example.org", "a long password"))
    editor, health = f"/admin/pages/{exhibition.pk}/edit/", reverse("workplace:health")
    assert "has a fault" not in chief.get(editor).content.decode()
    assert "Manifests with a fault" not in chief.get(health).content.decode()
    with monkeypatch.context() as broken:
        broken.setattr(store, "build", lambda *source: {**build.build(*source), "behavior": ["paged", "continuous"]})
        assert store.refresh("exhibition", [exhibition.pk]) == {"refused": 1, "removed": 0}
        store.refresh("object", [artifact.pk])
    for address in (editor, health):
        assert "continuous and paged exclude each other" in chief.get(address).content.decode(), address
    assert str(artifact) in chief.get(health).content.decode()
    stranger = client_of(make_user(Role.CURATOR, make_department())).get(health).content.decode()
    assert str(artifact) not in stranger and exhibition.title in stranger
    store.refresh("exhibition", [exhibition.pk])
    assert "has a fault" not in chief.get(editor).content.decode()


def test_a_new_logo_or_name_of_the_museum_reaches_every_manifest(hung: Any) -> None:
    exhibition, artifact = hung
    store.refresh("exhibition", [exhibition.pk])
    store.refresh("object", [artifact.pk])
    before = {row.kind: row.sha256 for row in StoredManifest.objects.all()}
    JournalEntry.objects.all().delete()
    settings = MuseumSettings.objects.get()
    settings.accent = "#336699"
    settings.save()
    assert not JournalEntry.objects.exists(), "a colour stands in no manifest"
    settings.logo = add_picture(make_object("LOGO 1", public=False)).asset
    JournalEntry.objects.all().delete()
    settings.name = text("Another museum")
    settings.save()
    assert set(JournalEntry.objects.filter(kind=house.KIND).values_list("consumer", flat=True)) == {house.CONSUMER}
    assert house.process() == 1 and house.process() == 0
    waiting = JournalEntry.objects.filter(consumer=store.CONSUMER, kind__in=before)
    assert set(waiting.values_list("kind", "record_pk")) >= {("object", artifact.pk), ("exhibition", exhibition.pk)}
    assert not JournalEntry.objects.filter(kind="exhibition").exclude(consumer=store.CONSUMER).exists(), "search has nothing to do"
    while store.process():
        pass
    for row in StoredManifest.objects.all():
        assert row.sha256 != before[row.kind] and b'"logo"' in bytes(row.body or b""), row


def test_below_admin_the_workplace_says_that_a_page_is_not_there() -> None:
    client = client_of(make_user(Role.CURATOR))
    for address in ("/admin/nowhere/", "/admin/workplace/batches/999/", "/admin/snippets/artifacts/artifact/edit/999/"):
        answer = client.get(address)
        assert answer.status_code == 404 and "This page is not here" in answer.content.decode(), address
        assert "no-store" in answer["Cache-Control"]
    assert "This page is not here" not in Client().get("/en/nowhere/").content.decode()
