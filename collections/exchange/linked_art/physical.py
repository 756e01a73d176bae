"""What an object is made of and how large it is."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from exchange.linked_art import aat
from exchange.linked_art.nodes import Node, View, concept, filled, held, label, names, statement, typed
from iiif.presentation.texts import interface_languages
from records.measurements import Measurement, for_reader, of_row


def materials(view: View) -> list[Node]:
    """Its materials, each once."""
    found = [concept(use["term"], kind="Material") for use in held(view["materials"])]
    return list({one["id"]: one for one in found}.values())


def of_parts(view: View) -> list[Node]:
    """Which part is of which material or made by which technique: a reference to a material cannot say so."""
    return [
        statement(": ".join(filter(None, [where, label(use["term"]["label"])])), "", aat.MATERIALS, _("part"))
        for use in held([*view["materials"], *view["techniques"]])
        if (where := ", ".join(filter(None, [use.get("part"), use.get("extent")])))
    ]


def dimensions(view: View) -> list[Node]:
    """Its measurements, and of how many pieces it consists where it is more than one."""
    found = [_dimension(of_row(row)) for row in held(view["measurements"])]
    if view["object_count"] > 1:
        found.append(
            filled(
                type="Dimension",
                classified_as=[typed(aat.KINDS["count"])],
                value=view["object_count"],
                unit=typed(aat.COMPONENTS, kind="MeasurementUnit"),
            )
        )
    return found


def _dimension(one: Measurement) -> Node:
    """A measurement, in words with the part that was measured (Linked Art has parts only as objects with a description of their own)."""
    words = {lang: f"{one.part}: {for_reader(one, lang)}" if one.part else for_reader(one, lang) for lang in interface_languages()}
    kind = aat.KINDS.get(one.kind)
    found: Node = {
        **filled(
            type="Dimension",
            _label=words.get("en"),
            identified_by=names(words, aat.DISPLAY),
            # a duration is no physical dimension: its unit says what it is
            classified_as=[typed(kind or aat.OTHER_KIND)] if one.kind != "duration" else [],
        ),
        "value": _number(one.value),  # may be nothing, which is a value
    }
    if one.upper is not None:
        found |= {"lower_value_limit": _number(one.value), "upper_value_limit": _number(one.upper)}
    found["unit"] = _unit(one.unit)
    return found


def _unit(unit: str) -> Node:
    if unit in aat.OTHER_UNITS:
        uri, named = aat.OTHER_UNITS[unit]
        return filled(id=uri, type="MeasurementUnit", _label=named)
    return typed(aat.UNITS.get(unit, aat.NUMBERS), kind="MeasurementUnit")


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
