"""What happened to it: making, finding, use, acquisition, provenance, exhibitions. LIDO has one type and one date for each event."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import Element

from django.utils.translation import gettext_lazy as _

from artifacts.models import Artifact, Event, Maker
from exchange.lido import terminology as terms
from exchange.lido.elements import (
    Row,
    Text,
    absolute,
    actor,
    add,
    concept,
    date_set,
    doubt,
    holds,
    joined,
    known,
    language,
    museum_actor,
    place_set,
    texts,
    wrapper,
)
from iiif.presentation.texts import in_interface_languages
from records import languages

_KINDS = dict(Event.Kind.choices)
_OWNED = {Artifact.Status.ACCESSIONED, Artifact.Status.DEACCESSIONED}
_QUALIFIERS = dict(Maker.Qualifier.choices)


def events(view: Row) -> Element:
    """All events in their order; what an object shows is a subject, not something that happened to it."""
    element = wrapper("eventWrap")
    happened = [row for row in view["events"] if holds(row) and row.get("kind") != Event.Kind.DEPICTION]
    makers = [row for row in view["makers"] if holds(row)]
    made = next((row for row in happened if row.get("kind") == Event.Kind.PRODUCTION), None)
    if made is None and (makers or view["makers_display"]):
        made = {"kind": Event.Kind.PRODUCTION.value, "note": {}, "date": None}
        happened = [made, *happened]
    for row in happened:
        _event(element, row, view, makers, first=row is made)
    _acquisition(element, view)
    for step in filter(holds, view["provenance"]):
        _provenance(element, step)
    for exhibition in view.get("exhibitions") or []:
        _exhibition(element, exhibition, view["museum"])
    return element


def _begun(parent: Element, identifier: str, label: Any, **attributes: Any) -> tuple[Element, Element]:
    """(set, event) of that type."""
    outer = add(parent, "eventSet", **attributes)
    element = add(outer, "event")
    known(element, "eventType", identifier, in_interface_languages(label))
    return outer, element


def _event(parent: Element, row: Row, view: Row, makers: Sequence[Row], *, first: bool) -> None:
    """An event of the record. Makers, who are recorded once for all productions, stand with the first."""
    kind = row.get("kind") or ""
    _outer, element = _begun(
        parent, terms.EVENTS.get(kind, terms.UNSPECIFIED), _KINDS.get(kind, _("Event")), mostNotableEvent="1" if first else ""
    )
    if first:
        _makers(element, view["makers_display"], makers)
    if row.get("culture"):
        concept(element, "culture", row["culture"])
    if row.get("date"):
        date_set(element, "eventDate", row["date"])
    if row.get("period"):
        concept(element, "periodName", row["period"])
    if row.get("place"):
        place_set(element, "eventPlace", row["place"])
    if row["note"] or row.get("source_note"):
        _told(element, row["note"], source=row.get("source_note") or "")
    _told(element, doubt(row), kind="certainty")


def _makers(parent: Element, display: Text, makers: Sequence[Row]) -> None:
    """Each maker with the words for it. The cataloguer's own words are those of the only maker, else stand by themselves before them."""
    if display and len(makers) != 1:
        texts(add(parent, "eventActor"), "displayActorInRole", display)
    for place, row in enumerate(makers, start=1):
        element = add(parent, "eventActor", sortorder=place if len(makers) > 1 else "")
        texts(element, "displayActorInRole", display if display and len(makers) == 1 else _maker_in_words(row))
        inner = add(element, "actorInRole")
        actor(inner, row["agent"], row.get("name_as_written") or "")
        if row.get("role"):
            concept(inner, "roleActor", row["role"])
        for words in (_qualifier(row), doubt(row)):
            if words:
                known(inner, "attributionQualifierActor", "", words)
        texts(inner, "extentActor", {"und": row.get("part_done") or ""})
        texts(inner, "sourceActorInRole", {"und": row.get("source_note") or ""})


def _qualifier(row: Row) -> Text:
    """“attributed to”, “workshop of”; nothing for a plain “by”."""
    return in_interface_languages(_QUALIFIERS[row["qualifier"]]) if row.get("qualifier") in _QUALIFIERS and row["qualifier"] else {}


def _maker_in_words(row: Row) -> Text:
    line: Text = row["agent"]["label"]
    if phrase := _qualifier(row):
        line = {tag: f"{languages.pick(phrase, [tag])[1]} {name}" for tag, name in line.items()}
    if row["agent"].get("life_dates"):
        line = joined(line, {"und": row["agent"]["life_dates"]})
    if row.get("role"):
        line = joined(line, row["role"]["label"], "{}, {}")
    return joined(line, doubt(row), "{}, {}")


def _acquisition(parent: Element, view: Row) -> None:
    """How the museum came by it."""
    year, words, summary = view["acquired_year"], view["acquired_text"], view["acquisition_summary"]
    if not (year is not None or words or summary):
        return
    _outer, element = _begun(parent, terms.ACQUISITION, _("Acquisition"))
    if view["museum"]:
        # what is borrowed or on deposit has come to the house and belongs to somebody else
        _participant(element, view["museum"], _("new owner") if view["status"] in _OWNED else None)
    if year is not None or words:
        date = {"display": {}, "text": words, "edtf": "", "earliest": year, "latest": year, "circa": False, "uncertain": False}
        date_set(element, "eventDate", date, sure=words in ("", str(year)))
    _told(element, summary)


def _provenance(parent: Element, step: Row) -> None:
    """A step of its history. A gap, of which nothing is known but when it was, says so in the words shown for it."""
    outer, element = _begun(parent, terms.PROVENANCE, _("Provenance"))
    for name, role in (("from_agent", _("former owner")), ("to_agent", _("new owner"))):
        if step.get(name):
            _participant(element, step[name], role)
    if step["date"]:
        date_set(element, "eventDate", step["date"])
    if step.get("place"):
        place_set(element, "eventPlace", step["place"])
    if step.get("method"):
        known(element, "eventMethod", "", {"und": step["method"]})
    _told(element, step["text"], source=step.get("source_note") or "")
    _told(element, doubt(step), kind="certainty")
    if step.get("gap"):
        _shown(outer, in_interface_languages(_("Nothing is known of this time.")))


def _participant(parent: Element, ref: Row, role: Any) -> None:
    element = add(add(parent, "eventActor"), "actorInRole")
    if ref["kind"] == "museum":
        museum_actor(element, ref)
    else:
        actor(element, ref)
    if role:
        known(element, "roleActor", "", in_interface_languages(role))


def _exhibition(parent: Element, ref: Row, museum: Row | None) -> None:
    """Where it was shown in this house. The day is on the exhibition's own page."""
    outer = add(parent, "eventSet")
    texts(outer, "displayEvent", ref["label"])
    element = add(outer, "event")
    for path in list(ref["urls"].values())[:1]:
        add(element, "eventID", absolute(path), type=terms.URI)
    known(element, "eventType", terms.EXHIBITION, in_interface_languages(_("Exhibition")))
    if ref["label"]:
        texts(add(element, "eventName"), "appellationValue", ref["label"], pref=terms.PREFERRED)
    if museum:
        museum_actor(add(add(element, "eventActor"), "actorInRole"), museum)
    for tag, path in ref["urls"].items():
        add(add(element, "eventDescriptionSet"), "descriptiveNoteID", absolute(path), type=terms.URI, label=language(tag))


def _told(parent: Element, text: Text, kind: str = "", source: str = "") -> None:
    if text or source:
        element = add(parent, "eventDescriptionSet", type=kind)
        texts(element, "descriptiveNoteValue", text)
        texts(element, "sourceDescriptiveNote", {"und": source})


def _shown(outer: Element, text: Text) -> None:
    """Words for the whole event, before it (the schema's order)."""
    holder = wrapper("eventSet")
    texts(holder, "displayEvent", text)
    outer[:0] = list(holder)
