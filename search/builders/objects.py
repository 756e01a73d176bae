"""Documents of objects, made from their views."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from artifacts import page_texts
from artifacts.models import Artifact, TextLayer
from records import languages, projection
from records.projection import RecordData, View
from records.publication import CURATORIAL, EVERYTHING, PUBLIC, FieldClass, tables
from records.publication import Audience as Reader
from records.references import Ref
from search import colours, looks
from search.builders import object_work
from search.builders.object_columns import columns_of
from search.builders.object_fields import object_fields
from search.builders.texts import Names, Texts, from_map, from_string, language_of, less, strings_in, tidy, with_path
from search.building import Builder
from search.building import register as register_builder
from search.columns import Columns
from search.documents import AUDIENCES, NUMBER_FIELD, PAGE_FIELD, ROLE_GROUPS, STAFF, Audience, Document, FacetValue, Text
from search.documents import PUBLIC as PUBLIC_GROUP
from search.language import fields
from search.text import sort_key
from search.texts.flat import flattened
from search.texts.lines import FLAG

YEAR_ZERO = 100_000_000  # added to years in sort keys, so that they are positive
IMAGE = {"en": "with pictures", "vi": "có hình ảnh"}
ON_DISPLAY = {"en": "on display", "vi": "đang trưng bày"}
COLOUR_VALUES = {name: FacetValue(name, {"en": en, "vi": vi}) for name, (en, vi, _) in colours.NAMES.items()}
STATUS = {
    "public": {"en": "public", "vi": "công khai"},
    "draft": {"en": "not public", "vi": "chưa công khai"},
    "changed": {"en": "with unpublished changes", "vi": "có thay đổi chưa xuất bản"},
}


def register() -> None:
    """Make objects searchable."""
    fields.register(object_fields)
    object_work.connect()
    register_builder(Builder("object", _keys, _identify, build, _public_ids, both=build_both))


def build(pks: Sequence[int], audience: Audience) -> Iterator[tuple[int, Document]]:
    """Documents of the objects that the audience may find. A curator finds a live record by its newest draft."""
    for pk, documents in _build(pks, (audience,)):
        if audience in documents:
            yield pk, documents[audience]


def build_both(pks: Sequence[int]) -> Iterator[tuple[int, dict[Audience, Document]]]:
    """The documents of both audiences, with one look at the database."""
    return _build(pks, AUDIENCES)


def _build(pks: Sequence[int], audiences: Sequence[Audience]) -> Iterator[tuple[int, dict[Audience, Document]]]:
    stored = list(projection.kind("object").load(list(pks)))
    newest = as_drafted(stored) if "curatorial" in audiences else stored
    # The public view of what is stored is a part of the curator's document too, unless there is a draft.
    opened = _public_views([data for data in stored if data.is_public] if "public" in audiences else [])
    curators = _Curators(newest, opened) if "curatorial" in audiences else None
    names = Names(ref for view in (*opened.values(), *(curators.views if curators else ())) for ref in _refs(view))
    texts = {key: texts_of(view, names) for key, view in opened.items()}
    written = page_texts.of_objects([_key(data) for data in stored if data.is_public]) if "public" in audiences else {}
    for place, data in enumerate(stored):
        documents: dict[Audience, Document] = {}
        if "public" in audiences and data.is_public:
            pages, _ = _pages(written.get(_key(data), ()))
            documents["public"] = _document(opened[id(data)], {PUBLIC_GROUP: texts[id(data)] | pages if pages else texts[id(data)]})
            documents["public"].display[FLAG] = _key(data) in written
        if curators:
            documents["curatorial"] = curators.document(place, texts[id(newest[place])], names)
        yield _key(data), documents


def _public_views(loaded: list[RecordData]) -> dict[int, View]:
    """Views for the public by the identity of the data."""
    return {id(data): view for data, view in zip(loaded, projection.with_contributions(loaded, PUBLIC), strict=True)}


class _Curators:
    """What the curators' documents of a batch need besides; adds to ``opened`` the public views that are missing there."""

    def __init__(self, newest: list[RecordData], opened: dict[int, View]) -> None:
        self.newest = newest
        opened |= _public_views([data for data in newest if id(data) not in opened])
        keys = [_key(data) for data in newest]
        self.views = list(projection.with_contributions(newest, CURATORIAL))
        self.work = object_work.works(keys)
        self.written = page_texts.of_objects(keys, staff=True)

    def document(self, place: int, open_texts: Texts, names: Names) -> Document:
        """The document of the record at that place of the batch."""
        data, view = self.newest[place], self.views[place]
        staff_texts = less(texts_of(view, names), [open_texts])
        open_pages, staff_pages = _pages(self.written.get(_key(data), ()))
        groups = {
            PUBLIC_GROUP: open_texts | open_pages if open_pages else open_texts,
            STAFF: staff_texts | staff_pages,
            **_restricted(data, names, open_texts, staff_texts),
        }
        document = _document(view, groups)
        document.facets["status"] = _status(data)
        document.display[FLAG] = _key(data) in self.written
        document.display["staff"] = {"is_public": bool(data.row.get("is_public")), "changed": bool(data.row.get("has_unpublished_changes"))}
        worked = self.work.get(_key(data)) or object_work.Work()
        document.columns = _columns(data, view, names, worked)
        if worked.changed:
            document.sort["changed"] = worked.changed.isoformat()
        return document


def _columns(data: RecordData, view: View, names: Names, work: object_work.Work) -> dict[str, Columns]:
    """Every field by itself: for all staff, and what only some roles may read by the role's group."""
    staff = columns_of(projection.filtered(data, CURATORIAL), names)
    object_work.put(staff, data, view, work)
    found = {STAFF: staff}
    if _has_restricted(data):
        for group in ROLE_GROUPS:
            own = columns_of(projection.filtered(data, _reader(group)), names, restricted=True)
            if own:
                found[group] = own
    return found


def _reader(group: str) -> Reader:
    return Reader(group, staff=True, roles=frozenset({group.removeprefix("r_")}))


def _pages(layers: Iterable[TextLayer]) -> tuple[Texts, Texts]:
    """What is written on the object's pages: what may be public, and what is for staff."""
    found: dict[bool, list[Text]] = {False: [], True: []}
    for layer in layers:
        text = Text(flattened(page_texts.page_of(layer)).text, language_of(layer.language))
        found[layer.publication_class == TextLayer.PublicationClass.STAFF].append(text)
    return tuple({PAGE_FIELD: texts} if texts else {} for texts in found.values())  # type: ignore[return-value]


def as_drafted(loaded: list[RecordData]) -> list[RecordData]:
    """The records, with those that have unpublished changes as their latest revision has them."""
    changed = {data.pk for data in loaded if data.row.get("has_unpublished_changes") and data.row.get("live")}
    if not changed:
        return loaded
    drafts = {}
    for artifact in Artifact.objects.filter(pk__in=changed).select_related("latest_revision"):
        if artifact.latest_revision:
            data = projection.kind("object").from_instance(artifact.latest_revision.as_object())
            data.is_public = artifact.is_public
            data.row["is_public"] = artifact.is_public
            data.row["has_unpublished_changes"] = True
            drafts[artifact.pk] = data
    return [drafts.get(data.pk, data) if data.pk else data for data in loaded]


def _restricted(data: RecordData, names: Names, *known: Texts) -> dict[str, Texts]:
    """Texts that only some roles may read, by the role's group."""
    if not _has_restricted(data) or not less(texts_of(projection.project(data, EVERYTHING), names), known):
        return {}
    found = {}
    for group in ROLE_GROUPS:
        texts = less(texts_of(projection.project(data, _reader(group)), names), known)
        if texts:
            found[group] = texts
    return found


def _has_restricted(data: RecordData) -> bool:
    """True when a field that only some roles may read says something: seldom, and then the record is projected for each role."""
    rows = [(data.model, data.row), *((data.child_models[name], row) for name, found in data.children.items() for row in found)]
    return any(row.get(name) for model, row in rows for name in _restricted_fields(model))


@cache
def _restricted_fields(model: str) -> tuple[str, ...]:
    return tuple(name for name, field_class in tables().get(model, {}).items() if field_class is FieldClass.RESTRICTED)


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


def _valid(rows: Iterable[Any]) -> Iterator[Any]:
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


def _refs(view: View) -> Iterator[Ref]:
    yield from _subject_refs(view)
    yield from _place_refs(view)
    for maker in view["makers"]:
        yield maker["agent"]


def _document(view: View, groups: dict[str, Texts]) -> Document:
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
            "maker_role": [f"{maker.get('role') or '-'}_{maker['agent']['id']}" for maker in _valid(view["makers"])],
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
    events, subjects = _valid(view["events"]), _valid(view["subjects"])
    named = [
        *(relation.get("other") for relation in view["relations"]),
        *(maker["agent"] for maker in _valid(view["makers"])),
        *(event.get(name) for event in events for name in ("place", "culture", "period")),
        *(use["term"] for use in _valid([*view["materials"], *view["techniques"]])),
        *(subject.get(name) for subject in subjects for name in ("term", "agent", "place")),
        *view["object_names"],
        *view["classification"],
    ]
    return [value.id for value in with_path(named)]


def _facets(view: View, shown: bool) -> dict[str, list[FacetValue]]:
    events = list(_valid(view["events"]))
    subjects = list(_valid(view["subjects"]))
    return {
        "type": with_path([*view["object_names"], *view["classification"]] or [view["object_type"]]),
        "maker": with_path(maker["agent"] for maker in _valid(view["makers"])),
        "culture": with_path(event.get("culture") for event in events),
        "period": with_path(event.get("period") for event in events),
        "place": with_path(event.get("place") for event in events),
        "material": with_path(use["term"] for use in _valid(view["materials"])),
        "technique": with_path(use["term"] for use in _valid(view["techniques"])),
        "subject": with_path(subject.get(name) for subject in subjects for name in ("term", "agent", "place")),
        "department": with_path([view["department"]]),
        "collection": with_path(view["sets"]),
        "exhibition": with_path(view.get("exhibitions", ())),
        "rights": _rights(view),
        "image": [FacetValue("yes", IMAGE)] if shown else [],
        "colour": [COLOUR_VALUES[name] for name in colours.names_of(view["primary"]["palette"])] if shown else [],
        "point": _point(_made_at(view)),
        "on_display": [FacetValue("yes", ON_DISPLAY)] if view["gallery"] else [],
    }


def _made_at(view: View) -> Ref | None:
    """The one place at which a map shows the object: where it was made, else the first place of its history, if the public may know where that is."""
    rows = [row for row in _valid(view["events"]) if row.get("place") and row["place"].get("latitude") is not None]
    made = next((row for row in rows if row.get("kind") == "production"), None)
    return (made or rows[0])["place"] if rows else None


def _position(place: Ref | None) -> tuple[float, float] | None:
    return (place["latitude"], place["longitude"]) if place else None  # type: ignore[typeddict-item]


def _point(place: Ref | None) -> list[FacetValue]:
    return [FacetValue(place["id"], place["label"], point=_position(place))] if place else []


def _rights(view: View) -> list[FacetValue]:
    """Statements and licences by their URI; the label is what their address says (CC BY 4.0, InC)."""
    uris = dict.fromkeys(right["statement"] for right in view["rights"] if right.get("statement"))
    return [FacetValue(uri, {"en": _statement_name(uri)}) for uri in uris]


def _statement_name(uri: str) -> str:
    parts = [part for part in uri.rstrip("/").split("/")[3:] if part not in {"vocab", "page", "licenses", "publicdomain", "deed.en"}]
    if "creativecommons.org" not in uri:
        return parts[0] if parts else uri
    if "/publicdomain/" in uri:
        return {"zero": "CC0", "mark": "Public Domain Mark"}.get(parts[0] if parts else "", uri)
    return "CC " + " ".join(part.upper() for part in parts)


def _status(data: RecordData) -> list[FacetValue]:
    names = ["public" if data.row.get("is_public") else "draft"]
    if data.row.get("has_unpublished_changes") and data.row.get("live"):
        names.append("changed")
    return [FacetValue(name, STATUS[name]) for name in names]


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
    makers = list(_valid(view["makers"]))
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
            for maker in _valid(view["makers"])
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


def _key(data: RecordData) -> int:
    if data.pk is None:
        raise ValueError("An object that is not stored has no document.")
    return data.pk


def _keys() -> Iterable[int]:
    return Artifact.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5000)


def _identify(pks: Sequence[int]) -> dict[int, str]:
    return dict(Artifact.objects.filter(pk__in=pks).values_list("pk", "public_id"))


def _public_ids(ids: Iterable[str]) -> set[str]:
    return set(Artifact.objects.public().filter(public_id__in=ids).values_list("public_id", flat=True))
