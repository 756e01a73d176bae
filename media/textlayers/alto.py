"""ALTO 2, 3 and 4 (Library of Congress): Page > blocks > TextLine > String, SP, HYP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from media.errors import RefusedFile
from media.textlayers.assembling import Piece, Written, box_of, closed_up, line_of, number, page_of
from media.textlayers.page import Box, TextPage
from media.textlayers.xml import children, first, name_of

NAMESPACES = (
    "http://www.loc.gov/standards/alto/ns-v2#",
    "http://www.loc.gov/standards/alto/ns-v3#",
    "http://www.loc.gov/standards/alto/ns-v4#",
)

_BLOCKS = frozenset({"ComposedBlock", "TextBlock", "Illustration", "GraphicalElement"})


def read(root: Any) -> TextPage:
    """The first page of the file. Raises RefusedFile when there is none or its measures cannot be known."""
    page = first(root, "Page")
    if page is None:
        raise RefusedFile(_("This ALTO file has no page in it."), "no-page")
    if sum(1 for one in root.iter() if name_of(one) == "Page") > 1:
        raise RefusedFile(_("This ALTO file describes several pages. Export one file for each page."), "several-pages")
    width, height = number(page.get("WIDTH")), number(page.get("HEIGHT"))
    unit = first(root, "MeasurementUnit")
    in_pixels = unit is None or (unit.text or "pixel").strip() == "pixel"
    if not (width and height) and not in_pixels:
        raise RefusedFile(
            _("This ALTO file measures in %(unit)s and does not say how large its page is. Export it with the page's width and height.")
            % {"unit": (unit.text or "").strip()[:40]},
            "no-size",
        )
    lines = list(_lines(page, any(name_of(one) == "SP" for one in page.iter()), _reading_order(root)))
    return page_of(width or 0, height or 0, lines, page.get("LANG") or _language(root))


def _language(root: Any) -> str:
    for one in root.iter():
        found = one.get("LANG") or one.get("language") if name_of(one) in {"TextBlock", "TextLine", "String"} else None
        if found:
            return found
    return ""


def _lines(page: Any, spaced: bool, places: Mapping[str, int]) -> Iterator[Written | None]:
    for block, text_block in enumerate(_blocks(page, places)):
        turn = _rotation(text_block)
        for line in text_block.iter():
            if name_of(line) == "TextLine":
                yield line_of(_pieces(line, spaced), box=_box(line), block=block, clockwise=turn)


def _rotation(block: Any) -> float | None:
    """How far what stands in a block is turned clockwise: ROTATION counts the other way, and holds for the blocks within."""
    for one in (block, *block.iterancestors()):
        if name_of(one) in _BLOCKS and (degrees := number(one.get("ROTATION"))) is not None:
            return -degrees
    return None


def _blocks(page: Any, places: Mapping[str, int]) -> list[Any]:
    """Text blocks in reading order; those that the order does not name come last, as they stand."""
    found = [(one, _place(one, places)) for one in _followed(page)]
    return [one for one, _at in sorted(found, key=lambda pair: pair[1])]


def _followed(page: Any) -> list[Any]:
    """Text blocks as they stand, but each followed by the one that it names as the next (IDNEXT, in every version of ALTO)."""
    blocks = [one for one in page.iter() if name_of(one) in _BLOCKS]
    known = {one.get("ID"): one for one in blocks if one.get("ID")}
    after = {one: known[one.get("IDNEXT")] for one in blocks if one.get("IDNEXT") in known and one.get("IDNEXT") != one.get("ID")}
    if not after:
        return [one for one in blocks if name_of(one) == "TextBlock"]
    led_to = set(after.values())
    found: dict[Any, None] = {}  # in the order in which they are read

    def read(block: Any) -> None:
        while block is not None and block not in found:
            found[block] = None
            for inner in block:
                if inner in wanted and inner not in led_to:
                    read(inner)
            block = after.get(block)

    wanted = set(blocks)
    for block in (*(one for one in blocks if one not in led_to and one.getparent() not in wanted), *blocks):
        read(block)  # last what only a circle leads to
    return [one for one in found if name_of(one) == "TextBlock"]


def _place(block: Any, places: Mapping[str, int]) -> int:
    """Of the block, else of what it stands in, else of the first line in it that the order names."""
    named = [block, *block.iterancestors(), *block.iter()]
    return next((places[one.get("ID")] for one in named if one.get("ID") in places), len(places))


def _reading_order(root: Any) -> dict[str, int]:
    """ALTO 4.3: the ids of blocks and lines in the order in which they are read; in groups without an order as they stand."""
    order = first(root, "ReadingOrder")
    places: dict[str, int] = {}
    for one in order.iter() if order is not None else ():
        if name_of(one) == "ElementRef":
            places.setdefault(one.get("REF") or "", len(places))
    return places


def _pieces(line: Any, spaced: bool) -> list[Piece]:
    """Words of a line. In files that write their spaces (SP), words without one between them stand together."""
    found: list[Piece] = []
    glued = False
    for element in children(line, "String", "SP", "HYP"):
        name = name_of(element)
        if name == "SP":
            glued = False
        elif name == "HYP":
            if found:
                hyphen = element.get("CONTENT") or "-"
                before = found[-1]
                found[-1] = before._replace(text=before.text if before.text.endswith(hyphen) else before.text + hyphen)
        else:
            whole = element.get("SUBS_CONTENT") if (element.get("SUBS_TYPE") or "").startswith("HypPart") else ""
            found.append(Piece(element.get("CONTENT") or "", _box(element), glued=glued, whole=whole or ""))
            glued = spaced
    return found if spaced else closed_up(found)


def _box(element: Any) -> Box | None:
    return box_of(*(number(element.get(name)) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT")))
