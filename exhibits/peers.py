"""Objects of other museums as our pages show them: from what is kept, never from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.models import PeerObject
from exhibits import rights, words
from exhibits.rights import Statement
from exhibits.words import Said

KEY = "peer-"  # before the public id, where an object of ours would stand


@dataclass(frozen=True, slots=True)
class PeerCard:
    """What is shown of an object of another museum, always with its source and its licence."""

    id: str
    title: Said
    museum: Said
    attribution: Said
    rights: Statement
    homepage: str
    manifest: str
    picture: str
    width: int
    height: int
    color: str

    @property
    def source(self) -> str:
        """Where the object is at home, for people; the manifest when its museum names no page."""
        return self.homepage or self.manifest

    @property
    def mirador(self) -> str:
        """The path of Mirador with this object."""
        from django.utils.http import urlencode

        return f"{reverse('mirador')}?{urlencode({'iiif-content': self.manifest})}"


def card(kept: PeerObject | None) -> PeerCard | None:
    """The card of an object of another museum; None while there is nothing to be shown of it."""
    if kept is None or not kept.picture:
        return None
    return PeerCard(
        id=kept.public_id,
        title=words.said(kept.label, _("Untitled")),
        museum=words.said(kept.provider),
        attribution=words.said(kept.attribution),
        rights=rights.statement(kept.rights),
        homepage=kept.homepage,
        manifest=kept.address,
        picture=f"{reverse('peer-picture', args=[kept.public_id])}?v={kept.picture_sha256[:12]}",
        width=kept.width,
        height=kept.height,
        color=kept.color or "#8a8578",
    )


def book(one: PeerCard, canvas: str) -> dict[str, Any]:
    """The object for the deep zoom: one view, our copy of its picture."""
    return {
        "title": one.title.text,
        "cite": " ".join(filter(None, [one.title.text, one.museum.text or one.attribution.text, one.source])),
        "manifest": one.manifest,
        "paged": False,
        "direction": "left-to-right",
        "views": [
            {
                "id": one.id, "image": one.picture, "width": one.width, "height": one.height, "color": one.color,
                "label": one.title.text, "canvas": canvas or one.manifest,
            }
        ],
    }  # fmt: skip
