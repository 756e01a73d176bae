"""Synonyms in both engines: they find more, below what was typed, and only where they fit."""

from __future__ import annotations

from search.queries import parse
from search.requests import SearchRequest
from search.synonyms import Rule, Synonyms, expressions_in
from tests.search.conformance.conftest import Finder


def rules(*texts: str) -> Synonyms:
    return Synonyms(Rule(tuple(expressions_in(text))) for text in texts)


def test_a_synonym_finds_what_the_word_alone_does_not(find: Finder) -> None:
    assert find.ids("chinaware") == []
    found = find.ids("chinaware", synonyms=rules("chinaware, porcelain"))
    assert set(found) == {"ceramic", "number1", "number2", "number3"}


def test_what_was_typed_comes_before_its_synonyms(find: Finder) -> None:
    found = find.ids("haystacks", synonyms=rules("haystacks, lilies"))
    assert found == ["haystack", "lilies"]


def test_an_expression_of_several_words_is_one(find: Finder) -> None:
    known = rules("bronze drum, trống đồng")
    assert "drum2" not in find.ids("ngoc bronze drum", synonyms=known)
    assert set(find.ids("bronze drum", synonyms=known)) >= {"drum1", "drum2"}
    # A synonym of several words is a phrase: words that stand apart are not meant.
    assert "drum3" not in find.ids("tabour", synonyms=rules("tabour, trống đồng"))


def test_synonyms_hold_together_with_the_other_words(find: Finder) -> None:
    known = rules("chinaware, porcelain")
    assert find.ids("red chinaware", synonyms=known) == ["number3"]
    assert find.ids("chinaware -red", synonyms=known) and "number3" not in find.ids("chinaware -red", synonyms=known)


def test_synonyms_are_highlighted(find: Finder) -> None:
    hit = find.search("haystacks", synonyms=rules("haystacks, lilies")).hits[-1]
    assert "<mark>Lilies</mark>" in " ".join(one.html for one in hit.highlights)


def test_a_facet_counts_what_synonyms_find(find: Finder) -> None:
    from search.requests import FacetRequest

    found = find.search("chinaware", synonyms=rules("chinaware, porcelain"), facets=(FacetRequest("type"),))
    assert {bucket.id: bucket.count for bucket in found.facets["type"].buckets} == {"vessel": 4}


def test_iteration_knows_synonyms_too(find: Finder) -> None:
    request = SearchRequest(text="chinaware", synonyms=rules("chinaware, porcelain"))
    assert len(list(find.engine.iterate("public", request))) == 4
    assert parse("chinaware", request.synonyms).synonyms


def test_a_word_of_several_tokens_finds_its_synonyms(find: Finder) -> None:
    for typed in ("china-ware", "china ware", "瓷器皿"):
        assert find.ids(typed) == []
        assert set(find.ids(typed, synonyms=rules("china-ware, 瓷器皿, porcelain"))) == {"ceramic", "number1", "number2", "number3"}
