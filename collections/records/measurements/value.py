"""The value: one measured extent of one part, in a UCUM unit; conversions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

KINDS = ("height", "width", "depth", "length", "diameter", "thickness", "circumference", "weight", "volume", "duration", "count", "other")

# UCUM code → (what it measures, how much of cm, g, s or ml it is)
UNITS: dict[str, tuple[str, Decimal]] = {
    "mm": ("length", Decimal("0.1")),
    "cm": ("length", Decimal(1)),
    "dm": ("length", Decimal(10)),
    "m": ("length", Decimal(100)),
    "km": ("length", Decimal(100_000)),
    "[in_i]": ("length", Decimal("2.54")),
    "[ft_i]": ("length", Decimal("30.48")),
    "[yd_i]": ("length", Decimal("91.44")),
    "mg": ("weight", Decimal("0.001")),
    "g": ("weight", Decimal(1)),
    "kg": ("weight", Decimal(1000)),
    "t": ("weight", Decimal(1_000_000)),
    "[oz_av]": ("weight", Decimal("28.349523125")),
    "[lb_av]": ("weight", Decimal("453.59237")),
    "s": ("duration", Decimal(1)),
    "min": ("duration", Decimal(60)),
    "h": ("duration", Decimal(3600)),
    "mL": ("volume", Decimal(1)),
    "cL": ("volume", Decimal(10)),
    "L": ("volume", Decimal(1000)),
}
METRIC = frozenset(unit for unit in UNITS if not unit.startswith("["))


class MeasurementError(ValueError):
    """A measurement that cannot be; the message is a sentence for the person who typed it."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """One extent: ``kind`` (one of KINDS) of ``part`` ("" for the whole), ``value`` up to ``upper`` in ``unit`` (UCUM), a ``qualifier``
    such as "approximate", and ``display``, the words it was taken from.
    """

    kind: str
    value: Decimal
    unit: str
    upper: Decimal | None = None
    part: str = ""
    qualifier: str = ""
    display: str = ""


def of_row(row: Mapping[str, Any]) -> Measurement:
    """A measurement as the projection has it: figures as numbers or texts, what is not given left out or empty."""
    upper = row.get("upper_value")
    return Measurement(
        kind=row.get("kind") or "other",
        value=Decimal(str(row["value"])),
        unit=row.get("unit") or "",
        upper=None if upper is None else Decimal(str(upper)),
        part=row.get("part") or "",
        qualifier=row.get("qualifier") or "",
        display=row.get("display") or "",
    )


def convert(measurement: Measurement, unit: str) -> Measurement:
    """The same extent in another unit, unrounded; raises MeasurementError when the two units measure different things."""
    if unit == measurement.unit:
        return measurement
    factor = ratio(measurement.unit, unit)
    upper = None if measurement.upper is None else measurement.upper * factor
    return replace(measurement, value=measurement.value * factor, upper=upper, unit=unit)


def ratio(unit: str, other: str) -> Decimal:
    """How many ``other`` one ``unit`` is; raises MeasurementError for unknown units and for those of different things."""
    for code in (unit, other):
        if code not in UNITS:
            raise MeasurementError(f"“{code}” is not a unit known here. Use one of {', '.join(UNITS)}.")
    (what, size), (other_what, other_size) = UNITS[unit], UNITS[other]
    if what != other_what:
        raise MeasurementError(f"A {what} in {unit} cannot be turned into {other}, which measures {other_what}.")
    return size / other_size


def centimetres(measurement: Measurement) -> Decimal:
    """The value in centimetres, to a hundredth."""
    return convert(measurement, "cm").value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def validate(measurement: Measurement) -> None:
    """Raise MeasurementError, with a sentence, for an extent that cannot be."""
    if measurement.kind not in KINDS:
        raise MeasurementError(f"“{measurement.kind}” is not something that is measured here. Choose one of {', '.join(KINDS)}.")
    if measurement.kind != "count" and measurement.unit not in UNITS:
        raise MeasurementError(f"“{measurement.unit}” is not a unit known here. Use one of {', '.join(UNITS)}.")
    if not measurement.value.is_finite() or measurement.value < 0:
        raise MeasurementError("A measurement cannot be negative.")
    if measurement.upper is not None and measurement.upper < measurement.value:
        raise MeasurementError(f"The upper value ({measurement.upper}) is smaller than the lower ({measurement.value}). Swap the two.")
