"""How pictures look alike: by the bits of their perceptual hashes and by their colours. No model is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from search import colours

BITS = 64
NIBBLES = 16
FEWEST_ALIKE = 5  # of sixteen nibbles: any two pictures share one by chance
FURTHEST = 0.62  # what is further away does not look alike to anybody
SHAPE, COLOUR = 0.6, 0.4  # what the distribution of light and what the colours count for


def tokens(fingerprint: str) -> list[str]:
    """The sixteen nibbles of a 64-bit hash with their places: pictures that share many are looked at more closely."""
    return [f"{place:x}{digit}" for place, digit in enumerate(fingerprint)] if len(fingerprint) == NIBBLES else []


def far(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    """How unlike two pictures (``{"hash": 16 hex digits, "palette": […]}``) look: 0 for the same, 1 for nothing in common."""
    bits = (int(one["hash"], 16) ^ int(other["hash"], 16)).bit_count()
    # Hashes of unrelated pictures differ in half of their bits.
    shape = min(1.0, bits / (BITS / 2))
    return SHAPE * shape + COLOUR * min(1.0, 2 * colours.distance(one["palette"], other["palette"]))


def palette(stored: Sequence[Mapping[str, Any]], most: int = 5) -> list[dict[str, Any]]:
    """The largest colours of a stored palette, as the index keeps them."""
    return [{"color": part["color"], "share": part["share"]} for part in stored[:most]]
