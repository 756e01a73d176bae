"""The numbers of one part on their way to measurements: what belongs together, one of two unit systems, borrowed units."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from records.measurements.value import METRIC, UNITS

TOLERANCE = Decimal("0.03")  # how far a figure in inches may lie from the same in centimetres
BY_UNIT = {"weight": "weight", "duration": "duration", "volume": "volume"}


@dataclass(slots=True)
class Extent:
    """One number on its way to a Measurement."""

    value: Decimal
    start: int
    end: int
    unit: str = ""
    upper: Decimal | None = None
    kind: str = ""
    qualifier: str = ""


@dataclass(slots=True)
class Group:
    """The numbers of one part that belong together."""

    part: str = ""
    extents: list[Extent] = field(default_factory=list)
    start: int = 0
    end: int = 0
    qualifier: str = ""


def tidied(groups: list[Group]) -> list[Group]:
    """Without counts and the like (a lone figure with neither unit nor name), units borrowed from their neighbours, one of two unit systems."""
    groups = [group for group in groups if len(group.extents) > 1 or group.extents[0].unit or group.extents[0].kind]
    for group in groups:
        half = len(group.extents) // 2
        if len(group.extents) == 2 * half and _same(group.extents[:half], group.extents[half:]):
            group.extents = _metric(group.extents[:half], group.extents[half:])
    kept: list[Group] = []
    for group in groups:
        if kept and kept[-1].part == group.part and _same(kept[-1].extents, group.extents):
            kept[-1].extents, kept[-1].end = _metric(kept[-1].extents, group.extents), group.end
        else:
            kept.append(group)
    _borrow_units([extent for group in kept for extent in group.extents])
    return kept


def _same(first: list[Extent], second: list[Extent]) -> bool:
    """True for one set of extents given in centimetres and in inches."""
    if len(first) != len(second) or not first or (first[-1].unit in METRIC) == (second[-1].unit in METRIC):
        return False
    for a, b in zip(first, second, strict=True):
        if not (a.unit and b.unit) or UNITS[a.unit][0] != UNITS[b.unit][0] or (a.kind and b.kind and a.kind != b.kind):
            return False
        one, other = a.value * UNITS[a.unit][1], b.value * UNITS[b.unit][1]
        if abs(one - other) > max(one, other) * TOLERANCE:
            return False
    return True


def _metric(first: list[Extent], second: list[Extent]) -> list[Extent]:
    chosen, other = (first, second) if first[-1].unit in METRIC else (second, first)
    for extent, twin in zip(chosen, other, strict=True):
        extent.kind = extent.kind or twin.kind
    return chosen


def _borrow_units(extents: list[Extent]) -> None:
    """H. 34,5 ; L. 21,7 ; P. 12 cm: the unit comes with the last figure; in "20 cm x 30" with the first."""
    for ordered in (extents[::-1], extents):
        unit = ""
        for extent in ordered:
            if extent.unit and UNITS[extent.unit][0] == "length":
                unit = extent.unit
            elif not extent.unit and unit and extent.kind not in BY_UNIT:
                extent.unit = unit
