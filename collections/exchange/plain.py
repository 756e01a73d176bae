"""Our own JSON of an object: everything that everybody may read of it, as the museum keeps it, and the JSON Schema of that.

The document is the public view with absolute addresses; the schema is read from the view's own types, so that neither can leave the other behind.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import NoneType, UnionType
from typing import Any, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

import orjson
from django.conf import settings

from artifacts.views import ObjectView
from iiif.files.addresses import ENDINGS, file_url
from iiif.image.addresses import service_url

SCHEMA = "/data/object.schema.json"
MEDIA_TYPE = "application/json"
# of the workplace alone: always empty here, or a form of something else in it
_LEFT_OUT = {"staff", "accession_sort"}
# of a picture: what pages compare and caches know it by
_LEFT_OUT_OF_MEDIA = {"hash", "version", "state"}
# and what tells how it looks, of one that is not shown to everybody
_UNSEEN: dict[str, Any] = {"color": "", "palette": []}
_ADDRESS = {"type": "string", "format": "uri"}
_NAMES: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    NoneType: {"type": "null"},
    Any: {},
}


def write(view: Mapping[str, Any]) -> bytes:
    """The document, UTF-8. Dates are ISO 8601, sizes as in ``artifacts.views``."""
    found: dict[str, Any] = {"$schema": profile(), **{name: value for name, value in view.items() if name not in _LEFT_OUT}}
    found["uri"] = settings.MUSEUM_ORIGIN + view["uri"]
    found["media"] = [_media(use) for use in view["media"]]
    found["primary"] = _media(view["primary"]) if view["primary"] else None
    return orjson.dumps(found, default=str, option=orjson.OPT_INDENT_2)


def profile() -> str:
    """The absolute address of the schema."""
    return f"{settings.MUSEUM_ORIGIN}{SCHEMA}"


def schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of the document. What upper rooms add to a view (exhibitions) may stand beside it."""
    definitions: dict[str, Any] = {}
    root = _record(ObjectView, definitions)
    for record, left_out in ((root, _LEFT_OUT), (definitions["MediaView"], _LEFT_OUT_OF_MEDIA)):
        for name in left_out:
            del record["properties"][name]
            record["required"].remove(name)
    root["properties"].update({"$schema": _ADDRESS, "uri": _ADDRESS, "updated_at": _moment(), "first_published_on": _moment()})
    definitions["MediaView"]["properties"]["address"] = _ADDRESS
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": profile(),
        "title": "An object of the museum",
        **root,
        "$defs": definitions,
    }


def _media(use: Mapping[str, Any]) -> dict[str, Any]:
    """A use with the address of its image service, or of its file."""
    said = {name: value for name, value in use.items() if name not in _LEFT_OUT_OF_MEDIA} | (_UNSEEN if use["restricted"] else {})
    if use["mime"] in ENDINGS:
        return {**said, "address": file_url(use["asset"], use["mime"])}
    return {**said, "address": service_url(use["asset"])} if use["type"] == "image" else said


def _moment() -> dict[str, Any]:
    return {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}]}


def _of(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if is_typeddict(hint):
        if hint.__name__ not in definitions:
            definitions[hint.__name__] = {}  # known before it is read: a reference holds references
            definitions[hint.__name__] = _record(hint, definitions)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return {"anyOf": [_of(one, definitions) for one in arguments]}
    if origin is list:
        return {"type": "array", "items": _of(arguments[0], definitions)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _of(arguments[1], definitions)}
    return dict(_NAMES[hint])


def _record(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    fields = get_type_hints(hint)
    # as it is written: of annotations that are texts, Python 3.11 does not know which are required
    written = get_type_hints(hint, include_extras=True)
    required = sorted(name for name, one in written.items() if get_origin(one) is not NotRequired)
    return {"type": "object", "properties": {name: _of(one, definitions) for name, one in fields.items()}, "required": required}
