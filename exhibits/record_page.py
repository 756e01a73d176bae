"""The content of the pages of people, places, terms and periods, made from their views."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from exhibits import addresses, facts, words
from exhibits.facts import Fact, Value
from exhibits.words import Said
from records import languages
from vocabularies.models.agents import AgentDate, AgentName, AgentRelation
from vocabularies.models.terms import TermLabel

View = Mapping[str, Any]
MOST_NARROWER = 60


def page(view: View) -> dict[str, Any]:
    """Title, what kind of thing it is, text, facts and links to authorities."""
    title = words.said(view["label"], view["id"])
    path = [(words.said(above["label"]), addresses.page(above)) for above in _ancestors(view)]
    found = [*_facts_of_kind(view), Fact(_("Other names"), _names(view, title))]
    description = words.said(view.get("description"))
    return {
        "title": title,
        "kind": _kind(view),
        "dates": _dates(view),
        "description": description if description else Said(view.get("scope_note") or ""),
        "path": path,
        "facts": [fact for fact in found if fact.values],
        "links": [
            (link.get("scheme") or urlsplit(link["uri"]).hostname or link["uri"], link["uri"]) for link in view["links"] if link.get("uri")
        ],
        "position": _position(view),
        "url": addresses.page(view),
        "structured": _structured(view, title),
    }


def narrower(model: Any, pk: int) -> list[Value]:
    """Public records directly below this one, in their order."""
    if not any(field.name == "broader" for field in model._meta.fields):
        return []
    rows = model.objects.public().filter(broader=pk).order_by("sort_label").values("public_id", "label")[:MOST_NARROWER]
    kind = model._meta.model_name
    refs = [{"kind": kind, "id": row["public_id"], "label": languages.plain(row["label"] or {})} for row in rows]
    return [facts.ref(ref) for ref in refs]


def _ancestors(view: View) -> list[View]:
    broader = view.get("broader")
    return [*broader.get("path", []), broader] if broader else []


def _kind(view: View) -> str:
    labels = {
        "person": _("Person"), "family": _("Family"), "group": _("Group or organisation"), "people": _("People or culture"),
        "workshop": _("Workshop"), "era": _("Era"), "culture": _("Archaeological culture"), "dynasty": _("Dynasty"), "reign": _("Reign"),
    }  # fmt: skip
    general = {"agent": _("Person or group"), "place": _("Place"), "term": _("Term"), "period": _("Period")}
    return labels.get(view.get("record_kind") or "", "") or (
        view["record_kind"] if view["kind"] == "place" and view.get("record_kind") else general[view["kind"]]
    )


def _dates(view: View) -> str:
    if view["kind"] == "agent":
        return view.get("life_dates") or words.years(view.get("birth_year"), view.get("death_year"))
    if view["kind"] == "period":
        return words.years(view.get("earliest"), view.get("latest"))
    return ""


def _facts_of_kind(view: View) -> list[Fact]:
    found: list[Fact] = []
    if view.get("nationality"):
        found.append(Fact(_("Nationality or culture"), [facts.ref(view["nationality"])]))
    for row in view.get("dates", []):
        label = str(AgentDate.Kind(row["kind"]).label) if row.get("kind") else _("Date")
        date = {
            "text": row.get("date_text"),
            "display": languages.plain(row.get("date_display") or {}),
            "earliest": row.get("date_earliest"),
            "latest": row.get("date_latest"),
        }
        values = [Value(words.date(date))] if words.date(date) else []
        if row.get("place"):
            values.append(facts.ref(row["place"]))
        found.append(Fact(label[:1].upper() + label[1:], values))
    for row in view.get("relations", []):
        if row.get("other"):
            label = str(AgentRelation.Kind(row["kind"]).label)
            found.append(Fact(label[:1].upper() + label[1:], [facts.ref(row["other"])]))
    if view.get("ruler"):
        found.append(Fact(_("Ruler"), [facts.ref(view["ruler"])]))
    if view.get("notation"):
        found.append(Fact(_("Notation"), [Value(Said(view["notation"]))]))
    return found


def _names(view: View, title: Said) -> list[Value]:
    """Other names and scripts; hidden and offensive labels are found by search, but not shown."""
    unseen = {TermLabel.Kind.HIDDEN, TermLabel.Kind.OFFENSIVE}
    values = [
        Value(Said(text, tag), after=languages.name(tag, words.reader()) if tag != "und" else "")
        for tag, text in view["label"].items()
        if text != title.text
    ]
    for row in view["names"]:
        if row.get("text") and row.get("kind") not in unseen:
            kind = row.get("kind") or ""
            label = str(AgentName.Kind(kind).label) if kind in AgentName.Kind.values and kind != AgentName.Kind.VARIANT else ""
            values.append(Value(Said(row["text"], row.get("language") or ""), after=label))
    return values


def _position(view: View) -> dict[str, str] | None:
    """Latitude and longitude as far as they may be known, with an address in OpenStreetMap."""
    if view.get("latitude") is None or view.get("longitude") is None:
        return None
    latitude, longitude = view["latitude"], view["longitude"]
    return {
        "text": f"{latitude:g}, {longitude:g}",
        "url": f"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=9/{latitude}/{longitude}",
    }


def _structured(view: View, title: Said) -> dict[str, Any]:
    types = {"agent": "Person" if view.get("record_kind") == "person" else "Organization", "place": "Place"}
    facts_ = {
        "@context": "https://schema.org",
        "@type": types.get(view["kind"], "DefinedTerm"),
        "name": title.text,
        "url": addresses.absolute(addresses.page(view)),
        "sameAs": [link["uri"] for link in view["links"] if link.get("match") == "exact"],
        "alternateName": sorted(text for text in set(view["label"].values()) if text != title.text),
    }
    return {name: value for name, value in facts_.items() if value}
