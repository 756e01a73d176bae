"""One address is one state; what an address cannot mean is left out."""

from dataclasses import replace

import pytest
from django.http import QueryDict

from artifacts.models import Event, Maker
from search import curators, kept
from search.queries import MOST_BEGINNINGS, MOST_TOKENS, parse, text_node
from search.requests import SORT_NAMES, FacetRequest, SearchRequest
from search.visitor import MOST_CHOSEN, parse_request, query_string, run
from tests.factories import make_agent, make_object
from tests.search.conftest import catch_up
from vocabularies import merging


def parsed(query):
    return parse_request(QueryDict(query))


@pytest.mark.parametrize(
    "query",
    ["", "q=trong", "q=a&kind=object", "q=a&material=x&material=y", "from=-500&to=1900", "sort=title&page=3", "q=a&size=48&page=2", "kind=object&all=maker&within=ho", "material=~"],
)  # fmt: skip
def test_an_address_goes_through_parsing_unchanged(query):
    assert query_string(parsed(query)) == query


def test_the_order_in_which_an_address_is_written_does_not_matter():
    one, other = parsed("material=b&q=x&material=a&kind=object"), parsed("kind=object&material=a&material=b&material=a&q=x")
    assert one == other and query_string(one) == query_string(other)


@pytest.mark.parametrize(
    "query", ["page=0", "page=-3", "page=abc", "page=", "size=7", "sort=evil", "kind=secret", "from=abc", "nonsense=1", "groups=s", "audience=curatorial", "all=secret", "from=99999999999"]
)  # fmt: skip
def test_what_cannot_be_meant_is_left_out(query):
    assert query_string(parsed(query)) == ""
    assert parsed(query).groups == ("p",)


def test_a_thousand_chosen_values_are_cut_to_what_a_page_can_link():
    many = "&".join(f"{name}=v{n}" for n in range(100) for name in ("type", "material", "place", "period"))
    assert sum(map(len, parsed(many).filters.values())) == MOST_CHOSEN
    chosen = curators.asked("", {name: [f"v{n}" for n in range(100)] for name in ("type", "material", "place", "period")}).filters
    assert sum(map(len, chosen.values())) == curators.MOST_CHOSEN and set(chosen) == {"type", "material"}


@pytest.mark.parametrize("text", ["1 " * 400, " ".join(map(str, range(40))), "-1 -2 -3 -4 -5 -6"])
def test_of_many_numbers_none_is_looked_for_as_a_beginning(text):
    """Each may be the beginning of every number there is: thirty of them kept a core busy for a quarter of a minute."""
    assert repr(text_node(parse(text), ("p",))).count("Prefix(") <= 2 * MOST_BEGINNINGS


def test_what_is_said_twice_is_asked_once():
    assert len(text_node(parse("dong " * 20), ("p",)).must) == 1
    assert "trong" in repr(text_node(parse("dong trong dong"), ("p",)).should)  # but stands twice in the title that is favoured


def test_a_page_pasted_in_a_script_without_spaces_is_cut():
    assert len(parse("銅鼓" * 500).clauses[0].folded) == MOST_TOKENS


def test_years_the_wrong_way_round_are_turned():
    assert parsed("from=1900&to=-5").dates == (-4, 1900)


def test_years_bc_are_written_as_people_write_them_and_there_is_no_year_0():
    assert parsed("from=-400&to=-1").dates == (-399, 0)
    assert query_string(parsed("from=-400&to=-1")) == "from=-400&to=-1"
    assert parsed("from=0").dates == parsed("from=-1").dates == (0, None)
    assert query_string(parsed("from=0")) == "from=-1"


def test_the_last_page_is_the_last_that_can_be_reached():
    request = parsed("page=100000")
    assert request.offset + request.limit <= 10_000


def test_neighbouring_states():
    request = parsed("q=a&material=x&page=3")
    assert query_string(request, add=("material", "y")) == "q=a&material=x&material=y"
    assert query_string(request, remove=("material", "x")) == "q=a"
    assert query_string(request, page=4) == "q=a&material=x&page=4"
    assert query_string(request, page=1) == "q=a&material=x"
    assert query_string(request, sort="title") == "q=a&material=x&sort=title"
    assert query_string(request, from_=-4, to=9) == "q=a&material=x&from=-5&to=9"
    assert query_string(request, without=("material", "q")) == ""


def test_a_pasted_list_is_a_list_of_numbers_and_words_are_not():
    assert parsed("q=BT+1987.12%0ABT+1987.13").numbers == ("BT 1987.12", "BT 1987.13")
    assert parsed("q=drum,+bronze").numbers == () and parsed("q=1987.12").numbers == ()


def test_every_sort_can_be_asked_for():
    assert [parsed(f"sort={name}").sort for name in SORT_NAMES] == list(SORT_NAMES)


def test_one_facet_can_be_shown_in_full_with_a_search_in_it():
    facets = {facet.name: facet for facet in parsed("all=maker&within=hok").facets}
    assert facets["maker"].size == 500 and facets["maker"].contains == "hok" and facets["place"].size == 10


@pytest.mark.parametrize(
    "changes",
    [
        {"filters": {"related": ("x",)}}, {"filters": {"related": ("y",)}}, {"filters": {"kind": ("object",)}}, {"sort": "browse"}, {"limit": 6}, {"offset": 24},
        {"dates": (1800, None)}, {"box": (1.0, 2.0, 3.0, 4.0)}, {"numbers": ("BT 1",)}, {"reverse": True}, {"highlight": False}, {"groups": ("p", "s")}, {"histogram": True},
        {"facets": (FacetRequest("maker"),)}, {"match": "most"},
    ],
)  # fmt: skip
def test_an_answer_is_kept_for_exactly_what_was_asked(changes):
    plain = SearchRequest()
    assert kept.whole(plain) == kept.whole(SearchRequest())
    assert kept.whole(replace(plain, **changes)) != kept.whole(plain)
    assert len({kept.whole(SearchRequest(filters={"related": (one,)})) for one in "xyz"}) == 3


@pytest.mark.django_db
def test_an_address_that_names_a_merged_record_finds_what_the_other_one_has(museum_search):
    stays, twin = make_agent("Hồ Thị Mai"), make_agent("Ho Thi Mai")
    make_object("BT 1", "Bowl", rows={"makers": [Maker(agent=stays)]})
    merging.merge(twin, stays)
    catch_up()
    found = run(parsed(f"maker={twin.public_id}&size=48"))
    assert [hit.display["number"] for hit in found.hits] == ["BT 1"]
    assert query_string(found.request) == f"maker={stays.public_id}&size=48"
    assert run(parsed("maker=abcdefghjkmn")).total == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("typed", "years"),
    [
        ("c. 1820s", (1815, 1834)),
        ("thế kỷ 19", (1800, 1899)),
        ("Minh Mang", (1820, 1840)),
        ("19世紀", (1800, 1899)),
        ("vase 1824", (1824, 1824)),  # nothing has both words
        ("bowl 1824", None),  # the bowl's label says so
        ("500 BC", None),  # nothing is so old
        ("1824.5", None),
        ("bowl", None),
    ],
)
def test_years_that_are_typed_are_offered_when_something_was_made_then(museum_search, typed, years):
    event = Event(kind="production", date_text="1824", date_earliest=1824, date_latest=1824)
    make_object("A 1", "Bowl of 1824", rows={"events": [event]})
    catch_up()
    asked = QueryDict(mutable=True)
    asked["q"] = typed
    assert run(parse_request(asked)).years == years
    asked["from"] = "1000"
    assert run(parse_request(asked)).years is None
