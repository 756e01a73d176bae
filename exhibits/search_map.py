"""The map of a search: places with how many results were made there, gathered where they would overlap, over a plain graticule.

Drawn on the server as SVG in Web Mercator, so that it works without a script and nobody is told what a visitor looks at. A museum
may name a service of background tiles (BASEMAP_URL); then its pictures lie under the same points.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exhibits import words
from exhibits.words import Said
from search.requests import Bucket

WIDTH, HEIGHT = 960, 600
APART = 46  # pixels between two circles: each stays a target for a finger
MARGIN = 60
SMALLEST, LARGEST = 14, 34  # radius of a circle
LETTER, LINE, NAME_GAP = 8.2, 20, 6  # pixels: a letter's width, a line's height, from the circle to its name
NARROWEST = 0.02  # degrees that a map shows at least
MOST_LISTED = 12
TILE = 256
LIMIT = 85.05  # latitude at which Web Mercator ends
STEPS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 45)

Box = tuple[float, float, float, float]  # west, south, east, north in degrees


@dataclass(slots=True)
class Cluster:
    """One circle: where it is in pixels, how many results, where it leads, and what stands on it."""

    x: float
    y: float
    count: int
    label: str
    url: str
    name: str = ""
    radius: float = 0.0
    text: str = ""
    name_at: float | None = None  # where its name begins, in pixels from the left; None where there is no room for it


@dataclass(slots=True)
class Line:
    """A line of the graticule with its words."""

    at: float
    label: str


@dataclass(slots=True)
class Map:
    """Everything that the template draws. Empty when no result has a place on the map."""

    clusters: list[Cluster] = field(default_factory=list)
    meridians: list[Line] = field(default_factory=list)
    parallels: list[Line] = field(default_factory=list)
    tiles: list[tuple[str, float, float, float]] = field(default_factory=list)
    attribution: str = ""
    wider: str = ""
    whole: str = ""
    summary: str = ""
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def listed(self) -> list[Cluster]:
        """The largest circles in words."""
        return self.clusters[:MOST_LISTED]


class _View:
    """Degrees to pixels and back, for one box."""

    def __init__(self, box: Box) -> None:
        west, south, east, north = box
        if west > east:
            east += 360
        top, bottom = _mercator(north), _mercator(south)
        scale_x = (WIDTH - 2 * MARGIN) / max(math.radians(east - west), 1e-9)
        scale_y = (HEIGHT - 2 * MARGIN) / max(top - bottom, 1e-9)
        self.scale = min(scale_x, scale_y, WIDTH / math.radians(NARROWEST))
        self.middle = math.radians((west + east) / 2)
        self.x0 = self.middle - WIDTH / 2 / self.scale
        self.y0 = (top + bottom) / 2 + HEIGHT / 2 / self.scale

    def x(self, longitude: float) -> float:
        """Pixels from the left; of the places that a round world offers, the one nearest to the middle."""
        apart = (math.radians(longitude) - self.middle + math.pi) % (2 * math.pi) - math.pi
        return WIDTH / 2 + apart * self.scale

    def y(self, latitude: float) -> float:
        return (self.y0 - _mercator(latitude)) * self.scale

    def box(self, grow: float = 1.0) -> Box:
        """What is in sight, larger by a factor."""
        half_x, half_y = WIDTH / 2 * grow / self.scale, HEIGHT / 2 * grow / self.scale
        middle_y = self.y0 - HEIGHT / 2 / self.scale
        if half_x >= math.pi:
            west, east = -180.0, 180.0
        else:
            west, east = _around(math.degrees(self.middle - half_x)), _around(math.degrees(self.middle + half_x))
        return (west, _latitude(middle_y - half_y), east, _latitude(middle_y + half_y))


def draw(buckets: Iterable[Bucket], box: Box | None, total: int, url: Callable[..., str]) -> Map:
    """The map of counted places. ``url(box=…, show=…)`` gives the address of a neighbouring state."""
    places = [(bucket, bucket.point) for bucket in buckets if bucket.point and bucket.count]
    if not places and box is None:
        return Map()
    view = _View(box or _bounds([point for _, point in places]))
    clusters = sorted(_gathered(places, view, url), key=lambda one: -one.count)
    _size(clusters)
    _write_names(clusters)
    shown = sum(cluster.count for cluster in clusters)
    made = Map(clusters, *_graticule(view), summary=_summary(shown, total))
    if settings.BASEMAP_URL:
        made.tiles, made.attribution = _tiles(view), settings.BASEMAP_ATTRIBUTION
    wider = view.box(2.0)
    if wider[2] - wider[0] < 360:
        made.wider = url(box=_text(wider))
    made.whole = url(without=["box"]) if box else ""
    return made


def _gathered(places: list[tuple[Bucket, tuple[float, float]]], view: _View, url: Callable[..., str]) -> list[Cluster]:
    """The largest place first; a smaller one joins it when their circles would touch."""
    groups: list[tuple[float, float, list[tuple[Bucket, tuple[float, float]]]]] = []
    for bucket, point in sorted(places, key=lambda pair: (-pair[0].count, pair[0].id)):
        x, y = view.x(point[1]), view.y(point[0])
        if not (-MARGIN < x < WIDTH + MARGIN and -MARGIN < y < HEIGHT + MARGIN):
            continue
        near = next((group for group in groups if math.hypot(group[0] - x, group[1] - y) < APART), None)
        if near:
            near[2].append((bucket, point))
        else:
            groups.append((x, y, [(bucket, point)]))
    return [_cluster(x, y, members, view, url) for x, y, members in groups]


def _cluster(x: float, y: float, members: list[tuple[Bucket, tuple[float, float]]], view: _View, url: Callable[..., str]) -> Cluster:
    count = sum(bucket.count for bucket, _ in members)
    name = words.said(members[0][0].label, members[0][0].id)
    results = ngettext("%(number)s result", "%(number)s results", count) % {"number": words.number(count)}
    points = [point for _, point in members]
    label = f"{_names(name, len(members))}: {results}"
    # One place alone leads to its results; several lead to a map on which they stand apart.
    there = url(box=_text(_bounds(points, 0.0001)), **({"show": ""} if len(set(points)) == 1 else {}))
    return Cluster(x, y, count, label, there, name.text)


def _names(first: Said, count: int) -> str:
    if count == 1:
        return first.text
    others = ngettext("%(number)s other place", "%(number)s other places", count - 1) % {"number": words.number(count - 1)}
    return _("%(place)s and %(others)s") % {"place": first.text, "others": others}


def _size(clusters: list[Cluster]) -> None:
    """Areas go with counts, within what can be hit and read."""
    most = max((cluster.count for cluster in clusters), default=1)
    for cluster in clusters:
        cluster.radius = round(max(SMALLEST, LARGEST * math.sqrt(cluster.count / most)), 1)
        cluster.text = words.number(cluster.count) if cluster.count < 10_000 else f"{round(cluster.count / 1000)}k"


def _write_names(clusters: list[Cluster]) -> None:
    """Names beside the circles, the largest first, where they cover nothing."""
    taken = [(one.x - one.radius, one.y - one.radius, one.x + one.radius, one.y + one.radius) for one in clusters]
    for one in clusters:
        wide = LETTER * len(one.name)
        for left in (one.x + one.radius + NAME_GAP, one.x - one.radius - NAME_GAP - wide):
            box = (left, one.y - LINE / 2, left + wide, one.y + LINE / 2)
            if left > 0 and box[2] < WIDTH and box[1] > 0 and box[3] < HEIGHT - LINE and not any(_cover(box, other) for other in taken):
                one.name_at = round(left, 1)
                taken.append(box)
                break


def _cover(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _summary(shown: int, total: int) -> str:
    return _("%(shown)s of %(total)s results have a place on this map: where they were made, or the first place of their history.") % {
        "shown": words.number(shown),
        "total": words.number(total),
    }


def _bounds(points: list[tuple[float, float]], least: float = NARROWEST / 2) -> Box:
    south, north = min(point[0] for point in points), max(point[0] for point in points)
    west, east = min(point[1] for point in points), max(point[1] for point in points)
    pad = max(least, (east - west) * 0.02, (north - south) * 0.02)
    return (max(-180.0, west - pad), max(-LIMIT, south - pad), min(180.0, east + pad), min(LIMIT, north + pad))


def _graticule(view: _View) -> tuple[list[Line], list[Line]]:
    west, south, east, north = view.box()
    span = (east - west) % 360 or 360
    step = next((step for step in STEPS if span / step <= 8), STEPS[-1])
    meridians = [
        Line(round(at, 1), _degrees(_around(value), "E", "W") if at < WIDTH - MARGIN else "")
        for value in _every(step, west, west + span)
        if (at := view.x(value)) >= 0
    ]
    parallels = [Line(round(view.y(value), 1), _degrees(value, "N", "S")) for value in _every(step, south, north)]
    return meridians, parallels


def _every(step: float, low: float, high: float) -> list[float]:
    return [round(number * step, 6) for number in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _degrees(value: float, positive: str, negative: str) -> str:
    side = "" if not value else positive if value > 0 else negative
    return f"{abs(value):g}° {side}".strip()


def _tiles(view: _View) -> list[tuple[str, float, float, float]]:
    """(address, x, y, size in pixels) of the background's tiles."""
    zoom = max(0, min(19, math.floor(math.log2(view.scale * 2 * math.pi / TILE))))
    size = view.scale * 2 * math.pi / 2**zoom
    left = (view.x0 + math.pi) * view.scale / size
    top = (math.pi - view.y0) * view.scale / size
    found = []
    for column in range(math.floor(left), math.ceil(left + WIDTH / size)):
        for row in range(max(0, math.floor(top)), min(2**zoom, math.ceil(top + HEIGHT / size))):
            address = settings.BASEMAP_URL.format(z=zoom, x=column % 2**zoom, y=row)
            found.append((address, round((column - left) * size, 1), round((row - top) * size, 1), round(size, 1)))
    return found


def _mercator(latitude: float) -> float:
    bounded = math.radians(max(-LIMIT, min(LIMIT, latitude)))
    return math.log(math.tan(math.pi / 4 + bounded / 2))


def _latitude(mercator: float) -> float:
    return max(-LIMIT, min(LIMIT, math.degrees(2 * math.atan(math.exp(mercator)) - math.pi / 2)))


def _around(longitude: float) -> float:
    return (longitude + 180) % 360 - 180


def _text(box: Box) -> str:
    from search.visitor import box_text

    return box_text(box)
