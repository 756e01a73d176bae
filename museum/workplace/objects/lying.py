"""A form that was opened before the main picture was turned, or replaced by a better scan: the places marked in it follow when it is sent."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import F
from django.http import QueryDict

from artifacts.models import ArtifactMedia
from media.reshaping import Reshaped

FIELD = "picture_lies"
_MARKED = re.compile(r"inscriptions-\d+-region")
_WRITTEN = re.compile(r"([a-z0-9]{12}):([0-9a-f]{0,64}):(0|90|180|270):([1-9]\d{0,6})x([1-9]\d{0,6})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Lying:
    """How the picture lay that a form speaks of: which one, made of which original (SHA-256), turned by so many degrees, its pixels."""

    asset: str
    original: str
    turn: int
    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.asset}:{self.original}:{self.turn}:{self.width}x{self.height}"


def main_picture(artifact_pk: int) -> ArtifactMedia | None:
    """The main picture with its asset, and with what its access copy was made of (``made_of``, ``turned``)."""
    uses = ArtifactMedia.objects.filter(artifact=artifact_pk, primary=True).select_related("asset")
    return uses.annotate(made_of=F("asset__access_copy__original"), turned=F("asset__access_copy__turn")).first()


def lying(use: ArtifactMedia | None) -> Lying | None:
    """How the main picture (of ``main_picture``) lies now; None where there is none to mark places on."""
    asset = use.asset if use else None
    if use is None or asset is None or use.turned is None or not (asset.width and asset.height):  # type: ignore[attr-defined]
        return None
    return Lying(asset.public_id, use.made_of, use.turned, asset.width, asset.height)  # type: ignore[attr-defined]


def written(text: str) -> Lying | None:
    """What a form says; None when it says nothing, or nonsense."""
    match = _WRITTEN.fullmatch(text)
    return Lying(match[1], match[2], int(match[3]), int(match[4]), int(match[5])) if match else None


def followed(data: QueryDict, artifact_pk: int) -> QueryDict:
    """The form as sent, its marked places where those pixels lie now. Another original was compared with the former one: it is only stretched."""
    then = written(data.get(FIELD, ""))
    now = lying(main_picture(artifact_pk)) if then else None
    if then is None or now is None or then == now or then.asset != now.asset:
        return data
    turn = (now.turn - then.turn) % 360 if now.original == then.original else 0
    reshaped = Reshaped(then.width, then.height, now.width, now.height, turn)
    data = data.copy()
    for name in [name for name in data if _MARKED.fullmatch(name)]:
        data[name] = reshaped.region(str(data[name]))
    return data
