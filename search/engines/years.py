"""The date histogram out of two counts: how many ranges begin, and how many end, in each decade."""

from __future__ import annotations

from collections.abc import Mapping

from search.requests import Bar

DECADE = 10
WIDTHS = (10, 50, 100, 500, 1_000, 5_000, 10_000, 50_000, 100_000, 1_000_000)
MOST_BARS = 60


def decade(year: int) -> int:
    """The decade of a year, by its first year: 1987 → 1980, -5 → -10."""
    return year // DECADE * DECADE


def bars(starts: Mapping[int, int], ends: Mapping[int, int]) -> tuple[Bar, ...]:
    """Bars of one width, at most MOST_BARS, each with the number of ranges that overlap it.

    A range overlaps a bar unless it begins after it or ends before it: so the count is what has begun by the bar's end
    less what has ended before its beginning. Exact for every width, since widths are whole decades.
    """
    if not starts or not ends:
        return ()
    low, high = min(starts), max(ends)
    width = next((w for w in WIDTHS if high // w - low // w < MOST_BARS), WIDTHS[-1])
    made = []
    begun = ended = 0
    open_starts, open_ends = sorted(starts.items()), sorted(ends.items())
    at_start = at_end = 0
    for first in range(low // width * width, high + 1, width):
        while at_end < len(open_ends) and open_ends[at_end][0] < first:
            ended += open_ends[at_end][1]
            at_end += 1
        while at_start < len(open_starts) and open_starts[at_start][0] < first + width:
            begun += open_starts[at_start][1]
            at_start += 1
        made.append(Bar(first, first + width - 1, begun - ended))
    return tuple(made)
