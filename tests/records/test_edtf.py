"""EDTF expressions: their years, and clear errors for what is none."""

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from records.fuzzydates import DateError, edtf_bounds, from_edtf, validate


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("1836", 1836, 1836),
        ("1836-05", 1836, 1836),
        ("1836-05-10", 1836, 1836),
        ("1836-21", 1836, 1836),
        ("-0499", -499, -499),
        ("0000", 0, 0),
        ("18XX", 1800, 1899),
        ("183X", 1830, 1839),
        ("-04XX", -499, -400),
        ("1836~", 1836, 1836),
        ("?1836-05~", 1836, 1836),
        ("1800/1850", 1800, 1850),
        ("1800~/1850?", 1800, 1850),
        ("18XX/19XX", 1800, 1999),
        ("../1850", None, 1850),
        ("/1850", None, 1850),
        ("1950/..", 1950, None),
        ("1950/", 1950, None),
        ("[1825,1885]", 1825, 1885),
        ("{1667,1668,1670..1672}", 1667, 1672),
        ("[..1984]", None, 1984),
        ("[1667,1760..]", 1667, None),
        ("Y-17000", -17000, -17000),
        ("Y17E3", 17000, 17000),
        ("1950S2", 1900, 1999),
        ("1836-XX", 1836, 1836),
        ("1836-05-10T10:00:00Z", 1836, 1836),
        ("2004-02-29", 2004, 2004),
    ],
)
def test_an_expression_covers_its_years(text, earliest, latest):
    bounds = edtf_bounds(text)
    assert (bounds.earliest, bounds.latest) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Write a date"),
        ("c. 1836", "is not an EDTF date"),
        ("1836-13", "no month 13"),
        ("1836-02-30", "no day 30"),
        ("1900-02-29", "28 days"),
        ("1850/1800", "ends before it begins"),
        ("1800/1850/1900", "two ends"),
        ("../..", "open at both ends"),
        ("-0000", "0000 is 1 BC"),
        ("1X36", "middle of the year"),
        ("1836S9", "digits are certain"),
        ("Y99999999999999", "farther away"),
        ("[1850..1800]", "ends before it begins"),
        ("1836" * 100, "longer than"),
    ],
)
def test_an_impossible_expression_gets_a_sentence(text, said):
    with pytest.raises(DateError, match=said) as error:
        edtf_bounds(text)
    assert str(error.value)[-1] in ".?!"


def test_bounds_in_the_wrong_order_get_a_sentence():
    validate("1836", 1836, 1836)
    validate(earliest=None, latest=1836)
    with pytest.raises(DateError, match="lies after the latest"):
        validate(earliest=1850, latest=1800)
    with pytest.raises(DateError, match="no month 13"):
        validate("1836-13")


def test_a_typed_expression_becomes_a_date_with_its_margin():
    date = from_edtf("1836~", "um 1836")
    assert (date.display, date.edtf, date.earliest, date.latest, date.circa) == ("um 1836", "1836~", 1826, 1846, True)
    assert (from_edtf("18XX~").earliest, from_edtf("18XX~").latest) == (1800, 1899)
    assert from_edtf("../1836?").uncertain


@pytest.mark.parametrize(
    "text",
    [
        "1836",
        "1836-05",
        "1836-05-10",
        "-0499",
        "18XX",
        "183X",
        "1800/1850",
        "1836-21",
        "1800~/1850",
        "-0299/-0100",
        "0001/0099",
        "19XX",
        "1836-XX",
    ],
)
def test_the_years_agree_with_the_edtf_library(text):
    parsed = parse_edtf(text)
    assert (parsed.lower_strict().tm_year, parsed.upper_strict().tm_year) == (edtf_bounds(text).earliest, edtf_bounds(text).latest)


@given(st.text(alphabet="0123456789X-/.~?%[]{},YSE ", max_size=20))
def test_any_string_is_an_expression_or_a_date_error(text):
    try:
        bounds = edtf_bounds(text)
    except DateError:
        return
    assert bounds.earliest is None or bounds.latest is None or bounds.earliest <= bounds.latest
