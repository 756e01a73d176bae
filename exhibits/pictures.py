"""Pictures as pages need them: sources in several widths, the space they take, the colour that stands in their place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from exhibits import words
from exhibits.words import NOTHING, Said
from iiif.image.addresses import FIXED, image_url, region_in_percent, service_url

LARGE = 2400
ROWS = {1200: 216, 768: 192, 0: 116}  # height in CSS pixels of a row of cards (--row in tokens.css), by the least width of the window
STRIP_HEIGHT = 72
NARROWEST, WIDEST = 0.5, 2.4  # boxes of cards keep within these; a scroll or panorama hangs inside its box
_COLOUR = "#8a8578"


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of an object, or a region of it. Sizes are the true pixels of what is shown."""

    asset: str
    width: int
    height: int
    color: str = _COLOUR
    alt: Said = NOTHING
    region: str = ""
    version: str = ""

    @property
    def ratio(self) -> float:
        """Width to height."""
        return self.width / self.height

    @property
    def box_ratio(self) -> float:
        """Width to height of the box in which the picture hangs among others."""
        return round(min(max(self.ratio, NARROWEST), WIDEST), 4)

    @property
    def sized(self) -> str:
        """The ratio as CSS takes it."""
        return f"{self.width} / {self.height}"

    def url(self, side: int) -> str:
        """The picture within ``side`` × ``side`` pixels, or at its own size where that is less."""
        region = self.region or "full"
        return image_url(self.asset, region, "max" if side >= max(self.width, self.height) else f"!{side},{side}", origin="")

    def width_at(self, side: int) -> int:
        """How wide it is within ``side`` × ``side`` pixels."""
        if side >= max(self.width, self.height):
            return self.width
        return side if self.ratio >= 1 else max(1, round(side * self.ratio))

    def _sources(self, sides: Iterable[int]) -> str:
        """Sources for ``srcset``, each with its true width, none twice."""
        by_width = {self.width_at(side): self.url(side) for side in sorted(sides, reverse=True)}
        return ", ".join(f"{by_width[width]} {width}w" for width in sorted(by_width))

    @property
    def srcset(self) -> str:
        """Sources for the ``srcset`` attribute: the sizes made once at ingest, and one larger."""
        return self._sources([*FIXED[1:], LARGE])

    @property
    def src(self) -> str:
        """The one source for those who do not choose."""
        return self.url(800)

    @property
    def thumb_srcset(self) -> str:
        """Sources for cards."""
        return self._sources(FIXED[:3])

    @property
    def thumb(self) -> str:
        """The one source of a card."""
        return self.url(400)

    @property
    def thumb_sizes(self) -> str:
        """How wide a card's picture is drawn in a row that has grown somewhat to end flush (``.card`` in cards.css)."""
        shown = min(self.ratio, self.box_ratio)
        return ", ".join(
            f"(min-width: {least}px) {round(height * shown * 1.15)}px" if least else f"{round(height * shown * 1.4)}px"
            for least, height in ROWS.items()
        )

    @property
    def strip(self) -> str:
        """The picture in the strip of views."""
        return self.url(FIXED[0])

    @property
    def strip_width(self) -> int:
        """Its width in the strip, in CSS pixels."""
        return max(24, min(216, round(STRIP_HEIGHT * self.ratio)))

    @property
    def large(self) -> str:
        """The picture for those who open it by itself."""
        return self.url(LARGE)

    @property
    def service(self) -> str:
        """The base address of its image service."""
        return service_url(self.asset, origin="")


def of_use(use: Mapping[str, Any], name: Said, region: str = "") -> Picture | None:
    """The picture of a media view, or None when it is no picture, restricted or not ready. ``name`` stands in for a missing alternative text."""
    if use.get("type") != "image" or use.get("restricted") or not use.get("width") or not use.get("height"):
        return None
    return _picture(use, words.said(use.get("alt")) or name, region or use.get("region") or "")


def of_ref(ref: Mapping[str, Any], name: Said, region: str = "") -> Picture | None:
    """The picture of a reference to an object, or None."""
    picture = ref.get("picture")
    if not picture or not picture.get("width") or not picture.get("height"):
        return None
    return _picture(picture, words.said(picture.get("alt")) or name, region)


def _picture(facts: Mapping[str, Any], alt: Said, region: str) -> Picture:
    width, height = facts["width"], facts["height"]
    fitted = fitting(region, width, height) if region else None
    region = ""
    if fitted:
        region, width, height = in_percent(fitted[0], width, height), *fitted[1:]
    return Picture(facts["asset"], width, height, facts.get("color") or _COLOUR, alt, region, facts.get("version") or "")


def in_percent(region: str, width: int, height: int) -> str:
    """A region "x,y,w,h" of a picture as its image service is asked for it: the rights may not allow the picture in all of its size."""
    left, top, wide, high = (int(part) for part in region.split(","))
    return region_in_percent((left, top, wide, high), width, height)


def fitting(region: str, width: int, height: int) -> tuple[str, int, int] | None:
    """A region "x,y,w,h" in pixels, or "pct:x,y,w,h", cut to the picture, with its size; None when it is none or lies outside."""
    try:
        if region.startswith("pct:"):
            shares = [float(part) / 100 for part in region.removeprefix("pct:").split(",")]
            left, top, wide, high = (round(share * side) for share, side in zip(shares, (width, height, width, height), strict=True))
        else:
            left, top, wide, high = (int(part) for part in region.split(","))
    except (ValueError, OverflowError):
        return None
    wide, high = min(wide, width - left), min(high, height - top)
    if left < 0 or top < 0 or wide <= 0 or high <= 0:
        return None
    return f"{left},{top},{wide},{high}", wide, high
