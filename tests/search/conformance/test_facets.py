"""Facets say the truth: counted against going through every hit."""

import pytest

from search.documents import NONE_GIVEN, Document, FacetValue
from search.requests import FacetRequest, SearchRequest
from tests.search.conformance.corpus import corpus, make


def values(document: Document, name: str) -> list[str]:
    return [value.id for value in document.facets.get(name, [])] or ([document.kind] if name == "kind" else [])


def counted(documents: list[Document], name: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for document in documents:
        for value in values(document, name):
            found[value] = found.get(value, 0) + 1
    return found


def having(name: str, *wanted: str) -> list[Document]:
    return [document for document in corpus() if set(values(document, name)) & set(wanted)]


def as_dict(facet) -> dict[str, int]:
    return {bucket.id: bucket.count for bucket in facet.buckets if bucket.count}


@pytest.mark.parametrize("name", ["type", "material", "maker", "place", "culture", "period", "subject", "kind", "image"])
def test_counts_are_those_of_every_hit(find, name):
    facet = find.search(facets=(FacetRequest(name, 500),), limit=0).facets[name]
    assert as_dict(facet) == counted(corpus(), name)
    assert not facet.more


@pytest.mark.parametrize("name", ["type", "material", "maker"])
def test_counts_follow_the_text(find, name):
    found = {hit.id for hit in find.search("drum").hits}
    facet = find.search("drum", facets=(FacetRequest(name, 500),)).facets[name]
    assert as_dict(facet) == counted([d for d in corpus() if d.id in found], name)


def test_records_without_a_value_are_counted_and_can_be_chosen(find):
    result = find.search(facets=(FacetRequest("material"),))
    without = [document for document in corpus() if not values(document, "material")]
    assert result.facets["material"].missing == len(without)
    chosen = find.search(filters={"material": (NONE_GIVEN,)}, facets=(FacetRequest("material"),))
    assert {hit.id for hit in chosen.hits} == {document.id for document in without}
    assert chosen.facets["material"].missing_selected


def test_a_facet_leaves_its_own_choice_out(find):
    result = find.search(filters={"material": ("gold",)}, facets=(FacetRequest("material", 50), FacetRequest("type", 50)))
    assert as_dict(result.facets["material"]) == counted(corpus(), "material")
    assert as_dict(result.facets["type"]) == counted(having("material", "gold"), "type")


def test_values_of_one_facet_are_alternatives_and_of_two_hold_together(find):
    either = find.search(filters={"material": ("gold", "silk")})
    assert either.total == len(having("material", "gold", "silk"))
    both = find.search(filters={"material": ("gold",), "type": ("coin",)})
    assert both.total == len([d for d in having("material", "gold") if "coin" in values(d, "type")])


def test_a_chosen_value_stays_with_its_label_when_nothing_has_it(find):
    facet = find.search("lilies", filters={"material": ("jade", "bronze")}, facets=(FacetRequest("material"),)).facets["material"]
    chosen = {bucket.id: bucket for bucket in facet.buckets if bucket.selected}
    assert set(chosen) == {"jade", "bronze"} and chosen["bronze"].count == 0
    assert chosen["bronze"].label["en"] == "Bronze"


def test_a_chosen_value_is_shown_beyond_the_first_ones(find):
    facet = find.search(filters={"maker": ("mint39",)}, facets=(FacetRequest("maker", 3),)).facets["maker"]
    assert [bucket.id for bucket in facet.buckets if bucket.selected] == ["mint39"]


@pytest.mark.parametrize("within", ["", "nothing is called so"])
def test_a_chosen_value_that_is_too_rare_to_be_counted_with_the_first_ones_has_its_count(find, monkeypatch, within):
    monkeypatch.setattr("search.engines.answering.SPARE_BUCKETS", 0)
    counts = counted(corpus(), "material")
    chosen = tuple(sorted(counts, key=counts.__getitem__)[:2])
    facet = find.search(filters={"material": chosen}, facets=(FacetRequest("material", 3, contains=within),)).facets["material"]
    assert {bucket.id: bucket.count for bucket in facet.buckets if bucket.selected} == {value: counts[value] for value in chosen}


def test_values_come_by_count_then_label(find):
    facet = find.search(facets=(FacetRequest("material", 50),)).facets["material"]
    keys = [(-bucket.count, bucket.label["en"].lower()) for bucket in facet.buckets]
    assert keys == sorted(keys)


def test_equal_counts_come_by_label_even_when_cut(find):
    facet = find.search("coin", facets=(FacetRequest("subject", 5),)).facets["subject"]
    assert [bucket.id for bucket in facet.buckets] == [f"ruler{n:03d}" for n in range(5)]
    assert facet.more


def test_values_above_are_counted_and_chosen_with_those_below(find):
    facet = find.search(facets=(FacetRequest("place"),)).facets["place"]
    assert {b.id: b.path for b in facet.buckets}["hue"] == ("asia", "vietnam")
    assert set(find.ids(filters={"place": ("vietnam",)})) >= {"drum1", "inside", "peace2"}


def test_a_facet_can_be_searched(find):
    facet = find.search(facets=(FacetRequest("maker", 50, contains="MINT0"),)).facets["maker"]
    assert {bucket.id for bucket in facet.buckets} == {f"mint{n:02d}" for n in range(10)}


def test_kinds_are_tabs(find):
    result = find.search("hokusai", filters={"kind": ("agent",)}, facets=(FacetRequest("kind"),))
    assert [hit.id for hit in result.hits] == ["agent:hokusai"]
    assert as_dict(result.facets["kind"])["object"] == 4


def test_thousands_of_values_in_many_segments_are_counted_exactly(empty):
    """A terms aggregation that keeps only the best values of each segment counts too little."""
    from tests.search.conformance.corpus import make

    documents = [
        make(f"m{number}", facets={"maker": [FacetValue(f"maker{(number * 7919) % 1511}", {"en": f"Maker {(number * 7919) % 1511}"})]})
        for number in range(4000)
    ]
    for part in range(4):  # four commits: four segments
        empty.index_documents("public", documents[part::4])
    empty.refresh("public")
    from search.requests import SearchRequest

    facet = empty.search("public", SearchRequest(facets=(FacetRequest("maker", 1600),), limit=0)).facets["maker"]
    assert as_dict(facet) == counted(documents, "maker")
    few = empty.search("public", SearchRequest(facets=(FacetRequest("maker", 10),), limit=0)).facets["maker"]
    truth = counted(documents, "maker")
    assert {bucket.id: bucket.count for bucket in few.buckets} == {bucket.id: truth[bucket.id] for bucket in few.buckets}
    assert min(bucket.count for bucket in few.buckets) == max(truth.values())


@pytest.mark.parametrize("ident", ["set of bronzes", "tab\tand\u00a0fixed space", "http://example.org/a b", " edge ", "\tedge"])
def test_a_value_whose_id_has_white_space_is_counted_and_chosen(empty, ident):
    """Tokens are parted by spaces in the index: an id written by hand is still one token."""
    given = {"collection": [FacetValue(ident, {"en": "Bronzes"}), FacetValue("of", {"en": "Other"})]}
    empty.index_documents("public", [make("a", facets=given), make("b", facets={"collection": [FacetValue("set", {"en": "Set"})]})])
    empty.refresh("public")
    facet = empty.search("public", SearchRequest(facets=(FacetRequest("collection"),))).facets["collection"]
    assert as_dict(facet) == {ident: 1, "of": 1, "set": 1}
    for chosen, found in ((ident, {"object:a"}), ("set", {"object:b"}), ("bronzes", set()), ("a", set())):
        hits = empty.search("public", SearchRequest(filters={"collection": (chosen,)})).hits
        assert {hit.id for hit in hits} == found, chosen
    either = empty.search("public", SearchRequest(filters={"collection": (ident, "set")})).hits
    assert {hit.id for hit in either} == {"object:a", "object:b"}
