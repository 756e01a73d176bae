"""What it shows, and which other works it belongs with."""

from __future__ import annotations

from urllib.parse import quote
from xml.etree.ElementTree import Element

from django.utils.translation import gettext_lazy as _

from artifacts.models import Event, Relation
from exchange.lido import terminology as terms
from exchange.lido.elements import (
    Row,
    Text,
    actor,
    add,
    add_filled,
    concept,
    date_set,
    doubt,
    holds,
    joined,
    known,
    names,
    place_set,
    texts,
    uri,
    wrapper,
)
from iiif.presentation.texts import in_interface_languages

_KINDS = dict(Relation.Kind.choices)
_ICONCLASS = "https://iconclass.org/"


def relations(view: Row) -> Element:
    """Subjects and related works."""
    element = wrapper("objectRelationWrap")
    subjects, works = wrapper("subjectWrap"), wrapper("relatedWorksWrap")
    for row in filter(holds, view["subjects"]):
        _subject(subjects, row)
    for row in view["events"]:
        if row.get("kind") == Event.Kind.DEPICTION and holds(row):
            _time_shown(subjects, row)
    _works(works, view)
    add_filled(element, subjects, works)
    return element


def _subject(parent: Element, row: Row) -> None:
    """A subject by itself: its certainty and extent are its own. Doubt stands in the words shown for it."""
    named = next((row[name] for name in ("term", "agent", "place") if row.get(name)), None)
    if named is None and not row.get("iconclass"):
        return
    outer = add(parent, "subjectSet")
    if doubt(row):
        texts(outer, "displaySubject", joined(named["label"] if named else {"zxx": row["iconclass"]}, doubt(row)))
    element = add(outer, "subject")
    texts(element, "extentSubject", {"und": row.get("extent") or ""})
    if row.get("term"):
        concept(element, "subjectConcept", row["term"])
    if row.get("iconclass"):
        code = row["iconclass"]
        known(element, "subjectConcept", _ICONCLASS + quote(code, safe=""), {"zxx": code}, source="Iconclass")
    if row.get("agent"):
        shown = add(element, "subjectActor")
        texts(shown, "displayActor", row["agent"]["label"])
        actor(shown, row["agent"])
    if row.get("place"):
        place_set(element, "subjectPlace", row["place"])


def _time_shown(parent: Element, row: Row) -> None:
    """When and where it is that the object shows."""
    outer = add(parent, "subjectSet")
    texts(outer, "displaySubject", joined(row["note"], doubt(row)))
    element = wrapper("subject")
    for name in ("culture", "period"):
        if row.get(name):
            concept(element, "subjectConcept", row[name])
    if row["date"]:
        date_set(element, "subjectDate", row["date"])
    if row.get("place"):
        place_set(element, "subjectPlace", row["place"])
    add_filled(outer, element)


def _works(parent: Element, view: Row) -> None:
    if view["part_of"]:
        _work(parent, view["part_of"], *terms.IS_PART_OF, _("part of"))
    for place, part in enumerate(view["parts"], start=1):
        _work(parent, part, *terms.HAS_PART, _("has part"), order=place)
    for row in filter(holds, view["relations"]):
        kind = _KINDS.get(row.get("kind") or "", _("related to"))
        other = row.get("other") or {
            "kind": "elsewhere",
            "id": row["other_uri"],
            "label": {"und": row.get("other_label") or row["other_uri"]},
        }
        _work(parent, other, "", "", kind, note=joined(row["note"], doubt(row)) or doubt(row), source=row.get("source_note") or "")
    for use in view["references"]:
        _reference(parent, use["reference"], use.get("pages") or "")


def _work(
    parent: Element, ref: Row, identifier: str, lido: str, kind: object, note: Text | None = None, source: str = "", order: int = 0
) -> None:
    """A work and how it is related. LIDO names the relations of whole and part; the others stand in the museum's words."""
    label = ref["label"] or {"und": ref.get("number") or ref["id"]}
    element = add(parent, "relatedWorkSet", sortorder=order or "")
    work = add(element, "relatedWork")
    texts(work, "displayObject", label)
    described = add(work, "object")
    address = uri(ref) or ref["id"]
    add(described, "objectWebResource", address)
    add(described, "objectID", address, type=terms.URI)
    if ref.get("number"):
        add(described, "objectID", ref["number"], type=terms.LOCAL)
    names(described, "objectName", label)
    texts(described, "objectNote", note)
    known(element, "relatedWorkRelType", identifier, {**in_interface_languages(kind), **({"en": lido} if lido else {})})
    texts(element, "sourceRelatedWorkSet", {"und": source})


def _reference(parent: Element, ref: Row, pages: str) -> None:
    """Where it is published or documented."""
    element = add(parent, "relatedWorkSet")
    work = add(element, "relatedWork")
    cited: Text = {"und": ref["citation"]} if ref.get("citation") else ref["label"]
    texts(work, "displayObject", joined(cited, {"und": pages} if pages else {}, "{}, {}"))
    described = wrapper("object")
    if ref.get("uri"):
        add(described, "objectWebResource", ref["uri"])
        add(described, "objectID", ref["uri"], type=terms.URI)
    if ref["label"]:
        names(described, "objectName", ref["label"])
    add_filled(work, described)
    identifier, name = terms.DOCUMENTED_IN
    known(element, "relatedWorkRelType", identifier, {**in_interface_languages(_("is documented in")), "en": name})
