"""Pictures of objects are turned, or replaced by better scans. Label, order, texts and address stay; what marks places on them follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision

from artifacts import annotating
from artifacts.models import Artifact, ArtifactMedia, Inscription, TextLayer
from artifacts.page_texts import fits
from artifacts.permissions import within_departments
from media import ingest, preservation, removal, rescans, reshaping
from media.models import Asset, FormerOriginal, Replacement
from media.reshaping import Reshaped
from records import journal
from records.models import RecordError

TURNED = "artifacts.media.turn"
OFFERED = "artifacts.media.offer"
DISCARDED = "artifacts.media.discard"
REPLACED = "artifacts.media.replace"
PUT_BACK = "artifacts.media.put_back"


@transaction.atomic
def turn(uses: Sequence[ArtifactMedia], degrees: int, *, user: Any) -> int:
    """Turn pictures by quarters, clockwise, wherever they are used; returns how many. Raises RecordError or MediaError with a sentence."""
    assets = {use.asset_id: use for use in uses if use.asset.kind == Asset.Kind.IMAGE}
    if not assets:
        raise RecordError(_("Only pictures can be turned."))
    for use in assets.values():
        check(use.asset, user)
        rescans.turn(use.asset, degrees, agent=_name(user))
        _log(TURNED, use.asset, user, degrees=degrees)
    return len(assets)


def turn_scan(replacement: Replacement, degrees: int, *, user: Any) -> None:
    """The same for a new scan that waits to be compared."""
    check(replacement.asset, user)
    rescans.turn(replacement.scan, degrees, agent=_name(user))


def offer(use: ArtifactMedia, file: Any, filename: str, *, user: Any) -> Replacement:
    """Take in a better scan of the same view. It is shown to nobody outside until ``put_in_place``. Raises RefusedFile and the like."""
    check(use.asset, user)
    scan = ingest.receive(file, filename, agent=_name(user))
    try:
        with transaction.atomic():
            replacement = rescans.offer(use.asset, scan, agent=_name(user))
            _log(OFFERED, use.asset, user, file=scan.original_filename)
    except rescans.NotNow:
        removal.remove(scan, agent=_name(user))
        raise
    return replacement


@transaction.atomic
def discard(replacement: Replacement, *, user: Any) -> None:
    """The new scan is not wanted."""
    check(replacement.asset, user)
    _log(DISCARDED, replacement.asset, user, file=replacement.scan.original_filename)
    rescans.discard(replacement, agent=_name(user))


@transaction.atomic
def put_in_place(replacement: Replacement, *, user: Any) -> None:
    """Let the new scan be the picture. What visitors see is decided by those who publish."""
    check(replacement.asset, user, shown=True)
    _log(REPLACED, replacement.asset, user, file=replacement.scan.original_filename, former=replacement.asset.original_filename)
    rescans.put_in_place(replacement, agent=_name(user))


@transaction.atomic
def put_back(former: FormerOriginal, *, user: Any) -> None:
    """Let a former original be the picture again."""
    check(former.asset, user, shown=True)
    _log(PUT_BACK, former.asset, user, file=former.original_filename, former=former.asset.original_filename)
    rescans.put_back(former, agent=_name(user))


def check(asset: Asset, user: Any, *, shown: bool = False) -> None:
    """Raise RecordError unless the user may change every object that uses the file. ``shown``: and may publish, if visitors see it."""
    objects = Artifact.objects.filter(Exists(ArtifactMedia.objects.filter(asset=asset, artifact=OuterRef("pk"))))
    elsewhere = objects.exclude(pk__in=within_departments(user, objects).values("pk")).first()
    if elsewhere is not None:
        raise RecordError(
            _("The file is also a picture of %(object)s, of a department in which you do not work: ask somebody there.")
            % {"object": elsewhere.accession_number}
        )
    for artifact in objects:
        lock = artifact.get_lock()
        if lock is not None and lock.for_user(user):
            raise RecordError(_("%(object)s is locked, and the file is one of its pictures.") % {"object": artifact.accession_number})
    if shown and asset.tier != Asset.Tier.HIDDEN and not user.has_perm("artifacts.publish_artifact"):
        raise RecordError(_("Visitors see this picture: somebody who publishes has to compare the two and put the new one in its place."))


def _name(user: Any) -> str:
    return user.get_username() if user is not None else preservation.SYSTEM


def _log(action: str, asset: Asset, user: Any, **data: Any) -> None:
    for artifact in Artifact.objects.filter(pk__in=ArtifactMedia.objects.filter(asset=asset).values("artifact")):
        log(artifact, action, user=user, data={"asset": asset.public_id, "picture": asset.original_filename, **data})


# -- what marks places on a picture


def follow(asset_pk: int, reshaped: Reshaped) -> None:
    """Regions of pictures and inscriptions, texts and annotations go where the pixels went."""
    _regions(ArtifactMedia.objects.filter(asset=asset_pk), reshaped)
    _texts(TextLayer.objects.filter(use__asset=asset_pk), reshaped)
    annotating.follow(asset_pk, reshaped)
    main = ArtifactMedia.objects.filter(asset=asset_pk, primary=True).values("artifact")
    _regions(Inscription.objects.filter(artifact__in=main), reshaped)
    _versions(list(main.values_list("artifact", flat=True)), reshaped)
    journal.changed("object", list(ArtifactMedia.objects.filter(asset=asset_pk).values_list("artifact_id", flat=True).distinct()))


def _regions(rows: Any, reshaped: Reshaped) -> None:
    for row in rows.exclude(region=""):
        rows.model.objects.filter(pk=row.pk).update(region=reshaped.region(row.region))


def _texts(layers: Iterable[TextLayer], reshaped: Reshaped) -> None:
    """A text that fitted the picture as it lay is turned with it; one that was read from the upright page fits only now."""
    if not reshaped.turn:  # boxes are stretched to the picture whenever they are read
        return
    before, after = (reshaped.width, reshaped.height), (reshaped.to_width, reshaped.to_height)
    for layer in layers:
        if layer.width and (fits(layer.shape, before) or not fits(layer.shape, after)):
            layer.turn = (layer.turn + reshaped.turn) % 360
            layer.save(update_fields=["turn", "updated_at"])


def _versions(artifacts: Sequence[int], reshaped: Reshaped) -> None:
    """Every version of a record has inscriptions of its own: the next to be published, and all that can be compared or restored.

    They keep saying what they said, of a picture that lies otherwise now.
    """
    kind = ContentType.objects.get_for_model(Artifact)
    revisions = Revision.objects.filter(content_type=kind, object_id__in=[str(pk) for pk in artifacts])
    for revision in _with_regions(revisions.only("pk", "content").iterator(chunk_size=50)):
        for row in revision.content["inscriptions"]:
            row["region"] = reshaped.region(row.get("region") or "")
        Revision.objects.filter(pk=revision.pk).update(content=revision.content)


def _with_regions(revisions: Iterable[Revision]) -> Iterator[Revision]:
    for revision in revisions:
        if any(row.get("region") for row in revision.content.get("inscriptions") or ()):
            yield revision


def register() -> None:
    """Let regions, texts and annotations follow their pictures."""
    reshaping.register("objects", follow)
