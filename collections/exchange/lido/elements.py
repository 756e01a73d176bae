"""What stands in many places of a LIDO record: texts in their languages, identifiers, names, concepts, actors, places, dates.

Elements are named with their prefix, as they are written; the root declares the namespaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from exchange.lido import terminology as terms
from iiif.presentation.addresses import collection
from iiif.presentation.texts import in_interface_languages, interface_languages
from records import languages
from records.fuzzydates import reading

Row = Mapping[str, Any]
Text = Mapping[str, str]

NAMESPACES = {
    "lido": "http://www.lido-schema.org",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "gml": "http://www.opengis.net/gml",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
_ATTRIBUTES = {"lang": "xml:lang", "about": "rdf:about", "srs": "srsName"}
# XML 1.0, production 2: what no document may hold, even escaped
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")  # xs:language
_DAY = re.compile(r"-?\d{4}-(0[1-9]|1[0-2])(-\d\d)?")  # months above twelve are EDTF's seasons
_LATITUDE_FIRST = "urn:ogc:def:crs:EPSG::4326"
_FOLDERS = {"agent": "people", "place": "places", "term": "terms", "period": "periods"}
_COLLECTIONS = {"set": "sets", "department": "departments"}
_DOUBTS = {"probable": _("probably"), "possible": _("possibly"), "disputed": _("disputed")}


def add(parent: Element, name: str, text: Any = None, **attributes: Any) -> Element:
    """An element (of LIDO, where no prefix is given) at the end of ``parent``; attributes that are empty are left out."""
    element = SubElement(parent, name if ":" in name else f"lido:{name}")
    for key, value in attributes.items():
        if value not in (None, ""):
            element.set(_ATTRIBUTES.get(key, f"lido:{key}"), _clean(str(value)))
    if text not in (None, ""):
        element.text = _clean(str(text))
    return element


def add_filled(parent: Element, *wrappers: Element) -> None:
    """Those of the wrappers that hold something."""
    parent.extend(wrapper for wrapper in wrappers if len(wrapper))


def wrapper(name: str) -> Element:
    """An element that is added once it is known to hold something."""
    return Element(f"lido:{name}")


def texts(parent: Element, name: str, text: Text | None, **attributes: Any) -> None:
    """One element for each language of a text."""
    for tag, words in (text or {}).items():
        if words:
            add(parent, name, words, lang=language(tag), **attributes)


def language(tag: str) -> str:
    """A value of ``xml:lang``. Without one a text would be in the language of the record."""
    return tag if _LANGUAGE.fullmatch(tag) else "und"


def holds(row: Row) -> bool:
    """True for a statement that is neither superseded nor rejected; LIDO has no way to say that one is."""
    return not row.get("superseded") and row.get("certainty") != "rejected"


def doubt(row: Row) -> Text:
    """How sure a statement is, in words; empty for what nobody doubts."""
    said = _DOUBTS.get(row.get("certainty") or "")
    return in_interface_languages(said) if said else {}


def joined(first: Text, second: Text, form: str = "{} ({})") -> dict[str, str]:
    """Two texts in one line for each language of the first; whichever there is when the other is missing."""
    if not first or not second:
        return dict(first or second)
    return {tag: form.format(words, languages.pick(second, [tag])[1]) for tag, words in first.items()}


def absolute(path: str) -> str:
    """An address with the museum's origin."""
    return path if path.startswith(("http://", "https://")) else settings.MUSEUM_ORIGIN + path


def uri(ref: Row) -> str:
    """What identifies a record of ours: it leads to its page in the reader's language. Empty for kinds that have no address."""
    kind, public_id = ref["kind"], ref["id"]
    if kind == "object":
        return absolute(f"/o/{public_id}")
    if kind in _COLLECTIONS:
        return absolute(collection(_COLLECTIONS[kind], public_id))
    return absolute(f"/{_FOLDERS[kind]}/{public_id}") if kind in _FOLDERS else ""


def _links(ref: Row, *, exact: bool) -> list[Row]:
    return [link for link in ref.get("links") or () if (link["match"] == "exact") is exact]


def identifiers(parent: Element, name: str, ref: Row) -> None:
    """Its URIs: those of authorities that mean the very same, then our own."""
    for link in _links(ref, exact=True):
        add(parent, name, link["uri"], type=terms.URI, source=link["scheme"])
    if own := uri(ref):
        add(parent, name, own, type=terms.URI)


def names(parent: Element, name: str, label: Text, *more: Text) -> None:
    """A set of names, preferred ones first; ``more`` are others."""
    element = add(parent, name)
    texts(element, "appellationValue", label, pref=terms.PREFERRED)
    for other in more:
        texts(element, "appellationValue", other, pref=terms.ALTERNATIVE)


def concept(parent: Element, name: str, ref: Row, **attributes: Any) -> None:
    """A term: as SKOS, which LIDO 1.1 prefers, and by id and words, which readers of 1.0 know; with the terms above it to be found by."""
    element = add(parent, name, **attributes)
    own = uri(ref)
    same = [link["uri"] for link in _links(ref, exact=True)] + ([own] if own else [])
    if same:
        described = _described(element, same[0], ref["label"], same[1:])
        for link in _links(ref, exact=False):
            add(described, f"skos:{link['match']}Match", link["uri"])
    identifiers(element, "conceptID", ref)
    texts(element, "term", ref["label"], pref=terms.PREFERRED)
    for above in ref.get("path") or ():
        texts(element, "term", above["label"], addedSearchTerm="yes")


def known(parent: Element, name: str, identifier: str, label: Text, same: Iterable[str] = (), source: str = "", **attributes: Any) -> None:
    """A concept of somebody else's vocabulary, by its URI; of nobody's where ``identifier`` is empty."""
    element = add(parent, name, **attributes)
    if identifier:
        _described(element, identifier, label, same)
        add(element, "conceptID", identifier, type=terms.URI, source=source)
    texts(element, "term", label, pref=terms.PREFERRED if identifier else "")


def _described(parent: Element, about: str, label: Text, same: Iterable[str]) -> Element:
    element = add(parent, "skos:Concept", about=about)
    texts(element, "skos:prefLabel", label)
    for one in same:
        add(element, "skos:exactMatch", one)
    return element


def actor(parent: Element, ref: Row, written: str = "") -> None:
    """A person or group. ``written``: the name as it stands on the object or in the source."""
    element = add(parent, "actor", type=terms.ACTORS.get(ref.get("type") or ""))
    identifiers(element, "actorID", ref)
    names(element, "nameActorSet", ref["label"] or {"und": written or ref["id"]}, *([{"und": written}] if written else []))
    if ref.get("birth_year") is not None or ref.get("death_year") is not None:
        _years(add(element, "vitalDatesActor"), ref.get("birth_year"), ref.get("death_year"))


def museum_actor(parent: Element, museum: Row) -> None:
    """The museum as somebody who does something."""
    element = add(parent, "actor", type=terms.ACTORS["group"])
    add(element, "actorID", museum_uri(museum), type=terms.URI)
    names(element, "nameActorSet", museum["label"] or {"und": museum["code"]})


def museum_uri(museum: Row | None) -> str:
    """The museum's own address; that of these pages where it has told none."""
    return (museum or {}).get("homepage") or absolute("/")


def legal_body(parent: Element, name: str, museum: Row | None) -> Element:
    """The museum as an institution."""
    element = add(parent, name)
    add(element, "legalBodyID", museum_uri(museum), type=terms.URI)
    if museum and museum["label"]:
        names(element, "legalBodyName", museum["label"])
    add(element, "legalBodyWeblink", museum_uri(museum), formatResource="text/html")
    return element


def place(parent: Element, name: str, ref: Row) -> None:
    """A place within those that it lies in; its position as exactly as the public may know it."""
    element = add(parent, name)
    identifiers(element, "placeID", ref)
    if ref["label"]:
        names(element, "namePlaceSet", ref["label"])
    if ref.get("latitude") is not None:
        point = add(add(element, "gml"), "gml:Point", srs=_LATITUDE_FIRST)
        add(point, "gml:pos", f"{ref['latitude']} {ref['longitude']}")
    if path := ref.get("path"):
        place(element, "partOfPlace", {**path[-1], "path": path[:-1]})


def place_set(parent: Element, name: str, ref: Row) -> None:
    """A place with its name and the names above it in one line."""
    element = add(parent, name)
    line = ref["label"]
    for above in reversed(ref.get("path") or []):
        line = joined(line, above["label"], "{}, {}")
    texts(element, "displayPlace", line)
    place(element, "place", ref)


def date_set(parent: Element, name: str, date: Row, *, sure: bool = True) -> None:
    """A date in the cataloguer's words, and as the years that were understood. ``sure``: whether one single year is meant exactly."""
    element = add(parent, name)
    first, last = date["earliest"], date["latest"]
    said = date["display"] or ({"und": date["text"]} if date["text"] else {})
    texts(element, "displayDate", said or {lang: reading.years(first, last, lang) for lang in interface_languages()})
    if _DAY.fullmatch(date["edtf"]):
        _span(add(element, "date"), date["edtf"], date["edtf"], terms.EXACT)
    elif first is not None or last is not None:
        _years(add(element, "date"), first, last, terms.EXACT if sure and first == last else "", rough=date["circa"] or date["uncertain"])


def _years(element: Element, first: int | None, last: int | None, kind: str = "", *, rough: bool = False) -> None:
    _span(element, iso(first), iso(last), terms.ESTIMATED if rough else kind)


def _span(element: Element, first: str, last: str, kind: str) -> None:
    if first:
        add(element, "earliestDate", first, type=kind)
    if last:
        add(element, "latestDate", last, type=kind)


def iso(year: int | None) -> str:
    """A year as ISO 8601 writes it: 1 BC is 0000, 2 BC -0001."""
    if year is None:
        return ""
    return f"{year:04d}" if year >= 0 else f"-{-year:04d}"


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
