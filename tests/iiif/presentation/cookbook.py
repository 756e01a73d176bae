"""Our output for the content of recipes of the IIIF Cookbook has their structure (https://iiif.io/api/cookbook/).

The structures are facts of the recipes, written down here in our own words: types, nesting, which properties are there, what
points to what. A pattern's ``...`` stands for any value, a type for any value of that type.
"""

from __future__ import annotations

from typing import Any

from django.test import Client

from artifacts.models import Event
from iiif.presentation.check import problems
from tests.factories import add_picture, make_asset, make_object, make_place, publish, text

LD_2 = 'application/ld+json;profile="http://iiif.io/api/presentation/2/context.json"'
ENGLISH = {"en": [str]}


def like(found: Any, pattern: Any, path: str = "") -> None:
    """``found`` has everything that the pattern has."""
    if pattern is ...:
        return
    if isinstance(pattern, type):
        assert isinstance(found, pattern), f"{path}: {found!r} is no {pattern.__name__}"
    elif isinstance(pattern, dict):
        assert isinstance(found, dict), f"{path}: {found!r}"
        for name, inner in pattern.items():
            assert name in found, f"{path}.{name} is missing: {sorted(found)}"
            like(found[name], inner, f"{path}.{name}")
    elif isinstance(pattern, list):
        assert isinstance(found, list) and len(found) == len(pattern), f"{path}: {found!r}"
        for number, (one, inner) in enumerate(zip(found, pattern, strict=True)):
            like(one, inner, f"{path}[{number}]")
    else:
        assert found == pattern, f"{path}: {found!r} is not {pattern!r}"


def manifest_of(artifact: Any, **headers: str) -> dict[str, Any]:
    """The manifest as a client gets it; it is valid, and its paintings are on their canvases."""
    publish(artifact)
    made = Client().get(f"/iiif/objects/{artifact.public_id}/manifest.json", headers=headers).json()
    assert problems(made, thorough=True) == []
    return made


def painted(body: Any, **canvas: Any) -> dict[str, Any]:
    """A canvas that a body is painted on: every recipe nests it so."""
    annotation = {"id": str, "type": "Annotation", "motivation": "painting", "body": body, "target": str}
    return {"id": str, "type": "Canvas", "items": [{"id": str, "type": "AnnotationPage", "items": [annotation]}], **canvas}


SERVICE = {"id": str, "type": "ImageService3", "profile": str}
IMAGE = {"id": str, "type": "Image", "format": "image/jpeg", "width": int, "height": int}
PAGE = painted(IMAGE, width=int, height=int, label=...)


def book(pages: int, **values: Any) -> Any:
    artifact = make_object(title="Sách", **values)
    for number in range(pages):
        add_picture(artifact, label=text(f"p. {number + 1}"))
    return artifact


def recording(artifact: Any, kind: str = "video", **values: Any) -> Any:
    size = {"width": 640, "height": 360} if kind == "video" else {"width": None, "height": None}
    asset = make_asset(kind=kind, duration=65.5, **size)
    asset.blob.mime = "video/mp4" if kind == "video" else "audio/mpeg"
    asset.blob.save()
    return add_picture(artifact, asset=asset, **values)


def captions(artifact: Any, film: Any, language: str) -> Any:
    asset = make_asset(kind="document", width=None, height=None)
    asset.blob.mime = "text/vtt"
    asset.blob.save()
    return add_picture(artifact, asset=asset, accompanies=film, role="captions", language=language, label=text("Captions", language))


def chapters(artifact: Any, *begun: tuple[int, str, int]) -> None:
    uses = list(artifact.media.all())
    for page, title, level in begun:
        uses[page].chapter, uses[page].chapter_level = text(title), level
        uses[page].save()


def collection_at(path: str) -> dict[str, Any]:
    from artifacts.models import Artifact
    from iiif.presentation import store

    store.refresh("object", list(Artifact.objects.order_by("pk").values_list("pk", flat=True)))
    made = Client().get(path).json()
    assert problems(made) == []
    return made


MENTION = {"id": str, "type": "Manifest", "label": {"vi": [str]}, "thumbnail": [IMAGE]}


def document(artifact: Any, kind: str = "document", mime: str = "application/pdf", **values: Any) -> Any:
    asset = make_asset(kind=kind, width=None, height=None)
    asset.blob.mime = mime
    asset.blob.save()
    return add_picture(artifact, asset=asset, **values)


def placed() -> Any:
    place = make_place("Huế", latitude=16.4637, longitude=107.5909)
    artifact = make_object(rows={"events": [Event(place=place, date_text="1838", date_earliest=1838, date_latest=1838)]})
    add_picture(artifact)
    return artifact


GEOGRAPHY = {
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "properties": {"label": {"vi": ["Huế"]}}, "geometry": {"type": "Point", "coordinates": [107.5909, 16.4637]}}
    ],
}
