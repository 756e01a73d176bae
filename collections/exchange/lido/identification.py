"""What it is: type and class, titles, inscriptions, where it is kept under which number, descriptions, sizes, materials."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element

from django.utils.translation import gettext_lazy as _

from artifacts.models import Artifact, Description, Identifier, MeasurementRow
from exchange.lido import terminology as terms
from exchange.lido.elements import Row, Text, add, add_filled, concept, doubt, holds, joined, known, legal_body, texts, wrapper
from iiif.presentation.texts import in_interface_languages, interface_languages
from records.measurements import for_reader, of_row, unit_name

# numbers that serve machines in the house
_WITHIN = {Identifier.Kind.BARCODE, Identifier.Kind.NFC}
_KINDS = dict(Description.Kind.choices)
_MEASURED = dict(MeasurementRow.Kind.choices)
_NUMBERS = {kind.value: kind for kind in Identifier.Kind}
_FREE_TEXTS = ("style", "colour")


def classification(view: Row) -> Element:
    """LIDO wants a type of every object: of one whose type nobody has recorded the record says so."""
    element = wrapper("objectClassificationWrap")
    types = add(element, "objectWorkTypeWrap")
    for term in view["object_names"]:
        concept(types, "objectWorkType", term)
    if not len(types) and view["object_type"]:
        kind = add(types, "objectWorkType")
        add(kind, "conceptID", view["object_type"]["code"], type=terms.LOCAL)
        texts(kind, "term", view["object_type"]["label"])
    if not len(types):
        known(types, "objectWorkType", "", in_interface_languages(_("object of a type not recorded")))
    classes = wrapper("classificationWrap")
    for term in view["classification"]:
        concept(classes, "classification", term)
    add_filled(element, classes)
    return element


def identification(view: Row) -> Element:
    """Everything that tells it from other objects, in the order of the schema."""
    element = wrapper("objectIdentificationWrap")
    _titles(element, view)
    inscriptions = wrapper("inscriptionsWrap")
    for row in filter(holds, view["inscriptions"]):
        _inscription(inscriptions, row)
    repository = wrapper("repositoryWrap")
    _repository(repository, view)
    edition = wrapper("displayStateEditionWrap")
    texts(edition, "displayEdition", view["edition"])
    descriptions, measurements, materials = (wrapper(f"object{name}Wrap") for name in ("Description", "Measurements", "MaterialsTech"))
    _descriptions(descriptions, view)
    _measurements(measurements, view)
    _materials(materials, view)
    add_filled(element, inscriptions, repository, edition, descriptions, measurements, materials)
    return element


def _titles(parent: Element, view: Row) -> None:
    """One set for each kind of title; an object without one is called by its number, which is in no language."""
    element = add(parent, "titleWrap")
    by_kind: dict[str, list[Row]] = {}
    for row in view["titles"]:
        if row.get("text") and holds(row):
            by_kind.setdefault(row.get("kind") or "given", []).append(row)
    for kind, rows in by_kind.items():
        titles = add(element, "titleSet", type=kind)
        for row in rows:
            chosen = view["title"].get(row.get("language") or "und") == row["text"]
            texts(
                titles,
                "appellationValue",
                {row.get("language") or "und": row["text"]},
                pref=terms.PREFERRED if chosen else terms.ALTERNATIVE,
            )
        for row in rows:
            _source(titles, "sourceAppellation", row)
    if not by_kind:
        texts(add(element, "titleSet"), "appellationValue", {"zxx": view["accession_number"] or view["id"]}, pref=terms.PREFERRED)


def _inscription(parent: Element, row: Row) -> None:
    """LIDO has one transcription in each language; how it is resolved, read and understood stands in descriptions by their kind."""
    element = add(parent, "inscriptions", type=row.get("kind"))
    tag = row.get("language") or "und"
    written = row.get("original") or row.get("transcription") or ""
    texts(element, "inscriptionTranscription", {tag: written})
    said: list[tuple[str, Text]] = [
        ("transcription", {tag: row["transcription"]} if row.get("transcription") and row["transcription"] != written else {}),
        ("reading", {"und": row["reading"]} if row.get("reading") else {}),
        ("translation", row["translation"]),
        ("interpretation", joined(row["interpretation"], doubt(row))),
        ("location", row["position"]),
    ]
    for kind, text in said:
        _note(element, "inscriptionDescription", text, kind)


def _repository(parent: Element, view: Row) -> None:
    """The museum with its numbers. A number that somebody else gave names who did, as LIDO's own examples have it."""
    left = view["status"] == Artifact.Status.DEACCESSIONED
    element = add(parent, "repositorySet", type=terms.FORMER if left else terms.CURRENT)
    museum = view["museum"]
    texts(element, "displayRepository", joined((museum or {}).get("label") or {}, {} if left else view["gallery"], "{}, {}"))
    legal_body(element, "repositoryName", museum)
    add(element, "workID", view["accession_number"] or view["id"], type=terms.INVENTORY_NUMBER if view["accession_number"] else "")
    for row in view["identifiers"]:
        if row.get("value") and row.get("kind") not in _WITHIN:
            kind = _NUMBERS.get(row.get("kind") or "", Identifier.Kind.OTHER)
            label = in_interface_languages(kind.label)
            issuer = f" ({row['issuer']})" if row.get("issuer") else ""
            add(element, "workID", row["value"] + issuer, type=kind.value, label=label.get("en") or next(iter(label.values())))


def _descriptions(parent: Element, view: Row) -> None:
    for row in filter(holds, view["descriptions"]):
        _note(parent, "objectDescriptionSet", joined(row["text"], doubt(row), "{} [{}]"), row.get("kind") or "", row)
    for name in _FREE_TEXTS:
        _note(parent, "objectDescriptionSet", view[name], name)
    _note(parent, "objectDescriptionSet", view["care"]["warning"], "care warning")
    for notice in view["care"]["notices"]:
        _note(parent, "objectDescriptionSet", notice["label"], "care notice", address=notice.get("uri") or "")


def _note(parent: Element, name: str, text: Text, kind: str, row: Row | None = None, address: str = "") -> None:
    """A note of that kind, unless it says nothing."""
    if text or address:
        element = add(parent, name, type=kind)
        if address:
            add(element, "descriptiveNoteID", address, type=terms.URI)
        label = _KINDS.get(kind)
        texts(element, "descriptiveNoteValue", text, label=str(in_interface_languages(label).get("en", "")) if label else "")
        _source(element, "sourceDescriptiveNote", row or {})


def _source(parent: Element, name: str, row: Row) -> None:
    texts(parent, name, {"und": row.get("source_note") or ""})


def _measurements(parent: Element, view: Row) -> None:
    """The cataloguer's words, then what was measured: one set for each part and qualifier, as both belong to a whole set.

    LIDO knows no ranges: of two ends each stands in a set of its own, as the least and the most.
    """
    if view["measurements_display"]:
        texts(add(parent, "objectMeasurementsSet"), "displayObjectMeasurements", view["measurements_display"])
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in filter(holds, view["measurements"]):
        key = row.get("part") or "", row.get("qualifier") or "", row.get("upper_value") is not None, row.get("certainty") or ""
        groups.setdefault(key, []).append(row)
    for (part, qualifier, ranged, _certainty), rows in groups.items():
        ends = [("value", _("minimum")), ("upper_value", _("maximum"))] if ranged else [("value", None)]
        for end, limit in ends:
            element = add(parent, "objectMeasurementsSet")
            if end == "value":
                texts(element, "displayObjectMeasurements", joined(_in_words(part, rows), doubt(rows[0])))
            measured = add(element, "objectMeasurements")
            for row in rows:
                _measured(measured, row.get("kind") or "other", row[end], row.get("unit") or "")
            texts(measured, "extentMeasurements", {"und": part})
            texts(measured, "qualifierMeasurements", {"und": qualifier})
            texts(measured, "qualifierMeasurements", in_interface_languages(limit) if limit else {})
    if view["shape"]:
        texts(add(add(parent, "objectMeasurementsSet"), "objectMeasurements"), "shapeMeasurements", view["shape"])
    if view["object_count"] > 1:
        element = add(parent, "objectMeasurementsSet")
        _measured(add(element, "objectMeasurements"), "count", view["object_count"], "")


def _in_words(part: str, rows: Iterable[Row]) -> dict[str, str]:
    found = {}
    for lang in interface_languages():
        line = "; ".join(for_reader(of_row(row), lang) for row in rows)
        found[lang] = f"{part}: {line}" if part else line
    return found


def _measured(parent: Element, kind: str, value: Any, unit: str) -> None:
    """Type, unit and value, all three mandatory; what is counted has the unit 1 (UCUM)."""
    element = add(parent, "measurementsSet")
    known(element, "measurementType", terms.MEASURED.get(kind, ""), in_interface_languages(_MEASURED.get(kind, kind)))
    known(element, "measurementUnit", terms.UNITS.get(unit, ""), {"zxx": unit_name(unit) or "1"})
    text = f"{Decimal(str(value)):f}"
    add(element, "measurementValue", text.rstrip("0").rstrip(".") if "." in text else text)


def _materials(parent: Element, view: Row) -> None:
    """The cataloguer's words with what nobody doubts; each doubted one in a set of its own whose words say so."""
    rows = [row for name in ("materials", "techniques") for row in view[name] if holds(row)]
    certain = [row for row in rows if not doubt(row)]
    if view["materials_display"] or certain:
        element = add(parent, "objectMaterialsTechSet")
        texts(element, "displayMaterialsTech", view["materials_display"])
        for row in certain:
            _material(element, row)
    for row in rows:
        if doubt(row):
            element = add(parent, "objectMaterialsTechSet")
            texts(element, "displayMaterialsTech", joined(row["term"]["label"], doubt(row)))
            _material(element, row)


def _material(parent: Element, row: Row) -> None:
    element = add(parent, "materialsTech")
    concept(element, "termMaterialsTech", row["term"], type=terms.TECHNIQUE if row.get("role") == "technique" else terms.MATERIAL)
    for name in ("part", "extent"):
        texts(element, "extentMaterialsTech", {"und": row.get(name) or ""})
    _source(element, "sourceMaterialsTech", row)
