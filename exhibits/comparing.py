"""Two to four objects side by side: what each pane shows, and how one is taken away or another one added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from artifacts.models import Artifact
from exchange.models import PeerObject
from exhibits import addresses, citing, object_page, peers, pictures, showing, words, zooming
from exhibits.cards import Card
from exhibits.peers import PeerCard
from exhibits.pictures import Picture
from exhibits.shared import SharedDetail, written
from exhibits.words import Said
from records.projection import views
from search import visitor
from search.requests import SearchRequest

MOST = 4
FOUND = 12  # objects offered for a search


@dataclass(frozen=True, slots=True)
class Compared:
    """One object in the comparison: its picture, its label, and the address of the comparison without it."""

    key: str
    title: Said
    lines: list[Said]
    url: str
    picture: Picture | None
    book: dict[str, Any] | None
    without: str
    warning: bool = False
    peer: PeerCard | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """An object that may be added, and the address of the comparison with it."""

    card: Card
    url: str
    thumb: str = ""


@dataclass(frozen=True, slots=True)
class Peer:
    """An object of another museum, as an address of the comparison names it."""

    object: str

    def __str__(self) -> str:
        return f"{peers.KEY}{self.object}"


def wanted(values: Sequence[str]) -> list[SharedDetail | Peer]:
    """The objects that an address names, each as ``object.media:x,y,w,h`` or ``peer-object``; what is malformed is left out."""
    found = {str(one): one for value in values if (one := _read(value))}
    return list(found.values())[:MOST]


def _read(value: str) -> SharedDetail | Peer | None:
    if not value.startswith(peers.KEY):
        return written(value)
    inner = written(value.removeprefix(peers.KEY))
    return Peer(inner.object) if inner else None


def address(keys: Sequence[Any], **more: str) -> str:
    """The path of the comparison of these objects."""
    query = [("object", str(key)) for key in keys] + [(name, value) for name, value in more.items() if value]
    return reverse("compare") + (f"?{urlencode(query)}" if query else "")


def page(asked: Sequence[SharedDetail | Peer], text: str = "") -> dict[str, Any]:
    """What the page shows. Objects that the public may not see are left out without a word."""
    seen = _views([one.object for one in asked if isinstance(one, SharedDetail)])
    kept = {one.public_id: one for one in PeerObject.objects.filter(public_id__in=[a.object for a in asked if isinstance(a, Peer)])}
    there = [one for one in asked if (one.object in kept if isinstance(one, Peer) else one.object in seen)]
    compared: list[Compared] = []
    for one in there:
        others = [other for other in there if other is not one]
        made = _borrowed(one, kept[one.object], others) if isinstance(one, Peer) else _compared(one, seen[one.object], others)
        compared += [made] if made else []
    books = [one.book for one in compared if one.book and not one.warning]
    return {
        "compared": compared,
        "viewer": {"books": books} if len(books) > 1 else None,
        "full": len(there) >= MOST,
        "offered": _offered(there, text) if text and len(there) < MOST else [],
        "text": text,
        "keys": [str(one) for one in there],
        "url": address(there),
    }


def _views(public_ids: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    pks = Artifact.objects.public().filter(public_id__in=public_ids).values_list("pk", flat=True)
    return {view["id"]: view for view in views("object", list(pks))}


def _compared(shared: SharedDetail, view: Mapping[str, Any], others: Sequence[SharedDetail | Peer]) -> Compared:
    gallery = object_page.gallery(view, shared.media)
    current, title = gallery.current, object_page.title_of(view)
    picture = current.picture if current else None
    book = None
    if picture and current:
        cite = dict(citing.citations(view))["Chicago"]
        book = {**zooming.book(view, gallery.every, title.text, cite), "start": current.id}
        if fitted := pictures.fitting(shared.region, picture.width, picture.height):
            book["region"] = [int(part) for part in fitted[0].split(",")]
    return Compared(
        key=str(shared),
        title=title,
        lines=showing.label_lines(view),
        url=addresses.page(view) + (f"?view={current.id}" if current and shared.media else ""),
        picture=picture,
        book=book,
        without=address(others),
        warning=bool(view["care"]["sensitivity"] or words.said(view["care"]["warning"])),
    )


def _borrowed(one: Peer, kept: PeerObject, others: Sequence[SharedDetail | Peer]) -> Compared | None:
    card = peers.card(kept)
    if card is None:
        return None
    lines = [card.museum or Said(_("From another museum")), card.attribution, Said(card.rights.label)]
    return Compared(
        key=str(one),
        title=card.title,
        lines=[line for line in lines if line],
        url=card.source,
        picture=None,
        book=peers.book(card, kept.canvas),
        without=address(others),
        peer=card,
    )


def _known(there: Sequence[SharedDetail | Peer], text: str) -> list[Offered]:
    """Objects of other museums that the museum keeps and whose words hold the text."""
    looked = text.casefold()
    known = {str(one) for one in there}
    found = []
    for kept in PeerObject.objects.exclude(picture="").order_by("-pk")[:500]:
        card = peers.card(kept)
        said = [*kept.label.values(), *kept.provider.values(), *kept.attribution.values()]
        if card and any(looked in one.casefold() for one in said) and str(Peer(kept.public_id)) not in known:
            found.append(
                Offered(
                    Card(url=card.source, title=card.title, number=card.museum.text), address([*there, Peer(kept.public_id)]), card.picture
                )
            )
    return found[:FOUND]


def _offered(there: Sequence[SharedDetail | Peer], text: str) -> list[Offered]:
    from exhibits import hits

    found = visitor.run(SearchRequest(text=text, filters={"kind": ("object",), "image": ("yes",)}, limit=FOUND))
    offered: list[Card] = [hits.card(hit) for hit in found.hits]
    known = {one.object for one in there}
    return [Offered(card, address([*there, card.id])) for card in offered if card.id not in known] + _known(there, text)
