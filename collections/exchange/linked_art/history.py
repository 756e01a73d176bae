"""What happened to an object after it was made: found, used, changed, acquired, shown in exhibitions."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from artifacts.models import Artifact, Event
from exchange.linked_art import aat
from exchange.linked_art.making import doubts, happened
from exchange.linked_art.nodes import (
    Node,
    View,
    absolute,
    actor,
    concept,
    filled,
    held,
    label,
    names,
    reference,
    statement,
    statements,
    titled,
    typed,
    worded,
)
from exchange.linked_art.spans import timespan, year

_ENCOUNTERS = {Event.Kind.EXCAVATION, Event.Kind.COLLECTING}
_USES = {Event.Kind.USE, Event.Kind.PUBLICATION}
_CLASSES = {Event.Kind.PUBLICATION: [aat.PUBLISHING]}


def encounters(view: View) -> list[Node]:
    """Where it was found or collected."""
    return [_event(event, "Encounter") for event in held(view["events"]) if event.get("kind") in _ENCOUNTERS]


def modifications(view: View) -> list[Node]:
    """What was changed about it."""
    return [_event(event, "Modification") for event in held(view["events"]) if event.get("kind") == Event.Kind.MODIFICATION]


def uses(view: View) -> list[Node]:
    """What it was used for, its publication, and the exhibitions that show it."""
    found = [_event(event, "Activity") for event in held(view["events"]) if event.get("kind") in _USES]
    return [*found, *(_exhibition(one) for one in view.get("exhibitions") or [])]


def acquisitions(view: View) -> list[Node]:
    """Changes of ownership between people whose names are known, and how it came to the museum that owns it."""
    steps = [_acquisition(step) for step in held(view["provenance"]) if step.get("from_agent") or step.get("to_agent")]
    return [*steps, *_by_the_museum(view)]


def provenance(view: View) -> Iterator[Node]:
    """Steps of its provenance in which nobody is named: what is told of them."""
    for step in held(view["provenance"]):
        if not (step.get("from_agent") or step.get("to_agent")):
            date = step["date"] or {}
            when = label(date.get("display")) or date.get("text") or ""
            called = _("gap") if step.get("gap") else None
            texts = step["text"] or {"und": step.get("method") or when}
            more = [statement(when, "", aat.NOTE)] if when and step["text"] else []
            for tag, text in texts.items():
                if text:
                    yield statement(text, tag, aat.PROVENANCE, called, more)


def owned(view: View) -> bool:
    """Whether the museum says that it is its own: what is borrowed, on deposit or pending is in its keeping alone."""
    return bool(view["museum"]) and view["status"] == Artifact.Status.ACCESSIONED


def kept(view: View) -> bool:
    """Whether it is there without being its own."""
    return bool(view["museum"]) and view["status"] not in {Artifact.Status.ACCESSIONED, Artifact.Status.DEACCESSIONED}


def _event(event: View, kind: str) -> Node:
    culture = event.get("culture")
    told = happened(event)
    cultures = statements(culture["label"], aat.CULTURES) if culture else []
    return filled(
        **{
            "type": kind,
            "identified_by": titled(worded(Event.Kind, event.get("kind"))),
            "classified_as": [typed(one) for one in _CLASSES.get(event["kind"], [])],
            **told,
            "referred_to_by": [*told.get("referred_to_by", []), *cultures],
        }
    )


def _exhibition(ref: View) -> Node:
    """The showing of it in an exhibition, which has a page in each language."""
    pages = ref.get("urls") or {}
    page = pages.get("en") or next(iter(pages.values()), "")
    return filled(
        type="Activity",
        _label=label(ref["label"]),
        classified_as=[typed(aat.EXHIBITING)],
        identified_by=names(ref["label"]),
        part_of=filled(id=absolute(page), type="Activity", _label=label(ref["label"])) if page else {},
    )


def _acquisition(step: View) -> Node:
    place = step.get("place")
    return filled(
        type="Acquisition",
        _label=step.get("method"),
        identified_by=names({"und": step.get("method") or ""}),
        transferred_title_from=[actor(step["from_agent"])] if step.get("from_agent") else [],
        transferred_title_to=[actor(step["to_agent"])] if step.get("to_agent") else [],
        timespan=timespan(step["date"]),
        took_place_at=[reference(place, "Place")] if place else [],
        referred_to_by=[*statements(step["text"], aat.PROVENANCE), *doubts(step)],
    )


def _by_the_museum(view: View) -> list[Node]:
    facts = filled(
        timespan=year(view["acquired_year"], view["acquired_text"]),
        referred_to_by=statements(view["acquisition_summary"], aat.ACQUISITION),
    )
    if not facts:
        return []
    to = [actor(view["museum"])] if owned(view) else []
    return [filled(type="Acquisition", transferred_title_to=to, **facts)]


def classes(view: View) -> list[Node]:
    """The cultures in which it was made."""
    made = [event for event in held(view["events"]) if event.get("kind") == Event.Kind.PRODUCTION and event.get("culture")]
    return [concept(event["culture"], aat.CULTURE) for event in made]
