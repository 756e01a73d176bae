"""Sound, film and models, as the recipes of the IIIF Cookbook have them (see ``cookbook``)."""

from __future__ import annotations

import pytest

from tests.factories import add_picture, make_object, text
from tests.iiif.presentation.cookbook import (
    ENGLISH,
    IMAGE,
    PAGE,
    book,
    captions,
    document,
    like,
    manifest_of,
    painted,
    recording,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]


def test_0002_mvm_audio():
    artifact = make_object()
    recording(artifact, "audio")
    sound = {"id": str, "type": "Sound", "format": "audio/mpeg", "duration": 65.5}
    made = manifest_of(artifact)
    like(made["items"], [painted(sound, duration=65.5)])
    assert "width" not in made["items"][0]


def test_0003_mvm_video():
    artifact = make_object()
    recording(artifact)
    film = {"id": str, "type": "Video", "format": "video/mp4", "duration": 65.5, "width": 640, "height": 360}
    like(manifest_of(artifact)["items"], [painted(film, duration=65.5, width=640, height=360)])


def test_0013_placeholder_canvas():
    artifact = make_object()
    film = recording(artifact)
    add_picture(artifact, accompanies=film, role="poster")
    canvas = manifest_of(artifact)["items"][0]
    like(canvas, {"type": "Canvas", "duration": 65.5, "placeholderCanvas": painted(IMAGE, width=int, height=int)})
    beside = canvas["placeholderCanvas"]
    assert beside["items"][0]["items"][0]["target"] == beside["id"] != canvas["id"]
    assert "duration" not in beside


def test_0014_accompanying_canvas():
    artifact = make_object()
    sound = recording(artifact, "audio")
    add_picture(artifact, accompanies=sound, role="companion")
    made = manifest_of(artifact)
    like(made["items"], [painted({"type": "Sound"}, duration=65.5, accompanyingCanvas=painted(IMAGE, width=int, height=int))])


def test_0125_rendering_3d():
    artifact = book(1)
    document(artifact, "model", "model/gltf-binary")
    made = manifest_of(artifact)
    like(made["rendering"][:-2], [{"id": str, "type": "Model", "label": ENGLISH, "format": "model/gltf-binary"}])  # and the two sheets
    like(made["items"], [PAGE])


def test_a_model_alone_is_painted_and_shown_by_its_poster_before():
    artifact = make_object()
    model = document(artifact, "model", "model/gltf-binary")
    add_picture(artifact, accompanies=model, role="poster")
    like(
        manifest_of(artifact)["items"],
        [painted({"id": str, "type": "Model", "format": "model/gltf-binary"}, placeholderCanvas=painted(IMAGE))],
    )


def test_0065_opera_multiple_canvases():
    artifact = make_object()
    for act in ("Act one", "Act two"):
        recording(artifact, label=text(act))
    film = painted({"type": "Video", "duration": 65.5}, label=ENGLISH, duration=65.5)
    like(manifest_of(artifact)["items"], [film, film])


def test_0074_multiple_language_captions():
    artifact = make_object()
    film = recording(artifact)
    captions(artifact, film, "vi")
    captions(artifact, film, "en")
    canvas = manifest_of(artifact)["items"][0]
    choice = [{"id": str, "type": "Text", "format": "text/vtt", "label": {lang: [str]}, "language": [lang]} for lang in ("vi", "en")]
    body = {"type": "Choice", "items": choice}
    like(
        canvas["annotations"],
        [
            {
                "type": "AnnotationPage",
                "items": [{"type": "Annotation", "motivation": "supplementing", "body": body, "target": canvas["id"]}],
            }
        ],
    )


def test_captions_without_labels_are_told_apart_by_their_language():
    artifact = make_object()
    film = recording(artifact)
    for language in ("vi", "en"):
        use = captions(artifact, film, language)
        use.label = {}
        use.save()
    (annotation,) = manifest_of(artifact)["items"][0]["annotations"][0]["items"]
    labels = [one["label"] for one in annotation["body"]["items"]]
    assert labels[0]["en"] == ["Captions (Vietnamese)"]
    assert labels[1]["en"] == ["Captions (English)"]
    assert labels[0]["vi"] != labels[1]["vi"]


def test_0219_using_caption_file():
    artifact = make_object()
    captions(artifact, recording(artifact), "en")
    canvas = manifest_of(artifact)["items"][0]
    body = {"id": str, "type": "Text", "format": "text/vtt", "label": ENGLISH, "language": ["en"]}
    like(
        canvas["annotations"],
        [{"type": "AnnotationPage", "items": [{"motivation": "supplementing", "body": body, "target": canvas["id"]}]}],
    )
