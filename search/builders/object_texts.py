"""What can be read in the view of an object, by field, and every record that it names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from records.projection import View
from records.references import Ref
from search.builders.texts import Names, Texts, from_map, from_string, strings_in, tidy
from search.documents import NUMBER_FIELD


def texts_of(view: View, names: Names) -> Texts:
    """Everything that can be read in a view, by field."""
    texts: dict[str, list[Any]] = defaultdict(list)
    for title in view["titles"]:
        texts["title"] += from_string(title.get("text"), title.get("language"))
    texts[NUMBER_FIELD] += from_string(view["accession_number"])
    for identifier in view["identifiers"]:
        texts[NUMBER_FIELD] += from_string(identifier.get("value"))
    for maker in view["makers"]:
        names.put(texts, "maker", maker["agent"])
        texts["maker"] += from_string(maker.get("name_as_written"))
    texts["maker"] += from_map(view["makers_display"])
    for ref in _subject_refs(view):
        names.put(texts, "subject", ref)
    for ref in _place_refs(view):
        names.put(texts, "place", ref)
    texts["text"] += [*_prose(view), *_context(view), *_internal(view)]
    return tidy(texts)


def _prose(view: View) -> list[Any]:
    found: list[Any] = []
    for name in (
        "materials_display",
        "measurements_display",
        "style",
        "shape",
        "colour",
        "edition",
        "credit_line",
        "acquisition_summary",
        "gallery",
    ):
        found += from_map(view[name])
    found += from_string(view["acquired_text"])
    for text in view["descriptions"]:
        found += from_map(text["text"])
    for text in view["inscriptions"]:
        found += [*from_string(text.get("original"), text.get("language")), *from_string(text.get("transcription"), text.get("language"))]
        found += [
            *_either(text.get("reading")),
            *from_map(text["translation"]),
            *from_map(text["interpretation"]),
            *from_map(text["position"]),
        ]
    for event in view["events"]:
        found += [*from_map(event["note"]), *_date_texts(event["date"])]
    return found


def _context(view: View) -> list[Any]:
    found: list[Any] = []
    for step in view["provenance"]:
        found += [*from_map(step["text"]), *_date_texts(step["date"]), *from_string(step.get("evidence"))]
    for right in view["rights"]:
        found += [*from_map(right["credit_line"]), *from_string(right.get("holder_text")), *from_string(right.get("restrictions"))]
    for use in view["references"]:
        found += from_string(use["reference"].get("citation"))
    for relation in view["relations"]:
        found += [*from_string(relation.get("other_label")), *from_map(relation.get("note"))]
    for use in view["media"]:
        found += [*from_map(use["label"]), *from_map(use["caption"]), *from_map(use["alt"])]
    return [*found, *from_map(view["care"]["warning"])]


def _internal(view: View) -> list[Any]:
    """Additional fields, and what a view for staff has besides."""
    found = [text for value in strings_in(view["extra"]) for text in from_string(value)]
    for name in ("distinguishing_features", "staff_notes", "source", "source_id", "recorder", "withdrawn_reason", "acquisition_method"):
        found += from_string(view["staff"].get(name))
    for name in ("owner", "custodian"):
        if view["staff"].get(name):
            found += from_map(view["staff"][name]["label"])
    return found


def _either(value: Any) -> list[Any]:
    return from_map(value) if isinstance(value, dict) else from_string(value)


def _date_texts(date: Any) -> list[Any]:
    return [*from_string(date["text"]), *from_map(date["display"]), *from_string(date["era"])] if date else []


def valid(rows: Iterable[Any]) -> Iterator[Any]:
    """Rows that are not superseded."""
    return (row for row in rows if not row.get("superseded"))


def _subject_refs(view: View) -> Iterator[Ref]:
    yield from view["object_names"]
    yield from view["classification"]
    for use in (*view["materials"], *view["techniques"]):
        yield use["term"]
    for event in view["events"]:
        yield from filter(None, (event.get("culture"), event.get("period")))
    for subject in view["subjects"]:
        yield from filter(None, (subject.get("term"), subject.get("agent")))
    yield from filter(None, (view["department"], view["object_type"], *view["sets"]))


def _place_refs(view: View) -> Iterator[Ref]:
    for row in (*view["events"], *view["subjects"]):
        if row.get("place"):
            yield row["place"]
