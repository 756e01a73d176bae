"""Facets of the embedded index, counted by number: new and renamed values are met while others are known, older indices are counted by tokens."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from search.documents import FacetValue
from search.engines.tantivy import TantivyEngine, engine, schema
from search.requests import FacetRequest, SearchRequest
from tests.search.conformance.corpus import make


@pytest.fixture
def index(tmp_path: Path) -> TantivyEngine:
    return TantivyEngine(tmp_path)


def put(index: TantivyEngine, ident: str, version: int, *makers: FacetValue) -> None:
    document = make(ident, version)
    document.facets["maker"] = list(makers)
    assert not index.index_documents("public", [document]).failed


def makers(index: TantivyEngine) -> dict[str, tuple[str, int]]:
    facet = index.search("public", SearchRequest(facets=(FacetRequest("maker", 50),))).facets["maker"]
    return {bucket.id: (bucket.label["en"], bucket.count) for bucket in facet.buckets}


def test_values_that_come_later_are_counted_and_called_by_their_names(index: TantivyEngine) -> None:
    put(index, "a", 1, FacetValue("potter", {"en": "Potter"}))
    assert makers(index) == {"potter": ("Potter", 1)}
    put(index, "b", 2, FacetValue("weaver", {"en": "Weaver"}), FacetValue("potter", {"en": "Potter"}))
    assert makers(index) == {"potter": ("Potter", 2), "weaver": ("Weaver", 1)}


def test_a_renamed_value_is_called_by_its_new_name(index: TantivyEngine) -> None:
    put(index, "a", 1, FacetValue("potter", {"en": "Potter"}))
    assert makers(index) == {"potter": ("Potter", 1)}
    put(index, "a", 2, FacetValue("potter", {"en": "Master potter"}))
    assert makers(index) == {"potter": ("Master potter", 1)}


def test_another_process_knows_the_same_numbers(index: TantivyEngine) -> None:
    put(index, "a", 1, FacetValue("potter", {"en": "Potter"}))
    assert makers(TantivyEngine(index.root)) == makers(index) == {"potter": ("Potter", 1)}


def test_an_index_of_an_older_museum_is_counted_by_its_tokens(index: TantivyEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    def older(path: Path, audience: str) -> None:
        import tantivy

        path.mkdir(parents=True)
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, fast=True, tokenizer_name="raw", index_option="basic")
        builder.add_integer_field("version", stored=True, indexed=True, fast=True)
        builder.add_bytes_field("source", stored=True)
        for name in ("facet.maker", "sort.browse"):
            builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
        (path / schema.FIELDS_FILE).write_bytes(orjson.dumps(["id", "version", "source", "facet.maker", "sort.browse"]))
        tantivy.Index(builder.build(), str(path), reuse=False)

    monkeypatch.setattr(engine, "create", older)
    put(index, "a", 1, FacetValue("potter", {"en": "Potter"}))
    assert makers(index) == {"potter": ("Potter", 1)}
