"""A region of a picture: a box, a polygon or a point, in pixels of the upright picture. Plain Python, without Django."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _

MOST_POINTS = 500

Point = tuple[float, float]


class RegionError(ValueError):
    """A region that cannot be; the message is a sentence for whoever drew it."""


@dataclass(frozen=True, slots=True)
class Region:
    """``box``: two opposite corners; ``polygon``: three points or more; ``point``: one."""

    shape: str
    points: tuple[Point, ...]

    BOX: ClassVar[str] = "box"
    POLYGON: ClassVar[str] = "polygon"
    POINT: ClassVar[str] = "point"
    SHAPES: ClassVar[tuple[str, ...]] = ("box", "polygon", "point")

    def checked(self, width: int, height: int) -> Region:
        """Itself, when it lies on a picture of that size. Raises RegionError."""
        least = {self.BOX: 2, self.POLYGON: 3, self.POINT: 1}.get(self.shape)
        if least is None:
            raise RegionError(_("A region is a box, a polygon or a point."))
        if len(self.points) < least or len(self.points) > (MOST_POINTS if self.shape == self.POLYGON else least):
            raise RegionError(_("A box has two corners, a polygon from 3 to %(most)d points, a point one place.") % {"most": MOST_POINTS})
        for x, y in self.points:
            if not all(isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) for value in (x, y)):
                raise RegionError(_("Places are written as numbers of pixels."))
            if x < 0 or y < 0 or x > width or y > height:
                raise RegionError(_("The region reaches beyond the picture of %(w)d × %(h)d pixels.") % {"w": width, "h": height})
        _left, _top, wide, high = self.bounds
        if self.shape != self.POINT and (wide < 1 or high < 1):
            raise RegionError(_("The region is too small: it has no area."))
        return self

    @property
    def bounds(self) -> tuple[int, int, int, int]:
        """The box around it: left, top, width, height in whole pixels."""
        across, down = [x for x, _y in self.points], [y for _x, y in self.points]
        left, top = math.floor(min(across)), math.floor(min(down))
        return left, top, math.ceil(max(across)) - left, math.ceil(max(down)) - top

    @property
    def xywh(self) -> str:
        """The box around it as a media fragment says it."""
        return ",".join(map(str, self.bounds))

    def selector(self) -> dict[str, Any]:
        """As a Web Annotation selects it: FragmentSelector, SvgSelector, or IIIF's PointSelector."""
        if self.shape == self.BOX:
            return {"type": "FragmentSelector", "conformsTo": "http://www.w3.org/TR/media-frags/", "value": f"xywh={self.xywh}"}
        if self.shape == self.POINT:
            x, y = self.points[0]
            return {"type": "PointSelector", "x": round(x), "y": round(y)}
        places = " ".join(f"{_number(x)},{_number(y)}" for x, y in self.points)
        return {"type": "SvgSelector", "value": f'<svg xmlns="http://www.w3.org/2000/svg"><polygon points="{places}"/></svg>'}


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
