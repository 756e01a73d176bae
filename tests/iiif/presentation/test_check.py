"""Manifests with one fault each: all are refused with a sentence that names the place."""

import copy

import pytest
from django.core.management import CommandError, call_command

from iiif.presentation.build import build
from iiif.presentation.check import problems
from iiif.presentation.sources import Chapter, Fact, File, Link, ManifestSource, Picture, Position, Recording
from iiif.presentation.version2 import converted

# what other rooms add to a manifest may ask the database
pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]

SOURCE = ManifestSource(
    kind="object",
    id="abcdefghijkl",
    label={"vi": "Sách", "en": "Book"},
    sheets=[Picture(f"page{number:08d}", f"asset{number:07d}", 1200, 1800, {"und": str(number)}) for number in range(1, 4)],
    summary={"en": "A book."},
    facts=[Fact({"en": "Number"}, [{"und": "BT 1"}])],
    attribution={"en": "Museum"},
    rights="http://creativecommons.org/publicdomain/zero/1.0/",
    provider={"en": "Museum"},
    homepages=[Link("/en/objects/abcdefghijkl/book/", {"en": "Book"}, "text/html", "en")],
    behaviors=["paged"],
    chapters=[Chapter("one", {"en": "Chapter one"}, ["page00000001", "page00000002"])],
    nav_year=1838,
    positions=[Position(16.46, 107.59, {"vi": "Huế"})],
)
FILM = ManifestSource(
    kind="object",
    id="abcdefghijkl",
    label={"en": "Film"},
    sheets=[
        Recording(
            "film00000001",
            File("/iiif/files/asset0000009.mp4", "Video", "video/mp4", {"en": "Film"}),
            60.5,
            {"en": "Film"},
            width=640,
            height=360,
            captions=[File("/iiif/files/asset0000008.vtt", "Text", "text/vtt", {"vi": "Phụ đề"}, "vi")],
            poster=Picture("poster000001", "asset0000007", 640, 360, {}),
        )
    ],
)
COLLECTION = {
    "@context": "http://iiif.io/api/presentation/3/context.json",
    "id": "https://origin.invalid/iiif/collection.json",
    "type": "Collection",
    "label": {"en": ["All"]},
    "items": [
        {"id": "https://origin.invalid/iiif/objects/abcdefghijkl/manifest.json", "type": "Manifest", "label": {"en": ["Book"]}},
        {"id": "https://origin.invalid/iiif/collections/sets/abcdefghijkl/collection.json", "type": "Collection", "label": {"en": ["Set"]}},
    ],
}


def good():
    return copy.deepcopy(build(SOURCE))


def test_a_book_is_valid():
    assert problems(good()) == []


def test_a_year_before_christ_is_valid():
    assert problems({**good(), "navDate": "-0299-01-01T00:00:00Z"}) == []


def _set(path, value):
    def fault(manifest):
        target = manifest
        for step in path[:-1]:
            target = target[step]
        if value is None:
            del target[path[-1]]
        else:
            target[path[-1]] = value

    return fault


PAINTING = ("items", 0, "items", 0, "items", 0)
ORIGIN = "https://origin.invalid"
FAULTS = {
    "no context": (_set(["@context"], None), ""),
    "another context": (_set(["@context"], "http://iiif.io/api/presentation/2/context.json"), "@context"),
    "the context not last": (
        _set(["@context"], ["http://iiif.io/api/presentation/3/context.json", "http://iiif.io/api/extension/navplace/context.json"]),
        "@context",
    ),
    "places without their context": (_set(["@context"], "http://iiif.io/api/presentation/3/context.json"), "navPlace"),
    "places that are no collection": (_set(["navPlace", "type"], "Feature"), "navPlace.type"),
    "no place among the places": (_set(["navPlace", "features"], []), "navPlace.features"),
    "latitude before longitude": (
        _set(["navPlace", "features", 0, "geometry", "coordinates"], [16.46, 107.59]),
        "navPlace.features[0].geometry.coordinates[1]",
    ),
    "a description of 2.1": (_set(["description"], "A book."), "description"),
    "a licence of 2.1": (_set(["license"], "http://creativecommons.org/publicdomain/zero/1.0/"), "license"),
    "a hint of 2.1": (_set(["viewingHint"], "paged"), "viewingHint"),
    "an @id of 2.1": (_set(["items", 0, "@id"], "https://a.example/c"), "items[0].@id"),
    "a context within": (_set(["items", 0, "@context"], "http://iiif.io/api/presentation/3/context.json"), "items[0].@context"),
    "an annotation page without id": (_set(["items", 0, "items", 0, "id"], None), "items[0].items[0]"),
    "a canvas that is a string": (_set(["items", 1], "https://a.example/c"), "items[1]"),
    "a see-also without a type": (_set(["seeAlso"], [{"id": "https://a.example/x.xml"}]), "seeAlso[0]"),
    "a rendering without a label": (_set(["rendering"], [{"id": "https://a.example/x.pdf", "type": "Text"}]), "rendering[0]"),
    "a service without a type": (_set(["service"], [{"id": "https://a.example/search"}]), "service[0]"),
    "a required statement without a value": (_set(["requiredStatement", "value"], None), "requiredStatement"),
    "a direction of a canvas": (_set(["items", 0, "viewingDirection"], "left-to-right"), "items[0].viewingDirection"),
    "a behaviour twice": (_set(["behavior"], ["paged", "paged"]), "behavior"),
    "a range of another type": (_set(["structures", 0, "type"], "Chapter"), "structures[0].type"),
    "an annotation without a motivation": (_set([*PAINTING, "motivation"], None), "items[0].items[0].items[0]"),
    "an annotation of another type": (_set([*PAINTING, "type"], "oa:Annotation"), "items[0].items[0].items[0].type"),
    "no id": (_set(["id"], None), ""),
    "a relative id": (_set(["id"], "/iiif/manifest.json"), "id"),
    "an id with a fragment": (_set(["id"], "https://a.example/manifest.json#x"), "id"),
    "another type": (_set(["type"], "sc:Manifest"), "type"),
    "no label": (_set(["label"], None), ""),
    "a bare label": (_set(["label"], "Book"), "label"),
    "a label without values": (_set(["label"], {"en": []}), "label.en"),
    "a label in no language": (_set(["label"], {"english language": ["Book"]}), "label"),
    "markup in a label": (_set(["label"], {"en": ["<b>Book</b>"]}), "label.en"),
    "a script in the metadata": (_set(["metadata", 0, "value"], {"en": ["<p onclick='x()'>1</p>"]}), "metadata[0].value.en"),
    "a forbidden tag": (_set(["summary"], {"en": ["<p><iframe>1</iframe></p>"]}), "summary.en"),
    "a bare metadata value": (_set(["metadata", 0, "value"], "BT 1"), "metadata[0].value"),
    "metadata without a label": (_set(["metadata", 0, "label"], None), "metadata[0]"),
    "no canvases": (_set(["items"], []), "items"),
    "items missing": (_set(["items"], None), ""),
    "an https licence": (_set(["rights"], "https://creativecommons.org/publicdomain/zero/1.0/"), "rights"),
    "rights in words": (_set(["rights"], "All rights reserved"), "rights"),
    "two rights": (_set(["rights"], ["http://creativecommons.org/publicdomain/zero/1.0/"]), "rights"),
    "a logo of the manifest": (_set(["logo"], [{"id": "https://a.example/l.png", "type": "Image"}]), "logo"),
    "a provider without a label": (_set(["provider", 0, "label"], None), "provider[0]"),
    "a provider of another type": (_set(["provider", 0, "type"], "Organization"), "provider[0].type"),
    "a homepage without a label": (_set(["homepage", 0, "label"], None), "homepage[0]"),
    "a thumbnail as a text": (_set(["thumbnail"], "https://a.example/t.jpg"), "thumbnail"),
    "a thumbnail without a type": (_set(["thumbnail", 0, "type"], None), "thumbnail[0]"),
    "an image service without a profile": (_set(["thumbnail", 0, "service", 0, "profile"], None), "thumbnail[0].service[0]"),
    "a date without a time": (_set(["navDate"], "1838-01-01"), "navDate"),
    "a date in month 13": (_set(["navDate"], "1838-13-01T00:00:00Z"), "navDate"),
    "an unknown direction": (_set(["viewingDirection"], "upwards"), "viewingDirection"),
    "behaviours that exclude each other": (_set(["behavior"], ["paged", "continuous"]), "behavior"),
    "a behaviour of collections": (_set(["behavior"], ["multi-part"]), "behavior"),
    "a behaviour as a text": (_set(["behavior"], "paged"), "behavior"),
    "a canvas without height": (_set(["items", 0, "height"], None), "items[0]"),
    "a canvas of no width": (_set(["items", 0, "width"], 0), "items[0].width"),
    "a canvas of half a pixel": (_set(["items", 0, "width"], 1200.5), "items[0].width"),
    "two canvases of one id": (_set(["items", 1, "id"], f"{ORIGIN}/iiif/objects/abcdefghijkl/canvas/page00000001"), "items[1].id"),
    "two annotations of one id": (
        _set(["items", 1, "items", 0, "items", 0, "id"], f"{ORIGIN}/iiif/objects/abcdefghijkl/annotation/page00000001-painting"),
        "items[1].items[0].items[0].id",
    ),
    "a painting of another canvas": (_set([*PAINTING, "target"], f"{ORIGIN}/elsewhere"), "items[0].items[0].items[0].target"),
    "a comment among the paintings": (_set([*PAINTING, "motivation"], "commenting"), "items[0].items[0].items[0].motivation"),
    "a painting without a target": (_set([*PAINTING, "target"], None), "items[0].items[0].items[0]"),
    "a painting without a body": (_set([*PAINTING, "body"], None), "items[0].items[0].items[0]"),
    "a body without an id": (_set([*PAINTING, "body", "id"], None), "items[0].items[0].items[0].body"),
    "a video on a still canvas": (_set([*PAINTING, "body", "type"], "Video"), "items[0].items[0].items[0]"),
    "a range without items": (_set(["structures", 0, "items"], []), "structures[0].items"),
    "a range that points nowhere": (_set(["structures", 0, "items", 0, "id"], f"{ORIGIN}/nowhere"), "structures[0].items[0]"),
    "a start that is no canvas": (_set(["start"], {"id": f"{ORIGIN}/nowhere", "type": "Canvas"}), "start"),
    "a manifest with a width": (_set(["width"], 100), "width"),
    "a page of another type": (_set(["items", 0, "items", 0, "type"], "AnnotationList"), "items[0].items[0].type"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_manifest_with_one_fault_is_refused_with_its_place(fault):
    _refused(good(), *FAULTS[fault])


FILM_FAULTS = {
    "a film on a canvas that does not last": (_set(["items", 0, "duration"], None), "items[0].items[0].items[0]"),
    "a canvas of no length": (_set(["items", 0, "duration"], 0), "items[0].duration"),
    "a length in words": (_set(["items", 0, "duration"], "60 s"), "items[0].duration"),
    "captions among the paintings": (_set([*PAINTING, "motivation"], "supplementing"), "items[0].items[0].items[0].motivation"),
    "captions that paint": (
        _set(["items", 0, "annotations", 0, "items", 0, "motivation"], "painting"),
        "items[0].annotations[0].items[0].motivation",
    ),
    "a placeholder that plays": (_set(["items", 0, "placeholderCanvas", "duration"], 3), "items[0].placeholderCanvas.duration"),
    "a placeholder of a placeholder": (
        lambda made: made["items"][0]["placeholderCanvas"].update(placeholderCanvas=copy.deepcopy(made["items"][0]["placeholderCanvas"])),
        "items[0].placeholderCanvas.placeholderCanvas",
    ),
    "a placeholder that paints the film's canvas": (
        _set(["items", 0, "placeholderCanvas", "items", 0, "items", 0, "target"], f"{ORIGIN}/elsewhere"),
        "items[0].placeholderCanvas.items[0].items[0].target",
    ),
    "a placeholder with the canvas's id": (
        lambda made: made["items"][0]["placeholderCanvas"].update(id=made["items"][0]["id"]),
        "items[0].placeholderCanvas",
    ),
}
COLLECTION_FAULTS = {
    "a member without a label": (_set(["items", 0, "label"], None), "items[0]"),
    "a canvas as a member": (_set(["items", 0, "type"], "Canvas"), "items[0].type"),
    "a manifest within a collection": (_set(["items", 0, "items"], []), "items[0].items"),
    "a member that is an address": (_set(["items", 1], "https://a.example/c.json"), "items[1]"),
    "no members": (_set(["items"], None), ""),
    "pages of 2.1": (_set(["within"], "https://a.example/c.json"), "within"),
}


@pytest.mark.parametrize("fault", FILM_FAULTS)
def test_a_film_with_one_fault_is_refused_with_its_place(fault):
    _refused(build(FILM), *FILM_FAULTS[fault])


@pytest.mark.parametrize("fault", COLLECTION_FAULTS)
def test_a_collection_with_one_fault_is_refused_with_its_place(fault):
    _refused(copy.deepcopy(COLLECTION), *COLLECTION_FAULTS[fault])


FAULTS_2 = {
    "no label": (_set(["label"], None), ""),
    "a relative id": (_set(["@id"], "/manifest.json"), "@id"),
    "another type": (_set(["@type"], "Manifest"), "@type"),
    "no sequence": (_set(["sequences"], []), "sequences"),
    "no canvases": (_set(["sequences", 0, "canvases"], []), "sequences[0].canvases"),
    "a canvas without height": (_set(["sequences", 0, "canvases", 0, "height"], None), "sequences[0].canvases[0]"),
    "an image that paints elsewhere": (
        _set(["sequences", 0, "canvases", 0, "images", 0, "on"], f"{ORIGIN}/elsewhere"),
        "sequences[0].canvases[0].images[0].on",
    ),
    "another motivation": (
        _set(["sequences", 0, "canvases", 0, "images", 0, "motivation"], "painting"),
        "sequences[0].canvases[0].images[0].motivation",
    ),
    "two canvases of one id": (
        lambda made: made["sequences"][0]["canvases"][1].update({"@id": made["sequences"][0]["canvases"][0]["@id"]}),
        "sequences[0].canvases[1]",
    ),
    "a range that points nowhere": (_set(["structures", 0, "canvases", 0], f"{ORIGIN}/nowhere"), "structures[0].canvases[0]"),
    "a text in no language": (_set(["label"], {"@language": "vi"}), "label"),
    "items of 3.0": (_set(["items"], []), "items"),
}


@pytest.mark.parametrize("fault", FAULTS_2)
def test_a_manifest_of_2_1_with_one_fault_is_refused_with_its_place(fault):
    second = converted(good(), own_address=True)
    assert problems(second, address=second["@id"]) == []
    _refused(second, *FAULTS_2[fault])


def _refused(document, make_fault, where):
    assert problems(document) == []
    make_fault(document)
    found = problems(document)
    assert found, "it was not noticed"
    assert any(problem.where.startswith(where) for problem in found), [str(problem) for problem in found]
    assert all(problem.sentence for problem in found)


def test_a_manifest_must_be_published_at_its_id():
    assert problems(good(), address="https://a.example/other.json")[0].where == "id"


@pytest.mark.parametrize("value", [[], "text", None, 7, {}])
def test_what_is_no_manifest_is_refused(value):
    assert problems(value)


def test_the_command_says_what_is_wrong_and_fails(tmp_path, capsys):
    import json

    fine, broken = tmp_path / "fine.json", tmp_path / "broken.json"
    fine.write_text(json.dumps(good()))
    broken.write_text(json.dumps({**good(), "behavior": ["paged", "continuous"]}))
    call_command("check_manifest", str(fine))
    with pytest.raises(CommandError):
        call_command("check_manifest", str(broken))
    assert "exclude each other" in capsys.readouterr().out
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("check_manifest", str(tmp_path / "absent.json"))
