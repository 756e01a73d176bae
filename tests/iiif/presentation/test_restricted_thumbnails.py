"""Every address that a manifest names can be opened by everybody: a restricted picture's thumbnail is its substitute, or there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from artifacts.models import Artifact
from iiif.image import pictures
from iiif.models import PictureRules
from iiif.presentation import store
from media.models import Asset
from records import journal
from tests.factories import add_picture, make_object

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(make_picture: Callable[..., Asset]) -> Artifact:
    """An object with a restricted picture alone."""
    artifact = make_object()
    add_picture(artifact, asset=make_picture(), publication_class="restricted")
    pictures.forget()
    return artifact


def told(client: Client, artifact: Artifact) -> dict[str, Any]:
    """The manifest as everybody is given it once it has been built."""
    store.refresh("object", [artifact.pk])
    return client.get(f"/iiif/objects/{artifact.public_id}/manifest.json").json()


def test_without_a_substitute_there_is_no_thumbnail(client: Client, closed: Artifact) -> None:
    manifest = told(client, closed)
    assert "thumbnail" not in manifest and "thumbnail" not in manifest["items"][0]


def test_the_substitute_is_the_thumbnail_and_everybody_may_open_it(client: Client, closed: Artifact) -> None:
    told(client, closed)
    PictureRules.objects.create(museum=closed.museum, small=200)
    manifest = told(client, closed)
    for thumbnail in (manifest["thumbnail"][0], manifest["items"][0]["thumbnail"][0]):
        assert max(thumbnail["width"], thumbnail["height"]) <= 200
        assert client.get(urlsplit(thumbnail["id"]).path).status_code == 200
        assert client.get(urlsplit(thumbnail["service"][0]["id"]).path + "/info.json").status_code == 200
    PictureRules.objects.all().delete()
    assert "thumbnail" not in told(client, closed)


def test_new_rules_have_the_manifests_of_restricted_pictures_built_anew(closed: Artifact, monkeypatch: pytest.MonkeyPatch) -> None:
    noted: list[Any] = []
    monkeypatch.setattr(journal, "changed", lambda kind, pk, **_: noted.append((kind, pk)))
    rules = PictureRules.objects.create(museum=closed.museum, small=200)
    add_picture(make_object())
    rules.delete()
    assert noted.count(("object", closed.pk)) == 2


def test_an_open_picture_stands_for_an_object_whose_main_one_is_restricted(client: Client, closed: Artifact) -> None:
    second = add_picture(closed)
    assert second.asset.public_id in told(client, closed)["thumbnail"][0]["id"]
