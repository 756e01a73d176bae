"""Documents of people, places, terms and periods: they have pages of their own, and they are what suggestions suggest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from records import languages, projection, walking
from records.projection import RecordData, View
from records.publication import CURATORIAL, PUBLIC
from records.slugs import slug_of
from search.builders.texts import Texts, from_map, from_string, language_of, less, tidy
from search.building import Builder
from search.building import register as register_builder
from search.documents import STAFF, UNSHOWN, Audience, Document, Text
from search.text import sort_key
from vocabularies.models import Agent, Period, Place, Term

MODELS: dict[str, Any] = {"agent": Agent, "place": Place, "term": Term, "period": Period}
_NOT_SHOWN = {"hidden", "offensive"}


def register() -> None:
    """Make them searchable."""
    for kind, model in MODELS.items():
        register_builder(_builder(kind, model))


def _builder(kind: str, model: Any) -> Builder:
    def keys() -> Iterable[int]:
        return walking.keys(model.objects.order_by("pk"))

    def identify(pks: Sequence[int]) -> dict[int, str]:
        return dict(model.objects.filter(pk__in=pks).values_list("pk", "public_id"))

    def build(pks: Sequence[int], audience: Audience) -> Iterator[tuple[int, Document]]:
        return _build(kind, pks, audience)

    def public_ids(ids: Iterable[str]) -> set[str]:
        return set(model.objects.filter(is_public=True, public_id__in=ids).values_list("public_id", flat=True))

    return Builder(kind, keys, identify, build, public_ids)


def _build(kind: str, pks: Sequence[int], audience: Audience) -> Iterator[tuple[int, Document]]:
    loaded = [data for data in projection.kind(kind).load(list(pks)) if audience == "curatorial" or data.is_public]
    public = list(projection.with_contributions(loaded, PUBLIC))
    staff = list(projection.with_contributions(loaded, CURATORIAL)) if audience == "curatorial" else public
    for data, view, own in zip(loaded, public, staff, strict=True):
        groups = {"p": texts_of(view)}
        if audience == "curatorial":
            groups[STAFF] = less(texts_of(own), [groups["p"]])
        yield _key(data), _document(own, groups)


def texts_of(view: View) -> Texts:
    """Everything that can be read in a view, by field."""
    texts: dict[str, list[Text]] = defaultdict(list)
    texts["title"] += from_map(view["label"])
    for name in view["names"]:
        texts[UNSHOWN if name.get("kind") in _NOT_SHOWN else "title"] += from_string(name.get("text"), language_of(name.get("language")))
    texts["text"] += [*from_map(view["description"]), *from_string(view.get("scope_note")), *from_string(view.get("life_dates"))]
    if view.get("broader"):
        for one in (*view["broader"].get("path", ()), view["broader"]):
            texts["place" if view["kind"] == "place" else "subject"] += from_map(one["label"])
    if view.get("ruler"):
        texts["subject"] += from_map(view["ruler"]["label"])
    for note in (view.get("staff") or {}).values():
        texts["text"] += from_string(note)
    return tidy(texts)


def _document(view: View, groups: dict[str, Texts]) -> Document:
    language, label = languages.pick(view["label"], ())
    key = sort_key(label, language)
    return Document(
        id=f"{view['kind']}:{view['id']}",
        kind=view["kind"],
        version=0,
        query={group: texts for group, texts in groups.items() if texts},
        dates=_years(view),
        # On the page of everything, objects with pictures come first.
        sort={"title": key, "browse": f"3{key}", "added": str(view.get("updated_at") or "")},
        display={
            "kind": view["kind"],
            "id": view["id"],
            "slug": slug_of(view["label"], ""),
            "title": view["label"],
            "type": view.get("record_kind") or "",
            "dates": view.get("life_dates") or "",
            "years": _years(view),
            "broader": [{"id": one["id"], "label": one["label"]} for one in (*view["broader"].get("path", ()), view["broader"])]
            if view.get("broader")
            else [],
            "description": view["description"],
        },
    )


def _years(view: View) -> tuple[int, int] | None:
    """Life or reign: first and last year."""
    first = view.get("earliest", view.get("birth_year"))
    last = view.get("latest", view.get("death_year"))
    known = [year for year in (first, last) if year is not None]
    return (min(known), max(known)) if known else None


def _key(data: RecordData) -> int:
    if data.pk is None:
        raise ValueError("A record that is not stored has no document.")
    return data.pk
