"""Areas drawn in SVG (Web Annotation 4.2.7 SvgSelector): well-formed, without scripts, closed, and on their canvas."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

_SVG = "http://www.w3.org/2000/svg"
_SHAPES = {"path", "rect", "circle", "ellipse", "polyline", "polygon", "line"}
_ACTIVE = {"script", "foreignObject", "iframe", "use", "image", "a", "style", "animate", "set"}
_COMMAND = re.compile(r"([MmZzLlHhVvCcSsQqTtAa])([^MmZzLlHhVvCcSsQqTtAa]*)")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_NO_FILL = re.compile(r"(^|;)\s*fill\s*:\s*none\s*(;|$)")
# how many numbers each command takes, and which of them end it (x, y); h and v are told apart
_TAKES = {"m": 2, "l": 2, "t": 2, "s": 4, "q": 4, "c": 6, "a": 7, "h": 1, "v": 1}
_SLACK = 1.0  # pixels: pens are rounded
_LARGEST = 200_000  # characters

Point = tuple[float, float]


def faults(value: str, width: float | None, height: float | None) -> Iterator[str]:
    """Sentences about one drawing; ``width`` and ``height`` of the canvas that it is drawn on, in pixels, None where it has none."""
    if len(value) > _LARGEST:
        yield f"This drawing is longer than {_LARGEST:,} characters."
        return
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(value, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        yield f"An SvgSelector's value is SVG, well-formed: {str(error).rstrip('.')[:120]}."
        return
    elements = [(_name(element), element) for element in root.iter() if isinstance(element.tag, str)]
    if elements[0][0] != "svg":
        yield f"An SvgSelector's value is an svg element, not {elements[0][0][:40]!r}."
        return
    if any(name in _ACTIVE or any(key.lower().startswith("on") for key in element.attrib) for name, element in elements):
        yield "Scripts, event attributes and what is fetched from elsewhere are not allowed in a drawing."
        return
    drawn = [(name, element) for name, element in elements if name in _SHAPES]
    if not drawn:
        yield f"The drawing selects nothing: it has none of {', '.join(sorted(_SHAPES))}."
    for name, element in drawn:
        try:
            yield from _shape_faults(name, element, *((width, height) if _on_the_canvas(root, width, height) else (None, None)))
        except ValueError:
            yield f"What the {name} is drawn with are no numbers."


def _name(element: Any) -> str:
    tag = etree.QName(element)
    return tag.localname if tag.namespace in (None, _SVG) else str(tag)


def _on_the_canvas(root: Any, width: float | None, height: float | None) -> bool:
    """Whether its numbers are pixels of the canvas: nothing scales or moves them."""
    if width is None or height is None or any("transform" in element.attrib for element in root.iter() if isinstance(element.tag, str)):
        return False
    box = root.get("viewBox")
    return box is None or [float(one) for one in _NUMBER.findall(box)] == [0, 0, width, height]


def _shape_faults(name: str, element: Any, width: float | None, height: float | None) -> Iterator[str]:
    if name in {"polygon", "polyline"}:
        numbers = _numbers(element.get("points", ""))
        if len(numbers) % 2 or len(numbers) < (6 if name == "polygon" else 4):
            yield f"The points of a {name} are pairs of numbers, {'three' if name == 'polygon' else 'two'} or more."
            return
        strokes = [(list(itertools.pairwise(numbers))[::2], name == "polygon")]
    elif name == "path":
        strokes = list(_strokes(element.get("d", "")))
        if not strokes:
            yield "A path has something to draw (d), and begins with M."
            return
    else:
        strokes = [(_corners(name, element), True)]
    is_line = element.get("fill", "").strip() == "none" or bool(_NO_FILL.search(element.get("style", "")))
    for points, closed in strokes:
        if not closed and not is_line and len(points) > 2 and points[0] != points[-1]:
            yield f'The {name} is not closed: an area is selected (close it, or say fill="none" where a line is meant).'
        if width is not None and height is not None and _outside(points, width, height):
            yield f"The {name} lies outside the canvas, which is {width} × {height}."


def _outside(points: list[Point], width: float, height: float) -> bool:
    return any(not (-_SLACK <= x <= width + _SLACK and -_SLACK <= y <= height + _SLACK) for x, y in points)


def _numbers(text: str) -> list[float]:
    """Raises ValueError for what is neither a number nor between numbers."""
    if _NUMBER.sub(" ", text).replace(",", " ").strip():
        raise ValueError(text)
    return [float(one) for one in _NUMBER.findall(text)]


def _corners(name: str, element: Any) -> list[Point]:
    """The corners of the box around it."""

    def size(attribute: str) -> float:
        return float(element.get(attribute, "0").strip().removesuffix("px"))

    if name == "rect":
        x, y, wide, high = size("x"), size("y"), size("width"), size("height")
        return [(x, y), (x + wide, y + high)]
    if name == "line":
        return [(size("x1"), size("y1")), (size("x2"), size("y2"))]
    across, down = (size("r"), size("r")) if name == "circle" else (size("rx"), size("ry"))
    return [(size("cx") - across, size("cy") - down), (size("cx") + across, size("cy") + down)]


def _strokes(path: str) -> Iterator[tuple[list[Point], bool]]:
    """(the points between its segments, whether it is closed) for each stroke of a path. Raises ValueError."""
    if path.strip()[:1] not in {"M", "m", ""} or _COMMAND.sub("", path).strip():
        raise ValueError(path)
    points: list[Point] = []
    at: Point = (0.0, 0.0)
    for command, rest in _COMMAND.findall(path):
        kind, relative = command.lower(), command.islower()
        if kind == "z":
            if points:
                yield points, True
                at = points[0]
            points = []
            continue
        numbers = _arc_numbers(rest) if kind == "a" else _numbers(rest)
        if not numbers or len(numbers) % _TAKES[kind]:
            raise ValueError(rest)
        if kind == "m" and points:
            yield points, False
            points = []
        for step in range(0, len(numbers), _TAKES[kind]):
            points = points or ([] if kind == "m" else [at])
            at = _moved(kind, relative, numbers[step : step + _TAKES[kind]], at)
            points.append(at)
    if points:
        yield points, False


def _moved(kind: str, relative: bool, numbers: list[float], at: Point) -> Point:
    x, y = at if relative else (0.0, 0.0)
    if kind == "h":
        return x + numbers[0], at[1]
    if kind == "v":
        return at[0], y + numbers[0]
    return x + numbers[-2], y + numbers[-1]


_ARC = re.compile(
    rf"\s*({_NUMBER.pattern})[\s,]*({_NUMBER.pattern})[\s,]*({_NUMBER.pattern})[\s,]*([01])[\s,]*([01])[\s,]*({_NUMBER.pattern})[\s,]*({_NUMBER.pattern})[\s,]*"
)


def _arc_numbers(text: str) -> list[float]:
    """Of arcs, whose two flags may stand without a space. Raises ValueError."""
    numbers: list[float] = []
    at = 0
    while at < len(text):
        found = _ARC.match(text, at)
        if not found:
            raise ValueError(text)
        numbers += [float(one) for one in found.groups()]
        at = found.end()
    return numbers
