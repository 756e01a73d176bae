"""Properties on resources that must not have them, things that name themselves or something else, and what others may still write
(Presentation 3.0 and 2.1). Each fault is refused with its place.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from iiif.presentation.version2 import converted
from tests.iiif.presentation.others import (
    BASE,
    CONTEXT,
    Json,
    assert_accepted,
    assert_refused,
    canvas,
    chapter,
    collection,
    manifest,
    notes,
    page,
)
from tests.iiif.presentation.test_check_details import AT_COMMENT, COMMENT
from tests.iiif.presentation.test_check_others import FIRST, PAINTED, noted, put

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]

PAGE, AT_PAGE = "items.0.items.0.", "items[0].items[0]"
CIRCLE = chapter("a", page(1), chapter("b", page(2)))
AGENT = [{"id": f"{BASE}/", "type": "Agent", "label": {"en": ["X"]}}]
SEE_ALSO = [{"id": f"{BASE}/d.json", "type": "Dataset"}]
OLD_SERVICE = {"@id": f"{BASE}/i", "@type": "ImageService2", "profile": ["http://iiif.io/api/image/2/level2.json"]}
DATE = "1900-01-01T00:00:00Z"


def book() -> Json:
    return manifest(structures=[copy.deepcopy(CIRCLE)])


# name: (the valid one, its one fault, the place that is named)
FAULTS: dict[str, tuple[Json, Callable[[Json], None], str]] = {
    "the presentation context twice": (manifest(), put("@context", [CONTEXT, CONTEXT]), "@context"),
    "a manifest with a media type": (manifest(), put("format", "application/json"), "format"),
    "a manifest with a language": (manifest(), put("language", ["en"]), "language"),
    "a canvas with a media type": (manifest(), put("items.0.format", "image/jpeg"), "items[0].format"),
    "a canvas with a language": (manifest(), put("items.0.language", ["en"]), "items[0].language"),
    "a range with a width": (book(), put("structures.0.width", 9), "structures[0].width"),
    "a range that lasts": (book(), put("structures.0.items.1.duration", 9), "structures[0].items[1].duration"),
    "a member with a height": (collection(), put("items.0.height", 9), "items[0].height"),
    "a page with a year": (manifest(), put(PAGE + "navDate", DATE), f"{AT_PAGE}.navDate"),
    "a page with a direction": (manifest(), put(PAGE + "viewingDirection", "left-to-right"), f"{AT_PAGE}.viewingDirection"),
    "a page with a height": (manifest(), put(PAGE + "height", 9), f"{AT_PAGE}.height"),
    "a page with chapters": (manifest(), put(PAGE + "structures", []), f"{AT_PAGE}.structures"),
    "a page with a beginning": (manifest(), put(PAGE + "start", page(1)), f"{AT_PAGE}.start"),
    "a page with a placeholder": (manifest(), put(PAGE + "placeholderCanvas", canvas(9)), f"{AT_PAGE}.placeholderCanvas"),
    "a page with annotations beside it": (manifest(), put(PAGE + "annotations", []), f"{AT_PAGE}.annotations"),
    "a painting with a width": (manifest(), put(PAINTED + "width", 9), f"{FIRST}.width"),
    "a painting with a media type": (manifest(), put(PAINTED + "format", "image/jpeg"), f"{FIRST}.format"),
    "a comment with a year": (noted(), put(f"{COMMENT}.navDate", DATE), f"{AT_COMMENT}.navDate"),
    "a picture with a year": (manifest(), put(PAINTED + "body.navDate", DATE), f"{FIRST}.body.navDate"),
    "a picture with a direction": (manifest(), put(PAINTED + "body.viewingDirection", "left-to-right"), f"{FIRST}.body.viewingDirection"),
    "a part of nothing": (manifest(), put(PAINTED + "body", {"type": "SpecificResource", "source": {}}), f"{FIRST}.body.source"),
    "a part of something without an id": (manifest(), put(PAINTED + "body", {"type": "SpecificResource", "source": {"type": "Image"}}), f"{FIRST}.body.source"),
    "an older service with profiles": (manifest(), put(PAINTED + "body.service", [OLD_SERVICE]), f"{FIRST}.body.service[0]"),
    "a day that no calendar before our era has": (manifest(), put("navDate", "-0100-02-30T00:00:00Z"), "navDate"),
    "a 29th of February in a year without": (manifest(), put("items.0.navDate", "-0001-02-29T00:00:00Z"), "items[0].navDate"),
    "a zone beyond the world": (manifest(), put("navDate", "-0100-01-01T00:00:00+25:00"), "navDate"),
    "a range that names itself": (book(), put("structures.0.items.0", {"id": f"{BASE}/range/a", "type": "Range"}), "structures[0].items[0]"),
    "a range in one that is within it": (book(), put("structures.0.items.1.items.0", {"id": f"{BASE}/range/a", "type": "Range"}), "structures[0].items[1].items[0]"),
    "a range elsewhere with an id of two parts": (book(), put("structures.0", {"id": f"{BASE}/r#1", "type": "Range"}), "structures[0].id"),
    "a comment on the next canvas": (noted(), put(f"{COMMENT}.target", f"{BASE}/canvas/2#xywh=0,0,9,9"), f"{AT_COMMENT}.target"),
    "a comment on a part of the next canvas": (noted(), put(f"{COMMENT}.target", {"type": "SpecificResource", "source": page(2)}), f"{AT_COMMENT}.target"),
    "a comment on a canvas of others": (noted(), put(f"{COMMENT}.target", "https://elsewhere.example/canvas"), f"{AT_COMMENT}.target"),
    "a comment beside the manifest on another": (manifest(annotations=[notes()]), put("annotations.0.items.0.target", f"{BASE}/other.json"), "annotations[0].items[0].target"),
    "a comment beside the collection on another": (collection(annotations=[notes(target=f"{BASE}/m1")]), put("annotations.0.items.0.target", f"{BASE}/m9"), "annotations[0].items[0].target"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_one_fault_is_refused_with_its_place(name: str) -> None:
    assert_refused(*FAULTS[name])


UNUSUAL: dict[str, tuple[Json, Callable[[Json], None]]] = {
    "a description that is a manifest": (manifest(seeAlso=SEE_ALSO), put("seeAlso.0", {"id": f"{BASE}/other.json", "type": "Manifest", "label": {"en": ["o"]}})),
    "a museum named by a number": (manifest(provider=AGENT), put("provider.0.id", "urn:isni:000000012146438X")),
    "a table of contents elsewhere": (book(), put("structures.0", {"id": f"{BASE}/range/z", "type": "Range", "label": {"en": ["z"]}})),
    "a leap day before our era": (manifest(), put("navDate", "-0004-02-29T00:00:00Z")),
    "a leap day of the year before our era": (manifest(), put("navDate", "0000-02-29T00:00:00+14:00")),
    "a comment on the manifest": (manifest(annotations=[notes()]), put("annotations.0.items.0.target", {"id": f"{BASE}/manifest.json", "type": "Manifest"})),
    "a comment on a canvas of the manifest": (manifest(annotations=[notes()]), put("annotations.0.items.0.target", f"{BASE}/canvas/3#xywh=0,0,9,9")),
    "a comment on a chapter": (manifest(structures=[copy.deepcopy(CIRCLE)], annotations=[notes()]), put("annotations.0.items.0.target", f"{BASE}/range/b")),
    "a comment on one of several": (noted(), put(f"{COMMENT}.target", {"type": "Choice", "items": [f"{BASE}/canvas/2", f"{BASE}/canvas/1"]})),
    "a comment on a picture of the canvas": (noted(), put(f"{COMMENT}.target", {"id": f"{BASE}/i/1.jpg", "type": "Image", "partOf": [{"id": f"{BASE}/canvas/1", "type": "Canvas"}]})),
    "a picture with notes beside it": (manifest(), put(PAINTED + "body.annotations", [{"id": f"{BASE}/n", "type": "AnnotationPage"}])),
}  # fmt: skip


@pytest.mark.parametrize("name", UNUSUAL)
def test_what_is_unusual_and_valid_is_accepted(name: str) -> None:
    assert_accepted(*UNUSUAL[name])


def _canvas_2(name: int) -> Json:
    service = {
        "@context": "http://iiif.io/api/image/2/context.json",
        "@id": f"{BASE}/i/{name}",
        "profile": "http://iiif.io/api/image/2/level2.json",
    }
    resource = {
        "@id": f"{BASE}/i/{name}.jpg",
        "@type": "dctypes:Image",
        "format": "image/jpeg",
        "width": 20,
        "height": 10,
        "service": service,
    }
    address = f"{BASE}/canvas/{name}"
    image = {"@id": f"{BASE}/anno/{name}", "@type": "oa:Annotation", "motivation": "sc:painting", "on": address, "resource": resource}
    lists = [{"@id": f"{BASE}/list/{name}", "@type": "sc:AnnotationList"}]
    return {"@id": address, "@type": "sc:Canvas", "label": "1", "width": 20, "height": 10, "images": [image], "otherContent": lists}


def _range_2(name: str, **more: Any) -> Json:
    return {"@id": f"{BASE}/range/{name}", "@type": "sc:Range", "label": name, **more}


def manifest_2(**more: Any) -> Json:
    return {
        "@context": "http://iiif.io/api/presentation/2/context.json",
        "@id": f"{BASE}/manifest.json",
        "@type": "sc:Manifest",
        "label": "M",
        "sequences": [{"@id": f"{BASE}/sequence", "@type": "sc:Sequence", "canvases": [_canvas_2(1), _canvas_2(2)]}],
        "structures": [_range_2("a", viewingHint="top", ranges=[f"{BASE}/range/b"]), _range_2("b", canvases=[f"{BASE}/canvas/1"])],
        **more,
    }


def collection_2() -> Json:
    return {
        "@context": "http://iiif.io/api/presentation/2/context.json",
        "@id": f"{BASE}/c.json",
        "@type": "sc:Collection",
        "label": "C",
        "manifests": [{"@id": f"{BASE}/m1", "@type": "sc:Manifest", "label": "M"}],
        "collections": [{"@id": f"{BASE}/c2", "@type": "sc:Collection", "label": "C"}],
    }


ONE, IMAGE = "sequences.0.canvases.0.", "sequences.0.canvases.0.images.0."
AT_ONE, AT_IMAGE = "sequences[0].canvases[0]", "sequences[0].canvases[0].images[0]"
PDF = {"@id": f"{BASE}/a.pdf", "format": "application/pdf", "label": "PDF"}
FAULTS_2: dict[str, tuple[Json, Callable[[Json], None], str]] = {
    "a second sequence that is embedded": (manifest_2(), lambda made: made["sequences"].append({**made["sequences"][0], "@id": f"{BASE}/s2", "label": "2"}), "sequences[1]"),
    "a second sequence without a label": (manifest_2(), lambda made: made["sequences"].append({"@id": f"{BASE}/s2", "@type": "sc:Sequence"}), "sequences[1]"),
    "the context once more": (manifest_2(), put("sequences.0.@context", "http://iiif.io/api/presentation/2/context.json"), "sequences[0]"),
    "a manifest with a height": (manifest_2(), put("height", 9), "height"),
    "a manifest with a media type": (manifest_2(), put("format", "image/jpeg"), "format"),
    "a manifest that begins with a canvas": (manifest_2(), put("startCanvas", f"{BASE}/canvas/1"), "startCanvas"),
    "a manifest in pages": (manifest_2(), put("first", f"{BASE}/1"), "first"),
    "a canvas with a direction": (manifest_2(), put(ONE + "viewingDirection", "left-to-right"), f"{AT_ONE}.viewingDirection"),
    "a canvas with a year": (manifest_2(), put(ONE + "navDate", DATE), f"{AT_ONE}.navDate"),
    "a list of annotations that is embedded": (manifest_2(), put(ONE + "otherContent.0.resources", []), f"{AT_ONE}.otherContent[0]"),
    "a picture whose width is a text": (manifest_2(), put(IMAGE + "resource.width", "20"), f"{AT_IMAGE}.resource.width"),
    "an image service without its context": (manifest_2(), lambda made: made["sequences"][0]["canvases"][0]["images"][0]["resource"]["service"].pop("@context"), f"{AT_IMAGE}.resource.service"),
    "a choice of nothing": (manifest_2(), put(IMAGE + "resource", {"@type": "oa:Choice", "item": []}), f"{AT_IMAGE}.resource"),
    "two images of one id": (manifest_2(), put("sequences.0.canvases.1.images.0.@id", f"{BASE}/anno/1"), "sequences[0].canvases[1].images[0].@id"),
    "a download without a format": (manifest_2(rendering=dict(PDF)), lambda made: made["rendering"].pop("format"), "rendering"),
    "a download that is an address alone": (manifest_2(rendering=[PDF]), put("rendering.0", f"{BASE}/a.pdf"), "rendering[0]"),
    "what is continuous in no direction": (manifest_2(viewingDirection="top-to-bottom", viewingHint="continuous"), lambda made: made.pop("viewingDirection"), "viewingHint"),
    "two ranges of one id": (manifest_2(), lambda made: made["structures"].append(_range_2("b", canvases=[])), "structures[2].@id"),
    "a range that names itself": (manifest_2(), put("structures.1.ranges", [f"{BASE}/range/b"]), "structures[1].ranges[0]"),
    "a range in one that is within it": (manifest_2(), put("structures.1.ranges", [f"{BASE}/range/a"]), "structures[1].ranges[0]"),
    "a range that begins nowhere": (manifest_2(), put("structures.1.startCanvas", f"{BASE}/canvas/9"), "structures[1].startCanvas"),
    "a member that is nowhere": (manifest_2(), put("structures.1.members", [{"@id": f"{BASE}/canvas/9", "@type": "sc:Canvas", "label": "9"}]), "structures[1].members[0]"),
    "a member that is a layer": (manifest_2(), put("structures.1.members", [{"@id": f"{BASE}/canvas/1", "@type": "sc:Layer", "label": "1"}]), "structures[1].members[0]"),
    "a collection among the manifests": (collection_2(), put("manifests.0.@type", "sc:Collection"), "manifests[0].@type"),
    "a manifest among the collections": (collection_2(), put("collections.0.@type", "sc:Manifest"), "collections[0].@type"),
    "a manifest within a collection": (collection_2(), put("manifests.0.sequences", []), "manifests[0].sequences"),
    "a collection with a direction": (collection_2(), put("viewingDirection", "left-to-right"), "viewingDirection"),
    "a collection in pages that lists its members": (collection_2(), put("first", f"{BASE}/c/1"), "collections"),
    "a collection among members that does not say how it is shown": (collection_2(), put("members", [{"@id": f"{BASE}/c2", "@type": "sc:Collection", "label": "C"}]), "members[0]"),
    "a member of a member without a label": (collection_2(), put("collections.0.manifests", [{"@id": f"{BASE}/m2", "@type": "sc:Manifest"}]), "collections[0].manifests[0]"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS_2)
def test_one_fault_of_2_1_is_refused_with_its_place(name: str) -> None:
    assert_refused(*FAULTS_2[name])


PHYSICAL = {
    "@context": "http://iiif.io/api/annex/services/physdim/1/context.json",
    "profile": "http://iiif.io/api/annex/services/physdim",
    "physicalScale": 0.0025,
    "physicalUnits": "in",
}
UNUSUAL_2: dict[str, tuple[Json, Callable[[Json], None]]] = {
    "lists of annotations by their addresses": (manifest_2(), put(ONE + "otherContent", [f"{BASE}/list/1", f"{BASE}/list/2"])),
    "how large the page is": (manifest_2(), put(ONE + "service", PHYSICAL)),
    "a sequence without an address of the web": (manifest_2(), put("sequences.0.@id", "urn:uuid:0f9e8d7c-0000-4000-8000-000000000000")),
    "an image with a blank node for its id": (manifest_2(), put(IMAGE + "@id", "_:b1")),
    "a second sequence that is mentioned": (manifest_2(), lambda made: made["sequences"].append({"@id": f"{BASE}/s2", "@type": "sc:Sequence", "label": "2"})),
    "several hints": (manifest_2(), put("viewingHint", ["paged", "https://x.example/rolled"])),
    "a sequence whose manifest says the direction": (manifest_2(viewingDirection="bottom-to-top"), put("sequences.0.viewingHint", "continuous")),
    "two tables of contents": (manifest_2(), put("structures.1.viewingHint", "top")),
    "a hint of the whole museum": (collection_2(), put("viewingHint", "top")),
    "a collection written into another": (collection_2(), put("collections.0.manifests", [{"@id": f"{BASE}/m2", "@type": "sc:Manifest", "label": "M"}])),
}  # fmt: skip


@pytest.mark.parametrize("name", UNUSUAL_2)
def test_what_is_unusual_and_valid_in_2_1_is_accepted(name: str) -> None:
    assert_accepted(*UNUSUAL_2[name])


def test_a_scroll_says_in_2_1_in_which_direction_it_goes_on() -> None:
    document = manifest(behavior=["continuous"])
    for sheet in document["items"]:
        sheet["label"] = {"en": ["1"]}
    second = converted(document, own_address=False)
    assert second is not None
    assert second["viewingDirection"] == second["sequences"][0]["viewingDirection"] == "left-to-right"
    assert_accepted(second, lambda _document: None)
