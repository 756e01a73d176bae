"""The facts of an object, grouped, each value with its language and the page it leads to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from artifacts.models import Artifact, Event, Identifier
from exhibits import addresses, words
from exhibits.cards import attribution, holds
from exhibits.words import Said
from records.measurements import for_reader, of_row

View = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Value:
    """One value: its text, where it leads, and what qualifies it (a role, a part, a certainty)."""

    text: Said
    url: str = ""
    before: str = ""
    after: str = ""
    path: tuple[tuple[Said, str], ...] = ()


@dataclass(slots=True)
class Fact:
    """A label with its values."""

    label: str
    values: list[Value] = field(default_factory=list)


@dataclass(slots=True)
class Group:
    """Facts that belong together."""

    code: str
    label: str
    facts: list[Fact] = field(default_factory=list)


def groups(view: View) -> list[Group]:
    """All groups that have something to say, in reading order."""
    every = [
        Group("making", _("Making"), [*_makers(view), *_production(view)]),
        Group("physical", _("Material and size"), _physical(view)),
        Group("subject", _("What it shows"), _subjects(view)),
        Group("life", _("Its life"), _events(view)),
        Group("custody", _("In the museum"), _custody(view)),
        Group("numbers", _("Names and numbers"), _names(view)),
    ]
    for group in every:
        group.facts = [fact for fact in group.facts if fact.values]
    return [group for group in every if group.facts]


def key_facts(view: View) -> list[Fact]:
    """The few facts that stand beside the title."""
    found = [
        Fact(_("Number"), [Value(Said(view["accession_number"]))] if view["accession_number"] else []),
        *_makers(view),
        Fact(pgettext("of an object", "Date"), _date_values(view.get("date"))),
        Fact(_("Material"), _line(view.get("materials_display")) or _terms(view["materials"])),
        Fact(_("Size"), _size(view)),
        Fact(_("On display"), _line(view.get("gallery"))),
    ]
    return [fact for fact in found if fact.values]


def ref(record: View, after: str = "", before: str = "") -> Value:
    """A value for a reference, with its page and the names above it in its thesaurus."""
    path = tuple((words.said(above["label"]), addresses.page(above)) for above in record.get("path", ()) if above.get("label"))
    return Value(words.said(record["label"]), addresses.page(record), before, after, path)


def certainty(row: View) -> str:
    """How sure a statement is, in words; empty for what nobody doubts."""
    return {"probable": _("probably"), "possible": _("possibly"), "disputed": _("disputed")}.get(row.get("certainty") or "", "")


def _makers(view: View) -> list[Fact]:
    by_role: dict[str, list[Value]] = {}
    for maker in view["makers"]:
        if not holds(maker):
            continue
        role = words.said(maker["role"]["label"]).text if maker.get("role") else _("Maker")
        by_role.setdefault(role[:1].upper() + role[1:], []).append(_maker(maker))
    if not by_role and view.get("makers_display"):
        return [Fact(_("Maker"), _line(view["makers_display"]))]
    return [Fact(role, values) for role, values in by_role.items()]


def _maker(maker: View) -> Value:
    phrase = attribution(maker.get("qualifier") or "")
    before, _sep, behind = phrase.partition("%(name)s")
    details = [maker["agent"].get("life_dates") or words.years(maker["agent"].get("birth_year"), maker["agent"].get("death_year"))]
    details += [maker.get("part_done") or "", certainty(maker)]
    return ref(maker["agent"], after=", ".join(filter(None, [behind.strip(), *details])), before=before.strip())


def _production(view: View) -> list[Fact]:
    events = [event for event in view["events"] if event.get("kind") == Event.Kind.PRODUCTION and holds(event)]
    return [
        Fact(pgettext("of an object", "Date"), [value for event in events for value in _date_values(event["date"], certainty(event))]),
        Fact(_("Place"), [ref(event["place"]) for event in events if event.get("place")]),
        Fact(_("Culture"), [ref(event["culture"]) for event in events if event.get("culture")]),
        Fact(_("Period"), [_period(event["period"]) for event in events if event.get("period")]),
        Fact(_("About the making"), [value for event in events for value in _line(event.get("note"))]),
    ]


def _period(period: View) -> Value:
    return ref(period, after=words.years(period.get("earliest"), period.get("latest")))


def _date_values(date: View | None, doubt: str = "") -> list[Value]:
    text = words.date(date)
    if not text:
        return []
    return [Value(text, after=", ".join(filter(None, [words.years_beside(date), doubt])))]


def _physical(view: View) -> list[Fact]:
    display = _line(view.get("materials_display"))
    return [
        Fact(_("Material and technique"), display),
        Fact(_("Material"), _terms(view["materials"])),
        Fact(_("Technique"), _terms(view["techniques"])),
        Fact(_("Size"), _size(view)),
        Fact(_("Shape"), _line(view.get("shape"))),
        Fact(_("Style"), _line(view.get("style"))),
        Fact(_("Colour"), _line(view.get("colour"))),
        Fact(_("Edition or state"), _line(view.get("edition"))),
        Fact(_("Number of objects"), [Value(Said(words.number(view["object_count"])))] if view["object_count"] > 1 else []),
    ]


def _terms(rows: Iterable[View]) -> list[Value]:
    return [
        ref(row["term"], after=", ".join(filter(None, [row.get("part"), row.get("extent"), certainty(row)]))) for row in rows if holds(row)
    ]


def _size(view: View) -> list[Value]:
    """The cataloguer's words, else the measurements: those of one part in one line."""
    if view.get("measurements_display"):
        return _line(view["measurements_display"])
    by_part: dict[str, list[str]] = {}
    for row in view["measurements"]:
        if holds(row):
            by_part.setdefault(row.get("part") or "", []).append(measurement(row))
    return [Value(Said("; ".join(texts)), before=part and f"{part}:") for part, texts in by_part.items()]


def measurement(row: View) -> str:
    """One measurement in words: “height 53 cm (without lid)”, “diameter 12 in (30.5 cm)”."""
    return for_reader(of_row(row), words.reader())


def _subjects(view: View) -> list[Fact]:
    rows = [row for row in view["subjects"] if holds(row)]
    return [
        Fact(_("Subject"), [ref(row["term"], after=row.get("extent") or "") for row in rows if row.get("term")]),
        Fact(_("Person"), [ref(row["agent"], after=row.get("extent") or "") for row in rows if row.get("agent")]),
        Fact(_("Place shown"), [ref(row["place"], after=row.get("extent") or "") for row in rows if row.get("place")]),
        Fact(_("Iconclass"), [Value(Said(row["iconclass"])) for row in rows if row.get("iconclass")]),
    ]


def _events(view: View) -> list[Fact]:
    """What happened after the making: found, collected, used …"""
    found = []
    for event in view["events"]:
        if event.get("kind") == Event.Kind.PRODUCTION or not holds(event):
            continue
        label = Event.Kind(event["kind"]).label if event.get("kind") in Event.Kind.values else _("Event")
        values = _date_values(event["date"], certainty(event))
        values += [ref(event[name]) for name in ("place", "culture", "period") if event.get(name)]
        values += _line(event.get("note"))
        found.append(Fact(label[:1].upper() + label[1:], values))
    return found


def _custody(view: View) -> list[Fact]:
    return [
        Fact(_("On display"), _line(view.get("gallery"))),
        Fact(_("Department"), [_facet("department", view["department"])] if view.get("department") else []),
        Fact(_("Museum"), [Value(words.said(view["museum"]["label"]))] if view.get("museum") else []),
        Fact(_("Collection"), [_facet("collection", member) for member in view["sets"]]),
        Fact(_("Acquired"), _acquired(view)),
        Fact(_("How it came here"), _line(view.get("acquisition_summary"))),
        Fact(_("Credit"), _line(view.get("credit_line"))),
        Fact(_("Status"), _status(view)),
    ]


def _facet(name: str, record: View) -> Value:
    return Value(words.said(record["label"]), addresses.search(**{name: record["id"]}))


def _acquired(view: View) -> list[Value]:
    text = view.get("acquired_text") or (str(view["acquired_year"]) if view.get("acquired_year") else "")
    return [Value(Said(text))] if text else []


def _status(view: View) -> list[Value]:
    status = view.get("status")
    if not status or status == Artifact.Status.ACCESSIONED:
        return []
    return [Value(Said(str(Artifact.Status(status).label)))]


def _names(view: View) -> list[Fact]:
    numbers: dict[str, list[Value]] = {}
    for row in view["identifiers"]:
        if row.get("value") and row.get("kind") not in {Identifier.Kind.BARCODE, Identifier.Kind.NFC}:
            label = str(Identifier.Kind(row["kind"]).label)
            numbers.setdefault(label[:1].upper() + label[1:], []).append(Value(Said(row["value"]), after=row.get("issuer") or ""))
    return [
        Fact(_("Number"), [Value(Said(view["accession_number"]))] if view["accession_number"] else []),
        Fact(_("Object"), [ref(term) for term in view["object_names"]]),
        Fact(_("Class"), [ref(term) for term in view["classification"]]),
        *(Fact(label, values) for label, values in numbers.items()),
    ]


def _line(texts: Mapping[str, str] | None) -> list[Value]:
    text = words.said(texts)
    return [Value(text)] if text else []
