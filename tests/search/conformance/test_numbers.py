"""Accession numbers in any spelling; exact ones first, then those that begin so at a joint, then the rest."""

import pytest

SPELLINGS = [
    ("BT 1987.12.3a", "drum1"), ("bt1987.12.3A", "drum1"), ("BT-1987-12-3a", "drum1"), ("bt 1987 12 3a", "drum1"), ("BT1987123a", "drum1"),
    ("1987.12.3a", "drum1"), ("1987123a", "drum1"), ("1987/12/3a", "drum1"), ("WMS 682", "number1"), ("wms682", "number1"), ("WMS.682", "number1"),
    ("MS 988/2", "number2"), ("ms.988", "number2"), ("27.474A", "number3"), ("27.474a", "number3"), ("27474a", "number3"),
    ("1985.20.23-24", "number4"), ("1985.20", "number4"), ("2019/00017", "number5"), ("2019 00017", "number5"), ("so d.45", "number7"),
    ("Số Đ.45", "number7"), ("HOARD.77", "coin077"), ("hoard 77", "coin077"), ("JP 1830-1", "wave"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "wanted"), SPELLINGS)
def test_a_number_is_found_first_in_any_spelling(find, typed, wanted):
    assert find.ids(typed)[0] == wanted


def test_exact_comes_before_beginning_at_a_joint_before_any_beginning(find):
    found = find.ids("1987.12")
    assert found[0] == "number6"
    assert set(found[1:3]) == {"drum1", "drum2"}
    assert found[3] == "drum3"


def test_the_beginning_of_a_number_may_have_blanks_too(find):
    """Its letters stand in no word of the record: ``HOARD.77`` begins with ``hoard 7``, as with ``hoard.7``."""
    assert set(find.ids("hoard.7")) == set(find.ids("hoard 7")) >= {"coin077"}
    assert find.ids("2019 0001") == ["number5"]
    assert "number5" in find.ids("20190001") and "number5" not in find.ids("20 190001")  # what has a blank has a joint there


def test_part_of_a_number_with_a_word_finds_their_record(find):
    assert find.ids("MS 988 recipes") == ["number2"]


def test_a_word_without_digits_is_not_looked_up_among_beginnings_of_numbers(find):
    assert "coin000" not in find.ids("hoar")


def test_a_list_of_numbers_gives_those_found_and_names_those_that_are_not(find):
    result = find.search(numbers=("BT 1987.12.3a", "wms682", "NO 1.2.3", "27-474-A"))
    assert {hit.id for hit in result.hits} == {"object:drum1", "object:number1", "object:number3"}
    assert result.not_found == ("NO 1.2.3",)


def test_the_found_number_is_marked_however_it_was_typed(find):
    for typed in ("1987123a", "BT-1987-12-3A", "bt1987123a"):
        assert [h.html for h in find.search(typed).hits[0].highlights if h.field == "number"] == ["<mark>BT 1987.12.3a</mark>"]
