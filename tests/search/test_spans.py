"""Spans of years as tokens: found by every span that overlaps, and by no other."""

import random

from search.spans import HIGHEST, LOWEST, blocks, overlapping, told


def _years(found):
    return sorted(year for tens, at in found for year in range(at * 10**tens, (at + 1) * 10**tens))


def test_blocks_make_up_the_span_and_are_few():
    assert blocks(1836, 1836) == [(0, 1836)]
    assert blocks(1800, 1899) == [(2, 18)]
    assert sorted(blocks(1836, 1902)) == sorted(
        [*((0, year) for year in (1836, 1837, 1838, 1839, 1900, 1901, 1902)), *((1, decade) for decade in range(184, 190))]
    )
    assert blocks(5, 4) == []
    for first, last in ((-20, 15), (-1, 0), (-999, 1000), (0, 9), (-10, -1), (95, 1205)):
        assert _years(blocks(first, last)) == list(range(first, last + 1))


def test_what_overlaps_shares_a_token_and_nothing_else_does():
    draw = random.Random(12)

    def span():
        first = draw.randint(-1_500, 1_500)
        return first, first + draw.choice((0, 1, 9, 30, 99, 100, 250, 2_000))

    for _ in range(4_000):
        (first, last), (low, high) = span(), span()
        shares = not told("made", first, last).isdisjoint(overlapping("made", low, high))
        assert shares == (first <= high and low <= last), (first, last, low, high)


def test_open_ends_and_what_lies_beyond_every_year():
    recent, old, ancient = told("made", 1995, 2001), told("made", -400, -350), told("made", -65_000_000, -60_000_000)
    after, before = set(overlapping("made", 1996, None)), set(overlapping("made", None, -1))
    assert recent & after and not old & after and not ancient & after
    assert old & before and ancient & before and not recent & before
    assert ancient & set(overlapping("made", -62_345_678, -62_345_678)) and not ancient & set(overlapping("made", -59_999_999, None))
    assert told("made", LOWEST * 2, HIGHEST * 2) & set(overlapping("made", 1, 1))
    assert len(overlapping("made", LOWEST + 1, HIGHEST - 1)) < 1_000


def test_columns_do_not_meet():
    assert told("made", 1836, 1836).isdisjoint(overlapping("found", 1836, 1836))
