"""Manifests as other museums might write them: unusual, and valid by the specification. And what is said of them when one thing is changed."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from iiif.presentation.check import problems

Json = dict[str, Any]
BASE = "https://m.example"
CONTEXT = "http://iiif.io/api/presentation/3/context.json"


def canvas(name: int | str, **more: Any) -> Json:
    """A picture on a canvas."""
    service = {"id": f"{BASE}/i/{name}", "type": "ImageService3", "profile": "level2"}
    body = {"id": f"{BASE}/i/{name}.jpg", "type": "Image", "format": "image/jpeg", "width": 1000, "height": 1500, "service": [service]}
    return {**_painted(name, body), "width": 1000, "height": 1500, **more}


def sound(**more: Any) -> Json:
    """A sound of two minutes on a canvas without height and width."""
    return {
        **_painted("s", {"id": f"{BASE}/s.mp3", "type": "Sound", "format": "audio/mpeg", "duration": 120.5}),
        "duration": 120.5,
        **more,
    }


def _painted(name: int | str, body: Json) -> Json:
    address = f"{BASE}/canvas/{name}"
    annotation = {"id": f"{BASE}/anno/{name}", "type": "Annotation", "motivation": "painting", "target": address, "body": body}
    return {
        "id": address,
        "type": "Canvas",
        "items": [{"id": f"{BASE}/page/{name}", "type": "AnnotationPage", "items": [annotation]}],
    }


def manifest(*canvases: Json, **more: Any) -> Json:
    """A manifest of these canvases, else of three pictures."""
    items = list(canvases) or [canvas(1), canvas(2), canvas(3)]
    return {
        "@context": CONTEXT,
        "id": f"{BASE}/manifest.json",
        "type": "Manifest",
        "label": {"en": ["M"]},
        "items": items,
        **more,
    }


def collection(*members: Json, **more: Any) -> Json:
    """A collection of these members, else of a manifest and a collection."""
    items = list(members) or [mention("m1", "Manifest"), mention("c2", "Collection")]
    return {
        "@context": CONTEXT,
        "id": f"{BASE}/c.json",
        "type": "Collection",
        "label": {"en": ["C"]},
        "items": items,
        **more,
    }


def mention(name: str, kind: str, **more: Any) -> Json:
    """A member of a collection."""
    return {"id": f"{BASE}/{name}", "type": kind, "label": {"en": [name]}, **more}


def page(name: int | str) -> Json:
    """A canvas as ranges name it."""
    return {"id": f"{BASE}/canvas/{name}", "type": "Canvas"}


def chapter(name: str, *items: Json, **more: Any) -> Json:
    """A range."""
    return {"id": f"{BASE}/range/{name}", "type": "Range", "label": {"en": [name]}, "items": list(items), **more}


def painting(of: Json, **changed: Any) -> Json:
    """The same manifest, with another painting on its first canvas."""
    of["items"][0]["items"][0]["items"][0].update(changed)
    return of


def notes(**more: Any) -> Json:
    """An annotation page that is written out, with a comment drawn as a line."""
    svg = {"type": "SvgSelector", "value": '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0,0"/></svg>'}
    comment = {
        "id": f"{BASE}/notes/1",
        "type": "Annotation",
        "motivation": ["commenting", "tagging"],
        "body": [{"type": "TextualBody", "value": "x", "purpose": "tagging"}],
        "target": {"type": "SpecificResource", "source": f"{BASE}/canvas/1", "selector": svg},
        **more,
    }
    return {"id": f"{BASE}/notes", "type": "AnnotationPage", "items": [comment]}


_IMAGE = {"id": f"{BASE}/a.jpg", "type": "Image", "format": "image/jpeg"}
_CHOICE = {"type": "Choice", "items": [{**_IMAGE, "label": {"en": ["light"]}}, {**_IMAGE, "label": {"en": ["X-ray"]}}]}
_TIMES = ({"type": "SpecificResource", "source": page("s")["id"], "selector": {"type": "PointSelector", "t": 12}}, page("s#t=0,10"))
_SERVICES = [
    {"@id": f"{BASE}/i/1", "@type": "ImageService2", "profile": "http://iiif.io/api/image/2/level2.json"},
    {"id": f"{BASE}/i3/1", "type": "ImageService3", "profile": "level1"},
]
_SEARCH = [
    {
        "@context": "http://iiif.io/api/search/1/context.json",
        "@id": f"{BASE}/s1",
        "@type": "SearchService1",
        "profile": "http://x.example/s",
    },
    {"id": f"{BASE}/s2", "type": "SearchService2", "service": [{"id": f"{BASE}/auto", "type": "AutoCompleteService2"}]},
]
_AGENT = {
    "id": "https://x.example/",
    "type": "Agent",
    "label": {"en": ["X"]},
    "homepage": [{"id": "https://x.example", "type": "Text", "label": {"en": ["h"]}, "format": "text/html"}],
    "logo": [{"id": "https://x.example/l.png", "type": "Image", "format": "image/png"}],
    "seeAlso": [{"id": "https://x.example/d.json", "type": "Dataset"}],
}
_CAPTIONS = {
    "id": f"{BASE}/captions",
    "type": "AnnotationPage",
    "items": [
        {
            "id": f"{BASE}/captions/1",
            "type": "Annotation",
            "motivation": "supplementing",
            "target": f"{BASE}/canvas/1",
            "body": {"id": f"{BASE}/c.vtt", "type": "Text", "format": "text/vtt", "language": ["en"]},
        }
    ],
}
_REGION = {"type": "SpecificResource", "source": _IMAGE, "selector": {"type": "ImageApiSelector", "region": "0,0,9,9", "rotation": "90"}}
_NESTED = {"type": "SpecificResource", "source": {**page(1), "partOf": [{"id": f"{BASE}/manifest.json", "type": "Manifest"}]}}


def valid() -> dict[str, Json]:
    """By name; made anew for each call."""
    return {
        "ranges of ranges of ranges": manifest(structures=[chapter("a", chapter("b", chapter("c", page(1)), page(2)), page(3))]),
        "a range of a part of a page": manifest(structures=[chapter("a", page("1#xywh=0,0,10,10"))]),
        "a range of times": manifest(sound(), structures=[chapter("a", *_TIMES)]),
        "a range that begins with its second page": manifest(structures=[chapter("a", page(1), page(2), start=page(2))]),
        "a range with texts": manifest(
            structures=[chapter("a", page(1), supplementary={"id": f"{BASE}/texts", "type": "AnnotationCollection"})]
        ),
        "another order": manifest(structures=[chapter("a", page(3), page(1), behavior=["sequence"])]),
        "a choice": painting(manifest(), body=_CHOICE),
        "a sound with a picture beside it": manifest(sound(accompanyingCanvas=canvas("beside"))),
        "a sound with a picture before it": manifest(sound(placeholderCanvas=canvas("before"))),
        "a picture before the manifest": manifest(placeholderCanvas=canvas("before"), accompanyingCanvas=canvas("beside")),
        "a moment to begin with": manifest(sound(), start={"id": f"{BASE}/start", **_TIMES[0]}),
        "a film with captions": manifest(canvas(1, duration=9, annotations=[_CAPTIONS])),
        "a sound that is played again and again": painting(manifest(sound(behavior=["auto-advance"])), timeMode="loop"),
        "several image services": painting(manifest(), body={**_IMAGE, "service": _SERVICES}),
        "search services of two versions": manifest(service=_SEARCH),
        "notes elsewhere": manifest(canvas(1, annotations=[{"id": f"{BASE}/n.json", "type": "AnnotationPage", "label": {"en": ["n"]}}])),
        "notes on the manifest": manifest(annotations=[{"id": f"{BASE}/n.json", "type": "AnnotationPage"}]),
        "a drawn comment": manifest(canvas(1, annotations=[notes(behavior=["hidden"])])),
        "a region of a picture": painting(manifest(), body=_REGION),
        "a painting on a part": painting(manifest(), target=f"{BASE}/canvas/1#xywh=0,0,10,10"),
        "a target in a target": painting(manifest(), target={**_NESTED, "selector": {"type": "FragmentSelector", "value": "xywh=0,0,1,1"}}),
        "words that paint": painting(manifest(), body={"type": "TextualBody", "value": "Text", "format": "text/plain"}),
        "a canvas with nothing on it": manifest({"id": f"{BASE}/canvas/1", "type": "Canvas", "width": 9, "height": 9, "items": []}),
        "a behavior of an extension": manifest(behavior=["paged", "https://x.example/behaviors/rolled"]),
        "a property of an extension": manifest(**{"@context": ["https://x.example/context.json", CONTEXT], "rolled": {"a": 1}}),
        "private languages": manifest(label={"none": ["M"], "zh-Hant-TW": ["書"], "x-hue": ["M"]}),
        "rights of an extension": manifest(rights="https://x.example/licences/local"),
        "a provider with all it may have": manifest(provider=[_AGENT]),
        "links in a summary": manifest(summary={"en": ['<p>See <a href="https://x.example">this</a> or <b>that</b></p>']}),
        "words that look like a script's": manifest(
            label={"en": ["JavaScript: an introduction", "<Untitled>"]}, summary={"en": ["5 < 6, and one = 1"]}
        ),
        "a time with its zone": manifest(navDate="1776-07-04T12:00:00+02:00"),
        "volumes that are bound": collection(mention("m1", "Manifest"), behavior=["multi-part", "paged"], viewingDirection="right-to-left"),
        "a collection written into another": collection(mention("c2", "Collection", items=[mention("m1", "Manifest")])),
        "a collection of nothing": {**collection(), "items": []},
    }


def assert_accepted(document: Json, change: Callable[[Json], None]) -> None:
    """Nothing is wrong with the document after the change."""
    changed = copy.deepcopy(document)
    change(changed)
    assert [str(problem) for problem in problems(changed, thorough=True)] == []


def assert_refused(document: Json, fault: Callable[[Json], None], where: str) -> None:
    """Nothing is wrong with the document before, and afterwards something is, at that place."""
    assert_accepted(document, lambda _document: None)
    changed = copy.deepcopy(document)
    fault(changed)
    found = problems(changed, thorough=True)
    assert any(problem.where.startswith(where) for problem in found), [str(problem) for problem in found]
