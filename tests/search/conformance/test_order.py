"""Orders: each record once over all pages, those without a key last."""

import pytest

from search.documents import Text
from search.requests import SORT_NAMES, SearchRequest
from tests.search.conformance.corpus import corpus, make


@pytest.mark.parametrize("sort", SORT_NAMES)
@pytest.mark.parametrize("text", ["", "coin"])
def test_pages_hold_every_record_once(find, sort, text):
    whole = [hit.id for hit in find.search(text, sort=sort, limit=1000).hits]
    paged = [hit.id for offset in range(0, len(whole) + 7, 7) for hit in find.search(text, sort=sort, limit=7, offset=offset).hits]
    assert len(set(whole)) == len(whole)
    assert paged == whole and len(whole) == find.search(text).total


def test_every_record_is_there_whatever_the_order(find):
    everything = {document.id for document in corpus()}
    for sort in SORT_NAMES:
        assert {hit.id for hit in find.search(sort=sort, limit=1000).hits} == everything


def test_titles_are_in_order_of_their_letters_without_articles(find):
    found = find.ids("gold leaf", sort="title")
    assert found.index("gold1") < found.index("gold2")
    titles = find.ids("hoard", sort="title")
    assert titles == [f"coin{n:03d}" for n in range(120)]


def test_numbers_are_in_natural_order(find):
    assert find.ids("hoard", sort="number") == [f"coin{n:03d}" for n in range(120)]


def test_oldest_and_latest_first_and_undated_last(find):
    oldest = find.ids(sort="oldest", limit=1000)
    assert oldest[0] == "ancient" and oldest.index("drum1") < oldest.index("greek") < oldest.index("lilies")
    latest = find.ids(sort="latest", limit=1000)
    assert latest[0] == "kana" and latest.index("lilies") < latest.index("drum1") < latest.index("ancient")
    undated = {document.id for document in corpus() if document.dates is None}
    for sort in ("oldest", "latest"):
        assert {hit.id for hit in find.search(sort=sort, limit=1000).hits[-len(undated) :]} == undated


def test_makers_are_in_order_and_those_without_last(find):
    found = find.ids(filters={"type": ("painting",)}, sort="maker")
    assert set(found[:2]) == {"haystack", "lilies"}  # Claude, Georgia, Isaac, Katsushika
    assert found[2:5] == ["okeeffe", "russian", "dragonj"]


def test_a_second_look_gives_the_same_order(find):
    assert find.ids("drum") == find.ids("drum")


def test_pages_beyond_the_last_are_empty(find):
    assert find.ids("drum", offset=5000, limit=10) == []


def test_pages_that_cannot_be_reached_are_refused_with_a_sentence():
    with pytest.raises(ValueError, match="10000th"):
        SearchRequest(offset=9_990, limit=24)


def test_a_picture_favours_but_does_not_outweigh_words(empty):
    empty.index_documents(
        "public",
        [
            make("plain", title=[Text("Blue vase")]),
            make("shown", title=[Text("Blue vase")], image=True),
            make("other", title=[Text("Vase in blue")], image=True),
        ],
    )
    empty.refresh("public")
    found = [hit.id for hit in empty.search("public", SearchRequest(text="blue vase")).hits]
    assert found == ["object:shown", "object:plain", "object:other"]


@pytest.mark.parametrize("sort", ["relevance", "browse", "title", "number", "oldest", "latest", "added"])
@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("text", ["", "coin bronze", "drum"])
def test_going_through_all_hits_has_the_order_of_the_pages(engine, monkeypatch, text, sort, reverse):
    monkeypatch.setattr(f"{type(engine).__module__}.PAGE", 7)
    request = SearchRequest(text=text, match="most", sort=sort, reverse=reverse, limit=1_000)
    shown = [hit.id for hit in engine.search("public", request).hits]
    assert [hit.id for hit in engine.iterate("public", request, in_order=True)] == shown
    assert [hit.id for hit in engine.iterate("public", request, display=False, in_order=True)] == shown
    assert sorted(shown) == [hit.id for hit in engine.iterate("public", request)]
