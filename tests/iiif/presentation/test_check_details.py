"""Faults that hide in details: rights that nobody has, pages and bodies, members of members, texts of 2.1. Each is refused with its place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.iiif.presentation.others import (
    BASE,
    Json,
    assert_accepted,
    assert_refused,
    canvas,
    chapter,
    collection,
    manifest,
    mention,
    notes,
    page,
    sound,
)
from tests.iiif.presentation.test_check_others import FIRST, PAINTED, noted, put

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]

COMMENT = "items.0.annotations.0.items.0"
AT_COMMENT = "items[0].annotations[0].items[0]"
SCREENED = {"type": "Choice", "items": [{"id": f"{BASE}/f.mp4", "type": "Video", "format": "video/mp4", "duration": 9}]}
PART = {"type": "SpecificResource", "source": {"id": f"{BASE}/s.mp3", "type": "Sound", "format": "audio/mpeg"}}
PROVIDER = [{"id": f"{BASE}/", "type": "Agent", "label": {"en": ["X"]}, "logo": [{"id": f"{BASE}/l.png", "type": "Image"}]}]
WRITTEN_OUT = mention("c2", "Collection", items=[mention("m2", "Manifest")])
CC = "http://creativecommons.org"


def told() -> Json:
    """A manifest with a comment of its own, not of a canvas."""
    return manifest(annotations=[notes()])


def chapters() -> Json:
    return manifest(structures=[chapter("a", page(1), {"type": "SpecificResource", "source": f"{BASE}/canvas/2"})])


# name: (the valid one, its one fault, the place that is named)
FAULTS: dict[str, tuple[Json, Callable[[Json], None], str]] = {
    "a licence that Creative Commons never wrote": (manifest(), put("rights", f"{CC}/licenses/bye/4.0/"), "rights"),
    "a licence as a part of the public domain": (manifest(), put("rights", f"{CC}/publicdomain/by/1.0/"), "rights"),
    "a statement that nobody made": (manifest(), put("rights", "http://rightsstatements.org/vocab/Nonsense/1.0/"), "rights"),
    "a logo that is a text": (manifest(provider=PROVIDER), put("provider.0.logo.0.type", "Text"), "provider[0].logo[0].type"),
    "a body in small letters": (manifest(), put(PAINTED + "body.type", "image"), f"{FIRST}.body.type"),
    "a picture that is a film": (manifest(), put(PAINTED + "body.format", "video/mp4"), f"{FIRST}.body.format"),
    "a sound that is a picture": (manifest(sound()), put(PAINTED + "body.format", "image/png"), f"{FIRST}.body.format"),
    "rights of a body in words": (manifest(), put(PAINTED + "body.rights", "CC-BY"), f"{FIRST}.body.rights"),
    "rights of a painting in words": (manifest(), put(PAINTED + "rights", "CC-BY"), f"{FIRST}.rights"),
    "rights of a page in words": (manifest(), put("items.0.items.0.rights", "CC-BY"), "items[0].items[0].rights"),
    "what a painting of 2.1 lies on": (manifest(), put(PAINTED + "on", f"{BASE}/canvas/1"), f"{FIRST}.on"),
    "the paintings of a page of 2.1": (manifest(), put("items.0.items.0.resources", []), "items[0].items[0].resources"),
    "a provider of a painting": (manifest(), put(PAINTED + "provider", "X"), f"{FIRST}.provider"),
    "a see-also of a painting": (manifest(), put(PAINTED + "seeAlso", "https://x.example"), f"{FIRST}.seeAlso"),
    "the canvases of a range of 2.1": (chapters(), put("structures.0.canvases", [f"{BASE}/canvas/1"]), "structures[0].canvases"),
    "the ranges of a range of 2.1": (chapters(), put("structures.0.ranges", []), "structures[0].ranges"),
    "a selector that is a text": (chapters(), put("structures.0.items.1.selector", "xywh=0,0,1,1"), "structures[0].items[1].selector"),
    "a selector of no type": (chapters(), put("structures.0.items.1.selector", {"value": "xywh=0,0,1,1"}), "structures[0].items[1].selector"),
    "a list of texts without an address": (
        chapters(),
        put("structures.0.supplementary", {"id": "texts", "type": "AnnotationCollection"}),
        "structures[0].supplementary.id",
    ),
    "a comment that says nothing": (noted(), put(f"{COMMENT}.body", {"type": "TextualBody"}), f"{AT_COMMENT}.body"),
    "a comment that is a number": (noted(), put(f"{COMMENT}.body", {"type": "TextualBody", "value": 3}), f"{AT_COMMENT}.body.value"),
    "a comment on a part of nothing": (noted(), put(f"{COMMENT}.target", {"type": "SpecificResource"}), f"{AT_COMMENT}.target"),
    "a comment on a number": (noted(), put(f"{COMMENT}.target", [3]), f"{AT_COMMENT}.target[0]"),
    "a comment on nothing at all": (noted(), put(f"{COMMENT}.target", []), f"{AT_COMMENT}.target"),
    "an empty motivation": (noted(), put(f"{COMMENT}.motivation", ["commenting", ""]), f"{AT_COMMENT}.motivation"),
    "a picture with words in no language": (manifest(), put(PAINTED + "body.language", []), f"{FIRST}.body.language"),
    "captions without an address": (noted(), put(f"{COMMENT}.body", {"type": "Text", "format": "text/vtt"}), f"{AT_COMMENT}.body"),
    "a painting beside the canvases": (told(), put("annotations.0.items.0.motivation", "painting"), "annotations[0].items[0].motivation"),
    "a placeholder of the manifest that plays": (
        manifest(placeholderCanvas=canvas(7)),
        put("placeholderCanvas.duration", 3),
        "placeholderCanvas.duration",
    ),
    "a placeholder of the manifest that paints another canvas": (
        manifest(placeholderCanvas=canvas(7)),
        put("placeholderCanvas.items.0.items.0.target", f"{BASE}/canvas/1"),
        "placeholderCanvas.items[0].items[0].target",
    ),
    "films to choose from on a canvas that does not last": (manifest(), put(PAINTED + "body", SCREENED), FIRST),
    "a part of a sound on a canvas that does not last": (manifest(), put(PAINTED + "body", PART), FIRST),
    "a member of a member without a label": (collection(WRITTEN_OUT), lambda made: made["items"][0]["items"][0].pop("label"), "items[0].items[0]"),
    "a member of a member of another type": (collection(WRITTEN_OUT), put("items.0.items.0.type", "Canvas"), "items[0].items[0].type"),
    "a member of a member that is an address": (collection(WRITTEN_OUT), put("items.0.items.0", f"{BASE}/m"), "items[0].items[0]"),
    "members of a member that are no list": (collection(WRITTEN_OUT), put("items.0.items", {}), "items[0].items"),
    "manifests of 2.1": (collection(), put("manifests", []), "manifests"),
    "members of 2.1": (collection(), put("members", []), "members"),
    "rights of a member in words": (collection(), put("items.0.rights", "x"), "items[0].rights"),
    "a year of a member": (collection(), put("items.0.navDate", "1900"), "items[0].navDate"),
    "a bare summary of a member": (collection(), put("items.0.summary", "x"), "items[0].summary"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_one_fault_is_refused_with_its_place(name: str) -> None:
    document, fault, where = FAULTS[name]
    assert_refused(document, fault, where)


PICTURE: Json = {"@id": f"{BASE}/a.jpg", "@type": "dctypes:Image", "format": "image/jpeg"}
CANVAS: Json = {
    "@id": f"{BASE}/canvas/1",
    "@type": "sc:Canvas",
    "label": "1",
    "width": 10,
    "height": 10,
    "images": [{"@type": "oa:Annotation", "motivation": "sc:painting", "on": f"{BASE}/canvas/1", "resource": PICTURE}],
}
SECOND: Json = {
    "@context": "http://iiif.io/api/presentation/2/context.json",
    "@id": f"{BASE}/manifest.json",
    "@type": "sc:Manifest",
    "label": "M",
    "description": [{"@value": "<p class='x'>A <b>book</b></p>", "@language": "en"}],
    "metadata": [{"label": "Author", "value": "X"}],
    "navDate": "1856-01-01T00:00:00Z",
    "viewingHint": "paged",
    "sequences": [
        {
            "@type": "sc:Sequence",
            "viewingHint": "continuous",
            "viewingDirection": "top-to-bottom",
            "canvases": [{**CANVAS, "viewingHint": "facing-pages"}],
        }
    ],
    "structures": [{"@id": f"{BASE}/r", "@type": "sc:Range", "label": "r", "viewingHint": "top", "canvases": [f"{BASE}/canvas/1"]}],
}
GATHERED: Json = {
    "@context": SECOND["@context"],
    "@id": f"{BASE}/c.json",
    "@type": "sc:Collection",
    "label": "C",
    "viewingHint": "multi-part",
    "total": 3,
    "collections": [{"@id": f"{BASE}/c2.json", "@type": "sc:Collection", "label": "C"}],
}
IMAGE = "sequences.0.canvases.0.images.0.resource"
FAULTS_2: dict[str, tuple[Json, Callable[[Json], None], str]] = {
    "a script in the description": (SECOND, put("description.0.@value", "<script>x</script>"), "description[0].@value"),
    "an event in the metadata": (SECOND, put("metadata.0.value", "<p onclick='x()'>1</p>"), "metadata[0].value"),
    "a time of no zone": (SECOND, put("navDate", "1856-01-01T00:00:00"), "navDate"),
    "a format that is no media type": (SECOND, put(f"{IMAGE}.format", "jpg"), "sequences[0].canvases[0].images[0].resource.format"),
    "a hint that nobody knows": (SECOND, put("viewingHint", "nonsense"), "viewingHint"),
    "a canvas that is bound": (SECOND, put("sequences.0.canvases.0.viewingHint", "paged"), "sequences[0].canvases[0].viewingHint"),
    "a sequence at the top": (SECOND, put("sequences.0.viewingHint", "top"), "sequences[0].viewingHint"),
    "a range that is a fold-out": (SECOND, put("structures.0.viewingHint", "non-paged"), "structures[0].viewingHint"),
    "the context of another scheme": (SECOND, put("@context", "https://iiif.io/api/presentation/2/context.json"), "@context"),
    "a bound collection": (GATHERED, put("viewingHint", "paged"), "viewingHint"),
    "a first page that is a number": (GATHERED, put("first", 3), "first"),
    "a number in words": (GATHERED, put("total", "x"), "total"),
    "a collection that contains itself": (GATHERED, put("collections.0.@id", f"{BASE}/c.json"), "collections[0]"),
}


@pytest.mark.parametrize("name", FAULTS_2)
def test_one_fault_of_2_1_is_refused_with_its_place(name: str) -> None:
    document, fault, where = FAULTS_2[name]
    assert_refused(document, fault, where)


UNUSUAL: dict[str, tuple[Json, Callable[[Json], None]]] = {
    "a licence for international organizations": (manifest(), put("rights", f"{CC}/licenses/by/3.0/igo/")),
    "an old licence": (manifest(), put("rights", f"{CC}/licenses/nd-nc/1.0/")),
    "a licence of another registry": (manifest(), put("rights", "https://example.org/licence")),
    "licences of a comment": (noted(), put(f"{COMMENT}.rights", ["https://creativecommons.org/licenses/by/4.0/"])),
    "a film as a list of its parts": (
        manifest(canvas(1, duration=9)),
        put(PAINTED + "body", {"id": f"{BASE}/f.mpd", "type": "Video", "format": "application/dash+xml"}),
    ),
    "a picture with words in two languages": (manifest(), put(PAINTED + "body.language", ["en", "vi"])),
    "a class of another vocabulary": (noted(), put(f"{COMMENT}.body", {"id": f"{BASE}/x", "type": "schema:Person"})),
    "a selector by its address": (chapters(), put("structures.0.items.1.selector", "https://x.example/selector")),
    "several selectors": (
        chapters(),
        put("structures.0.items.1.selector", [{"type": "FragmentSelector", "value": "xywh=0,0,1,1"}, {"type": "SvgSelector", "value": "<svg><rect width='1' height='1'/></svg>"}]),
    ),
    "a collection in a collection in a collection": (collection(WRITTEN_OUT), put("items.0.items.0", mention("c3", "Collection", items=[]))),
    "a companion of a collection": (collection(), put("accompanyingCanvas", canvas(7))),
}  # fmt: skip


@pytest.mark.parametrize("name", UNUSUAL)
def test_what_is_unusual_and_valid_is_accepted(name: str) -> None:
    assert_accepted(*UNUSUAL[name])
