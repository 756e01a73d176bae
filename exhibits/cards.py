"""Cards: what stands under a picture in rows, lists and groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from exhibits import addresses, pictures, words
from exhibits.pictures import Picture
from exhibits.words import NOTHING, Said

PANEL_RATIO = 1.25  # the panel of a card without a picture
NAMES = frozenset(addresses.PAGES) - {"object"}  # kinds that stand as names before the works when they have no picture


@dataclass(frozen=True, slots=True)
class FoundOn:
    """The page of a book on which the words stand: its label, the line as safe HTML with its language, and the address that shows it."""

    url: str
    label: Said
    lang: str
    html: str


@dataclass(frozen=True, slots=True)
class Card:
    """One thing that can be opened. ``warning`` hides the picture until it is asked for."""

    url: str
    title: Said
    maker: Said = NOTHING
    date: Said = NOTHING
    number: str = ""
    picture: Picture | None = None
    kind: str = "object"
    note: Said = NOTHING
    id: str = ""
    warning: bool = False
    marks: list[tuple[str, str]] = field(default_factory=list)
    page: FoundOn | None = None

    @property
    def shows_picture(self) -> bool:
        """True when its picture is shown without asking."""
        return self.picture is not None and not self.warning

    @property
    def named(self) -> bool:
        """True for a person, a place, a word without a picture: it stands as a name among works."""
        return self.kind in NAMES and not self.shows_picture

    @property
    def ratio(self) -> float:
        """Width to height of its box in a row."""
        return self.picture.box_ratio if self.picture and not self.warning else PANEL_RATIO


def untitled(number: str) -> str:
    """What an object without a title is called."""
    return _("Untitled (%(number)s)") % {"number": number} if number else _("Untitled")


def of_ref(ref: Mapping[str, Any], note: Said | None = None) -> Card:
    """The card of a reference to an object."""
    title = words.said(ref.get("label"), untitled(ref.get("number", "")))
    return Card(
        url=addresses.page(ref),
        title=title,
        number=ref.get("number", ""),
        picture=pictures.of_ref(ref, title),
        note=note or Said(""),
        id=ref["id"],
    )


def of_view(view: Mapping[str, Any], region: str = "") -> Card:
    """The card of an object's view."""
    title = words.said(view["title"], untitled(view["accession_number"]))
    use = view.get("primary")
    return Card(
        url=addresses.page(view),
        title=title,
        maker=makers_line(view),
        date=words.date(view.get("date")),
        number=view["accession_number"],
        picture=pictures.of_use(use, title, region) if use else None,
        id=view["id"],
        warning=bool(view["care"]["sensitivity"] or view["care"]["warning"]),
    )


def makers_line(view: Mapping[str, Any]) -> Said:
    """Makers in one line: the cataloguer's own words, else the names."""
    if view.get("makers_display"):
        return words.said(view["makers_display"])
    names = [attributed(maker) for maker in view.get("makers", []) if holds(maker)]
    if not names:
        return Said("")
    fallback = len(names) == 1 and names[0].fallback
    return Said(", ".join(name.text for name in names[:3]), names[0].lang if fallback else "", fallback)


def attributed(maker: Mapping[str, Any]) -> Said:
    """A maker with the attribution in words: “attributed to …”."""
    name = words.said(maker["agent"]["label"])
    phrase = attribution(maker.get("qualifier") or "")
    return Said(phrase % {"name": name.text}, name.lang, name.fallback) if phrase else name


def attribution(qualifier: str) -> str:
    """The phrase of an attribution qualifier with a place for the name; empty for a plain “by”."""
    phrase = _ATTRIBUTIONS.get(qualifier)
    return _(phrase) if phrase else ""


_ATTRIBUTIONS = {
    "attributed": gettext_noop("attributed to %(name)s"),
    "workshop": gettext_noop("workshop of %(name)s"),
    "circle": gettext_noop("circle of %(name)s"),
    "follower": gettext_noop("follower of %(name)s"),
    "school": gettext_noop("school of %(name)s"),
    "style": gettext_noop("style of %(name)s"),
    "after": gettext_noop("after %(name)s"),
    "copy": gettext_noop("copy after %(name)s"),
    "formerly": gettext_noop("formerly attributed to %(name)s"),
}


def holds(row: Mapping[str, Any]) -> bool:
    """True for a statement that is neither superseded nor rejected."""
    return not row.get("superseded") and row.get("certainty") != "rejected"


def of_refs(refs: Iterable[Mapping[str, Any]]) -> list[Card]:
    """Cards of references to objects."""
    return [of_ref(ref) for ref in refs]
