"""How to cite an object: APA 7, MLA 9, Chicago 17, BibTeX."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from exhibits import addresses, words
from exhibits.cards import holds, untitled

_BIBTEX = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "$": r"\$", "#": r"\#", "_": r"\_"}


def citations(view: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(style, citation) for each style. What nobody knows is left out, never invented."""
    title = words.said(view["title"], untitled(view["accession_number"])).text
    names = [words.said(maker["agent"]["label"]).text for maker in view["makers"] if holds(maker) and not maker.get("qualifier")]
    date = _year(view.get("date"))
    museum = words.said(view["museum"]["label"]).text if view.get("museum") else ""
    number, link = view["accession_number"], addresses.absolute(view["uri"])
    form = words.said(view.get("materials_display")).text
    return [
        ("APA", _apa(names, date, title, form, museum, number, link)),
        ("MLA", _sentence(_joined(names, "and"), title, date, ", ".join(filter(None, [museum, number])), link)),
        (
            "Chicago",
            _sentence(_joined(names, "and"), f"{title}. {date}" if date else title, form, ", ".join(filter(None, [museum, number])), link),
        ),
        ("BibTeX", _bibtex(view["id"], names, date, title, museum, number, link)),
    ]


def _year(date: Mapping[str, Any] | None) -> str:
    """A sure year of our era as a number, as every style wants it ("Minh Mạng 17" is 1836); other dates as they are worded."""
    sure = date and not date.get("circa") and not date.get("uncertain")
    if date and sure and date.get("earliest") == date.get("latest") and (date.get("earliest") or 0) > 0:
        return str(date["earliest"])
    return words.date(date).text


def _apa(names: list[str], date: str, title: str, form: str, museum: str, number: str, link: str) -> str:
    who = _joined(names, "&")
    when = f"({date or 'n.d.'})"
    what = f"{title} [{form}]" if form else title
    where = ", ".join(filter(None, [museum, number]))
    return _sentence(f"{who} {when}" if who else "", what if who else f"{what} {when}", where, link)


def _bibtex(key: str, names: list[str], date: str, title: str, museum: str, number: str, link: str) -> str:
    fields = {
        "author": " and ".join(f"{{{_escaped(name)}}}" for name in names),
        "title": f"{{{_escaped(title)}}}",
        "year": _escaped(date),
        "note": _escaped(", ".join(filter(None, [museum, number]))),
        "url": link,
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value and value != "{}"]
    return "@misc{" + ",\n".join([key, *lines]) + "\n}"


def _escaped(text: str) -> str:
    return "".join(_BIBTEX.get(character, character) for character in text)


def _joined(names: list[str], last: str) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])}, {last} {names[-1]}"


def _sentence(*parts: str) -> str:
    """Parts with one full stop between each two; an address ends without one."""
    return re.sub(r"([.?!])\.( |$)", r"\1\2", ". ".join(part for part in parts if part))
