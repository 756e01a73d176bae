"""How objects are loaded for the projection: many at once, or one as it stands in a form, a draft or a revision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from modelcluster.models import get_all_child_relations

from artifacts.models import Annotation, Artifact, ArtifactMedia, ObjectType, Title
from artifacts.views import shape
from media import resolving as assets
from records import languages, projection, references
from records.loading import CHUNK, RowSource
from records.prepared import Prepared
from records.projection import RecordData
from records.slugs import slug_of

_children: dict[str, Any] = {
    **{relation.get_accessor_name(): (relation.related_model, relation.field.name) for relation in get_all_child_relations(Artifact)},
    "media": (ArtifactMedia, "artifact"),
}
SOURCE = RowSource("object", Artifact, _children)
_parts = Prepared(
    lambda keys: Artifact.objects.filter(part_of__in=keys).order_by("part_order", "accession_sort").values("part_of_id", "pk")
)


def register() -> None:
    """Make objects a kind of the projection, and references to objects and object types resolvable."""
    references.register("artifacts.Artifact", resolve)
    references.register("artifacts.ObjectType", _resolve_types)
    references.register("artifacts.ArtifactMedia", _resolve_uses)
    projection.register(projection.Kind("object", load, from_instance, shape, Artifact._meta.label))  # type: ignore[arg-type]


def load(pks: Sequence[int]) -> Iterator[RecordData]:
    """Stored objects as plain rows, in batches of 400."""
    for start in range(0, len(pks), CHUNK):
        loaded = SOURCE.bulk(pks[start : start + CHUNK])
        _add_parts(loaded)
        _add_regions(loaded)
        yield from map(_finished, loaded)


def load_with_uses(pk: int, uses: Sequence[int]) -> RecordData | None:
    """One stored object with these of its uses of media alone (at most 400)."""
    loaded = SOURCE.bulk([pk], {"media": uses})
    _add_parts(loaded)
    return _finished(loaded[0]) if loaded else None


def from_instance(artifact: Artifact) -> RecordData:
    """One object as it stands in memory, as if it were published with the pictures that wait for it."""
    data = SOURCE.from_instance(artifact)
    data.is_public = True
    for use in data.children["media"]:
        use["published"] = True
    if artifact.pk:
        _add_parts([data])
        _add_regions([data])
    return _finished(data)


def _finished(data: RecordData) -> RecordData:
    """Close what the care policy closes; take pictures for staff, and those not ready, out of the public's sight."""
    data.policy_open = data.row.get("access_limit") != Artifact.Access.LIMITED
    for use in data.children["media"]:
        use["visibility"] = "staff" if use.get("publication_class") == ArtifactMedia.PublicationClass.STAFF else "public"
    return data


def _add_regions(loaded: Sequence[RecordData]) -> None:
    """Described regions of each picture, in reading order: for everybody alike those alone that everybody may read."""
    uses = {use["id"]: use for data in loaded for use in data.children["media"] if use.get("id")}
    for use in uses.values():
        use["annotations"] = []
    keys = list(uses)
    for start in range(0, len(keys), CHUNK):
        notes = Annotation.objects.filter(
            use__in=keys[start : start + CHUNK], removed=False, published=True, publication_class=Annotation.PublicationClass.PUBLIC
        ).exclude(kind=Annotation.Kind.CONDITION)
        for note in notes.order_by("use_id", "sort_order", "pk"):
            region = {"id": note.public_id, "kind": note.kind, "box": list(note.region.bounds), "text": languages.plain(note.text or {})}
            uses[note.use_id]["annotations"].append(region)


def _add_parts(loaded: Sequence[RecordData]) -> None:
    """References to the parts of each object, in their order."""
    by_pk = {data.pk: data for data in loaded}
    rows = _parts([pk for pk in by_pk if pk])
    parts = resolve({row["pk"] for row in rows})
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row["part_of_id"]].append(parts[row["pk"]])
    for data in loaded:
        data.row["parts"] = found.get(data.pk or 0, [])


def resolve(pks: set[int]) -> dict[int, dict[str, Any]]:
    """References to objects, fit for a card: ``{…, "number", "slug", "picture": {"asset", "width", "height", "color", "alt"} | None}``."""
    found: dict[int, dict[str, Any]] = {}
    todo = list(pks)
    for start in range(0, len(todo), CHUNK):
        chunk = todo[start : start + CHUNK]
        for row in Artifact.objects.filter(pk__in=chunk).values("id", "public_id", "accession_number", "is_public", "access_limit"):
            found[row["id"]] = {
                "kind": "object",
                "id": row["public_id"],
                "label": {},
                "public": row["is_public"],
                "number": row["accession_number"],
                "picture": None,
                "open": row["access_limit"] == Artifact.Access.OPEN,
            }
        for title in (
            Title.objects.filter(artifact__in=chunk, visibility="public")
            .order_by("-preferred", "sort_order")
            .values("artifact_id", "language", "text")
        ):
            found[title["artifact_id"]]["label"].setdefault(title["language"] or "und", title["text"])
        _add_pictures(found, chunk)
    for ref in found.values():
        ref.pop("open")
        ref["slug"] = slug_of(ref["label"], ref["number"])
    return found


def _add_pictures(found: dict[int, dict[str, Any]], chunk: Sequence[int]) -> None:
    uses = ArtifactMedia.objects.filter(
        artifact__in=chunk, published=True, publication_class="public", asset__kind="image", asset__state="ready"
    )
    chosen: dict[int, int] = {}
    for owner, asset in uses.order_by("-primary", "sort_order", "pk").values_list("artifact_id", "asset_id"):
        chosen.setdefault(owner, asset)
    facts = assets.resolve(set(chosen.values()))
    for owner, asset in chosen.items():
        if found[owner]["open"]:
            picture = facts[asset]
            found[owner]["picture"] = {name: picture[name] for name in ("width", "height", "color", "alt", "version")} | {
                "asset": picture["id"]
            }


def _resolve_uses(pks: set[int]) -> dict[int, dict[str, Any]]:
    """References to uses of media, for what accompanies them: hidden from the public with the use itself."""
    found: dict[int, dict[str, Any]] = {}
    todo = list(pks)
    for start in range(0, len(todo), CHUNK):
        rows = ArtifactMedia.objects.filter(pk__in=todo[start : start + CHUNK])
        for row in rows.values("id", "public_id", "published", "publication_class"):
            public = row["published"] and row["publication_class"] != ArtifactMedia.PublicationClass.STAFF
            found[row["id"]] = {"kind": "media", "id": row["public_id"], "label": {}, "public": public}
    return found


def _resolve_types(pks: set[int]) -> dict[int, dict[str, Any]]:
    return {
        row["id"]: {
            "kind": "object_type",
            "id": row["public_id"],
            "label": languages.plain(row["label"] or {}),
            "public": True,
            "code": row["code"],
        }
        for row in ObjectType.objects.filter(pk__in=pks).values("id", "public_id", "label", "code")
    }
