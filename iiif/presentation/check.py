"""Is this document right? Our schemas, our invariants, iiif-prezi3's model as the second opinion; 3.0 and 2.1, ours and others'.

The schema holds the shape; the invariants hold what a schema cannot say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import orjson

from iiif.presentation import invariants, invariants2, maps, version2
from iiif.presentation.problems import Problem, json_path

SCHEMAS = Path(__file__).parent / "schema"
MOST_PROBLEMS = 50
MOST_LEVELS = 60  # ranges in ranges in ranges are allowed
MOST_SHAPES = 20_000  # of manifests that the second opinion has accepted
# type → (definition in the schema of 3.0)
_TOP = {"Manifest": "topManifest", "Collection": "topCollection"}
_TOP_2 = {"sc:Manifest": "topManifest", "sc:Collection": "topCollection"}


def problems(document: Any, *, address: str = "", canvases: Collection[str] | None = None, thorough: bool = False) -> list[Problem]:
    """Everything that is wrong with a Presentation manifest or collection, 3.0 or 2.1; empty when nothing is.

    ``address``: where the document is published; its ``id`` must be just that. ``canvases``: the ids of all canvases where only some
    are written out. ``thorough``: ask the second opinion about every canvas, not about one of each shape.
    """
    if not isinstance(document, dict):
        return [Problem("", "A manifest is a JSON object.")]
    if _deeper(document, MOST_LEVELS):
        return [Problem("", f"It is nested deeper than {MOST_LEVELS} levels.")]
    if version_of(document) == 2:
        return (list(_schema_2(document)) or list(invariants2.broken(document, address)))[:MOST_PROBLEMS]
    found = list(_schema_3(document)) or list(invariants.broken(document, address, canvases))
    if not found and document["type"] == "Manifest":
        found = list(_second_opinion(document, thorough))
    return found[:MOST_PROBLEMS]


def _deeper(document: Any, levels: int) -> bool:
    """Whether lists and objects lie deeper in each other; without recursion, since others decide how deep."""
    layer = [document]
    for _level in range(levels):
        layer = [
            inner
            for one in layer
            for inner in (one.values() if isinstance(one, dict) else one)
            if isinstance(inner, (dict, list)) and inner
        ]
        if not layer:
            return False
    return True


def advice(document: Any) -> list[Problem]:
    """What the specification recommends of a 3.0 manifest and is not so (3.4: should), and is no fault."""
    found = []
    for where, canvas in _canvases(document):
        pages = canvas.get("items")
        if not isinstance(pages, list) or not pages:
            found.append(Problem(where, "The canvas should have items: nothing is shown on it."))
        for name in ("items", "annotations"):
            for number, page in enumerate(canvas[name] if isinstance(canvas.get(name), list) else ()):
                if isinstance(page, dict) and page.get("items") == []:
                    found.append(Problem(f"{where}.{name}[{number}].items", "An annotation page should have at least one annotation."))
                for place, note in enumerate(page["items"] if isinstance(page, dict) and isinstance(page.get("items"), list) else ()):
                    if isinstance(note, dict) and maps.is_georeference(note) and maps.too_few(note):
                        sentence = f"A map should have at least {maps.LEAST_POINTS} control points."
                        found.append(Problem(f"{where}.{name}[{number}].items[{place}].body.features", sentence))
    found += _empty_texts(document)
    return found[:MOST_PROBLEMS]


def _empty_texts(document: Any) -> Iterator[Problem]:
    """Texts of labels, summaries and metadata without a character: allowed (4.1), and of use to nobody."""
    waiting: list[tuple[str, Any]] = [("", document if isinstance(document, (dict, list)) else [])]
    while waiting:
        where, one = waiting.pop()
        inside = one.items() if isinstance(one, dict) else enumerate(one)
        for name, inner in inside:
            place = f"{where}[{name}]" if isinstance(one, list) else f"{where}.{name}".removeprefix(".")
            if name in {"label", "summary", "value"} and isinstance(inner, dict):
                for language, texts in inner.items():
                    if isinstance(texts, list) and "" in texts:
                        yield Problem(f"{place}.{language}", "An empty text says nothing.")
            elif isinstance(inner, (dict, list)):
                waiting.append((place, inner))


def pages_elsewhere(document: Any) -> list[tuple[str, dict[str, Any]]]:
    """(place, page) of the pages of paintings that a 3.0 manifest names and does not write out."""
    return [
        (f"{where}.items[{number}]", page)
        for where, canvas in _canvases(document)
        for number, page in enumerate(canvas["items"] if isinstance(canvas.get("items"), list) else ())
        if isinstance(page, dict) and page.get("type") == "AnnotationPage" and "items" not in page
        if isinstance(page.get("id"), str) and page["id"].startswith(("http://", "https://"))
    ]


def _canvases(document: Any) -> list[tuple[str, dict[str, Any]]]:
    items = document.get("items") if isinstance(document, dict) and document.get("type") == "Manifest" else None
    if not isinstance(items, list):
        return []
    return [(f"items[{number}]", canvas) for number, canvas in enumerate(items) if isinstance(canvas, dict)]


def version_of(document: dict[str, Any]) -> int:
    """2 for a document that says so, else 3."""
    context = document.get("@context")
    contexts = context if isinstance(context, list) else [context]
    return 2 if version2.CONTEXT in contexts and ("@type" in document or "@id" in document) else 3


def _schema_3(document: dict[str, Any]) -> Iterator[Problem]:
    definition = _TOP.get(document.get("type", "")) if isinstance(document.get("type"), str) else None
    if definition is None and isinstance(document.get("@type"), str) and document["@type"] in _TOP_2:
        yield Problem("@context", f"It is {document.get('@context')!r}: that of Presentation 2.1 is {version2.CONTEXT}.")
        return
    if definition is None:
        yield Problem("type", f"It is {document.get('type')!r}: a Presentation 3.0 document is a Manifest or a Collection.")
        return
    yield from _faults("presentation-3.json", definition, document)


def _schema_2(document: dict[str, Any]) -> Iterator[Problem]:
    definition = _TOP_2.get(document.get("@type", "")) if isinstance(document.get("@type"), str) else None
    if definition is None:
        yield Problem("@type", f"It is {document.get('@type')!r}: a Presentation 2.1 document is a sc:Manifest or a sc:Collection.")
        return
    yield from _faults("presentation-2.json", definition, document)


def _faults(schema: str, definition: str, document: dict[str, Any]) -> Iterator[Problem]:
    for error in _validator(schema, definition).iter_errors(document):
        yield Problem(json_path(error.instance_path), error.message[:300])


@cache
def _validator(name: str, definition: str) -> Any:
    """One definition by itself, so that a fault is reported where it is and not as "fits none of two"."""
    schema = orjson.loads((SCHEMAS / name).read_bytes())
    return jsonschema_rs.validator_for({"$schema": schema["$schema"], "$ref": f"#/$defs/{definition}", "$defs": schema["$defs"]})


def _second_opinion(manifest: dict[str, Any], thorough: bool) -> Iterator[Problem]:
    """iiif-prezi3's model, without what it is known not to hold (years before 1).

    It takes half a millisecond for each canvas: of canvases, and of manifests, that differ in their values alone one is asked
    about, and the schema has looked at all values.
    """
    from iiif_prezi3 import Manifest
    from pydantic import ValidationError

    shape = None if thorough else _shape(manifest)
    if shape is not None and shape in _accepted:
        return
    known = {name: value for name, value in manifest.items() if name != "navDate" or not str(value).startswith(("-", "0000"))}
    places = list(range(len(manifest["items"])))
    if not thorough:
        first: dict[Any, int] = {}
        for place, canvas in enumerate(manifest["items"]):
            first.setdefault(_shape(canvas), place)
        places = list(first.values())
        known["items"] = [manifest["items"][place] for place in places]
    try:
        Manifest(**known)
        if shape is not None and len(_accepted) < MOST_SHAPES:
            _accepted.add(shape)
    except ValidationError as error:
        faults = error.errors()
        allowed = {_body(one["loc"]) for one in faults if one["loc"][-1:] == ("language",)} - {()}
        for fault in [one for one in faults if not _knows_less(one["loc"]) and _body(one["loc"]) not in allowed][:MOST_PROBLEMS]:
            where = [
                places[step] if at == 1 and fault["loc"][0] == "items" and isinstance(step, int) else step
                for at, step in enumerate(fault["loc"])
            ]
            yield Problem(json_path(where), fault["msg"])


def _knows_less(place: tuple[str | int, ...]) -> bool:
    """Whether schema and invariants look there, and the second opinion refuses what is allowed: behaviors of extensions, language tags with digits
    (es-419), mentions of canvases as targets, addresses alone as bodies of annotations that paint nothing.
    """
    return not {"behavior", "[key]", "target"}.isdisjoint(place) or {"annotations", "body"}.issubset(place)


def _body(place: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """The body in which a fault lies. One with several languages is refused by all that the second opinion takes a body for, and
    allowed (3.4 language); the schema has looked at it.
    """
    return place[: place.index("body") + 1] if "body" in place else ()


_accepted: set[Any] = set()


def _shape(value: Any) -> Any:
    """A print of keys and kinds of values, without the values; of a list that of each kind of its items once, in any number."""
    if isinstance(value, dict):
        return hash(
            tuple(
                (name, value[name] if name == "type" and isinstance(value[name], str) else _shape(inner)) for name, inner in value.items()
            )
        )
    if isinstance(value, list):
        return hash(("list", *dict.fromkeys(map(_shape, value))))
    return type(value)
