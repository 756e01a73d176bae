"""Manifests with one fault each: all are refused with a sentence that names the place."""

import copy

import pytest
from django.core.management import CommandError, call_command

from iiif.presentation.build import build
from iiif.presentation.check import problems
from iiif.presentation.sources import Chapter, Fact, Link, ManifestSource, Picture

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
)


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
    make_fault, where = FAULTS[fault]
    manifest = good()
    make_fault(manifest)
    found = problems(manifest)
    assert found, f"{fault} was not noticed"
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
