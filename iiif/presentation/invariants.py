"""What a schema cannot say of a Presentation 3.0 document: unique ids, paintings on their own canvas, ranges that lead somewhere,
behaviours that do not contradict each other, texts without scripts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from iiif.presentation import circles, maps, markup, moments, parts, places, remarks
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
    "paged": {"Collection", "Manifest", "Range"},
    "repeat": {"Collection", "Manifest"},
    "no-repeat": {"Collection", "Manifest"},
    "auto-advance": {"Collection", "Manifest", "Canvas", "Range"},
    "no-auto-advance": {"Collection", "Manifest", "Canvas", "Range"},
    "hidden": {"AnnotationCollection", "AnnotationPage", "Annotation", "SpecificResource", "Choice"},
}
_KNOWN = frozenset(_BELONGS)
_URI = re.compile(r"https?://\S+")
_OLD = ("sc:", "oa:", "dctypes:", "cnt:", "dcterms:")
# 3.4: what these say of needs height and width, or a duration, somewhere in what they stand on
_SPATIAL, _TEMPORAL = (
    frozenset({"paged", "continuous", "facing-pages", "non-paged"}),
    frozenset({"auto-advance", "no-auto-advance", "repeat", "no-repeat"}),
)


def broken(document: dict[str, Any], address: str, canvases: Collection[str] | None) -> Iterator[Problem]:
    """Everything that contradicts itself. ``canvases``: the ids of all canvases where the document holds only some of them."""
    if address and document["id"] != address:
        yield Problem("id", f"It is {document['id']}, but the document is published at {address}.")
    context = document["@context"]
    if isinstance(context, list) and context[-1] != CONTEXT:
        yield Problem("@context", "The presentation context must come last.")
    resources = list(_resources(document))
    yield from _extension_problems(context if isinstance(context, list) else [context], resources)
    yield from _unique_ids(resources)
    written_out = {one["id"]: one for _, one in resources if one["type"] == "Canvas" and isinstance(one.get("id"), str) and _has_size(one)}
    for path, resource in resources:
        if resource["type"].startswith(_OLD):
            yield Problem(f"{path}.type".lstrip("."), f"{resource['type']} is a type of Presentation 2.")
        yield from _behavior_problems(path, resource)
        yield from _markup_problems(path, resource)
        yield from _part_problems(path, resource, written_out)
        if resource["type"] in _WITH_ANNOTATIONS:
            yield from _no_paintings(path, resource)
            yield from _beside_problems(path, resource)
            yield from remarks.faults(
                path, resource, _parts_of(resource) if resource is not document else {*_parts_of(resource), *(canvases or ())}
            )
        if isinstance(resource.get("navDate"), str) and (sentence := moments.fault(resource["navDate"])):
            yield Problem(f"{path}.navDate".lstrip("."), sentence)
    if document["type"] == "Manifest":
        yield from _manifest_invariants(document, canvases)
    else:
        for path, member in _members(document):
            if member.get("id") == document["id"]:
                yield Problem(path, "A collection does not contain itself (5.1).")


def _extension_problems(contexts: Sequence[Any], resources: Sequence[tuple[str, dict[str, Any]]]) -> Iterator[Problem]:
    """Of what stands in extensions: navPlace, and places of maps. Their contexts are named (4.6)."""
    for path, resource in resources:
        if "navPlace" in resource:
            where = f"{path}.navPlace".lstrip(".")
            yield from _unnamed(NAV_PLACE, contexts, where)
            yield from places.faults(resource["navPlace"], where) if isinstance(resource["navPlace"], dict) else ()
        if maps.is_georeference(resource):
            yield from _unnamed(maps.CONTEXT, contexts, path)
            yield from maps.faults(resource, path)


def _unnamed(context: str, contexts: Sequence[Any], path: str) -> Iterator[Problem]:
    if context not in contexts:
        yield Problem(path, f"Its context {context} is not named.")


def _members(collection: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """(place, mention) of what a collection holds, and the collections that are written out in it."""
    for number, member in enumerate(_list(collection.get("items"))):
        where = f"{path}.items[{number}]".lstrip(".")
        yield where, member
        yield from _members(member, where)


def _parts_of(resource: dict[str, Any]) -> set[str]:
    """The ids of all that a manifest, collection or range is made of; of a canvas, nothing."""
    if resource["type"] == "Canvas":
        return set()
    found = {_source(one) for one in _list(resource.get("items"))}
    inner = [one for name in ("items", "structures") for one in _list(resource.get(name)) if isinstance(one, dict)]
    for one in inner:
        if one.get("type") in ("Range", "Collection"):
            found |= {str(one.get("id", "")), *_parts_of(one)}
    return found


def _manifest_invariants(manifest: dict[str, Any], known: Collection[str] | None) -> Iterator[Problem]:
    canvases = set(known) if known is not None else {canvas["id"] for canvas in manifest["items"]}
    for number, canvas in enumerate(manifest["items"]):
        yield from _canvas_invariants(f"items[{number}]", canvas)
    ranges = {one["id"] for structure in manifest.get("structures", ()) for one in _ranges_of(structure) if "items" in one}
    for number, structure in enumerate(manifest.get("structures", ())):
        yield from _range_invariants(f"structures[{number}]", structure, canvases, ranges)
    yield from _circles(manifest)
    if manifest.get("start") and (target := _source(manifest["start"])) not in canvases:
        yield Problem("start", f"{target} is no canvas of this manifest.")
    if known is None:
        yield from _dimension_problems("", manifest, manifest["items"])


def _has_size(resource: dict[str, Any]) -> bool:
    """Whether it is written out, with sizes that are numbers: canvases may also stand where no schema looks."""
    sizes = [resource[name] for name in ("width", "height", "duration") if name in resource]
    return bool(sizes) and ("width" in resource) == ("height" in resource) and all(type(size) in (int, float) for size in sizes)


# where resources name canvases, or parts of them
_NAMING = {"Annotation": ("target", "body"), "Range": ("items", "start"), "Manifest": ("start",)}


def _part_problems(path: str, resource: dict[str, Any], canvases: dict[str, dict[str, Any]]) -> Iterator[Problem]:
    for name in _NAMING.get(resource["type"], ()):
        for where, sentence in parts.faults(resource.get(name), canvases):
            yield Problem(f"{path}.{name}{where}".lstrip("."), sentence)


def _source(reference: Any) -> str:
    """The id of the resource that is meant, without the part of it: of a string, a mention or a SpecificResource."""
    if isinstance(reference, dict):
        source = reference.get("source") if reference.get("type") == "SpecificResource" or "id" not in reference else reference["id"]
        return _source(source)
    return str(reference or "").partition("#")[0]


def _dimension_problems(path: str, resource: dict[str, Any], canvases: Sequence[dict[str, Any]]) -> Iterator[Problem]:
    """Behaviors that speak of pages where nothing has a height and width, or of playing where nothing lasts."""
    for behavior in resource.get("behavior", ()):
        if behavior in _SPATIAL and not any("width" in canvas for canvas in canvases):
            yield Problem(f"{path}.behavior".lstrip("."), f"{behavior} needs a canvas with height and width.")
        if behavior in _TEMPORAL and not any("duration" in canvas for canvas in canvases):
            yield Problem(f"{path}.behavior".lstrip("."), f"{behavior} needs a canvas with a duration.")


def _canvas_invariants(path: str, canvas: dict[str, Any]) -> Iterator[Problem]:
    yield from _dimension_problems(path, canvas, [canvas])
    for page_number, page in enumerate(canvas.get("items", ())):
        if "items" not in page:
            yield Problem(f"{path}.items[{page_number}]", "A page of paintings that is written out here has items; this one has none.")
        for number, annotation in enumerate(page.get("items", ())):
            yield from _painting_invariants(f"{path}.items[{page_number}].items[{number}]", canvas, annotation)


# the schema looks at these; where else one may stand (in an extension, say), nothing is known of its shape
_WITH_ANNOTATIONS = frozenset({"Manifest", "Collection", "Canvas", "Range"})


def _no_paintings(path: str, resource: dict[str, Any]) -> Iterator[Problem]:
    for page_number, page in enumerate(_list(resource.get("annotations"))):
        for number, annotation in enumerate(_list(page.get("items")) if isinstance(page, dict) else ()):
            if isinstance(annotation, dict) and annotation.get("motivation") in ("painting", ["painting"]):
                where = f"{path}.annotations[{page_number}].items[{number}].motivation".lstrip(".")
                yield Problem(where, "A painting belongs in the canvas's items.")


def _beside_problems(path: str, resource: dict[str, Any]) -> Iterator[Problem]:
    """Of the canvases that stand for this resource, or beside it."""
    for name in ("placeholderCanvas", "accompanyingCanvas"):
        canvas = resource.get(name)
        if isinstance(canvas, dict) and isinstance(canvas.get("id"), str) and _has_size(canvas):
            yield from _canvas_invariants(f"{path}.{name}".lstrip("."), canvas)
            if name == "placeholderCanvas" and "duration" in canvas:
                yield Problem(f"{path}.{name}.duration".lstrip("."), "What is shown before something plays does not play itself.")


def _painting_invariants(where: str, canvas: dict[str, Any], annotation: dict[str, Any]) -> Iterator[Problem]:
    if annotation["motivation"] not in ("painting", ["painting"]):
        yield Problem(f"{where}.motivation", "Annotations in a canvas's items paint it; others belong in annotations.")
    targets = annotation["target"] if isinstance(annotation["target"], list) else [annotation["target"]]
    for target in map(_source, targets or [""]):
        if target != canvas["id"]:
            yield Problem(f"{where}.target", f"It paints {target}, not the canvas that holds it.")
    if "body" not in annotation:
        yield Problem(where, "A painting has a body.")
    elif any(isinstance(one, str) for one in (annotation["body"], *_list(annotation["body"]))):
        yield Problem(f"{where}.body", "What is painted is written out, with its type; this is an address alone.")
    yield from _duration_invariants(where, canvas, annotation.get("body"))


def _duration_invariants(where: str, canvas: dict[str, Any], body: Any) -> Iterator[Problem]:
    kinds = dict.fromkeys(_painted(body))
    for kind in kinds:
        if kind in {"Sound", "Video"} and "duration" not in canvas:
            yield Problem(where, f"A {kind} is painted on a canvas without duration.")
        if kind in {"Image", "Video"} and "width" not in canvas:
            yield Problem(where, f"A {kind} is painted on a canvas without width and height.")


def _painted(body: Any) -> Iterator[str]:
    """The types of what is painted: of one body or several, each thing to choose from, and what a part is a part of."""
    for one in body if isinstance(body, list) else [body]:
        if not isinstance(one, dict):
            continue
        if one.get("type") == "Choice":
            yield from _painted(_list(one.get("items")))
        elif one.get("type") == "SpecificResource":
            yield from _painted(one.get("source"))
        elif isinstance(one.get("type"), str):
            yield one["type"]


def _ranges_of(structure: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The range and all below it, mentions too."""
    yield structure
    for item in structure.get("items", ()):
        if item["type"] == "Range":
            yield from _ranges_of(item)


def _range_invariants(path: str, structure: dict[str, Any], canvases: set[str], ranges: set[str]) -> Iterator[Problem]:
    inside = set()
    by_thumbnails = "thumbnail-nav" in structure.get("behavior", ())
    for number, item in enumerate(structure.get("items", ())):
        where = f"{path}.items[{number}]"
        if item["type"] == "Range":
            if "sequence" in item.get("behavior", ()):
                yield Problem(f"{where}.behavior", "A sequence stands in the manifest's structures itself, not in another range.")
            if by_thumbnails and not item.get("thumbnail"):
                yield Problem(where, "A range in one with the behavior thumbnail-nav has a thumbnail.")
            if "items" not in item and "partOf" not in item and item["id"] not in ranges:
                yield Problem(where, f"{item['id']} is no range of this manifest.")
            yield from _range_invariants(where, item, canvases, ranges)
            inside.update(_canvases_of(item))
            continue
        inside.add(source := _source(item))
        if source not in canvases:
            yield Problem(where, f"{source} is no canvas of this manifest.")
    if structure.get("start") and (start := _source(structure["start"])) not in inside:
        yield Problem(f"{path}.start", f"{start} is no canvas of this range.")


def _circles(manifest: dict[str, Any]) -> Iterator[Problem]:
    written = [
        (where, one) for number, top in enumerate(manifest.get("structures", ())) for where, one in _placed(top, f"structures[{number}]")
    ]
    below = {one["id"]: [item["id"] for item in one["items"] if item["type"] == "Range"] for _, one in written if "items" in one}
    for where, one in written:
        for number, item in enumerate(one.get("items", ())):
            mentioned = item["type"] == "Range" and "items" not in item
            if mentioned and (sentence := circles.fault(one["id"], item["id"], below)):
                yield Problem(f"{where}.items[{number}]", sentence)


def _placed(structure: dict[str, Any], where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    yield where, structure
    for number, item in enumerate(structure.get("items", ())):
        if item["type"] == "Range":
            yield from _placed(item, f"{where}.items[{number}]")


def _canvases_of(structure: dict[str, Any]) -> Iterator[str]:
    for item in structure.get("items", ()):
        yield from _canvases_of(item) if item["type"] == "Range" else [_source(item)]


_IDENTIFIED = {"Manifest", "Collection", "Canvas", "Range", "AnnotationPage", "Annotation"}


def _unique_ids(resources: Sequence[tuple[str, dict[str, Any]]]) -> Iterator[Problem]:
    """Each resource that is written out here has an id of its own; mentions (no items) may repeat one."""
    seen: dict[str, str] = {}
    for path, resource in resources:
        written_out = any(name in resource for name in ("items", "motivation", "width", "height", "duration"))
        if resource.get("type") in _IDENTIFIED and written_out and isinstance(resource.get("id"), str):
            if resource["id"] in seen:
                yield Problem(f"{path}.id".lstrip("."), f"{resource['id']} is the id of {seen[resource['id']] or 'the document'} already.")
            seen.setdefault(resource["id"], path)


def _resources(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """All that have a type, with their places; the schema has looked at the shape of those that it knows, others may be odd."""
    if isinstance(value, dict):
        if isinstance(value.get("type"), str):
            yield path, value
        for name, inner in value.items():
            if name not in {"metadata", "label", "summary", "requiredStatement"}:
                yield from _resources(inner, f"{path}.{name}".lstrip("."))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _resources(inner, f"{path}[{number}]")


def _behavior_problems(path: str, resource: dict[str, Any]) -> Iterator[Problem]:
    chosen = {one for one in _list(resource.get("behavior")) if isinstance(one, str)}
    where = f"{path}.behavior".lstrip(".")
    for exclusive in _EXCLUSIVE:
        if len(chosen & exclusive) > 1:
            yield Problem(where, f"{' and '.join(sorted(chosen & exclusive))} exclude each other.")
    for behavior in sorted(chosen):
        if behavior in _BELONGS and resource["type"] not in _BELONGS[behavior]:
            yield Problem(where, f"{behavior} is no behavior of a {resource['type']}.")
        if behavior not in _KNOWN and not _URI.fullmatch(behavior):
            yield Problem(where, f"{behavior!r} is neither a behavior of the specification nor the address of another one.")


def _markup_problems(path: str, resource: dict[str, Any]) -> Iterator[Problem]:
    for where, text, allowed in _texts(resource):
        for sentence in markup.faults(text, allowed=allowed):
            yield Problem(f"{path}.{where}".lstrip("."), sentence)


def _texts(resource: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """(place, text, whether HTML is allowed there)."""
    for name, allowed in (("label", False), ("summary", True)):
        yield from _of_map(name, resource.get(name), allowed)
    pairs = [(f"metadata[{number}]", pair) for number, pair in enumerate(_list(resource.get("metadata")))]
    for where, pair in [*pairs, ("requiredStatement", resource.get("requiredStatement"))]:
        if not isinstance(pair, dict):
            continue
        yield from _of_map(f"{where}.label", pair.get("label"), False)
        yield from _of_map(f"{where}.value", pair.get("value"), True)


def _of_map(where: str, language_map: Any, allowed: bool) -> Iterator[tuple[str, str, bool]]:
    if isinstance(language_map, dict):
        for tag, texts in language_map.items():
            for text in _list(texts):
                if isinstance(text, str):
                    yield f"{where}.{tag}", text, allowed


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
