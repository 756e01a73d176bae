"""Parts of canvases: whether what a fragment or a selector names lies on its canvas (Presentation 3.0, 5.3: no content outside it)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from iiif.presentation import drawings

# Media Fragments 1.0: xywh in pixels of the canvas or in hundredths of it, t in seconds or as a clock says it
_REGION = re.compile(r"(?:(pixel|percent):)?([^,]+),([^,]+),([^,]+),([^,]+)")
_TIME = re.compile(r"(?:npt:)?([0-9:.]*)(?:,([0-9:.]+))?")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]*)?|-?\.[0-9]+")
_SLACK = 0.5  # of a pixel, and of a second: others round
Canvases = Mapping[str, Mapping[str, Any]]


def faults(reference: Any, canvases: Canvases, path: str = "") -> Iterator[tuple[str, str]]:
    """(place within the reference, sentence) for a canvas as targets, ranges and starts name it: a string, a mention, a SpecificResource
    or a list of them. What is no canvas among ``canvases`` (by id) is not looked at.
    """
    if isinstance(reference, list):
        for number, one in enumerate(reference):
            yield from faults(one, canvases, f"{path}[{number}]")
    elif isinstance(reference, str):
        source, _, fragment = reference.partition("#")
        if fragment and source in canvases:
            yield from ((path, sentence) for sentence in _fragment_faults(fragment, canvases[source]))
    elif isinstance(reference, dict) and "source" in reference:
        yield from faults(reference["source"], canvases, f"{path}.source")
        canvas = canvases.get(_plain_id(reference["source"]))
        if canvas is not None:
            yield from _selector_faults(reference.get("selector"), canvas, f"{path}.selector")
    elif isinstance(reference, dict):
        yield from faults(reference.get("id"), canvases, f"{path}.id")


def _plain_id(source: Any) -> str:
    """The canvas's own id; of a part of a part, whose selector counts from that part, nothing."""
    name = source.get("id") if isinstance(source, dict) and "source" not in source else source
    return name if isinstance(name, str) and "#" not in name else ""


def _selector_faults(selector: Any, canvas: Mapping[str, Any], path: str) -> Iterator[tuple[str, str]]:
    """``refinedBy`` counts from the part that its selector names, and is not looked at."""
    if isinstance(selector, list):
        for number, one in enumerate(selector):
            yield from _selector_faults(one, canvas, f"{path}[{number}]")
    if not isinstance(selector, dict):
        return
    kind, value = selector.get("type"), selector.get("value")
    if kind in ("FragmentSelector", "SvgSelector") and not isinstance(value, str):
        yield path, f"A {kind} has a value, and it is a text."
    elif kind == "FragmentSelector":
        yield from ((f"{path}.value", sentence) for sentence in _fragment_faults(str(value).removeprefix("#"), canvas))
    elif kind == "SvgSelector":
        yield from ((f"{path}.value", sentence) for sentence in drawings.faults(str(value), canvas.get("width"), canvas.get("height")))
    elif kind == "PointSelector":
        yield from ((f"{path}.{name}", sentence) for name, sentence in _point_faults(selector, canvas))
    elif kind == "RangeSelector":
        for name in ("startSelector", "endSelector"):
            yield from _selector_faults(selector.get(name), canvas, f"{path}.{name}")


def _fragment_faults(fragment: str, canvas: Mapping[str, Any]) -> Iterator[str]:
    for part in fragment.split("&"):
        name, _, value = part.partition("=")
        if name == "xywh":
            yield from _region_faults(value, canvas)
        elif name == "t":
            yield from _time_faults(value, canvas)


def _region_faults(value: str, canvas: Mapping[str, Any]) -> Iterator[str]:
    found = _REGION.fullmatch(value)
    if not found or not all(_NUMBER.fullmatch(number) for number in found.groups()[1:]):
        yield f"xywh={value[:60]} is no region: it is four numbers, x, y, width and height."
        return
    x, y, width, height = (float(number) for number in found.groups()[1:])
    if "width" not in canvas:
        yield f"It selects a region (xywh={value}), but the canvas has no height and width."
        return
    full = (100, 100) if found[1] == "percent" else (canvas["width"], canvas["height"])
    if width <= 0 or height <= 0:
        yield f"xywh={value} selects nothing: its width and height are more than 0."
    elif x < 0 or y < 0 or x + width > full[0] + _SLACK or y + height > full[1] + _SLACK:
        yield f"xywh={value} lies outside the canvas, which is {canvas['width']} × {canvas['height']}."


def _time_faults(value: str, canvas: Mapping[str, Any]) -> Iterator[str]:
    found = _TIME.fullmatch(value)
    try:
        begin, end = (_seconds(one) for one in found.groups()) if found and value not in {"", "npt:"} else (None, None)
    except ValueError:
        begin = end = None
    if begin is None and end is None:
        if not value.startswith(("smpte", "clock:")):  # counted in frames, or by the hour of the day
            yield f"t={value[:60]} is no time: it is seconds, as in t=10,20."
    elif "duration" not in canvas:
        yield f"It selects a time (t={value}), but the canvas has no duration."
    elif end is not None and end <= (begin or 0):
        yield f"t={value} ends before it begins."
    elif max(begin or 0, end or 0) > canvas["duration"] + _SLACK:
        yield f"t={value} lies outside the canvas, which lasts {canvas['duration']} seconds."


def _seconds(text: str | None) -> float | None:
    """``90.5``, ``1:30.5``, ``0:01:30.5`` in seconds. Raises ValueError."""
    if not text:
        return None
    seconds = 0.0
    for part in text.split(":"):
        seconds = seconds * 60 + float(part)
    return seconds


def _point_faults(selector: Mapping[str, Any], canvas: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, dimension in (("x", "width"), ("y", "height"), ("t", "duration")):
        if name not in selector:
            continue
        value = selector[name]
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            yield name, f"{name} of a point is a number of 0 or more."
        elif dimension not in canvas:
            yield name, f"It is a point by {name}, but the canvas has no {dimension}."
        elif value > canvas[dimension] + _SLACK:
            yield name, f"{value} lies outside the canvas, whose {dimension} is {canvas[dimension]}."
