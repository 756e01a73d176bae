"""What other rooms add to manifests: annotation pages on canvases, services, links, the institution."""

import pytest

from iiif.presentation import contributions, store
from iiif.presentation.check import problems
from iiif.presentation.contributions import AnnotationPages, Institution, Offers, Services
from iiif.presentation.sources import Link, Picture
from tests.factories import add_picture, make_object, text

pytestmark = pytest.mark.django_db

GRANULARITY = "http://iiif.io/api/extension/text-granularity/context.json"


@pytest.fixture(autouse=True)
def offers(monkeypatch):
    """Nobody's offers but the test's."""
    empty = Offers()
    for module in (
        contributions,
        *(
            __import__(f"iiif.presentation.{name}", fromlist=["offers"])
            for name in ("build", "canvases", "collections", "objects", "store", "views")
        ),
    ):
        monkeypatch.setattr(module, "offers", empty)
    return empty


@pytest.fixture
def book():
    artifact = make_object(title="Sách")
    for number in range(2):
        add_picture(artifact, label=text(f"p. {number}"))
    return artifact


def words_of(use):
    def items(asked, canvas):
        if asked != use.public_id:
            return None
        body = {"type": "TextualBody", "value": "子曰", "language": "lzh", "format": "text/plain"}
        target = {"type": "SpecificResource", "source": canvas, "selector": {"type": "FragmentSelector", "value": "xywh=1,2,30,40"}}
        return [
            {
                "id": f"{canvas}/word/1",
                "type": "Annotation",
                "motivation": "supplementing",
                "textGranularity": "line",
                "body": body,
                "target": target,
            }
        ]

    return AnnotationPages("text", "Text", having=lambda uses: set(uses) & {use.public_id}, items=items, contexts=[GRANULARITY])


def test_an_annotation_page_is_mentioned_on_its_canvas_alone_and_answered_at_its_address(client, book, settings):
    first = book.media.first()
    contributions.offer_annotations(words_of(first))
    manifest = client.get(f"/iiif/objects/{book.public_id}/manifest.json").json()
    assert problems(manifest) == []
    with_words, without = manifest["items"]
    address = f"{settings.MUSEUM_ORIGIN}/iiif/objects/{book.public_id}/canvas/{first.public_id}/page/text"
    assert [(page["id"], page["type"]) for page in with_words["annotations"]] == [(address, "AnnotationPage")]
    assert "annotations" not in without
    page = client.get(address.removeprefix(settings.MUSEUM_ORIGIN)).json()
    assert page["id"] == address
    assert page["@context"][0] == GRANULARITY
    assert page["items"][0]["body"]["value"] == "子曰"
    assert client.get(address.removeprefix(settings.MUSEUM_ORIGIN) + "-v2").json()["resources"][0]["on"].endswith("#xywh=1,2,30,40")


def test_there_is_no_page_for_a_canvas_without_words_or_of_a_hidden_object(client, book):
    first, second = book.media.all()
    contributions.offer_annotations(words_of(first))
    assert client.get(f"/iiif/objects/{book.public_id}/canvas/{second.public_id}/page/text").status_code == 404
    hidden = make_object(public=False)
    use = add_picture(hidden)
    contributions.offer_annotations(words_of(use))
    assert client.get(f"/iiif/objects/{hidden.public_id}/canvas/{use.public_id}/page/text").status_code == 404


def test_services_are_named_with_their_contexts_before_the_presentation_one(client, book):
    search = "http://iiif.io/api/search/2/context.json"

    def describe(scope, kind, public_id):
        return [{"id": f"https://origin.invalid/iiif/{kind}/{public_id}/search", "type": "SearchService2"}] if scope == "manifest" else []

    contributions.offer_services(Services(describe, [search]))
    manifest = client.get(f"/iiif/objects/{book.public_id}/manifest.json").json()
    assert problems(manifest) == []
    assert manifest["service"][0]["id"].endswith(f"/iiif/object/{book.public_id}/search")
    assert "origin.invalid" not in manifest["service"][0]["id"]
    assert manifest["@context"] == [search, "http://iiif.io/api/presentation/3/context.json"]


def test_links_are_there_only_where_a_room_offers_them(client, book):
    path = f"/iiif/objects/{book.public_id}/manifest.json"
    assert "seeAlso" not in client.get(path).json()
    contributions.offer_see_also(
        "object",
        lambda view: [Link(f"/data/object/{view['id']}.lido.xml", {"en": "LIDO"}, "application/xml", profile="http://www.lido-schema.org")],
    )
    contributions.offer_renderings("object", lambda view: [Link(f"/sheet/{view['id']}.pdf", {"en": "Sheet"}, "application/pdf")])
    manifest = client.get(path).json()
    assert problems(manifest) == []
    assert manifest["seeAlso"][0]["type"] == "Dataset"
    assert manifest["seeAlso"][0]["profile"] == "http://www.lido-schema.org"
    assert manifest["rendering"][0]["format"] == "application/pdf"


def test_the_institution_lends_its_logo(client, book):
    contributions.offer_institution(
        lambda: Institution({"vi": "Bảo tàng"}, "https://museum.example.org/", Picture("logo", "aaaaaaaaaaaa", 800, 200, {}))
    )
    store.refresh("object", [book.pk])
    provider = client.get(f"/iiif/objects/{book.public_id}/manifest.json").json()["provider"][0]
    assert provider["type"] == "Agent"
    assert (provider["logo"][0]["width"], provider["logo"][0]["height"]) == (320, 80)
    assert provider["logo"][0]["id"].endswith("/aaaaaaaaaaaa/full/320,80/0/default.jpg")
