"""From a description to a manifest: iiif-prezi3 models bottom-up with explicit ids (its helpers are quadratic).

Absolute addresses begin with the placeholder origin (``addresses.PLACEHOLDER``).
"""

from __future__ import annotations

from typing import Any

import orjson
from django.conf import settings
from iiif_prezi3 import (
    Annotation,
    AnnotationBody,
    AnnotationPage,
    Canvas,
    CanvasRef,
    Homepage,
    KeyValueString,
    Manifest,
    Provider,
    Range,
    ServiceV3,
)

from iiif.image.parameters import largest
from iiif.presentation import addresses
from iiif.presentation.addresses import PLACEHOLDER
from iiif.presentation.sources import Chapter, Link, ManifestSource, Picture, Text

CONTEXT = "http://iiif.io/api/presentation/3/context.json"
THUMBNAIL = 400


def build(source: ManifestSource) -> dict[str, Any]:
    """The manifest as a dict ready for JSON, with the placeholder origin. Raises ValueError when prezi3 refuses a value."""
    fields: dict[str, Any] = {
        "id": PLACEHOLDER + addresses.manifest(source.kind, source.id),
        "label": language_map(source.label),
        "items": [_canvas(source, picture) for picture in source.pictures],
        "thumbnail": [thumbnail(source.pictures[0])],
        "partOf": [{"id": PLACEHOLDER + addresses.COLLECTION, "type": "Collection"}],
    }
    if source.summary:
        fields["summary"] = language_map(source.summary)
    if source.facts:
        fields["metadata"] = [KeyValueString(label=language_map(fact.label), value=_values(fact.values)) for fact in source.facts]
    if source.attribution:
        fields["requiredStatement"] = KeyValueString(label=_ATTRIBUTION, value=language_map(source.attribution))
    if source.rights:
        fields["rights"] = source.rights
    if source.provider:
        fields["provider"] = [_provider(source)]
    if source.homepages:
        fields["homepage"] = [_homepage(link) for link in source.homepages]
    if source.see_also:
        fields["seeAlso"] = [_see_also(link) for link in source.see_also]
    if source.behaviors:
        fields["behavior"] = list(source.behaviors)
    if source.viewing_direction:
        fields["viewingDirection"] = source.viewing_direction
    if source.chapters:
        fields["structures"] = [_range(source, chapter) for chapter in source.chapters]
    return _finished(Manifest(**fields), source)


_ATTRIBUTION = {"en": ["Attribution"], "vi": ["Ghi công"]}


def language_map(text: Text) -> dict[str, list[str]]:
    """``{lang: text}`` → ``{lang: [text]}``; "und" becomes "none" (Presentation 3.0, 4.1)."""
    return {"none" if tag == "und" else tag: [words] for tag, words in text.items()}


def thumbnail(picture: Picture) -> dict[str, Any]:
    """A thumbnail of exact size with its service."""
    service = addresses.image_service(picture.asset)
    width, height = fitted(picture.width, picture.height, THUMBNAIL)
    return {
        "id": f"{service}/full/{width},{height}/0/default.jpg",
        "type": "Image",
        "format": "image/jpeg",
        "width": width,
        "height": height,
        "service": [{"id": service, "type": "ImageService3", "profile": "level2"}],
    }


def fitted(width: int, height: int, longest: int) -> tuple[int, int]:
    """Size within ``longest`` × ``longest``, proportions kept, never enlarged, never below 1."""
    scale = min(1.0, longest / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _values(values: Any) -> dict[str, list[str]]:
    merged: dict[str, list[str]] = {}
    for value in values:
        for tag, words in language_map(value).items():
            merged.setdefault(tag, []).extend(words)
    return merged


def _canvas(source: ManifestSource, picture: Picture) -> Canvas:
    canvas = PLACEHOLDER + addresses.canvas(source.kind, source.id, picture.id)
    service = addresses.image_service(picture.asset)
    width, height = (picture.width, picture.height) if settings.IMAGE_SERVICE_URL else largest(picture.width, picture.height)
    body = AnnotationBody(
        id=f"{service}/full/max/0/default.jpg",
        type="Image",
        format="image/jpeg",
        width=width,  # of what "max" answers: our service caps it; the canvas keeps the picture's own size
        height=height,
        service=[ServiceV3(id=service, type="ImageService3", profile="level2")],
    )
    painting = Annotation(
        id=PLACEHOLDER + addresses.annotation(source.kind, source.id, f"{picture.id}-painting"),
        motivation="painting",
        body=body,
        target=canvas,
    )
    page = AnnotationPage(id=PLACEHOLDER + addresses.annotation_page(source.kind, source.id, picture.id), items=[painting])
    fields: dict[str, Any] = {
        "id": canvas,
        "label": language_map(picture.label),
        "width": picture.width,
        "height": picture.height,
        "items": [page],
        "thumbnail": [thumbnail(picture)],
    }
    about = picture.caption or picture.alt
    if about:
        fields["summary"] = language_map(about)
    return Canvas(**fields)


def _provider(source: ManifestSource) -> Provider:
    home = source.provider_homepage or f"{PLACEHOLDER}/"
    return Provider(
        id=home,
        type="Agent",
        label=language_map(source.provider),
        homepage=[Homepage(id=home, type="Text", format="text/html", label=language_map(source.provider))],
    )


def _homepage(link: Link) -> Homepage:
    return Homepage(id=PLACEHOLDER + link.path, type="Text", format=link.format, label=language_map(link.label), language=[link.language])


def _see_also(link: Link) -> dict[str, Any]:
    found = {"id": PLACEHOLDER + link.path, "type": "Dataset", "format": link.format, "label": language_map(link.label)}
    return {**found, "profile": link.profile} if link.profile else found


def _range(source: ManifestSource, chapter: Chapter) -> Range:
    return Range(
        id=PLACEHOLDER + addresses.range_(source.kind, source.id, chapter.id),
        label=language_map(chapter.label),
        items=[CanvasRef(id=PLACEHOLDER + addresses.canvas(source.kind, source.id, page), type="Canvas") for page in chapter.pictures],
    )


def _finished(manifest: Manifest, source: ManifestSource) -> dict[str, Any]:
    """The model as a dict, with what it cannot hold: it knows no year before 1."""
    built = {**orjson.loads(manifest.jsonld()), "@context": CONTEXT}
    if source.nav_year is not None:
        built["navDate"] = f"{_xsd_year(source.nav_year)}-01-01T00:00:00Z"
    return built


def _xsd_year(year: int) -> str:
    """XML Schema 1.1 writes 1 BC as 0000, 2 BC as -0001: astronomical years, as ours are."""
    return f"-{-year:04d}" if year < 0 else f"{year:04d}"
