"""Geometries of navPlace: GeoJSON as RFC 7946 has it, which a schema cannot say of rings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from iiif.presentation.problems import Problem

# how deep the positions lie in coordinates
_DEPTH = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}


def faults(nav_place: Any, path: str) -> Iterator[Problem]:
    """Geometries of unknown types, positions that are none, rings that are not closed."""
    for number, feature in enumerate(nav_place.get("features", ())):
        if isinstance(feature, dict):
            yield from _geometry_faults(feature.get("geometry"), f"{path}.features[{number}].geometry")


def _geometry_faults(geometry: Any, path: str) -> Iterator[Problem]:
    if not isinstance(geometry, dict):
        return
    kind = geometry.get("type")
    if kind == "GeometryCollection":
        inner = geometry.get("geometries")
        if not isinstance(inner, list):
            yield Problem(path, "A GeometryCollection has geometries.")
            return
        for number, one in enumerate(inner):
            yield from _geometry_faults(one, f"{path}.geometries[{number}]")
    elif not isinstance(kind, str) or kind not in _DEPTH:
        yield Problem(f"{path}.type", f"{str(kind)[:40]!r} is no geometry of GeoJSON.")
    else:
        yield from _coordinate_faults(kind, geometry.get("coordinates"), _DEPTH[kind], f"{path}.coordinates")


def _coordinate_faults(kind: str, value: Any, depth: int, path: str) -> Iterator[Problem]:
    if depth == 0:
        yield from position_faults(value, path)
        return
    if not isinstance(value, list) or not value:
        yield Problem(path, "Here stands a list of positions.")
        return
    found = [problem for number, one in enumerate(value) for problem in _coordinate_faults(kind, one, depth - 1, f"{path}[{number}]")]
    yield from found
    if found or depth > 1:
        return
    if kind.endswith("Polygon") and (len(value) < 4 or value[0] != value[-1]):
        yield Problem(path, "The ring of a polygon has four positions or more, and ends where it begins.")
    if kind.endswith("LineString") and len(value) < 2:
        yield Problem(path, "A line has two positions or more.")


def position_faults(value: Any, path: str) -> Iterator[Problem]:
    """Of one position: degrees of longitude and latitude, perhaps a height."""
    numbers = (
        isinstance(value, list) and len(value) >= 2 and all(isinstance(one, int | float) and not isinstance(one, bool) for one in value)
    )
    if not numbers:
        yield Problem(path, "A position is two numbers: degrees of longitude and of latitude.")
    elif not (-180 <= value[0] <= 180 and -90 <= value[1] <= 90):
        yield Problem(path, f"{value[0]}, {value[1]} is no longitude and latitude.")
