"""Others' manifests: what is unusual and valid is accepted, one fault in it is refused with its place, and nothing ends in a traceback."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from iiif.presentation.check import problems
from iiif.presentation.version2 import converted
from tests.iiif.presentation.others import BASE, CONTEXT, Json, canvas, chapter, collection, manifest, page, painting, sound, valid

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]
VALID = list(valid())
FIRST = "items[0].items[0].items[0]"


@pytest.mark.parametrize("name", VALID)
def test_what_is_unusual_and_valid_is_accepted(name: str) -> None:
    assert [str(problem) for problem in problems(valid()[name], thorough=True)] == []


def put(path: str, value: Any) -> Callable[[Json], None]:
    """Set what stands at ``items.0.label``."""

    def change(document: Json) -> None:
        *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        target: Any = document
        for step in steps:
            target = target[step]
        target[last] = value

    return change


PAINTED = "items.0.items.0.items.0."
_HOME = {"id": "https://x.example", "type": "Text", "label": {"en": ["h"]}}
# name: (the valid one, its one fault, the place that is named)
FAULTS: dict[str, tuple[Json, Callable[[Json], None], str]] = {
    "another order within a chapter": (
        manifest(structures=[chapter("a", chapter("b", page(1)))]),
        put("structures.0.items.0.behavior", ["sequence"]),
        "structures[0].items[0].behavior",
    ),
    "a chapter to be found by a thumbnail that it has not": (
        manifest(structures=[chapter("a", chapter("b", page(1)))]),
        put("structures.0.behavior", ["thumbnail-nav"]),
        "structures[0].items[0]",
    ),
    "a chapter that begins in another": (
        manifest(structures=[chapter("a", page(1)), chapter("b", page(2))]),
        put("structures.0.start", page(2)),
        "structures[0].start",
    ),
    "two chapters of one id": (
        manifest(structures=[chapter("a", page(1)), chapter("b", page(2))]),
        put("structures.1.id", f"{BASE}/range/a"),
        "structures[1].id",
    ),
    "a chapter with a list of texts": (
        manifest(structures=[chapter("a", page(1))]),
        put("structures.0.supplementary", [{"id": f"{BASE}/t", "type": "AnnotationCollection"}]),
        "structures[0].supplementary",
    ),
    "a chapter deep within without items": (
        manifest(structures=[chapter("a", chapter("b", page(1)))]),
        put("structures.0.items.0.items", []),
        "structures[0].items[0].items",
    ),
    "a sound that is bound": (manifest(sound()), put("behavior", ["paged"]), "behavior"),
    "a sound that is a fold-out": (manifest(sound()), put("items.0.behavior", ["non-paged"]), "items[0].behavior"),
    "pictures that are played again": (manifest(), put("behavior", ["repeat"]), "behavior"),
    "a behavior that nobody knows": (manifest(), put("behavior", ["pagged"]), "behavior"),
    "an unknown way to fill the time": (manifest(sound()), put(PAINTED + "timeMode", "stretch"), f"{FIRST}.timeMode"),
    "a canvas that fills the time": (manifest(sound()), put("items.0.timeMode", "trim"), "items[0].timeMode"),
    "an image service of level 9": (manifest(), put(PAINTED + "body.service.0.profile", "level9"), f"{FIRST}.body.service[0].profile"),
    "a service that is no list": (
        manifest(),
        put(PAINTED + "body.service", {"id": f"{BASE}/i", "type": "ImageService3", "profile": "level2"}),
        f"{FIRST}.body.service",
    ),
    "a picture of no width": (manifest(), put(PAINTED + "body.width", 0), f"{FIRST}.body.width"),
    "a sound whose length is a text": (manifest(sound()), put(PAINTED + "body.duration", "120"), f"{FIRST}.body.duration"),
    "a format that is no media type": (manifest(), put(PAINTED + "body.format", "jpeg"), f"{FIRST}.body.format"),
    "no body in the list": (manifest(), put(PAINTED + "body", []), f"{FIRST}.body"),
    "a choice of nothing": (painting(manifest(), body=valid()["a choice"]["items"][0]["items"][0]["items"][0]["body"]), put(PAINTED + "body.items", []), f"{FIRST}.body.items"),
    "a body with a bare label": (manifest(), put(PAINTED + "body.label", "front"), f"{FIRST}.body.label"),
    "the contexts of 2.1 and 3.0": (manifest(), put("@context", ["http://iiif.io/api/presentation/2/context.json", CONTEXT]), "@context"),
    "a collection that is read sideways": (collection(), put("viewingDirection", "sideways"), "viewingDirection"),
    "a collection with chapters": (collection(), put("structures", []), "structures"),
    "a collection that begins somewhere": (collection(), put("start", page(1)), "start"),
    "a collection that lasts": (collection(), put("duration", 4), "duration"),
    "a start that is a text": (manifest(), put("start", f"{BASE}/canvas/1"), "start"),
    "a start in a sound elsewhere": (
        manifest(sound()),
        put("start", {"type": "SpecificResource", "source": f"{BASE}/canvas/9", "selector": {"type": "PointSelector", "t": 1}}),
        "start",
    ),
    "a link to a script": (manifest(), put("summary", {"en": ['<a href="javascript:x">1</a>']}), "summary.en"),
    "a link to data": (manifest(), put("summary", {"en": ['<a href="data:text/html,x">1</a>']}), "summary.en"),
    "HTML that is not closed": (manifest(), put("summary", {"en": ["<p>1<b>2</p>"]}), "summary.en"),
    "HTML in two elements": (manifest(), put("summary", {"en": ["<p>1</p><p>2</p>"]}), "summary.en"),
    "a homepage that is no list": (manifest(), put("homepage", _HOME), "homepage"),
    "a homepage with a language as a text": (manifest(), put("homepage", [{**_HOME, "language": "en"}]), "homepage[0].language"),
    "a day that no calendar has": (manifest(), put("navDate", "1776-02-31T12:00:00Z"), "navDate"),
    "a comment without a target": (
        manifest(canvas(1, annotations=valid()["a drawn comment"]["items"][0]["annotations"])),
        lambda document: document["items"][0]["annotations"][0]["items"][0].pop("target"),
        "items[0].annotations[0].items[0]",
    ),
    "notes that are a list of 2.1": (
        manifest(),
        put("items.0.annotations", [{"id": f"{BASE}/n", "type": "sc:AnnotationList"}]),
        "items[0].annotations[0].type",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_one_fault_is_refused_with_its_place(name: str) -> None:
    document, fault, where = FAULTS[name]
    document = copy.deepcopy(document)
    assert problems(document, thorough=True) == []
    fault(document)
    found = problems(document, thorough=True)
    assert any(problem.where.startswith(where) for problem in found), [str(problem) for problem in found]


_ODD: list[Any] = [None, [], {}, 5, -1, "x", "", True, [None], [[]], [5], 0.5, {"id": None}, {"type": 5}, {"type": ["a"]}, {"@id": 7}, {"en": None}, {"source": [1]}, "https://x.example/a"]  # fmt: skip


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in children:
        yield (*path, step)
        yield from _places(inner, (*path, step))


def _in_version_2(document: Json) -> Json:
    made = converted(copy.deepcopy(document), own_address=True)
    for one in made["sequences"][0]["canvases"]:
        one.setdefault("label", "1")
    return made


def test_whatever_stands_in_a_document_ends_in_sentences() -> None:
    dice = random.Random(20261129)
    documents = [*valid().values(), _in_version_2(manifest()), _in_version_2(manifest(structures=[chapter("a", page(1))]))]
    refused = 0
    for _ in range(1500):
        document = copy.deepcopy(dice.choice(documents))
        target: Any = document
        *steps, last = dice.choice(list(_places(document)))
        for step in steps:
            target = target[step]
        if dice.random() < 0.2:
            del target[last]
        else:
            target[last] = copy.deepcopy(dice.choice(_ODD))
        found = [str(problem) for problem in problems(document, thorough=True)]
        refused += bool(found)
    assert refused > 700


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "null", '"text"', "\ufeff{}", "{}", '{"type": "Manifest"}', '{"@context": 5, "type": []}']
)
def test_the_command_fails_for_whatever_is_no_manifest(tmp_path: Any, content: str) -> None:
    file = tmp_path / "odd.json"
    file.write_text(content)
    with pytest.raises(CommandError):
        call_command("check_manifest", str(file))
