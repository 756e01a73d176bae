"""Where a map lies on the earth: control points and the transformation between them (IIIF Georeference Extension). Plain Python and numpy.

A control point is ``(x, y, longitude, latitude)``: pixels of the upright picture, degrees in WGS 84.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from artifacts.regions import Region

MOST_POINTS = 500
MOST_CHARACTERS = 200_000
# transformation → (order of its polynomial, how many points it needs); 3.6 of the extension
TRANSFORMATIONS = {"polynomial1": (1, 3), "polynomial2": (2, 6), "polynomial3": (3, 10), "thinPlateSpline": (0, 3)}
METRES_PER_DEGREE = 111_320.0
_POLYGON = re.compile(r"""<polygon\b[^>]*\bpoints\s*=\s*["']([^"']+)["']""")
_RECT = re.compile(r"<rect\b[^>]*>")
_SIDES = re.compile(r"""\b(x|y|width|height)\s*=\s*["']([^"']+)""")

ControlPoint = tuple[float, float, float, float]


class GeoreferenceError(ValueError):
    """Control points that cannot be; the message is a sentence for whoever wrote them."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was typed or pasted. ``mask``: the part of the picture that the map covers, where it was said; ``transformation``: "" where it was not."""

    points: list[ControlPoint]
    mask: list[tuple[float, float]] = field(default_factory=list)
    transformation: str = ""


def read(text: str, width: int, height: int) -> Written:
    """Lines ``x,y latitude,longitude``, or a Georeference Annotation (or a page of one) as JSON. Raises GeoreferenceError.

    ``width``, ``height``: of our picture; points of an annotation that was made of another size of it are taken to this one.
    """
    if len(text) > MOST_CHARACTERS:
        raise GeoreferenceError(_("This is too long for control points."))
    found = _of_json(text, width, height) if text.lstrip().startswith(("{", "[")) else Written(list(_of_lines(text)))
    check(found.points, found.transformation, width, height)
    return found


def written(points: Iterable[Sequence[float]]) -> str:
    """Lines as ``read`` reads them."""
    return "\n".join(f"{x:.10g},{y:.10g} {latitude:.10g},{longitude:.10g}" for x, y, longitude, latitude in points)


def check(points: Sequence[Sequence[float]], transformation: str, width: int, height: int) -> None:
    """Raises GeoreferenceError where these points are too few for the transformation, lie elsewhere or in one line."""
    least = TRANSFORMATIONS.get(transformation or "polynomial1", (0, 3))[1]
    if not least <= len(points) <= MOST_POINTS:
        raise GeoreferenceError(
            _("This transformation needs at least %(least)d control points (at most %(most)d); there are %(n)d.")
            % {"least": least, "most": MOST_POINTS, "n": len(points)}
        )
    for number, (x, y, longitude, latitude) in enumerate(points, start=1):
        if not (0 <= x <= width and 0 <= y <= height):
            raise GeoreferenceError(
                _("Control point %(n)d lies beyond the picture of %(w)d × %(h)d pixels.") % {"n": number, "w": width, "h": height}
            )
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise GeoreferenceError(
                _("Control point %(n)d: latitudes go from -90 to 90, longitudes from -180 to 180; the latitude comes first.")
                % {"n": number}
            )
    for places in ([point[:2] for point in points], [point[2:] for point in points]):
        if np.linalg.matrix_rank(np.asarray(places, float) - np.asarray(places[0], float), tol=1e-9) < 2:
            raise GeoreferenceError(_("The control points lie on one line: nothing can be said of what lies beside it."))


def distances(points: Sequence[Sequence[float]], transformation: str) -> list[float]:
    """Metres between each point's place on the earth and where the polynomial of all of them puts it; a spline goes through each: none."""
    order = TRANSFORMATIONS.get(transformation, (1, 3))[0]
    if not order:
        return []
    given = np.asarray(points, float)
    pixels = (given[:, :2] - given[:, :2].mean(axis=0)) / max(float(np.ptp(given[:, :2])), 1.0)
    terms = np.stack([pixels[:, 0] ** i * pixels[:, 1] ** j for i in range(order + 1) for j in range(order + 1 - i)], axis=1)
    scale = METRES_PER_DEGREE * np.array([math.cos(math.radians(float(given[:, 3].mean()))), 1.0])
    places = (given[:, 2:] - given[:, 2:].mean(axis=0)) * scale
    solved = np.linalg.lstsq(terms, places, rcond=None)[0]
    return [float(one) for one in np.hypot(*(terms @ solved - places).T)]


def body(points: Iterable[Sequence[float]], transformation: str, address: str) -> dict[str, Any]:
    """The GeoJSON of a Georeference Annotation (3.4 to 3.6)."""
    order = TRANSFORMATIONS[transformation][0]
    return {
        "id": address,
        "type": "FeatureCollection",
        "transformation": {"type": "polynomial", "options": {"order": order}} if order else {"type": transformation},
        "features": [
            {
                "type": "Feature",
                "properties": {"resourceCoords": [x, y]},
                "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
            }
            for x, y, longitude, latitude in points
        ],
    }


def mask(region: Region, width: int, height: int) -> dict[str, Any]:
    """The part of the picture that the map covers, as the extension selects it (3.3.2): one polygon, in pixels."""
    left, top, wide, high = region.bounds
    box = ((left, top), (left + wide, top), (left + wide, top + high), (left, top + high))
    places = " ".join(f"{x:.10g},{y:.10g}" for x, y in (box if region.shape == Region.BOX else region.points))
    return {"type": "SvgSelector", "value": f'<svg width="{width}" height="{height}"><polygon points="{places}"/></svg>'}


def _of_lines(text: str) -> Iterable[ControlPoint]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            x, y, latitude, longitude = (float(each) for each in re.split(r"[,;\s]+", line.strip()))
        except ValueError as error:
            raise GeoreferenceError(
                _("Line %(n)d, “%(line)s”: write two numbers of pixels, the latitude and the longitude, such as 1200,340 16.4637,107.5909.")
                % {"n": number, "line": line.strip()[:60]}
            ) from error
        if not all(math.isfinite(each) for each in (x, y, latitude, longitude)):
            raise GeoreferenceError(_("Line %(n)d: these are no places.") % {"n": number})
        yield round(x, 1), round(y, 1), longitude, latitude


def _of_json(text: str, width: int, height: int) -> Written:
    """Of other editors' annotations: the first one with control points."""
    try:
        found = json.loads(text)
        annotations = found if isinstance(found, list) else found.get("items", [found])
        one = next(each for each in annotations if _has_points(each))
        target = one["target"] if isinstance(one["target"], Mapping) else {}
        source = target.get("source", target)
        across, down = _scale(source if isinstance(source, Mapping) else {}, width, height)
        points = [_point(feature, across, down) for feature in one["body"]["features"]]
        mask = [(x * across, y * down) for x, y in _mask(target.get("selector"))]
    except (ValueError, TypeError, KeyError, AttributeError, StopIteration, RecursionError, OverflowError) as error:
        raise GeoreferenceError(
            _("This is no Georeference Annotation: its body must be a FeatureCollection of points with “resourceCoords”.")
        ) from error
    return Written(points, [(round(x, 1), round(y, 1)) for x, y in mask], _transformation(one["body"].get("transformation")))


def _has_points(annotation: Any) -> bool:
    body = annotation.get("body") if isinstance(annotation, Mapping) else None
    return isinstance(body, Mapping) and body.get("type") == "FeatureCollection"


def _scale(source: Mapping[str, Any], width: int, height: int) -> tuple[float, float]:
    across, down = source.get("width") or width, source.get("height") or height
    return width / float(across), height / float(down)


def _point(feature: Mapping[str, Any], across: float, down: float) -> ControlPoint:
    properties = feature["properties"]
    # "pixelCoords" before the extension was finished
    x, y = properties["resourceCoords"] if "resourceCoords" in properties else properties["pixelCoords"]
    longitude, latitude = feature["geometry"]["coordinates"][:2]
    numbers = [float(each) for each in (x, y, longitude, latitude)]
    if not all(math.isfinite(each) for each in numbers):
        raise ValueError(numbers)
    return round(numbers[0] * across, 1), round(numbers[1] * down, 1), numbers[2], numbers[3]


def _mask(selector: Any) -> list[tuple[float, float]]:
    value = selector.get("value", "") if isinstance(selector, Mapping) else ""
    if polygon := _POLYGON.search(value):
        numbers = [float(each) for each in re.split(r"[,\s]+", polygon[1].strip())]
        return list(zip(numbers[::2], numbers[1::2], strict=True))
    if rect := _RECT.search(value):
        said = {name: float(number) for name, number in _SIDES.findall(rect[0])}
        x, y, w, h = said.get("x", 0.0), said.get("y", 0.0), said["width"], said["height"]
        return [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]
    return []


def _transformation(said: Any) -> str:
    if not isinstance(said, Mapping):
        return ""
    options = said.get("options")
    order = options.get("order", 1) if isinstance(options, Mapping) else 1
    name = f"polynomial{order}" if said.get("type") == "polynomial" else str(said.get("type", ""))
    return name if name in TRANSFORMATIONS else ""
