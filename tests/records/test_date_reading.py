"""What was understood of a date, as people read it."""

import pytest

from records.fuzzydates import FuzzyDate, format, impossible_day, parse, reading


@pytest.mark.parametrize(
    ("text", "english", "vietnamese"),
    [
        ("Minh Mạng năm thứ 17", "= 1836 (Minh Mạng 17)", "= 1836 (Minh Mạng năm thứ 17)"),
        ("khoảng 1800-1850", "= c. 1800–1850", "= khoảng 1800–1850"),
        ("400-200 BC", "= 400–200 BC", "= 400–200 TCN"),
        ("500 BC", "= 500 BC", "= 500 TCN"),
        ("before 1840?", "= until 1840?", "= đến 1840?"),
        ("1950 or later", "= 1950 or later", "= từ 1950 trở đi"),
        ("thế kỷ XIX", "= 1800–1899", "= 1800–1899"),
        ("100 BC-AD 99", "= 100 BC–AD 99", "= 100 TCN–99 SCN"),
        ("AD 1-99", "= AD 1–99", "= 1–99 SCN"),
        ("AD 40-120", "= AD 40–120", "= 40–120 SCN"),
        ("năm Canh Tý, thời Nguyễn", "= 1840 or 1900", "= 1840 hoặc 1900"),
        ("10 mai 1893", "= 10 May 1893", "= ngày 10 tháng 5 năm 1893"),
        ("1832-05", "= May 1832", "= tháng 5 năm 1832"),
        ("1926-c. 1940", "= 1926–c. 1940", "= 1926–khoảng 1940"),
        ("1893?", "= 1893?", "= 1893?"),
        ("năm 40", "= AD 40", "= 40 SCN"),
        ("no date", "", ""),
    ],
)
def test_the_understood_date_is_shown(text, english, vietnamese):
    assert format(parse(text), "en") == english
    assert format(parse(text), "vi") == vietnamese


def test_a_museums_own_years_are_shown_without_edtf():
    assert format(FuzzyDate("early", earliest=1800, latest=1830)) == "= 1800–1830"
    assert format(FuzzyDate("early", earliest=-99, latest=None), "vi") == "= từ 100 TCN trở đi"


def test_centuries_and_decades_have_names():
    assert [reading.century(n) for n in (1, 2, 3, 11, 19, 21, -5)] == [
        "1st century",
        "2nd century",
        "3rd century",
        "11th century",
        "19th century",
        "21st century",
        "5th century BC",
    ]
    assert [reading.century(n, "vi") for n in (19, -5)] == ["thế kỷ 19", "thế kỷ 5 TCN"]
    assert [reading.decade(y) for y in (1830, -50)] == ["1830s", "51–42 BC"]
    assert reading.decade(1830, "vi") == "thập niên 1830"


@pytest.mark.parametrize(
    "text, day",
    [
        ("31/2/1820", "31/2/1820"),
        ("1820-02-31", "1820-02-31"),
        ("45/13/1820", "45/13/1820"),
        ("31 February 1820", "31 February 1820"),
        ("June 31, 1920", "June 31, 1920"),
        ("ngày 31 tháng 4 năm 1820", "31 tháng 4 năm 1820"),
        ("29/2/1820", ""),
        ("13/12/1929", ""),
        ("10 May 1893", ""),
        ("1820-1750", ""),
        ("ngày 30 tháng 2 năm Minh Mạng thứ 17", ""),  # a lunar month may have it
    ],
)
def test_a_day_that_no_calendar_has_is_named(text: str, day: str) -> None:
    assert impossible_day(text) == day
