"""The Presentation API 2.1 form of a 3.0 document (https://iiif.io/api/presentation/2.1/), for viewers that know no newer one.

Ids of canvases and annotations stay what they are, so that annotations made with either version find their target. Sound, video and
models cannot be said in 2.1: they are left out, and a manifest of nothing else has no 2.1 form.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from iiif.presentation.addresses import version_2

CONTEXT = "http://iiif.io/api/presentation/2/context.json"
IMAGE_CONTEXT = "http://iiif.io/api/image/2/context.json"
IMAGE_PROFILE = "http://iiif.io/api/image/2/level2.json"
SELECTORS = "http://iiif.io/api/annex/openannotation/context.json"
SEQUENCE = "sequence/normal"
Json = dict[str, Any]
# of the behaviors, those that were viewing hints of a manifest, collection or canvas
_HINTS = ("paged", "individuals", "continuous", "multi-part", "facing-pages", "non-paged")


def converted(document: Json, *, own_address: bool) -> Json | None:
    """A manifest or collection in 2.1; None when it cannot be said. ``own_address``: its ``@id`` is the address of the 2.1 form."""
    made = _collection(document) if document["type"] == "Collection" else _manifest(document)
    if made is None:
        return None
    return {"@context": CONTEXT, **made, "@id": version_2(document["id"]) if own_address else document["id"]}


def _collection(collection: Json) -> Json:
    made = {"@id": collection["id"], "@type": "sc:Collection", **_described(collection)}
    for name, kind in (("collections", "Collection"), ("manifests", "Manifest")):
        members = [_mention(item) for item in collection["items"] if item["type"] == kind]
        if members:
            made[name] = members
    return made


def _mention(item: Json) -> Json:
    made = {"@id": version_2(item["id"]), "@type": f"sc:{item['type']}", "label": value(item["label"])}
    return {**made, "thumbnail": _thumbnail(item["thumbnail"][0])} if item.get("thumbnail") else made


def _manifest(manifest: Json) -> Json | None:
    canvases = [made for canvas in manifest["items"] if (made := _canvas(canvas)) is not None]
    if not canvases:
        return None
    made = {"@id": manifest["id"], "@type": "sc:Manifest", **_described(manifest)}
    sequence: Json = {"@id": manifest["id"].removesuffix("manifest.json") + SEQUENCE, "@type": "sc:Sequence"}
    if made.get("viewingHint") == "continuous":  # 3.3: says in which direction it goes on
        made.setdefault("viewingDirection", "left-to-right")
    sequence |= {name: made[name] for name in ("viewingDirection", "viewingHint") if name in made}
    there = {canvas["@id"] for canvas in canvases}
    if manifest.get("start", {}).get("id") in there:
        sequence["startCanvas"] = manifest["start"]["id"]
    made["sequences"] = [{**sequence, "canvases": canvases}]
    ranges = [one for structure in manifest.get("structures", ()) for one in _ranges(structure, there)]
    if ranges:
        made["structures"] = ranges
    return made


def _described(resource: Json) -> Json:
    """The properties that any resource may have, under their old names."""
    said = {old: say(resource[new]) for new, old, say in _PROPERTIES if new in resource}
    if not said.get("viewingHint", True):
        del said["viewingHint"]
    return said | _lent(resource)


def _lent(resource: Json) -> Json:
    """The provider's logo, and services that 2.1 knew."""
    logos = [logo for provider in resource.get("provider", ()) for logo in provider.get("logo", ())]
    services = [service for service in resource.get("service", ()) if "@id" in service]
    return ({"logo": _thumbnail(logos[0])} if logos else {}) | ({"service": services} if services else {})


def _hint(behaviors: list[str]) -> str:
    return next((one for one in behaviors if one in _HINTS), "")


def _pairs(metadata: list[Json]) -> list[Json]:
    return [{"label": value(pair["label"]), "value": value(pair["value"])} for pair in metadata]


def _links(links: list[Json]) -> list[Json]:
    return [_link(link) for link in links]


def _within(part_of: list[Json]) -> Any:
    found = [version_2(one["id"]) for one in part_of]
    return found[0] if len(found) == 1 else found


def value(language_map: dict[str, list[str]]) -> Any:
    """4.3: one text without a language is a string; others are objects with @value and @language."""
    found = [words if tag == "none" else {"@value": words, "@language": tag} for tag, several in language_map.items() for words in several]
    return found[0] if len(found) == 1 else found


def _link(link: Json) -> Json:
    made = {"@id": link["id"], **{name: link[name] for name in ("format", "profile") if name in link}}
    return {**made, "label": value(link["label"])} if "label" in link else made


def _canvas(canvas: Json) -> Json | None:
    paintings = [annotation for page in canvas["items"] for annotation in page["items"]]
    images = [_annotation(annotation) for annotation in paintings if _resource(annotation["body"]) is not None]
    if not images or "width" not in canvas:
        return None
    made = {"@id": canvas["id"], "@type": "sc:Canvas", **_described(canvas), "width": canvas["width"], "height": canvas["height"]}
    made["images"] = images
    # pages that are written out are captions of recordings and places of maps, which 2.1 has not
    lists = [page for page in canvas.get("annotations", ()) if "items" not in page]
    if lists:
        made["otherContent"] = [{"@id": f"{page['id']}-v2", "@type": "sc:AnnotationList", "label": value(page["label"])} for page in lists]
    return made


def _annotation(annotation: Json) -> Json:
    return {
        "@id": annotation["id"],
        "@type": "oa:Annotation",
        "motivation": "sc:painting",
        "resource": _resource(annotation["body"]),
        "on": annotation["target"],
    }


def _resource(body: Json) -> Json | None:
    match body["type"]:
        case "Image":
            return _image(body)
        case "SpecificResource":
            selector = {"@context": SELECTORS, "@type": "iiif:ImageApiSelector", "region": body["selector"]["region"]}
            return {
                "@id": _image_2(body["id"], body["source"]),
                "@type": "oa:SpecificResource",
                "full": _image(body["source"]),
                "selector": selector,
            }
        case "Choice":
            first, *others = [_image(item) for item in body["items"]]
            return {"@type": "oa:Choice", "default": first, "item": others}
        case _:
            return None


def _image(image: Json) -> Json:
    made = {"@id": _image_2(image["id"], image), "@type": "dctypes:Image", "format": image["format"]}
    made |= {"width": image["width"], "height": image["height"]}
    if "label" in image:
        made["label"] = value(image["label"])
    return {**made, "service": _service(image["service"][0])} if image.get("service") else made


def _thumbnail(image: Json) -> Json:
    made = {"@id": _image_2(image["id"], image), **{name: image[name] for name in ("format", "width", "height") if name in image}}
    return {**made, "service": _service(image["service"][0])} if image.get("service") else made


def _service(service: Json) -> Json:
    """Our own image service has an address for 2.1; another museum's, named in settings, is mentioned as it is."""
    old = _old_base(service["id"])
    if old == service["id"]:
        return {"@context": "http://iiif.io/api/image/3/context.json", "@id": service["id"], "profile": service["profile"]}
    return {"@context": IMAGE_CONTEXT, "@id": old, "profile": IMAGE_PROFILE}


def _image_2(address: str, image: Json) -> str:
    """The same pixels from the 2.1 service: there the whole size is called "full"."""
    service = image["service"][0]["id"] if image.get("service") else ""
    old = _old_base(service)
    if not service or old == service or not address.startswith(service):
        return address
    return (old + address[len(service) :]).replace("/max/0/default.", "/full/0/default.")


def _old_base(service: str) -> str:
    origin, mark, asset = service.rpartition("/iiif/3/")
    return f"{origin}/iiif/2/{asset}" if mark else service


def _ranges(structure: Json, there: set[str]) -> list[Json]:
    """5.4.1: ranges stand beside each other and name what is within them."""
    inner = [item for item in structure["items"] if item["type"] == "Range"]
    made = {"@id": structure["id"], "@type": "sc:Range", "label": value(structure["label"])}
    canvases = [item["id"] for item in structure["items"] if item["type"] == "Canvas" and item["id"] in there]
    below = [_ranges(one, there) for one in inner]
    if canvases:
        made["canvases"] = canvases
    if any(below):
        made["ranges"] = [one[0]["@id"] for one in below if one]
    if "canvases" not in made and "ranges" not in made:
        return []
    return [made, *(one for several in below for one in several)]


def annotation_list(page: Json) -> Json:
    """An annotation page as a 2.1 annotation list: texts over a part of a canvas."""
    items = [made for one in page.get("items", ()) if (made := _comment(one)) is not None]
    return {"@context": CONTEXT, "@id": f"{page['id']}-v2", "@type": "sc:AnnotationList", "resources": items}


def _comment(annotation: Json) -> Json | None:
    body = annotation.get("body")
    bodies = [one for one in (body if isinstance(body, list) else [body]) if isinstance(one, dict) and one.get("type") == "TextualBody"]
    if not bodies:
        return None
    texts: list[Json] = []
    for one in bodies:
        text = {"@type": "cnt:ContentAsText", "format": one.get("format", "text/plain"), "chars": one.get("value", "")}
        spoken = one.get("language")
        tag = spoken[0] if isinstance(spoken, list) and len(spoken) == 1 else spoken
        texts.append({**text, "language": tag} if isinstance(tag, str) else text)
    target = annotation["target"]
    if isinstance(target, dict):
        source = target.get("source", target.get("id", ""))
        source = source.get("id", "") if isinstance(source, dict) else source
        fragment = (target.get("selector") or {}).get("value", "") if isinstance(target.get("selector"), dict) else ""
        target = f"{source}#{fragment}" if fragment else source
    motivation = "sc:painting" if annotation["motivation"] == "supplementing" else "oa:commenting"
    made = {"@id": annotation["id"], "@type": "oa:Annotation", "motivation": motivation}
    return {**made, "resource": texts[0] if len(texts) == 1 else texts, "on": target}


def _same(given: Any) -> Any:
    return given


# (name in 3.0, name in 2.1, how its value is said there)
_PROPERTIES: tuple[tuple[str, str, Callable[[Any], Any]], ...] = (
    ("label", "label", value),
    ("summary", "description", value),
    ("metadata", "metadata", _pairs),
    ("requiredStatement", "attribution", lambda statement: value(statement["value"])),
    ("rights", "license", _same),
    ("thumbnail", "thumbnail", lambda images: _thumbnail(images[0])),
    ("navDate", "navDate", _same),
    ("viewingDirection", "viewingDirection", _same),
    ("behavior", "viewingHint", _hint),
    ("homepage", "related", _links),
    ("rendering", "rendering", _links),
    ("seeAlso", "seeAlso", _links),
    ("partOf", "within", _within),
)
