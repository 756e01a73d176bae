"""What a page shows of a restricted picture: the substitute that everybody may see, the reason, and the way to get access."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from exhibits import words
from exhibits.words import Said
from iiif.auth import offered
from iiif.image import pictures, rules
from iiif.image.addresses import service_url


@dataclass(frozen=True, slots=True)
class Restricted:
    """``asks`` is the address that tells whether this browser may see it, ``opens`` the one where access is got, empty without;
    ``small`` is the address of the substitute with its size, empty without one."""

    heading: Said
    note: Said
    service: str
    asks: str
    pattern: str
    opens: str = ""
    small: str = ""
    width: int = 0
    height: int = 0


def of(asset_id: str) -> Restricted | None:
    """For a restricted picture; None for any other. The page adds where to return to."""
    picture = pictures.find(asset_id)
    if picture is None or picture.tier != pictures.RESTRICTED:
        return None
    held = picture.rules
    heading, note = offered.texts(held)
    opens = {rules.ACTIVE: "/iiif/auth/login", rules.KIOSK: "/iiif/auth/terminal"}.get(held.pattern, "")
    asks = reverse("iiif-auth-open", args=[asset_id])
    shown = (words.said(heading), words.said(note), service_url(asset_id, origin=""), asks, held.pattern, opens)
    instead = pictures.small(picture)
    if instead is None:
        return Restricted(*shown)
    return Restricted(*shown, offered.small_url(asset_id, origin=""), instead.index.width, instead.index.height)
