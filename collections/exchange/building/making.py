"""How an object came to be: production with date, culture, period and place; makers; materials and techniques."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from exchange.building.base import Building, Make, date_columns, understood
from exchange.profile import words
from exchange.wanted import Wanted, WantedAgent, WantedDate

_UNKNOWN = re.compile(r"(unknown|unidentified|anonymous|undetermined)\b", re.IGNORECASE)
_SEVERAL = re.compile(r"\s(?:and|&|or)\s|,\sand\s", re.IGNORECASE)
_ULAN = re.compile(r"5\d{8}$")


def production(building: Building, entry: dict[str, Any]) -> None:
    """One production event: ``text`` and the museum's own ``earliest`` and ``latest``, which win; ``culture``, ``period``, ``place``."""
    values = _dated(building, entry)
    if culture := building.text(entry, "culture"):
        _add_culture(building, entry, values, culture)
    if place := building.text(entry, "place"):
        values["place"] = Wanted("place", place, building.profile.language)
    if period := building.text(entry, "period").rstrip(". "):
        label = period.removesuffix("(?)").strip()
        if label:
            values["period"] = Wanted("period", label, building.profile.language)
        if label != period:
            values["certainty"] = "possible"
    if values:
        building.plan.add("events", kind="production", **values)


def _add_culture(building: Building, entry: dict[str, Any], values: dict[str, Any], culture: str) -> None:
    places = words(entry["words"])["places"] if "words" in entry else []
    label = culture.rstrip("? ")
    if not label:
        building.findings.add("value_dropped", entry["culture"], culture)
        return
    if label in places:
        values["place"] = Wanted("place", label, building.profile.language)
        building.findings.add("not_a_maker", entry["culture"], culture)
    else:
        values["culture"] = building.term(label, entry.get("vocabulary", "cultures"))
    if label != culture:
        values["certainty"] = "possible"


def _dated(building: Building, entry: dict[str, Any]) -> dict[str, Any]:
    text = building.text(entry, "text")
    raw = {name: str(building.plan.record.get(entry.get(name, ""), "") or "") for name in ("earliest", "latest")}
    if (
        entry.get("zero") == "unknown"
        and "0" in raw.values()
        and (text.casefold() in _unknown_words(entry) or set(raw.values()) <= {"0", ""})
    ):
        for name, value in raw.items():
            if value == "0":
                building.findings.add("zero_unknown", entry[name])
                raw[name] = ""
    earliest = building.year(raw["earliest"], entry.get("earliest", ""), entry)
    latest = building.year(raw["latest"], entry.get("latest", ""), entry)
    if not text and earliest is None and latest is None:
        return {}
    date = understood(text, building.profile.language) if text else understood("", building.profile.language)
    if earliest is not None and latest is not None and earliest > latest:
        if date.is_known:
            used, earliest, latest = "and its own meaning taken", date.earliest, date.latest
        else:
            used, earliest, latest = "the two were exchanged", latest, earliest
        building.findings.add(
            "bounds_inverted",
            entry["earliest"],
            f"{raw['earliest']} – {raw['latest']}",
            earliest=raw["earliest"],
            latest=raw["latest"],
            used=used,
        )
    if text and not date.is_known and text.casefold() not in _unknown_words(entry):
        building.findings.add("date_not_understood", entry["text"], text)
    values = date_columns(date, text)
    if earliest is not None or latest is not None:
        values |= {"date_earliest": earliest, "date_latest": latest}
        if not date.is_known:
            values["date_calendar"] = "gregorian"
    return values


def _unknown_words(entry: dict[str, Any]) -> set[str]:
    return {"", *(str(word).casefold() for word in entry.get("unknown", ()))}


def makers(building: Building, entry: dict[str, Any]) -> None:
    """Makers out of a nested table: id, name, variant name, role, nationality, life dates and places."""
    lines = building.plan.record.get(entry["table"]) or []
    for line in lines:
        name = line.get(entry["name"], "") or line.get(entry.get("variant", ""), "")
        if not name:
            continue
        agent = _agent_of(building, entry, line, name)
        role, qualifier, certainty = _attribution(line.get(entry.get("role", ""), ""), entry)
        values: dict[str, Any] = {"agent": agent, "name_as_written": line.get(entry.get("variant", ""), "") or name}
        if role:
            values["role"] = building.term(role, entry.get("roles", "roles"))
        building.plan.add("makers", **values, qualifier=qualifier, certainty=certainty)
        if agent.agent_kind == "unknown" and agent.nationality is not None:
            event = building.plan.rows.get("events", [None])[0] or building.plan.add("events", kind="production")
            event.setdefault("culture", agent.nationality)


def _agent_of(building: Building, entry: dict[str, Any], line: dict[str, str], name: str) -> WantedAgent:
    language = building.profile.language
    variant = line.get(entry.get("variant", ""), "")
    nationality, note = _nationality(building, entry, line.get(entry.get("nationality", ""), ""))
    kind = "unknown" if _UNKNOWN.match(name) else (entry.get("kinds") or {}).get(line.get(entry.get("kind", ""), ""), "person")
    founded = kind == "group"
    dates = []
    for field, stands_for in (("birth", "founded" if founded else "birth"), ("death", "dissolved" if founded else "death")):
        text, place = line.get(entry.get(f"{field}_date", ""), ""), line.get(entry.get(f"{field}_place", ""), "")
        year = building.year(text, f"{entry['table']}.{entry.get(f'{field}_date')}", entry)
        if text.endswith("-01-01") and year is not None:
            text = str(year) if year > 0 else f"{1 - year} BC"
        if text or place:
            dates.append(WantedDate(stands_for, text, year, Wanted("place", place, language) if place else None))
    return WantedAgent(
        label=name,
        language=language,
        source=building.profile.source,
        key=line.get(entry.get("id", ""), "")[:200],
        agent_kind=kind,
        nationality=nationality,
        names=(variant,) if variant and variant != name else (),
        dates=tuple(dates),
        note=note,
        column=f"{entry['table']}.{entry['name']}",
    )


def _nationality(building: Building, entry: dict[str, Any], text: str) -> tuple[Wanted | None, str]:
    column = f"{entry['table']}.{entry.get('nationality')}"
    text = building.kept(text, column, entry)
    if not text:
        return None, ""
    parts = [part.strip() for part in text.split("|") if part.strip()]
    if not parts:
        return None, text
    first, *others = parts
    if others:
        building.findings.add("several_nationalities", column, text)
    return building.term(first, entry.get("vocabulary", "cultures")), text if others else ""


def _attribution(text: str, entry: dict[str, Any]) -> tuple[str, str | None, str | None]:
    """(role, qualifier, certainty) out of what stands in a role's column, by the entry's word list."""
    if not text:
        return "", None, None
    known = words(entry["words"])
    written = text.casefold().strip()
    certainty = None
    if written.endswith("?"):
        written, certainty = written.rstrip("? "), "possible"
    if written in known["certainties"]:
        return "", None, known["certainties"][written]
    if written in known["qualifiers"]:
        return "", known["qualifiers"][written], certainty
    qualifier = None
    for prefix, value in known["prefixes"].items():
        if written.startswith(prefix + " "):
            written = written.removeprefix(prefix + " ")
            qualifier, certainty = value.get("qualifier"), value.get("certainty", certainty)
    return known["singular"].get(written, written), qualifier, certainty


def named_maker(building: Building, entry: dict[str, Any]) -> None:
    """A maker out of one column that may also hold a culture, a place, an attribution or “Anonymous (Italian)”."""
    written = building.text(entry)
    if not written:
        return
    building.plan.columns["makers_display"] = building.map(written)
    known = words(entry["words"])
    name, qualifier, certainty = _without_attribution(written, known)
    if anonymous := re.match(known["anonymous"], name, re.IGNORECASE):
        building.findings.add("anonymous", entry["from"], written)
        rest = next((group for group in anonymous.groups() if group), "").strip(" ,()")
        if rest:
            _add_origin(building, entry, known, rest, certainty)
        return
    if not name.strip():
        building.findings.add("value_dropped", entry["from"], written)
        return
    if _is_origin(name, known):
        building.findings.add("not_a_maker", entry["from"], written)
        _add_origin(building, entry, known, name, certainty)
        return
    if _SEVERAL.search(name):
        building.findings.add("several_makers", entry["from"], written)
    agent = WantedAgent(
        label=" ".join(name.split()),
        language=building.profile.language,
        source=building.profile.source,
        agent_kind="group" if _SEVERAL.search(name) else "person",
        links=_links(building, entry),
        column=entry["from"],
    )
    building.plan.add("makers", agent=agent, qualifier=qualifier, certainty=certainty, name_as_written=written)


def _without_attribution(written: str, known: dict[str, Any]) -> tuple[str, str | None, str | None]:
    name, certainty = written, None
    if name.rstrip(" )").endswith("?"):
        name, certainty = re.sub(r"\s*\(?\s*\?\s*\)?\s*$", "", name) + (")" if name.endswith("?)") and "(" in name[:-3] else ""), "possible"
    lower = name.casefold()
    for prefix, qualifier in known["attributions"].items():
        if lower.startswith(prefix + " "):
            return name[len(prefix) + 1 :].strip(), qualifier, certainty
    return name, None, certainty


def _is_origin(name: str, known: dict[str, Any]) -> bool:
    parts = [part.strip() for part in re.split(r"[,;]| or ", name)]
    return (
        name in known["places"]
        or name.endswith(known["group_suffix"])
        or all(part in known["cultures"] or part in known["places"] for part in parts)
    )


def _add_origin(building: Building, entry: dict[str, Any], known: dict[str, Any], text: str, certainty: str | None) -> None:
    """A culture or a place for the production, unless the record's own columns have said it already."""
    event = building.plan.rows.get("events", [None])[0] or building.plan.add("events", kind="production")
    label = text.removesuffix(known["group_suffix"]).strip() if text.endswith(known["group_suffix"]) else text
    label = re.sub(r"\s*\(?\?\)?$", "", label).strip()
    if not label:
        return
    is_place = label in known["places"]
    if is_place:
        event.setdefault("place", Wanted("place", label, building.profile.language))
    else:
        event.setdefault("culture", building.term(label, entry.get("vocabulary", "cultures")))
    if certainty:
        event.setdefault("certainty", certainty)


def _links(building: Building, entry: dict[str, Any]) -> tuple[tuple[str, str, str], ...]:
    raw = building.text(entry, "ulan")
    if not raw:
        return ()
    if not _ULAN.match(raw):
        building.findings.add("odd_link", entry["ulan"], raw, scheme="ULAN")
        return ()
    return (("ULAN", f"http://vocab.getty.edu/ulan/{raw}", entry["ulan"]),)


def medium(building: Building, entry: dict[str, Any]) -> None:
    """Materials and techniques: the words as they are, and the terms of the word list that are certainly in them."""
    text = building.text(entry)
    if not text:
        return
    building.plan.columns["materials_display"] = building.map(text)
    found, unknown = _split_medium(text, entry["words"])
    for role, label, doubtful in found:
        vocabulary = {"material": "materials", "technique": "techniques"}[role]
        building.plan.add("materials", role=role, term=building.term(label, vocabulary), certainty="possible" if doubtful else None)
    for part in unknown:
        building.findings.add("medium_not_indexed", entry["from"], part)


_BETWEEN = re.compile(
    r"\s*(?:[,;|/+:]|\bon\b|\band\b|\bwith\b|\bover\b|\bin\b|\bor\b|\bmounted to\b|\blaid down on\b|\bmounted on\b)\s*", re.IGNORECASE
)
_PARENTHESES = re.compile(r"\([^)]*\)|\[[^\]]*\]")


@lru_cache(maxsize=20_000)
def _split_medium(text: str, lexicon: str) -> tuple[tuple[tuple[str, str, bool], ...], tuple[str, ...]]:
    known = words(lexicon)
    found: dict[tuple[str, str], bool] = {}
    unknown: list[str] = []
    for piece in _BETWEEN.split(_PARENTHESES.sub(" ", text)):
        doubtful = "?" in piece
        piece = " ".join(piece.casefold().replace("?", " ").split()).strip(" .")
        if not piece:
            continue
        terms = _lookup(piece, known)
        if not terms and piece not in known["silent"]:
            unknown.append(piece)
        for term in terms:
            found.setdefault(term, doubtful)
    return tuple((role, label, doubtful) for (role, label), doubtful in found.items()), tuple(dict.fromkeys(unknown))


def _lookup(piece: str, known: dict[str, Any]) -> list[tuple[str, str]]:
    """The terms that a piece certainly names: itself, or itself without leading qualities such as “color” or “wove”."""
    tokens = piece.split()
    for start in range(len(tokens)):
        rest = " ".join(tokens[start:])
        entry = known["terms"].get(rest) or known["terms"].get(rest.removesuffix("s"))
        if entry is not None:
            return [(role, label) for role, labels in entry.items() for label in labels]
        if tokens[start] not in known["qualities"]:
            break
    return []


MAKES = {
    "production": Make(production, ("text", "earliest", "latest", "culture", "period", "place")),
    "makers": Make(
        makers,
        (),
        ("id", "name", "variant", "role", "kind", "nationality", "birth_date", "death_date", "birth_place", "death_place"),
    ),
    "named_maker": Make(named_maker, ("from", "ulan")),
    "medium": Make(medium),
}
