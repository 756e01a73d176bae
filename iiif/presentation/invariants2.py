"""What a schema cannot say of a Presentation 2.1 document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from iiif.presentation import circles, markup, parts
from iiif.presentation.problems import Problem


def broken(document: dict[str, Any], address: str) -> Iterator[Problem]:
    """Everything that contradicts itself."""
    if address and document["@id"] != address:
        yield Problem("@id", f"It is {document['@id']}, but the document is published at {address}.")
    yield from _scripts(document)
    if document["@type"] == "sc:Manifest":
        yield from _manifest(document)
    else:
        yield from _members(document)


_WITH_TEXTS = frozenset({"label", "description", "attribution", "metadata", "value"})


def _scripts(value: Any, path: str = "") -> Iterator[Problem]:
    """4.4: no scripts in texts. Which tags clients keep is left to them; others' documents are full of them."""
    for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
        where = f"{path}[{name}]" if isinstance(name, int) else f"{path}.{name}".lstrip(".")
        if isinstance(inner, (dict, list)):
            yield from _scripts(inner, where)
        elif isinstance(inner, str) and not _WITH_TEXTS.isdisjoint(where.replace("[", ".").split(".")) and markup.is_scripted(inner):
            yield Problem(where, "Scripts, comments and event attributes are not allowed in texts.")


def _members(collection: dict[str, Any]) -> Iterator[Problem]:
    for name in ("collections", "manifests", "members"):
        for number, member in enumerate(collection.get(name, ())):
            if member["@id"] == collection["@id"]:
                yield Problem(f"{name}[{number}]", "A collection does not contain itself.")


def _manifest(manifest: dict[str, Any]) -> Iterator[Problem]:
    canvases: dict[str, str] = {}
    annotations: dict[str, str] = {}
    sizes = {canvas["@id"]: canvas for canvas in manifest["sequences"][0]["canvases"]}
    for number, canvas in enumerate(manifest["sequences"][0]["canvases"]):
        where = f"sequences[0].canvases[{number}]"
        if canvas["@id"] in canvases:
            yield Problem(f"{where}.@id", f"{canvas['@id']} is the id of {canvases[canvas['@id']]} already.")
        canvases[canvas["@id"]] = where
        for place, image in enumerate(canvas.get("images", ())):
            if isinstance(image.get("@id"), str):
                if image["@id"] in annotations:
                    yield Problem(f"{where}.images[{place}].@id", f"{image['@id']} is the id of {annotations[image['@id']]} already.")
                annotations[image["@id"]] = f"{where}.images[{place}]"
            target = image["on"] if isinstance(image["on"], str) else str(image["on"].get("full") or image["on"].get("@id") or "")
            if canvas["@id"] not in (target, target.partition("#")[0]):
                yield Problem(f"{where}.images[{place}].on", f"It paints {target}, not the canvas that holds it.")
            for within, sentence in parts.faults(_in_words_of_3(image["on"]), sizes):
                yield Problem(f"{where}.images[{place}].on{within}", sentence)
    start = manifest["sequences"][0].get("startCanvas")
    if start and start not in canvases:
        yield Problem("sequences[0].startCanvas", f"{start} is no canvas of this manifest.")
    yield from _directions(manifest)
    yield from _ranges(manifest.get("structures", ()), sizes)


def _directions(manifest: dict[str, Any]) -> Iterator[Problem]:
    """3.3 viewingHint: what is continuous says in which direction it goes on; a sequence has its manifest's (3.3 viewingDirection)."""
    inherited = "viewingDirection" in manifest
    structures = [(f"structures[{number}]", one, False) for number, one in enumerate(manifest.get("structures", ()))]
    for where, one, known in [("", manifest, False), ("sequences[0]", manifest["sequences"][0], inherited), *structures]:
        hints = one.get("viewingHint")
        if "continuous" in (hints if isinstance(hints, list) else [hints]) and not known and "viewingDirection" not in one:
            yield Problem(f"{where}.viewingHint".lstrip("."), "What is continuous has a viewingDirection, too.")


def _in_words_of_3(on: Any) -> Any:
    """What an image of 2.1 lies on, as 3.0 would name it."""
    if not isinstance(on, dict) or "full" not in on:
        return on.get("@id") if isinstance(on, dict) else on
    selector = on.get("selector")
    if not isinstance(selector, dict):
        return on["full"]
    kind = str(selector.get("@type", "")).removeprefix("oa:")
    return {"source": on["full"], "selector": {"type": kind, "value": selector.get("value", selector.get("chars"))}}


def _ranges(structures: Any, sizes: dict[str, Any]) -> Iterator[Problem]:
    ids: dict[str, str] = {}
    for number, one in enumerate(structures):
        if one["@id"] in ids:
            yield Problem(f"structures[{number}].@id", f"{one['@id']} is the id of {ids[one['@id']]} already.")
        ids.setdefault(one["@id"], f"structures[{number}]")
    below = {one["@id"]: [inner for _, inner in _inner(one)] for one in structures}
    for number, one in enumerate(structures):
        where = f"structures[{number}]"
        if "startCanvas" in one:
            yield from _canvas_problems(f"{where}.startCanvas", one["startCanvas"], sizes)
        for place, canvas in enumerate(one.get("canvases", ())):
            yield from _canvas_problems(f"{where}.canvases[{place}]", canvas, sizes)
        for place, member in enumerate(one.get("members", ())):
            if member["@type"] == "sc:Canvas":
                yield from _canvas_problems(f"{where}.members[{place}]", member["@id"], sizes)
        for at, inner in _inner(one):
            if inner not in ids:
                yield Problem(f"{where}.{at}", f"{inner} is no range of this manifest.")
            elif sentence := circles.fault(one["@id"], inner, below):
                yield Problem(f"{where}.{at}", sentence)


def _canvas_problems(where: str, canvas: str, sizes: dict[str, Any]) -> Iterator[Problem]:
    if not {canvas, canvas.partition("#")[0]} & sizes.keys():
        yield Problem(where, f"{canvas} is no canvas of this manifest.")
    for _, sentence in parts.faults(canvas, sizes):
        yield Problem(where, sentence)


def _inner(structure: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(place, id) of the ranges that one names."""
    for place, inner in enumerate(structure.get("ranges", ())):
        yield f"ranges[{place}]", inner
    for place, member in enumerate(structure.get("members", ())):
        if member["@type"] == "sc:Range":
            yield f"members[{place}]", member["@id"]
