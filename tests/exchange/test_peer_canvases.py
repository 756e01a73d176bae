"""What other museums paint on a canvas: on pages that are only linked, sound and film, several pictures."""

from __future__ import annotations

import io
import json
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from django.test import Client
from PIL import Image

from exchange.models import PeerObject
from exchange.peers import copying, fetching, keeping, manifests
from exchange.peers.fetching import NOTHING, PeerError
from exchange.peers.manifests import ForeignPicture
from tests.exchange.test_peers import Guild, jpeg, kept, read, version_2, version_3
from tests.exchange.test_peers import guild as guild


@pytest.mark.django_db
@pytest.mark.parametrize("written", [lambda address: {"id": address, "type": "AnnotationPage"}, lambda address: address])
def test_a_page_that_the_canvas_only_links_is_fetched_and_asked_for_again(guild: str, written: Any) -> None:
    canvas = Guild.document["items"][0]
    painting = canvas["items"][0]
    canvas["items"] = [written(f"{guild}/none"), written(f"{guild}/page/1")]
    Guild.pages = {"/none": {"type": "AnnotationPage", "items": []}, "/page/1": painting}
    one = kept(guild)
    assert (one.state, one.problem, one.width, one.canvas) == ("ready", "", 800, f"{guild}/canvas/1")
    assert Guild.asked == ["/manifest.json", "/none", "/page/1", "/image/1/full/!2400,2400/0/default.jpg"]
    assert one.etag == ""
    Guild.pages["/page/1"] = {"type": "AnnotationPage", "items": []}
    assert keeping.refresh(one.pk) == "failed"
    one.refresh_from_db()
    assert "names none" in one.problem


@pytest.mark.django_db
def test_linked_pages_are_few_and_never_inside_a_network(guild: str) -> None:
    canvas = Guild.document["items"][0]
    canvas["items"] = [{"id": "http://10.0.0.1/page", "type": "AnnotationPage"}]
    assert kept(guild).problem == str(NOTHING)
    canvas["items"] = [{"id": f"{guild}/none/{number}", "type": "AnnotationPage"} for number in range(50)]
    Guild.pages = {f"/none/{number}": {"items": "x"} for number in range(50)}
    Guild.asked.clear()
    assert keeping.refresh(PeerObject.objects.get().pk) == "failed"
    assert len(Guild.asked) == 1 + manifests.MOST_PAGES


def test_linked_pages_share_the_time_of_one_document(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    granted: list[float] = []

    def slow(address: str, *, accept: str, limits: fetching.Limits) -> fetching.Fetched:
        granted.append(limits.seconds)
        now[0] += 12
        return fetching.Fetched(address, "", "", b"{}")

    monkeypatch.setattr(fetching.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(fetching, "fetch", slow)
    with pytest.raises(PeerError, match="took too long"):
        list(fetching.fetch_each(["https://a.example/1", "https://a.example/2", "https://a.example/3"]))
    assert granted == [20.0, 8.0]


def test_only_the_canvas_that_is_shown_has_its_page_fetched() -> None:
    """A book of linked pages is counted without asking for one of them; sound has a duration and is no picture."""
    book = version_3("https://guild.example")
    book["items"] = [{"items": [{"id": f"https://guild.example/p/{number}", "type": "AnnotationPage"}]} for number in range(600)]
    book["items"].insert(0, {"duration": 12.5, "items": [{"id": "https://guild.example/sound", "type": "AnnotationPage"}]})
    found = read(book).pictures
    assert (len(found), found[299].pages) == (600, ("https://guild.example/p/299",))
    for odd in (b"<html>", b"[]", b"7", b'{"items": 7}', b'{"items": [{"body": 7}]}'):
        assert manifests.from_pages(found[0], [odd]) == (None, False)


def test_pictures_on_several_linked_pages_are_put_together_and_none_is_asked_for_after_one_that_fills() -> None:
    def page(name: str, part: str) -> bytes:
        body = {"type": "Image", "id": f"https://guild.example/{name}.jpg"}
        return json.dumps({"type": "AnnotationPage", "items": [{"target": f"https://guild.example/c#xywh={part}", "body": body}]}).encode()

    links = tuple(f"https://guild.example/{name}" for name in "abc")
    canvas = ForeignPicture("https://guild.example/c", {"en": "f. 1"}, 800, 600, image="", pages=links, written=links)
    found, _played = manifests.from_pages(canvas, [page("left", "0,0,400,600"), b"<html>", page("right", "400,0,400,600")])
    assert found is not None
    assert [(layer.image[-9:], layer.box) for layer in found.layers] == [("/left.jpg", (0, 0, 0.5, 1)), ("right.jpg", (0.5, 0, 0.5, 1))]
    assert (found.canvas, found.label, found.width, found.height) == (canvas.canvas, canvas.label, 800, 600)
    more = iter([page("detail", "0,0,100,100"), page("whole", "0,0,800,600"), page("after", "0,0,100,100")])
    found, _played = manifests.from_pages(canvas, more)
    assert found is not None and found.image.endswith("/whole.jpg") and not found.layers
    assert len(list(more)) == 1


@pytest.mark.django_db
def test_a_page_that_is_spelled_out_beside_a_linked_one_is_painted_with_it(guild: str) -> None:
    def page(part: str) -> dict[str, Any]:
        body = {"type": "Image", "id": f"{guild}/image/{part}.jpg"}
        return {"type": "AnnotationPage", "items": [{"type": "Annotation", "target": f"{guild}/canvas/1#xywh={part}", "body": body}]}

    canvas = Guild.document["items"][0]
    left, right = page("0,0,400,600"), page("400,0,400,600")
    canvas.update(width=800, height=600, items=[{"id": f"{guild}/page/1", "type": "AnnotationPage"}, right])
    Guild.pages = {"/page/1": left}
    found = read(Guild.document).pictures[0]
    whole, _played = manifests.from_pages(found, [json.dumps(left).encode()])
    assert whole is not None and [layer.box for layer in whole.layers] == [(0, 0, 0.5, 1), (0.5, 0, 0.5, 1)]
    assert kept(guild).state == "ready"
    assert {one for one in Guild.asked if one.startswith("/image/")} == {"/image/0,0,400,600.jpg", "/image/400,0,400,600.jpg"}
    Guild.pages = {}
    one = PeerObject.objects.get()
    assert keeping.refresh(one.pk) == "ready", "what is spelled out is shown where the other cannot be had"
    canvas["items"] = [page("0,0,800,600"), canvas["items"][0]]
    Guild.asked.clear()
    assert keeping.refresh(one.pk) == "ready"
    assert "/page/1" not in Guild.asked


def sound(kind: str) -> dict[str, Any]:
    return {"items": [{"items": [{"body": {"type": kind, "id": "https://guild.example/song"}}]}]}


@pytest.mark.parametrize(
    "canvas",
    [
        sound("Sound"),
        sound("Video"),
        {"items": [{"items": [{"body": {"type": "Choice", "items": [{"type": "Sound"}, {"type": "Sound"}]}}]}]},
        {"duration": 12.5, "items": [{"id": "https://guild.example/page", "type": "AnnotationPage"}]},
    ],
)
def test_sound_and_film_alone_are_told_as_such(canvas: dict[str, Any]) -> None:
    with pytest.raises(PeerError, match="only sound or film"):
        read(version_3("https://guild.example", items=[canvas]))
    with_picture = version_3("https://guild.example")
    with_picture["items"].insert(0, canvas)
    assert len(read(with_picture).pictures) == 1


def test_sound_beside_a_picture_of_words_in_2_1_is_told_as_sound() -> None:
    document = version_2("https://guild.example")
    document["sequences"][0]["compatibilityHint"] = "displayIfContentUnsupported"
    document["mediaSequences"] = [{"elements": [{"@id": "https://guild.example/song", "@type": "dctypes:Sound"}]}]
    with pytest.raises(PeerError, match="only sound or film"):
        read(document)
    document["mediaSequences"][0]["elements"][0]["@type"] = "foaf:Document"
    with pytest.raises(PeerError, match="shows no picture"):
        read(document)


@pytest.mark.django_db
def test_a_linked_page_of_sound_is_told_as_such(guild: str) -> None:
    Guild.document["items"][0]["items"] = [{"id": f"{guild}/page/1", "type": "AnnotationPage"}]
    Guild.pages = {"/page/1": sound("Sound")["items"][0]}
    assert "holds sound or film" in kept(guild).problem


def several(parts: list[Any], version: int) -> dict[str, Any]:
    """A canvas of 800 × 600 with a picture on each of these parts, in the words of one version."""
    if version == 2:
        old = version_2("https://guild.example")
        canvas = old["sequences"][0]["canvases"][0]
        resource = canvas["images"][0]["resource"]
        canvas["images"] = [
            {"on": part, "resource": {**resource, "service": None, "@id": f"https://guild.example/{n}.jpg"}} for n, part in enumerate(parts)
        ]
        return old
    new = version_3("https://guild.example")
    page = new["items"][0]["items"][0]
    page["items"] = [{"target": part, "body": {"type": "Image", "id": f"https://guild.example/{n}.jpg"}} for n, part in enumerate(parts)]
    return new


CANVAS = "https://guild.example/canvas/1"


@pytest.mark.parametrize("version", [2, 3])
@pytest.mark.parametrize(
    ("parts", "taken"),
    [
        ([f"{CANVAS}#xywh=0,0,100,100", f"{CANVAS}#xywh=100,0,700,600"], 1),
        ([f"{CANVAS}#xywh=0,0,400,600", f"{CANVAS}#xywh=400,0,400,600"], 0),  # the first of equals
        ([f"{CANVAS}#xywh=pixel:0,0,100,100", f"{CANVAS}#xywh=percent:0,0,90.5,100"], 1),
        ([f"{CANVAS}#xywh=0,0,100,100", CANVAS], 1),  # a page, and a miniature that was cut out of it
        ([CANVAS, f"{CANVAS}#xywh=0,0,9999999,9999999"], 0),
        ([{"source": CANVAS, "selector": {"type": "FragmentSelector", "value": "xywh=0,0,10,10"}}, [f"{CANVAS}#xywh=0,0,20,20"]], 1),
        ([{"id": f"{CANVAS}#xywh=0,0,10,10"}, {"source": {"id": CANVAS}}], 1),
        ([f"{CANVAS}#xywh=a,b", 7], 0),
    ],
)
def test_of_several_pictures_the_one_that_covers_most_of_the_canvas_is_taken(parts: list[Any], taken: int, version: int) -> None:
    assert read(several(parts, version)).pictures[0].image == f"https://guild.example/{taken}.jpg"


def test_a_canvas_without_a_size_has_its_whole_picture_taken() -> None:
    document = several([f"{CANVAS}#xywh=0,0,100,100", CANVAS], 3)
    del document["items"][0]["width"]
    assert read(document).pictures[0].image.endswith("/1.jpg")


@pytest.mark.django_db
@pytest.mark.parametrize("version", [2, 3])
def test_pictures_of_which_none_fills_the_canvas_are_put_together(guild: str, version: int) -> None:
    """Two leaves beside each other, and a gray slip that lies over both."""
    parts = [f"{CANVAS}#xywh=0,0,400,600", f"{CANVAS}#xywh=400,0,400,600", f"{CANVAS}#xywh=percent:25,25,50,50"]
    Guild.document = json.loads(json.dumps(several(parts, version)).replace("https://guild.example/", f"{guild}/image/"))
    slip = io.BytesIO()
    Image.new("L", (100, 100), 128).save(slip, "PNG")
    Guild.pictures = {
        "/image/0.jpg": jpeg("#c00000", (400, 600)),
        "/image/1.jpg": jpeg("#0000c0", (200, 300)),
        "/image/2.jpg": slip.getvalue(),
    }
    one = kept(guild)
    assert (one.problem, one.width, one.height) == ("", 800 * 2, 600 * 2)
    pixels = np.asarray(Image.open(io.BytesIO(Client().get(f"/peers/{one.public_id}.jpg").content))).astype(int)
    for (x, y), colour in {(20, 20): (192, 0, 0), (1580, 1180): (0, 0, 192), (800, 600): (128, 128, 128), (390, 600): (192, 0, 0)}.items():
        assert abs(pixels[y, x] - colour).max() < 12, (x, y)
    del Guild.pictures["/image/2.jpg"]
    Guild.picture = b""
    assert keeping.refresh(one.pk) == "failed"  # not without one of them


@pytest.mark.parametrize(
    "parts",
    [
        [f"{CANVAS}#xywh=0,0,790,600", f"{CANVAS}#xywh=0,0,10,10"],
        [f"{CANVAS}#xywh=0,0,{at + 1},100" for at in range(manifests.MOST_LAYERS + 1)],
        [f"{CANVAS}#xywh=0,0,400,600", f"{CANVAS}#xywh=0,0,0,10"],
        [f"{CANVAS}#xywh=0,0,400,600", f"{CANVAS}#xywh=0,0,9999999,10"],
        [f"{CANVAS}#xywh=0,0,400,600"],
    ],
)
def test_no_more_is_put_together_than_makes_sense(parts: list[Any]) -> None:
    assert read(several(parts, 3)).pictures[0].layers == ()


def test_what_lies_beyond_the_canvas_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = [f"{CANVAS}#xywh=700,500,400,400", f"{CANVAS}#xywh=9000,9000,10,10", f"{CANVAS}#xywh=0,0,0.001,600"]
    monkeypatch.setattr(copying, "_fetched", lambda *_: jpeg("#c00000", (80, 60)))
    whole = copying.copied(read(several(parts, 3)).pictures[0])
    assert max(whole.shape) == copying.SIDE
    assert whole[-1, -1, 0] < 210 > whole[-1, -1, 1]
    assert tuple(whole[0, -1]) == (255, 255, 255)


def test_no_seam_shows_between_neighbours(monkeypatch: pytest.MonkeyPatch) -> None:
    edges = [0, 111.3, 222.9, 333.5, 444.7, 800]
    parts = [f"{CANVAS}#xywh={left},0,{right - left:.9f},600" for left, right in pairwise(edges)]
    monkeypatch.setattr(copying, "_fetched", lambda *_: jpeg("#000000", (80, 60)))
    assert copying.copied(read(several(parts, 3)).pictures[0]).max() < 9
