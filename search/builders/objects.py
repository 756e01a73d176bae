"""Documents of objects, made from their views."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from artifacts import page_texts
from artifacts.loading import SOURCE
from artifacts.models import Artifact, TextLayer
from records import projection, walking
from records.projection import RecordData, View
from records.publication import CURATORIAL, EVERYTHING, PUBLIC, FieldClass, tables
from records.publication import Audience as Reader
from search.builders import object_work
from search.builders.object_columns import columns_of
from search.builders.object_documents import document_of
from search.builders.object_fields import object_fields
from search.builders.object_texts import texts_of
from search.builders.texts import Names, Texts, language_of, less
from search.building import Builder
from search.building import register as register_builder
from search.columns import Columns
from search.documents import AUDIENCES, PAGE_FIELD, ROLE_GROUPS, STAFF, Audience, Document, FacetValue, Text
from search.documents import PUBLIC as PUBLIC_GROUP
from search.language import fields
from search.texts.flat import flattened
from search.texts.lines import FLAG

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
    names = Names(SOURCE.references([*stored, *(draft for draft, data in zip(newest, stored, strict=True) if draft is not data)]))
    curators = _Curators(newest) if "curatorial" in audiences else None
    to_open = [_to_open(data, draft, audiences) for data, draft in zip(stored, newest, strict=True)]
    # Each view is made when its turn comes: what was made for hundreds of records at once is cold when it is needed.
    opened = projection.with_contributions([one for some in to_open for one in some], PUBLIC)
    written = page_texts.of_objects([_key(data) for data in stored if data.is_public]) if "public" in audiences else {}
    for data, draft, some in zip(stored, newest, to_open, strict=True):
        views = [next(opened) for _ in some]
        texts = [texts_of(view, names) for view in views]
        documents: dict[Audience, Document] = {}
        if "public" in audiences and data.is_public:
            pages, _ = _pages(written.get(_key(data), ()))
            documents["public"] = document_of(views[0], {PUBLIC_GROUP: texts[0] | pages if pages else texts[0]})
            documents["public"].display[FLAG] = _key(data) in written
        if curators:
            documents["curatorial"] = curators.next_document(draft, texts[-1], names)
        yield _key(data), documents


def _to_open(data: RecordData, draft: RecordData, audiences: Sequence[Audience]) -> list[RecordData]:
    """Those of which the public's view is needed: the stored one for the public; for curators the draft, in whose document it is a part."""
    found = [data] if "public" in audiences and data.is_public else []
    if "curatorial" in audiences and (draft is not data or not found):
        found.append(draft)
    return found


class _Curators:
    """What the curators' documents of a batch need besides."""

    def __init__(self, newest: list[RecordData]) -> None:
        keys = [_key(data) for data in newest]
        self.views = projection.with_contributions(newest, CURATORIAL)
        self.work = object_work.works(keys)
        self.written = page_texts.of_objects(keys, staff=True)

    def next_document(self, data: RecordData, open_texts: Texts, names: Names) -> Document:
        """The document of the next record of the batch, which is ``data``."""
        view = next(self.views)
        staff_texts = less(texts_of(view, names), [open_texts])
        open_pages, staff_pages = _pages(self.written.get(_key(data), ()))
        groups = {
            PUBLIC_GROUP: open_texts | open_pages if open_pages else open_texts,
            STAFF: staff_texts | staff_pages,
            **_restricted(data, names, open_texts, staff_texts),
        }
        document = document_of(view, groups)
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
    staff = columns_of(data, names)
    object_work.put(staff, data, view, work)
    found = {STAFF: staff}
    if _has_restricted(data):
        for group in ROLE_GROUPS:
            if own := columns_of(data, names, role=group.removeprefix("r_")):
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
    own = (data.row.get(name) for name in _restricted_fields(data.model))
    return any(own) or any(
        row.get(field)
        for name, rows in data.children.items()
        if rows
        for field in _restricted_fields(data.child_models[name])
        for row in rows
    )


@cache
def _restricted_fields(model: str) -> tuple[str, ...]:
    return tuple(name for name, field_class in tables().get(model, {}).items() if field_class is FieldClass.RESTRICTED)


def _status(data: RecordData) -> list[FacetValue]:
    return _statuses(bool(data.row.get("is_public")), bool(data.row.get("has_unpublished_changes") and data.row.get("live")))


@cache
def _statuses(is_public: bool, changed: bool) -> list[FacetValue]:
    """Shared by all records of the same status."""
    names = ["public" if is_public else "draft", *(["changed"] if changed else [])]
    return [FacetValue(name, STATUS[name]) for name in names]


def _key(data: RecordData) -> int:
    if data.pk is None:
        raise ValueError("An object that is not stored has no document.")
    return data.pk


def _keys() -> Iterable[int]:
    return walking.keys(Artifact.objects.order_by("pk"))


def _identify(pks: Sequence[int]) -> dict[int, str]:
    return dict(Artifact.objects.filter(pk__in=pks).values_list("pk", "public_id"))


def _public_ids(ids: Iterable[str]) -> set[str]:
    return set(Artifact.objects.public().filter(public_id__in=ids).values_list("public_id", flat=True))
