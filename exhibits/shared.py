"""What of ours a content state means: an object, one of its views, a part of that."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from artifacts import annotating
from artifacts.models import Annotation
from iiif import content_state
from iiif.content_state import Target
from iiif.presentation import contributions
from iiif.presentation.addresses import PLACEHOLDER
from records.ids import PUBLIC_ID

_OURS = re.compile(
    rf"^/iiif/objects/(?P<object>{PUBLIC_ID})/"
    rf"(?:manifest(?:-v2)?\.json|canvas/(?P<media>{PUBLIC_ID})|annotation/(?P<annotation>[a-z0-9-]{{1,60}}))$"
)
_URI = re.compile(rf"^/o/(?P<object>{PUBLIC_ID})$")
_WRITTEN = re.compile(
    rf"^(?P<object>{PUBLIC_ID})(?:\.(?P<media>{PUBLIC_ID}))?(?::(?P<region>\d{{1,7}},\d{{1,7}},[1-9]\d{{0,6}},[1-9]\d{{0,6}}|pct:[\d.]{{1,8}}(?:,[\d.]{{1,8}}){{3}}))?$"
)


@dataclass(frozen=True, slots=True)
class SharedDetail:
    """An object by its public id, one of its views, a part of the view's picture: "x,y,w,h" in pixels, or "pct:x,y,w,h" in hundredths.

    The latter two may be empty. ``begins``: where a recording begins, in seconds.
    """

    object: str
    media: str = ""
    region: str = ""
    begins: float | None = None

    def __str__(self) -> str:
        """As an address of the comparison writes it: ``object.media:x,y,w,h``."""
        return self.object + (f".{self.media}" if self.media else "") + (f":{self.region}" if self.region else "")


def written(text: str) -> SharedDetail | None:
    """What ``str`` of a SharedDetail wrote; None for anything else."""
    found = _WRITTEN.match(text)
    return SharedDetail(found["object"], found["media"] or "", found["region"] or "") if found else None


def shared_here(target: Target) -> SharedDetail | None:
    """What of ours a target is, whether or not it exists; None for another museum's. An annotation of ours is the part that it speaks of."""
    found = _path(target.canvas) or _path(target.manifest)
    if found is None:
        return None
    if found.groupdict().get("annotation"):
        return _of_annotation(found["object"], found["annotation"])
    region = target.pixels(0, 0) if target.region and not target.percent else ""
    if target.region and target.percent:
        region = "pct:" + ",".join(f"{number:g}" for number in target.region)
    return SharedDetail(found["object"], found.groupdict().get("media") or "", region, target.begins)


def _of_annotation(public_id: str, name: str) -> SharedDetail:
    """Where an annotation that everybody may read lies; its object as a whole when there is none of that name."""
    note = annotating.public().filter(public_id=name, use__artifact__public_id=public_id).select_related("use__asset").first()
    if note is not None:
        return SharedDetail(public_id, note.use.public_id, _around(note))
    use, _dash, what = name.partition("-")
    if what == "painting":
        return SharedDetail(public_id, use)
    made = contributions.annotation(public_id, name)
    where = made["target"] if made else ""
    if not isinstance(where, str) or not where:
        return SharedDetail(public_id)
    (target,) = content_state.read(where.replace(PLACEHOLDER, settings.MUSEUM_ORIGIN))
    return shared_here(target) or SharedDetail(public_id)


def _around(note: Annotation) -> str:
    """The box around an annotation of any shape; around a point or a level line, which have no area, as much as a tenth of the picture."""
    left, top, width, height = note.region.bounds
    room = max(note.use.asset.width or 0, note.use.asset.height or 0) // 10 or 1
    across, down = (0 if width else room), (0 if height else room)
    return f"{max(0, left - across // 2)},{max(0, top - down // 2)},{width + across},{height + down}"


def _path(address: str) -> re.Match[str] | None:
    parts = urlsplit(address)
    if f"{parts.scheme}://{parts.netloc}" != settings.MUSEUM_ORIGIN:
        return None
    return _OURS.match(parts.path) or _URI.match(parts.path)
