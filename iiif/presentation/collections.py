"""IIIF collections. Presentation 3.0 has no paging, so that what is large is split into collections of at most 1,000 members.

``find(steps)`` answers ``/iiif/collections/<step>/<step>/collection.json``; no steps is the whole museum.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F, IntegerField, Min, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from artifacts.models import Artifact
from iiif.models import StoredManifest
from iiif.presentation import addresses
from iiif.presentation.addresses import PLACEHOLDER
from iiif.presentation.build import CONTEXT
from iiif.presentation.canvases import homepage
from iiif.presentation.collection_kinds import Entry, Folder, folders
from iiif.presentation.contributions import offers
from iiif.presentation.objects import PAIR, titled
from iiif.presentation.sources import Text
from iiif.presentation.texts import in_interface_languages, language_map, prose_map
from vocabularies import merging

MOST = 1000
FACES = 20  # members among which one is looked for that has a picture
ALL = "all"
Json = dict[str, Any]


def find(steps: Sequence[str]) -> Json | None:
    """The collection at this address with the placeholder origin; None when there is none."""
    match list(steps):
        case []:
            return everything()
        case [name, number] if name == ALL and number.isdigit():
            return _part_of_everything(int(number))
        case [name] if name in folders:
            return _index(folders[name])
        case [name, number] if name in folders and number.isdigit() and len(number) < 9:
            return _index_part(folders[name], int(number))
        case [name, public_id] if name in folders:
            return _of_record(folders[name], public_id)
        case [name, public_id, number] if name in folders and number.isdigit():
            return _part_of_record(folders[name], public_id, int(number))
        case _:
            return None


def moved(steps: Sequence[str]) -> str:
    """The path of the collection of the record that this one's was merged into, or ""."""
    kinds = {"people": "agent", "places": "place", "sets": "set"}
    match list(steps):
        case [name, public_id] if name in kinds:
            stays = merging.moved_to(kinds[name], public_id)
            return f"/iiif/collections/{name}/{stays}/collection.json" if stays else ""
        case _:
            return ""


def everything() -> Json:
    """``/iiif/collection.json``: the ways into the museum, then all manifests or the collections into which they are split."""
    rows = _published()
    items = [
        _mention(addresses.collection(folder.name), in_interface_languages(folder.label), _face(folder, entries))
        for folder in folders.values()
        if (entries := folder.entries("", FACES))
    ]
    items += _manifests(rows) if rows.count() + len(items) <= MOST else _parts_of_everything()
    return _collection(addresses.collection(), in_interface_languages(_("All objects")), items, scope=(ALL, ALL))


def group(view: Json) -> Json | None:
    """``/iiif/objects/<id>/collection.json``: an object with its parts, or with the one that it makes a pair with. None without either."""
    partners = [relation["other"]["id"] for relation in view["relations"] if relation.get("kind") == PAIR and relation.get("other")]
    members = [view["id"], *(part["id"] for part in view["parts"]), *partners]
    if len(members) == 1:
        return None
    known = {item["id"]: item for item in _manifests(_stored(kind="object", public_id__in=members))}
    wanted = [PLACEHOLDER + addresses.manifest("object", member) for member in dict.fromkeys(members)]
    found = _collection(addresses.group(view["id"]), titled(view), [known[one] for one in wanted if one in known], addresses.collection())
    return {**found, "behavior": ["multi-part"] if view["parts"] else ["together"]}


def _published(objects: QuerySet[Artifact] | None = None) -> QuerySet[StoredManifest]:
    """Manifests of objects that are public at this moment, whatever the journal still has to do."""
    chosen = Artifact.objects.public() if objects is None else objects
    return _stored(kind="object", record_pk__in=chosen.values("pk"))


def _stored(**wanted: Any) -> QuerySet[StoredManifest]:
    """Manifests that were valid at least once."""
    return StoredManifest.objects.filter(**wanted).exclude(sha256="").order_by("record_pk")


def _manifests(rows: QuerySet[StoredManifest]) -> list[Json]:
    found = []
    for kind, public_id, label, thumbnail in rows.values_list("kind", "public_id", "label", "thumbnail"):
        entry = {"id": PLACEHOLDER + addresses.manifest(kind, public_id), "type": "Manifest", "label": label}
        found.append({**entry, "thumbnail": [thumbnail]} if thumbnail else entry)
    return found


def _parts_of_everything() -> list[Json]:
    part = Cast(F("record_pk") / MOST, IntegerField())
    rows = _published().order_by().annotate(number=part).values("number").annotate(first=Min("record_pk"))
    numbers = dict(rows.order_by("number").values_list("number", "first"))
    shown = _thumbnails(numbers.values())
    label = in_interface_languages(_("Objects, part"))
    return [_mention(addresses.collection(ALL, n), _numbered(label, n), shown.get(first)) for n, first in numbers.items()]


def _part_of_everything(number: int) -> Json | None:
    """A record's part follows from its key and never changes."""
    items = _manifests(_published().filter(record_pk__gte=number * MOST, record_pk__lt=(number + 1) * MOST))
    label = _numbered(in_interface_languages(_("Objects, part")), number)
    return _collection(addresses.collection(ALL, number), label, items, addresses.collection()) if items else None


def _thumbnails(pks: Iterable[int], kind: str = "object") -> dict[int, Json]:
    """The thumbnails of records of one kind, by their keys."""
    found = _stored(kind=kind, record_pk__in=set(pks)).values_list("record_pk", "thumbnail")
    return {pk: thumbnail for pk, thumbnail in found if thumbnail}


def _faces(folder: Folder, entries: Sequence[Entry]) -> dict[str, Json]:
    """The thumbnails that stand for records of a folder, by public id."""
    covers = folder.covers([entry.pk for entry in entries])
    shown = _thumbnails(covers.values())
    found = {entry.id: shown[covers[entry.pk]] for entry in entries if covers.get(entry.pk) in shown}
    for entry in entries:
        if own := next((item["thumbnail"][0] for item in _own_manifests(entry) if "thumbnail" in item), None):
            found[entry.id] = own
    return found


def _face(folder: Folder, entries: Sequence[Entry]) -> Json | None:
    return next(iter(_faces(folder, entries[:FACES]).values()), None)


def _index(folder: Folder) -> Json | None:
    entries = folder.entries("")
    label = in_interface_languages(folder.label)
    if len(entries) <= MOST:
        items = _entries(folder, entries)
    else:
        parts = [entries[at : at + MOST] for at in range(0, len(entries), MOST)]
        items = [_mention(addresses.collection(folder.name, n), _numbered(label, n), _face(folder, part)) for n, part in enumerate(parts)]
    return _collection(addresses.collection(folder.name), label, items, addresses.collection())


def _index_part(folder: Folder, number: int) -> Json | None:
    entries = folder.entries("")
    chosen = entries[number * MOST : (number + 1) * MOST] if len(entries) > MOST else []
    if not chosen:
        return None
    label = _numbered(in_interface_languages(folder.label), number)
    return _collection(addresses.collection(folder.name, number), label, _entries(folder, chosen), addresses.collection(folder.name))


def _of_record(folder: Folder, public_id: str) -> Json | None:
    entry = next(iter(folder.entries(public_id)), None)
    if entry is None:
        return None
    rows = _published(folder.objects(entry.pk))
    beside = _beside(folder, entry)
    firsts = _firsts_of_parts(rows, len(beside))
    if firsts:
        shown = _thumbnails(firsts)
        places = [addresses.collection(folder.name, entry.id, n) for n in range(len(firsts))]
        inside = [_mention(places[n], _numbered(entry.label, n), shown.get(first)) for n, first in enumerate(firsts)]
    else:
        inside = _manifests(rows)
    path, face = addresses.collection(folder.name, entry.id), _face(folder, [entry])  # the one that its mention in the index has
    found = _collection(path, entry.label, [*beside, *inside], addresses.collection(folder.name), scope=(folder.name, entry.id), face=face)
    if entry.summary:
        found["summary"] = prose_map(entry.summary)
    if entry.homepages:
        found["homepage"] = [homepage(link) for link in entry.homepages]
    return found


def _beside(folder: Folder, entry: Entry) -> list[Json]:
    """What stands in a record's collection before the objects."""
    return [*_entries(folder, folder.below(entry.pk)), *_own_manifests(entry)]


def _firsts_of_parts(rows: QuerySet[StoredManifest], beside: int) -> list[int]:
    """The keys of the first objects of the parts into which a record's collection is split; empty when it need not be."""
    pks = list(rows.values_list("record_pk", flat=True))
    return pks[::MOST] if len(pks) + beside > MOST else []


def _own_manifests(entry: Entry) -> list[Json]:
    return [item for kind, one in entry.manifests for item in _manifests(_stored(kind=kind, public_id=one))]


def _part_of_record(folder: Folder, public_id: str, number: int) -> Json | None:
    entry = next(iter(folder.entries(public_id)), None)
    if entry is None:
        return None
    rows = _published(folder.objects(entry.pk))
    split = rows.count() + len(_beside(folder, entry)) > MOST
    items = _manifests(rows[number * MOST : (number + 1) * MOST]) if split else []
    path = addresses.collection(folder.name, entry.id, number)
    return _collection(path, _numbered(entry.label, number), items, addresses.collection(folder.name, entry.id)) if items else None


def _entries(folder: Folder, entries: Sequence[Entry]) -> list[Json]:
    faces = _faces(folder, entries)
    return [_mention(addresses.collection(folder.name, entry.id), entry.label, faces.get(entry.id)) for entry in entries]


def _mention(path: str, label: Text, thumbnail: Json | None = None) -> Json:
    found = {"id": PLACEHOLDER + path, "type": "Collection", "label": language_map(label)}
    return {**found, "thumbnail": [thumbnail]} if thumbnail else found


def _numbered(label: Text, number: int) -> Text:
    return {lang: f"{text} {number + 1}" for lang, text in label.items()}


def _collection(
    path: str, label: Text, items: list[Json], part_of: str = "", *, scope: tuple[str, str] | None = None, face: Json | None = None
) -> Json:
    services = [service for offer in offers.services for service in offer.describe("collection", *scope)] if scope else []
    contexts = [context for offer in offers.services for context in offer.contexts] if services else []
    face = face or next((item["thumbnail"][0] for item in items if "thumbnail" in item), None)
    found: Json = {"@context": [*dict.fromkeys(contexts), CONTEXT] if contexts else CONTEXT, **_mention(path, label, face)}
    if services:
        found["service"] = services
    if part_of:
        found["partOf"] = [{"id": PLACEHOLDER + part_of, "type": "Collection"}]
    return {**found, "items": items}
