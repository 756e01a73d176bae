"""How an object is described for its manifest, from its public view alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from artifacts.models import Artifact, ArtifactMedia
from artifacts.standing import standing
from iiif.presentation import addresses
from iiif.presentation.contributions import links_of, offers
from iiif.presentation.object_facts import facts
from iiif.presentation.object_sheets import Sheets, chapters
from iiif.presentation.sources import Belonging, Kind, Link, ManifestSource, Picture, Position, Recording, Text
from iiif.presentation.texts import in_interface_languages, interface_languages

View = Mapping[str, Any]
PAGED_TYPES = {"book", "manuscript", "album"}
# a pair: two objects that belong together as equals
PAIR = "pair"


def describe(view: View, order: Sequence[str] | None = None) -> ManifestSource | None:
    """The source of an object's manifest; None when it has nothing that the public may see or hear.

    ``order``: the ids of all its canvases where the view holds only some of its pages (``pages``).
    """
    found = Sheets(view["media"])
    sheets = found.canvases({page: number for number, page in enumerate(order, start=1)} if order else None)
    if not sheets:
        return None
    canvases = order or [sheet.id for sheet in sheets]
    title = titled(view)
    main = _main_picture(view, sheets)
    return ManifestSource(
        kind="object",
        id=view["id"],
        label=title,
        sheets=sheets,
        thumbnail=main,
        start=main.id if main and main.id != canvases[0] else "",
        summary=_summary(view["descriptions"]),
        facts=list(facts(view)),
        attribution=attribution_of(view),
        rights=rights_of(view["rights"]),
        provider=(view["museum"] or {}).get("label", {}),
        provider_homepage=(view["museum"] or {}).get("homepage") or "",
        homepages=[Link(f"/{lang}/objects/{view['id']}/{view['slug']}/", title, "text/html", lang) for lang in interface_languages()],
        see_also=links_of(offers.see_also, view),
        renderings=[*found.renderings(), *links_of(offers.renderings, view)],
        part_of=list(_part_of(view)),
        behaviors=_behaviors(view, len(canvases), any(sheet.width for sheet in sheets if isinstance(sheet, Picture | Recording))),
        viewing_direction=view.get("viewing_direction") or "",
        chapters=chapters(_chapters(view, canvases)),
        nav_year=(view["date"] or {}).get("earliest"),
        positions=list(_positions(view["events"])),
    )


def _keys() -> Iterable[int]:
    """Public objects with something to show."""
    return (
        Artifact.objects.public()
        .filter(pk__in=ArtifactMedia.objects.filter(published=True).values("artifact"))
        .values_list("pk", flat=True)
    )


KIND = Kind(
    "object",
    describe,
    keys=_keys,
    standing=standing,
)


def titled(view: View) -> Text:
    """The title in all its languages, or the number of an object without one."""
    return view["title"] or {"und": view["accession_number"]}


def _chapters(view: View, canvases: Sequence[str]) -> Iterator[tuple[str, Text, int]]:
    """(canvas, chapter that begins there or nothing, its level) in order."""
    begun = {use["id"]: use for use in view["media"] if use["chapter"]}
    for page in canvases:
        use = begun.get(page)
        yield (page, use["chapter"], use["chapter_level"]) if use else (page, {}, 1)


def _main_picture(view: View, sheets: Sequence[Any]) -> Picture | None:
    wanted = (view["primary"] or {}).get("id")
    return next((sheet for sheet in sheets if isinstance(sheet, Picture) and sheet.id == wanted), None)


def _summary(descriptions: Sequence[View]) -> Text:
    for kind in ("label", "summary", "significance", "content", "physical"):
        found = next((text["text"] for text in descriptions if text.get("kind") == kind and text["text"]), None)
        if found:
            return found
    return {}


def attribution_of(view: View) -> Text:
    """Who is to be named wherever it is shown."""
    return view["credit_line"] or (view["museum"] or {}).get("label", {})


def rights_of(rights: Sequence[View]) -> str:
    """The statement on the pictures, else on the work. Licences are identified by their http: URIs (Presentation 3.0, rights)."""
    for subject in ("image", "work"):
        found = next((right["statement"] for right in rights if right.get("applies_to") == subject and right.get("statement")), "")
        if found:
            return canonical_rights(found)
    return ""


def canonical_rights(uri: str) -> str:
    """The identifier of a licence or statement: http:, without its translations (``deed.vi``) and with the slash at its end."""
    if "//creativecommons.org/" not in uri and "//rightsstatements.org/" not in uri:
        return uri
    plain = uri.replace("https://", "http://", 1).replace("rightsstatements.org/page/", "rightsstatements.org/vocab/")
    plain = plain.split("/deed.")[0].split("/legalcode")[0].split("?")[0]
    return plain.rstrip("/") + "/"


def _behaviors(view: View, count: int, seen: bool) -> list[str]:
    """How the canvases belong together. ``seen``: whether there is anything to look at: sounds cannot be bound or rolled (3.4)."""
    if count < 2:
        return []
    chosen = view.get("page_display")
    if chosen and (seen or chosen not in {"paged", "continuous"}):
        return [chosen]
    return ["paged"] if seen and (view["object_type"] or {}).get("code") in PAGED_TYPES else ["individuals"]


def _positions(events: Iterable[View]) -> Iterator[Position]:
    """Where it was made, found and used, each place once."""
    seen: set[str] = set()
    for event in events:
        place = event.get("place") or {}
        if place.get("latitude") is not None and place["id"] not in seen and not event.get("superseded"):
            seen.add(place["id"])
            yield Position(place["latitude"], place["longitude"], place["label"])


def _part_of(view: View) -> Iterator[Belonging]:
    """Collections that the manifest is in: its group's, department's, sets', people's, places', exhibitions', and the whole museum's."""
    yield from groups(view)
    if view["department"]:
        yield _in("departments", view["department"])
    yield from (_in("sets", one) for one in view["sets"])
    makers = [maker["agent"] for maker in view["makers"] if not maker.get("superseded")]
    places = [event["place"] for event in view["events"] if event.get("place") and not event.get("superseded")]
    yield from _once("people", [*makers, *(row["agent"] for row in view["subjects"] if row.get("agent"))])
    yield from _once("places", places)
    yield from _once("exhibitions", view.get("exhibitions") or [])
    yield Belonging(addresses.collection(), in_interface_languages(_("All objects")))


def groups(view: View) -> Iterator[Belonging]:
    """The collections of the set that it is, the set that it is a part of, and the pair that it belongs to."""
    if view["parts"] or any(relation.get("kind") == PAIR and relation.get("other") for relation in view["relations"]):
        yield Belonging(addresses.group(view["id"]), titled(view))
    if view["part_of"]:
        yield Belonging(addresses.group(view["part_of"]["id"]), view["part_of"]["label"] or {"und": view["part_of"]["number"]})


def _in(folder: str, ref: View) -> Belonging:
    return Belonging(addresses.collection(folder, ref["id"]), ref["label"])


def _once(folder: str, refs: Iterable[View]) -> Iterator[Belonging]:
    yield from {ref["id"]: _in(folder, ref) for ref in refs if ref.get("label")}.values()
