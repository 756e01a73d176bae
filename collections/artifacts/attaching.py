"""Pictures and other media come to objects: attach, order, label, choose the main one, remove, and match file names to numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from artifacts.models import Artifact, ArtifactMedia
from media.access import refresh_tiers
from media.models import Asset
from records import identifiers, journal
from records.models import RecordError

CHUNK = 400
# Parts of a file name that may follow the number: “1987.12_verso_2.jpg” belongs to 1987.12.
MOST_SUFFIXES = 3


@transaction.atomic
def attach(artifact: Artifact, asset: Asset, *, user: Any = None, **fields: Any) -> ArtifactMedia:
    """Add an asset to an object, behind its other media. It waits until the object is published or it is released by itself."""
    last = ArtifactMedia.objects.filter(artifact=artifact).aggregate(last=Max("sort_order"))["last"]
    first = last is None
    use = ArtifactMedia.objects.create(
        artifact=artifact, asset=asset, sort_order=0 if first else last + 1, primary=first and asset.kind == Asset.Kind.IMAGE, **fields
    )
    log(artifact, "artifacts.media.attach", user=user, data={"file": asset.original_filename, "asset": asset.public_id})
    return use


@transaction.atomic
def remove(uses: Iterable[ArtifactMedia], *, user: Any = None) -> int:
    """Take media off their objects; the files stay in the museum. Returns how many."""
    chosen = list(uses)
    assets = {use.asset_id for use in chosen}
    for artifact in Artifact.objects.filter(pk__in={use.artifact_id for use in chosen}):
        own = [use for use in chosen if use.artifact_id == artifact.pk]
        log(artifact, "artifacts.media.remove", user=user, data={"files": [use.asset.original_filename for use in own]})
        ArtifactMedia.objects.filter(pk__in=[use.pk for use in own]).delete()
        if any(use.primary for use in own):
            _choose_another(artifact)
        journal.changed("object", artifact.pk)
    refresh_tiers(assets)
    return len(chosen)


def _choose_another(artifact: Artifact) -> None:
    """An object with pictures has a main one."""
    following = ArtifactMedia.objects.filter(artifact=artifact, asset__kind=Asset.Kind.IMAGE).order_by("sort_order", "pk").first()
    if following is not None:
        ArtifactMedia.objects.filter(pk=following.pk).update(primary=True)


@transaction.atomic
def make_primary(use: ArtifactMedia) -> None:
    """Make this the object's main picture."""
    ArtifactMedia.objects.filter(artifact=use.artifact_id, primary=True).exclude(pk=use.pk).update(primary=False)
    ArtifactMedia.objects.filter(pk=use.pk).update(primary=True)
    journal.changed("object", use.artifact_id)


@transaction.atomic
def reorder(artifact: Artifact, order: Sequence[int]) -> None:
    """Put the object's media (by their keys) into this order; those that are not named keep theirs, behind."""
    uses = {use.pk: use for use in ArtifactMedia.objects.filter(artifact=artifact)}
    unknown = [pk for pk in order if pk not in uses]
    if unknown:
        raise RecordError(_("Some of these pictures no longer belong to the object: load the page again."))
    named = list(dict.fromkeys(order))
    rest = sorted((use for pk, use in uses.items() if pk not in set(named)), key=lambda use: (use.sort_order, use.pk))
    changed = []
    for position, use in enumerate([*(uses[pk] for pk in named), *rest]):
        if use.sort_order != position:
            use.sort_order = position
            changed.append(use)
    ArtifactMedia.objects.bulk_update(changed, ["sort_order"], batch_size=CHUNK)
    if changed:
        journal.changed("object", artifact.pk)


@transaction.atomic
def move(artifact: Artifact, places: dict[int, int]) -> None:
    """Give single media of the object (by their keys) new places, counted from 1; the others move up to make room."""
    order = list(ArtifactMedia.objects.filter(artifact=artifact).order_by("sort_order", "pk").values_list("pk", flat=True))
    known = {pk: place for pk, place in places.items() if pk in set(order)}
    kept = [pk for pk in order if pk not in known]
    for pk, place in sorted(known.items(), key=lambda item: item[1]):
        kept.insert(max(0, place - 1), pk)
    reorder(artifact, kept)


@transaction.atomic
def label(uses: Sequence[ArtifactMedia], labels: Iterable[str], language: str) -> int:
    """Give media their labels in that order, in one language; texts in other languages stay. Returns how many changed."""
    changed = []
    for use, text in zip(uses, labels, strict=False):
        stored = (use.label.get(language) or {}).get("text")
        if stored != text:
            use.label = {**use.label, language: {"text": text, "state": "source"}}
            changed.append(use)
    ArtifactMedia.objects.bulk_update(changed, ["label"], batch_size=CHUNK)
    journal.changed("object", sorted({use.artifact_id for use in changed}))
    return len(changed)


@transaction.atomic
def show_to(uses: Iterable[ArtifactMedia], publication_class: str) -> int:
    """Set who may see these media."""
    if publication_class not in ArtifactMedia.PublicationClass.values:
        raise RecordError(_("“%(class)s” is not a class of publication.") % {"class": publication_class})
    chosen = list(uses)
    ArtifactMedia.objects.filter(pk__in=[use.pk for use in chosen]).update(publication_class=publication_class)
    refresh_tiers(use.asset_id for use in chosen)
    journal.changed("object", sorted({use.artifact_id for use in chosen}))
    return len(chosen)


class Pages:
    """How pages and leaves are counted."""

    ARABIC = "arabic"
    ROMAN = "roman"
    FOLIO = "folio"
    STYLES = (ARABIC, ROMAN, FOLIO)


def page_labels(prefix: str, start: int, style: str, *, verso_first: bool = False) -> Iterator[str]:
    """Labels without end: ``p. 1, p. 2 …``, ``p. i, p. ii …``, or leaves with their two sides, ``f. 1r, f. 1v, f. 2r …``.

    Raises RecordError for a start below 1, a Roman number above 3999 or an unknown style.
    """
    if style not in Pages.STYLES:
        raise RecordError(_("Pages are counted in Arabic or Roman numbers, or as leaves."))
    if start < 1:
        raise RecordError(_("Counting begins at 1 or above."))
    number, side = start, 1 if verso_first else 0
    while True:
        if style == Pages.FOLIO:
            yield f"{prefix}{number}{'rv'[side]}"
            number, side = number + side, 1 - side
        else:
            yield f"{prefix}{roman(number) if style == Pages.ROMAN else number}"
            number += 1


def roman(number: int) -> str:
    """A number from 1 to 3999 in small Roman figures. Raises RecordError for others."""
    if not 1 <= number <= 3999:
        raise RecordError(_("Roman numbers go from 1 to 3999."))
    found = ""
    for value, figures in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    ):
        count, number = divmod(number, value)
        found += figures * count
    return found


@dataclass(frozen=True)
class Match:
    """What a file name says: the object, what follows its number in the name, or why there is none."""

    filename: str
    pk: int | None = None
    accession_number: str = ""
    suffix: str = ""
    problem: str = ""


def match(filenames: Iterable[str], among: QuerySet[Artifact]) -> list[Match]:
    """For each file name the object of ``among`` whose accession number it begins with, in the names' order.

    Punctuation, case and marks do not matter; the longest number wins; up to three parts may follow it.
    """
    names = list(filenames)
    candidates = {name: list(_candidates(PurePath(name).stem)) for name in names}
    wanted = sorted({norm for found in candidates.values() for norm, _suffix in found})
    bearing: dict[str, list[tuple[int, str]]] = {}
    for start in range(0, len(wanted), CHUNK):
        rows = among.filter(accession_norm__in=wanted[start : start + CHUNK]).values_list("accession_norm", "pk", "accession_number")
        for norm, pk, number in rows:
            bearing.setdefault(norm, []).append((pk, number))
    return [_match(name, candidates[name], bearing) for name in names]


def _match(name: str, candidates: list[tuple[str, str]], bearing: dict[str, list[tuple[int, str]]]) -> Match:
    for norm, suffix in candidates:
        found = bearing.get(norm, [])
        if len(found) > 1:
            numbers = ", ".join(sorted(number for _pk, number in found))
            return Match(name, problem=_("Several objects could be meant: %(numbers)s.") % {"numbers": numbers})
        if found:
            return Match(name, found[0][0], found[0][1], suffix)
    return Match(name, problem=_("No object in your departments has a number that this name begins with."))


def _candidates(stem: str) -> Iterator[tuple[str, str]]:
    """(normalised number, what follows it), the longest number first."""
    parts = identifiers.tokens(stem)
    for left_out in range(min(MOST_SUFFIXES, len(parts) - 1) + 1):
        kept = len(parts) - left_out
        yield " ".join(parts[:kept]), " ".join(parts[kept:])
