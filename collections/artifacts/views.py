"""The view of an object: what pages, manifests, indices, APIs and feeds read. Made by the projection alone.

Every key below is always there; what the audience may not read is empty. Texts are plain language maps ``{lang: text}``
("und" for a text whose language nobody knows), references are ``records.references.Ref``.
"""

from __future__ import annotations

from typing import Any, TypedDict

from records import languages
from records.projection import RecordData, Row
from records.references import Ref
from records.slugs import slug_of

Text = dict[str, str]


class DateView(TypedDict):
    """A date: the cataloguer's words, and the signed astronomical years that were understood (1 BC = 0; None: open or unknown)."""

    text: str
    display: Text
    edtf: str
    earliest: int | None
    latest: int | None
    calendar: str
    era: str
    era_year: int | None
    circa: bool
    uncertain: bool


class MediaView(TypedDict):
    """One use of an asset: ``id`` is the use's own id, ``asset`` the asset's. Sizes in pixels, ``duration`` in seconds.

    ``regions``: described parts, each with ``id``, ``kind``, ``box`` (left, top, width, height in pixels) and ``text``.
    """

    id: str
    asset: str
    type: str
    mime: str
    width: int | None
    height: int | None
    duration: float | None
    color: str
    palette: list[Row]
    hash: str
    version: str
    label: Text
    caption: Text
    alt: Text
    region: str
    leaf: str
    chapter: Text
    chapter_level: int
    accompanies: str
    role: str
    language: str
    primary: bool
    restricted: bool
    state: str
    regions: list[dict[str, Any]]


class ObjectView(TypedDict):
    """Everything that may be seen of an object."""

    kind: str
    id: str
    uri: str
    slug: str
    accession_number: str
    accession_sort: str
    title: Text
    titles: list[Row]
    record_level: str
    status: str
    object_count: int
    viewing_direction: str
    page_display: str
    object_type: Ref | None
    department: Ref | None
    museum: Ref | None
    sets: list[Ref]
    identifiers: list[Row]
    object_names: list[Ref]
    classification: list[Ref]
    date: DateView | None
    events: list[Row]
    makers: list[Row]
    makers_display: Text
    materials: list[Row]
    techniques: list[Row]
    materials_display: Text
    measurements: list[Row]
    measurements_display: Text
    style: Text
    shape: Text
    colour: Text
    edition: Text
    descriptions: list[Row]
    inscriptions: list[Row]
    subjects: list[Row]
    relations: list[Row]
    part_of: Ref | None
    parts: list[Ref]
    provenance: list[Row]
    rights: list[Row]
    care: Row
    credit_line: Text
    acquired_text: str
    acquired_year: int | None
    acquisition_summary: Text
    gallery: Text
    references: list[Row]
    extra: Row
    media: list[MediaView]
    primary: MediaView | None
    data_licence: str
    updated_at: Any
    first_published_on: Any
    staff: Row


def shape(data: RecordData) -> ObjectView:
    """Filtered rows of an object → its view."""
    row, children = data.row, data.children
    title = _title(children.get("titles", []))
    events = [_event(event) for event in children.get("events", [])]
    media = [_media(use) for use in children.get("media", []) if use.get("asset")]
    return ObjectView(
        kind="object",
        id=data.public_id,
        uri=f"/o/{data.public_id}",
        slug=slug_of(title, row.get("accession_number", "")),
        accession_number=row.get("accession_number", ""),
        accession_sort=row.get("accession_sort", ""),
        title=title,
        titles=children.get("titles", []),
        record_level=row.get("record_level", "item"),
        status=row.get("status", ""),
        object_count=row.get("object_count", 1),
        viewing_direction=row.get("viewing_direction", ""),
        page_display=row.get("page_display", ""),
        object_type=row.get("object_type"),
        department=row.get("department"),
        museum=row.get("museum"),
        sets=[member["set"] for member in children.get("sets", []) if member.get("set")],
        identifiers=children.get("identifiers", []),
        object_names=_terms(children.get("object_names", []), "name"),
        classification=_terms(children.get("object_names", []), "classification"),
        date=_date_of(events),
        events=events,
        makers=[maker for maker in children.get("makers", []) if maker.get("agent")],
        makers_display=_plain(row, "makers_display"),
        materials=[use for use in children.get("materials", []) if use.get("term") and use.get("role") == "material"],
        techniques=[use for use in children.get("materials", []) if use.get("term") and use.get("role") == "technique"],
        materials_display=_plain(row, "materials_display"),
        measurements=children.get("measurements", []),
        measurements_display=_plain(row, "measurements_display"),
        style=_plain(row, "style"),
        shape=_plain(row, "shape"),
        colour=_plain(row, "colour"),
        edition=_plain(row, "edition"),
        descriptions=[_with_texts(text, "text") for text in children.get("descriptions", []) if text.get("text")],
        inscriptions=[
            _with_texts(text, "position", "translation", "interpretation")
            for text in children.get("inscriptions", [])
            if _says_something(text)
        ],
        subjects=children.get("subjects", []),
        relations=[
            _with_texts(relation, "note")
            for relation in children.get("relations", [])
            if relation.get("other") or relation.get("other_uri")
        ],
        part_of=row.get("part_of"),
        parts=row.get("parts", []),
        provenance=[{**_with_texts(step, "text"), "date": _date(step)} for step in children.get("provenance", [])],
        rights=[_with_texts(right, "credit_line") for right in children.get("rights", [])],
        care={
            "sensitivity": row.get("sensitivity", ""),
            "warning": _plain(row, "care_warning"),
            "notices": [_with_texts(notice, "label") for notice in children.get("care_notices", [])],
        },
        credit_line=_plain(row, "credit_line"),
        acquired_text=row.get("acquired_text", ""),
        acquired_year=row.get("acquired_year"),
        acquisition_summary=_plain(row, "acquisition_summary"),
        gallery=_plain(row, "gallery"),
        references=[use for use in children.get("references", []) if use.get("reference")],
        extra=row.get("extra") or {},
        media=media,
        primary=next((use for use in media if use["primary"]), next(iter(media), None)),
        data_licence=row.get("data_licence", ""),
        updated_at=row.get("updated_at"),
        first_published_on=row.get("first_published_on"),
        staff={name: row[name] for name in _STAFF if name in row},
    )


# shown to staff only; the projection has removed them for everybody else
_STAFF = (
    "live",
    "has_unpublished_changes",
    "is_public",
    "go_live_at",
    "expire_at",
    "locked",
    "distinguishing_features",
    "access_limit",
    "owner",
    "custodian",
    "acquisition_method",
    "staff_notes",
    "source",
    "source_id",
    "recorder",
    "embargo_until",
    "withdrawn_on",
    "withdrawn_reason",
    "created_at",
)


def _plain(row: Row, name: str) -> Text:
    return languages.plain(row.get(name))


def _title(titles: list[Row]) -> Text:
    """The preferred title of each language, the first of those that say so."""
    chosen: Text = {}
    for wanted in (True, False):
        for title in titles:
            if bool(title.get("preferred")) is wanted and not title.get("superseded") and title.get("text"):
                chosen.setdefault(title.get("language") or "und", title["text"])
    return chosen


def _terms(names: list[Row], role: str) -> list[Ref]:
    return [name["term"] for name in names if name.get("role") == role and name.get("term")]


def _event(event: Row) -> Row:
    return {**_with_texts(event, "note"), "date": _date(event)}


def _date_of(events: list[Row]) -> DateView | None:
    """The date of the first production that has one."""
    return next(
        (event["date"] for event in events if event.get("kind") == "production" and event["date"] and not event.get("superseded")), None
    )


def _date(row: Row) -> DateView | None:
    if not row.get("date_text") and not row.get("date_display") and row.get("date_earliest") is None and row.get("date_latest") is None:
        return None
    return DateView(
        text=row.get("date_text", ""),
        display=languages.plain(row.get("date_display") or {}),
        edtf=row.get("date_edtf", ""),
        earliest=row.get("date_earliest"),
        latest=row.get("date_latest"),
        calendar=row.get("date_calendar", ""),
        era=row.get("date_era", ""),
        era_year=row.get("date_era_year"),
        circa=bool(row.get("date_circa")),
        uncertain=bool(row.get("date_uncertain")),
    )


def _with_texts(row: Row, *names: str) -> Row:
    """The row with its language maps made plain; ``states`` keeps how each translation came about."""
    shaped = dict(row)
    for name in names:
        stored = row.get(name)
        shaped[name] = languages.plain(stored)
        states = {lang: value.get("state", "") for lang, value in stored.items() if isinstance(value, dict)} if stored else {}
        shaped[f"{name}_states"] = states
    return shaped


def _says_something(inscription: Row) -> bool:
    return any(inscription.get(name) for name in ("original", "transcription", "reading", "translation", "interpretation"))


def _media(use: Row) -> MediaView:
    asset = use["asset"]
    return MediaView(
        id=use["public_id"],
        asset=asset["id"],
        type=asset["type"],
        mime=asset["mime"],
        width=asset["width"],
        height=asset["height"],
        duration=asset["duration"],
        color=asset["color"],
        palette=asset["palette"],
        hash=asset["hash"],
        version=asset["version"],
        label=_plain(use, "label"),
        caption=_plain(use, "caption"),
        alt=asset["alt"],
        region=use.get("region", ""),
        leaf=use.get("leaf", ""),
        chapter=_plain(use, "chapter"),
        chapter_level=use.get("chapter_level", 1),
        accompanies=(use.get("accompanies") or {}).get("id", ""),
        role=use.get("role", ""),
        language=use.get("language", ""),
        primary=bool(use.get("primary")),
        restricted=use.get("publication_class") == "restricted",
        state=asset["state"],
        regions=use.get("annotations", []),
    )
