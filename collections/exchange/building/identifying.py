"""What an object is and is called: number, titles, names, classes, other numbers, where it belongs."""

from __future__ import annotations

from typing import Any

from django.utils.text import slugify

from exchange.building.base import Building, Make
from exchange.wanted import Wanted


def accession_number(building: Building, entry: dict[str, Any]) -> None:
    """The number as it is written. Without one the record is refused."""
    number = building.text(entry)
    if not number:
        building.findings.add("number_missing", entry["from"])
    building.plan.columns["accession_number"] = number


def title(building: Building, entry: dict[str, Any]) -> None:
    """A title in the profile's language; ``kind`` as in the titles' table, ``preferred: false`` for a further one."""
    text = building.text(entry)
    preferred = entry.get("preferred", True)
    if not text:
        if preferred:
            building.findings.add("title_missing", entry["from"])
        return
    if text in (row["text"] for row in building.plan.rows.get("titles", ())):
        return
    building.plan.add(
        "titles",
        text=text,
        language=entry.get("language", building.profile.language),
        kind=entry.get("kind", "given"),
        preferred=preferred,
    )


def terms(building: Building, entry: dict[str, Any]) -> None:
    """Terms of a vocabulary as rows: ``into`` (relation), ``role``, ``map`` (written → label), ``case: sentence`` merges capitals."""
    seen: set[str] = set()
    for part in building.parts(entry):
        label = _label(part, entry)
        if not label:
            building.findings.add("value_dropped", entry["from"], part)
            continue
        if label.casefold() in seen:
            continue
        seen.add(label.casefold())
        role = {"role": entry["role"]} if "role" in entry else {}
        building.plan.add(entry.get("into", "object_names"), term=building.term(label, entry["vocabulary"]), **_doubt(part), **role)


def _label(part: str, entry: dict[str, Any]) -> str:
    """The label of a term: mapped, without question marks, in one way of capitals."""
    mapping = entry.get("map") or {}
    if part in mapping:
        return mapping[part] or ""
    label = part.rstrip("? ").removesuffix("(").strip()
    return label[:1].upper() + label[1:].lower() if entry.get("case") == "sentence" else label


def _doubt(part: str) -> dict[str, str]:
    return {"certainty": "possible"} if part.rstrip(" )").endswith("?") else {}


def identifier(building: Building, entry: dict[str, Any]) -> None:
    """Another number: ``kind`` as in the identifiers' table, ``issuer`` a column that says who gave it."""
    value = building.text(entry)
    if value:
        building.plan.add("identifiers", value=value, kind=entry.get("kind", "other"), issuer=building.text(entry, "issuer"))


def belonging(building: Building, entry: dict[str, Any]) -> None:
    """Museum and department, by the profile's ``museum`` and ``department``; ``from`` names the department's column, if any."""
    museum = building.profile.museum
    home = Wanted(
        "museum",
        museum["label"],
        museum.get("language", building.profile.language),
        code=museum["code"],
        homepage=museum.get("homepage", ""),
    )
    raw = building.text(entry)
    mapped = (entry.get("map") or {}).get(raw, raw) or building.profile.department["otherwise"]
    code = slugify(f"{museum['code']}-{mapped}")[:50].strip("-")
    building.plan.columns["museum"] = home
    building.plan.columns["department"] = Wanted("department", mapped, building.profile.language, scope=museum["code"], code=code)


MAKES = {
    "accession_number": Make(accession_number),
    "title": Make(title),
    "terms": Make(terms),
    "identifier": Make(identifier, ("from", "issuer")),
    "belonging": Make(belonging),
}
