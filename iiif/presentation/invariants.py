"""What a schema cannot say of a Presentation 3.0 document: unique ids, paintings on their own canvas, ranges that lead somewhere,
behaviours that do not contradict each other, texts without scripts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from iiif.presentation.build import CONTEXT, NAV_PLACE
from iiif.presentation.problems import Problem

# Presentation 3.0, 3.4 behavior: values of one set exclude each other, and each belongs to certain types.
_EXCLUSIVE = (
    frozenset({"auto-advance", "no-auto-advance"}),
    frozenset({"repeat", "no-repeat"}),
    frozenset({"unordered", "individuals", "continuous", "paged"}),
    frozenset({"facing-pages", "non-paged"}),
    frozenset({"multi-part", "together"}),
    frozenset({"sequence", "thumbnail-nav", "no-nav"}),
)
_BELONGS = {
    "facing-pages": {"Canvas"},
    "non-paged": {"Canvas"},
    "multi-part": {"Collection"},
    "together": {"Collection"},
    "sequence": {"Range"},
    "thumbnail-nav": {"Range"},
    "no-nav": {"Range"},
    "unordered": {"Collection", "Manifest", "Range"},
    "individuals": {"Collection", "Manifest", "Range"},
    "continuous": {"Collection", "Manifest", "Range"},
    "paged": {"Manifest", "Range"},
    "repeat": {"Collection", "Manifest"},
    "no-repeat": {"Collection", "Manifest"},
    "auto-advance": {"Collection", "Manifest", "Canvas", "Range"},
    "no-auto-advance": {"Collection", "Manifest", "Canvas", "Range"},
    "hidden": {"AnnotationCollection", "AnnotationPage", "Annotation", "SpecificResource", "Choice"},
}
# 4.2 HTML markup: these tags alone, in summary and the values of metadata and requiredStatement
_TAG = re.compile(r"<\s*/?\s*([a-zA-Z][a-zA-Z0-9]*)")
_ALLOWED_TAGS = {"a", "b", "br", "i", "img", "p", "small", "span", "sub", "sup"}
_SCRIPTED = re.compile(r"<!--|<!\[CDATA\[|<\?|\son[a-z]+\s*=|javascript:", re.IGNORECASE)


def broken(document: dict[str, Any], address: str, canvases: Collection[str] | None) -> Iterator[Problem]:
    """Everything that contradicts itself. ``canvases``: the ids of all canvases where the document holds only some of them."""
    if address and document["id"] != address:
        yield Problem("id", f"It is {document['id']}, but the document is published at {address}.")
    context = document["@context"]
    if isinstance(context, list) and context[-1] != CONTEXT:
        yield Problem("@context", "The presentation context must come last.")
    if NAV_PLACE not in (context if isinstance(context, list) else [context]):
        yield from (
            Problem(f"{path}.navPlace".lstrip("."), f"Its context {NAV_PLACE} is not named.")
            for path, one in _resources(document)
            if "navPlace" in one
        )
    yield from _unique_ids(document)
    for path, resource in _resources(document):
        yield from _behavior_problems(path, resource)
        yield from _markup_problems(path, resource)
    if document["type"] == "Manifest":
        yield from _manifest_invariants(document, canvases)


def _manifest_invariants(manifest: dict[str, Any], known: Collection[str] | None) -> Iterator[Problem]:
    canvases = set(known) if known is not None else {canvas["id"] for canvas in manifest["items"]}
    for number, canvas in enumerate(manifest["items"]):
        yield from _canvas_invariants(f"items[{number}]", canvas)
    for number, structure in enumerate(manifest.get("structures", ())):
        yield from _range_invariants(f"structures[{number}]", structure, canvases)
    start = manifest.get("start")
    if start:
        target = (start.get("source") or {}).get("id") if start["type"] == "SpecificResource" else start["id"]
        if isinstance(start.get("source"), str):
            target = start["source"]
        if target not in canvases:
            yield Problem("start", f"{target} is no canvas of this manifest.")


def _canvas_invariants(path: str, canvas: dict[str, Any]) -> Iterator[Problem]:
    for page_number, page in enumerate(canvas.get("items", ())):
        for number, annotation in enumerate(page.get("items", ())):
            where = f"{path}.items[{page_number}].items[{number}]"
            if annotation["motivation"] not in ("painting", ["painting"]):
                yield Problem(f"{where}.motivation", "Annotations in a canvas's items paint it; others belong in annotations.")
            target = annotation["target"]
            target = target.get("source", target.get("id", "")) if isinstance(target, dict) else target
            target = target.get("id", "") if isinstance(target, dict) else target
            if str(target).partition("#")[0] != canvas["id"]:
                yield Problem(f"{where}.target", f"It paints {target}, not the canvas that holds it.")
            if "body" not in annotation:
                yield Problem(where, "A painting has a body.")
            yield from _duration_invariants(where, canvas, annotation.get("body"))
    for name in ("placeholderCanvas", "accompanyingCanvas"):
        if name in canvas:
            yield from _canvas_invariants(f"{path}.{name}", canvas[name])
    if "duration" in canvas.get("placeholderCanvas", {}):
        yield Problem(f"{path}.placeholderCanvas.duration", "What is shown before something plays does not play itself.")
    for page_number, page in enumerate(canvas.get("annotations", ())):
        for number, annotation in enumerate(page.get("items", ())):
            if annotation["motivation"] in ("painting", ["painting"]):
                yield Problem(f"{path}.annotations[{page_number}].items[{number}].motivation", "A painting belongs in the canvas's items.")


def _duration_invariants(where: str, canvas: dict[str, Any], body: Any) -> Iterator[Problem]:
    for one in body if isinstance(body, list) else [body]:
        if isinstance(one, dict) and one.get("type") in {"Sound", "Video"} and "duration" not in canvas:
            yield Problem(where, f"A {one['type']} is painted on a canvas without duration.")
        if isinstance(one, dict) and one.get("type") in {"Image", "Video"} and "width" not in canvas:
            yield Problem(where, f"A {one['type']} is painted on a canvas without width and height.")


def _range_invariants(path: str, structure: dict[str, Any], canvases: set[str]) -> Iterator[Problem]:
    for number, item in enumerate(structure.get("items", ())):
        where = f"{path}.items[{number}]"
        if item["type"] == "Range":
            yield from _range_invariants(where, item, canvases)
            continue
        source = item.get("source", item.get("id"))
        source = source.get("id") if isinstance(source, dict) else source
        if str(source).partition("#")[0] not in canvases:
            yield Problem(where, f"{source} is no canvas of this manifest.")


_IDENTIFIED = {"Manifest", "Collection", "Canvas", "Range", "AnnotationPage", "Annotation"}


def _unique_ids(document: dict[str, Any]) -> Iterator[Problem]:
    """Each resource that is written out here has an id of its own; mentions (no items) may repeat one."""
    seen: dict[str, str] = {}
    for path, resource in _resources(document):
        written_out = any(name in resource for name in ("items", "motivation", "width", "height", "duration"))
        if resource.get("type") in _IDENTIFIED and written_out and isinstance(resource.get("id"), str):
            if resource["id"] in seen:
                yield Problem(f"{path}.id".lstrip("."), f"{resource['id']} is the id of {seen[resource['id']] or 'the document'} already.")
            seen.setdefault(resource["id"], path)


def _resources(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, dict):
        if "type" in value:
            yield path, value
        for name, inner in value.items():
            if name not in {"metadata", "label", "summary", "requiredStatement"}:
                yield from _resources(inner, f"{path}.{name}".lstrip("."))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _resources(inner, f"{path}[{number}]")


def _behavior_problems(path: str, resource: dict[str, Any]) -> Iterator[Problem]:
    chosen = set(resource.get("behavior") or ())
    where = f"{path}.behavior".lstrip(".")
    for exclusive in _EXCLUSIVE:
        if len(chosen & exclusive) > 1:
            yield Problem(where, f"{' and '.join(sorted(chosen & exclusive))} exclude each other.")
    for behavior in sorted(chosen):
        if behavior in _BELONGS and resource["type"] not in _BELONGS[behavior]:
            yield Problem(where, f"{behavior} is no behavior of a {resource['type']}.")


def _markup_problems(path: str, resource: dict[str, Any]) -> Iterator[Problem]:
    for where, text, markup in _texts(resource):
        place = f"{path}.{where}".lstrip(".")
        if _SCRIPTED.search(text):
            yield Problem(place, "Scripts, comments and event attributes are not allowed in texts.")
        tags = {tag.lower() for tag in _TAG.findall(text)}
        is_html = text.startswith("<") and text.endswith(">")
        if is_html and markup and tags - _ALLOWED_TAGS:
            yield Problem(place, f"The tags {', '.join(sorted(tags - _ALLOWED_TAGS))} are not allowed in texts.")
        if is_html and not markup and tags:
            yield Problem(place, "HTML is not allowed here.")


def _texts(resource: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """(place, text, whether HTML is allowed there)."""
    for name, markup in (("label", False), ("summary", True)):
        yield from _of_map(name, resource.get(name), markup)
    pairs = [(f"metadata[{number}]", pair) for number, pair in enumerate(resource.get("metadata") or ())]
    if resource.get("requiredStatement"):
        pairs.append(("requiredStatement", resource["requiredStatement"]))
    for where, pair in pairs:
        yield from _of_map(f"{where}.label", pair.get("label"), False)
        yield from _of_map(f"{where}.value", pair.get("value"), True)


def _of_map(where: str, language_map: Any, markup: bool) -> Iterator[tuple[str, str, bool]]:
    if isinstance(language_map, dict):
        for tag, texts in language_map.items():
            for text in texts:
                yield f"{where}.{tag}", text, markup
