"""Where maps lie on the earth, in anybody's manifests (Georeference Extension): each fault is refused with its place, what the text allows is not."""

from __future__ import annotations

from typing import Any

import pytest

from iiif.presentation.check import advice
from tests.iiif.presentation.others import BASE, CONTEXT, Json, assert_accepted, assert_refused, canvas, manifest

GEOREF = "http://iiif.io/api/extension/georef/1/context.json"
NOTE = ("items", 0, "annotations", 0, "items", 0)
WHERE = "items[0].annotations[0].items[0]"


def feature(x: float, y: float, longitude: float, latitude: float) -> Json:
    return {
        "type": "Feature",
        "properties": {"resourceCoords": [x, y]},
        "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
    }


def placed() -> Json:
    """A map of Rotterdam on the first canvas, as the extension's own example has it."""
    selector = {"type": "SvgSelector", "value": '<svg width="1000" height="1500"><polygon points="59,84 44,1329 932,1353 920,103"/></svg>'}
    note = {
        "id": f"{BASE}/maps/1",
        "type": "Annotation",
        "motivation": "georeferencing",
        "target": {"type": "SpecificResource", "source": f"{BASE}/canvas/1", "selector": selector},
        "body": {
            "id": f"{BASE}/maps/1/points",
            "type": "FeatureCollection",
            "transformation": {"type": "polynomial", "options": {"order": 1}},
            "features": [feature(85, 782, 4.488, 51.91), feature(467, 1338, 4.501, 51.901), feature(206, 374, 4.405, 51.909)],
        },
    }
    page = {"id": f"{BASE}/maps", "type": "AnnotationPage", "items": [note]}
    return manifest(canvas(1, annotations=[page]), canvas(2), **{"@context": [GEOREF, CONTEXT]})


def put(value: Any, *steps: str | int) -> Any:
    """Set what stands at these steps; of the annotation, when they do not begin at the manifest."""
    whole = steps if steps[0] == "@context" else (*NOTE, *steps)

    def change(document: Json) -> None:
        target: Any = document
        for step in whole[:-1]:
            target = target[step]
        target[whole[-1]] = value

    return change


def mask(drawn: str) -> Any:
    return put(drawn, "target", "selector", "value")


POINT = ("body", "features", 1)
FAULTS = {
    "a context that is not named": (put(CONTEXT, "@context"), WHERE),
    "words for a body": (put({"type": "TextualBody", "value": "Rotterdam"}, "body"), f"{WHERE}.body"),
    "no features": (put({"type": "FeatureCollection"}, "body"), f"{WHERE}.body"),
    "a bare geometry": (put({"type": "Point", "coordinates": [4, 51]}, *POINT), f"{WHERE}.body.features[1]"),
    "no pixels": (put({}, *POINT, "properties"), f"{WHERE}.body.features[1].properties.resourceCoords"),
    "pixels of a draft": (put({"pixelCoords": [1, 2]}, *POINT, "properties"), f"{WHERE}.body.features[1].properties.resourceCoords"),
    "one pixel": (put([1], *POINT, "properties", "resourceCoords"), f"{WHERE}.body.features[1].properties.resourceCoords"),
    "pixels in words": (put(["1", "2"], *POINT, "properties", "resourceCoords"), f"{WHERE}.body.features[1].properties.resourceCoords"),
    "a line on the earth": (put({"type": "LineString", "coordinates": [[4, 51], [5, 51]]}, *POINT, "geometry"), f"{WHERE}.body.features[1].geometry"),
    "the latitude first": (put([16.46, 107.59], *POINT, "geometry", "coordinates"), f"{WHERE}.body.features[1].geometry.coordinates"),
    "nowhere": (put(None, *POINT, "geometry"), f"{WHERE}.body.features[1].geometry"),
    "a transformation in a word": (put("polynomial", "body", "transformation"), f"{WHERE}.body.transformation"),
    "a transformation without a type": (put({"options": {"order": 1}}, "body", "transformation"), f"{WHERE}.body.transformation"),
    "the seventh order": (put(7, "body", "transformation", "options", "order"), f"{WHERE}.body.transformation.options.order"),
    "options in a list": (put([1], "body", "transformation", "options"), f"{WHERE}.body.transformation.options"),
    "two polygons": (mask('<svg><polygon points="0,0 9,0 9,9"/><polygon points="20,20 29,20 29,29"/></svg>'), f"{WHERE}.target.selector.value"),
    "a circle": (mask('<svg><circle cx="50" cy="50" r="9"/></svg>'), f"{WHERE}.target.selector.value"),
    "round corners": (mask('<svg><rect x="5" y="5" width="50" height="50" rx="4"/></svg>'), f"{WHERE}.target.selector.value"),
    "another scale": (mask('<svg viewBox="0 0 10 10"><rect x="1" y="1" width="5" height="5"/></svg>'), f"{WHERE}.target.selector.value"),
    "turned": (mask('<svg><rect x="5" y="5" width="50" height="50" transform="rotate(3)"/></svg>'), f"{WHERE}.target.selector.value"),
}  # fmt: skip
ALLOWED = {
    "the whole canvas": put(f"{BASE}/canvas/1", "target"),
    "a rectangle": mask('<svg><rect x="5" y="5" width="50" height="50"/></svg>'),
    "no transformation": put({"type": "FeatureCollection", "features": [feature(1, 2, 4, 51)] * 3}, "body"),
    "a spline": put({"type": "thinPlateSpline"}, "body", "transformation"),
    "a transformation of one's own": put({"type": "helmert", "options": {"x": 1}}, "body", "transformation"),
    "a height": put([4.4, 51.9, 12], *POINT, "geometry", "coordinates"),
    "motivations in a list": put(["georeferencing"], "motivation"),
    "two points for others to go on with": put([feature(1, 2, 4, 51), feature(5, 6, 5, 51)], "body", "features"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_refused_with_its_place(name: str) -> None:
    assert_refused(placed(), *FAULTS[name])


@pytest.mark.parametrize("name", ALLOWED)
def test_what_the_extension_allows_is_accepted(name: str) -> None:
    assert_accepted(placed(), ALLOWED[name])


def test_fewer_than_three_points_are_advised_against() -> None:
    document = placed()
    assert advice(document) == []
    put([feature(1, 2, 4, 51)], "body", "features")(document)
    assert [problem.where for problem in advice(document)] == [f"{WHERE}.body.features"]
