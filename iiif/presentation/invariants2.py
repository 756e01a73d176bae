"""What a schema cannot say of a Presentation 2.1 document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from iiif.presentation import markup, parts
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
    sizes = {canvas["@id"]: canvas for canvas in manifest["sequences"][0]["canvases"]}
    for number, canvas in enumerate(manifest["sequences"][0]["canvases"]):
        where = f"sequences[0].canvases[{number}]"
        if canvas["@id"] in canvases:
            yield Problem(f"{where}.@id", f"{canvas['@id']} is the id of {canvases[canvas['@id']]} already.")
        canvases[canvas["@id"]] = where
        for place, image in enumerate(canvas.get("images", ())):
            target = image["on"] if isinstance(image["on"], str) else str(image["on"].get("full") or image["on"].get("@id") or "")
            if target.partition("#")[0] != canvas["@id"]:
                yield Problem(f"{where}.images[{place}].on", f"It paints {target}, not the canvas that holds it.")
            for within, sentence in parts.faults(_in_words_of_3(image["on"]), sizes):
                yield Problem(f"{where}.images[{place}].on{within}", sentence)
    start = manifest["sequences"][0].get("startCanvas")
    if start and start not in canvases:
        yield Problem("sequences[0].startCanvas", f"{start} is no canvas of this manifest.")
    yield from _ranges(manifest.get("structures", ()), sizes)


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
    ids = {one["@id"] for one in structures}
    for number, one in enumerate(structures):
        for place, canvas in enumerate(one.get("canvases", ())):
            if canvas.partition("#")[0] not in sizes:
                yield Problem(f"structures[{number}].canvases[{place}]", f"{canvas} is no canvas of this manifest.")
            for _, sentence in parts.faults(canvas, sizes):
                yield Problem(f"structures[{number}].canvases[{place}]", sentence)
        for place, inner in enumerate(one.get("ranges", ())):
            if inner not in ids:
                yield Problem(f"structures[{number}].ranges[{place}]", f"{inner} is no range of this manifest.")
