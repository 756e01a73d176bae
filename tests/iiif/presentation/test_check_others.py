"""Others' manifests: what is unusual and valid is accepted, one fault in it is refused with its place, and nothing ends in a traceback."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from iiif.presentation.check import problems
from iiif.presentation.version2 import converted
from tests.iiif.presentation.others import (
    BASE,
    CONTEXT,
    Json,
    assert_accepted,
    assert_refused,
    canvas,
    chapter,
    collection,
    manifest,
    mention,
    notes,
    page,
    painting,
    sound,
    valid,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]
VALID = list(valid())
FIRST = "items[0].items[0].items[0]"


@pytest.mark.parametrize("name", VALID)
def test_what_is_unusual_and_valid_is_accepted(name: str) -> None:
    assert [str(problem) for problem in problems(valid()[name], thorough=True)] == []


def put(path: str, value: Any) -> Callable[[Json], None]:
    """Set what stands at ``items.0.label``."""

    def change(document: Json) -> None:
        *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        target: Any = document
        for step in steps:
            target = target[step]
        target[last] = value

    return change


PAINTED = "items.0.items.0.items.0."
_NOTE = "items.0.annotations.0.items.0"
_SVG = '<svg xmlns="http://www.w3.org/2000/svg">'


def noted(**size: Any) -> Json:
    """A manifest whose first canvas has a comment on it."""
    return manifest(canvas(1, annotations=[notes()], **size), canvas(2))


def drawn(shapes: str) -> Callable[[Json], None]:
    return put(f"{_NOTE}.target.selector.value", f"{_SVG}{shapes}</svg>")


def geometry(kind: str, coordinates: Any) -> Json:
    """A manifest with a place of this shape."""
    feature = {"type": "Feature", "geometry": {"type": kind, "coordinates": coordinates}}
    context = ["http://iiif.io/api/extension/navplace/context.json", CONTEXT]
    return manifest(**{"@context": context, "navPlace": {"type": "FeatureCollection", "features": [feature]}})


_RING = [[107, 16], [108, 16], [108, 17], [107, 16]]
_DRAWING = f"{_NOTE}.target.selector.value".replace(".0", "[0]")
_TARGET = f"{_NOTE}.target".replace(".0", "[0]")
_HOME = {"id": "https://x.example", "type": "Text", "label": {"en": ["h"]}}
# name: (the valid one, its one fault, the place that is named)
FAULTS: dict[str, tuple[Json, Callable[[Json], None], str]] = {
    "another order within a chapter": (
        manifest(structures=[chapter("a", chapter("b", page(1)))]),
        put("structures.0.items.0.behavior", ["sequence"]),
        "structures[0].items[0].behavior",
    ),
    "a chapter to be found by a thumbnail that it has not": (
        manifest(structures=[chapter("a", chapter("b", page(1)))]),
        put("structures.0.behavior", ["thumbnail-nav"]),
        "structures[0].items[0]",
    ),
    "a chapter that begins in another": (
        manifest(structures=[chapter("a", page(1)), chapter("b", page(2))]),
        put("structures.0.start", page(2)),
        "structures[0].start",
    ),
    "two chapters of one id": (
        manifest(structures=[chapter("a", page(1)), chapter("b", page(2))]),
        put("structures.1.id", f"{BASE}/range/a"),
        "structures[1].id",
    ),
    "a chapter with a list of texts": (
        manifest(structures=[chapter("a", page(1))]),
        put("structures.0.supplementary", [{"id": f"{BASE}/t", "type": "AnnotationCollection"}]),
        "structures[0].supplementary",
    ),
    "a chapter deep within without items": (
        manifest(structures=[chapter("a", chapter("b", page(1)))]),
        put("structures.0.items.0.items", []),
        "structures[0].items[0].items",
    ),
    "a sound that is bound": (manifest(sound()), put("behavior", ["paged"]), "behavior"),
    "a sound that is a fold-out": (manifest(sound()), put("items.0.behavior", ["non-paged"]), "items[0].behavior"),
    "pictures that are played again": (manifest(), put("behavior", ["repeat"]), "behavior"),
    "a behavior that nobody knows": (manifest(), put("behavior", ["pagged"]), "behavior"),
    "an unknown way to fill the time": (manifest(sound()), put(PAINTED + "timeMode", "stretch"), f"{FIRST}.timeMode"),
    "a canvas that fills the time": (manifest(sound()), put("items.0.timeMode", "trim"), "items[0].timeMode"),
    "an image service of level 9": (manifest(), put(PAINTED + "body.service.0.profile", "level9"), f"{FIRST}.body.service[0].profile"),
    "a service that is no list": (
        manifest(),
        put(PAINTED + "body.service", {"id": f"{BASE}/i", "type": "ImageService3", "profile": "level2"}),
        f"{FIRST}.body.service",
    ),
    "a picture of no width": (manifest(), put(PAINTED + "body.width", 0), f"{FIRST}.body.width"),
    "a sound whose length is a text": (manifest(sound()), put(PAINTED + "body.duration", "120"), f"{FIRST}.body.duration"),
    "a format that is no media type": (manifest(), put(PAINTED + "body.format", "jpeg"), f"{FIRST}.body.format"),
    "no body in the list": (manifest(), put(PAINTED + "body", []), f"{FIRST}.body"),
    "a choice of nothing": (painting(manifest(), body=valid()["a choice"]["items"][0]["items"][0]["items"][0]["body"]), put(PAINTED + "body.items", []), f"{FIRST}.body.items"),
    "a body with a bare label": (manifest(), put(PAINTED + "body.label", "front"), f"{FIRST}.body.label"),
    "the contexts of 2.1 and 3.0": (manifest(), put("@context", ["http://iiif.io/api/presentation/2/context.json", CONTEXT]), "@context"),
    "a collection that is read sideways": (collection(), put("viewingDirection", "sideways"), "viewingDirection"),
    "a collection with chapters": (collection(), put("structures", []), "structures"),
    "a collection that begins somewhere": (collection(), put("start", page(1)), "start"),
    "a collection that lasts": (collection(), put("duration", 4), "duration"),
    "a start that is a text": (manifest(), put("start", f"{BASE}/canvas/1"), "start"),
    "a start in a sound elsewhere": (
        manifest(sound()),
        put("start", {"type": "SpecificResource", "source": f"{BASE}/canvas/9", "selector": {"type": "PointSelector", "t": 1}}),
        "start",
    ),
    "a link to a script": (manifest(), put("summary", {"en": ['<a href="javascript:x">1</a>']}), "summary.en"),
    "a link to data": (manifest(), put("summary", {"en": ['<a href="data:text/html,x">1</a>']}), "summary.en"),
    "HTML that is not closed": (manifest(), put("summary", {"en": ["<p>1<b>2</p>"]}), "summary.en"),
    "HTML in two elements": (manifest(), put("summary", {"en": ["<p>1</p><p>2</p>"]}), "summary.en"),
    "a homepage that is no list": (manifest(), put("homepage", _HOME), "homepage"),
    "a homepage with a language as a text": (manifest(), put("homepage", [{**_HOME, "language": "en"}]), "homepage[0].language"),
    "a day that no calendar has": (manifest(), put("navDate", "1776-02-31T12:00:00Z"), "navDate"),
    "a comment without a target": (
        manifest(canvas(1, annotations=valid()["a drawn comment"]["items"][0]["annotations"])),
        lambda document: document["items"][0]["annotations"][0]["items"][0].pop("target"),
        "items[0].annotations[0].items[0]",
    ),
    "notes that are a list of 2.1": (
        manifest(),
        put("items.0.annotations", [{"id": f"{BASE}/n", "type": "sc:AnnotationList"}]),
        "items[0].annotations[0].type",
    ),
    "a page of paintings without items": (manifest(), lambda made: made["items"][0]["items"][0].pop("items"), "items[0].items[0]"),
    "a style in a text": (manifest(), put("summary", {"en": ['<p style="color:red">1</p>']}), "summary.en"),
    "a class in a value": (manifest(metadata=[{"label": {"en": ["a"]}, "value": {"en": ["1"]}}]), put("metadata.0.value", {"en": ['<span class="x">1</span>']}), "metadata[0].value.en"),
    "a link with a target": (manifest(), put("summary", {"en": ['<a href="https://x.example" target="_blank">1</a>']}), "summary.en"),
    "a comment beside the canvas": (noted(), put(f"{_NOTE}.target", f"{BASE}/canvas/1#xywh=900,0,200,10"), _TARGET),
    "a comment below zero": (noted(), put(f"{_NOTE}.target", f"{BASE}/canvas/1#xywh=-5,0,20,10"), _TARGET),
    "a comment on more than all": (noted(), put(f"{_NOTE}.target", f"{BASE}/canvas/1#xywh=percent:50,0,60,10"), _TARGET),
    "a comment on nothing": (noted(), put(f"{_NOTE}.target", f"{BASE}/canvas/1#xywh=5,5,0,10"), _TARGET),
    "a region of three numbers": (noted(), put(f"{_NOTE}.target", f"{BASE}/canvas/1#xywh=5,5,10"), _TARGET),
    "a time of a picture": (noted(), put(f"{_NOTE}.target", f"{BASE}/canvas/1#t=5,10"), _TARGET),
    "a region of a sound": (manifest(sound(), structures=[chapter("a", page("s"))]), put("structures.0.items.0.id", f"{BASE}/canvas/s#xywh=0,0,5,5"), "structures[0].items[0]"),
    "a chapter after the end": (manifest(sound(), structures=[chapter("a", page("s"))]), put("structures.0.items.0.id", f"{BASE}/canvas/s#t=100,130"), "structures[0].items[0]"),
    "a chapter that ends before it begins": (manifest(sound(), structures=[chapter("a", page("s"))]), put("structures.0.items.0.id", f"{BASE}/canvas/s#t=20,10"), "structures[0].items[0]"),
    "a start after the end": (
        manifest(sound(), start={"type": "SpecificResource", "source": f"{BASE}/canvas/s", "selector": {"type": "PointSelector", "t": 1}}),
        put("start.selector.t", 200),
        "start.selector.t",
    ),
    "a painting beyond its canvas": (painting(manifest(), target=f"{BASE}/canvas/1#xywh=0,0,10,10"), put(PAINTED + "target", f"{BASE}/canvas/1#xywh=0,0,1001,10"), f"{FIRST}.target"),
    "a selector beside the canvas": (
        noted(),
        put(f"{_NOTE}.target.selector", {"type": "FragmentSelector", "value": "xywh=0,1400,10,200"}),
        f"{_TARGET}.selector.value",
    ),
    "a selector without a value": (noted(), put(f"{_NOTE}.target.selector", {"type": "FragmentSelector"}), f"{_TARGET}.selector"),
    "a drawing that is not closed": (noted(), drawn('<path d="M0,0 L10,0 L10,10"/>'), _DRAWING),
    "a drawing of relative lines that is not closed": (noted(), drawn('<path d="m5 5h10v10h-10"/>'), _DRAWING),
    "corners that are not closed": (noted(), drawn('<polyline points="0,0 10,0 10,10"/>'), _DRAWING),
    "a polygon of two corners": (noted(), drawn('<polygon points="0,0 10,0"/>'), _DRAWING),
    "a polygon beside the canvas": (noted(), drawn('<polygon points="0,0 1200,0 10,10"/>'), _DRAWING),
    "a circle beside the canvas": (noted(), drawn('<circle cx="10" cy="10" r="50"/>'), _DRAWING),
    "a drawing of words": (noted(), drawn('<path d="M zero"/>'), _DRAWING),
    "a drawing that is not closed XML": (noted(), drawn("<path"), _DRAWING),
    "a drawing of nothing": (noted(), drawn(""), _DRAWING),
    "a drawing with a script": (noted(), drawn('<script>1</script><path d="M0,0z"/>'), _DRAWING),
    "a drawing that is no SVG": (noted(), put(f"{_NOTE}.target.selector.value", "<p>1</p>"), _DRAWING),
    "a chapter of a range that is nowhere": (
        manifest(structures=[chapter("a", page(1), chapter("b", page(2)))]),
        put("structures.0.items.1", {"id": f"{BASE}/range/zz", "type": "Range"}),
        "structures[0].items[1]",
    ),
    "a type of Presentation 2": (manifest(), put(PAINTED + "body.type", "dctypes:Image"), f"{FIRST}.body.type"),
    "an address that paints": (manifest(), put(PAINTED + "body", f"{BASE}/a.jpg"), f"{FIRST}.body"),
    "a collection that contains itself": (collection(), put("items.1.id", f"{BASE}/c.json"), "items[1]"),
    "a collection in one that it contains": (
        collection(mention("c2", "Collection", items=[mention("c3", "Collection")])),
        put("items.0.items.0.id", f"{BASE}/c.json"),
        "items[0].items[0]",
    ),
    "a place whose ring is open": (geometry("Polygon", [_RING]), put("navPlace.features.0.geometry.coordinates", [_RING[:3]]), "navPlace.features[0].geometry.coordinates[0]"),
    "a place outside the world": (geometry("MultiPoint", [[107, 16]]), put("navPlace.features.0.geometry.coordinates", [[16, 107]]), "navPlace.features[0].geometry.coordinates[0]"),
    "a line of one position": (geometry("LineString", [[1, 2], [3, 4]]), put("navPlace.features.0.geometry.coordinates", [[1, 2]]), "navPlace.features[0].geometry.coordinates"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_one_fault_is_refused_with_its_place(name: str) -> None:
    assert_refused(*FAULTS[name])


UNUSUAL: dict[str, tuple[Json, Callable[[Json], None]]] = {
    "the whole canvas": (noted(), put(f"{_NOTE}.target", f"{BASE}/canvas/1#xywh=0,0,1000,1500")),
    "hundredths": (noted(), put(f"{_NOTE}.target", f"{BASE}/canvas/1#xywh=percent:0.5,50,99.5,50")),
    "pixels, by name": (noted(), put(f"{_NOTE}.target", f"{BASE}/canvas/1#xywh=pixel:0,0,1,1")),
    "a time and a region": (noted(duration=60), put(f"{_NOTE}.target", f"{BASE}/canvas/1#t=5,10&xywh=0,0,1,1")),
    "a time by the clock": (manifest(sound(), structures=[chapter("a", page("s"))]), put("structures.0.items.0.id", f"{BASE}/canvas/s#t=npt:0:01:00,0:02:00.5")),
    "all until a time": (manifest(sound(), structures=[chapter("a", page("s"))]), put("structures.0.items.0.id", f"{BASE}/canvas/s#t=,20")),
    "a canvas elsewhere": (noted(), put(f"{_NOTE}.target", [f"{BASE}/canvas/1", "https://elsewhere.example/canvas#xywh=0,0,9000,9000"])),
    "several targets": (noted(), put(f"{_NOTE}.target", [f"{BASE}/canvas/1#xywh=0,0,10,10", f"{BASE}/canvas/2"])),
    "a line": (noted(), drawn('<path d="M0,0 L10,0 L10,10" fill="none" stroke="red"/>')),
    "a line by its style": (noted(), drawn('<polyline points="0,0 10,0 10,10" style="stroke:red; fill:none"/>')),
    "a shape that ends where it begins": (noted(), drawn('<path d="M0,0 L10,0 10,10 0,0"/>')),
    "curves and arcs": (noted(), drawn('<g><path d="M10,20c5-5 10 0 10 10s-5 5-10 5q-5 0-5-5a5 5 0 01-5-5z"/></g>')),
    "a hole": (noted(), drawn('<path d="M0,0h90v90h-90z m20,20h5v5h-5z"/>')),
    "without a namespace": (noted(), put(f"{_NOTE}.target.selector.value", '<svg><polygon points="0,0 9,0 9,9"/></svg>')),
    "another scale": (noted(), put(f"{_NOTE}.target.selector.value", '<svg viewBox="0 0 9000 9000"><rect x="5000" y="0" width="9" height="9"/></svg>')),
    "moved": (noted(), drawn('<rect x="5000" y="0" width="9" height="9" transform="translate(-5000)"/>')),
    "a part of a part": (
        noted(),
        put(f"{_NOTE}.target", {"type": "SpecificResource", "source": {"type": "SpecificResource", "source": f"{BASE}/canvas/1", "selector": {"type": "FragmentSelector", "value": "xywh=0,0,9,9", "refinedBy": {"type": "FragmentSelector", "value": "xywh=percent:0,0,50,50"}}}}),
    ),
    "a picture in a text": (manifest(), put("summary", {"en": ['<p><img src="https://x.example/a.png" alt="a"/></p>']})),
    "an island with a lake": (geometry("MultiPolygon", [[_RING, _RING]]), put("navPlace.features.0.properties", {"label": {"en": ["x"]}})),
    "places without a place": (geometry("Point", [1, 2]), put("navPlace.features.0.geometry", None)),
    "languages with digits": (manifest(), put("label", {"es-419": ["M"], "de-1996": ["M"], "sl-rozaj-biske-1994": ["M"]})),
    "a canvas as a target, by a mention": (manifest(), put(PAINTED + "target", page(1))),
    "a canvas as a target, in a list": (manifest(), put(PAINTED + "target", [f"{BASE}/canvas/1"])),
    "a link by its address": (noted(), put(f"{_NOTE}.body", "https://x.example/more")),
    "links by their addresses": (noted(), put(f"{_NOTE}.body", ["https://x.example/more", "https://x.example/else"])),
    "a range that stands elsewhere in the structures": (
        manifest(structures=[chapter("a", page(1)), chapter("b", page(2))]),
        put("structures.1.items.0", {"id": f"{BASE}/range/a", "type": "Range"}),
    ),
    "a range of another manifest": (
        manifest(structures=[chapter("a", page(1), page(2))]),
        put("structures.0.items.1", {"id": f"{BASE}/range/z", "type": "Range", "partOf": [{"id": f"{BASE}/other.json", "type": "Manifest"}]}),
    ),
    "an empty page": (manifest(canvas(1, annotations=[notes()])), put("items.0.annotations.0.items", [])),
}  # fmt: skip


@pytest.mark.parametrize("name", UNUSUAL)
def test_unusual_parts_are_accepted(name: str) -> None:
    assert_accepted(*UNUSUAL[name])


def test_an_image_of_2_1_beside_its_canvas_is_refused() -> None:
    second = _in_version_2(manifest(structures=[chapter("a", page(1))]))
    place = second["sequences"][0]["canvases"][0]
    assert problems(second) == []
    place["images"][0]["on"] += "#xywh=0,0,1000,1500"
    assert problems(second) == []
    place["images"][0]["on"] = f"{place['@id']}#xywh=0,0,1100,1500"
    second["structures"][0]["canvases"][0] += "#xywh=0,0,10,1600"
    assert [problem.where for problem in problems(second)] == ["sequences[0].canvases[0].images[0].on", "structures[0].canvases[0]"]


_ODD: list[Any] = [None, [], {}, 5, -1, "x", "", True, [None], [[]], [5], 0.5, {"id": None}, {"type": 5}, {"type": ["a"]}, {"@id": 7}, {"en": None}, {"source": [1]}, "https://x.example/a"]  # fmt: skip


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in children:
        yield (*path, step)
        yield from _places(inner, (*path, step))


def _in_version_2(document: Json) -> Json:
    made = converted(copy.deepcopy(document), own_address=True)
    for one in made["sequences"][0]["canvases"]:
        one.setdefault("label", "1")
    return made


def test_a_document_without_a_bottom_is_refused_with_a_sentence() -> None:
    deep: Any = "x"
    for _ in range(900):
        deep = [deep]
    assert "nested deeper" in str(problems({**manifest(), "extension": deep}))


def test_whatever_stands_in_a_document_ends_in_sentences() -> None:
    dice = random.Random(20261129)
    documents = [*valid().values(), _in_version_2(manifest()), _in_version_2(manifest(structures=[chapter("a", page(1))]))]
    refused = 0
    for _ in range(1500):
        document = copy.deepcopy(dice.choice(documents))
        target: Any = document
        *steps, last = dice.choice(list(_places(document)))
        for step in steps:
            target = target[step]
        if dice.random() < 0.2:
            del target[last]
        else:
            target[last] = copy.deepcopy(dice.choice(_ODD))
        found = [str(problem) for problem in problems(document, thorough=True)]
        refused += bool(found)
    assert refused > 700


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "null", '"text"', "\ufeff{}", "{}", '{"type": "Manifest"}', '{"@context": 5, "type": []}']
)
def test_the_command_fails_for_whatever_is_no_manifest(tmp_path: Any, content: str) -> None:
    file = tmp_path / "odd.json"
    file.write_text(content)
    with pytest.raises(CommandError):
        call_command("check_manifest", str(file))
