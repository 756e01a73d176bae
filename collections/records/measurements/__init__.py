"""Measurements as people write them: "29 5/8 x 21 3/4 in. (75.2 x 55.2 cm)", "cao 63 cm; đường kính mặt 79 cm"."""

from records.measurements.formatting import for_reader, format, format_all, unit_name
from records.measurements.parsing import parse_dimensions
from records.measurements.value import KINDS, UNITS, Measurement, MeasurementError, centimetres, convert, of_row, validate

__all__ = [
    "KINDS",
    "UNITS",
    "Measurement",
    "MeasurementError",
    "centimetres",
    "convert",
    "for_reader",
    "format",
    "format_all",
    "of_row",
    "parse_dimensions",
    "unit_name",
    "validate",
]
