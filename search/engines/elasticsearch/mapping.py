"""The mapping and settings of an index, and documents put into it. Only white space parts tokens: the analysis is ours."""

from __future__ import annotations

from typing import Any

import orjson

from search.documents import Audience
from search.engines.compiled import Compiled, facet_fields, number_fields, set_fields, sort_fields, word_fields

FORM = 1  # raised when the same fields are stored in another way


def index_body(audience: Audience) -> dict[str, Any]:
    """Settings and mappings. One shard: a museum's million records fit, and counts are exact."""
    settings: dict[str, Any] = {
        "number_of_shards": 1,
        "auto_expand_replicas": "0-1",
        "refresh_interval": "1s",
        # A late write of what was deleted hours ago must still be refused.
        "gc_deletes": "24h",
        "max_result_window": 10_000,
    }
    properties: dict[str, Any] = {
        "id": {"type": "keyword"},
        "version": {"type": "long"},
        "start": {"type": "integer"},
        "end": {"type": "integer"},
        "latitude": {"type": "integer"},
        "longitude": {"type": "integer"},
        # What is given back, kept by itself: hits are read without unpacking all the words that are searched.
        "source": {"type": "text", "index": False, "store": True},
    }
    for name in word_fields(audience):
        _put(properties, name, {"type": "text", "analyzer": "whitespace", "index_options": "positions"})
    for name in set_fields(audience):
        _put(properties, name, {"type": "keyword", "doc_values": False})
    for name in number_fields(audience):
        _put(properties, name, {"type": "long", "doc_values": False})
    for name in (*facet_fields(), *sort_fields()):
        _put(properties, name, {"type": "keyword", "index": False, "doc_values": True})
    # An index is made anew from the database, never from itself, so the documents as they were sent are not kept.
    return {"settings": {"index": settings}, "mappings": {"dynamic": False, "_source": {"enabled": False}, "properties": properties}}


def body(compiled: Compiled) -> bytes:
    """A document as it is sent, one line of JSON; its ``source`` is the JSON text of what is given back."""
    made: dict[str, Any] = {"id": compiled.id, "version": compiled.version, "source": compiled.source}
    if compiled.dates:
        made["start"], made["end"] = compiled.dates
    if compiled.position:
        made["latitude"], made["longitude"] = compiled.position
    sets = {name: tokens.split(" ") for name, tokens in compiled.sets.items()}
    for part in (compiled.words, compiled.sort, sets, compiled.facets, compiled.numbers):
        for name, value in part.items():
            head, _, tail = name.partition(".")
            made.setdefault(head, {})[tail] = value
    return orjson.dumps(made)


def _put(properties: dict[str, Any], name: str, field: dict[str, Any]) -> None:
    head, _, tail = name.partition(".")
    properties.setdefault(head, {"properties": {}})["properties"][tail] = field
