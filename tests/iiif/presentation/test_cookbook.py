"""Our output for the content of recipes of the IIIF Cookbook has their structure (https://iiif.io/api/cookbook/).

The structures are facts of the recipes, written down here in our own words: types, nesting, which properties are there, what
points to what. A pattern's ``...`` stands for any value, a type for any value of that type.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from artifacts.models import Description, Event, Inscription, Right
from exhibits.models import MuseumSettings
from iiif.presentation import contributions
from iiif.presentation.check import problems
from iiif.presentation.sources import Link
from tests.factories import add_picture, make_asset, make_object, make_place, publish, text

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]

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


def test_0001_mvm_image():
    made = manifest_of(book(1))
    like(
        made,
        {
            "@context": "http://iiif.io/api/presentation/3/context.json",
            "id": str,
            "type": "Manifest",
            "label": {"vi": [str]},
            "items": [PAGE],
        },
    )
    canvas = made["items"][0]
    assert canvas["items"][0]["items"][0]["target"] == canvas["id"]


def test_0002_mvm_audio():
    artifact = make_object()
    recording(artifact, "audio")
    sound = {"id": str, "type": "Sound", "format": "audio/mpeg", "duration": 65.5}
    made = manifest_of(artifact)
    like(made["items"], [painted(sound, duration=65.5)])
    assert "width" not in made["items"][0]


def test_0003_mvm_video():
    artifact = make_object()
    recording(artifact)
    film = {"id": str, "type": "Video", "format": "video/mp4", "duration": 65.5, "width": 640, "height": 360}
    like(manifest_of(artifact)["items"], [painted(film, duration=65.5, width=640, height=360)])


def test_0004_canvas_size():
    artifact = make_object()
    add_picture(artifact, asset=make_asset(width=20000, height=10000))
    canvas = manifest_of(artifact)["items"][0]
    image = canvas["items"][0]["items"][0]["body"]
    assert (canvas["width"], canvas["height"]) == (20000, 10000)
    assert (image["width"], image["height"]) != (20000, 10000)
    assert image["width"] == 2 * image["height"]


def test_0005_image_service():
    made = manifest_of(book(1))
    like(made["items"][0]["items"][0]["items"][0]["body"], {**IMAGE, "service": [SERVICE]})
    body = made["items"][0]["items"][0]["items"][0]["body"]
    assert body["id"] == body["service"][0]["id"] + "/full/max/0/default.jpg"


def test_0006_text_language():
    description = {"en": {"text": "A drum.", "state": "source"}, "vi": {"text": "Một cái trống.", "state": "source"}}
    artifact = make_object(rows={"descriptions": [Description(kind="label", text=description)]}, credit_line=description)
    add_picture(artifact)
    both = {"en": [str], "vi": [str]}
    made = manifest_of(artifact)
    like(made, {"summary": both, "requiredStatement": {"label": both, "value": both}})
    assert all({"en", "vi"} <= pair["label"].keys() for pair in made["metadata"])


def test_0008_rights():
    artifact = make_object(
        rows={"rights": [Right(applies_to="image", statement="https://creativecommons.org/licenses/by/4.0/")]}, credit_line=text("Museum")
    )
    add_picture(artifact)
    like(
        manifest_of(artifact),
        {"rights": "http://creativecommons.org/licenses/by/4.0/", "requiredStatement": {"label": ENGLISH, "value": {"en": ["Museum"]}}},
    )


def test_0009_book_1():
    like(manifest_of(book(5, page_display="paged")), {"behavior": ["paged"], "items": [PAGE] * 5})


@pytest.mark.parametrize("direction", ["right-to-left", "top-to-bottom"])
def test_0010_book_2_viewing_direction(direction):
    made = manifest_of(book(3, page_display="paged", viewing_direction=direction))
    like(made, {"viewingDirection": direction, "items": [PAGE] * 3})


@pytest.mark.parametrize("behavior", ["continuous", "individuals"])
def test_0011_book_3_behavior(behavior):
    like(manifest_of(book(3, page_display=behavior)), {"behavior": [behavior], "items": [PAGE] * 3})


def test_0013_placeholder_canvas():
    artifact = make_object()
    film = recording(artifact)
    add_picture(artifact, accompanies=film, role="poster")
    canvas = manifest_of(artifact)["items"][0]
    like(canvas, {"type": "Canvas", "duration": 65.5, "placeholderCanvas": painted(IMAGE, width=int, height=int)})
    beside = canvas["placeholderCanvas"]
    assert beside["items"][0]["items"][0]["target"] == beside["id"] != canvas["id"]
    assert "duration" not in beside


def test_0014_accompanying_canvas():
    artifact = make_object()
    sound = recording(artifact, "audio")
    add_picture(artifact, accompanies=sound, role="companion")
    made = manifest_of(artifact)
    like(made["items"], [painted({"type": "Sound"}, duration=65.5, accompanyingCanvas=painted(IMAGE, width=int, height=int))])


def chapters(artifact: Any, *begun: tuple[int, str, int]) -> None:
    uses = list(artifact.media.all())
    for page, title, level in begun:
        uses[page].chapter, uses[page].chapter_level = text(title), level
        uses[page].save()


def test_0024_book_4_toc():
    artifact = book(6)
    chapters(artifact, (0, "Part one", 1), (1, "First story", 2), (3, "Second story", 2), (4, "Part two", 1))
    made = manifest_of(artifact)
    page = {"id": str, "type": "Canvas"}
    story = {"id": str, "type": "Range", "label": ENGLISH}
    like(
        made["structures"],
        [
            {
                "id": str,
                "type": "Range",
                "label": {"en": ["Part one"]},
                "items": [page, {**story, "items": [page] * 2}, {**story, "items": [page]}],
            },
            {"id": str, "type": "Range", "label": {"en": ["Part two"]}, "items": [page] * 2},
        ],
    )
    assert made["structures"][1]["items"][0]["id"] == made["items"][4]["id"]


def test_0031_bound_multivolume():
    artifact = book(4)
    chapters(artifact, (0, "Volume one", 1), (2, "Volume two", 1))
    structures = manifest_of(artifact)["structures"]
    assert [(one["type"], one["label"]["en"], len(one["items"])) for one in structures] == [
        ("Range", ["Volume one"], 2),
        ("Range", ["Volume two"], 2),
    ]


def _collection(path: str) -> dict[str, Any]:
    from artifacts.models import Artifact
    from iiif.presentation import store

    store.refresh("object", list(Artifact.objects.order_by("pk").values_list("pk", flat=True)))
    made = Client().get(path).json()
    assert problems(made) == []
    return made


MENTION = {"id": str, "type": "Manifest", "label": {"vi": [str]}, "thumbnail": [IMAGE]}


def test_0030_multi_volume():
    whole = book(1, record_level="set")
    volumes = [book(1, part_of=whole, part_order=number) for number in (1, 2)]
    made = _collection(f"/iiif/objects/{whole.public_id}/collection.json")
    like(made, {"type": "Collection", "label": {"vi": [str]}, "behavior": ["multi-part"], "items": [MENTION] * 3})
    volume = manifest_of(volumes[0])
    assert {"id": made["id"], "type": "Collection"} in [{"id": one["id"], "type": one["type"]} for one in volume["partOf"]]


def test_0032_collection():
    book(1)
    book(1)
    made = _collection("/iiif/collection.json")
    like([item for item in made["items"] if item["type"] == "Manifest"], [MENTION] * 2)
    assert made["@context"][-1] == "http://iiif.io/api/presentation/3/context.json"  # after those of the services
    like(made, {"id": str, "type": "Collection", "label": ENGLISH})


@pytest.mark.parametrize("recipe", ["0033-choice", "0034-choice-with-image-services"])
def test_choice(recipe):
    artifact = make_object()
    natural = add_picture(artifact, label=text("Natural light"))
    add_picture(artifact, label=text("X-ray"), accompanies=natural, role="alternative")
    one = {**IMAGE, "label": ENGLISH} if recipe == "0033-choice" else {**IMAGE, "label": ENGLISH, "service": [SERVICE]}
    made = manifest_of(artifact)
    like(made["items"], [painted({"type": "Choice", "items": [one, one]}, width=int, height=int)])
    assert [one["label"]["en"] for one in made["items"][0]["items"][0]["items"][0]["body"]["items"]] == [["Natural light"], ["X-ray"]]


def test_0035_foldouts():
    artifact = book(4, page_display="paged")
    fold_out, spread = artifact.media.all()[1:3]
    fold_out.leaf, spread.leaf = "insert", "spread"
    fold_out.save()
    spread.save()
    made = manifest_of(artifact)
    like(made, {"behavior": ["paged"], "items": [PAGE, {**PAGE, "behavior": ["non-paged"]}, {**PAGE, "behavior": ["facing-pages"]}, PAGE]})
    assert "behavior" not in made["items"][0]


def document(artifact: Any, kind: str = "document", mime: str = "application/pdf", **values: Any) -> Any:
    asset = make_asset(kind=kind, width=None, height=None)
    asset.blob.mime = mime
    asset.blob.save()
    return add_picture(artifact, asset=asset, **values)


def test_0046_rendering():
    artifact = book(2)
    document(artifact, label=text("As PDF"))
    made = manifest_of(artifact)
    like(made["rendering"], [{"id": str, "type": "Text", "label": {"en": ["As PDF"]}, "format": "application/pdf"}])
    assert len(made["items"]) == 2


def test_0125_rendering_3d():
    artifact = book(1)
    document(artifact, "model", "model/gltf-binary")
    made = manifest_of(artifact)
    like(made["rendering"], [{"id": str, "type": "Model", "label": ENGLISH, "format": "model/gltf-binary"}])
    like(made["items"], [PAGE])


def test_a_model_alone_is_painted_and_shown_by_its_poster_before():
    artifact = make_object()
    model = document(artifact, "model", "model/gltf-binary")
    add_picture(artifact, accompanies=model, role="poster")
    like(
        manifest_of(artifact)["items"],
        [painted({"id": str, "type": "Model", "format": "model/gltf-binary"}, placeholderCanvas=painted(IMAGE))],
    )


def test_0047_homepage():
    pages = manifest_of(book(1))["homepage"]
    like(pages, [{"id": str, "type": "Text", "label": {"vi": [str]}, "format": "text/html", "language": [lang]} for lang in ("en", "vi")])


def test_0053_see_also(monkeypatch):
    monkeypatch.setattr(contributions.offers, "see_also", {})
    contributions.offer_see_also(
        "object",
        lambda view: [Link(f"/data/object/{view['id']}.xml", {"en": "LIDO"}, "application/xml", profile="http://www.lido-schema.org")],
    )
    links = manifest_of(book(1))["seeAlso"]
    like(links, [{"id": str, "type": "Dataset", "label": ENGLISH, "format": "application/xml", "profile": "http://www.lido-schema.org"}])


def test_0057_publishing_v2_and_v3():
    artifact = book(2)
    third, second = manifest_of(artifact), manifest_of(artifact, accept=LD_2)
    assert second["@id"] == third["id"]
    like(second, {"@context": "http://iiif.io/api/presentation/2/context.json", "@type": "sc:Manifest", "label": ...})
    canvases = second["sequences"][0]["canvases"]
    image = {
        "@type": "oa:Annotation",
        "motivation": "sc:painting",
        "resource": {"@id": str, "@type": "dctypes:Image", "service": {"@id": str}},
    }
    like(canvases, [{"@type": "sc:Canvas", "label": ..., "width": int, "height": int, "images": [image]}] * 2)
    # annotations made with either version find their canvas
    assert [canvas["@id"] for canvas in canvases] == [canvas["id"] for canvas in third["items"]]


def test_0065_opera_multiple_canvases():
    artifact = make_object()
    for act in ("Act one", "Act two"):
        recording(artifact, label=text(act))
    film = painted({"type": "Video", "duration": 65.5}, label=ENGLISH, duration=65.5)
    like(manifest_of(artifact)["items"], [film, film])


def test_0074_multiple_language_captions():
    artifact = make_object()
    film = recording(artifact)
    captions(artifact, film, "vi")
    captions(artifact, film, "en")
    canvas = manifest_of(artifact)["items"][0]
    choice = [{"id": str, "type": "Text", "format": "text/vtt", "label": {lang: [str]}, "language": lang} for lang in ("vi", "en")]
    body = {"type": "Choice", "items": choice}
    like(
        canvas["annotations"],
        [
            {
                "type": "AnnotationPage",
                "items": [{"type": "Annotation", "motivation": "supplementing", "body": body, "target": canvas["id"]}],
            }
        ],
    )


def test_0117_add_image_thumbnail():
    thumbnail = manifest_of(book(1))["thumbnail"]
    like(thumbnail, [{**IMAGE, "service": [SERVICE]}])
    assert f"/full/{thumbnail[0]['width']},{thumbnail[0]['height']}/" in thumbnail[0]["id"]


def test_0118_multivalue():
    artifact = make_object(
        rows={"inscriptions": [Inscription(original="銅鼓", language="lzh"), Inscription(original="雲龍", language="lzh")]}
    )
    add_picture(artifact)
    values = [pair["value"] for pair in manifest_of(artifact)["metadata"] if pair["label"]["en"] == ["Inscription"]]
    assert values == [{"lzh": ["銅鼓", "雲龍"]}]


def _placed() -> Any:
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


def test_0154_geo_extension():
    contexts = ["http://iiif.io/api/extension/navplace/context.json", "http://iiif.io/api/presentation/3/context.json"]
    like(manifest_of(_placed()), {"@context": contexts, "navPlace": GEOGRAPHY})


def test_0318_navplace_navdate():
    like(manifest_of(_placed()), {"navPlace": GEOGRAPHY, "navDate": "1838-01-01T00:00:00Z"})


def test_0202_start_canvas():
    artifact = book(3)
    first, _second, third = artifact.media.all()
    first.primary, third.primary = False, True
    first.save()
    third.save()
    made = manifest_of(artifact)
    like(made["start"], {"id": made["items"][2]["id"], "type": "Canvas"})
    assert made["thumbnail"] == made["items"][2]["thumbnail"]


def test_0219_using_caption_file():
    artifact = make_object()
    captions(artifact, recording(artifact), "en")
    canvas = manifest_of(artifact)["items"][0]
    body = {"id": str, "type": "Text", "format": "text/vtt", "label": ENGLISH, "language": "en"}
    like(
        canvas["annotations"],
        [{"type": "AnnotationPage", "items": [{"motivation": "supplementing", "body": body, "target": canvas["id"]}]}],
    )


def test_0230_navdate():
    artifact = make_object(rows={"events": [Event(date_text="1986", date_earliest=1986, date_latest=1987)]})
    add_picture(artifact)
    assert manifest_of(artifact)["navDate"] == "1986-01-01T00:00:00Z"


def test_0232_image_thumbnail_canvas():
    like(manifest_of(book(2))["items"], [{**PAGE, "thumbnail": [IMAGE]}] * 2)


def test_0234_provider():
    from wagtail.models import Site

    logo = make_asset(width=800, height=200)
    site = Site.objects.get(is_default_site=True)
    chosen, _ = MuseumSettings.objects.update_or_create(site=site, defaults={"logo": logo, "name": text("City museum")})
    assert chosen.logo == logo
    agent = {
        "id": str,
        "type": "Agent",
        "label": ENGLISH,
        "homepage": [{"id": str, "type": "Text", "label": ENGLISH, "format": "text/html"}],
        "logo": [{**IMAGE, "service": [SERVICE]}],
    }
    like(manifest_of(book(1))["provider"], [agent])


def test_0269_embedded_or_referenced_annotations(monkeypatch):
    artifact = book(1)
    use = artifact.media.get()
    body = {"type": "TextualBody", "value": "x", "language": "en", "format": "text/plain"}

    def items(asked: str, canvas: str) -> list[dict[str, Any]]:
        return [{"id": f"{canvas}/note/1", "type": "Annotation", "motivation": "commenting", "body": body, "target": canvas}]

    monkeypatch.setattr(contributions.offers, "annotation_pages", {})
    contributions.offer_annotations(contributions.AnnotationPages("notes", "Notes", lambda uses: {use.public_id}, items))
    canvas = manifest_of(artifact)["items"][0]
    like(canvas["annotations"], [{"id": str, "type": "AnnotationPage"}])
    assert "items" not in canvas["annotations"][0]
    page = Client().get(canvas["annotations"][0]["id"]).json()
    like(
        page,
        {
            "@context": ...,
            "id": canvas["annotations"][0]["id"],
            "type": "AnnotationPage",
            "items": [{"motivation": "commenting", "target": canvas["id"]}],
        },
    )


def test_0299_region():
    artifact = make_object()
    add_picture(artifact, region="100,200,1000,800")
    made = manifest_of(artifact)
    body = {
        "type": "SpecificResource",
        "source": {**IMAGE, "service": [SERVICE]},
        "selector": {"type": "ImageApiSelector", "region": "100,200,1000,800"},
    }
    like(made["items"], [painted(body, width=1000, height=800)])
    assert "/100,200,1000,800/400,320/" in made["thumbnail"][0]["id"]
