"""What is heard, watched, turned and read of an object, on its page."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests import factories
from tests.exhibits.test_object_page import page_of
from tests.factories import text

pytestmark = pytest.mark.django_db
AUDIO, VIDEO, MODEL, PDF, VTT = "audio/wav", "video/mp4", "model/gltf-binary", "application/pdf", "text/vtt"


def use(artifact: Any, kind: str, mime: str, **values: Any) -> Any:
    """A file of an object, as the projection sees it."""
    size = {"width": 640, "height": 360} if kind == "video" else {"width": None, "height": None}
    asset = factories.make_asset(kind=kind, duration=84.4 if kind in {"audio", "video"} else None, **size)
    asset.blob.mime = mime
    asset.blob.save()
    return factories.add_picture(artifact, asset=asset, **values)


def test_a_sound_is_heard_on_its_page_with_the_captions_that_the_visitor_reads() -> None:
    artifact = factories.make_object(public=False)
    factories.add_picture(artifact, primary=True)
    sound = use(artifact, "audio", AUDIO, label=text("Three strokes"))
    for language in ("vi", "en"):
        use(artifact, "document", VTT, accompanies=sound, role="captions", language=language)
    factories.publish(artifact)
    for reader, name in [("en", "English"), ("vi", "Tiếng Anh")]:
        body = page_of(artifact, reader)
        player = re.search(r"<audio.*?</audio>", body, re.DOTALL).group(0)  # type: ignore[union-attr]
        assert f'src="/iiif/files/{sound.asset.public_id}.wav"' in player
        chosen = [track for track in re.findall(r"<track[^>]+>", player) if " default" in track]
        assert len(chosen) == 1
        assert f'srclang="{reader}"' in chosen[0]
        assert f'label="{name}"' in player
        assert f'href="#recording-{sound.public_id}"' in body  # from below the picture, where it is looked for
        assert "1:24" in body


def test_an_object_with_a_sound_alone_is_not_said_to_lack_a_picture_and_has_its_manifest() -> None:
    artifact = factories.make_object(public=False)
    sound = use(artifact, "audio", AUDIO)
    factories.publish(artifact)
    body = page_of(artifact)
    assert f"/iiif/files/{sound.asset.public_id}.wav" in body
    assert "There is no picture of this object yet." not in body
    assert "data-iiif-manifest" in body
    assert Client().get(f"/o/{artifact.public_id}", HTTP_ACCEPT="application/json")["Location"].endswith("/manifest.json")


def test_the_poster_of_a_film_is_no_view_of_the_object() -> None:
    artifact = factories.make_object(public=False)
    view = factories.add_picture(artifact, primary=True)
    film = use(artifact, "video", VIDEO)
    poster = factories.add_picture(artifact, accompanies=film, role="poster")
    factories.publish(artifact)
    body = page_of(artifact)
    assert re.search(rf'<video[^>]+src="/iiif/files/{film.asset.public_id}.mp4"[^>]+poster="/iiif/3/{poster.asset.public_id}/', body)
    assert view.asset.public_id in body
    assert f"?view={poster.public_id}" not in body


def test_only_the_page_of_a_model_lets_its_program_run() -> None:
    artifact, other = factories.make_object(public=False), factories.make_object()
    model = use(artifact, "model", MODEL)
    factories.publish(artifact)
    answer = Client().get(f"/en/objects/{artifact.public_id}/", follow=True)
    body = answer.content.decode()
    assert f'data-model="/iiif/files/{model.asset.public_id}.glb"' in body
    assert f'href="/iiif/files/{model.asset.public_id}.glb" download' in body  # without a script it is taken along
    assert "'wasm-unsafe-eval'" in answer["Content-Security-Policy"]
    plain = Client().get(f"/en/objects/{other.public_id}/", follow=True)
    assert "wasm" not in plain["Content-Security-Policy"]
    assert "recordings" not in plain.content.decode()


def test_a_document_is_opened_and_what_is_restricted_or_unpublished_has_no_address() -> None:
    artifact = factories.make_object(public=False)
    leaflet = use(artifact, "document", PDF, label=text("Leaflet"))
    kept = use(artifact, "audio", AUDIO, publication_class="restricted", label=text("A song of the rite"))
    hidden = use(artifact, "audio", AUDIO, publication_class="staff", label=text("Not for visitors"))
    factories.publish(artifact)
    body = page_of(artifact)
    assert f'href="/iiif/files/{leaflet.asset.public_id}.pdf"' in body
    assert "A song of the rite" in body and "It is not open to everybody" in body
    assert kept.asset.public_id not in body
    assert "Not for visitors" not in body and hidden.asset.public_id not in body


def test_the_recordings_of_a_sacred_object_stand_behind_its_notice() -> None:
    artifact = factories.make_object(public=False, sensitivity="sacred")
    use(artifact, "audio", AUDIO)
    factories.publish(artifact)
    body = page_of(artifact)
    assert body.index("Before you look") < body.index('<details class="veil"') < body.index("<audio")


def test_a_moment_of_a_recording_begins_there() -> None:
    artifact = factories.make_object("NN 1", title="Song")
    sound, other = use(artifact, "audio", AUDIO), use(artifact, "audio", AUDIO)
    base = f"{settings.MUSEUM_ORIGIN}/iiif/objects/{artifact.public_id}"
    state = {
        "type": "SpecificResource",
        "source": {
            "id": f"{base}/canvas/{sound.public_id}",
            "type": "Canvas",
            "partOf": [{"id": f"{base}/manifest.json", "type": "Manifest"}],
        },
        "selector": {"type": "PointSelector", "t": 14.5},
    }
    answer = Client().get("/iiif/view", {"iiif-content": json.dumps(state)})
    assert answer["Location"].endswith(f"?view={sound.public_id}&t=14.5#recording-{sound.public_id}")
    html = Client().get(answer["Location"].partition("#")[0], follow=True).content.decode()
    assert f"{sound.asset.public_id}.wav#t=14.5" in html and f"{other.asset.public_id}.wav#" not in html
