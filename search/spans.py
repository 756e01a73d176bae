"""Spans of years as tokens: whether two spans overlap is then a question of equal tokens, exact at any length, and alike on both engines.

A span is covered by the fewest blocks of 1, 10, 100 … years that lie wholly within it: 1836 to 1902 by 1836, 1837, 1838, 1839, six decades from the
1840s on, 1900, 1901 and 1902. Of two blocks one contains the other, or they have nothing in common. So two spans overlap exactly when a
block of the one is a block of the other, or lies within one.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

TENS = 9  # the longest blocks have 10 ** TENS years
LOWEST, HIGHEST = -(10**TENS), 10**TENS - 1  # astronomical years; what lies beyond is cut
WHOLE, PART = "#", "%"  # a block that the span covers, and a longer one that it covers a part of

Block = tuple[int, int]  # (n, i): the years from i * 10 ** n to (i + 1) * 10 ** n - 1


def blocks(first: int, last: int) -> list[Block]:
    """The fewest blocks that make up the years from ``first`` to ``last``, both included; none when ``last`` comes first."""
    found: list[Block] = []
    low, end = max(first, LOWEST), min(last, HIGHEST) + 1
    tens = 0
    while low < end:
        while low % 10 and low < end:
            found.append((tens, low))
            low += 1
        while end % 10 and low < end:
            end -= 1
            found.append((tens, end))
        low, end, tens = low // 10, end // 10, tens + 1
    return found


def around(block: Block) -> Iterator[Block]:
    """The longer blocks that contain a block, the shortest first."""
    tens, at = block
    while tens < TENS:
        tens, at = tens + 1, at // 10
        yield tens, at


@lru_cache(maxsize=20_000)
def told(column: str, first: int, last: int) -> frozenset[str]:
    """What is indexed of a span."""
    covered = blocks(first, last)
    partly = {longer for block in covered for longer in around(block)}
    return frozenset([_token(column, WHOLE, one) for one in covered] + [_token(column, PART, one) for one in partly])


def overlapping(column: str, first: int | None, last: int | None) -> tuple[str, ...]:
    """Tokens of which every span that overlaps these years has one, and no other span has any; an end that is None is open."""
    asked = blocks(LOWEST if first is None else first, HIGHEST if last is None else last)
    wider = {longer for block in asked for longer in around(block)}
    found = {_token(column, sign, one) for one in asked for sign in (WHOLE, PART)} | {_token(column, WHOLE, one) for one in wider}
    return tuple(sorted(found))


def _token(column: str, sign: str, block: Block) -> str:
    return f"{column}{sign}{block[0]}:{block[1]}"
