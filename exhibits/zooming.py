"""What the deep zoom is told of an object: its views in reading order, how they are bound, where its manifest lies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.templatetags.static import static

from exhibits import addresses, pictures
from iiif.presentation import sources

if TYPE_CHECKING:
    from exhibits.object_page import ViewOf

# Modules of what lies over the pictures, in the order in which they are attached (docs/viewer.md).
LAYERS = ["exhibits/js/viewer/regions.js", "exhibits/js/viewer/text-layer.js"]


@dataclass(frozen=True, slots=True)
class Detail:
    """A part of a picture that somebody shared: "x,y,w,h", and its picture for those without script."""

    region: str
    large: str


def layers() -> str:
    """Addresses of the layers' modules, for the frame's ``data-layers``."""
    return " ".join(static(path) for path in LAYERS)


def book(view: Mapping[str, Any], every: Sequence[ViewOf], title: str, cite: str, texts: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The object's views for the deep zoom. ``start`` is left to the page. ``texts``: where the words of a view are fetched."""
    manifest = addresses.absolute(addresses.manifest(view["id"]))
    bound = sources.describe("object", dict(view)) if len(every) > 1 else None
    return {
        "title": title,
        "cite": cite,
        "manifest": manifest,
        "canvases": manifest.removesuffix("manifest.json") + "canvas/",
        "paged": bool(bound and "paged" in bound.behaviors),
        "direction": (bound.viewing_direction if bound else "") or "left-to-right",
        "views": [_view(one, title) | _text(one, texts or {}) for one in every if one.picture],
    }


def _view(one: ViewOf, title: str) -> dict[str, Any]:
    picture = one.picture
    assert picture is not None
    found: dict[str, Any] = {
        "id": one.id,
        "service": picture.service,
        "width": picture.width,
        "height": picture.height,
        "color": picture.color,
        "label": one.label.text,
        "url": one.url,
    }
    if one.label.lang_attribute:
        found["lang"] = one.label.lang_attribute
    if picture.alt.text not in {title, f"{title} – {one.label.text}"}:
        found["alt"] = picture.alt.text
    if one.regions:
        found["regions"] = one.regions
    return found


def _text(one: ViewOf, texts: Mapping[str, str]) -> dict[str, Any]:
    return {"text": texts[one.id]} if one.id in texts else {}


def detail(one: ViewOf | None, wanted: str) -> Detail | None:
    """The shared detail of a view, cut to its picture; None when there is none or it lies outside."""
    if not wanted or one is None or one.picture is None:
        return None
    picture = one.picture
    fitted = pictures.fitting(wanted, picture.width, picture.height)
    if fitted is None:
        return None
    region, width, height = fitted
    asked = pictures.in_percent(region, picture.width, picture.height)
    return Detail(region, pictures.Picture(picture.asset, width, height, region=asked).large)
