"""Exhibitions in the language of IIIF: a manifest of what is shown in its order, and a collection of the objects' own manifests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from artifacts.models import Artifact
from artifacts.standing import Standing, State
from exhibits.hanging import Hung, hung
from exhibits.models import ExhibitionPage, MuseumSettings, Shown
from iiif.presentation import addresses, collection_kinds, contributions, store
from iiif.presentation.collection_kinds import Entry, Folder
from iiif.presentation.contributions import Institution
from iiif.presentation.object_sheets import picture
from iiif.presentation.objects import attribution_of, rights_of, titled
from iiif.presentation.sources import Belonging, Chapter, Fact, Kind, Link, ManifestSource, Picture, Text
from iiif.presentation.texts import in_interface_languages, interface_languages
from records import languages, projection

FOLDER = "exhibitions"
View = Mapping[str, Any]


def register() -> None:
    """Make exhibitions, their collections and the museum's logo known to the Presentation API."""
    store.register(Kind("exhibition", describe, _keys, standing, _showing))
    collection_kinds.offer(Folder(FOLDER, _("Exhibitions"), _entries, _objects))
    contributions.offer_institution(institution)
    contributions.offer_renderings("object", _sheets)


def describe(view: View) -> ManifestSource | None:
    """An exhibition as a manifest: a canvas for each object or detail that it shows; None when nothing of it can be seen."""
    places = hung(view["id"])
    shown = dict(_views([place.object for place in places]))
    sheets = [sheet for place in places if (sheet := _sheet(place, shown)) is not None]
    if not sheets:
        return None
    chapters = [Chapter(f"part-{n}", label, pages) for n, (label, pages) in enumerate(_parts(places, sheets), start=1)]
    return ManifestSource(
        kind="exhibition",
        id=view["id"],
        label=view["title"],
        sheets=sheets,
        summary=view["summary"] or view["subtitle"],
        facts=list(_facts(view)),
        homepages=[Link(url, view["title"], "text/html", lang) for lang, url in view["urls"].items()],
        behaviors=["individuals"] if len(sheets) > 1 else [],
        chapters=chapters,
        part_of=[
            Belonging(addresses.collection(FOLDER, view["id"]), view["title"]),
            Belonging(addresses.collection(FOLDER), in_interface_languages(_("Exhibitions"))),
        ],
    )


def _views(keys: Sequence[int]) -> Iterator[tuple[int, View]]:
    by_id = dict(Artifact.objects.public().filter(pk__in=keys).values_list("public_id", "pk"))
    for view in projection.views("object", keys):
        yield by_id[view["id"]], view


def _sheet(place: Hung, shown: Mapping[int, View]) -> Picture | None:
    """The main picture of the object, or the detail of it, with what the exhibition says there."""
    view = shown.get(place.object)
    use = view.get("primary") if view else None
    if view is None or not use or use["type"] != "image" or not use["width"]:
        return None
    title = titled(view)
    made = picture({**use, "label": title, "caption": place.text, "region": place.region}, 1)
    pages = [Link(f"/{lang}/objects/{view['id']}/{view['slug']}/", title, "text/html", lang) for lang in interface_languages()]
    return replace(made, id=place.id, homepage=pages, behavior="", attribution=attribution_of(view), rights=rights_of(view["rights"]))


def _parts(places: Sequence[Hung], sheets: Sequence[Picture]) -> Iterator[tuple[Text, list[str]]]:
    """(heading, canvases below it) of what hangs together under one; what hangs by itself belongs to none."""
    there = {sheet.id for sheet in sheets}
    heading: Text = {}
    pages: list[str] = []
    for place in places:
        if place.heading != heading:
            if heading and pages:
                yield heading, pages
            heading, pages = place.heading, []
        if place.id in there:
            pages.append(place.id)
    if heading and pages:
        yield heading, pages


def _facts(view: View) -> Iterator[Fact]:
    for label, text in ((_("Subtitle"), view["subtitle"]), (_("Venue"), view["venue"])):
        if text:
            yield Fact(in_interface_languages(label), [text])
    days = [day.isoformat() if day else "" for day in (view["opens_on"], view["closes_on"])]
    if any(days):
        yield Fact(in_interface_languages(_("Dates")), [{"und": "/".join(days)}])


def _keys() -> Any:
    return ExhibitionPage.objects.live().public().values_list("pk", flat=True)


def standing(public_id: str) -> Standing:
    """What the manifest of an exhibition answers: its translations share the manifest of the one that leads."""
    page = ExhibitionPage.objects.filter(public_id=public_id).first()
    if page is None:
        return Standing(State.NEVER, public_id)
    if page.live and not page.get_view_restrictions().exists():
        return Standing(State.PUBLIC, public_id, pk=page.pk)
    if page.live or page.first_published_at is None:
        return Standing(State.NEVER, public_id)
    return Standing(State.GONE, public_id, since=timezone.localdate(page.latest_revision_created_at or page.first_published_at))


def _showing(objects: Sequence[int]) -> Any:
    return Shown.objects.filter(artifact__in=objects, exhibition__live=True).values_list("exhibition", flat=True).distinct()


def _entries(wanted: str = "", most: int | None = None) -> list[Entry]:
    pages = ExhibitionPage.objects.live().public().order_by("pk")
    chosen = list(pages.filter(public_id=wanted) if wanted else pages)
    views = {view["id"]: view for view in projection.views("exhibition", [page.pk for page in chosen])}
    found = []
    for page in chosen:
        view = views.get(page.public_id)  # a translation has none of its own
        if view:
            homepages = [Link(url, view["title"], "text/html", lang) for lang, url in view["urls"].items()]
            found.append(Entry(page.pk, page.public_id, view["title"], view["summary"], homepages, [("exhibition", page.public_id)]))
    return found[:most]


def _objects(pk: int) -> QuerySet[Artifact]:
    return Artifact.objects.public().filter(shown_in__exhibition=pk)


def institution() -> Institution | None:
    """The museum's own name, page and logo."""
    chosen = MuseumSettings.objects.select_related("logo").order_by("pk").first()
    if chosen is None:
        return None
    logo = None
    if chosen.logo is not None and chosen.logo.tier == "public" and chosen.logo.width and chosen.logo.height:
        logo = Picture("logo", chosen.logo.public_id, chosen.logo.width, chosen.logo.height, {})
    return Institution(languages.plain(chosen.name or {}), logo=logo)


def _sheets(view: View) -> Iterator[Link]:
    """The object's sheet for printing in each language of the interface, which its label says: iiif-prezi3 drops the language of a rendering."""
    for code in interface_languages():
        yield Link(f"/{code}/objects/{view['id']}/sheet.pdf", _sheet_label(code), "application/pdf", type="Text")


def _sheet_label(code: str) -> Text:
    """Which of the sheets it is, in each language: “PDF sheet (Vietnamese)”."""
    return {reader: f"{words} ({languages.name(code, reader)})" for reader, words in in_interface_languages(_("PDF sheet")).items()}
