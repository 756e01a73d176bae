"""Pictures and what is said of them, as the recipes of the IIIF Cookbook have them (see ``cookbook``)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from artifacts.models import Description, Event, Inscription, Right
from exhibits.models import MuseumSettings
from iiif.presentation import contributions
from iiif.presentation.sources import Link
from tests.factories import add_picture, make_asset, make_object, text
from tests.iiif.presentation.cookbook import (
    ENGLISH,
    GEOGRAPHY,
    IMAGE,
    LD_2,
    PAGE,
    SERVICE,
    book,
    document,
    like,
    manifest_of,
    painted,
    placed,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]


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


@pytest.mark.parametrize("recipe", ["0033-choice", "0034-choice-with-image-services"])
def test_choice(recipe):
    artifact = make_object()
    natural = add_picture(artifact, label=text("Natural light"))
    add_picture(artifact, label=text("X-ray"), accompanies=natural, role="alternative")
    one = {**IMAGE, "label": ENGLISH} if recipe == "0033-choice" else {**IMAGE, "label": ENGLISH, "service": [SERVICE]}
    made = manifest_of(artifact)
    like(made["items"], [painted({"type": "Choice", "items": [one, one]}, width=int, height=int)])
    assert [one["label"]["en"] for one in made["items"][0]["items"][0]["items"][0]["body"]["items"]] == [["Natural light"], ["X-ray"]]


def test_0046_rendering():
    artifact = book(2)
    document(artifact, label=text("As PDF"))
    made = manifest_of(artifact)
    like(
        made["rendering"][:-2], [{"id": str, "type": "Text", "label": {"en": ["As PDF"]}, "format": "application/pdf"}]
    )  # and the two sheets
    assert len(made["items"]) == 2


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


def test_0154_geo_extension():
    contexts = ["http://iiif.io/api/extension/navplace/context.json", "http://iiif.io/api/presentation/3/context.json"]
    like(manifest_of(placed()), {"@context": contexts, "navPlace": GEOGRAPHY})


def test_0318_navplace_navdate():
    like(manifest_of(placed()), {"navPlace": GEOGRAPHY, "navDate": "1838-01-01T00:00:00Z"})


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
