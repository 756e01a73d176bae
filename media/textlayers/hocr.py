"""hOCR 1.2: HTML whose elements of the classes ocr_page, ocr_line and ocrx_word carry ``title="bbox x0 y0 x1 y1"``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree
from lxml import html as lxml_html

from media.errors import RefusedFile
from media.textlayers.assembling import Piece, Written, box_of, line_of, page_of, side_by_side
from media.textlayers.page import Box, TextPage

_PLACE = r"(-?\d{1,7}(?:\.\d{1,9})?)"  # pixels are whole numbers, and not everybody writes them so
_BBOX = re.compile(rf"(?:^|;)\s*bbox\s+{_PLACE}\s+{_PLACE}\s+{_PLACE}\s+{_PLACE}(?=\s|;|$)")
_ORDER = re.compile(r"(?:^|;)\s*order\s+(-?\d{1,9})(?=\s|;|$)")
_ANGLE = re.compile(rf"(?:^|;)\s*x?_?textangle\s+{_PLACE}(?=\s|;|$)")
_FLOW = re.compile(r"(?:^|;)\s*cflow\s+([^\s;]+)")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")  # names of files, which may hold anything
_LINES = frozenset({"ocr_line", "ocr_header", "ocr_textfloat", "ocr_caption", "ocrx_line"})
_BLOCKS = frozenset({"ocr_carea", "ocr_par", "ocrx_block", "ocr_title", "ocr_blockquote", "ocr_footer", "ocr_pageno"})
_WORDS = frozenset({"ocrx_word", "ocr_word"})
_BREAK = "\u2028"


def read(content: bytes) -> TextPage:
    """The page of the file. Raises RefusedFile when there is none or more than one."""
    parser = lxml_html.HTMLParser(no_network=True, huge_tree=False, encoding=_encoding(content))
    try:
        root = lxml_html.document_fromstring(content, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise RefusedFile(_("The hOCR file cannot be read as HTML. Export it again."), "broken-html") from error
    pages = [one for one in root.iter() if "ocr_page" in _classes(one)]
    if not pages:
        raise RefusedFile(_("This web page is no hOCR file: nothing in it is marked as a page (ocr_page)."), "no-page")
    if len(pages) > 1:
        raise RefusedFile(_("This hOCR file describes several pages. Export one file for each page."), "several-pages")
    page = pages[0]
    whole = _box(page)
    _put_in_order(page)
    lines = list(_lines(page))
    return page_of(whole.x + whole.width if whole else 0, whole.y + whole.height if whole else 0, lines, _language(page))


def _encoding(content: bytes) -> str | None:
    """hOCR is UTF-8 unless the file says otherwise, whatever HTML's own default is."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _put_in_order(page: Any) -> None:
    """Siblings whose ``order`` says when they are read are put so; those that say none come last, as they stand."""
    for element in list(page.iter()):
        placed = [(_place_in_order(child), child) for child in element]
        if any(place is not None for place, _child in placed):
            element[:] = [child for _place, child in sorted(placed, key=lambda one: (one[0] is None, one[0] or 0))]


def _place_in_order(element: Any) -> int | None:
    found = _ORDER.search(_properties(element)) if _classes(element) else None
    return int(found[1]) if found else None


def _lines(page: Any) -> Iterator[Written | None]:
    blocks: dict[Any, int] = {}
    for (owner, of_words), found in groupby(_in_flows(page), key=lambda one: (one[0], bool(_classes(one[1]) & _WORDS))):
        block = blocks.setdefault(owner, len(blocks))
        elements = [element for _owner, element in found]
        if of_words:
            yield from (line_of(pieces, block=block) for pieces in side_by_side(map(_piece, elements)))
            continue
        for element in elements:
            box, turn = None if element is page else _box(element), _turn(element)
            words = [_piece(one) for one in element.iter() if _classes(one) & _WORDS]
            if words:
                yield line_of(words, box=box, block=block, clockwise=turn)
            else:
                rows = _rows(element)
                yield from (line_of([Piece(word) for word in row.split()], text=row, box=box, block=block, clockwise=turn) for row in rows)


def _turn(element: Any) -> float | None:
    """How far letters are turned clockwise: ``textangle`` counts the other way (90 is read upwards)."""
    for one in (element, *element.iterancestors()):
        if found := _ANGLE.search(_properties(one)):
            return -float(found[1])
    return None


def _in_flows(page: Any) -> list[tuple[Any, Any]]:
    """What bears text in the order of the page: by an ``order`` that counts through several blocks, else one flow (``cflow``) after the
    other, as they begin.
    """
    found = list(_written(page))
    places = _counted_through(page)
    flows: dict[str, int] = {}

    def place(element: Any) -> tuple[float, float]:
        around = [element, *element.iterancestors()]
        at = next((places[one] for one in around if one in places), None)
        flow = next((flow[1] for one in around if (flow := _FLOW.search(_properties(one)))), "")
        return (flows.setdefault(flow, len(flows)) if not places else 0, float("inf") if at is None and places else at or 0)

    return sorted(found, key=lambda one: place(one[1]))


def _counted_through(page: Any) -> dict[Any, int]:
    """The ``order`` of blocks or lines that stand in several others and never have the same number: it counts through the page."""
    for classes in (_BLOCKS, _LINES):
        placed = {one: at for one in page.iter() if _classes(one) & classes and (at := _place_in_order(one)) is not None}
        parents = {one.getparent() for one in placed}
        outermost = {one: at for one, at in placed.items() if not any(parent in placed for parent in one.iterancestors())}
        if len(parents) > 1 and len(set(placed.values())) == len(placed) and len(outermost) == len(placed):
            return placed
    return {}


def _written(page: Any) -> Iterator[tuple[Any, Any]]:
    """What bears text, each with its block: lines, words that no line holds, blocks with neither. Not every program writes lines and words."""
    for element in page.iter():
        kinds = _classes(element)
        owner = next((one for one in element.iterancestors() if _classes(one) & _BLOCKS), page)
        if kinds & _WORDS:
            if not any(_classes(one) & (_LINES | _WORDS) for one in element.iterancestors()):
                yield owner, element
        elif kinds & _LINES:
            if not _holds(element, _LINES):  # headers and captions are lines for some, and hold lines for others
                yield owner, element
        elif kinds & (_BLOCKS | {"ocr_page"}) and not _holds(element, _BLOCKS | _LINES | _WORDS):
            yield element, element


def _holds(element: Any, classes: frozenset[str]) -> bool:
    return any(_classes(one) & classes for one in element.iterdescendants())


def _piece(word: Any) -> Piece:
    return Piece(word.text_content(), _box(word))


def _rows(element: Any) -> list[str]:
    """The text of an element, parted where the file breaks its lines."""
    for one in element.iter("br", "{http://www.w3.org/1999/xhtml}br"):
        one.tail = _BREAK + (one.tail or "")
    text: str = element.text_content()
    return text.split(_BREAK)


def _classes(element: Any) -> frozenset[str]:
    return frozenset((element.get("class") or "").split()) if isinstance(element.tag, str) else frozenset()


def _properties(element: Any) -> str:
    return _QUOTED.sub("", element.get("title") or "")


def _box(element: Any) -> Box | None:
    found = _BBOX.search(_properties(element))
    if not found:
        return None
    left, top, right, bottom = map(float, found.groups())
    return box_of(left, top, right - left, bottom - top)


def _language(page: Any) -> str:
    for one in page.iter():
        if isinstance(one.tag, str) and (found := one.get("lang") or one.get("{http://www.w3.org/XML/1998/namespace}lang")):
            return found
    top = page.getroottree().getroot()
    return top.get("lang") or top.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
