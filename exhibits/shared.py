"""What of ours a content state means: an object, one of its views, a part of that."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from iiif.content_state import Target
from records.ids import PUBLIC_ID

_OURS = re.compile(rf"^/iiif/objects/(?P<object>{PUBLIC_ID})/(?:manifest(?:-v2)?\.json|canvas/(?P<media>{PUBLIC_ID}))$")
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
    """What of ours a target is, whether or not it exists; None for another museum's."""
    found = _path(target.canvas) or _path(target.manifest)
    if found is None:
        return None
    region = target.pixels(0, 0) if target.region and not target.percent else ""
    if target.region and target.percent:
        region = "pct:" + ",".join(f"{number:g}" for number in target.region)
    return SharedDetail(found["object"], found.groupdict().get("media") or "", region, target.begins)


def _path(address: str) -> re.Match[str] | None:
    parts = urlsplit(address)
    if f"{parts.scheme}://{parts.netloc}" != settings.MUSEUM_ORIGIN:
        return None
    return _OURS.match(parts.path) or _URI.match(parts.path)
