"""Where a museum shows pictures of closed rights as if they were smaller: what manifests and pages name of them is there, and as large as they say."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from PIL import Image

from artifacts.models import Artifact, ArtifactMedia, Right
from exhibits.pictures import of_use
from exhibits.words import NOTHING
from iiif.image import pictures
from iiif.image.addresses import region_in_percent
from iiif.image.errors import BadRequest
from iiif.image.parameters import Region, resolve
from iiif.models import PictureRules, StoredManifest
from iiif.presentation import pages, store
from media.models import Asset
from records import journal
from tests.factories import add_picture, make_object
from tests.iiif.conftest import HEIGHT, WIDTH
from vocabularies.models import Museum

pytestmark = pytest.mark.django_db

CORNER = f"{WIDTH - 300},{HEIGHT - 200},300,200"


@pytest.fixture
def use(make_picture: Callable[..., Asset]) -> ArtifactMedia:
    """A picture whose rights nobody has stated, in a museum that shows such pictures at 700 pixels."""
    use = add_picture(make_object(), asset=make_picture())
    PictureRules.objects.create(museum=Museum.objects.get(), longest=700)
    pictures.forget()
    return use


def told(artifact: Artifact) -> dict[str, Any]:
    store.refresh("object", [artifact.pk])
    return Client().get(f"/iiif/objects/{artifact.public_id}/manifest.json").json()


def named(document: Any) -> Iterator[dict[str, Any]]:
    """All pictures that a document names."""
    if isinstance(document, dict):
        if document.get("type") == "Image" or document.get("format") == "image/jpeg":
            yield document
        for inner in document.values():
            yield from named(inner)
    elif isinstance(document, list):
        for inner in document:
            yield from named(inner)


def opened(address: str) -> tuple[int, int]:
    answer = Client().get(urlsplit(address).path)
    assert answer.status_code == 200, (address, answer.content)
    return Image.open(io.BytesIO(answer.content)).size


@pytest.mark.parametrize("region", ["", CORNER, "0,0,10,10", f"0,0,{WIDTH},{HEIGHT}"])
def test_every_picture_that_a_manifest_names_is_there_in_the_size_that_it_says(use: ArtifactMedia, region: str) -> None:
    ArtifactMedia.objects.filter(pk=use.pk).update(region=region)
    manifest = told(use.artifact)
    canvas = manifest["items"][0]
    wide, high = (int(number) for number in region.split(",")[2:]) if region else (WIDTH, HEIGHT)
    assert (canvas["width"], canvas["height"]) == (wide, high), "the canvas keeps the picture's own pixels"
    found = list(named(manifest))
    assert len(found) >= 3
    for one in found:
        width, height = opened(one["id"])
        assert max(width, height) <= 700
        if "width" in one:
            assert (width, height) == (one["width"], one["height"])


def test_the_pages_of_a_book_follow_rules_and_rights(make_picture: Callable[..., Asset], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MANY", 3)
    book, asset = make_object(), make_picture()
    for _ in range(4):
        add_picture(book, asset=asset)

    def widths() -> set[int]:
        pictures.forget()
        store.refresh("object", [book.pk])
        document = json.loads(bytes(StoredManifest.objects.get(public_id=book.public_id).body or b""))
        return {canvas["items"][0]["items"][0]["body"]["width"] for canvas in document["items"]}

    assert widths() == {WIDTH}
    PictureRules.objects.create(museum=book.museum, longest=700)
    assert widths() == {WIDTH // 2}
    Right.objects.create(artifact=book, statement="http://creativecommons.org/publicdomain/zero/1.0/")
    assert widths() == {WIDTH}
    Right.objects.all().delete()
    assert widths() == {WIDTH // 2}
    PictureRules.objects.all().delete()
    assert widths() == {WIDTH}


def test_details_on_pages_are_cut_from_what_is_shown(use: ArtifactMedia) -> None:
    facts = {"type": "image", "asset": use.asset.public_id, "width": WIDTH, "height": HEIGHT}
    picture = of_use(facts, NOTHING, CORNER)
    assert picture is not None
    assert opened(picture.large) == (150, 100)
    assert opened(picture.thumb)[0] <= 400


def test_another_limit_has_all_manifests_of_the_museum_built_anew(use: ArtifactMedia, monkeypatch: pytest.MonkeyPatch) -> None:
    noted: list[Any] = []
    monkeypatch.setattr(journal, "changed", lambda kind, pk, **_: noted.append((kind, pk)))
    row = PictureRules.objects.get()
    row.save()
    assert noted == []
    row.longest = 400
    row.save()
    assert noted == [("object", use.artifact_id)]
    PictureRules.objects.get().delete()
    assert noted == [("object", use.artifact_id)] * 2


def test_what_begins_at_the_very_edge_begins_within_the_picture() -> None:
    def region(words: str) -> Region:
        return resolve(3, 575, 547, 3, (words, "max", "0", "default.jpg")).region

    asked = region_in_percent((4599, 4369, 100, 100), 4600, 4370)
    assert region(asked) == Region(574, 546, 1, 1)
    assert region("pct:50,50,50,50") == Region(288, 274, 287, 273)
    with pytest.raises(BadRequest, match="outside"):
        region("pct:100,0,5,5")
