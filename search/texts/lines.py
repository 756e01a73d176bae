"""The page and the line by which an object was found, for the results that a visitor sees."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from records import languages
from search.building import logger
from search.documents import Audience
from search.engines.base import EngineError
from search.requests import Highlight, Hit
from search.texts import finding
from search.texts.finding import FoundPage
from search.texts.flat import as_html, marked

FLAG = "written"  # in a card: the object has texts of pages


@dataclass(frozen=True, slots=True)
class PageLine:
    """Where an object answers: the picture (public id of its use), its label by language, the line as safe HTML, and its detail "x,y,w,h"."""

    use: str
    label: dict[str, str]
    language: str
    html: str
    detail: str


def lines_of(hits: Iterable[Hit], text: str, audience: Audience) -> dict[str, PageLine]:
    """By hit id, for those whose pages answer. Hits without texts cost nothing; an engine that is away costs only the lines."""
    asked = {hit.display["id"]: hit.id for hit in hits if hit.kind == "object" and hit.display.get(FLAG)}
    if not asked or not text.strip():
        return {}
    try:
        found = finding.best_pages(text, list(asked), audience=audience)
    except EngineError as error:
        logger.warning("The lines of %d hits cannot be shown: %s", len(asked), error)
        return {}
    return {asked[ident]: _line(page) for ident, page in found.items() if ident in asked}


def with_lines(hits: Iterable[Hit], lines: dict[str, PageLine]) -> tuple[Hit, ...]:
    """The hits with their lines among the highlights (field "page")."""
    return tuple(
        replace(hit, highlights=(*hit.highlights, Highlight("page", lines[hit.id].language, lines[hit.id].html)))
        if hit.id in lines
        else hit
        for hit in hits
    )


def _line(found: FoundPage) -> PageLine:
    """The line with most different words of the query, whole ones before those that a hyphen parts."""
    by_line: dict[int, set[str]] = {}
    whole: dict[int, int] = {}
    for match in found.matches:
        by_line.setdefault(match.line, set()).add(match.text.casefold())
        whole[match.line] = whole.get(match.line, 0) + (len(match.boxes) == 1)
    number = min(by_line, key=lambda line: (-len(by_line[line]), -whole[line], line))
    line = found.page.lines[number]
    box = line.box
    spans = [(start, end) for match in found.matches for at, start, end in match.parts if at == number]
    return PageLine(
        use=found.layer.use.public_id,
        label=languages.plain(found.layer.use.label or {}),
        language=found.layer.language,
        html=as_html(marked(line.text, spans)),
        detail=around(found.page.width, found.page.height, box) if box else "",
    )


def around(width: int, height: int, box: tuple[int, int, int, int]) -> str:
    """The detail "x,y,w,h" in which a line is read: the line with some of its page around it, cut to the page."""
    x, y, w, h = box
    margin = max(min(w, h) * 3, round(min(width, height) * 0.04))  # a column of Hán is read downwards
    left, top = max(0, x - margin), max(0, y - margin)
    return f"{left},{top},{min(width, x + w + margin) - left},{min(height, y + h + margin) - top}"
