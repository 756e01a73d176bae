"""Dates as people write them, and the years that are taken from them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.fuzzydates import FuzzyDate, century_bounds, century_of, decade_of, edtf_bounds, parse
from records.fuzzydates.words import TABLES
from tests.records import date_texts, date_texts_of_asia, museum_date_texts


def _years(text, languages=()):
    date = parse(text, languages)
    return date.earliest, date.latest


@pytest.mark.parametrize(("text", "earliest", "latest"), date_texts.ENGLISH)
def test_english_dates_are_understood(text, earliest, latest):
    assert _years(text) == (earliest, latest)


@pytest.mark.parametrize(("text", "earliest", "latest"), date_texts_of_asia.VIETNAMESE)
def test_vietnamese_dates_are_understood_composed_or_decomposed(text, earliest, latest):
    assert _years(text) == (earliest, latest)
    assert _years(unicodedata.normalize("NFD", text)) == (earliest, latest)
    assert _years(text.upper()) == (earliest, latest)


@pytest.mark.parametrize(("text", "earliest", "latest"), date_texts.FRENCH)
def test_french_dates_are_understood(text, earliest, latest):
    assert _years(text) == (earliest, latest)


@pytest.mark.parametrize(("text", "earliest", "latest"), date_texts.GERMAN)
def test_german_dates_are_understood(text, earliest, latest):
    assert _years(text) == (earliest, latest)


@pytest.mark.parametrize(("text", "earliest", "latest"), date_texts_of_asia.CHINESE_AND_JAPANESE)
def test_chinese_and_japanese_dates_are_understood(text, earliest, latest):
    assert _years(text) == (earliest, latest)


@pytest.mark.parametrize(("text", "earliest", "latest"), date_texts.OTHER_LANGUAGES)
def test_dates_in_other_languages_of_catalogues_are_understood(text, earliest, latest):
    assert _years(text) == (earliest, latest)


def test_texts_as_museums_write_them_are_understood_as_those_museums_do():
    wrong = []
    for line in museum_date_texts.TEXTS.strip().splitlines():
        if line.startswith("#"):
            continue
        text, earliest, latest = (part.strip() for part in line.split("|"))
        date = parse(text)
        near = 25 if date.latest is not None and date.earliest is not None and date.latest - date.earliest > 25 else 10
        for found, expected in ((date.earliest, earliest), (date.latest, latest)):
            if (found is None) != (expected == "-") or (found is not None and abs(found - int(expected)) > near):
                wrong.append((text, date.earliest, date.latest, earliest, latest))
    assert not wrong


@pytest.mark.parametrize(
    "text",
    [
        *("Anna 12 years", "Kenji", "Manju", "Kenji Ito", "長安", "古代文明", "良渚文化", "东山文化"),  # names that are eras, too
        *("Louis XX", "No. XIX", "Plate XIX", "X", "24 x 36", "mix", "Le", "Le Corbusier", "an X-ray", "Hội An VII", "An 5"),
        *("Acc. 1987.12", "page 1900", "room 1850", "cat. 1850", "ISBN 978-3-16-148410-0", "lot 1234"),
        *(
            "5th-4th BC",
            "the 3rd of BC",
            "No date listed",
            "utan år",
            "udateret",
            "okänt",
            "chưa rõ niên đại",
            "不詳",
            "年代未定",
            "various",
        ),
    ],
)
def test_what_only_looks_like_a_date_is_unknown(text):
    assert not parse(text).is_known


def test_an_earlier_era_is_meant_where_the_language_says_so():
    assert _years("元和三年", ["zh"]) == (808, 808)
    assert _years("嘉慶元年", ["ja"]) == (1387, 1387)
    assert _years("元豐元年", ["zh"]) == (1078, 1078)
    assert parse("嘉慶元年").uncertain is False


@pytest.mark.parametrize(
    "text",
    [
        "no date",
        "n.d.",
        "N. D.",
        "undated",
        "not dated",
        "unknown",
        "",
        "   ",
        "Portrait of a lady",
        "12",
        "không rõ",
        "s.d.",
        "o. J.",
        "不明",
    ],
)
def test_a_text_without_a_date_is_unknown(text):
    date = parse(text)
    assert date == FuzzyDate(display=text)
    assert not date.is_known


def test_the_words_are_kept_as_they_were_written():
    assert parse("  Minh  Mạng năm thứ 17 ").display == "  Minh  Mạng năm thứ 17 "


def test_a_reign_year_keeps_its_era():
    date = parse("Minh Mạng năm thứ 17")
    assert (date.calendar, date.era, date.era_year, date.edtf) == ("reign", "Minh Mạng", 17, "1836")


def test_a_western_year_beside_a_reign_year_decides():
    assert _years("Cảnh Hưng 44 (1783)") == (1783, 1783)
    contradicting = parse("Cảnh Hưng 44 (1790)")
    assert (contradicting.earliest, contradicting.era, contradicting.uncertain) == (1790, "Cảnh Hưng", True)


def test_a_year_that_the_reign_never_had_is_unknown():
    date = parse("Minh Mạng năm thứ 40")
    assert not date.is_known
    assert (date.era, date.era_year, date.uncertain) == ("Minh Mạng", 40, True)


def test_an_era_of_two_countries_follows_the_language_of_the_text():
    assert _years("元和三年", ["ja"]) == (1617, 1617)
    assert _years("元和三年", ["lzh", "vi"]) == (1535, 1535)
    assert parse("元和三年").uncertain
    assert parse("元和三年（1617）").era == "Genna"


def test_an_era_used_twice_is_uncertain_until_something_decides():
    assert parse("Thuận Thiên 3", ["vi"]).uncertain
    decided = parse("Thuận Thiên 3 (1430)", ["vi"])
    assert (decided.earliest, decided.era_year, decided.uncertain) == (1430, 3, False)


def test_marks_tell_apart_what_sounds_alike():
    assert _years("thời Nguyễn") == (1802, 1945)
    assert _years("thời Nguyên") == (1271, 1368)


def test_a_cyclical_year_is_placed_by_what_stands_beside_it():
    alone = parse("năm Ất Dậu")
    assert (alone.is_known, alone.calendar, alone.era) == (False, "sexagenary", "Ất Dậu")
    assert _years("năm Ất Dậu, thời Nguyễn") == (1825, 1945)
    assert parse("năm Ất Dậu, thời Tự Đức").uncertain, "no year of that reign was an Ất Dậu year"
    twice = parse("năm Canh Tý, thời Nguyễn")
    assert (twice.earliest, twice.latest, twice.edtf) == (1840, 1900, "[1840,1900]")
    assert parse("Minh Mạng Bính Thân").era_year == 17


def test_rat_and_snake_are_told_apart_by_the_stem_even_without_marks():
    assert parse("nam Canh Ty, the ky 19").earliest == 1840
    assert parse("nam Tan Ty, the ky 19").earliest == 1821


def test_circa_and_doubt_are_kept():
    assert parse("c. 1850").circa and not parse("c. 1850").uncertain
    assert parse("1850?").uncertain and not parse("1850?").circa
    assert parse("c. 1850 (?)").edtf == "1850%"
    assert parse("c. 1926-1940").edtf == "1926~/1940~"
    assert parse("1926-c. 1940").edtf == "1926/1940~"


def test_months_and_days_are_kept_in_edtf():
    assert parse("May 10, 1893").edtf == "1893-05-10"
    assert parse("ngày 2 tháng 9 năm 1945").edtf == "1945-09-02"
    assert parse("22.8.1923-1.10.1923").edtf == "1923-08-22/1923-10-01"
    assert parse("June 9-11, 1953").edtf == "1953-06-09/1953-06-11"
    assert parse("1832-05").edtf == "1832-05"


def test_the_order_of_figures_is_only_taken_when_it_is_known():
    assert parse("2/9/1945").edtf == "1945"
    assert parse("2/9/1945", ["vi"]).edtf == "1945-09-02"
    assert parse("8/20/1917").edtf == "1917-08-20"
    assert parse("30/02/1917", ["vi"]).edtf == "1917"


def test_a_period_is_made_precise_by_the_years_beside_it():
    assert _years("26th Dynasty, 664-525 BCE") == (-663, -524)
    assert _years("Qing Dynasty (1644-1912), K'ang Hsi Reign (1662-1722)") == (1662, 1722)
    assert _years("Ming dynasty, 17th century") == (1600, 1644)
    assert _years("Edo period (1603-1867), 19th century") == (1800, 1867)
    assert _years("18th century, after 1713") == (1713, 1799)
    assert _years("after 1945, before 1957") == (1945, 1957)


def test_a_later_printing_is_not_the_making_but_a_design_is_its_beginning():
    assert _years("1971, printed 1998") == (1971, 1971)
    assert _years("printed 1977") == (1977, 1977)
    assert _years("designed 1960, manufactured 1999") == (1960, 1999)
    assert _years("1967 (designed) c. 1977 (manufactured)") == (1967, 1982)
    assert _years("negative 1947; printed 1981") == (1947, 1981)
    assert _years("19th century in the style of 16th century") == (1800, 1899)


def test_limits_by_century_leave_the_century_out():
    assert _years("before the 18th century") == (None, 1700)
    assert _years("after the 18th century") == (1799, None)


def test_every_word_of_the_tables_can_stand_in_a_text():
    for table in TABLES:
        for phrases in table.values():
            for phrase in phrases.split(","):
                parse(f"{phrase.strip()} 1850")


@given(st.text(max_size=60))
def test_no_text_raises(text):
    _check(parse(text))


PIECES = [
    "c.",
    "1850",
    "19th",
    "century",
    "BC",
    "-",
    "–",
    "/",
    "(",
    ")",
    "early",
    "half",
    "second",
    "before",
    "after",
    "năm",
    "Minh Mạng",
    "17",
    "thế kỷ",
    "XIX",
    "TCN",
    "và",
    "世紀",
    "末",
    "年",
    "明治",
    "Ất Dậu",
    "?",
    "May",
    "10",
    "s",
    "printed",
    ";",
    ",",
    "or",
    "to",
    "12,500",
    "0",
    "99999",
    "1830s",
    "Jh.",
    "v. Chr.",
    "Ming dynasty",
    "8/20/1917",
    "bis",
    "60",
    "decade",
    "3",
    "±",
    "cách ngày nay",
    "thập niên",
    "AH",
    "Saka",
    "và",
    "to",
    "đến",
    "民國",
    "Lê",
    "thứ",
    "mười bảy",
    "Nguyễn",
    "thời Lê",
    "前",
    "代",
    "dynasty",
    "Meiji",
    "-500",
    "1850?",
    "19??",
    "half of",
    "third",
    "quarter",
    "by",
    "since",
    "or later",
    "présent",
    "nay",
    "now",
    "designed",
    "[",
    "]",
    "1.H.",
    "h",
    "v",
    "BP",
    "1 000",
    "2.500",
    "II",
    "e",
    "–1900",
    "turn of the",
    "months",
    "tháng",
    "ngày",
    "2/9/1945",
    "18XX",
    "spring",
    "ca",
    "1990s",
    "00",
]


@given(st.lists(st.sampled_from(PIECES), max_size=9), st.sampled_from([(), ("vi",), ("ja", "en"), ("en-US",)]))
def test_no_mixture_of_words_raises_and_what_is_understood_holds_together(pieces, languages):
    _check(parse(" ".join(pieces), languages))


def _check(date):
    """Bounds in order, and EDTF that says the same years."""
    if date.earliest is not None and date.latest is not None:
        assert date.earliest <= date.latest
    assert bool(date.edtf) == date.is_known
    if not date.edtf:
        return
    bounds = edtf_bounds(date.edtf)
    assert (bounds.earliest is None, bounds.latest is None) == (date.earliest is None, date.latest is None)
    for year, bound in ((date.earliest, bounds.earliest), (date.latest, bounds.latest)):
        if year is not None:
            assert abs(year - bound) <= (10 if date.circa else 1)


@given(st.integers(1, 2100))
def test_every_year_alone_is_itself(year):
    text = f"{year:04d}" if year < 1000 else str(year)
    assert _years(text) == (year, year)
    assert _years(f"năm {year}") == (year, year)
    assert _years(f"{year} BC") == (1 - year, 1 - year)
    assert parse(f"{year} TCN").edtf == ("0000" if year == 1 else f"-{year - 1:04d}")


@given(st.integers(1, 20))
def test_every_century_is_the_same_in_every_language(number):
    names = [
        f"{number}th century",
        f"thế kỷ {number}",
        f"thế kỷ thứ {number}",
        f"{number}e siècle",
        f"{number}. Jh.",
        f"{number}世紀",
        f"abad ke-{number}",
    ]
    assert {_years(name) for name in names} == {century_bounds(number)}
    assert {
        _years(f"{number}th century BC"),
        _years(f"thế kỷ {number} TCN"),
        _years(f"{number}. Jh. v. Chr."),
        _years(f"公元前{number}世紀"),
    } == {century_bounds(-number)}


@given(st.integers(-5000, 2100))
def test_a_year_lies_in_its_century_and_decade(year):
    first, last = century_bounds(century_of(year))
    assert first <= year <= last
    assert decade_of(year) <= year < decade_of(year) + 10


def test_centuries_are_counted_as_catalogues_do():
    assert [century_of(year) for year in (1836, 1800, 1799, 99, 1, 0, -99, -100, -499)] == [19, 19, 18, 1, 1, -1, -1, -2, -5]


def test_a_very_long_text_is_read_in_bounded_time():
    assert _years("1850 " + "x" * 100_000) == (1850, 1850)
    parse("1850-" * 2000)
    parse("early " * 2000)
    parse("(" * 2000)
