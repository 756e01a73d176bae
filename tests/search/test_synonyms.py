"""Synonyms widen what is asked: which words they fit, and what they find."""

from __future__ import annotations

import pytest

from search.queries import parse
from search.synonyms import Rule, Synonyms, as_one, expressions_in


def rules(*texts: str) -> Synonyms:
    return Synonyms(Rule(tuple(expressions_in(text)), "first" if "=>" in text else "both") for text in texts)


def others(text: str, synonyms: Synonyms) -> list[str]:
    return [one.text for one in parse(text, synonyms).synonyms]


CERAMICS = rules("sứ, porcelain, china")


@pytest.mark.parametrize("typed", ["sứ", "su", "Sứ", "SU"])
def test_a_word_typed_without_marks_or_with_the_right_ones_has_synonyms(typed: str) -> None:
    assert others(typed, CERAMICS) == ["porcelain", "china"]


def test_a_word_with_other_marks_is_another_word() -> None:
    assert others("sư", CERAMICS) == []


def test_quotation_marks_switch_synonyms_off() -> None:
    assert others('"china"', CERAMICS) == []
    assert others("-china", CERAMICS) == []


def test_the_longest_expression_wins_and_the_rest_of_the_query_stays() -> None:
    known = rules("trống đồng, bronze drum", "drum, tabor")
    query = parse("old bronze drum", known)
    assert [(one.start, one.length) for one in query.expansions] == [(1, 2)]
    assert [one.text for one in query.synonyms] == ["trống đồng"]
    assert others("drum", known) == ["tabor"]


def test_an_arrow_points_one_way() -> None:
    known = rules("teaset => teapot, cup")
    assert others("teaset", known) == ["teapot", "cup"]
    assert others("teapot", known) == []


def test_several_rules_for_one_word_add_up() -> None:
    assert others("china", rules("china, porcelain", "china, trung hoa")) == ["porcelain", "trung hoa"]


def test_a_list_of_expressions_is_read_as_people_write_it() -> None:
    assert [one.text for one in expressions_in("sứ ; porcelain\nchina → 瓷器,, SỨ")] == ["sứ", "porcelain", "china", "瓷器"]
    with pytest.raises(ValueError, match="up to 6 words"):
        expressions_in("a, one two three four five six seven")


def test_signs_of_a_search_are_no_part_of_an_expression() -> None:
    assert [one.text for one in expressions_in('"gold leaf", -china, “sứ”')] == ["gold leaf", "china", "sứ"]


def test_a_word_that_many_rules_name_has_a_bounded_number_of_synonyms() -> None:
    many = rules(*(f"drum, {', '.join(f'word{rule}x{word}' for word in range(19))}" for rule in range(100)))
    assert len(others("drum", many)) == 40


@pytest.mark.parametrize(
    ("rule", "typed"),
    [
        ("tea-set, teapot", "tea-set"),
        ("tea-set, teapot", "Tea set"),
        ("tea set, teapot", "tea-set"),
        ("紫砂壺, teapot", "紫砂壺"),
        ("紫砂壺, teapot", "紫砂壶"),
        ("茶壶, teapot", "茶壺"),
        ("てぃーぽっと, teapot", "ティーポット"),
        ("เครื่องสังคโลก, teapot", "เครื่องสังคโลก"),
    ],
)
def test_a_word_of_several_tokens_has_synonyms_too(rule: str, typed: str) -> None:
    """A hyphen, or a script without spaces, makes several tokens of a word."""
    assert others(typed, rules(rule)) == ["teapot"]
    assert others(f"old {typed} blue", rules(rule)) == ["teapot"]
    assert others(f'"{typed}"', rules(rule)) == [] and others(f"-{typed}", rules(rule)) == []


def test_an_expression_is_no_part_of_a_word() -> None:
    assert others("tea-set-box", rules("tea set, teapot")) == []
    assert others("tea set-box", rules("tea set, teapot")) == []
    assert others("明紫砂壺", rules("紫砂壺, teapot")) == []


def test_what_was_typed_with_commas_is_one_expression() -> None:
    assert as_one("  tea, set;blue ") == "tea set blue"
