"""Annotations of regions: written, changed, published, removed and restored, each change kept as a version."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from artifacts import georeferences as georeferencing
from artifacts.models import Annotation, AnnotationVersion, Artifact, ArtifactMedia
from artifacts.portions import UsesOf, portions
from artifacts.regions import Region
from media.models import Asset
from media.reshaping import Reshaped
from records import journal, languages
from records.models import RecordError
from records.prepared import Prepared

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
# Web Annotation Vocabulary, 3.3.6; notes on condition assess.
MOTIVATIONS = {
    Annotation.Kind.DESCRIPTION: "describing",
    Annotation.Kind.COMMENT: "commenting",
    Annotation.Kind.TAG: "tagging",
    Annotation.Kind.CONDITION: "assessing",
    Annotation.Kind.GEOREFERENCE: "georeferencing",
}
# What a version keeps beside the fields when its picture was turned or replaced.
RESHAPED = "reshaped"
FIELDS = (
    "kind",
    "shape",
    "points",
    "text",
    "control_points",
    "transformation",
    "publication_class",
    "published",
    "sort_order",
    "removed",
)
# What versions of before that do not have these fields mean by it.
SINCE = {"control_points": [], "transformation": Annotation.Transformation.POLYNOMIAL_1.value}


class ChangedMeanwhile(RecordError):
    """Somebody has changed an annotation since it was shown to whoever acts on it. ``newest``: the version that they have not seen."""

    def __init__(self, newest: AnnotationVersion) -> None:
        self.newest = newest
        by = newest.by or _("Somebody")
        super().__init__(_("Not done: %(name)s changed this annotation while it was open here. Look at it again.") % {"name": by})


def held(note: Annotation, seen: int | None) -> Annotation:
    """The annotation as it is, kept from others until the transaction ends. ``seen``: the number of the version that is acted on, None for whatever
    is there. Raises ChangedMeanwhile.
    """
    found = Annotation.objects.select_for_update(of=("self",)).select_related("use", "use__asset", "use__artifact").get(pk=note.pk)
    newest = found.versions.order_by("-number").first()
    if seen is not None and newest is not None and newest.number != seen:
        raise ChangedMeanwhile(newest)
    return found


def content(note: Annotation) -> dict[str, Any]:
    """What a version keeps."""
    return {name: getattr(note, name) for name in FIELDS}


@transaction.atomic
def write(note: Annotation, *, user: Any, act: str = "") -> Annotation:
    """Keep a new or changed annotation. One that becomes internal is no longer published. Raises ValidationError."""
    fresh = note.pk is None
    if fresh:
        note.author = user
        last = Annotation.objects.filter(use=note.use).aggregate(last=Max("sort_order"))["last"]
        note.sort_order = 0 if last is None else last + 1
    if note.publication_class != Annotation.PublicationClass.PUBLIC:
        note.published = False
    note.full_clean(exclude=["author"])
    note.save()
    _keep_version(note, act or ("created" if fresh else "changed"), user)
    return note


@transaction.atomic
def publish(notes: Iterable[Annotation], *, user: Any) -> int:
    """Show annotations that are for everybody as soon as their picture is shown. Returns how many."""
    count = 0
    for note in notes:
        if note.publication_class != Annotation.PublicationClass.PUBLIC or note.removed:
            raise RecordError(_("Only annotations for the public can be published; set “shown to” first."))
        if not note.published:
            note.published = True
            note.save(update_fields=["published", "updated_at"])
            _keep_version(note, "published", user)
            count += 1
    return count


@transaction.atomic
def remove(note: Annotation, *, user: Any) -> None:
    """Take an annotation out of sight; it and its history stay and can be restored."""
    note.removed, note.published = True, False
    note.save(update_fields=["removed", "published", "updated_at"])
    _keep_version(note, "removed", user)


@transaction.atomic
def restore(note: Annotation, version: AnnotationVersion, *, user: Any) -> Annotation:
    """Make an annotation what it was in a version; it waits to be published again. Its places follow what became of the picture since."""
    for name in FIELDS:
        setattr(note, name, version.content[name] if name in version.content else copy(SINCE[name]))
    for later in note.versions.filter(number__gt=version.number).order_by("number"):
        if RESHAPED in later.content:
            _move(note, Reshaped(**later.content[RESHAPED]))
    note.removed, note.published = False, False
    return write(note, user=user, act="restored")


@transaction.atomic
def reorder(use: ArtifactMedia, order: Sequence[str], *, user: Any) -> None:
    """Put the annotations of a picture (by public id) into this reading order; those not named come last."""
    notes = list(Annotation.objects.filter(use=use, removed=False))
    places = {public_id: place for place, public_id in enumerate(order)}
    notes.sort(key=lambda note: (places.get(note.public_id, len(places)), note.sort_order, note.pk))
    for place, note in enumerate(notes):
        note.sort_order = place
    Annotation.objects.bulk_update(notes, ["sort_order"], batch_size=400)
    journal.changed("object", use.artifact_id)


@transaction.atomic
def follow(asset_pk: int, reshaped: Reshaped) -> None:
    """A picture was turned or replaced: annotations on it, removed ones too, lie where they lay on what it shows."""
    for note in Annotation.objects.filter(use__asset=asset_pk).select_related("use", "use__artifact"):
        _move(note, reshaped)
        note.save(update_fields=["points", "control_points", "updated_at"])
        _keep_version(note, "moved", None, {RESHAPED: reshaped.plain()})


def _move(note: Annotation, reshaped: Reshaped) -> None:
    note.points = _moved(note.points, reshaped)
    places = _moved([point[:2] for point in note.control_points], reshaped)
    note.control_points = [[*place, *point[2:]] for place, point in zip(places, note.control_points, strict=True)]


def _moved(points: Iterable[Sequence[float]], reshaped: Reshaped) -> list[list[float]]:
    most = reshaped.to_width, reshaped.to_height
    return [[min(max(round(at, 1), 0), end) for at, end in zip(reshaped.point(x, y), most, strict=True)] for x, y in points]


def _keep_version(note: Annotation, act: str, user: Any, more: dict[str, Any] | None = None) -> None:
    last = AnnotationVersion.objects.filter(annotation=note).aggregate(last=Max("number"))["last"] or 0
    by = user.get_username() if user is not None else ""
    AnnotationVersion.objects.create(annotation=note, number=last + 1, act=act, by=by, content={**content(note), **(more or {})})
    log(note.use.artifact, "artifacts.annotation", user=user, data={"annotation": note.public_id, "act": act, "kind": note.kind})
    journal.changed("object", note.use.artifact_id)


# -- reading


def public() -> QuerySet[Annotation]:
    """Annotations that everybody may read: published, for everybody, on a picture that everybody sees."""
    return Annotation.objects.filter(
        removed=False,
        published=True,
        publication_class=Annotation.PublicationClass.PUBLIC,
        use__published=True,
        use__publication_class=ArtifactMedia.PublicationClass.PUBLIC,
        use__asset__state=Asset.State.READY,
        use__artifact__is_public=True,
        use__artifact__access_limit=Artifact.Access.OPEN,
    ).exclude(kind=Annotation.Kind.CONDITION)


def is_public(note: Annotation) -> bool:
    """True when the annotation itself, whatever its picture, is for everybody and published."""
    return note.published and not note.removed and note.publication_class == Annotation.PublicationClass.PUBLIC


def _readable(staff: bool) -> QuerySet[Annotation]:
    notes = Annotation.objects.filter(removed=False) if staff else said()
    return notes.select_related("use", "use__asset", "use__artifact", "author")


def said() -> QuerySet[Annotation]:
    """Those of them that say something to read; where a map lies on the earth is for machines."""
    return public().exclude(kind=Annotation.Kind.GEOREFERENCE)


def georeferences() -> QuerySet[Annotation]:
    """Those of them that say where a map lies on the earth."""
    return public().filter(kind=Annotation.Kind.GEOREFERENCE)


_of_book = Prepared(lambda keys: said().filter(use__artifact__in=keys).order_by().values("use__public_id").distinct())
_maps_of_book = Prepared(lambda keys: georeferences().filter(use__artifact__in=keys).order_by().values("use__public_id", "updated_at"))
_maps_of_object = Prepared(
    lambda public_ids: georeferences().filter(use__artifact__public_id__in=public_ids).order_by().values("use__public_id").distinct(),
    of=str,
)
_any_of_object = Prepared(lambda public_ids: said().filter(use__artifact__public_id__in=public_ids).values("pk")[:1], of=str)


def having(uses: Iterable[str] | UsesOf) -> set[str]:
    """Which of these uses (public ids) have annotations that everybody may read."""
    if isinstance(uses, UsesOf):
        return {row["use__public_id"] for row in _of_book([uses.artifact])}
    return {use for some in portions(uses) for use in said().filter(use__public_id__in=some).values_list("use__public_id", flat=True)}


def georeferenced(uses: Iterable[str] | UsesOf) -> dict[str, str]:
    """Which of these uses (public ids) are maps whose place on the earth everybody may read, and a text that changes with what is said of it."""
    rows: list[Any] = []
    if isinstance(uses, UsesOf):
        rows = list(_maps_of_book([uses.artifact]))
    else:
        for some in portions(uses):
            rows += georeferences().filter(use__public_id__in=some).values("use__public_id", "updated_at")
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["use__public_id"], []).append(str(row["updated_at"]))
    return {use: " ".join(sorted(stamps)) for use, stamps in found.items()}


def has_any(public_id: str) -> bool:
    """Whether a picture of the object of this public id has annotations that everybody may read."""
    return bool(_any_of_object([public_id]))


def of_pictures(public_ids: Iterable[str], *, staff: bool = False) -> list[Annotation]:
    """Annotations of these uses (public ids), in reading order; for the public only its own."""
    found: list[Annotation] = []
    for some in portions(public_ids):
        found += _readable(staff).filter(use__public_id__in=some).order_by("use_id", "sort_order", "pk")
    return found


def maps_on(public_id: str) -> list[str]:
    """The pictures (public ids of uses) of an object that are maps whose place on the earth everybody may read."""
    return sorted(row["use__public_id"] for row in _maps_of_object([public_id]))


def maps_of(use: str) -> list[Annotation]:
    """Where the maps on a picture (public id of a use) lie on the earth, as everybody may read it."""
    found = georeferences().filter(use__public_id=use).select_related("use", "use__asset", "use__artifact")
    return list(found.order_by("sort_order", "pk"))


def of_objects(pks: Sequence[int], *, staff: bool = False) -> list[Annotation]:
    """Annotations on all pictures of these objects."""
    found: list[Annotation] = []
    for some in portions(pks):
        notes = _readable(staff).filter(use__artifact__in=some)
        found += notes.order_by("use__artifact", "use__sort_order", "use_id", "sort_order", "pk")
    return found


def address(note: Annotation, origin: str) -> str:
    """The annotation's own address, its id for ever."""
    return f"{origin}/iiif/objects/{note.use.artifact.public_id}/annotation/{note.public_id}"


def as_web_annotation(note: Annotation, *, origin: str = "", canvas: str = "", staff: bool = False) -> dict[str, Any]:
    """The annotation by the W3C Web Annotation Data Model, without ``@context``.

    ``canvas``: the absolute address of the target, else that of the picture's canvas. ``staff`` adds who wrote it and its state.
    """
    origin = origin or settings.MUSEUM_ORIGIN
    source = canvas or f"{origin}/iiif/objects/{note.use.artifact.public_id}/canvas/{note.use.public_id}"
    purpose = MOTIVATIONS[note.kind]  # type: ignore[index]
    if note.kind == Annotation.Kind.GEOREFERENCE:
        return as_georeference(note, origin=origin)
    bodies = [
        {"type": "TextualBody", "value": text, "format": "text/plain", "purpose": purpose, **({"language": [tag]} if tag != "und" else {})}
        for tag, text in languages.plain(note.text or {}).items()
        if text
    ]
    made: dict[str, Any] = {
        "id": address(note, origin),
        "type": "Annotation",
        "motivation": purpose,
        "created": _moment(note.created_at),
        "modified": _moment(note.updated_at),
        "body": bodies,
        "target": _target(note.region, source),
    }
    if staff:
        if note.author:
            made["creator"] = {"type": "Person", "nickname": note.author.get_username()}
        made["museum:state"] = "public" if is_public(note) else note.publication_class if note.publication_class == "staff" else "waiting"
    return made


def as_georeference(note: Annotation, *, origin: str = "", embedded: bool = False) -> dict[str, Any]:
    """Where a map lies on the earth, by the IIIF Georeference Extension, 3, without ``@context``.

    ``embedded``: as its canvas holds it, where the target is the canvas by its address (3.3); elsewhere it says what that canvas is.
    """
    origin = origin or settings.MUSEUM_ORIGIN
    own, record = address(note, origin), f"{origin}/iiif/objects/{note.use.artifact.public_id}"
    width, height = note.use.asset.width or 0, note.use.asset.height or 0
    canvas: Any = f"{record}/canvas/{note.use.public_id}"
    if not embedded:
        manifest = {"id": f"{record}/manifest.json", "type": "Manifest"}
        canvas = {"id": canvas, "type": "Canvas", "width": width, "height": height, "partOf": [manifest]}
    whole = note.shape == Region.BOX and note.region.bounds == (0, 0, width, height)
    target = {"type": "SpecificResource", "source": canvas, "selector": georeferencing.mask(note.region, width, height)}
    return {
        "id": own,
        "type": "Annotation",
        "motivation": MOTIVATIONS[Annotation.Kind.GEOREFERENCE],
        "created": _moment(note.created_at),
        "modified": _moment(note.updated_at),
        "body": georeferencing.body(note.control_points, note.transformation, f"{own}#control-points"),
        "target": canvas if whole and embedded else target,
    }


def _moment(time: datetime) -> str:
    """As Web Annotations say it: in UTC, with a Z."""
    return time.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _target(region: Region, source: str) -> Any:
    """A box as a fragment of the canvas, which every viewer understands; other shapes by a selector."""
    if region.shape == Region.BOX:
        return f"{source}#xywh={region.xywh}"
    return {"type": "SpecificResource", "source": source, "selector": region.selector()}
