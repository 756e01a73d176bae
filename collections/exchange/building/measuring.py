"""Measurements: out of a text, out of columns, and both compared. Text order in museums is height × width × depth."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Any

from exchange.building.base import LARGEST, Building, Make
from records.measurements import UNITS, Measurement, parse_dimensions

_PLACES = Decimal("0.0001")
TOLERANCE = Decimal("0.06")  # share by which text and columns may differ before somebody should look
SMALLEST = Decimal("0.3")  # cm


def measurements(building: Building, entry: dict[str, Any]) -> None:
    """``text`` is trusted where it is understood; ``columns`` (kind → column, in ``unit``) fill in and are compared with it."""
    text = building.text(entry, "text")
    columns = _from_columns(building, entry)
    understood = _parsed(text, building.profile.language) if text else ()
    if text:
        building.plan.columns["measurements_display"] = building.map(text)
        if understood:
            _compare(building, entry, understood, columns)
        else:
            building.findings.add("dimensions_not_understood", entry["text"], text)
    for row in [_row(measure) for measure in understood] or columns:
        building.plan.add("measurements", **row)


@lru_cache(maxsize=20_000)
def _parsed(text: str, language: str) -> tuple[Measurement, ...]:
    return tuple(measure for measure in parse_dimensions(text, (language,)) if max(measure.value, measure.upper or 0) < LARGEST)


def _row(measure: Measurement) -> dict[str, Any]:
    return {
        "part": measure.part[:120],
        "kind": measure.kind,
        "value": measure.value.quantize(_PLACES),
        "upper_value": None if measure.upper is None else measure.upper.quantize(_PLACES),
        "unit": measure.unit,
        "qualifier": measure.qualifier[:40],
        "display": measure.display[:500],
    }


def _from_columns(building: Building, entry: dict[str, Any]) -> list[dict[str, Any]]:
    part = building.text(entry, "part")
    found = []
    for kind, column in (entry.get("columns") or {}).items():
        value = building.number(building.plan.record.get(column, ""), column)
        if value is not None:
            found.append({"part": part[:120], "kind": kind, "value": value.quantize(_PLACES), "unit": entry["unit"]})
    return found


def _compare(building: Building, entry: dict[str, Any], understood: tuple[Measurement, ...], columns: list[dict[str, Any]]) -> None:
    """A warning when no group of the text's sizes fits the columns, each kind to its own column."""
    part = building.text(entry, "part").casefold()
    candidates: dict[str, dict[str, Decimal]] = {}
    for measure in understood:
        if UNITS.get(measure.unit, ("",))[0] == "length":
            sizes = candidates.setdefault((measure.part or "").casefold(), {})
            sizes.setdefault(measure.kind, measure.value * UNITS[measure.unit][1])
    wanted = {row["kind"]: row["value"] * UNITS[row["unit"]][1] for row in columns}
    chosen = [candidates[part]] if part in candidates else list(candidates.values())
    if not wanted or not chosen or any(_fits(sizes, wanted) for sizes in chosen):
        return
    building.findings.add(
        "measurements_differ",
        ", ".join((entry.get("columns") or {}).values()),
        _shown(wanted),
        text=_shown(chosen[0]),
        columns=_shown(wanted),
    )


def _fits(sizes: dict[str, Decimal], wanted: dict[str, Decimal]) -> bool:
    for kind, size in wanted.items():
        said = sizes.get(kind)
        if said is not None and abs(said - size) > max(SMALLEST, size * TOLERANCE):
            return False
    return True


def _shown(sizes: dict[str, Decimal]) -> str:
    return " × ".join(f"{kind} {size.normalize():f}" for kind, size in sizes.items())


MAKES = {"measurements": Make(measurements, ("text", "columns", "part"))}
