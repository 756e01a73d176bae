"""Identifiers: normal forms, natural order, recognition, pasted lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records import identifiers


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("1987.12.3a", "1987 12 3a"),
        ("1987-12/3A", "1987 12 3a"),
        ("  BTH.Đ—0012 ", "bth d 0012"),
        ("Số Đ．１２３", "so d 123"),
        ("１９８７．１２", "1987 12"),
        ("ＡＢＣ", "abc"),
        ("đ", "d"),
        ("Kỳ_Đài", "ky dai"),
        ("Groß № 5", "gross no 5"),
        ("博物 12", "博物 12"),
        ("...", ""),
    ],
)
def test_a_number_has_one_normal_form_however_it_is_punctuated(written, normal):
    assert identifiers.norm(written) == normal


def test_decomposed_vietnamese_has_the_normal_form_of_the_composed():
    import unicodedata

    written = "Hiện vật số Đ.15"
    assert identifiers.norm(unicodedata.normalize("NFD", written)) == identifiers.norm(written) == "hien vat so d 15"


def test_tight_form_has_no_separators():
    assert identifiers.tight("1987.12-3A") == "1987123a"
    assert identifiers.tokens("1987.12-3A") == ["1987", "12", "3a"]


def test_numbers_sort_as_people_count():
    numbers = [
        "1987.12.10",
        "1987.12.9b",
        "1987.2",
        "96.1",
        "1987.12.9a",
        "1987.12",
        "BTH 2",
        "BTH 10",
        "BTH 1",
        "BTH 123456789012345",
        "BTH 99999999999999",
    ]
    assert sorted(numbers, key=identifiers.sort_key) == [
        "96.1",
        "1987.2",
        "1987.12",
        "1987.12.9a",
        "1987.12.9b",
        "1987.12.10",
        "BTH 1",
        "BTH 2",
        "BTH 10",
        "BTH 99999999999999",
        "BTH 123456789012345",
    ]


@given(st.lists(st.integers(0, 10**30), min_size=2, max_size=6))
def test_sort_keys_of_any_integers_are_in_the_order_of_the_integers(numbers):
    assert sorted(numbers) == sorted(numbers, key=lambda n: identifiers.sort_key(f"T.{n}"))


@given(st.text(max_size=600))
def test_normal_forms_are_stable_and_bounded(text):
    normal = identifiers.norm(text)
    assert identifiers.norm(normal) == normal
    assert "  " not in normal
    assert identifiers.tight(text) == "".join(identifiers.tokens(text))
    assert len(identifiers.sort_key(text)) <= identifiers.SORT_KEY_LENGTH
    identifiers.looks_like_identifier(text)
    identifiers.split_list(text)


@pytest.mark.parametrize(
    "text",
    [
        "1987.12.3a",
        "BTH 1234",
        "LSb 4356",
        "2013.56",
        "No. 12345",
        "K.4",
        "66-1987",
        "x.1984.3",
        "bth-12",
        "Số 123",
        "EDa1234",
        "A 12 b 3",
        "12345",
    ],
)
def test_a_number_is_recognised(text):
    assert identifiers.looks_like_identifier(text)


@pytest.mark.parametrize(
    "text",
    [
        "bronze drum",
        "trống đồng 1936",
        "1836",
        "19th century",
        "1930s",
        "mid 1930",
        "Portrait of 3 ladies",
        "",
        "—",
        "a" * 80 + "1",
        "19th",
    ],
)
def test_words_and_years_are_not_taken_for_numbers(text):
    assert not identifiers.looks_like_identifier(text)


def test_a_pasted_column_becomes_a_list_without_repetitions():
    assert identifiers.split_list("1987.12\r\n1987-12\n\n BTH 5 \t„x“;\n• 96.1\n") == ["1987.12", "BTH 5", "„x", "96.1"]
    assert identifiers.split_list("1987.12, 1988.3; BTH 7") == ["1987.12", "1988.3", "BTH 7"]
    assert identifiers.split_list("1987.12 1988.3") == ["1987.12", "1988.3"]
    assert identifiers.split_list("BTH 5") == ["BTH 5"]
    assert identifiers.split_list(" ,; ") == []
