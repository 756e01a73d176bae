"""What is said about an object: texts, provenance, inscriptions, rights, how it was acquired, further fields."""

from __future__ import annotations

import re
from typing import Any

from exchange.building.base import Building, Make
from exchange.wanted import WantedAgent

_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]+$", re.IGNORECASE)


def text(building: Building, entry: dict[str, Any]) -> None:
    """A text of the object itself (``into``: credit_line, gallery, edition …), as a language map."""
    if value := building.text(entry):
        building.plan.columns[entry["into"]] = building.map(value, entry)


def column(building: Building, entry: dict[str, Any]) -> None:
    """A plain column of the object (``into``), as it is written; ``map`` replaces values."""
    value = building.text(entry)
    if value:
        building.plan.columns[entry["into"]] = (entry.get("map") or {}).get(value, value)


def acquired(building: Building, entry: dict[str, Any]) -> None:
    """When the object came: the text, and its year. ``first_of_january: year`` says that 1900-01-01 only means 1900."""
    value = building.text(entry)
    if not value:
        return
    year = building.year(value, entry["from"], entry)
    if entry.get("first_of_january") == "year" and value.endswith("-01-01") and year is not None:
        building.findings.add("first_of_january", entry["from"])
        value = str(year)
    building.plan.columns["acquired_text"] = value
    building.plan.columns["acquired_year"] = year


def description(building: Building, entry: dict[str, Any]) -> None:
    """A text about the object; ``kind`` as in the descriptions' table."""
    if value := building.text(entry):
        building.plan.add("descriptions", kind=entry.get("kind", "summary"), text=building.map(value, entry))


def provenance(building: Building, entry: dict[str, Any]) -> None:
    """The history of ownership as it is told, in one step, its lines kept."""
    if value := building.text(entry):
        building.plan.add("provenance", text=building.map(value, entry))


def inscription(building: Building, entry: dict[str, Any]) -> None:
    """What stands on the object; ``kind`` as in the inscriptions' table."""
    if value := building.text(entry):
        building.plan.add("inscriptions", kind=entry.get("kind", "inscription"), original=value)


def right(building: Building, entry: dict[str, Any]) -> None:
    """A right: ``from`` a holder as written, ``kind_from`` words on it, ``statement`` a column with the address of the statement."""
    holder, kind, statement = building.text(entry), building.text(entry, "kind_from"), building.text(entry, "statement")
    if statement and not _ADDRESS.match(statement):
        building.findings.add("not_an_address", entry["statement"], statement)
        statement = ""
    if statement.startswith("https://") and any(host in statement for host in ("creativecommons.org", "rightsstatements.org")):
        building.findings.add("licence_http", entry["statement"], statement)
        statement = statement.replace("https://", "http://", 1)
    if not (holder or kind or statement):
        return
    for target in entry.get("applies_to", ["work"]):
        row = building.plan.add(
            "rights", applies_to=target, kind=entry.get("kind") or kind[:40].strip(), holder_text=holder, statement=statement
        )
        if len(kind) > 40:
            row["credit_line"] = building.map(kind, entry)


def custodian(building: Building, entry: dict[str, Any]) -> None:
    """The institution that keeps the object."""
    if value := building.text(entry):
        building.plan.columns["custodian"] = WantedAgent(
            value,
            building.profile.language,
            building.profile.source,
            key=f"institution:{value}"[:200],
            agent_kind="group",
            column=entry["from"],
        )


def extra(building: Building, entry: dict[str, Any]) -> None:
    """Additional public fields that the object record has no place for: ``columns`` maps a label to a column."""
    found = {}
    for label, name in entry["columns"].items():
        value = building.plan.record.get(name, "")
        if isinstance(value, list):
            value = "\n".join(part for part in value if part)
        if value := building.kept(value, name, entry):
            found[label] = value
    if found:
        building.plan.columns["extra"] = {**building.plan.columns.get("extra", {}), **found}


MAKES = {
    "text": Make(text),
    "column": Make(column),
    "acquired": Make(acquired),
    "description": Make(description),
    "provenance": Make(provenance),
    "inscription": Make(inscription),
    "right": Make(right, ("from", "kind_from", "statement")),
    "custodian": Make(custodian),
    "extra": Make(extra, ("columns",)),
}
