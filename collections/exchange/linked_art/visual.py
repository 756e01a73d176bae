"""What can be seen on an object, as a description of its own: Linked Art's API has references alone to it in the object's."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import orjson

from artifacts.models import Event
from exchange.linked_art import aat
from exchange.linked_art.nodes import (
    CONTEXT,
    Node,
    View,
    absolute,
    actor,
    concept,
    filled,
    held,
    label,
    reference,
    statement,
    statements,
)
from exchange.linked_art.statements import rights_in

SUFFIX = "visual.jsonld"


def write(view: View) -> bytes:
    """The VisualItem of an object. What no subject, no time and no right is known of has a name alone."""
    return orjson.dumps({"@context": CONTEXT, **_reference(view), **_facts(view)}, option=orjson.OPT_INDENT_2)


def shown(view: View) -> list[Node]:
    """The reference to it, where it says anything."""
    return [_reference(view)] if _facts(view) else []


def _reference(view: View) -> Node:
    named = label(view["title"]) or view["accession_number"] or view["id"]
    return filled(id=absolute(f"/data/object/{view['id']}.{SUFFIX}"), type="VisualItem", _label=f"Visual content of {named}")


def _facts(view: View) -> Node:
    """People and places are shown themselves; of a term something is shown. Iconclass names what it is about."""
    rows = held(view["subjects"])
    people = [actor(row["agent"]) for row in rows if row.get("agent")]
    places = [reference(row["place"], "Place") for row in rows if row.get("place")]
    times = [event for event in held(view["events"]) if event.get("kind") == Event.Kind.DEPICTION]
    return filled(
        represents=_once([*people, *places, *(reference(event["place"], "Place") for event in times if event.get("place"))]),
        represents_instance_of_type=_once([concept(row["term"]) for row in rows if row.get("term")]),
        about=_once([*_iconclass(rows), *(reference(event["period"], "Period") for event in times if event.get("period"))]),
        referred_to_by=[*_extents(rows), *(text for event in times for text in _times(event))],
        subject_to=rights_in(view, "work"),
    )


def _once(found: list[Node]) -> list[Node]:
    return list({one["id"]: one for one in found}.values())


def _iconclass(rows: list[View]) -> Iterator[Node]:
    for row in rows:
        if row.get("iconclass"):
            yield filled(id=f"https://iconclass.org/{quote(row['iconclass'].strip(), safe='()+')}", type="Type", _label=row["iconclass"])


def _extents(rows: list[View]) -> Iterator[Node]:
    for row in rows:
        ref = row.get("term") or row.get("agent") or row.get("place")
        if row.get("extent"):
            yield statement(": ".join(filter(None, [label(ref["label"]) if ref else row["iconclass"], row["extent"]])), "", aat.NOTE)


def _times(event: View) -> list[Node]:
    """The time that is shown, in words: a span of time cannot be what something is about."""
    date = event["date"] or {}
    words = date.get("display") or {"und": date.get("text") or date.get("edtf") or ""}
    return [*statements(words, aat.NOTE, Event.Kind.DEPICTION.label), *statements(event.get("note"), aat.NOTE)]
