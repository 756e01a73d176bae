"""What Linked Art's API 1.0 lets be said in the documents of an object and of its visual content (linked.art/api/1.0), as facts.

Written from the API's pages, apart from the code that it judges. ``faults`` names every place that breaks a rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

CONTEXT = "https://linked.art/ns/v1/linked-art.json"
_NAMED = "identified_by classified_as referred_to_by"
_EVENT = (
    f"{_NAMED} took_place_at timespan caused_by carried_out_by used_specific_object influenced_by technique during after before part_of"
)
_REFERENCE = "id type _label equivalent"
# class → what may be said of it where it is embedded
EMBEDDED = {
    "Name": f"{_NAMED} content language part",
    "Identifier": f"{_NAMED} content part assigned_by",
    "LinguisticObject": f"{_NAMED} content language format",
    "Type": "id identified_by classified_as equivalent",
    "TimeSpan": "identified_by classified_as begin_of_the_begin end_of_the_begin begin_of_the_end end_of_the_end duration",
    "Dimension": "identified_by classified_as value lower_value_limit upper_value_limit unit assigned_by",
    "Right": f"{_NAMED} created_by possessed_by",
    "Production": f"{_EVENT} part attributed_by",
    "Modification": f"{_EVENT} part",
    "Encounter": _EVENT,
    "Acquisition": f"{_EVENT} part transferred_title_from transferred_title_to",
    "Activity": _EVENT,
    "AttributeAssignment": f"{_EVENT} assigned assigned_property",
    "VisualItem": f"{_NAMED} digitally_shown_by",
    "DigitalObject": f"{_NAMED} access_point format conforms_to digitally_available_via subject_to",
    "DigitalService": f"{_NAMED} access_point conforms_to format",
}
DOCUMENTS = {
    "HumanMadeObject": f"{_NAMED} equivalent representation member_of subject_of attributed_by dimension made_of part_of current_owner current_custodian"
    " current_permanent_custodian current_location current_permanent_location held_or_supported_by used_for shows carries produced_by destroyed_by removed_by"
    " encountered_by modified_by changed_ownership_through",
    "VisualItem": f"{_NAMED} equivalent member_of subject_of attributed_by dimension subject_to part_of conceptually_part_of about created_by represents"
    " represents_instance_of_type used_for",
}
# property → classes of what it leads to; "&": references alone, which say nothing but what _REFERENCE has
RANGE = {
    "identified_by": "Name Identifier",
    "classified_as": "Type",
    "technique": "Type",
    "represents_instance_of_type": "Type",
    "referred_to_by": "LinguisticObject",
    "language": "& Language",
    "made_of": "& Material",
    "unit": "& MeasurementUnit",
    "member_of": "& Set",
    "part_of": "& HumanMadeObject Activity Event",
    "took_place_at": "& Place",
    "during": "& Period",
    "carried_out_by": "& Person Group",
    "transferred_title_from": "& Person Group",
    "transferred_title_to": "& Person Group",
    "possessed_by": "& Person Group",
    "current_owner": "& Person Group",
    "current_custodian": "& Person Group",
    "shows": "& VisualItem",
    "access_point": "& DigitalObject",
    "conforms_to": "& InformationObject",
    "influenced_by": "& Person Group HumanMadeObject",
    "represents": "& Person Group Place",
    "about": "& Type Period",
    "timespan": "TimeSpan",
    "dimension": "Dimension",
    "representation": "VisualItem",
    "digitally_shown_by": "DigitalObject",
    "digitally_carried_by": "DigitalObject",
    "digitally_available_via": "DigitalService",
    "subject_of": "LinguisticObject",
    "subject_to": "Right",
    "attributed_by": "AttributeAssignment",
    "produced_by": "Production",
    "part": "Production",
    "encountered_by": "Encounter",
    "modified_by": "Modification",
    "changed_ownership_through": "Acquisition",
    "used_for": "Activity",
    "assigned": "Production HumanMadeObject",
}
SINGLE = {"produced_by", "timespan", "unit", "part_of"}
TEXTS = {"id", "type", "_label", "content", "format", "assigned_property", "begin_of_the_begin", "end_of_the_end"}
NUMBERS = {"value", "lower_value_limit", "upper_value_limit"}
REQUIRED = {"Name": "content", "Identifier": "content", "Dimension": "value unit", "DigitalObject": "access_point"}
_MOMENT = re.compile(r"-?(?:0\d{3}|[1-9]\d{3,})-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def faults(document: dict[str, Any]) -> list[str]:
    """Every rule that a whole document breaks."""
    found = [f"{key} is missing" for key in ("@context", "id", "type", "_label") if not document.get(key)]
    if document.get("@context") != CONTEXT:
        found.append("another @context")
    allowed = DOCUMENTS.get(document.get("type", ""), "").split()
    return found + list(_said({key: value for key, value in document.items() if key != "@context"}, [*allowed, *_REFERENCE.split()], ""))


def _said(node: dict[str, Any], allowed: list[str], place: str) -> Iterator[str]:
    for key, value in node.items():
        here = f"{place}/{key}"
        if key not in allowed:
            yield f"{here}: not said of a {node.get('type')}"
        elif value in (None, "", [], {}):
            yield f"{here}: empty"
        elif key in TEXTS | NUMBERS:
            yield from _value(key, value, here)
        elif isinstance(value, list) == (key in SINGLE):
            yield f"{here}: one or many"
        else:
            for number, one in enumerate(value if isinstance(value, list) else [value]):
                yield from _node(key, one, f"{here}/{number}")


def _value(key: str, value: Any, here: str) -> Iterator[str]:
    if key in NUMBERS and (not isinstance(value, int | float) or isinstance(value, bool)):
        yield f"{here}: not a number"
    if key in TEXTS and not isinstance(value, str):
        yield f"{here}: not a text"
    if key == "id" and not re.match(r"https?://[^\s<>\"]+$", str(value)):
        yield f"{here}: no URI"
    if key.startswith(("begin_", "end_")) and not _MOMENT.fullmatch(str(value)):
        yield f"{here}: no moment"


def _node(key: str, node: Any, here: str) -> Iterator[str]:
    if key == "equivalent":
        yield from _reference(node, here)
        return
    wanted = RANGE[key].split()
    kind = node.get("type")
    if kind not in wanted:
        yield f"{here}: {kind} instead of {' or '.join(wanted)}"
    elif wanted[0] == "&" or (key == "assigned" and kind == "HumanMadeObject"):
        yield from _reference(node, here)
    else:
        # a text that only leads to its digital form is said otherwise than one that stands here
        more = " digitally_carried_by" if key == "subject_of" else ""
        yield from _said(node, f"type _label {EMBEDDED[kind]}{more}".split(), here)
        needed = "digitally_carried_by" if key == "subject_of" else "content" if kind == "LinguisticObject" else REQUIRED.get(kind, "")
        yield from (f"{here}: without {one}" for one in needed.split() if one not in node)
        if kind == "Type" and "id" not in node:
            yield f"{here}: without id"


def _reference(node: dict[str, Any], here: str) -> Iterator[str]:
    if not (node.get("id") and node.get("type")):
        yield f"{here}: a reference to nothing"
    yield from _said(node, _REFERENCE.split(), here)
