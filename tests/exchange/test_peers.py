"""Other museums' manifests, 2.1 and 3.0, good and bad; what is kept of them, shown, refreshed and taken away again."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from exchange.models import PeerObject
from exchange.peers import keeping, manifests
from exchange.peers.fetching import PeerError
from exhibits.models import ExhibitionPage
from media import storage
from tests.exhibits import scene


def version_3(origin: str, **more: Any) -> dict[str, Any]:
    service = [{"id": f"{origin}/image/1", "type": "ImageService3", "profile": "level2"}]
    body = {"id": f"{origin}/image/1/full/max/0/default.jpg", "type": "Image", "width": 800, "height": 600, "service": service}
    painting = {"id": f"{origin}/a", "type": "Annotation", "motivation": "painting", "body": body, "target": f"{origin}/canvas/1"}
    canvas = {
        "id": f"{origin}/canvas/1",
        "type": "Canvas",
        "width": 800,
        "height": 600,
        "items": [{"id": f"{origin}/p", "type": "AnnotationPage", "items": [painting]}],
    }
    return {
        "@context": "http://iiif.io/api/presentation/3/context.json",
        "id": f"{origin}/manifest.json",
        "type": "Manifest",
        "label": {"en": ["<b>Bowl</b> &amp; cover"], "vi": ["Bát"]},
        "summary": {"none": ["<script>alert(1)</script>Blue"]},
        "requiredStatement": {"label": {"en": ["Attribution"]}, "value": {"en": ["Lent by the Guild"]}},
        "provider": [{"id": "https://guild.example/", "type": "Agent", "label": {"en": ["The Guild Museum"]}}],
        "homepage": [{"id": "https://guild.example/bowl", "type": "Text"}],
        "rights": "http://creativecommons.org/licenses/by/4.0/",
        "items": [canvas],
        **more,
    }


def version_2(origin: str) -> dict[str, Any]:
    resource = {
        "@id": f"{origin}/image/1/full/full/0/default.jpg",
        "@type": "dctypes:Image",
        "service": {"@context": "http://iiif.io/api/image/2/context.json", "@id": f"{origin}/image/1"},
    }
    return {
        "@context": "http://iiif.io/api/presentation/2/context.json",
        "@id": f"{origin}/manifest.json",
        "@type": "sc:Manifest",
        "label": [{"@value": "Schale", "@language": "de"}, {"@value": "Bowl", "@language": "en"}],
        "description": "Blue",
        "attribution": ["The Guild", "Gift"],
        "license": ["https://rightsstatements.org/vocab/InC/1.0/"],
        "related": {"@id": "https://guild.example/bowl"},
        "sequences": [
            {"canvases": [{"@id": f"{origin}/canvas/1", "label": "1r", "width": 800, "height": 600, "images": [{"resource": resource}]}]}
        ],
    }


def read(document: Any) -> manifests.ForeignManifest:
    return manifests.read(json.dumps(document).encode(), "https://guild.example/manifest.json")


def test_version_3_is_read_with_source_and_licence() -> None:
    found = read(version_3("https://guild.example"))
    assert found.label == {"en": "Bowl & cover", "vi": "Bát"}
    assert found.summary == {"und": "Blue"}  # a script is no text
    assert (found.provider, found.attribution) == ({"en": "The Guild Museum"}, {"en": "Lent by the Guild"})
    assert (found.rights, found.homepage) == ("http://creativecommons.org/licenses/by/4.0/", "https://guild.example/bowl")
    assert found.pictures[0].address(2400) == "https://guild.example/image/1/full/!2400,2400/0/default.jpg"


def test_version_2_is_read_as_well() -> None:
    found = read(version_2("https://guild.example"))
    assert found.label == {"de": "Schale", "en": "Bowl"}
    assert found.attribution == {"und": "The Guild; Gift"}
    assert found.rights == "https://rightsstatements.org/vocab/InC/1.0/"
    assert found.homepage == "https://guild.example/bowl"
    assert (found.pictures[0].canvas, found.pictures[0].width) == ("https://guild.example/canvas/1", 800)
    assert found.pictures[0].service == "https://guild.example/image/1"


@pytest.mark.parametrize(
    "change",
    [
        {"label": "just a string"}, {"label": None}, {"rights": ["x"]}, {"provider": "The Guild"}, {"homepage": "https://guild.example/bowl"},
        {"requiredStatement": []}, {"summary": {"en": "no list"}}, {"rights": "javascript:alert(1)"}, {"metadata": 7}, {"id": 7},
    ],
)  # fmt: skip
def test_what_is_wrong_or_missing_is_passed_over(change: dict[str, Any]) -> None:
    found = read(version_3("https://guild.example", **change))
    assert len(found.pictures) == 1
    assert not found.rights.startswith("javascript")


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ([], "no IIIF manifest"), ({"type": "Collection", "items": []}, "collection of manifests"), ({"a": 1}, "no IIIF manifest"),
        ({"type": "Manifest", "items": []}, "shows no picture"), ({"type": "Manifest", "items": [{"items": [{"items": [{"body": {"type": "Model", "id": "https://a.example/v"}}]}]}]}, "shows no picture"),
        ({"@type": "sc:Manifest", "sequences": [{"canvases": [{"images": []}]}]}, "shows no picture"), ({"type": "Manifest", "items": "x"}, "shows no picture"),
    ],
)  # fmt: skip
def test_what_holds_no_picture_is_refused_with_a_sentence(document: Any, sentence: str) -> None:
    with pytest.raises(PeerError, match=sentence):
        read(document)


def test_whatever_stands_in_a_manifest_ends_in_a_picture_or_a_sentence() -> None:
    """One value after the other is replaced by something odd."""
    odd: list[Any] = [
        None,
        [],
        {},
        5,
        -1,
        "x",
        "",
        True,
        [None],
        [[]],
        {"id": None},
        {"type": ["a"]},
        {"@id": 7},
        "http://[",
        {"@value": [1]},
    ]
    tried = 0
    for document in (version_3("https://guild.example"), version_2("https://guild.example")):
        for path in _places(document):
            for value in odd:
                changed = json.loads(json.dumps(document))
                target = changed
                for step in path[:-1]:
                    target = target[step]
                target[path[-1]] = value
                with suppress(PeerError):
                    assert read(changed).pictures
                tried += 1
    assert tried > 500


def test_a_manifest_of_2_0_need_not_say_its_type_and_the_oldest_services_call_their_pictures_native() -> None:
    said = {"@context": "http://library.stanford.edu/iiif/image-api/1.1/context.json", "@id": "https://images.example/1"}
    resource = {"@id": "urn:x", "service": {**said, "profile": "http://library.stanford.edu/iiif/image-api/1.1/compliance.html#level2"}}
    found = manifests.read(
        json.dumps({"label": "M", "sequences": [{"canvases": [{"images": [{"resource": resource}]}]}]}).encode(), "https://x.example/m"
    )
    assert found.pictures[0].address(100) == "https://images.example/1/full/!100,100/0/native.jpg"


@pytest.mark.parametrize(
    ("said", "asked"), [("10,20,300,200", "10,20,300,200"), ("pct:0,0,50.5,50", "pct:0,0,50.5,50"), ("../x", "full"), (7, "full")]
)
def test_of_a_picture_that_is_painted_in_part_that_part_is_taken(said: Any, asked: str) -> None:
    whole = version_3("https://guild.example")
    painting = whole["items"][0]["items"][0]["items"][0]
    painting["body"] = {"type": "SpecificResource", "source": painting["body"], "selector": {"type": "ImageApiSelector", "region": said}}
    old = version_2("https://guild.example")
    image = old["sequences"][0]["canvases"][0]["images"][0]
    image["resource"] = {
        "@type": "oa:SpecificResource",
        "full": image["resource"],
        "selector": {"@type": "iiif:ImageApiSelector", "region": said},
    }
    for document in (whole, old):
        assert read(document).pictures[0].address(100) == f"https://guild.example/image/1/{asked}/!100,100/0/default.jpg"


def test_a_type_may_be_a_list_as_json_ld_writes_it() -> None:
    assert read(version_2("https://guild.example") | {"@type": ["sc:Manifest"]}).pictures
    for nothing in ([], [None], ["sc:Range"]):
        with pytest.raises(PeerError):
            read(version_3("https://guild.example") | {"type": nothing})


def test_a_text_of_lists_in_lists_has_an_end() -> None:
    label = b"[" * 1000 + b"1" + b"]" * 1000
    body = json.dumps(version_3("https://guild.example", label="LABEL")).encode().replace(b'"LABEL"', label)
    assert manifests.read(body, "https://guild.example/manifest.json").label == {}


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    for step, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield (*path, step)
        yield from _places(inner, (*path, step))


def test_what_is_no_json_is_refused_with_a_sentence() -> None:
    with pytest.raises(PeerError, match="not JSON"):
        manifests.read(b"<html>", "https://guild.example/")


# --- keeping ----------------------------------------------------------------------------------------------------------


class Guild(BaseHTTPRequestHandler):
    """A museum with one manifest and one picture; ``pages``: what else it publishes, by path."""

    document: Any = None
    pages: dict[str, Any] = {}
    pictures: dict[str, bytes] = {}
    picture = b""
    asked: list[str] = []

    def log_message(self, *_: Any) -> None:
        pass

    def do_GET(self) -> None:
        Guild.asked.append(self.path)
        written = Guild.document if self.path == "/manifest.json" else Guild.pages.get(self.path)
        body = json.dumps(written).encode() if written else Guild.pictures.get(self.path, Guild.picture if "/image/" in self.path else b"")
        self.send_response(200 if body else 404)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", '"1"')
        self.end_headers()
        self.wfile.write(body)


def jpeg(colour: str, size: tuple[int, int] = (800, 600)) -> bytes:
    file = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Secret camera"
    Image.new("RGB", size, colour).save(file, "JPEG", exif=exif)
    return file.getvalue()


@pytest.fixture
def guild(settings: Any) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Guild)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    origin = f"http://127.0.0.1:{server.server_port}"
    settings.MUSEUM_PEER_HOSTS = ("127.0.0.1",)
    Guild.document, Guild.picture = version_3(origin), jpeg("#a3261b")
    Guild.asked.clear()
    Guild.pages, Guild.pictures = {}, {}
    yield origin
    server.shutdown()
    server.server_close()


def kept(origin: str) -> PeerObject:
    one = PeerObject.objects.create(address=f"{origin}/manifest.json")
    keeping.refresh(one.pk)
    one.refresh_from_db()
    return one


@pytest.mark.django_db
def test_an_object_is_kept_with_a_picture_of_our_own_making(guild: str) -> None:
    one = kept(guild)
    assert (one.state, one.problem) == ("ready", "")
    assert (one.width, one.height, one.rights) == (800, 600, "http://creativecommons.org/licenses/by/4.0/")
    answer = Client().get(f"/peers/{one.public_id}.jpg")
    assert answer["Content-Type"] == "image/jpeg"
    picture = Image.open(io.BytesIO(answer.content))
    assert picture.size == (800, 600)
    assert b"Secret camera" not in answer.content
    assert max(abs(a - b) for a, b in zip(picture.getpixel((400, 300)), (163, 38, 27), strict=True)) < 4


@pytest.mark.django_db
def test_a_refresh_brings_what_changed_and_a_failure_leaves_what_was_shown(guild: str) -> None:
    one = kept(guild)
    former = one.picture
    Guild.document["label"] = {"en": ["Bowl, mended"]}
    Guild.picture = jpeg("#23408e")
    keeping.refresh(one.pk)
    one.refresh_from_db()
    assert one.label == {"en": "Bowl, mended"}
    assert not storage.exists("default", former)
    Guild.document = {"type": "Manifest", "items": []}
    assert keeping.refresh(one.pk) == "failed"
    one.refresh_from_db()
    assert "no picture" in one.problem
    assert Client().get(f"/peers/{one.public_id}.jpg").status_code == 200
    Guild.document, Guild.picture = version_3(guild), b"<svg onload=alert(1)>"
    assert keeping.refresh(one.pk) == "failed"
    Guild.picture = jpeg("#000000", (12_000, 9_000))
    assert keeping.refresh(one.pk) == "failed"


@pytest.mark.django_db
def test_an_exhibition_shows_it_with_source_and_licence_and_asks_nobody(guild: str) -> None:
    one = kept(guild)
    scene.site()
    page = scene.exhibition([scene.drum()])
    page.body = json.dumps([{"type": "peer", "value": {"object": one.pk, "caption": "", "side": "right"}}])
    page.save_revision().publish()
    Guild.asked.clear()
    html = Client().get(ExhibitionPage.objects.get().get_url()).content.decode()
    assert "Bowl &amp; cover" in html
    assert "The Guild Museum" in html
    assert "Lent by the Guild" in html
    assert "creativecommons.org/licenses/by/4.0/" in html
    assert 'href="https://guild.example/bowl"' in html
    assert guild not in html.replace(f"iiif-content={guild}", "").replace("iiif-content=http%3A//", "")
    drum = scene.factories.Artifact.objects.get(accession_number="BT 1987.12")
    side_by_side = Client().get("/en/compare/", {"object": [drum.public_id, f"peer-{one.public_id}"]}).content.decode()
    assert f"/peers/{one.public_id}.jpg" in side_by_side
    assert "Lent by the Guild" in side_by_side
    offered = Client().get("/en/compare/", {"object": [drum.public_id], "q": "bowl"}).content.decode()
    assert f"peer-{one.public_id}" in offered
    assert Guild.asked == []
    one.delete()
    html = Client().get(ExhibitionPage.objects.get().get_url()).content.decode()
    assert "The Guild Museum" not in html


@pytest.mark.django_db
def test_staff_add_refresh_and_remove_it(guild: str, admin_client: Client, django_capture_on_commit_callbacks: Any) -> None:
    from django_tasks_db.models import DBTaskResult

    Guild.asked.clear()
    answer = admin_client.post("/admin/snippets/exchange/peerobject/add/", {"address": f"{guild}/manifest.json", "page_number": "1"})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    one = PeerObject.objects.get()
    assert (one.state, Guild.asked) == ("waiting", [])
    task = DBTaskResult.objects.get(task_path="exchange.peers.tasks.refresh_peer_object")
    assert (task.queue_name, task.args_kwargs["args"]) == ("io", [one.pk])
    keeping.refresh(one.pk)
    one.refresh_from_db()
    name = one.picture
    assert storage.exists("default", name)
    listed = admin_client.get("/admin/snippets/exchange/peerobject/").content.decode()
    assert "Bowl &amp; cover" in listed
    admin_client.post(f"/admin/snippets/exchange/peerobject/delete/{one.pk}/")
    assert not PeerObject.objects.exists()
    assert not storage.exists("default", name)
    assert Client().get(f"/peers/{one.public_id}.jpg").status_code == 404
