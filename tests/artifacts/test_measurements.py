"""Measurements that are typed into an object's form."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from artifacts.models import MeasurementRow


def wrong(**values: Any) -> dict[str, list[str]]:
    row = MeasurementRow(**{"kind": "height", "value": 3, **values})
    try:
        row.full_clean(exclude=["artifact"])
    except ValidationError as error:
        return error.message_dict
    return {}


@pytest.mark.parametrize(
    "values",
    [
        {"unit": "[in_i]"},
        {"kind": "weight", "unit": "kg"},
        {"kind": "duration", "unit": "min"},
        {"kind": "other", "unit": "kg"},
        {"value": 3, "upper_value": 3},
        {"kind": "count"},
    ],
)
def test_what_can_be_is_accepted(values: dict[str, Any]):
    assert wrong(**values) == {}


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"unit": "inch"}, "unit", "Value 'inch' is not a valid choice."),
        ({"unit": "kg"}, "unit", "What is measured here has another unit. Choose one of mm, cm, dm, m, km, in, ft, yd."),
        ({"kind": "weight", "unit": "cm"}, "unit", "What is measured here has another unit. Choose one of mg, g, kg, t, oz, lb."),
        ({"unit": ""}, "unit", "What is measured here has another unit. Choose one of mm, cm, dm, m, km, in, ft, yd."),
        ({"value": -3}, "value", "A measurement cannot be negative."),
        (
            {"value": 3, "upper_value": 2},
            "upper_value",
            "The upper value is smaller than the lower. Swap the two, or mend the one that is wrong.",
        ),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(values: dict[str, Any], field: str, sentence: str):
    assert sentence in wrong(**values)[field]


def test_a_count_has_no_unit():
    row = MeasurementRow(kind="count", value=4)
    row.full_clean(exclude=["artifact"])
    assert row.unit == ""
