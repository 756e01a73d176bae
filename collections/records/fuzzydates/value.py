"""The value: what was written, and the years that it can mean."""

from __future__ import annotations

from dataclasses import dataclass

CALENDARS = ("gregorian", "lunar", "reign", "sexagenary")


class DateError(ValueError):
    """A date that cannot be; the message is a sentence for the person who typed it."""


@dataclass(frozen=True, slots=True)
class FuzzyDate:
    """A date as people know it.

    ``display`` is the cataloguer's text and is never rewritten. ``earliest`` and ``latest`` are signed astronomical years (1 BC is 0,
    500 BC is -499), inclusive, with the margin of a "circa" already in them; None means open ("before 1800") or, both None, unknown.
    ``edtf`` is what was understood in the Extended Date/Time Format (ISO 8601-2, levels 0-2), empty when nothing was.
    """

    display: str = ""
    edtf: str = ""
    earliest: int | None = None
    latest: int | None = None
    calendar: str = "gregorian"
    era: str = ""
    era_year: int | None = None
    circa: bool = False
    uncertain: bool = False

    @property
    def is_known(self) -> bool:
        """False when the text names no time at all."""
        return self.earliest is not None or self.latest is not None


def century_of(year: int) -> int:
    """The century of an astronomical year as catalogues count: 1800-1899 is the 19th, 500-401 BC is -5."""
    return year // 100 + 1 if year > 0 else -(-year // 100 + 1)


def century_bounds(century: int) -> tuple[int, int]:
    """First and last astronomical year of a century: 19 → (1800, 1899), 1 → (1, 99), -5 → (-499, -400)."""
    if century > 0:
        return max(1, (century - 1) * 100), century * 100 - 1
    return century * 100 + 1, (century + 1) * 100


def decade_of(year: int) -> int:
    """The first astronomical year of the decade: 1836 → 1830, -44 → -50."""
    return year // 10 * 10
