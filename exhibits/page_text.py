"""What is written on a page, for the object page (plain lines, for everybody and every reader) and for the deep zoom (words with boxes)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from artifacts import page_texts
from artifacts.models import TextLayer
from search.queries import parse
from search.texts.flat import marked, matches
from search.texts.lines import around

LONGEST_QUERY = 300


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """A line as the page shows it: its text in parts, of which the marked ones answer what was searched for."""

    parts: tuple[tuple[str, bool], ...]
    detail: str


@dataclass(frozen=True, slots=True)
class Written:
    """The text of one page. ``blocks``: paragraphs of lines; ``first``: the detail around the first line that answers, or empty."""

    lang: str
    blocks: tuple[tuple[WrittenLine, ...], ...]
    found: int
    first: str


def of_view(use: str, query: str = "") -> Written | None:
    """The text of the picture of this use that everybody may read; None when it has none."""
    layer = page_texts.of_pictures([use]).get(use) if use else None
    if layer is None:
        return None
    page = page_texts.page_of(layer)
    places = matches(page, parse(query[:LONGEST_QUERY])) if query.strip() else []
    blocks: list[list[WrittenLine]] = []
    for number, line in enumerate(page.lines):
        if not blocks or line.block != page.lines[number - 1].block:
            blocks.append([])
        spans = [(start, end) for match in places for at, start, end in match.parts if at == number]
        blocks[-1].append(WrittenLine(tuple(marked(line.text, spans)), line.box.xywh if line.box else ""))
    first = next((page.lines[match.line].box for match in places if page.lines[match.line].box), None)
    return Written(layer.language, tuple(map(tuple, blocks)), len(places), around(page.width, page.height, first) if first else "")


def for_script(layer: TextLayer, query: str = "") -> dict[str, Any]:
    """``{"width", "height", "language", "lines": [[text, box, [[word, box], …], block, turn], …], "marks": [box, …]}``; boxes are [x, y, w, h] or
    null, turns in degrees clockwise.
    """
    page = page_texts.page_of(layer)
    places = matches(page, parse(query[:LONGEST_QUERY])) if query.strip() else []
    return {
        "width": page.width,
        "height": page.height,
        "language": layer.language,
        "lines": [
            [line.text, _plain(line.box), [[word.text, _plain(word.box)] for word in line.words if word.box], line.block, line.turn]
            for line in page.lines
        ],
        "marks": [list(box) for match in places for _line, box in match.boxes if box],
    }


def _plain(box: Any) -> list[int] | None:
    return list(box) if box else None


def addresses_of(view: Mapping[str, Any]) -> dict[str, str]:
    """For each picture of the object that has a readable text: where the deep zoom fetches it."""
    uses = [use["id"] for use in view["media"] if use.get("type") == "image" and not use.get("restricted")]
    having = page_texts.having(uses)
    return {use: reverse("page-text", args=[view["id"], use]) for use in uses if use in having}
