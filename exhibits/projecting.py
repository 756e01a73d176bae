"""Exhibitions and text pages as kinds of the projection and the search, and “shown in” on the objects they show.

One exhibition is one record whatever its number of languages: its lead page is the oldest of the translations that are public
(of all, when none is). Translations that are drafts, or kept private, say nothing in it. A view: ``{"kind", "id", "title": {lang: text}, "summary", "subtitle", "venue", "text", "urls": {lang: path},
"opens_on", "closes_on", "objects": [public ids], "image": {…} | None, "region"}``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from wagtail.models import Page

from artifacts.loading import resolve
from exhibits.models import ExhibitionPage, Shown, TextPage
from records import languages, projection
from records.projection import RecordData, View
from records.publication import PUBLIC, Audience
from search.building import Builder
from search.building import register as register_builder
from search.documents import Audience as IndexAudience
from search.documents import Document, Text
from search.text import sort_key

MODELS: Mapping[str, Any] = {"exhibition": ExhibitionPage, "page": TextPage}
_TEXTS = ("title", "summary", "subtitle", "venue", "body")


def register() -> None:
    """Make exhibitions and pages known to projection and search."""
    for kind, model in MODELS.items():
        projection.register(projection.Kind(kind, _loader(kind), _from_instance(kind), shape, model._meta.label))
        register_builder(_builder(kind, model))
    projection.contribute("object", shown_in)


def shown_in(records: Sequence[RecordData], audience: Audience) -> Mapping[str, View]:
    """For each object the public exhibitions that show it: ``{"exhibitions": [{"kind", "id", "label", "public", "urls"}]}``."""
    by_pk = {data.pk: data.public_id for data in records if data.pk}
    rows = Shown.objects.filter(artifact__in=by_pk.keys(), exhibition__live=True).values_list("artifact_id", "exhibition__translation_key")
    keys: dict[Any, list[str]] = defaultdict(list)
    for pk, key in rows:
        if by_pk[pk] not in keys[key]:
            keys[key].append(by_pk[pk])
    found: dict[str, View] = {public_id: {"exhibitions": []} for public_id in by_pk.values()}
    if keys:
        for group in _groups(ExhibitionPage, translation_key__in=keys):
            lead, opened = _lead(group), _open(group)
            if opened:
                ref = {
                    "kind": "exhibition",
                    "id": lead.public_id,
                    "label": languages.plain(_map(opened, "title")),
                    "public": True,
                    "urls": _urls(opened),
                }
                for public_id in keys[lead.translation_key]:
                    found[public_id]["exhibitions"].append(ref)
    return found


def shape(data: RecordData) -> View:
    """Filtered rows of an exhibition or page → its view."""
    row = data.row
    view: View = {
        "kind": data.kind,
        "id": data.public_id,
        "urls": row.get("url_path") or {},
        "objects": [one["artifact"]["id"] for one in data.children.get("shown", [])],
        "image": next((one["artifact"]["picture"] for one in data.children.get("cover", []) if one["artifact"]["picture"]), None),
        "region": row.get("cover_region") or "",
    }
    for name in _TEXTS:
        view["text" if name == "body" else name] = languages.plain(row.get(name) or {})
    for name in ("opens_on", "closes_on"):
        view[name] = row.get(name)
    view["updated_at"] = row.get("last_published_at")
    return view


def _loader(kind: str) -> Any:
    def load(pks: Sequence[int]) -> Iterator[RecordData]:
        model = MODELS[kind]
        wanted = set(pks)
        keys = model.objects.filter(pk__in=wanted).values_list("translation_key", flat=True)
        for group in _groups(model, translation_key__in=list(keys)):
            lead = _lead(group)
            if lead.pk in wanted:
                yield _data(kind, lead, group)

    return load


def _from_instance(kind: str) -> Any:
    def from_instance(page: Any) -> RecordData:
        page.is_open = True
        data = _data(kind, page, [page])
        data.is_public = True
        return data

    return from_instance


def _groups(model: Any, **wanted: Any) -> list[list[Any]]:
    """Pages with their translations. ``is_open``: everybody may read the page, which is live and in no part of the site that is kept private."""
    groups: dict[Any, list[Any]] = defaultdict(list)
    opened = set(model.objects.live().public().filter(**wanted).values_list("pk", flat=True))
    for page in model.objects.filter(**wanted).select_related("locale").order_by("pk"):
        page.is_open = page.pk in opened
        groups[page.translation_key].append(page)
    return list(groups.values())


def _open(group: Iterable[Any]) -> list[Any]:
    return [page for page in group if page.is_open]


def _lead(group: list[Any]) -> Any:
    return next(iter(_open(group)), None) or next((page for page in group if page.live), group[0])


def _data(kind: str, lead: Any, group: list[Any]) -> RecordData:
    shown = _open(group) or group
    row: dict[str, Any] = {name: _map(shown, name) for name in _TEXTS if name != "body" and hasattr(lead, name)}
    row["body"] = {page.locale.language_code: {"text": _words_of(page)} for page in shown}
    row["url_path"] = _urls(shown)
    for name in ("opens_on", "closes_on", "cover_region", "last_published_at"):
        row[name] = getattr(lead, name, None)
    children, models = _objects(lead) if kind == "exhibition" else ({}, {})
    return RecordData(
        kind=kind,
        pk=lead.pk,
        public_id=public_id_of(lead),
        model=MODELS[kind]._meta.label,
        row=row,
        is_public=lead.is_open,
        children=children,
        child_models=models,
    )


def _objects(page: ExhibitionPage) -> tuple[dict[str, list[Any]], dict[str, str]]:
    """References to the objects shown and to the one whose picture is the cover."""
    keys = list(Shown.objects.filter(exhibition=page).values_list("artifact_id", flat=True))
    cover = page.cover_object_id or next(iter(keys), None)
    refs = resolve({key for key in (*keys, cover) if key})
    children = {
        "shown": [{"artifact": refs[key]} for key in keys if key in refs],
        "cover": [{"artifact": refs[cover]}] if cover in refs else [],
    }
    return children, {"shown": "exhibits.Shown", "cover": "exhibits.Shown"}


def public_id_of(page: Any) -> str:
    """The public id of an exhibition; a text page has none of its own, so its key stands in."""
    return page.public_id if isinstance(page, ExhibitionPage) else f"p{page.pk:011d}"


def _map(group: Iterable[Any], name: str) -> dict[str, Any]:
    return {page.locale.language_code: {"text": text} for page in group if (text := getattr(page, name, ""))}


def _urls(group: Iterable[Page]) -> dict[str, str]:
    return {page.locale.language_code: url for page in group if page.live and (url := page.get_url())}


def _words_of(page: Any) -> str:
    field = page._meta.get_field("body")
    return "\n".join(str(text) for text in field.get_searchable_content(page.body))


def _builder(kind: str, model: Any) -> Builder:
    def keys() -> Iterable[int]:
        """Of pages with translations the one that stands for all: the others have no document of their own."""
        return sorted(_lead(group).pk for group in _groups(model))

    def identify(pks: Sequence[int]) -> dict[int, str]:
        return {page.pk: public_id_of(page) for page in model.objects.filter(pk__in=pks)}

    def build(pks: Sequence[int], audience: IndexAudience) -> Iterator[tuple[int, Document]]:
        for data in projection.kind(kind).load(list(pks)):
            if data.pk and (audience == "curatorial" or data.is_public):
                yield data.pk, _document(projection.project(data, PUBLIC))

    def public_ids(ids: Iterable[str]) -> set[str]:
        wanted = set(ids)
        pages = model.objects.live().public()
        if model is ExhibitionPage:
            return set(pages.filter(public_id__in=wanted).values_list("public_id", flat=True))
        return {public_id_of(page) for page in pages} & wanted

    return Builder(kind, keys, identify, build, public_ids)


def _document(view: View) -> Document:
    tag, title = languages.pick(view["title"], ())
    key = sort_key(title, tag)
    texts: dict[str, list[Text]] = {"title": [], "text": []}
    for name in ("title", "subtitle", "summary", "venue", "text"):
        texts["title" if name == "title" else "text"] += [Text(text, language) for language, text in view[name].items()]
    years = [day.year for day in (view["opens_on"], view["closes_on"]) if day]
    return Document(
        id=f"{view['kind']}:{view['id']}",
        kind=view["kind"],
        version=0,
        query={"p": {name: found for name, found in texts.items() if found}},
        dates=(min(years), max(years)) if years else None,
        sort={"title": key, "browse": f"4{key}", "added": str(view.get("updated_at") or "")},
        display={
            "kind": view["kind"],
            "id": view["id"],
            "title": view["title"],
            "description": view["summary"] or view["subtitle"],
            "urls": view["urls"],
            "image": view["image"],
            "region": view["region"],
        },
    )
