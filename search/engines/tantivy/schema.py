"""The fields of a Tantivy index, and documents put into them. Every token is ready: nothing is analysed here."""

from __future__ import annotations

from pathlib import Path

import orjson
import tantivy

from search.documents import NONE_GIVEN, Audience
from search.engines.compiled import Compiled, facet_fields, number_fields, set_fields, sort_fields, word_fields
from search.engines.tantivy.counting import number_field, number_of

WORDS = "words"  # a field's tokens parted by white space, as they are
FORM = 1  # raised when the same documents are stored in other fields: indices of another form are rebuilt
_COUNTED = {name: number_field(name) for name in facet_fields()}
COMMITS_FILE = "meta.json"  # Tantivy's own: every commit puts another in its place
FIELDS_FILE = "museum-fields.json"


def build_schema(audience: Audience) -> tuple[tantivy.Schema, list[str]]:
    """The schema and the names of its fields."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("version", stored=True, indexed=True, fast=True)
    builder.add_integer_field("start", indexed=True, fast=True)
    builder.add_integer_field("end", indexed=True, fast=True)
    builder.add_integer_field("latitude", indexed=True, fast=True)
    builder.add_integer_field("longitude", indexed=True, fast=True)
    builder.add_bytes_field("source", stored=True)
    words, sets, facets, sorts = word_fields(audience), set_fields(audience), facet_fields(), sort_fields()
    numbers = number_fields(audience)
    for name in words:
        builder.add_text_field(name, tokenizer_name=WORDS, index_option="position")
    for name in sets:
        builder.add_text_field(name, tokenizer_name=WORDS, index_option="basic")
    for name in facets:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
        builder.add_unsigned_field(number_field(name), fast=True)
    for name in sorts:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in numbers:
        builder.add_integer_field(name, indexed=True, fast=True)
    counted = [number_field(name) for name in facets]
    return builder.build(), ["id", "version", "start", "end", "latitude", "longitude", *words, *sets, *facets, *counted, *sorts, *numbers]


def create(path: Path, audience: Audience) -> None:
    """An empty index in a new folder."""
    path.mkdir(parents=True)
    schema, names = build_schema(audience)
    (path / FIELDS_FILE).write_bytes(orjson.dumps(names))
    tantivy.Index(schema, str(path), reuse=False)


def open_index(path: Path) -> tuple[tantivy.Index, frozenset[str]]:
    """The index with its tokenizer, and the names of its fields (those of its own time)."""
    index = tantivy.Index.open(str(path))
    index.register_tokenizer(WORDS, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index, frozenset(orjson.loads((path / FIELDS_FILE).read_bytes()))


def to_tantivy(compiled: Compiled, fields: frozenset[str]) -> tantivy.Document:
    """Only what the index has fields for: an index of an older museum keeps serving until it is rebuilt."""
    document = tantivy.Document()
    document.add_text("id", compiled.id)
    document.add_integer("version", compiled.version)
    document.add_bytes("source", compiled.source.encode())
    for single in (compiled.words, compiled.sets, compiled.sort):
        for name, value in single.items():
            if name in fields:
                document.add_text(name, value)
    _add_facets(document, compiled, fields)
    for name, numbers in _numbers(compiled).items():
        if name in fields:
            for number in numbers:
                document.add_integer(name, number)
    return document


def _add_facets(document: tantivy.Document, compiled: Compiled, fields: frozenset[str]) -> None:
    for name, tokens in compiled.facets.items():
        counted = _COUNTED[name]
        told, numbered = name in fields, counted in fields
        for token in tokens:
            if told and not (numbered and token == NONE_GIVEN):  # whose number is known without looking it up
                document.add_text(name, token)
            if numbered:
                document.add_unsigned(counted, number_of(token))


def _numbers(compiled: Compiled) -> dict[str, list[int]]:
    """Every whole number of a document, by field."""
    found = dict(compiled.numbers)
    for names, pair in ((("start", "end"), compiled.dates), (("latitude", "longitude"), compiled.position)):
        if pair:
            found |= {name: [value] for name, value in zip(names, pair, strict=True)}
    return found
