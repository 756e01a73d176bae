"""The demo museum's objects with their pictures, in every state that a record can have."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

import orjson
from django.db import transaction
from django.utils import timezone

from artifacts import publishing
from artifacts.models import (
    Artifact,
    ArtifactSet,
    CareNotice,
    Description,
    Event,
    Identifier,
    Inscription,
    Maker,
    Material,
    MeasurementRow,
    ObjectName,
    ProvenanceStep,
    Relation,
    Right,
    Subject,
    Title,
)
from museum.demo import pictures
from museum.demo.loading.words import DATA, SOURCE, Words, date_columns, read, text

Entry = dict[str, Any]


def entries() -> list[Entry]:
    """All objects of the YAML files, wholes before their parts."""
    found = [entry for file in sorted(DATA.glob("objects*.yaml")) for entry in read(file.name) or []]
    keys = [entry["key"] for entry in found]
    doubled = {key for key in keys if keys.count(key) > 1}
    if doubled:
        raise ValueError(f"Two demo objects have the key {', '.join(sorted(doubled))}.")
    return sorted(found, key=lambda entry: bool(entry.get("part_of")))


def pictures_of(found: Iterable[Entry]) -> list[str]:
    """Keys of all drawings that the objects need."""
    return list(dict.fromkeys(picture["draw"] for entry in found for picture in entry.get("pictures", [])))


def urgency() -> dict[str, int]:
    """Which objects' pictures are drawn first: what the home page opens with, then what the exhibitions show."""
    shown = dict.fromkeys((key for exhibition in read("exhibitions.yaml") for key in _named(exhibition)), pictures.SHOWN)
    return {**shown, **dict.fromkeys(read("home.yaml")["opens_with"], pictures.FIRST)}


def _named(exhibition: Entry) -> Iterator[str]:
    for section in exhibition["sections"]:
        yield from (section[kind] for kind in ("object", "detail") if kind in section)
        yield from section.get("group", [])


def load(words: Words) -> Iterator[tuple[str, bool]]:
    """Make or renew each object; yields (key, whether anything was written). Pictures of new objects are ordered, not drawn."""
    todo = entries()
    urgent = urgency()
    made: dict[str, Artifact] = {}
    for entry in todo:
        made[entry["key"]], written = _load_one(entry, words, made, urgent.get(entry["key"], pictures.LATER))
        yield entry["key"], written
    _relate(todo, made)


@transaction.atomic
def _load_one(entry: Entry, words: Words, made: dict[str, Artifact], priority: int) -> tuple[Artifact, bool]:
    digest = hashlib.sha256(orjson.dumps(entry, option=orjson.OPT_SORT_KEYS)).hexdigest()
    artifact = Artifact.objects.filter(source=SOURCE, source_id=entry["key"]).first()
    if artifact is not None and artifact.source_hash == digest:
        return artifact, False
    fresh = artifact is None
    artifact = artifact or Artifact(source=SOURCE, source_id=entry["key"], live=False)
    artifact.source_hash = digest
    _fill(artifact, entry, words, made)
    artifact.save()
    if fresh:
        _bring_to_state(artifact, entry)
        pictures.order(artifact, entry.get("pictures", []), priority)
    elif artifact.live:
        artifact.save_revision().publish()
    return artifact, True


def _fill(artifact: Artifact, entry: Entry, words: Words, made: dict[str, Artifact]) -> None:
    department = words.departments[entry["department"]]
    artifact.museum, artifact.department = words.museum, department
    artifact.accession_number = entry["number"]
    artifact.object_type = words.types.get(entry.get("type", ""))
    artifact.record_level = entry.get("level", "item")
    artifact.object_count = entry.get("count", 1)
    artifact.part_of = made[entry["part_of"]] if entry.get("part_of") else None
    artifact.part_order = entry.get("part_order", 0)
    artifact.viewing_direction, artifact.page_display = entry.get("viewing_direction", ""), entry.get("page_display", "")
    for name in (
        "makers_display",
        "materials_display",
        "measurements_display",
        "style",
        "shape",
        "colour",
        "edition",
        "credit_line",
        "gallery",
    ):
        setattr(artifact, name, text(entry.get(name)))
    acquired = entry.get("acquired", {})
    artifact.acquired_text, artifact.acquired_year = str(acquired.get("text", "")), acquired.get("year")
    artifact.acquisition_method, artifact.acquisition_summary = acquired.get("method", ""), text(acquired.get("summary"))
    care = entry.get("care", {})
    artifact.sensitivity, artifact.care_warning = care.get("sensitivity", ""), text(care.get("warning"))
    artifact.access_limit = care.get("access", "open")
    artifact.staff_notes, artifact.distinguishing_features = entry.get("staff_notes", ""), entry.get("distinguishing_features", "")
    _fill_rows(artifact, entry, words)


def _fill_rows(artifact: Artifact, entry: Entry, words: Words) -> None:
    artifact.titles = [Title(**title) for title in entry["titles"]]
    artifact.identifiers = [Identifier(**identifier) for identifier in entry.get("identifiers", [])]
    artifact.object_names = [
        *(ObjectName(term=words.terms[key]) for key in entry.get("names", [])),
        *(ObjectName(term=words.terms[key], role="classification") for key in entry.get("classification", [])),
    ]
    artifact.events = [_event(event, words) for event in entry.get("events", [])]
    artifact.makers = [_maker(maker, words) for maker in entry.get("makers", [])]
    artifact.materials = [
        *(Material(term=words.terms[key]) for key in entry.get("materials", [])),
        *(Material(term=words.terms[key], role="technique") for key in entry.get("techniques", [])),
    ]
    artifact.measurements = [MeasurementRow(**{"unit": "cm", **row}) for row in entry.get("measurements", [])]
    artifact.descriptions = [Description(kind=row["kind"], text=text(row["text"])) for row in entry.get("descriptions", [])]
    artifact.inscriptions = [_inscription(row) for row in entry.get("inscriptions", [])]
    artifact.subjects = [_subject(row, words) for row in entry.get("subjects", [])]
    artifact.sets = [ArtifactSet(set=words.sets[key]) for key in entry.get("sets", [])]
    artifact.provenance = [_provenance(row, words) for row in entry.get("provenance", [])]
    artifact.rights = [Right(**row) for row in entry.get("rights", [])]
    artifact.care_notices = [_notice(row, words) for row in entry.get("care", {}).get("notices", [])]


def _event(row: Entry, words: Words) -> Event:
    date = (
        date_columns(row["date"], earliest=row.get("earliest"), latest=row.get("latest"), display=row.get("date_display"))
        if row.get("date")
        else {}
    )
    return Event(
        kind=row.get("kind", "production"),
        place=words.places[row["place"]] if row.get("place") else None,
        period=words.periods[row["period"]] if row.get("period") else None,
        culture=words.terms[row["culture"]] if row.get("culture") else None,
        note=text(row.get("note")),
        certainty=row.get("certainty", ""),
        source_note=row.get("source_note", ""),
        **date,
    )


def _maker(row: Entry, words: Words) -> Maker:
    plain = {
        name: row[name] for name in ("qualifier", "certainty", "source_note", "name_as_written", "part_done", "superseded") if name in row
    }
    return Maker(agent=words.agents[row["agent"]], role=words.terms[row["role"]] if row.get("role") else None, **plain)


def _inscription(row: Entry) -> Inscription:
    plain = {name: row[name] for name in ("kind", "language", "original", "transcription", "reading", "region") if name in row}
    return Inscription(**plain, **{name: text(row.get(name)) for name in ("position", "translation", "interpretation")})


def _subject(row: Entry, words: Words) -> Subject:
    return Subject(
        term=words.terms[row["term"]] if row.get("term") else None,
        agent=words.agents[row["agent"]] if row.get("agent") else None,
        place=words.places[row["place"]] if row.get("place") else None,
        iconclass=row.get("iconclass", ""),
    )


def _provenance(row: Entry, words: Words) -> ProvenanceStep:
    amount, currency = row.get("price", (None, ""))
    return ProvenanceStep(
        text=text(row.get("text")),
        from_agent=words.agents[row["from"]] if row.get("from") else None,
        to_agent=words.agents[row["to"]] if row.get("to") else None,
        place=words.places[row["place"]] if row.get("place") else None,
        method=row.get("method", ""),
        gap=row.get("gap", False),
        evidence=row.get("evidence", ""),
        price_amount=amount,
        price_currency=currency,
        **(date_columns(str(row["date"])) if row.get("date") else {}),
    )


def _notice(row: Entry, words: Words) -> CareNotice:
    community = words.agents[row["community"]] if row.get("community") else None
    return CareNotice(label=text(row["label"]), uri=row.get("uri", ""), community=community, protocol=row.get("protocol", ""))


def _bring_to_state(artifact: Artifact, entry: Entry) -> None:
    state = entry.get("state", "published")
    if state == "draft":
        artifact.save_revision()
        return
    if state == "embargo":
        artifact.embargo_until = timezone.localdate() + timedelta(days=365)
    artifact.save_revision().publish()
    artifact.refresh_from_db()
    if state == "unpublished":
        artifact.unpublish()
    elif state == "withdrawn":
        publishing.withdraw(artifact, entry["withdrawn_reason"])
    elif state == "changed":
        artifact.credit_line = text(entry["draft_credit_line"])
        artifact.save_revision()


@transaction.atomic
def _relate(todo: list[Entry], made: dict[str, Artifact]) -> None:
    """Relations, once both sides exist; written only where they are missing."""
    for entry in todo:
        wanted = [(row["kind"], made[row["other"]].pk, text(row.get("note"))) for row in entry.get("relations", [])]
        artifact = made[entry["key"]]
        if wanted and [(row.kind, row.other_id, row.note) for row in artifact.relations.all()] != wanted:
            artifact.relations = [Relation(kind=kind, other_id=other, note=note) for kind, other, note in wanted]
            artifact.save()
            if artifact.live:
                artifact.save_revision().publish()
