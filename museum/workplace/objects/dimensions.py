"""Dimensions that are typed as text become rows of measurements."""

from __future__ import annotations

from django.utils.translation import get_language

from artifacts.models import MeasurementRow
from records import measurements
from records.measurements import Measurement


def understood(text: str) -> list[Measurement]:
    """The measurements in a text, in the reader's language of words and decimal signs."""
    return measurements.parse_dimensions(text, [get_language() or "en"]) if text.strip() else []


def sentence(found: list[Measurement]) -> str:
    """What was understood: “= height 12 cm; width 8 cm”; empty for nothing."""
    language = get_language() or "en"
    return "= " + "; ".join(measurements.format(one, language) for one in found) if found else ""


def rows(found: list[Measurement]) -> list[MeasurementRow]:
    """Rows of the object form for what was understood."""
    return [
        MeasurementRow(
            part=one.part[:120],
            kind=one.kind if one.kind in MeasurementRow.Kind.values else MeasurementRow.Kind.OTHER,
            value=one.value,
            upper_value=one.upper,
            unit=one.unit,
            qualifier=one.qualifier[:40],
            display=one.display[:500],
        )
        for one in found
    ]
