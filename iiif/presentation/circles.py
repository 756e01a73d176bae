"""Ranges that hold themselves, by mentions: whoever opens their table of contents never comes to its end (Presentation 3.0, 5.4; 2.1, 5.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def fault(own: str, named: str, below: Mapping[str, Sequence[str]]) -> str:
    """A sentence when the range ``own`` names one that is itself or leads back to it; else empty. ``below``: range → ranges that it names."""
    found: set[str] = set()
    waiting = [named]
    while waiting:
        if (one := waiting.pop()) not in found:
            found.add(one)
            waiting += below.get(one, ())
    return f"The range {own} would contain itself." if own in found else ""
