"""What is counted, ordered and shown of an object: facets, years, sort keys, the card."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from records import languages
from records.projection import View
from records.references import Ref
from search import colours, looks
from search.builders.object_texts import valid
from search.builders.texts import Texts, with_path
from search.documents import ByIdentity, Document, FacetValue
from search.text import sort_key

YEAR_ZERO = 100_000_000  # added to years in sort keys, so that they are positive
# Lists of values that record after record shares: they are compiled once.
IMAGE = [FacetValue("yes", {"en": "with pictures", "vi": "có hình ảnh"})]
ON_DISPLAY = [FacetValue("yes", {"en": "on display", "vi": "đang trưng bày"})]
COLOUR_VALUES = {name: FacetValue(name, {"en": en, "vi": vi}) for name, (en, vi, _) in colours.NAMES.items()}


def document_of(view: View, groups: dict[str, Texts]) -> Document:
    """The document of a view, its texts given by group. What only a view for staff has is added by the caller."""
    picture = view["primary"]
    shown = picture is not None and not picture["restricted"]
    date = view["date"]
    place = _made_at(view)
    return Document(
        id=f"object:{view['id']}",
        kind="object",
        version=0,
        query={group: texts for group, texts in groups.items() if texts},
        facets={name: values for name, values in _facets(view, shown).items() if values},
        filters={
            "maker_role": [f"{maker.get('role') or '-'}_{maker['agent']['id']}" for maker in valid(view["makers"])],
            "related": _related(view),
            "looks": looks.tokens(picture["hash"]) if shown else [],
        },
        dates=_years(date),
        position=_position(place),
        looks={"hash": picture["hash"], "palette": looks.palette(picture["palette"])} if shown and picture["hash"] else None,
        sort=_sort(view, shown),
        display=_card(view, shown),
    )


def _related(view: View) -> list[str]:
    """Ids of every record that the object names in any way, and of what lies above them: what the page of each of them lists."""
    events, subjects = valid(view["events"]), valid(view["subjects"])
    named = [
        *(relation.get("other") for relation in view["relations"]),
        *(maker["agent"] for maker in valid(view["makers"])),
        *(event.get(name) for event in events for name in ("place", "culture", "period")),
        *(use["term"] for use in valid([*view["materials"], *view["techniques"]])),
        *(subject.get(name) for subject in subjects for name in ("term", "agent", "place")),
        *view["object_names"],
        *view["classification"],
    ]
    return [value.id for value in with_path(named)]


def _facets(view: View, shown: bool) -> dict[str, list[FacetValue]]:
    events = list(valid(view["events"]))
    subjects = list(valid(view["subjects"]))
    return {
        "type": with_path([*view["object_names"], *view["classification"]] or [view["object_type"]]),
        "maker": with_path(maker["agent"] for maker in valid(view["makers"])),
        "culture": with_path(event.get("culture") for event in events),
        "period": with_path(event.get("period") for event in events),
        "place": with_path(event.get("place") for event in events),
        "material": with_path(use["term"] for use in valid(view["materials"])),
        "technique": with_path(use["term"] for use in valid(view["techniques"])),
        "subject": with_path(subject.get(name) for subject in subjects for name in ("term", "agent", "place")),
        "department": with_path([view["department"]]),
        "collection": with_path(view["sets"]),
        "exhibition": with_path(view.get("exhibitions", ())),
        "rights": _rights(view),
        "image": IMAGE if shown else [],
        "colour": [COLOUR_VALUES[name] for name in colours.names_of(view["primary"]["palette"])] if shown else [],
        "point": _point(place) if (place := _made_at(view)) else [],
        "on_display": ON_DISPLAY if view["gallery"] else [],
    }


def _made_at(view: View) -> Ref | None:
    """The one place at which a map shows the object: where it was made, else the first place of its history, if the public may know where that is."""
    rows = [row for row in valid(view["events"]) if row.get("place") and row["place"].get("latitude") is not None]
    made = next((row for row in rows if row.get("kind") == "production"), None)
    return (made or rows[0])["place"] if rows else None


def _position(place: Ref | None) -> tuple[float, float] | None:
    return (place["latitude"], place["longitude"]) if place else None  # type: ignore[typeddict-item]


@ByIdentity
def _point(place: Ref) -> list[FacetValue]:
    return [FacetValue(place["id"], place["label"], point=_position(place))]


def _rights(view: View) -> list[FacetValue]:
    """Statements and licences by their URI; the label is what their address says (CC BY 4.0, InC)."""
    return _statements(tuple(dict.fromkeys(right["statement"] for right in view["rights"] if right.get("statement"))))


@lru_cache(maxsize=500)
def _statements(uris: tuple[str, ...]) -> list[FacetValue]:
    return [FacetValue(uri, {"en": _statement_name(uri)}) for uri in uris]


def _statement_name(uri: str) -> str:
    parts = [part for part in uri.rstrip("/").split("/")[3:] if part not in {"vocab", "page", "licenses", "publicdomain", "deed.en"}]
    if "creativecommons.org" not in uri:
        return parts[0] if parts else uri
    if "/publicdomain/" in uri:
        return {"zero": "CC0", "mark": "Public Domain Mark"}.get(parts[0] if parts else "", uri)
    return "CC " + " ".join(part.upper() for part in parts)


def _years(date: Any) -> tuple[int, int] | None:
    """First and last year; an open end counts as the year that is known."""
    if not date or (date["earliest"] is None and date["latest"] is None):
        return None
    first = date["earliest"] if date["earliest"] is not None else date["latest"]
    last = date["latest"] if date["latest"] is not None else date["earliest"]
    return (first, last) if first <= last else (last, first)


def _sort(view: View, shown: bool) -> dict[str, str]:
    language, title = languages.pick(view["title"], ())
    keys = {
        "title": sort_key(title, language) if title else "",
        "number": view["accession_sort"],
        "added": str(view["first_published_on"] or view["staff"].get("created_at") or ""),
    }
    makers = list(valid(view["makers"]))
    if makers:
        language, label = languages.pick(makers[0]["agent"]["label"], ())
        keys["maker"] = sort_key(label, language)
    years = _years(view["date"])
    if years:
        keys["oldest"] = f"{years[0] + YEAR_ZERO:09d}"
        keys["latest"] = f"{years[1] + YEAR_ZERO:09d}"
    keys["browse"] = f"{0 if shown else 2}{keys['title']}"
    return {name: key for name, key in keys.items() if key}


def _card(view: View, shown: bool) -> dict[str, Any]:
    """What a result shows. Texts are plain language maps."""
    picture = view["primary"] if shown else None
    date = view["date"]
    return {
        "kind": "object",
        "id": view["id"],
        "uri": view["uri"],
        "slug": view["slug"],
        "number": view["accession_number"],
        "title": view["title"],
        "makers": [
            {"id": maker["agent"]["id"], "label": maker["agent"]["label"], "qualifier": maker.get("qualifier") or ""}
            for maker in valid(view["makers"])
        ][:3],
        "makers_display": view["makers_display"],
        "date": {name: date[name] for name in ("text", "display", "earliest", "latest")} if date else None,
        "type": next((ref["label"] for ref in (*view["object_names"], *view["classification"], view["object_type"]) if ref), {}),
        "materials_display": view["materials_display"],
        "image": {name: picture[name] for name in ("id", "asset", "width", "height", "color", "version", "alt")} if picture else None,
        "restricted": view["primary"] is not None and not shown,
        "pictures": len(view["media"]),
        "sensitivity": view["care"]["sensitivity"],
    }
