"""@iiif/parser (strict upgrade, no warnings), maniiifest and iiif-prezi3 read every shape of manifest that we publish."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from artifacts import annotating, page_texts
from artifacts.models import Annotation, Artifact, Event, Relation, Right
from iiif.presentation import store
from iiif.presentation.check import problems
from tests.factories import add_picture, make_asset, make_object, make_place, publish, text
from tests.judges import readers
from tests.media import pages_of_text

pytestmark = [pytest.mark.conformance, pytest.mark.django_db, pytest.mark.one_stack]


def _file(artifact: Artifact, kind: str, mime: str, **values: Any) -> Any:
    asset = make_asset(kind=kind, width=640 if kind == "video" else None, height=360 if kind == "video" else None, duration=60.5)
    asset.blob.mime = mime
    asset.blob.save()
    return add_picture(artifact, asset=asset, **values)


def _map() -> Any:
    """A map whose place on the earth is known."""
    artifact = make_object("8")
    use = add_picture(artifact, asset=make_asset(width=2000, height=1600))
    corners = [[1, 1, 107.56, 16.48], [1990, 1, 107.6, 16.48], [1, 1590, 107.56, 16.45]]
    note = Annotation(
        use=use, kind="georeference", shape="box", points=[[0, 0], [1900, 1500]], control_points=corners, publication_class="public"
    )
    annotating.publish([annotating.write(note, user=None)], user=None)
    return artifact


@pytest.fixture
def published() -> list[dict[str, Any]]:
    """A single picture, a book, a set with its part, a pair, a view in two lights, a film, a sound, a model, a map; the collections around them."""
    place = make_place("Huế", latitude=16.4637, longitude=107.5909)
    event = Event(place=place, date_text="400 BC", date_earliest=-399, date_latest=-399)
    licence = Right(applies_to="image", statement="https://creativecommons.org/publicdomain/zero/1.0/")
    single = make_object("1", rows={"events": [event], "rights": [licence]}, credit_line=text("Gift"))
    add_picture(single, region="10,10,500,400")
    book = make_object("2", page_display="paged", viewing_direction="right-to-left", part_of=single)
    for number in range(5):
        add_picture(book, label=text(f"p. {number}"), chapter=text("Chapter") if number == 1 else {}, leaf="insert" if number == 3 else "")
    light = make_object("3", rows={"relations": [Relation(kind="pair", other=book)]})
    add_picture(light, accompanies=add_picture(light, label=text("Light")), role="alternative", label=text("X-ray"))
    film = make_object("4")
    video = _file(film, "video", "video/mp4")
    _file(film, "document", "text/vtt", accompanies=video, role="captions", language="vi")
    add_picture(film, accompanies=video, role="poster")
    sound = make_object("5")
    add_picture(sound, accompanies=_file(sound, "audio", "audio/mpeg"), role="companion")
    model = make_object("6")
    _file(model, "model", "model/gltf-binary")
    artifacts = [single, book, light, film, sound, model, _map()]
    for artifact in artifacts:
        publish(artifact)
    store.refresh("object", [artifact.pk for artifact in artifacts])
    paths = [f"/iiif/objects/{artifact.public_id}/manifest.json" for artifact in artifacts]
    paths += ["/iiif/collection.json", f"/iiif/objects/{single.public_id}/collection.json"]
    paths += [f"/iiif/collections/departments/{single.department.public_id}/collection.json"]
    return [Client().get(path).json() for path in paths]


@pytest.fixture
def annotated() -> dict[str, Any]:
    """A manifest with its pages of annotations written out in it: lines, words, and one described region of each shape."""
    artifact = make_object("7")
    use = add_picture(artifact, asset=make_asset(width=2000, height=1600))
    page_texts.take(use, io.BytesIO(pages_of_text.alto()), "1.xml")
    for shape, points in {"box": [[1, 2], [50, 60]], "polygon": [[1, 1], [90, 1], [40, 80]], "point": [[7, 9]]}.items():
        words = {**text("A bird"), **text("Con chim", "vi")}
        note = Annotation(use=use, shape=shape, points=points, text=words, publication_class="public")
        annotating.publish([annotating.write(note, user=None)], user=None)
    publish(artifact)
    store.refresh("object", [artifact.pk])
    manifest = Client().get(f"/iiif/objects/{artifact.public_id}/manifest.json").json()
    (canvas,) = manifest["items"]
    there = [Client().get(urlsplit(page["id"]).path).json() for page in canvas["annotations"]]
    canvas["annotations"] = [{name: value for name, value in page.items() if name != "@context"} for page in there]
    return manifest


def test_nor_against_annotations_that_are_written_out(annotated):
    assert [len(page["items"]) for page in annotated["items"][0]["annotations"]] == [2, 5, 3]
    assert problems(annotated) == []
    assert [*readers.complaints([annotated])] == []


def test_no_reader_has_anything_against_what_we_publish(published):
    assert len(published) == 10
    assert [*readers.complaints(published)] == []


def test_the_readers_do_complain(published):
    broken = {**published[0], "rights": "https://creativecommons.org/licenses/by/4.0/", "label": "Drum"}
    assert any("@iiif/parser" in complaint for _id, complaint in readers.complaints([{**broken, "type": "Manifest"}]))
