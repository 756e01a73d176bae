"""Dates: a range overlaps, BCE counts backwards, the histogram says what choosing a bar gives."""

import itertools

import pytest

from search.requests import Bar
from tests.search.conformance.corpus import corpus


def overlapping(low, high):
    found = set()
    for document in corpus():
        if document.dates and (high is None or document.dates[0] <= high) and (low is None or document.dates[1] >= low):
            found.add(document.id)
    return found


@pytest.mark.parametrize(
    ("low", "high"), [(1830, 1832), (1831, 1831), (-500, -1), (-1, 0), (0, 0), (None, -1000), (1990, None), (-300000, -200000), (5000, None), (1000, 1119)]
)  # fmt: skip
def test_years_keep_what_overlaps(find, low, high):
    assert {hit.id for hit in find.search(dates=(low, high)).hits} == overlapping(low, high)


def test_open_years_keep_everything_even_what_has_no_date(find):
    assert find.search(dates=(None, None)).total == len(corpus())


@pytest.mark.parametrize("text", ["", "drum", "coin", "hokusai"])
def test_every_bar_counts_what_choosing_it_would_find(find, text):
    bars = find.search(text, histogram=True, limit=0).histogram
    assert bars and len(bars) <= 61
    for bar in bars[:: max(1, len(bars) // 8)]:
        assert find.search(text, dates=(bar.first, bar.last), limit=0).total == bar.count


def test_bars_follow_one_another_over_the_turn_of_the_era(find):
    bars = find.search("bowl", histogram=True).histogram
    assert (bars[0].first, bars[0].last) == (-39, -30) and Bar(-9, 0, 2) in bars and Bar(1, 9, 1) in bars
    assert all(after.first == before.last + 1 for before, after in itertools.pairwise(bars))


def test_bars_before_the_era_begin_and_end_with_round_years(find):
    whole = find.search("", histogram=True).histogram
    before = [bar for bar in whole if bar.last <= 0]
    assert before and all((bar.last - 1) % 10 == 9 and (bar.first - 1) % 10 == 0 for bar in before)  # as written: -300 to -201
    assert not any(bar.first <= 0 < bar.last for bar in whole)


def test_the_histogram_leaves_the_chosen_years_out(find):
    whole = find.search("drum", histogram=True).histogram
    assert find.search("drum", histogram=True, dates=(-400, -300)).histogram == whole


def test_the_histogram_follows_other_filters(find):
    bars = find.search(filters={"type": ("coin",)}, histogram=True).histogram
    assert sum(bar.count for bar in bars) == 120 and bars[0].first == 1000


def test_records_without_a_date_are_in_no_bar(find):
    assert find.search("untitled", histogram=True).histogram == ()


def test_the_histogram_stays_when_a_facet_is_chosen(find):
    from search.requests import FacetRequest

    chosen = find.search(filters={"type": ("coin",)}, facets=(FacetRequest("type"),), histogram=True, limit=0)
    assert sum(bar.count for bar in chosen.histogram) == chosen.total == 120
    both = find.search(filters={"type": ("coin",)}, dates=(1000, 1009), facets=(FacetRequest("type"),), histogram=True, limit=0)
    assert both.total == 10 and sum(bar.count for bar in both.histogram) == 120
