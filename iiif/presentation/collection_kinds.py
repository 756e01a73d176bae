"""Folders of collections: departments, sets, people, places. Upper rooms offer more, such as exhibitions.

Each folder has an index (``/iiif/collections/departments/collection.json``) and a collection for each record in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from artifacts.models import Artifact, ArtifactSet, Event, Maker, Subject
from iiif.models import StoredManifest
from iiif.presentation.sources import Link, Text
from iiif.presentation.texts import interface_languages
from records import languages
from records.slugs import slug_of
from vocabularies.models import Agent, CollectionSet, Department, Place


@dataclass(frozen=True)
class Entry:
    """One collection of a folder: its record's key and public id, what it is called, where people read about it."""

    pk: int
    id: str
    label: Text
    summary: Text = field(default_factory=dict)
    homepages: Sequence[Link] = ()
    manifests: Sequence[tuple[str, str]] = ()  # (kind, public id) of manifests that come before the objects'


@dataclass(frozen=True)
class Folder:
    """``entries(wanted)``: public records that have a collection, by key; of one public id when ``wanted`` is given.

    ``objects(pk)``: the public objects in a record's collection. ``below(pk)``: records whose collections are within it.
    ``covers(pks)``: for records, the key of a public object in the collection of each that has a thumbnail to stand for it.
    """

    name: str
    label: Any
    entries: Callable[[str], Sequence[Entry]]
    objects: Callable[[int], QuerySet[Artifact]]
    below: Callable[[int], Sequence[Entry]] = lambda pk: ()
    covers: Callable[[Sequence[int]], dict[int, int]] = lambda pks: {}


folders: dict[str, Folder] = {}


def offer(folder: Folder) -> None:
    """Make a folder of collections known (in ``ready()``)."""
    folders[folder.name] = folder


def register() -> None:
    """The folders of this room."""
    offer(
        Folder(
            "departments",
            _("Departments"),
            _entries(Department, _departments),
            lambda pk: _public().filter(department=pk),
            covers=lambda pks: _covers(Department, pks, _public(), "department", "pk"),
        )
    )
    offer(
        Folder(
            "sets",
            _("Collections"),
            _entries(CollectionSet, _sets),
            lambda pk: _public().filter(sets__set=pk),
            _narrower_sets,
            _covers_of_sets,
        )
    )
    offer(Folder("people", _("People"), _entries(Agent, _people, "people"), _of_person, covers=_covers_of_people))
    offer(
        Folder(
            "places",
            _("Places"),
            _entries(Place, _places, "places"),
            _of_place,
            covers=lambda pks: _covers(Place, pks, Event.objects.filter(**_SEEN), "place"),
        )
    )


def _covers(model: Any, pks: Sequence[int], rows: QuerySet, key: str, artifact: str = "artifact") -> dict[int, int]:
    """The object of the first of these rows for each record, among those that have a thumbnail. One look-up by index for each record."""
    shown = StoredManifest.objects.filter(kind="object", record_pk=OuterRef(artifact), thumbnail__isnull=False).exclude(sha256="")
    first = rows.filter(Exists(shown), **{key: OuterRef("pk")}).order_by("pk").values(artifact)[:1]
    found = model.objects.filter(pk__in=pks).annotate(cover=Subquery(first)).values_list("pk", "cover")
    return {pk: cover for pk, cover in found if cover}


def _covers_of_people(pks: Sequence[int]) -> dict[int, int]:
    """What the person made goes before what shows the person."""
    shown, made = (_covers(Agent, pks, model.objects.filter(**_SEEN), "agent") for model in (Subject, Maker))
    return {**shown, **made}


def _covers_of_sets(pks: Sequence[int]) -> dict[int, int]:
    """A collection that holds nothing itself shows what those within it hold."""
    found = _covers(CollectionSet, pks, ArtifactSet.objects.filter(artifact__is_public=True), "set")
    seen, within = set(pks), {pk: pk for pk in pks if pk not in found}  # a collection, and the one that it is looked at for
    while within:
        rows = CollectionSet.objects.public().filter(broader__in=within).exclude(pk__in=seen).order_by("pk").values_list("pk", "broader")
        within = {pk: within[above] for pk, above in rows}
        seen.update(within)
        covers = _covers(CollectionSet, list(within), ArtifactSet.objects.filter(artifact__is_public=True), "set")
        for pk, outer in within.items():
            if pk in covers:
                found.setdefault(outer, covers[pk])
        within = {pk: outer for pk, outer in within.items() if outer not in found}
    return found


def _public() -> Any:
    return Artifact.objects.public()


def _entries(model: Any, inhabited: Callable[[], QuerySet], page: str = "") -> Callable[[str], list[Entry]]:
    def entries(wanted: str = "") -> list[Entry]:
        # one that nobody is in has an address all the same: it may be filled tomorrow
        rows = model.objects.public().filter(public_id=wanted) if wanted else inhabited()
        return [_entry(row, page) for row in rows.order_by("pk").values("pk", "public_id", "label", "description")]

    return entries


def _entry(row: dict[str, Any], page: str) -> Entry:
    label = languages.plain(row["label"] or {}) or {"und": row["public_id"]}
    homepages = [
        Link(f"/{lang}/{page}/{row['public_id']}/{slug_of(label, page)}/", label, "text/html", lang)
        for lang in interface_languages()
        if page
    ]
    return Entry(row["pk"], row["public_id"], label, languages.plain(row["description"] or {}), homepages)


def _departments() -> QuerySet:
    return Department.objects.public().filter(pk__in=_public().values("department"))


def _sets() -> QuerySet:
    """Outermost collections that hold something; the others are within them. What lies in one that is not public is outermost itself."""
    above = dict(CollectionSet.objects.public().filter(Q(broader=None) | Q(broader__is_public=True)).values_list("pk", "broader"))
    inhabited = set(ArtifactSet.objects.filter(artifact__is_public=True).values_list("set", flat=True).distinct())
    roots = set()
    for pk in inhabited:
        seen = {pk}
        while above.get(pk) and above[pk] not in seen:
            pk = above[pk]
            seen.add(pk)
        roots.add(pk)
    return CollectionSet.objects.public().filter(pk__in=roots)


def _narrower_sets(pk: int) -> list[Entry]:
    rows = CollectionSet.objects.public().filter(broader=pk).order_by("pk").values("pk", "public_id", "label", "description")
    return [_entry(row, "") for row in rows]


# rows that the public may see, of objects that it may see
_SEEN = {"artifact__is_public": True, "visibility": "public", "superseded": False}


def _people() -> QuerySet:
    makers, shown = Maker.objects.filter(**_SEEN).values("agent"), Subject.objects.filter(**_SEEN).exclude(agent=None).values("agent")
    return Agent.objects.public().filter(Q(pk__in=makers) | Q(pk__in=shown))


def _of_person(pk: int) -> Any:
    """What the person made, and what shows the person."""
    made = Maker.objects.filter(**_SEEN, agent=pk).values("artifact")
    shown = Subject.objects.filter(**_SEEN, agent=pk).values("artifact")
    return _public().filter(Q(pk__in=made) | Q(pk__in=shown))


def _places() -> QuerySet:
    return Place.objects.public().filter(pk__in=Event.objects.filter(**_SEEN).exclude(place=None).values("place"))


def _of_place(pk: int) -> Any:
    """What was made, found or used there, or in a place within it."""
    keys, level = {pk}, {pk}
    while level:
        level = set(Place.objects.public().filter(broader__in=level).values_list("pk", flat=True)) - keys
        keys |= level
    return _public().filter(pk__in=Event.objects.filter(**_SEEN, place__in=keys).values("artifact"))
