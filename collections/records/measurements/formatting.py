"""Measurements as people read them, in English and Vietnamese."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from records.measurements.value import Measurement, convert

_UNIT_NAMES = {"[in_i]": "in", "[ft_i]": "ft", "[yd_i]": "yd", "[oz_av]": "oz", "[lb_av]": "lb", "mL": "ml", "cL": "cl", "L": "l"}
_METRIC = {"[in_i]": "cm", "[ft_i]": "cm", "[yd_i]": "m", "[oz_av]": "g", "[lb_av]": "kg"}
KIND_NAMES = {
    "en": {},
    "vi": {
        "height": "cao", "width": "rộng", "depth": "sâu", "length": "dài", "diameter": "đường kính", "thickness": "dày", "circumference": "chu vi",
        "weight": "nặng", "volume": "dung tích", "duration": "thời lượng", "count": "số lượng", "other": "kích thước",
    },
}  # fmt: skip
_QUALIFIERS = {
    "approximate": {"en": "c.", "vi": "khoảng"},
    "maximum": {"en": "max.", "vi": "tối đa"},
    "minimum": {"en": "min.", "vi": "tối thiểu"},
}


def figure(value: Decimal, lang: str = "en", places: int = 2) -> str:
    """A number with at most ``places`` decimals, none at the end that say nothing; a comma in Vietnamese."""
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{rounded:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", ",") if lang.split("-")[0] == "vi" else text


def format(measurement: Measurement, lang: str = "en") -> str:
    """One measurement: ``height 63 cm``, ``cao 63 cm``, ``diameter 30–62 cm``."""
    named = f"{_kind(measurement.kind, lang)} {_extent(measurement, lang)} {unit_name(measurement.unit)}{_remark(measurement)}"
    return _with_part(measurement.part, named, lang)


def for_reader(measurement: Measurement, lang: str = "en") -> str:
    """One measurement, without its part: what was given in inches or pounds stands in centimetres or grams behind it.

    ``height 12 in (30.5 cm)``; figure and unit stay on one line.
    """
    kind = "" if measurement.kind == "other" else f"{_kind(measurement.kind, lang)} "
    other = _METRIC.get(measurement.unit)
    metric = convert(measurement, other) if other else None
    behind = f" ({_sum(replace(metric, qualifier=''), lang, places=1)})" if metric else ""
    return f"{kind}{_sum(measurement, lang)}{behind}{_remark(measurement)}"


def format_all(measurements: Sequence[Measurement], lang: str = "en") -> str:
    """All of an object's: ``sheet: 75.2 × 55.2 cm; image: 64 × 50.8 cm; weight 3 kg``. Height, width and depth of a part stand in that order."""
    lines = []
    for part, group in groupby(measurements, key=lambda m: m.part):
        several = list(group)
        lines.append(_with_part(part, "; ".join(_lines(several, lang)), lang))
    return "; ".join(lines)


def unit_name(unit: str) -> str:
    """A UCUM unit as people write it: ``[in_i]`` → ``in``."""
    return _UNIT_NAMES.get(unit, unit)


def _lines(group: list[Measurement], lang: str) -> list[str]:
    order = ["height", "width", "depth"]
    plane = sorted((m for m in group if m.kind in order), key=lambda m: order.index(m.kind))
    chained = len(plane) > 1 and [m.kind for m in plane] == order[: len(plane)] and len({m.unit for m in plane}) == 1
    if chained and len({m.qualifier for m in plane}) == 1:  # c. 30 × 20 cm
        plane = [plane[0], *(replace(m, qualifier="") for m in plane[1:])]
    lines = [" × ".join(_extent(m, lang) for m in plane) + f" {unit_name(plane[0].unit)}{_remark(plane[0])}"] if chained else []
    lines += [
        format(Measurement(m.kind, m.value, m.unit, m.upper, "", m.qualifier), lang) for m in group if not (chained and m.kind in order)
    ]
    return lines


def _sum(measurement: Measurement, lang: str, places: int = 2) -> str:
    return f"{_extent(measurement, lang, places)}\N{NO-BREAK SPACE}{unit_name(measurement.unit)}".rstrip()


def _extent(measurement: Measurement, lang: str, places: int = 2) -> str:
    text = figure(measurement.value, lang, places)
    if measurement.upper is not None:
        text += f"–{figure(measurement.upper, lang, places)}"
    prefix = _QUALIFIERS.get(measurement.qualifier, {}).get("vi" if lang.split("-")[0] == "vi" else "en")
    return f"{prefix} {text}" if prefix else text


def _remark(measurement: Measurement) -> str:
    """A qualifier in the cataloguer's own words: (không kể bệ)."""
    own = measurement.qualifier and measurement.qualifier not in _QUALIFIERS
    return f" ({measurement.qualifier})" if own else ""


def _kind(kind: str, lang: str) -> str:
    return KIND_NAMES.get(lang.split("-")[0], {}).get(kind, kind)


def _with_part(part: str, text: str, lang: str) -> str:
    return f"{part}: {text}" if part else text
