"""The demo museum's vocabularies: museum, departments, object types, people, places, terms, periods, collections."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from artifacts.models import ObjectType
from records import fuzzydates
from vocabularies.models import (
    Agent,
    AgentDate,
    AgentLink,
    AgentName,
    CollectionSet,
    Department,
    Museum,
    Period,
    PeriodLink,
    Place,
    PlaceLink,
    PlaceName,
    Term,
    TermLabel,
    TermLink,
    Vocabulary,
)

DATA = Path(__file__).parent.parent / "data"
SOURCE = "demo"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's, ten times as fast, where PyYAML was built with it


@lru_cache
def read(name: str) -> Any:
    """A YAML file of the demo museum; whoever reads it does not change it."""
    return yaml.load((DATA / name).read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - a safe one


def text(words: dict[str, str] | None) -> dict[str, dict[str, str]]:
    """``{vi: …, en: …}`` as a language map: the first is the source, the others are translations of it by a person."""
    found: dict[str, dict[str, str]] = {}
    source = ""
    for tag, value in (words or {}).items():
        found[tag] = {"text": value.strip(), "state": "human", "of": source} if source else {"text": value.strip(), "state": "source"}
        source = source or tag
    return found


def date_columns(
    words: str, *, earliest: int | None = None, latest: int | None = None, display: dict[str, str] | None = None
) -> dict[str, Any]:
    """Columns of a date: the words as written, and what is understood unless the years are given."""
    understood = fuzzydates.parse(words, ("vi", "en"))
    return {
        "date_text": words,
        "date_display": text(display),
        "date_edtf": understood.edtf,
        "date_earliest": understood.earliest if earliest is None else earliest,
        "date_latest": understood.latest if latest is None else latest,
        "date_calendar": understood.calendar or "",
        "date_era": understood.era or "",
        "date_era_year": understood.era_year,
        "date_circa": understood.circa,
        "date_uncertain": understood.uncertain,
    }


@dataclass
class Words:
    """Records by their keys."""

    museum: Museum
    departments: dict[str, Department] = field(default_factory=dict)
    types: dict[str, ObjectType] = field(default_factory=dict)
    agents: dict[str, Agent] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    terms: dict[str, Term] = field(default_factory=dict)
    periods: dict[str, Period] = field(default_factory=dict)
    sets: dict[str, CollectionSet] = field(default_factory=dict)


@transaction.atomic
def load() -> Words:
    """All vocabularies of the demo museum."""
    house = read("museum.yaml")
    facts = house["museum"]
    museum = _kept(
        Museum, "museum", code=facts["code"], label=text(facts["label"]), homepage=facts.get("homepage", ""),
        isil=facts.get("isil", ""), accession_pattern=facts.get("accession_pattern", ""), description=text(facts.get("description")),
    )  # fmt: skip
    words = Words(museum)
    for entry in house["departments"]:
        words.departments[entry["key"]] = _kept(
            Department,
            entry["key"],
            code=entry.get("code", entry["key"]),
            label=text(entry["label"]),
            museum=museum,
            description=text(entry.get("description")),
        )
    for entry in house.get("object_types", []):
        values = {"label": text(entry["label"]), "panels": entry.get("panels", []), "required": entry.get("required", [])}
        words.types[entry["key"]] = ObjectType.objects.update_or_create(code=entry["key"], defaults=values)[0]
    _load_terms(words)
    _load_agents(words)
    _load_places(words)
    _load_periods(words)
    for entry in read("sets.yaml") or []:
        words.sets[entry["key"]] = _kept(
            CollectionSet, entry["key"], label=text(entry["label"]), description=text(entry.get("description")),
            museum=museum, broader=words.sets.get(entry.get("broader", "")),
        )  # fmt: skip
    return words


def _load_terms(words: Words) -> None:
    for code, vocabulary in read("terms.yaml").items():
        scheme, _ = Vocabulary.objects.get_or_create(code=code, defaults={"label": text(vocabulary["label"])})
        for entry in vocabulary["terms"]:
            values = {
                "vocabulary": scheme,
                "label": text(entry["label"]),
                "broader": words.terms[entry["broader"]] if entry.get("broader") else None,
                "scope_note": entry.get("scope_note", ""),
            }
            term = _kept(Term, entry["key"], **values)
            _rows(term, "names", [TermLabel(**{"kind": "alternative", **name}) for name in entry.get("names", [])])
            _rows(term, "links", [TermLink(**link) for link in entry.get("links", [])])
            words.terms[entry["key"]] = term


def _load_agents(words: Words) -> None:
    for entry in read("agents.yaml"):
        columns = {name: entry[name] for name in ("kind", "life_dates", "birth_year", "death_year", "gender") if name in entry}
        nationality = words.terms[entry["nationality"]] if entry.get("nationality") else None
        agent = _kept(
            Agent, entry["key"], label=text(entry["label"]), description=text(entry.get("description")), nationality=nationality, **columns
        )
        _rows(agent, "names", [AgentName(**{"kind": "variant", **name}) for name in entry.get("names", [])])
        _rows(agent, "links", [AgentLink(**link) for link in entry.get("links", [])])
        _rows(agent, "dates", [AgentDate(kind=row["kind"], **date_columns(row["date"])) for row in entry.get("dates", [])])
        words.agents[entry["key"]] = agent


def _load_places(words: Words) -> None:
    for entry in read("places.yaml"):
        columns = {name: entry[name] for name in ("kind", "latitude", "longitude", "public_precision") if name in entry}
        broader = words.places[entry["broader"]] if entry.get("broader") else None
        place = _kept(
            Place, entry["key"], label=text(entry["label"]), description=text(entry.get("description")), broader=broader, **columns
        )
        _rows(place, "names", [PlaceName(**name) for name in entry.get("names", [])])
        _rows(place, "links", [PlaceLink(**link) for link in entry.get("links", [])])
        words.places[entry["key"]] = place


def _load_periods(words: Words) -> None:
    for entry in read("periods.yaml"):
        columns = {name: entry[name] for name in ("kind", "earliest", "latest", "year_one", "calendar") if name in entry}
        period = _kept(
            Period, entry["key"], label=text(entry["label"]), description=text(entry.get("description")),
            broader=words.periods[entry["broader"]] if entry.get("broader") else None,
            ruler=words.agents[entry["ruler"]] if entry.get("ruler") else None, **columns,
        )  # fmt: skip
        _rows(period, "links", [PeriodLink(**link) for link in entry.get("links", [])])
        words.periods[entry["key"]] = period


def _kept(model: Any, key: str, **values: Any) -> Any:
    """The record of that key, written only when it is new or differs."""
    found = model.objects.filter(source=SOURCE, source_id=key).first()
    if found is None and "code" in values:
        found = model.objects.filter(code=values["code"]).first()
    if found is None:
        return model.objects.create(source=SOURCE, source_id=key, **values)
    if any(getattr(found, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(found, name, value)
        found.save()
    return found


def _rows(record: Any, name: str, rows: list[Any]) -> None:
    """The record's child rows, written only when they differ."""
    if not same_rows(getattr(record, name).all(), rows):
        setattr(record, name, rows)
        record.save()


def same_rows(stored: Any, wanted: list[Any]) -> bool:
    """True when the rows hold the same values, whatever their keys."""

    def values(row: Any) -> dict[str, Any]:
        owner = {field.attname for field in row._meta.concrete_fields if type(field).__name__ == "ParentalKey"}
        skipped = {"id", "sort_order", "value_norm", *owner}
        return {
            field.attname: field.to_python(getattr(row, field.attname))
            for field in row._meta.concrete_fields
            if field.attname not in skipped
        }

    return [values(row) for row in stored] == [values(row) for row in wanted]
