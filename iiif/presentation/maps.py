"""Annotations that say where a map lies on the earth (IIIF Georeference Extension): what a schema cannot say of them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from lxml import etree

from iiif.presentation import places
from iiif.presentation.problems import Problem

CONTEXT = "http://iiif.io/api/extension/georef/1/context.json"
MOTIVATION = "georeferencing"
LEAST_POINTS = 3  # "should" (3.4)
_DRAWN = ("polygon", "rect")


def is_georeference(resource: dict[str, Any]) -> bool:
    """Whether this is such an annotation."""
    return resource.get("type") == "Annotation" and resource.get("motivation") in (MOTIVATION, [MOTIVATION])


def faults(annotation: dict[str, Any], path: str) -> Iterator[Problem]:
    """Of its body (3.4 to 3.6) and of the part of the canvas that it names (3.3.2)."""
    body = annotation.get("body")
    body = body[0] if isinstance(body, list) and len(body) == 1 else body
    if not isinstance(body, dict) or body.get("type") != "FeatureCollection" or not isinstance(body.get("features"), list):
        yield Problem(f"{path}.body", "The body of a georeferencing annotation is one FeatureCollection with features.")
        return
    for number, feature in enumerate(body["features"]):
        yield from _point_faults(feature, f"{path}.body.features[{number}]")
    if "transformation" in body:
        yield from _transformation_faults(body["transformation"], f"{path}.body.transformation")
    target = annotation.get("target")
    selector = target.get("selector") if isinstance(target, dict) else None
    if isinstance(selector, dict) and selector.get("type") == "SvgSelector" and isinstance(selector.get("value"), str):
        yield from (Problem(f"{path}.target.selector.value", sentence) for sentence in _mask_faults(selector["value"]))


def too_few(annotation: dict[str, Any]) -> bool:
    """Whether it has fewer points than any transformation needs: allowed, for others to go on with."""
    body = annotation.get("body")
    return isinstance(body, dict) and isinstance(body.get("features"), list) and len(body["features"]) < LEAST_POINTS


def _point_faults(feature: Any, path: str) -> Iterator[Problem]:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        yield Problem(path, "Control points are Features.")
        return
    properties, geometry = feature.get("properties"), feature.get("geometry")
    pixels = properties.get("resourceCoords") if isinstance(properties, dict) else None
    if not (isinstance(pixels, list) and len(pixels) == 2 and all(_is_number(one) for one in pixels)):
        yield Problem(f"{path}.properties.resourceCoords", "A control point has resourceCoords: two numbers, x and y.")
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        yield Problem(f"{path}.geometry", "The place of a control point on the earth is a Point.")
    else:
        yield from places.position_faults(geometry.get("coordinates"), f"{path}.geometry.coordinates")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _transformation_faults(said: Any, path: str) -> Iterator[Problem]:
    if not isinstance(said, dict) or not isinstance(said.get("type"), str):
        yield Problem(path, "A transformation is an object with a type, such as polynomial.")
        return
    options = said.get("options", {})
    if not isinstance(options, dict):
        yield Problem(f"{path}.options", "The options of a transformation are an object.")
    elif said["type"] == "polynomial" and options.get("order", 1) not in (1, 2, 3):
        yield Problem(f"{path}.options.order", f"{str(options['order'])[:40]} is no order of a polynomial: it is 1, 2 or 3.")


def _mask_faults(value: str) -> Iterator[str]:
    """One polygon or rectangle in pixels of the canvas; whether it is well-formed and lies on it, ``drawings`` says."""
    try:
        root = etree.fromstring(value, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False))
    except (etree.XMLSyntaxError, ValueError):
        return
    inside = [element for element in root if isinstance(element.tag, str)]
    if len(inside) != 1 or etree.QName(inside[0]).localname not in _DRAWN:
        yield "The part that a map covers is drawn by one polygon or rect, and nothing else."
    elif "rx" in inside[0].attrib or "ry" in inside[0].attrib:
        yield "The part that a map covers has no rounded corners (rx, ry)."
    if "viewBox" in root.attrib or any("transform" in element.attrib for element in root.iter()):
        yield "The part that a map covers is drawn in pixels of the canvas, without viewBox and transform."
