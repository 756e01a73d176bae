"""PAGE XML (PRImA, PcGts): Page > TextRegion > TextLine > Word, in the reading order that the file gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from media.errors import RefusedFile
from media.textlayers.assembling import Piece, Written, clean, line_of, number, page_of
from media.textlayers.page import Box, TextPage
from media.textlayers.xml import children, first, name_of

_LANGUAGES = {"german": "de", "english": "en", "french": "fr", "latin": "la", "vietnamese": "vi", "chinese": "zh", "japanese": "ja"}
_REGIONS = ("TextRegion", "TableCell")
_ASKEW = ("readingOrientation", "orientation")
_REFERENCES = ("RegionRefIndexed", "RegionRef")
# Transkribus says the order so, on regions, lines and words: custom="readingOrder {index:3;} structure {type:heading;}"
_CUSTOM_ORDER = re.compile(r"\breadingOrder\s*\{[^}]*?\bindex\s*:\s*(\d{1,7})")


def read(root: Any) -> TextPage:
    """The page of the file. Raises RefusedFile when there is none."""
    page = first(root, "Page")
    if page is None:
        raise RefusedFile(_("This PAGE file has no page in it."), "no-page")
    width, height = number(page.get("imageWidth")), number(page.get("imageHeight"))
    if not (width and height):
        raise RefusedFile(_("This PAGE file does not say how large its picture is (imageWidth, imageHeight)."), "no-size")
    lines = [line for block, region in enumerate(_regions(page)) for line in _lines(region, block)]
    return page_of(width, height, lines, _language(page))


def _regions(page: Any) -> list[Any]:
    """Text regions, inner ones too, and cells of tables, in reading order; those that the order does not name come last, as they stand."""
    regions = [one for one in _within(page) if name_of(one) in _REGIONS]
    order = first(page, "ReadingOrder")
    if order is None:
        return regions
    places: dict[str, int] = {}
    for one in _ordered(order):
        places.setdefault(one.get("regionRef") or "", len(places))
    return sorted(regions, key=lambda region: places.get(region.get("id") or "", len(places)))


def _within(element: Any) -> Iterator[Any]:
    """Everything in an element, in the order that its parts say of themselves."""
    for child in _in_order([one for one in element if isinstance(one.tag, str)]):
        yield child
        yield from _within(child)


def _in_order(siblings: list[Any]) -> list[Any]:
    """By the order that they say of themselves; those that say none come last, as they stand."""
    places = {one: at for one in siblings if (at := _own_place(one)) is not None}
    return sorted(siblings, key=lambda one: places.get(one, float("inf"))) if places else siblings


def _own_place(element: Any) -> float | None:
    found = _CUSTOM_ORDER.search(element.get("custom") or "")
    if found:
        return float(found[1])
    return number(element.get("index")) if name_of(element) == "TextLine" else None


def _ordered(group: Any) -> Iterator[Any]:
    found = [
        child
        for child in group
        if name_of(child) in {*_REFERENCES, "OrderedGroup", "UnorderedGroup", "OrderedGroupIndexed", "UnorderedGroupIndexed"}
    ]
    for child in sorted(found, key=lambda one: number(one.get("index")) or 0):
        if name_of(child) in _REFERENCES:
            yield child
        else:
            yield from _ordered(child)


_WRITTEN = frozenset({*_REGIONS, "TextLine", "Word"})


def _lines(region: Any, block: int) -> Iterator[Written | None]:
    for line in _in_order(children(region, "TextLine")):
        pieces = [Piece(_text(word), _box(word)) for word in _in_order(children(line, "Word"))]
        yield line_of(pieces, text=_raw(line), box=_box(line), block=block, clockwise=_turn(line))
    if not any(_text(one) for one in region.iter() if one is not region and name_of(one) in _WRITTEN):
        # transcribed as a whole; of one whose lines, or regions within, are transcribed the text would come twice
        for text in _raw(region).splitlines():
            yield line_of([Piece(word) for word in text.split()], text=text, box=_box(region), block=block, clockwise=_turn(region))


_DIRECTIONS = {"bottom-to-top": -90.0, "top-to-bottom": 90.0}


def _turn(element: Any) -> float | None:
    """How far letters are turned clockwise: by the direction in which a line, or its region, is read, else by the region's orientation,
    which says how far it would have to be turned to stand upright.
    """
    around = (element, *element.iterancestors())
    read = next((one.get("readingDirection") for one in around if one.get("readingDirection")), "")
    if read in _DIRECTIONS:
        return _DIRECTIONS[read]
    askew = next((found for one in around for name in _ASKEW if (found := number(one.get(name))) is not None), None)
    return None if askew is None else -askew


def _raw(element: Any) -> str:
    """The text of an element: its TextEquiv of the lowest index."""
    best = min(children(element, "TextEquiv"), key=lambda one: number(one.get("index")) or 0, default=None)
    if best is None:
        return ""
    found = first(best, "Unicode")
    return (found.text or "") if found is not None else ""


def _text(element: Any) -> str:
    return clean(_raw(element))


def _box(element: Any) -> Box | None:
    """The box around its outline: ``points="x,y x,y …"``, in older files Point elements."""
    outline = next(iter(children(element, "Coords")), None)
    if outline is None:
        return None
    pairs = [point.split(",") for point in (outline.get("points") or "").split()] or [
        [point.get("x") or "", point.get("y") or ""] for point in children(outline, "Point")
    ]
    places = [(number(pair[0]), number(pair[1])) for pair in pairs if len(pair) == 2]
    known = [(x, y) for x, y in places if x is not None and y is not None]
    if len(known) < 2:
        return None
    left, top = min(x for x, _y in known), min(y for _x, y in known)
    right, bottom = max(x for x, _y in known), max(y for _x, y in known)
    return Box(round(left), round(top), max(1, round(right - left)), max(1, round(bottom - top)))


def _language(page: Any) -> str:
    for one in page.iter():
        found = one.get("primaryLanguage") or one.get("language") if isinstance(one.tag, str) else None
        if found:
            return _LANGUAGES.get(found.lower(), found)
    return ""
