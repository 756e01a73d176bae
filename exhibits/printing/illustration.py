"""The picture of a sheet: the one that the object's page shows first, as everybody may see it, through the image service's own rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from exhibits import object_page, restricted, rights, words
from exhibits.pictures import Picture
from exhibits.words import Said
from iiif.image import inside
from iiif.image.pictures import SMALL

SIDE = 1800  # pixels: 300 to the inch at 15 cm
WIDE, HIGH = 174.0, 104.0  # millimetres that a picture may take
BESIDE = 98.0  # and where the facts stand beside it


@dataclass(frozen=True, slots=True)
class Illustration:
    """What is asked of the image service (an identifier, a region, a size) with what stands below the picture, or only that."""

    notes: tuple[Said, ...] = ()
    identifier: str = ""
    region: str = "full"
    side: int = SIDE
    width: int = 0
    height: int = 0
    alt: str = ""
    version: str = ""

    def facts(self) -> dict[str, Any] | None:
        """What the template is told: its width on paper in millimetres and its alternative text; None without a picture."""
        if not self.identifier:
            return None
        ratio = self.width / self.height
        widest = WIDE if ratio > 1.9 else BESIDE
        # small pictures are not blown up beyond 100 pixels to the inch
        within = min(widest, HIGH * ratio, max(30.0, self.width / 100 * 25.4))
        return {
            "width": round(max(within, 4.0), 1),
            "alt": self.alt or _("Picture of the object"),
            "version": f"{self.version} {self.region} {self.side}",
        }

    def jpeg(self) -> bytes:
        """Raises the image service's refusals."""
        return inside.jpeg(self.identifier, self.region, self.side)


def illustration(view: Mapping[str, Any]) -> Illustration:
    """A picture that the page veils is not printed: who holds the sheet was not asked first. Of a restricted one the substitute is."""
    shown = object_page.gallery(view)
    current = shown.current
    if current is None or not (current.picture or current.restricted):
        return Illustration((Said(_("There is no picture of this object yet.")),))
    if (object_page.care(view) or {"veil": False})["veil"]:
        return Illustration((Said(_("The picture is not printed: read the notice before you look at it on the object’s page.")),))
    if current.picture:
        return _public(view, shown, current.picture)
    return _restricted(shown.restricted, object_page.title_of(view))


def _public(view: Mapping[str, Any], shown: object_page.Gallery, picture: Picture) -> Illustration:
    assert shown.current is not None
    notes = [shown.current.caption] if shown.current.caption else []
    if shown.total > 1:
        notes.append(
            Said(_("%(number)s of %(total)s") % {"number": words.number(shown.current.position), "total": words.number(shown.total)})
        )
    side = SIDE if rights.of_pictures(view["rights"]).open else rights.SCREEN
    known = inside.version(picture.asset)
    if not known:
        return Illustration((Said(_("The picture cannot be printed at the moment.")),))
    return Illustration(tuple(notes), picture.asset, picture.region or "full", side, picture.width, picture.height, picture.alt.text, known)


def _restricted(held: restricted.Restricted | None, title: Said) -> Illustration:
    if held is None:
        sentence = _(
            "This picture is not shown to everybody: the rights, or the wishes of the people it concerns, do not allow it. The museum shows it on request."
        )
        return Illustration((Said(sentence),))
    notes = (held.heading, held.note)
    identifier = held.service.rsplit("/", 1)[-1] + SMALL
    known = inside.version(identifier) if held.small else ""
    if not known:
        return Illustration(notes)
    return Illustration(notes, identifier, "full", max(held.width, held.height), held.width, held.height, title.text, known)
