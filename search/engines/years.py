"""Years as the index holds them, and the date histogram out of two counts: how many ranges begin, and how many end, in each decade.

The catalogue counts astronomically, 1 BC being 0. The index holds years as people write them, -1 for 1 BC and no 0, since engines part
numbers into tens from 0 on: so a century before the era is 300 to 201 BC, and the first one after it begins with the year 1.
"""

from __future__ import annotations

from collections.abc import Mapping

from search.plan import Range
from search.requests import Bar

DECADE = 10
WIDTHS = (10, 50, 100, 500, 1_000, 5_000, 10_000, 50_000, 100_000, 1_000_000)
MOST_BARS = 60


def as_written(year: int) -> int:
    """An astronomical year as people write it: 0 → -1, -399 → -400. It keeps the order."""
    return year if year > 0 else year - 1


def astronomical(year: int) -> int:
    """A year as people write it, as the catalogue counts: -400 → -399; nobody's year 0 is taken for 1 BC."""
    return year if year >= 0 else year + 1


def overlapping(low: int | None, high: int | None) -> tuple[Range, ...]:
    """What overlaps the astronomical years from ``low`` to ``high``; an end that is None is open."""
    ends = () if low is None else (Range("end", as_written(low), None),)
    starts = () if high is None else (Range("start", None, as_written(high)),)
    return (*ends, *starts)


def decade(year: int) -> int:
    """The decade of a written year, by its first year: 1987 → 1980, -5 → -10."""
    return year // DECADE * DECADE


def bars(starts: Mapping[int, int], ends: Mapping[int, int]) -> tuple[Bar, ...]:
    """Bars of one width, at most MOST_BARS, each with the number of ranges that overlap it.

    A range overlaps a bar unless it begins after it or ends before it: so the count is what has begun by the bar's end
    less what has ended before its beginning. Exact for every width, since widths are whole decades. Decades are of written years, bars of
    astronomical ones.
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
        made.append(Bar(astronomical(first or 1), astronomical(first + width - 1), begun - ended))
    return tuple(made)
