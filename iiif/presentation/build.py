"""From a description to a manifest, as a dict that orjson writes. Plain dicts: typed models cost forty times as much and lose what
they do not know (decision 10); ``check`` is what holds the result to the specification.

Absolute addresses begin with the placeholder origin (``addresses.PLACEHOLDER``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from iiif.presentation import addresses
from iiif.presentation.addresses import PLACEHOLDER, absolute
from iiif.presentation.canvases import canvas, homepage
from iiif.presentation.contributions import CONTEXT, NO_NOTES, Institution, Notes, contexts_of, offers
from iiif.presentation.pictures import logo, thumbnails
from iiif.presentation.sources import Chapter, Link, ManifestSource, Model, Picture, Position, Recording
from iiif.presentation.texts import language_map, merged, prose_map, statement

NAV_PLACE = "http://iiif.io/api/extension/navplace/context.json"
Json = dict[str, Any]


def build(source: ManifestSource, notes: Notes | None = None, institution: Institution | None = None) -> Json:
    """The whole manifest. ``notes``: which canvases have annotation pages (``contributions.notes_of``)."""
    noted = notes or {}
    canvases = [canvas(source.kind, source.id, sheet, noted.get(sheet.id, NO_NOTES)) for sheet in source.sheets]
    made = frame(source, canvases, institution, contexts_of(noted.get(sheet.id, NO_NOTES) for sheet in source.sheets))
    for sheet, one in zip(source.sheets, canvases, strict=True):
        # a sound has no picture of its own: in a row of thumbnails the object's stands for it (Universal Viewer asks for a broken address else)
        if not isinstance(sheet, Picture) and "thumbnail" in made:
            one.setdefault("thumbnail", made["thumbnail"])
    return made


def frame(source: ManifestSource, items: Sequence[Any], institution: Institution | None = None, contexts: Sequence[str] = ()) -> Json:
    """The manifest around its canvases, which may be dicts or JSON that is written already. ``contexts``: those that the canvases need."""
    services = [service for offer in offers.services for service in offer.describe("manifest", source.kind, source.id)]
    made: Json = {
        "@context": _contexts(source, bool(services), contexts),
        "id": PLACEHOLDER + addresses.manifest(source.kind, source.id),
        "type": "Manifest",
        "label": language_map(source.label),
    }
    for name, value in _described(source, institution):
        if value:
            made[name] = value
    if services:
        made["service"] = services
    made["items"] = items
    if source.chapters:
        made["structures"] = [_range(source, chapter) for chapter in source.chapters]
    return made


def _contexts(source: ManifestSource, has_services: bool, of_canvases: Sequence[str]) -> str | list[str]:
    """4.6: the presentation context comes last."""
    extensions = [NAV_PLACE, *of_canvases] if source.positions else [*of_canvases]
    if has_services:
        extensions += [context for offer in offers.services for context in offer.contexts]
    return [*dict.fromkeys(extensions), CONTEXT] if extensions else CONTEXT


def _described(source: ManifestSource, institution: Institution | None) -> Iterator[tuple[str, Any]]:
    yield "summary", prose_map(source.summary)
    yield "metadata", [{"label": language_map(fact.label), "value": merged(fact.values)} for fact in source.facts]
    if source.attribution:
        yield "requiredStatement", statement(source.attribution)
    yield "rights", source.rights
    yield "provider", _providers(source, institution)
    yield "thumbnail", _thumbnail(source)
    if source.nav_year is not None:
        yield "navDate", f"{_xsd_year(source.nav_year)}-01-01T00:00:00Z"
    if source.positions:
        yield "navPlace", _nav_place(source)
    yield "behavior", list(source.behaviors)
    yield "viewingDirection", source.viewing_direction
    if source.start:
        yield "start", {"id": PLACEHOLDER + addresses.canvas(source.kind, source.id, source.start), "type": "Canvas"}
    yield "homepage", [homepage(link) for link in source.homepages]
    yield "rendering", [_document(link, "Text") for link in source.renderings]
    yield "seeAlso", [_document(link, "Dataset") for link in source.see_also]
    yield (
        "partOf",
        [{"id": PLACEHOLDER + one.path, "type": "Collection", "label": language_map(one.label)} for one in source.part_of],
    )


def _thumbnail(source: ManifestSource) -> list[Json]:
    """Of the picture that stands for the record, else of the first one of which everybody may see something."""
    for picture in (source.thumbnail, *_pictures(source)):
        if picture and (found := thumbnails(picture)):
            return found["thumbnail"]
    return []


def _pictures(source: ManifestSource) -> Iterator[Picture]:
    for sheet in source.sheets:
        match sheet:
            case Picture():
                yield sheet
            case Recording(poster=Picture() as picture) | Recording(companion=Picture() as picture) | Model(poster=Picture() as picture):
                yield picture


def _providers(source: ManifestSource, institution: Institution | None) -> list[Json]:
    """The museum that keeps the record; its own words and logo where this house is that museum."""
    label = source.provider or (institution.label if institution else {})
    if not label:
        return []
    home = absolute(source.provider_homepage or (institution.homepage if institution else "") or "/")
    made: Json = {
        "id": home,
        "type": "Agent",
        "label": language_map(label),
        "homepage": [{"id": home, "type": "Text", "label": language_map(label), "format": "text/html"}],
    }
    return [{**made, "logo": [logo(institution.logo)]} if institution and institution.logo else made]


def _document(link: Link, otherwise: str) -> Json:
    made: Json = {"id": absolute(link.path), "type": link.type or otherwise, "label": language_map(link.label), "format": link.format}
    if link.profile:
        made["profile"] = link.profile
    return {**made, "language": [link.language]} if link.language else made


def _nav_place(source: ManifestSource) -> Json:
    """navPlace extension: a FeatureCollection of the places that the record names."""
    base = PLACEHOLDER + addresses.manifest(source.kind, source.id)
    features = [_feature(f"{base}#place-{number}", position) for number, position in enumerate(source.positions, start=1)]
    return {"id": f"{base}#places", "type": "FeatureCollection", "features": features}


def _feature(address: str, position: Position) -> Json:
    return {
        "id": address,
        "type": "Feature",
        "properties": {"label": language_map(position.label)},
        "geometry": {"type": "Point", "coordinates": [position.longitude, position.latitude]},
    }


def _range(source: ManifestSource, chapter: Chapter) -> Json:
    pages = [{"id": PLACEHOLDER + addresses.canvas(source.kind, source.id, page), "type": "Canvas"} for page in chapter.pages]
    return {
        "id": PLACEHOLDER + addresses.range_(source.kind, source.id, chapter.id),
        "type": "Range",
        "label": language_map(chapter.label),
        "items": [*pages, *(_range(source, inner) for inner in chapter.chapters)],
    }


def _xsd_year(year: int) -> str:
    """XML Schema 1.1 writes 1 BC as 0000, 2 BC as -0001: astronomical years, as ours are."""
    return f"-{-year:04d}" if year < 0 else f"{year:04d}"
