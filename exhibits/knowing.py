"""“How we know this”: who says what about an object, how sure it is, and what was thought before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from artifacts.models import Description, Inscription, Relation
from exhibits import words
from exhibits.cards import attributed
from exhibits.facts import measurement
from exhibits.words import Said
from records.models import Assertion

View = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement with what supports it."""

    about: str
    text: Said
    certainty: str
    source: str
    perspective: str
    former: bool


def statements(view: View) -> list[Statement]:
    """Statements that carry a source, a doubt or another voice, and those given up; certain and current ones without a source are left out."""
    found = [_statement(about, text, row) for about, text, row in _rows(view) if text and _tells(row)]
    return sorted(found, key=lambda one: one.former)


def _tells(row: View) -> bool:
    return bool(
        row.get("source_note")
        or row.get("superseded")
        or row.get("certainty") not in (None, "", Assertion.Certainty.CERTAIN)
        or row.get("perspective", Assertion.Perspective.CURATORIAL) != Assertion.Perspective.CURATORIAL
    )


def _statement(about: str, text: Said, row: View) -> Statement:
    certainty, perspective = row.get("certainty") or "", row.get("perspective") or ""
    return Statement(
        about=about,
        text=text,
        certainty=str(Assertion.Certainty(certainty).label) if certainty else "",
        source=row.get("source_note") or "",
        perspective=str(Assertion.Perspective(perspective).label)
        if perspective and perspective != Assertion.Perspective.CURATORIAL
        else "",
        former=bool(row.get("superseded")) or certainty == Assertion.Certainty.REJECTED,
    )


def _rows(view: View) -> Iterator[tuple[str, Said, View]]:
    for title in view["titles"]:
        yield _("Title"), Said(title.get("text") or "", title.get("language") or ""), title
    for maker in view["makers"]:
        yield _("Maker"), attributed(maker), maker
    for event in view["events"]:
        yield pgettext("of an object", "Date"), words.date(event.get("date")), event
        if event.get("place"):
            yield _("Place"), words.said(event["place"]["label"]), event
    for use in [*view["materials"], *view["techniques"]]:
        yield _("Material and technique"), words.said(use["term"]["label"]), use
    for row in view["measurements"]:
        yield _("Size"), Said(measurement(row)), row
    for row in view["subjects"]:
        record = row.get("term") or row.get("agent") or row.get("place")
        yield _("Subject"), words.said(record["label"]) if record else Said(row.get("iconclass") or ""), row
    for text in view["descriptions"]:
        yield _("Text"), Said(str(Description.Kind(text["kind"]).label)) if text.get("kind") else Said(""), text
    for inscription in view["inscriptions"]:
        kind = str(Inscription.Kind(inscription["kind"]).label) if inscription.get("kind") else ""
        yield _("Inscription"), Said(inscription.get("original") or kind, inscription.get("language") or ""), inscription
    for relation in view["relations"]:
        name = words.said(relation["other"]["label"]) if relation.get("other") else Said(relation.get("other_label") or "")
        kind = str(Relation.Kind(relation["kind"]).label)
        yield _("Relation"), Said(f"{kind} {name.text}", name.lang) if name else Said(""), relation
