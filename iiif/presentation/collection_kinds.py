"""Folders of collections: departments, sets, people, places. Upper rooms offer more, such as exhibitions.

Each folder has an index (``/iiif/collections/departments/collection.json``) and a collection for each record in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

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


class Entries(Protocol):
    """Public records that have a collection, by key; of one public id when ``wanted`` is given, no more than ``most``."""

    def __call__(self, wanted: str = "", most: int | None = None) -> Sequence[Entry]: ...


@dataclass(frozen=True)
class Folder:
    """``entries``: the records of the folder.

    ``objects(pk)``: the public objects in a record's collection. ``below(pk)``: records whose collections are within it.
    ``covers(pks)``: for records, the key of a public object in the collection of each that has a thumbnail to stand for it.
    """

    name: str
    label: Any
    entries: Entries
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


def _entries(model: Any, inhabited: Callable[[], QuerySet], page: str = "") -> Entries:
    def entries(wanted: str = "", most: int | None = None) -> list[Entry]:
        # one that nobody is in has an address all the same: it may be filled tomorrow
        rows = model.objects.public().filter(public_id=wanted) if wanted else inhabited()
        return [_entry(row, page) for row in rows.order_by("pk").values("pk", "public_id", "label", "description")[:most]]

    return entries


def _entry(row: dict[str, Any], page: str) -> Entry:
    label = languages.plain(row["label"] or {}) or {"und": row["public_id"]}
    homepages = [
        Link(f"/{lang}/{page}/{row['public_id']}/{slug_of(label, page)}/", label, "text/html", lang)
        for lang in interface_languages()
        if page
    ]
    return Entry(row["pk"], row["public_id"], label, languages.plain(row["description"] or {}), homepages)


def _holds(rows: QuerySet, key: str, artifact: str = "artifact") -> Exists:
    """That a record is named (``key``) by one of these rows whose object has a manifest. Who has none of them has an empty collection,
    which no index names (Presentation 3.0: “discouraged”). One look-up by index for each record.
    """
    stored = StoredManifest.objects.filter(kind="object", record_pk=OuterRef(artifact)).exclude(sha256="")
    return Exists(rows.filter(Exists(stored), **{key: OuterRef("pk")}))


def _departments() -> QuerySet:
    return Department.objects.public().filter(_holds(_public(), "department", "pk"))


def _sets() -> QuerySet:
    """Outermost collections that hold something; the others are within them. What lies in one that is not public is outermost itself."""
    above, filled = _filled_sets()
    return CollectionSet.objects.public().filter(pk__in=[pk for pk in filled if above.get(pk) not in filled])


def _narrower_sets(pk: int) -> list[Entry]:
    rows = CollectionSet.objects.public().filter(broader=pk, pk__in=_filled_sets()[1]).order_by("pk")
    return [_entry(row, "") for row in rows.values("pk", "public_id", "label", "description")]


def _filled_sets() -> tuple[dict[int, int | None], set[int]]:
    """For each collection the public one that it lies in; and those that hold something, or lie around what does."""
    lying = CollectionSet.objects.public().filter(Q(broader=None) | Q(broader__is_public=True))
    above: dict[int, int | None] = dict(lying.values_list("pk", "broader"))
    holding = _holds(ArtifactSet.objects.filter(artifact__is_public=True), "set")
    filled: set[int] = set()
    for lowest in CollectionSet.objects.filter(holding).values_list("pk", flat=True):
        pk: int | None = lowest
        while pk and pk not in filled:
            filled.add(pk)
            pk = above.get(pk)
    return above, filled


# rows that the public may see, of objects that it may see
_SEEN = {"artifact__is_public": True, "visibility": "public", "superseded": False}


def _people() -> QuerySet:
    made, shown = (_holds(model.objects.filter(**_SEEN), "agent") for model in (Maker, Subject))
    return Agent.objects.public().filter(made | shown)


def _of_person(pk: int) -> Any:
    """What the person made, and what shows the person."""
    made = Maker.objects.filter(**_SEEN, agent=pk).values("artifact")
    shown = Subject.objects.filter(**_SEEN, agent=pk).values("artifact")
    return _public().filter(Q(pk__in=made) | Q(pk__in=shown))


def _places() -> QuerySet:
    return Place.objects.public().filter(_holds(Event.objects.filter(**_SEEN), "place"))


def _of_place(pk: int) -> Any:
    """What was made, found or used there, or in a place within it."""
    keys, level = {pk}, {pk}
    while level:
        level = set(Place.objects.public().filter(broader__in=level).values_list("pk", flat=True)) - keys
        keys |= level
    return _public().filter(pk__in=Event.objects.filter(**_SEEN, place__in=keys).values("artifact"))
